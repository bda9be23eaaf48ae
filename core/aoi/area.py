"""An area of interest: a named geometry in longitude and latitude."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Any, Mapping

import numpy as np
from shapely.errors import ShapelyError
from shapely.geometry import Polygon, box, mapping, shape
from shapely.geometry.base import BaseGeometry

from ..errors import AreaError

KINDS = ("nuts", "country", "box", "polygon", "view", "layer", "selection")
_RADIUS = 6378.137
"""Equatorial radius of GRS80 in km."""
_E2 = 0.00669438002290
"""First eccentricity of GRS80, squared."""


@dataclass(frozen=True)
class Area:
    """What everything is searched, ordered and clipped for.

    geometry: Polygon or MultiPolygon in EPSG:4326, x = longitude −180…180, valid.
    code: NUTS or country code that the portal knows; "" for drawn areas.
    """

    name: str
    kind: str
    geometry: BaseGeometry
    code: str = ""

    def __post_init__(self) -> None:
        if self.kind not in KINDS:
            raise ValueError(f"unknown kind of area: {self.kind}")
        if self.geometry.is_empty:
            raise AreaError("empty")
        if self.geometry.geom_type not in ("Polygon", "MultiPolygon"):
            raise AreaError("invalid", self.geometry.geom_type)
        west, south, east, north = self.geometry.bounds
        if west < -180 or south < -90 or east > 180 or north > 90:
            raise AreaError("range")

    @property
    def bbox(self) -> tuple[float, float, float, float]:
        """Return (west, south, east, north) in degrees."""
        west, south, east, north = self.geometry.bounds
        return (west, south, east, north)

    @property
    def km2(self) -> float:
        """Return the true surface on the GRS80 ellipsoid, in km²."""
        return sum(
            abs(_ring_km2(part.exterior)) - sum(abs(_ring_km2(hole)) for hole in part.interiors)
            for part in self.polygons
        )

    @property
    def polygons(self) -> list[Polygon]:
        """Return the polygons that the geometry consists of."""
        return list(getattr(self.geometry, "geoms", [self.geometry]))

    @property
    def is_box(self) -> bool:
        """Return whether the outline is its own bounding box, so that there is nothing to clip."""
        return bool(self.geometry.equals(box(*self.geometry.bounds)))

    @property
    def properties(self) -> dict[str, str]:
        """Return what is known beside the geometry, as in to_json()."""
        return {"name": self.name, "kind": self.kind, "code": self.code}

    @property
    def point_count(self) -> int:
        """Return the number of points of all outlines."""
        rings = (ring for part in self.polygons for ring in (part.exterior, *part.interiors))
        return sum(len(ring.coords) for ring in rings)

    @property
    def crosses_antimeridian(self) -> bool:
        """Return whether the area goes on beyond longitude 180, so that its box means nothing."""
        west, _south, east, _north = self.bbox
        if west > -180 or east < 180:
            return False
        return not any(
            part.bounds[0] <= 0 <= part.bounds[2] for part in self.polygons)

    def portal_box(self) -> list[float]:
        """Return the bounding box as the portal wants it: [west, north, east, south].

        Rounded outwards to six decimals (0.1 m). Raise AreaError("antimeridian") for an area on
        both sides of longitude 180; core.aoi.split.sides() gives the two that can be ordered.
        """
        if self.crosses_antimeridian:
            raise AreaError("antimeridian")
        west, south, east, north = self.bbox
        return [_down(west), _up(north), _up(east), _down(south)]

    def to_json(self) -> dict[str, Any]:
        """Return a GeoJSON feature."""
        return {
            "type": "Feature", "properties": self.properties,
            "geometry": mapping(self.geometry),
        }

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> Area:
        """Read what to_json() wrote; raise AreaError for anything else."""
        try:
            properties = data["properties"]
            geometry = shape(data["geometry"])
            area = cls(
                str(properties["name"]), str(properties["kind"]), geometry,
                str(properties.get("code") or ""),
            )
        except (KeyError, TypeError, ValueError, AttributeError, IndexError, ShapelyError) as err:
            raise AreaError("invalid", type(err).__name__) from err
        if not geometry.is_valid:
            raise AreaError("invalid")
        return area

    @classmethod
    def from_bbox(
        cls, west: float, south: float, east: float, north: float, name: str = "Box",
        kind: str = "box",
    ) -> Area:
        """Return a box; raise AreaError for inverted, out-of-range or flat boxes."""
        values = (west, south, east, north)
        if not all(math.isfinite(value) for value in values):
            raise AreaError("invalid")
        if abs(south) > 90 or abs(north) > 90 or abs(west) > 180 or abs(east) > 180:
            raise AreaError("range")
        if west >= east or south >= north:
            raise AreaError("invalid")
        return cls(name, kind, box(west, south, east, north))


def _ring_km2(ring: BaseGeometry) -> float:
    """Return the surface inside a ring whose edges are straight in longitude and latitude.

    The surface between an arc and the equator is a²/2 ∫ q dλ with q from Snyder, Map Projections:
    A Working Manual (1987), equation 3-12; Simpson's rule along each edge.
    """
    lonlat = np.radians(np.asarray(ring.coords)[:, :2])
    lon, lat = lonlat[:, 0], lonlat[:, 1]
    middle = _q((lat[1:] + lat[:-1]) / 2)
    strips = np.diff(lon) * (_q(lat[1:]) + 4 * middle + _q(lat[:-1])) / 6
    return float(strips.sum()) * _RADIUS ** 2 / 2


def _q(lat: Any) -> Any:
    e, sine = math.sqrt(_E2), np.sin(lat)
    return (1 - _E2) * (sine / (1 - _E2 * sine ** 2) + np.arctanh(e * sine) / e)


def _down(value: float) -> float:
    return math.floor(round(value * 1e6, 3)) / 1e6


def _up(value: float) -> float:
    return math.ceil(round(value * 1e6, 3)) / 1e6
