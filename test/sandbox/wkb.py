"""Polygons in and out of the binary form that GeoPackages keep (OGC 12-128r18, clause 2.1.3)."""

from __future__ import annotations

import struct
from typing import Any, Sequence

_ENVELOPES = (0, 32, 48, 48, 64)


def polygons_of(blob: bytes) -> list[list[list[tuple[float, float]]]]:
    """Return MultiPolygon coordinates of a GeoPackage geometry."""
    at = 8 + _ENVELOPES[(blob[3] >> 1) & 7]
    return _polygons(blob, at)[0]


def blob_of(polygons: Sequence[Any], srs: int) -> bytes:
    """Return a GeoPackage geometry with its envelope, as MultiPolygon."""
    points = [point for rings in polygons for point in rings[0]]
    xs, ys = [point[0] for point in points], [point[1] for point in points]
    head = b"GP\x00\x03" + struct.pack("<i4d", srs, min(xs), max(xs), min(ys), max(ys))
    parts = [struct.pack("<BII", 1, 6, len(polygons))]
    for rings in polygons:
        parts.append(struct.pack("<BII", 1, 3, len(rings)))
        for ring in rings:
            flat = [value for point in ring for value in point]
            parts.append(struct.pack(f"<I{len(flat)}d", len(ring), *flat))
    return head + b"".join(parts)


def _polygons(data: bytes, at: int) -> tuple[list[Any], int]:
    order = "<" if data[at] else ">"
    kind, count = struct.unpack_from(order + "II", data, at + 1)
    at += 9
    if kind == 3:
        rings = []
        for _ in range(count):
            size, = struct.unpack_from(order + "I", data, at)
            flat = struct.unpack_from(f"{order}{2 * size}d", data, at + 4)
            rings.append(list(zip(flat[::2], flat[1::2])))
            at += 4 + 16 * size
        return [rings], at
    found: list[Any] = []
    for _ in range(count):
        part, at = _polygons(data, at)
        found += part
    return found, at
