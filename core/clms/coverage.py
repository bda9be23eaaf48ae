"""Where a dataset has data, as boxes in degrees."""

from __future__ import annotations

from typing import Any, Mapping

from .values import items, number, texts

Box = tuple[float, float, float, float]
WORLD: Box = (-180.0, -90.0, 180.0, 90.0)
_NAMED: tuple[tuple[str, Box], ...] = (
    ("northern hemisphere", (-180.0, 0.0, 180.0, 90.0)),
    ("pantropical", (-180.0, -30.0, 180.0, 30.0)),
    ("glob", WORLD),
    ("world", WORLD),
    ("europe", (-31.6, 27.4, 44.9, 71.5)),
    ("eea3", (-31.6, 27.4, 44.9, 71.5)),
)
"""Boxes for records that give no box, by words of their coverage. The first match counts."""


def boxes_of(raw: Mapping[str, Any], title: str) -> tuple[Box, ...]:
    """Return the boxes (west, south, east, north) of a record; () if it does not tell."""
    found: list[Box] = []
    for row in items(raw.get("geographicBoundingBox")):
        found += _boxes(*(number(row.get(side)) for side in ("west", "south", "east", "north")))
    if found:
        return tuple(dict.fromkeys(found))
    words = " ".join((
        *texts(raw.get("characteristics_spatial_coverage")),
        *texts(raw.get("geographicCoverage")), title,
    )).lower()
    return next(((box,) for name, box in _NAMED if name in words), ())


def _boxes(west: float, south: float, east: float, north: float) -> list[Box]:
    """Return a box, cut in two where it crosses the antimeridian; [] for nonsense."""
    if not (-180 <= west <= 180 and -180 <= east <= 180 and -90 <= south < north <= 90):
        return []
    if west > east:
        return [(west, south, 180.0, north), (-180.0, south, east, north)]
    return [(west, south, east, north)]


def intersects(box: Box, others: tuple[Box, ...]) -> bool:
    """Return whether a box touches one of the others."""
    west, south, east, north = box
    return any(
        west <= other[2] and east >= other[0] and south <= other[3] and north >= other[1]
        for other in others)
