"""The mean velocity of points in cells of 100 m: what a map shows when it is zoomed out.

For level 3, whose points are the centres of such cells, this is the raster that EGMS delivers.
"""

from __future__ import annotations

from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from .geotiff import NODATA, TILE, Grid, Tile, Tiles, write_float_raster
from .noise import Floats

CELL = 100.0
"""Metres."""

_MIDDLE = 5e6  # metres; half of what the coordinates of EPSG:3035 can be
_AT_ONCE = 1 << 18
_CELLS = TILE * TILE
_WITHIN, _BITS = TILE - 1, TILE.bit_length() - 1
_ACROSS = 1024  # more tiles than lie side by side in EPSG:3035


class Accumulator:
    """Takes points in any number and order. Memory grows with the area that holds points.

    Cells are counted from the origin of EPSG:3035: columns to the east, rows to the south.
    """

    def __init__(self) -> None:
        self._waiting: list[tuple[Floats, Floats, Floats]] = []
        self._count = 0
        self._sums: dict[tuple[int, int], Floats] = {}
        self._counts: dict[tuple[int, int], NDArray[np.int32]] = {}
        self._rows = self._columns = (0, -1)

    def add(self, x: Floats, y: Floats, velocity: Floats) -> None:
        """Take points: EPSG:3035, mm/yr; those without a velocity (NaN) do not count.

        Nor do places that EPSG:3035 does not have: one of them would blow up the raster.
        """
        there = np.isfinite(velocity) & (np.abs(x - _MIDDLE) <= _MIDDLE) & (
            np.abs(y - _MIDDLE) <= _MIDDLE)
        self._waiting.append((x[there], y[there], velocity[there]))
        self._count += int(there.sum())
        if self._count >= _AT_ONCE:
            self._sum_up()

    def write(self, path: Path) -> None:
        """Write the raster, as far as there are points; without any, one cell without value."""
        self._sum_up()
        (top, bottom), (left, right) = self._rows, self._columns
        grid = Grid(
            left * CELL, -top * CELL, CELL, max(bottom - top + 1, 1), max(right - left + 1, 1))
        write_float_raster(path, grid, self._tiles(grid, top, left))

    # --- inside

    def _sum_up(self) -> None:
        x, y, velocity = (np.concatenate(parts) for parts in zip(*self._waiting)) if (
            self._count) else (np.empty(0),) * 3
        self._waiting, self._count = [], 0
        if not x.size:
            return
        columns = np.floor(x / CELL).astype(np.int32)
        rows = np.floor(y / CELL).astype(np.int32)
        np.subtract(-1, rows, out=rows)
        self._rows = _wider(self._rows, rows)
        self._columns = _wider(self._columns, columns)
        cells = (rows & _WITHIN) * TILE + (columns & _WITHIN)
        tiles = (rows >> _BITS) * _ACROSS + (columns >> _BITS)
        order = np.argsort(tiles, kind="stable")
        tiles = tiles[order]
        starts = [0, *(np.flatnonzero(np.diff(tiles)) + 1).tolist()]
        for start, members in zip(starts, np.split(order, starts[1:])):
            key = divmod(int(tiles[start]), _ACROSS)
            self._add_to(key, cells[members], velocity[members])

    def _add_to(self, key: tuple[int, int], cells: NDArray[np.int32], velocity: Floats) -> None:
        """Add points to one tile. cells: their places in it."""
        if key not in self._sums:
            self._sums[key] = np.zeros(_CELLS)
            self._counts[key] = np.zeros(_CELLS, np.int32)
        self._sums[key] += np.bincount(cells, velocity, _CELLS)
        self._counts[key] += np.bincount(cells, minlength=_CELLS).astype(np.int32)

    def _tiles(self, grid: Grid, top: int, left: int) -> Tiles:
        """Return the means in tiles that start at the north-west corner of the points."""
        found: dict[tuple[int, int], Tile] = {}
        for (row, column), sums in self._sums.items():
            counts = self._counts[row, column]
            means = np.where(counts, sums / np.maximum(counts, 1), NODATA)
            _spread(found, means.reshape(TILE, TILE), row * TILE - top, column * TILE - left)
        return {
            place: tile for place, tile in found.items() if (tile != np.float32(NODATA)).any()}


def _wider(span: tuple[int, int], values: NDArray[np.int32]) -> tuple[int, int]:
    """Return the first and last of a span and some values; an empty span ends before it begins."""
    low, high = int(values.min()), int(values.max())
    return (low, high) if span[1] < span[0] else (min(low, span[0]), max(high, span[1]))


def _spread(found: dict[tuple[int, int], Tile], means: Floats, row: int, column: int) -> None:
    """Lay a square whose corner is this cell over the (up to four) tiles below it."""
    for tile_row in {row // TILE, (row + TILE - 1) // TILE}:
        for tile_column in {column // TILE, (column + TILE - 1) // TILE}:
            if tile_row < 0 or tile_column < 0:
                continue  # nothing lies beyond the north-west corner
            tile = found.setdefault(
                (tile_row, tile_column), np.full((TILE, TILE), NODATA, np.float32))
            down, right = row - tile_row * TILE, column - tile_column * TILE
            tile[_there(down), _there(right)] = means[_here(down), _here(right)]


def _there(shift: int) -> slice:
    """Return which cells of a tile a square covers that begins `shift` cells after it."""
    return slice(max(shift, 0), TILE + min(shift, 0))


def _here(shift: int) -> slice:
    """Return which cells of the square those are."""
    return slice(max(-shift, 0), TILE - max(shift, 0))
