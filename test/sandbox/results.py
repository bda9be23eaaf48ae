"""Result archives: what the processing system would deliver for an order."""

from __future__ import annotations

import os
import re
import shutil
import zipfile
import zlib
from datetime import date, timedelta
from pathlib import Path
from typing import Any, Mapping, Sequence

import numpy as np

from . import geotiff
from .dataset_titles import slug
from .dbf import attribute_table
from .grids import Box, Grid, box_polygons, grid_over, inside, overlap, projected
from .land_cover import NODATA, LandCover, classes, pattern
from .regions import Polygons, Regions, box_of
from .vectors import LandCoverPolygons, write_vector

Item = Mapping[str, Any]
DEFAULT_BOX = (5.74, 49.45, 6.53, 50.18)
MOST_DATES = 12
_CLC = {"1990": "U2000_CLC1990", "2000": "U2006_CLC2000", "2006": "U2012_CLC2006",
        "2012": "U2018_CLC2012", "2018": "U2018_CLC2018"}
_PREFIXES = (("Imperviousness Density Change", "IMC"), ("Imperviousness Density", "IMD"),
             ("Impervious Built-Up", "IBU"), ("Tree Cover Density", "TCD"),
             ("Forest Type", "FTY"), ("Dominant Leaf Type", "DLT"), ("Grassland", "GRA"),
             ("Water and Wetness", "WAW"))


class Results:
    """Makes archives. folder: where work and archives lie."""

    def __init__(self, folder: Path, data: Path | None, cover: LandCover,
                 regions: Any) -> None:
        self.folder = folder
        self.data = data
        self.cover = cover
        self.polygons = LandCoverPolygons(cover, data)
        self._regions = regions

    @property
    def regions(self) -> Regions:
        """Return the NUTS regions."""
        found: Regions = self._regions.regions
        return found

    def make(self, task_id: str, items: Sequence[Item], rows: Sequence[Any]) -> Path:
        """Return the archive of a task. rows: for each item its file row, None for areas."""
        work = self.folder / task_id
        for item, row in zip(items, rows):
            if row is None:
                self._area(item, work / "Results")
            else:
                self._packaged(item, row, work / "Results")
        target = self.folder / f"{task_id}.zip"
        pack(work, target)
        shutil.rmtree(work)
        return target

    def _area(self, item: Item, folder: Path) -> None:
        polygons = self._polygons(item)
        epsg = int(str(item.get("OutputGCS") or "EPSG:3035").rpartition(":")[2])
        stem = file_stem(item["DatasetTitle"])
        target = unused(folder / stem)
        if item["DatasetFormat"] not in ("Geotiff", "Netcdf"):
            write_vector(self.polygons.inside(polygons, epsg), item["OutputFormat"], epsg, stem,
                         target)
        else:
            for day in _days(item):
                name = f"{stem}_{day:%Y%m%d}0000" if day else stem
                self._raster(item, polygons, epsg, target / f"{name}.tif")
        (target / f"{stem}.xml").write_text(metadata(item["DatasetTitle"]), encoding="utf-8")

    def _polygons(self, item: Item) -> Polygons:
        """Return the ordered area; without one a small default, as no one has to wait."""
        corners = item.get("BoundingBox")
        if corners:
            x1, y1, x2, y2 = corners
            return box_polygons((min(x1, x2), min(y1, y2), max(x1, x2), max(y1, y2)))
        region = self.regions.get(str(item.get("NUTSID") or ""))
        return region.polygons if region else box_polygons(DEFAULT_BOX)

    def _raster(self, item: Item, polygons: Polygons, epsg: int, path: Path) -> None:
        box = box_of(polygons)
        is_clc = item["DatasetTitle"].startswith("CORINE")
        real = is_clc and self.cover.touches_real(box)
        if real:
            box = overlap(box, self.cover.real_box or box)
        grid = grid_over(box, epsg, 100.0)
        lon, lat = grid.lonlat()
        if is_clc:
            values = (self.cover.real_values if real else self.cover.values)(lon, lat)
        else:
            values = (pattern(lon, lat) * 5 % 101).astype(np.uint8)
        values[~inside(grid, projected(polygons, epsg))] = NODATA
        _save(values, grid, path)
        if item["OutputFormat"] == "Netcdf":
            _to_netcdf(path)
        if is_clc:
            attribute_table(values, classes(), path.with_name(path.name + ".vat.dbf"))

    def _packaged(self, item: Item, row: Mapping[str, str], folder: Path) -> None:
        """Write the original archive of a ready file: the small part of it that exists here."""
        name = row.get("file") or row.get("area") or row.get("title") or "file"
        inner = folder / f"{name}.content"
        stem = file_stem(item["DatasetTitle"]) if "clc" in name.lower() else name
        title = item["DatasetTitle"]
        box = _tile_box(name) or (self.cover.real_box if title.startswith("CORINE") else None)
        polygons = box_polygons(box or DEFAULT_BOX)
        if str(row.get("format", "")).lower() in ("geotiff", "", "tif"):
            order = {"DatasetTitle": title, "OutputFormat": "Geotiff"}
            self._raster(order, polygons, 3035, inner / "DATA" / f"{stem}.tif")
        else:
            form = "GPKG" if "gpkg" in name.lower() or "sqlite" in str(row).lower() else "GDB"
            write_vector(self.polygons.inside(polygons, 3035), form, 3035, stem, inner / "DATA")
        (inner / "Metadata").mkdir(parents=True)
        (inner / "Metadata" / f"{stem}.xml").write_text(metadata(title), encoding="utf-8")
        pack(inner, folder / f"{name}.zip")
        shutil.rmtree(inner)


