"""The grid of L3 tiles, 100 × 100 km in EPSG:3035 (reference/egms.md 2.3 and 6.1).

E in a tile's name is the easting and N the northing of its south-west corner, in 100 km.
"""

from __future__ import annotations

import re
from dataclasses import replace
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray
from pyproj import Transformer
from shapely.geometry import MultiPolygon, Polygon, box
from shapely.geometry.base import BaseGeometry

from ..aoi.area import Area
from ..threads import in_python_thread

TILE = 100_000.0
_TILE_NAME = re.compile(r"E(\d{2})N(\d{2})", re.IGNORECASE)
# The Azores are in E12N23, Cyprus in E64N16, the North Cape in row N54; some room around them.
_COLUMNS, _ROWS = range(9, 74), range(9, 56)
_WINDOW = box(-58.0, 24.0, 75.0, 74.0)
_STEP_DEGREES = 0.05
_STEPS_AT_MOST = 400


@lru_cache(maxsize=2)
def _transformer(source: int, target: int) -> Transformer:
    return Transformer.from_crs(source, target, always_xy=True)


def tile_box(tile: str) -> tuple[float, float, float, float]:
    """Return (west, south, east, north) of a tile such as "E45N17", metres in EPSG:3035.

    Raise ValueError for anything that is no tile name.
    """
    match = _TILE_NAME.fullmatch(tile)
    if match is None:
        raise ValueError(f"no tile name: {tile}")
    west, south = (int(part) * TILE for part in match.groups())
    return (west, south, west + TILE, south + TILE)


def tile_of(easting: float, northing: float) -> str:
    """Return the name of the tile that holds a place, metres in EPSG:3035."""
    return f"E{int(easting // TILE):02d}N{int(northing // TILE):02d}"


def tiles_of(area: Area) -> list[str]:
    """Return the tiles that an area touches, west to east and south to north.

    Tiles far from Europe are left out; whether a tile exists only the archive knows.
    """
    near = near_europe(area)
    if near is None:
        return []
    shape = to_laea(near.geometry)
    west, south, east, north = (int(value // TILE) for value in shape.bounds)
    names = [
        f"E{column:02d}N{row:02d}"
        for row in _ROWS if south <= row <= north
        for column in _COLUMNS if west <= column <= east
    ]
    return [name for name in names if box(*tile_box(name)).intersects(shape)]


def near_europe(area: Area) -> Area | None:
    """Return the part of an area where EGMS can have data at all, None if there is none."""
    if _WINDOW.contains(area.geometry):
        return area
    parts = polygons(area.geometry.intersection(_WINDOW))
    return replace(area, geometry=MultiPolygon(parts)) if parts else None


def tile_outline(tile: str) -> Polygon:
    """Return the outline of a tile in longitude and latitude, its edges followed closely."""
    return _reprojected(box(*tile_box(tile)), 3035, 4326, TILE / 20)


def to_laea(geometry: BaseGeometry) -> BaseGeometry:
    """Return a geometry of longitudes and latitudes in EPSG:3035, an equal-area projection.

    Edges are straight in longitude and latitude, so long ones get points in between.
    """
    return _reprojected(geometry, 4326, 3035, _STEP_DEGREES)


@in_python_thread
def _reprojected(geometry: BaseGeometry, source: int, target: int, step: float) -> BaseGeometry:
    """Return the polygons of a geometry in another system, edges densified first.

    By hand, because shapely 1.8 and 2.2 have no function in common for it.
    """
    project = _transformer(source, target).transform

    def ring(line: BaseGeometry) -> NDArray[np.float64]:
        xs, ys = np.asarray(line.coords)[:, :2].T
        return np.column_stack(project(*_densified(xs, ys, step)))

    parts = [
        Polygon(ring(part.exterior), [ring(hole) for hole in part.interiors])
        for part in polygons(geometry)
    ]
    changed = parts[0] if len(parts) == 1 else MultiPolygon(parts)
    # A vertex that was on an edge may fall beside it by a rounding error.
    return changed if changed.is_valid else changed.buffer(0)


def polygons(geometry: BaseGeometry) -> list[Polygon]:
    """Return the polygons that a geometry has, without its lines and points."""
    parts = getattr(geometry, "geoms", [geometry])
    return [part for part in parts if part.geom_type == "Polygon" and not part.is_empty]


def _densified(
    xs: NDArray[np.float64], ys: NDArray[np.float64], step: float
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Return the line with points added so that no piece is much longer than step."""
    lengths = np.hypot(np.diff(xs), np.diff(ys))
    pieces = np.clip(np.ceil(lengths / step), 1, _STEPS_AT_MOST)
    at = np.concatenate([
        number + np.arange(count) / count for number, count in enumerate(pieces)
    ] + [np.array([float(len(pieces))])])
    vertices = np.arange(len(xs))
    return np.interp(at, vertices, xs), np.interp(at, vertices, ys)
