"""NUTS regions: shapes of the sample data where present, octagons inside true boxes otherwise."""

from __future__ import annotations

import json
import math
import sqlite3
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Iterable

from .wkb import polygons_of

Ring = list[tuple[float, float]]
Polygons = list[list[Ring]]

# code, name, box: facts about a few regions, for clones without the sample data
_KNOWN = (
    ("PT200", "Região Autónoma dos Açores", (-31.28, 36.93, -25.01, 39.73)),
    ("PT", "Portugal", (-9.53, 36.96, -6.19, 42.15)),
    ("LU", "Luxembourg", (5.74, 49.45, 6.53, 50.18)),
    ("LU000", "Luxembourg", (5.74, 49.45, 6.53, 50.18)),
    ("MT", "Malta", (14.18, 35.79, 14.58, 36.09)),
    ("ITC11", "Torino", (6.63, 44.71, 8.15, 45.6)),
    ("ITC1", "Piemonte", (6.63, 44.06, 9.21, 46.46)),
    ("ITG12", "Palermo", (12.97, 37.61, 14.28, 38.73)),
    ("IT", "Italia", (6.63, 35.5, 18.52, 47.09)),
    ("ES", "España", (-9.3, 36.0, 4.33, 43.79)),
    ("ES61", "Andalucía", (-7.52, 36.0, -1.63, 38.73)),
    ("FR", "France", (-5.14, 41.33, 9.56, 51.09)),
    ("DE", "Deutschland", (5.87, 47.27, 15.04, 55.06)),
    ("DE212", "München, Kreisfreie Stadt", (11.36, 48.06, 11.72, 48.25)),
    ("AT130", "Wien", (16.18, 48.12, 16.58, 48.32)),
    ("DK011", "Byen København", (12.45, 55.59, 12.73, 55.73)),
    ("NL", "Nederland", (3.36, 50.75, 7.23, 53.55)),
    ("PL", "Polska", (14.12, 49.0, 24.15, 54.84)),
    ("SE", "Sverige", (11.11, 55.34, 24.17, 69.06)),
    ("NO", "Norge", (4.5, 57.98, 31.17, 71.18)),
    ("FI", "Suomi", (20.55, 59.77, 31.59, 70.09)),
    ("EL", "Elláda", (19.37, 34.8, 28.25, 41.75)),
    ("RO", "România", (20.26, 43.62, 29.7, 48.27)),
    ("IE", "Éire", (-10.48, 51.42, -6.0, 55.39)),
    ("UK", "United Kingdom", (-8.65, 49.89, 1.77, 60.86)),
    ("IS", "Ísland", (-24.54, 63.39, -13.5, 66.56)),
)


@dataclass(frozen=True)
class Region:
    """One region. polygons: GeoJSON MultiPolygon coordinates in EPSG:4326."""

    code: str
    name: str
    level: int
    country: str
    polygons: Polygons
    properties: dict[str, Any] = field(default_factory=dict)

    @property
    def box(self) -> tuple[float, float, float, float]:
        """Return (west, south, east, north)."""
        return box_of(self.polygons)

    def feature(self) -> dict[str, Any]:
        """Return the region as GISCO serves it."""
        single = len(self.polygons) == 1
        return {
            "type": "Feature", "id": self.code, "properties": self.properties,
            "geometry": {"type": "Polygon" if single else "MultiPolygon",
                         "coordinates": self.polygons[0] if single else self.polygons}}


class Regions:
    """All NUTS regions of the 2021 edition, by code."""

    def __init__(self, data: Path | None) -> None:
        path = data / "nuts" / "NUTS_RG_60M_2021_4326.geojson" if data else None
        if path and path.is_file():
            self._regions = _read(path)
            _refine(self._regions, path.parent / "nuts_2024_20m_4326.gpkg",
                    path.parents[1] / "clc" / "sao_miguel_concelhos.gpkg")
        else:
            self._regions = {code: _octagon(code, name, box) for code, name, box in _KNOWN}

    def get(self, code: str) -> Region | None:
        """Return a region, or None."""
        return self._regions.get(code)

    def name(self, code: str) -> str:
        """Return the name of a region, or its code."""
        region = self._regions.get(code)
        return region.name if region else code

    def all(self, level: int | None = None) -> list[Region]:
        """Return the regions of one level, or of all."""
        return [region for region in self._regions.values() if level in (None, region.level)]