def file_stem(title: str) -> str:
    """Return a file name as the products carry it."""
    years = re.findall(r"(?:19|20)\d\d", title)
    if title.startswith("CORINE Land Cover Change"):
        return f"U{years[1]}_CHA{years[0][2:]}{years[1][2:]}_V2020_20u1"
    if title.startswith("CORINE Land Cover") and years and years[0] in _CLC:
        return _CLC[years[0]] + "_V2020_20u1"
    if title.startswith("Normalised Difference Vegetation Index"):
        return "c_gls_NDVI300-NDVI"
    for words, prefix in _PREFIXES:
        if title.startswith(words) and years:
            when = years[0] if "Change" not in words else years[0][2:] + years[-1][2:]
            return f"{prefix}_{when}_100m_eu_03035_V1_0"
    return slug(title.partition("(")[0]).replace("-", "_")


def unused(path: Path) -> Path:
    """Return the path, or a numbered one if it is taken."""
    number, found = 1, path
    while found.exists():
        number, found = number + 1, path.with_name(f"{path.name}_{number}")
    found.mkdir(parents=True)
    return found


def metadata(title: str) -> str:
    """Return a short ISO 19139 record."""
    text = title.replace("&", "&amp;").replace("<", "&lt;")
    return ('<?xml version="1.0" encoding="UTF-8"?>\n'
            '<gmd:MD_Metadata xmlns:gmd="http://www.isotc211.org/2005/gmd"'
            ' xmlns:gco="http://www.isotc211.org/2005/gco"><gmd:identificationInfo>'
            "<gmd:MD_DataIdentification><gmd:citation><gmd:CI_Citation><gmd:title>"
            f"<gco:CharacterString>{text}</gco:CharacterString></gmd:title></gmd:CI_Citation>"
            "</gmd:citation></gmd:MD_DataIdentification></gmd:identificationInfo>"
            "</gmd:MD_Metadata>\n")


def pack(folder: Path, target: Path) -> None:
    """Zip a folder's content."""
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for path in sorted(folder.rglob("*")):
            if path.is_file():
                archive.write(path, path.relative_to(folder).as_posix())


def spoil_archive(path: Path, what: str, size: int = 300_000_000) -> None:
    """Turn a good archive into a bad one; see the fault "zip"."""
    if what == "crc":
        _break_crc(path)
        return
    with zipfile.ZipFile(path, "a", zipfile.ZIP_DEFLATED) as archive:
        if what == "bomb":
            with archive.open("Results/zeros.tif", "w", force_zip64=True) as handle:
                for _ in range(size // 1_000_000):
                    handle.write(bytes(1_000_000))
        elif what == "link":
            info = zipfile.ZipInfo("Results/link")
            info.create_system, info.external_attr = 3, 0o120777 << 16
            archive.writestr(info, "/etc")
        else:
            name = "../../outside.txt" if what == "slip" else "/tmp/outside.txt"
            archive.writestr(name, "This file must not be written.")


def _break_crc(path: Path) -> None:
    """Change one stored byte of the largest member without touching its CRC."""
    with zipfile.ZipFile(path) as archive:
        member = max(archive.infolist(), key=lambda info: info.file_size)
        content = bytearray(archive.read(member))
        names = [(info, archive.read(info)) for info in archive.infolist() if info != member]
    good = zlib.crc32(content)
    content[len(content) // 2] ^= 0xFF
    with zipfile.ZipFile(path, "w", zipfile.ZIP_STORED) as archive:
        for info, data in names:
            archive.writestr(info.filename, data)
        archive.writestr(member.filename, bytes(content))
    data = path.read_bytes()
    bad = zlib.crc32(content).to_bytes(4, "little")
    path.write_bytes(data.replace(bad, good.to_bytes(4, "little")))


def _days(item: Item) -> list[date | None]:
    """Return the dates of a time series order, every ten days, or a single None."""
    span = item.get("TemporalFilter")
    if not span:
        return [None]
    first, last = (date.fromisoformat(span[key][:10]) for key in ("StartDate", "EndDate"))
    count = min(MOST_DATES, (last - first).days // 10 + 1)
    return [first + timedelta(days=10 * number) for number in range(count)]


def _tile_box(name: str) -> Box | None:
    """Return the box in degrees of a 1000 km tile named in a file, cut to a few kilometres."""
    match = re.search(r"E(\d\d)N(\d\d)", name)
    if not match:
        return None
    from .geodesy import laea_inverse
    east, north = (int(part) * 1e5 + 5e4 for part in match.groups())
    lon, lat = laea_inverse(np.array([east, east + 2e4]), np.array([north, north + 2e4]))
    return float(lon.min()), float(lat.min()), float(lon.max()), float(lat.max())


def _save(values: Any, grid: Grid, path: Path) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    geotiff.write(path, geotiff.Raster(values, grid.west, grid.north, grid.cell, grid.epsg),
                  nodata=NODATA)


def _to_netcdf(path: Path) -> None:
    try:
        from osgeo import gdal
    except ImportError as err:
        raise RuntimeError("the sandbox needs GDAL to write Netcdf") from err
    gdal.UseExceptions()
    gdal.Translate(str(path.with_suffix(".nc")), str(path), format="netCDF")
    os.unlink(path)
