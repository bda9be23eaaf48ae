"""A tiny GeoTIFF reader and writer: one band, deflated strips (TIFF 6.0, OGC 19-008r4)."""

from __future__ import annotations

import struct
import zlib
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

_SIZES = {1: 1, 2: 1, 3: 2, 4: 4, 5: 8, 11: 4, 12: 8}
_CODES = {1: "B", 2: "s", 3: "H", 4: "I", 11: "f", 12: "d"}
_TYPES = {(8, 1): "u1", (16, 2): "<i2", (16, 1): "<u2", (32, 3): "<f4"}


@dataclass(frozen=True)
class Raster:
    """One band. west, north: outer corner of the first pixel. cell: pixel width = height."""

    values: np.ndarray[Any, Any]
    west: float
    north: float
    cell: float
    epsg: int


def read(path: Path) -> Raster:
    """Read a little-endian, deflated or plain file without predictor; ValueError for others."""
    data = path.read_bytes()
    if data[:4] != b"II*\x00":
        raise ValueError("not a little-endian TIFF")
    tags = _tags(data)
    width, height = tags[256][0], tags[257][0]
    form = _TYPES[(tags[258][0], tags.get(339, (1,))[0])]
    if tags[259][0] not in (1, 8, 32946) or tags.get(317, (1,))[0] != 1:
        raise ValueError("a compression that this reader does not know")
    strips = [data[at:at + size] for at, size in zip(tags[273], tags[279])]
    if tags[259][0] != 1:
        strips = [zlib.decompress(strip) for strip in strips]
    values = np.frombuffer(b"".join(strips), form)[:width * height].reshape(height, width)
    return Raster(values, tags[33922][3], tags[33922][4], tags[33550][0], _epsg(tags))


def write(path: Path, raster: Raster, nodata: float | None = None, deflate: bool = True,
          rows_per_strip: int = 0) -> None:
    """Write a file whose CRS, origin and nodata every reader understands."""
    values = np.ascontiguousarray(raster.values)
    height, width = values.shape
    rows = rows_per_strip or max(1, 65536 // max(1, width * values.itemsize))
    strips = [values[start:start + rows].tobytes() for start in range(0, height, rows)]
    if deflate:
        strips = [zlib.compress(strip, 6) for strip in strips]
    floats = values.dtype.kind == "f"
    text = b"" if nodata is None else f"{nodata:g}".encode() + b"\x00"
    entries: list[tuple[int, int, Any]] = [
        (256, 4, (width,)), (257, 4, (height,)), (258, 3, (values.itemsize * 8,)),
        (259, 3, (8 if deflate else 1,)), (262, 3, (1,)), (273, 4, (0,) * len(strips)),
        (277, 3, (1,)), (278, 4, (rows,)), (279, 4, tuple(map(len, strips))), (284, 3, (1,)),
        (339, 3, (3 if floats else 1,)), (33550, 12, (raster.cell, raster.cell, 0.0)),
        (33922, 12, (0.0, 0.0, 0.0, raster.west, raster.north, 0.0)),
        (34735, 3, _geo_keys(raster.epsg)), *([(42113, 2, text)] if text else [])]
    path.write_bytes(_file(entries, strips))


def _file(entries: list[tuple[int, int, Any]], strips: list[bytes]) -> bytes:
    """Return header, directory, long values and strips as one file."""
    start = 8 + 2 + 12 * len(entries) + 4
    position = start + sum(_padded(kind, value) for _tag, kind, value in entries)
    offsets = []
    for strip in strips:
        offsets.append(position)
        position += len(strip)
    directory, extra = struct.pack("<H", len(entries)), b""
    for tag, kind, value in entries:
        packed = _packed(kind, offsets if tag == 273 else value)
        count = len(packed) // _SIZES[kind]
        if len(packed) <= 4:
            field = packed.ljust(4, b"\x00")
        else:
            field = struct.pack("<I", start + len(extra))
            extra += packed + b"\x00" * (len(packed) % 2)
        directory += struct.pack("<HHI", tag, kind, count) + field
    return (struct.pack("<2sHI", b"II", 42, 8) + directory + b"\x00" * 4 + extra
            + b"".join(strips))


def _packed(kind: int, value: Any) -> bytes:
    return value if kind == 2 else struct.pack(f"<{len(value)}{_CODES[kind]}", *value)


def _padded(kind: int, value: Any) -> int:
    size = len(value) * _SIZES[kind]
    return 0 if size <= 4 else size + size % 2


def _geo_keys(epsg: int) -> tuple[int, ...]:
    geographic = epsg in (4326, 4258)
    return (1, 1, 0, 3, 1024, 0, 1, 2 if geographic else 1, 1025, 0, 1, 1,
            2048 if geographic else 3072, 0, 1, epsg)


def _epsg(tags: dict[int, Any]) -> int:
    keys = tags.get(34735, ())
    return next((keys[at + 3] for at in range(4, len(keys), 4) if keys[at] in (2048, 3072)), 0)


def _tags(data: bytes) -> dict[int, Any]:
    start, = struct.unpack_from("<I", data, 4)
    count, = struct.unpack_from("<H", data, start)
    tags = {}
    for entry in range(start + 2, start + 2 + 12 * count, 12):
        tag, kind, size = struct.unpack_from("<HHI", data, entry)
        if kind not in _CODES:
            continue
        at = entry + 8
        if size * _SIZES[kind] > 4:
            at, = struct.unpack_from("<I", data, at)
        tags[tag] = struct.unpack_from(f"<{size}{_CODES[kind]}", data, at)
    return tags