def box_of(polygons: Polygons) -> tuple[float, float, float, float]:
    """Return (west, south, east, north) of polygons."""
    points = [point for rings in polygons for point in rings[0]]
    xs, ys = [point[0] for point in points], [point[1] for point in points]
    return min(xs), min(ys), max(xs), max(ys)


def _read(path: Path) -> dict[str, Region]:
    found = {}
    for feature in json.loads(path.read_text(encoding="utf-8"))["features"]:
        facts, shape = feature["properties"], feature["geometry"]
        parts = shape["coordinates"]
        found[facts["NUTS_ID"]] = Region(
            facts["NUTS_ID"], facts["NAME_LATN"], facts["LEVL_CODE"], facts["CNTR_CODE"],
            [parts] if shape["type"] == "Polygon" else parts, facts)
    return found


def _octagon(code: str, name: str, box: tuple[float, float, float, float]) -> Region:
    west, south, east, north = box
    cx, cy = (west + east) / 2, (south + north) / 2
    ring = [(round(cx + (east - west) / 2 * math.cos(angle), 4),
             round(cy + (north - south) / 2 * math.sin(angle), 4))
            for angle in (math.pi / 8 + math.pi / 4 * k for k in range(8))]
    facts = {"NUTS_ID": code, "LEVL_CODE": len(code) - 2, "CNTR_CODE": code[:2],
             "NAME_LATN": name, "NUTS_NAME": name, "FID": code}
    return Region(code, name, len(code) - 2, code[:2], [[[*ring, ring[0]]]], facts)


def _refine(regions: dict[str, Region], finer: Path, island: Path) -> None:
    """Take better shapes where the sample data have them."""
    for code, polygons in _table(finer, "NUTS_ID"):
        region = regions.get(str(code))
        if region and _size(polygons) > _size(region.polygons):
            regions[region.code] = _with(region, polygons)
    outline = _dissolved([polygons for _, polygons in _table(island, "fid")])
    if outline:
        west, south, east, north = box_of(outline)
        for code in ("PT", "PT2", "PT20", "PT200"):
            others = [rings for rings in regions[code].polygons
                      if not (west - 0.2 < rings[0][0][0] < east + 0.2
                              and south - 0.2 < rings[0][0][1] < north + 0.2)]
            regions[code] = _with(regions[code], others + outline)


def _with(region: Region, polygons: Polygons) -> Region:
    return Region(region.code, region.name, region.level, region.country, polygons,
                  region.properties)


def _size(polygons: Polygons) -> int:
    return sum(len(ring) for rings in polygons for ring in rings)


def _table(path: Path, column: str) -> Iterable[tuple[Any, Polygons]]:
    """Yield (value, polygons) of the first layer of a GeoPackage."""
    if not path.is_file():
        return
    with sqlite3.connect(f"file:{path}?immutable=1", uri=True) as base:
        (table, geometry), = base.execute(
            "SELECT table_name, column_name FROM gpkg_geometry_columns LIMIT 1")
        for value, blob in base.execute(f'SELECT "{column}", "{geometry}" FROM "{table}"'):
            yield value, polygons_of(blob)
    base.close()


def _dissolved(shapes: list[Polygons]) -> Polygons:
    """Return the outlines of neighbouring polygons that share their common edges."""
    edges = Counter(edge for polygons in shapes for rings in polygons for ring in rings
                    for edge in zip(ring, ring[1:]))
    outer = {start: end for start, end in edges if (end, start) not in edges}
    rings = []
    while outer:
        start, here = outer.popitem()
        ring = [start, here]
        while here in outer:
            here = outer.pop(here)
            ring.append(here)
        if ring[0] == ring[-1]:
            rings.append([(round(x, 6), round(y, 6)) for x, y in ring])
    return [[ring] for ring in rings if len(ring) > 50]
