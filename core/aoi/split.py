"""An area in pieces that a service takes: sides of longitude 180, boxes of a limited size."""

from __future__ import annotations

import math
from dataclasses import replace

from shapely.geometry import MultiPolygon, box
from shapely.prepared import prep

from .area import Area

Box = tuple[float, float, float, float]


def sides(area: Area) -> list[Area]:
    """Return the parts west and east of longitude 180; the area itself if it does not cross."""
    if not area.crosses_antimeridian:
        return [area]
    groups: tuple[list[object], list[object]] = ([], [])
    for part in area.polygons:
        groups[0 if part.bounds[0] > 0 else 1].append(part)
    return [replace(area, geometry=MultiPolygon(group)) for group in groups]


def boxes(area: Area, max_degrees: float) -> list[Box]:
    """Return boxes (west, south, east, north) of at most max_degrees that cover the area.

    Each lies tightly around its part of the area; cells of the bounding box without area are
    left out.
    """
    west, south, east, north = area.bbox
    columns = max(1, math.ceil((east - west) / max_degrees))
    rows = max(1, math.ceil((north - south) / max_degrees))
    inside = prep(area.geometry)
    found = []
    for row in range(rows):
        for column in range(columns):
            cell = box(
                west + (east - west) * column / columns, south + (north - south) * row / rows,
                west + (east - west) * (column + 1) / columns,
                south + (north - south) * (row + 1) / rows)
            if inside.intersects(cell):
                part = area.geometry.intersection(cell)
                if part.area > 0:
                    found.append(_bounds(part))
    return found


def _bounds(geometry: object) -> Box:
    west, south, east, north = geometry.bounds  # type: ignore[attr-defined]
    return (west, south, east, north)
