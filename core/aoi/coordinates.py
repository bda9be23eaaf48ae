"""Coordinates as people type them."""

from __future__ import annotations

import math
import re

from ..errors import AreaError

_MINUS = str.maketrans({"−": "-", "–": "-"})


def read_number(text: str) -> float:
    """Return a number typed with point or comma; raise AreaError("invalid")."""
    try:
        value = float(text.strip().translate(_MINUS).replace(",", "."))
    except ValueError as err:
        raise AreaError("invalid") from err
    if not math.isfinite(value):
        raise AreaError("invalid")
    return value


def read_points(text: str) -> list[tuple[float, float]]:
    """Return the points of a text with one "x y" per line.

    x and y are parted by blanks, a semicolon or a comma; with blanks or a semicolon the comma
    may stand for the point. Raise AreaError("invalid", facts: line, counted from 1).
    """
    points = []
    for number, line in enumerate(text.splitlines(), 1):
        if not line.strip():
            continue
        parts = [part for part in re.split(r"[;\s]+", line.strip()) if part.strip(",")]
        if len(parts) == 1:
            parts = parts[0].split(",")
        try:
            x, y = (read_number(part.rstrip(",")) for part in parts)
        except (ValueError, AreaError) as err:
            raise AreaError("invalid", line=number) from err
        points.append((x, y))
    return points
