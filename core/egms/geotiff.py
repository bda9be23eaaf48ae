"""Write a GeoTIFF of floats with overviews, in tiles, of which only those with values exist.

TIFF 6.0 sections 2 and 15; OGC 19-008r4 for the coordinate system. Tiles that are absent are
written with offset 0, which GDAL and its users read as "no value".
"""

from __future__ import annotations

import math
import struct
import zlib
from dataclasses import dataclass
from pathlib import Path
from typing import Mapping, Sequence, Union

import numpy as np
from numpy.typing import NDArray

TILE = 256
"""Cells along the side of a tile."""

NODATA = -9999.0
EPSG = 3035

Tile = NDArray[np.float32]
Tiles = Mapping[tuple[int, int], Tile]
"""Row and column of a tile, counted from the north-west -> its values, NODATA where none."""

_Values = Union[Sequence[int], Sequence[float], bytes]
_SHORT, _LONG, _DOUBLE, _ASCII = 3, 4, 12, 2
_CODES = {_SHORT: "H", _LONG: "I", _DOUBLE: "d"}
_DEFLATE, _FASTEST = 8, 1
_OFFSETS, _COUNTS = 324, 325
_GEO_KEYS = (
    1, 1, 0, 4,
    1024, 0, 1, 1,     # model: projected
    1025, 0, 1, 1,     # a value belongs to the area of its cell
    3072, 0, 1, EPSG,
    3076, 0, 1, 9001,  # metres
)


@dataclass(frozen=True)
class Grid:
    """Where a raster lies: its outer north-west corner in EPSG:3035, cells in metres."""

    west: float
    north: float
    cell: float
    rows: int
    columns: int

    def halved(self) -> Grid:
        """Return the grid of the next overview."""
        return Grid(
            self.west, self.north, self.cell * 2, math.ceil(self.rows / 2),
            math.ceil(self.columns / 2))


def write_float_raster(path: Path, grid: Grid, tiles: Tiles) -> None:
    """Write a raster with its overviews, each value of one the mean of up to four."""
    with open(path, "wb") as file:
        file.write(struct.pack("<2sHI", b"II", 42, 8))
        first = True
        while True:
            last = max(grid.rows, grid.columns) <= TILE
            file.write(_directory(file.tell(), grid, tiles, first, last))
            if last:
                return
            grid, tiles, first = grid.halved(), _halved(tiles), False


def _halved(tiles: Tiles) -> Tiles:
    """Return the tiles of the next overview."""
    found: dict[tuple[int, int], Tile] = {}
    half = TILE // 2
    for (row, column), tile in tiles.items():
        parent = found.setdefault(
            (row // 2, column // 2), np.full((TILE, TILE), NODATA, np.float32))
        top, left = row % 2 * half, column % 2 * half
        parent[top:top + half, left:left + half] = _means(tile)
    return found


def _means(tile: Tile) -> Tile:
    """Return the means of squares of four cells, as far as they have values."""
    squares = tile.reshape(TILE // 2, 2, TILE // 2, 2).swapaxes(1, 2).reshape(-1, 4)
    there = squares != np.float32(NODATA)
    count = there.sum(axis=1)
    means = np.where(there, squares, 0).sum(axis=1) / np.maximum(count, 1)
    half = TILE // 2
    return np.where(count, means, NODATA).astype(np.float32).reshape(half, half)


def _directory(start: int, grid: Grid, tiles: Tiles, first: bool, last: bool) -> bytes:
    """Return one image: its directory at `start`, the long values, the tiles."""
    across, down = math.ceil(grid.columns / TILE), math.ceil(grid.rows / TILE)
    packed = {
        row * across + column: zlib.compress(tile.astype("<f4").tobytes(), _FASTEST)
        for (row, column), tile in sorted(tiles.items())}
    tags: list[tuple[int, int, _Values]] = [
        (254, _LONG, [0 if first else 1]), (256, _LONG, [grid.columns]),
        (257, _LONG, [grid.rows]), (258, _SHORT, [32]), (259, _SHORT, [_DEFLATE]),
        (262, _SHORT, [1]), (277, _SHORT, [1]), (284, _SHORT, [1]), (322, _SHORT, [TILE]),
        (323, _SHORT, [TILE]), (_OFFSETS, _LONG, [0] * (across * down)),
        (_COUNTS, _LONG, [0] * (across * down)), (339, _SHORT, [3])]
    if first:
        tags += [
            (33550, _DOUBLE, [grid.cell, grid.cell, 0.0]),
            (33922, _DOUBLE, [0.0, 0.0, 0.0, grid.west, grid.north, 0.0]),
            (34735, _SHORT, _GEO_KEYS)]
    tags.append((42113, _ASCII, f"{NODATA:g}".encode() + b"\0"))
    head = 2 + 12 * len(tags) + 4
    body = start + head + sum(len(_long_value(kind, values)) for _tag, kind, values in tags)
    offsets, counts = [0] * (across * down), [0] * (across * down)
    end = body
    for number, data in packed.items():
        offsets[number], counts[number] = end, len(data)
        end += len(data)
    filled = {_OFFSETS: offsets, _COUNTS: counts}
    entries, long_values = b"", b""
    for tag, kind, values in tags:
        raw = _raw(kind, filled.get(tag, values))
        spare = _long_value(kind, filled.get(tag, values))
        field = struct.pack("<I", start + head + len(long_values)) if spare else raw
        entries += struct.pack("<HHI", tag, kind, len(values)) + field.ljust(4, b"\0")
        long_values += spare
    padding = b"\0" * (end % 2)
    following = 0 if last else end + len(padding)
    return b"".join([
        struct.pack("<H", len(tags)), entries, struct.pack("<I", following), long_values,
        *packed.values(), padding])


def _raw(kind: int, values: _Values) -> bytes:
    if isinstance(values, bytes):
        return values
    return struct.pack(f"<{len(values)}{_CODES[kind]}", *values)


def _long_value(kind: int, values: _Values) -> bytes:
    """Return a value that stands behind the directory, at an even place; nothing if it fits in."""
    raw = _raw(kind, values)
    return raw + b"\0" * (len(raw) % 2) if len(raw) > 4 else b""
