"""Rings of polygons from any coordinate system to continuous longitude and latitude."""

from __future__ import annotations

from typing import Any, Sequence

import numpy as np
from pyproj import CRS, Transformer
from shapely.geometry import Polygon

from ..errors import AreaError

_STRAIGHT = 1e-6
"""Bend of an edge that is left as it is: this many degrees (0.1 m), times the size of the shape
in degrees where that is more than one."""
_ROUNDS = 14
"""Halvings of one edge at most."""
_DECIMALS = 9
_LARGEST = (540.0, 90.0)
"""Largest longitude and latitude; maps can be moved a turn beyond ±180."""
_SHORT_WAY = 90.0
"""Width in degrees up to which a ring with a jump in longitude is taken to cross ±180."""


class Projection:
    """Brings polygons of one coordinate system to longitude and latitude.

    bends: whether edges that are straight in the system may be curved in degrees.
    """

    def __init__(self, system: CRS) -> None:
        self.bends: bool = not system.is_geographic
        self._transformer = Transformer.from_crs(system, "EPSG:4326", always_xy=True)

    def polygon(self, polygon: Polygon) -> Polygon:
        """Return a polygon whose longitudes go on beyond ±180 where it crosses the antimeridian.

        It may be invalid (self-intersecting) like its source. Raise AreaError("invalid",
        "range").
        """
        outer = self._ring(polygon.exterior.coords)
        holes = [self._ring(hole.coords) for hole in polygon.interiors]
        return Polygon(outer, [_beside(hole, outer) for hole in holes])

    def _ring(self, coords: Sequence[Any]) -> Any:
        """Return an (n, 2) array of degrees for a closed ring."""
        points = np.asarray(coords, dtype=float)[:, :2]
        if not np.isfinite(points).all():
            raise AreaError("invalid")
        lonlat = self._densified(points) if self.bends else self._degrees(points)
        if self.bends or _crosses(lonlat):
            lonlat = _around_pole(_unwrapped(lonlat))
        return np.round(lonlat, _DECIMALS)

    def _degrees(self, points: Any) -> Any:
        lonlat = np.column_stack(self._transformer.transform(points[:, 0], points[:, 1]))
        if not (np.abs(lonlat) <= _LARGEST).all():
            raise AreaError("range")
        return lonlat

    def _densified(self, points: Any) -> Any:
        """Return the ring in degrees, with points added where an edge bends.

        An edge is halved as long as its middle lies off the chord; the first two rounds halve
        every edge of a simple ring, since an S-shaped edge has its middle on the chord.
        """
        lonlat = self._degrees(points)
        simple = len(points) < 1000
        size = np.ptp(_unwrapped(lonlat), axis=0).max()
        straight = _STRAIGHT * max(1.0, size)
        for halving in range(_ROUNDS):
            middle = (points[1:] + points[:-1]) / 2
            middle_lonlat = self._degrees(middle)
            chord = lonlat[:-1] + _step(np.diff(lonlat, axis=0)) / 2
            bend = np.abs(_step(middle_lonlat - chord)).max(axis=1)
            wanted = np.flatnonzero((bend > straight) | (simple and halving < 2))
            if wanted.size == 0:
                break
            points = np.insert(points, wanted + 1, middle[wanted], axis=0)
            lonlat = np.insert(lonlat, wanted + 1, middle_lonlat[wanted], axis=0)
        return lonlat


def _step(difference: Any) -> Any:
    """Return differences of (longitude, latitude) with the longitude the short way round."""
    return np.column_stack([(difference[:, 0] + 180) % 360 - 180, difference[:, 1]])


def _unwrapped(lonlat: Any) -> Any:
    return np.column_stack([np.unwrap(lonlat[:, 0], period=360), lonlat[:, 1]])


def _crosses(lonlat: Any) -> bool:
    """Return whether a ring in degrees was drawn across ±180 without saying so.

    Its longitudes jump by more than half the globe, and taken the short way it is narrow. Wide
    boxes have such edges too, but stay wide.
    """
    if np.abs(np.diff(lonlat[:, 0])).max() <= 180:
        return False
    return bool(0 < np.ptp(_unwrapped(lonlat)[:, 0]) <= _SHORT_WAY)


def _around_pole(lonlat: Any) -> Any:
    """Return a ring that goes round a pole as one that includes it."""
    turn = lonlat[-1, 0] - lonlat[0, 0]
    if abs(turn) < 180:
        return lonlat
    pole = 90.0 if lonlat[:, 1].mean() > 0 else -90.0
    return np.vstack([lonlat, [lonlat[-1, 0], pole], [lonlat[0, 0], pole], lonlat[:1]])


def _beside(hole: Any, outer: Any) -> Any:
    """Return a hole moved by whole turns to the longitudes of its polygon."""
    turns = np.round((outer[:, 0].mean() - hole[:, 0].mean()) / 360)
    return hole + [360 * turns, 0]
