"""Which points lie in an area: many points and long outlines, in numpy."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from ..aoi.area import Area
from ..errors import AreaError
from .grid import near_europe, polygons, to_laea
from .noise import Floats

_STRIPS_AT_MOST = 20_000


class Clip:
    """The outline of an area in EPSG:3035, its edges sorted into horizontal strips.

    A point is inside if a ray to the west crosses an odd number of edges; only the edges of the
    point's own strip can be crossed. Edges count from their lower end up to below the upper one.
    Raise AreaError("outside") for an area where EGMS has nothing.
    """

    def __init__(self, area: Area) -> None:
        near = near_europe(area)
        if near is None:
            raise AreaError("outside")
        self._edges = _edges(near)
        x0, y0, x1, y1 = self._edges
        self._bounds = x0.min(), y0.min(), x0.max(), y0.max()
        count = min(_STRIPS_AT_MOST, x0.size)
        self._height = (self._bounds[3] - self._bounds[1]) / count
        first = self._strip(np.minimum(y0, y1)).clip(0, count - 1)
        last = self._strip(np.maximum(y0, y1)).clip(0, count - 1)
        spans = last - first + 1
        edges = np.repeat(np.arange(x0.size), spans)
        strips = np.repeat(first, spans) + _counted(spans)
        order = np.argsort(strips, kind="stable")
        self._in_strip = edges[order]
        self._starts = np.searchsorted(strips[order], np.arange(count + 1))

    def inside(self, x: Floats, y: Floats) -> NDArray[np.bool_]:
        """Return which points lie in the area; coordinates in EPSG:3035."""
        west, south, east, north = self._bounds
        result: NDArray[np.bool_] = (x >= west) & (x <= east) & (y >= south) & (y <= north)
        near = np.flatnonzero(result)
        if not near.size:
            return result
        strip = self._strip(y[near]).clip(0, self._starts.size - 2)
        counts = self._starts[strip + 1] - self._starts[strip]
        point = np.repeat(near, counts)
        edge = self._in_strip[np.repeat(self._starts[strip], counts) + _counted(counts)]
        x0, y0, x1, y1 = (values[edge] for values in self._edges)
        beside = np.flatnonzero((y0 > y[point]) != (y1 > y[point]))
        x0, y0, x1, y1, point = (values[beside] for values in (x0, y0, x1, y1, point))
        crossed = x0 + (y[point] - y0) * (x1 - x0) / (y1 - y0) < x[point]
        result &= np.bincount(point[crossed], minlength=x.size) % 2 == 1
        return result

    def _strip(self, y: Floats) -> NDArray[np.intp]:
        strips: NDArray[np.intp] = np.floor((y - self._bounds[1]) / self._height).astype(np.intp)
        return strips


def _edges(area: Area) -> tuple[Floats, Floats, Floats, Floats]:
    """Return x and y of both ends of all edges, holes included."""
    rings = [
        np.asarray(ring.coords)[:, :2]
        for polygon in polygons(to_laea(area.geometry))
        for ring in (polygon.exterior, *polygon.interiors)
    ]
    starts = np.concatenate([ring[:-1] for ring in rings])
    ends = np.concatenate([ring[1:] for ring in rings])
    return starts[:, 0], starts[:, 1], ends[:, 0], ends[:, 1]


def _counted(counts: NDArray[np.intp]) -> NDArray[np.intp]:
    """Return 0…n−1 for each n in counts, one after the other."""
    before = np.cumsum(counts) - counts
    counted: NDArray[np.intp] = np.arange(counts.sum()) - np.repeat(before, counts)
    return counted
