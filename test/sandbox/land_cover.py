"""CORINE classes anywhere: the real raster where it lies, a seeded pattern elsewhere."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from . import geotiff

Array = np.ndarray[Any, Any]
LEGEND = Path(__file__).resolve().parents[2] / "resources" / "legends" / "clc.csv"
NODATA = 255
# classes of the pattern, the frequent ones first
_CLASSES = (12, 12, 12, 23, 24, 25, 18, 18, 2, 2, 21, 20, 29, 26, 3, 16, 15, 41, 10, 1)
_PER_DEGREE = (55.0, 80.0)


@dataclass(frozen=True)
class Class:
    """One class. value: pixel value. code: three digits."""

    value: int
    code: str
    label: str
    colour: tuple[int, int, int]


def classes() -> list[Class]:
    """Return the 44 classes, from the plugin's table."""
    with open(LEGEND, encoding="utf-8", newline="") as handle:
        return [Class(int(row["value"]), row["code"], row["label"],
                      (int(row["red"]), int(row["green"]), int(row["blue"])))
                for row in csv.DictReader(handle) if row["role"] == "class"]


class LandCover:
    """Samples land cover at points given in degrees."""

    def __init__(self, data: Path | None) -> None:
        path = data / "clc" / "clc2018_sao_miguel.tif" if data else None
        self.real = geotiff.read(path) if path and path.is_file() else None

    @property
    def real_box(self) -> tuple[float, float, float, float] | None:
        """Return (west, south, east, north) of the real raster."""
        if self.real is None:
            return None
        rows, columns = self.real.values.shape
        return (self.real.west, self.real.north - rows * self.real.cell,
                self.real.west + columns * self.real.cell, self.real.north)

    def touches_real(self, box: tuple[float, float, float, float]) -> bool:
        """Return whether a box overlaps the real raster."""
        real = self.real_box
        return real is not None and (box[0] < real[2] and box[2] > real[0]
                                     and box[1] < real[3] and box[3] > real[1])

    def real_values(self, lon: Array, lat: Array) -> Array:
        """Return values of the real raster, NODATA outside it."""
        found = np.full(np.shape(lon), NODATA, np.uint8)
        if self.real is None:
            return found
        rows, columns = self.real.values.shape
        column = np.floor((lon - self.real.west) / self.real.cell).astype(np.int64)
        row = np.floor((self.real.north - lat) / self.real.cell).astype(np.int64)
        inside = (column >= 0) & (column < columns) & (row >= 0) & (row < rows)
        found[inside] = self.real.values[row[inside], column[inside]]
        return found

    def near_real(self, lon: Array, lat: Array, margin: float = 0.3) -> Array:
        """Return which points lie in the real raster or close around it."""
        box = self.real_box
        if box is None:
            return np.zeros(np.shape(lon), bool)
        return ((lon > box[0] - margin) & (lon < box[2] + margin)
                & (lat > box[1] - margin) & (lat < box[3] + margin))

    def values(self, lon: Array, lat: Array, size: float = 1.0) -> Array:
        """Return a class for every point. size: enlarges the patches of the pattern."""
        found = self.real_values(lon, lat)
        missing = found == NODATA
        if missing.any():
            found[missing] = pattern(lon[missing] / size, lat[missing] / size)
        return found


def pattern(lon: Array, lat: Array) -> Array:
    """Return seeded patches of about 1 km: the class of the nearest scattered centre."""
    x, y = lon * _PER_DEGREE[0], lat * _PER_DEGREE[1]
    column, row = np.floor(x).astype(np.int64), np.floor(y).astype(np.int64)
    best = np.full(x.shape, np.inf, np.float32)
    found = np.zeros(x.shape, np.uint8)
    table = np.array(_CLASSES, np.uint8)
    for dx in (-1, 0, 1):
        for dy in (-1, 0, 1):
            code = _hash(column + dx, row + dy)
            cx = column + dx + (code & 1023) / 1024
            cy = row + dy + (code >> 10 & 1023) / 1024
            far = ((x - cx)**2 + (y - cy)**2).astype(np.float32)
            nearer = far < best
            best[nearer] = far[nearer]
            found[nearer] = table[(code >> 20)[nearer] % len(table)]
    return found


def _hash(column: Array, row: Array) -> Array:
    """Return 31 well-mixed bits for every pair of integers."""
    code = (column * 73856093 ^ row * 19349663) & 0x7FFFFFFF
    code = (code ^ code >> 15) * 0x2C1B3C6D & 0x7FFFFFFF
    return (code ^ code >> 12) * 0x297A2D39 & 0x7FFFFFFF
