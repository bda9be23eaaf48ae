"""Cut-outs: the pixel grid of an ordered area and the mask of its outline."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Any

import numpy as np

from .geodesy import projection
from .regions import Polygons, box_of

Array = np.ndarray[Any, Any]
Box = tuple[float, float, float, float]
MOST_PIXELS = 4_000_000


@dataclass(frozen=True)
class Grid:
    """A north-up grid. west, north: outer corner; cell: size in units of the CRS."""

    epsg: int
    west: float
    north: float
    cell: float
    columns: int
    rows: int

    def centres(self) -> tuple[Array, Array]:
        """Return x and y of all pixel centres."""
        x = self.west + (np.arange(self.columns) + 0.5) * self.cell
        y = self.north - (np.arange(self.rows) + 0.5) * self.cell
        columns, rows = np.meshgrid(x, y)
        return columns, rows

    def lonlat(self) -> tuple[Array, Array]:
        """Return longitude and latitude of all pixel centres."""
        return projection(f"EPSG:{self.epsg}")[1](*self.centres())


def box_polygons(box: Box) -> Polygons:
    """Return a box as polygons."""
    west, south, east, north = box
    return [[[(west, south), (east, south), (east, north), (west, north), (west, south)]]]


def projected(polygons: Polygons, epsg: int, step: float = 0.05) -> Polygons:
    """Return polygons in another CRS, their edges divided to at most step degrees."""
    forward = projection(f"EPSG:{epsg}")[0]
    found = []
    for rings in polygons:
        moved = []
        for ring in rings:
            x, y = forward(*_divided(ring, step))
            moved.append(list(zip(x.tolist(), y.tolist())))
        found.append(moved)
    return found


def grid_over(box: Box, epsg: int, metres: float, most: int = MOST_PIXELS) -> Grid:
    """Return the grid that covers a box in degrees.

    Cells are whole multiples of `metres` (0.00001 degrees per metre for geographic CRSs),
    made coarser where the grid would have more than `most` pixels.
    """
    west, south, east, north = box_of(projected(box_polygons(box), epsg))
    cell = metres * (1e-5 if epsg in (4326, 4258) else 1.0)
    cell *= max(1, math.ceil(math.sqrt((east - west) * (north - south) / most) / cell))
    left, top = math.floor(west / cell) * cell, math.ceil(north / cell) * cell
    columns = max(1, math.ceil((east - left) / cell - 1e-9))
    rows = max(1, math.ceil((top - south) / cell - 1e-9))
    return Grid(epsg, left, top, cell, columns, rows)


def inside(grid: Grid, polygons: Polygons) -> Array:
    """Return which pixel centres lie in polygons that are given in the CRS of the grid."""
    starts, ends = _edges(polygons)
    x1, y1, x2, y2 = starts[:, 0], starts[:, 1], ends[:, 0], ends[:, 1]
    mask = np.zeros((grid.rows, grid.columns), bool)
    for row in range(grid.rows):
        y = grid.north - (row + 0.5) * grid.cell
        hit = (y1 > y) != (y2 > y)
        if not hit.any():
            continue
        crossings = x1[hit] + (y - y1[hit]) / (y2[hit] - y1[hit]) * (x2[hit] - x1[hit])
        columns = np.sort(np.ceil((crossings - grid.west) / grid.cell - 0.5).astype(np.int64))
        for first, last in np.clip(columns, 0, grid.columns).reshape(-1, 2):
            mask[row, first:last] = True
    return mask


def overlap(first: Box, second: Box) -> Box:
    """Return the box that two boxes share."""
    return (max(first[0], second[0]), max(first[1], second[1]),
            min(first[2], second[2]), min(first[3], second[3]))


def _edges(polygons: Polygons) -> tuple[Array, Array]:
    rings = [np.array(ring) for rings in polygons for ring in rings]
    return (np.concatenate([ring[:-1] for ring in rings]),
            np.concatenate([ring[1:] for ring in rings]))


def _divided(ring: list[tuple[float, float]], step: float) -> tuple[Array, Array]:
    points = np.array(ring, float)
    far = np.abs(np.diff(points, axis=0)).max(axis=1)
    counts = np.maximum(1, np.ceil(far / step).astype(int))
    edge = np.repeat(np.arange(len(counts)), counts)
    share = (np.arange(len(edge)) - np.repeat(np.cumsum(counts) - counts, counts)) / counts[edge]
    dense = points[edge] + share[:, None] * (points[edge + 1] - points[edge])
    dense = np.vstack([dense, points[-1]])
    return dense[:, 0], dense[:, 1]
