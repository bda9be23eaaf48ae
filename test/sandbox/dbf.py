"""Raster attribute tables as dBASE III files beside a GeoTIFF."""

from __future__ import annotations

import struct
from pathlib import Path
from typing import Any, Sequence

import numpy as np

from .land_cover import Class

# name, type, width, decimals: as in the table of the CLC 2018 raster
_FIELDS = (("Value", "N", 10, 0), ("Count", "F", 19, 11), ("LABEL3", "C", 254, 0),
           ("Red", "F", 19, 11), ("Green", "F", 19, 11), ("Blue", "F", 19, 11),
           ("CODE_18", "C", 3, 0))


def attribute_table(values: Any, classes: Sequence[Class], path: Path) -> None:
    """Write value, count, label and colour of every class that occurs."""
    counts = np.bincount(np.ravel(values), minlength=256)
    rows = [(str(item.value), f"{counts[item.value]:.11e}", item.label,
             *(f"{channel / 255:.11e}" for channel in item.colour), item.code)
            for item in classes if counts[item.value]]
    size = 1 + sum(width for _name, _kind, width, _decimals in _FIELDS)
    head = struct.pack("<4BIHH20x", 3, 120, 2, 24, len(rows), 32 * len(_FIELDS) + 33, size)
    for name, kind, width, decimals in _FIELDS:
        head += struct.pack("<11sc4xBB14x", name.encode(), kind.encode(), width, decimals)
    body = b""
    for row in rows:
        body += b" "
        for (_name, kind, width, _decimals), text in zip(_FIELDS, row):
            raw = text.encode("latin-1", "replace")[:width]
            body += raw.ljust(width) if kind == "C" else raw.rjust(width)
    path.write_bytes(head + b"\r" + body + b"\x1a")
