"""Land cover polygons and the vector files they are delivered in."""

from __future__ import annotations

import json
import sqlite3
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Iterable, Sequence

import numpy as np

from .geodesy import projection
from .grids import Box, Grid, box_polygons, grid_over, inside, overlap, projected
from .land_cover import NODATA, LandCover, classes
from .polygonize import patches
from .regions import Polygons, box_of
from .wkb import blob_of, polygons_of

EXTENSIONS = {"GPKG": ".gpkg", "Geojson": ".geojson", "GDB": ".gdb", "Shapefile": ".shp",
              "GML": ".gml"}
DRIVERS = {"GDB": "OpenFileGDB", "Shapefile": "ESRI Shapefile", "GML": "GML"}
CELL = 100.0
MOST_PIXELS = 500_000


@dataclass(frozen=True)
class Patch:
    """One polygon of land cover. area_ha: hectares; polygons in the CRS of the file."""

    code: str
    area_ha: float
    polygons: Polygons


class LandCoverPolygons:
    """Land cover as polygons: real ones around Lanjarón, traced ones elsewhere."""

    def __init__(self, cover: LandCover, data: Path | None) -> None:
        self.cover = cover
        path = data / "clc" / "clc_lanjaron.gpkg" if data else None
        self._real = _lanjaron(path) if path and path.is_file() else []

    def inside(self, polygons: Polygons, epsg: int) -> list[Patch]:
        """Return the patches in an area given in degrees."""
        box = box_of(polygons)
        near = [(code, area, shape) for code, area, shape in self._real
                if _touch(box_of(shape), box)]
        if near:
            return [Patch(code, area, projected(shape, epsg)) for code, area, shape in near]
        if self.cover.touches_real(box):
            box = overlap(box, self.cover.real_box or box)
        return self._traced(box, polygons, epsg)

    def _traced(self, box: Box, polygons: Polygons, epsg: int) -> list[Patch]:
        """Trace the raster, which is cut on the European grid as CLC itself is."""
        grid = grid_over(box, 3035, CELL, MOST_PIXELS)
        sample = self.cover.real_values if self.cover.touches_real(box) else self.cover.values
        values = sample(*grid.lonlat())
        values[~inside(grid, projected(polygons, 3035))] = NODATA
        codes = {item.value: item.code for item in classes()}
        back, forward = projection("EPSG:3035")[1], projection(f"EPSG:{epsg}")[0]
        found = []
        for value, rings in patches(values):
            if value == NODATA:
                continue
            moved = [_moved(ring, grid, back, forward) for ring in rings]
            found.append(Patch(codes.get(value, "999"), _hectares(rings, grid), [moved]))
        return found


def write_vector(patches_: Sequence[Patch], form: str, epsg: int, layer: str,
                 folder: Path) -> None:
    """Write a layer in one of the portal's vector formats; RuntimeError without GDAL."""
    folder.mkdir(parents=True, exist_ok=True)
    target = folder / (layer + EXTENSIONS[form])
    if form == "Geojson":
        _write_geojson(patches_, epsg, layer, target)
        return
    package = folder / (layer + ".gpkg")
    _write_gpkg(patches_, epsg, layer, package)
    if form != "GPKG":
        _convert(package, target, form)
        package.unlink()


def _lanjaron(path: Path) -> list[tuple[str, float, Polygons]]:
    back = projection("EPSG:25830")[1]
    found = []
    with sqlite3.connect(f"file:{path}?immutable=1", uri=True) as base:
        for code, area, blob in base.execute("SELECT CODE_18, AREA_HA, geom FROM clc"):
            shape = [[list(zip(*(axis.tolist() for axis in back(*np.array(ring).T))))
                      for ring in rings] for rings in polygons_of(blob)]
            found.append((str(code), float(area), shape))
    base.close()
    return found


def _touch(one: Box, other: Box) -> bool:
    west, south, east, north = overlap(one, other)
    return west < east and south < north


def _moved(ring: list[tuple[int, int]], grid: Grid, back: Any,
           forward: Any) -> list[tuple[float, float]]:
    corners = np.array(ring, float)
    lon, lat = back(grid.west + corners[:, 0] * grid.cell, grid.north - corners[:, 1] * grid.cell)
    x, y = forward(lon, lat)
    return list(zip(x.tolist(), y.tolist()))


def _hectares(rings: list[list[tuple[int, int]]], grid: Grid) -> float:
    """Return the surface of a patch: outline minus holes."""
    areas = [abs(sum(x1 * y2 - x2 * y1 for (x1, y1), (x2, y2) in zip(ring, ring[1:]))) / 2
             for ring in rings]
    return (areas[0] - sum(areas[1:])) * grid.cell**2 / 1e4


def _write_geojson(patches_: Iterable[Patch], epsg: int, layer: str, path: Path) -> None:
    data = {"type": "FeatureCollection", "name": layer,
            "crs": {"type": "name", "properties": {"name": f"urn:ogc:def:crs:EPSG::{epsg}"}},
            "features": [{"type": "Feature",
                          "properties": {"ID": f"EU_{number}", "Code_18": patch.code,
                                         "Remark": None, "Area_Ha": round(patch.area_ha, 4)},
                          "geometry": {"type": "MultiPolygon", "coordinates": patch.polygons}}
                         for number, patch in enumerate(patches_, 1)]}
    path.write_text(json.dumps(data), encoding="utf-8")


_SCHEMA = """
CREATE TABLE gpkg_spatial_ref_sys (srs_name TEXT NOT NULL, srs_id INTEGER PRIMARY KEY,
    organization TEXT NOT NULL, organization_coordsys_id INTEGER NOT NULL,
    definition TEXT NOT NULL, description TEXT);
CREATE TABLE gpkg_contents (table_name TEXT PRIMARY KEY, data_type TEXT NOT NULL,
    identifier TEXT UNIQUE, description TEXT DEFAULT '',
    last_change DATETIME NOT NULL DEFAULT (strftime('%Y-%m-%dT%H:%M:%fZ','now')),
    min_x DOUBLE, min_y DOUBLE, max_x DOUBLE, max_y DOUBLE, srs_id INTEGER);
CREATE TABLE gpkg_geometry_columns (table_name TEXT NOT NULL, column_name TEXT NOT NULL,
    geometry_type_name TEXT NOT NULL, srs_id INTEGER NOT NULL, z TINYINT NOT NULL,
    m TINYINT NOT NULL, PRIMARY KEY (table_name, column_name));
INSERT INTO gpkg_spatial_ref_sys VALUES
    ('Undefined Cartesian SRS', -1, 'NONE', -1, 'undefined', NULL),
    ('Undefined geographic SRS', 0, 'NONE', 0, 'undefined', NULL);
"""


def _write_gpkg(patches_: Sequence[Patch], epsg: int, layer: str, path: Path) -> None:
    """Write a GeoPackage 1.3 with one layer (OGC 12-128r18)."""
    boxes = [box_of(patch.polygons) for patch in patches_] or [box_of(box_polygons((0, 0, 0, 0)))]
    extent = (min(b[0] for b in boxes), min(b[1] for b in boxes), max(b[2] for b in boxes),
              max(b[3] for b in boxes))
    with sqlite3.connect(path) as base:
        base.executescript("PRAGMA application_id = 1196444487; PRAGMA user_version = 10300;"
                           + _SCHEMA)
        base.executemany("INSERT INTO gpkg_spatial_ref_sys VALUES (?, ?, 'EPSG', ?, ?, NULL)",
                         [(f"EPSG:{code}", code, code, _WKT if code == 4326 else "undefined")
                          for code in {4326, epsg}])
        base.execute(f'CREATE TABLE "{layer}" (fid INTEGER PRIMARY KEY, geom MULTIPOLYGON,'
                     ' ID TEXT, Code_18 TEXT, Remark TEXT, Area_Ha REAL)')
        base.execute("INSERT INTO gpkg_contents VALUES (?, 'features', ?, '',"
                     " strftime('%Y-%m-%dT%H:%M:%fZ','now'), ?, ?, ?, ?, ?)",
                     (layer, layer, *extent, epsg))
        base.execute("INSERT INTO gpkg_geometry_columns VALUES (?, 'geom', 'MULTIPOLYGON', ?,"
                     " 0, 0)", (layer, epsg))
        base.executemany(
            f'INSERT INTO "{layer}" (geom, ID, Code_18, Area_Ha) VALUES (?, ?, ?, ?)',
            [(blob_of(patch.polygons, epsg), f"EU_{number}", patch.code,
              round(patch.area_ha, 4)) for number, patch in enumerate(patches_, 1)])
    base.close()


_WKT = ('GEOGCS["WGS 84",DATUM["WGS_1984",SPHEROID["WGS 84",6378137,298.257223563]],'
        'PRIMEM["Greenwich",0],UNIT["degree",0.0174532925199433],AUTHORITY["EPSG","4326"]]')


def _convert(source: Path, target: Path, form: str) -> None:
    try:
        from osgeo import gdal
    except ImportError as err:
        raise RuntimeError(f"the sandbox needs GDAL to write {form}") from err
    gdal.UseExceptions()
    gdal.VectorTranslate(str(target), str(source), format=DRIVERS[form])
