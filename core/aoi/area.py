"""An area of interest: a named geometry in longitude and latitude."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Any, Mapping

from pyproj import Geod
from shapely.geometry import box, mapping, shape
from shapely.geometry.base import BaseGeometry

from ..errors import AreaError

KINDS = ("nuts", "country", "box", "polygon", "view", "layer", "selection")
_GEOD = Geod(ellps="GRS80")


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

    @property
    def bbox(self) -> tuple[float, float, float, float]:
        """Return (west, south, east, north) in degrees."""
        west, south, east, north = self.geometry.bounds
        return (west, south, east, north)

    @property
    def km2(self) -> float:
        """Return the true surface on the GRS80 ellipsoid, in km²."""
        area, _perimeter = _GEOD.geometry_area_perimeter(self.geometry)
        return abs(float(area)) / 1e6

    @property
    def is_box(self) -> bool:
        """Return whether the outline is its own bounding box, so that there is nothing to clip."""
        return bool(self.geometry.equals(box(*self.geometry.bounds)))

    def to_json(self) -> dict[str, Any]:
        """Return a GeoJSON feature."""
        return {
            "type": "Feature",
            "properties": {"name": self.name, "kind": self.kind, "code": self.code},
            "geometry": mapping(self.geometry),
        }

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> Area:
        """Read what to_json() wrote; raise AreaError for anything else."""
        try:
            properties = data["properties"]
            geometry = shape(data["geometry"])
            return cls(
                str(properties["name"]), str(properties["kind"]), geometry,
                str(properties.get("code") or ""),
            )
        except (KeyError, TypeError, ValueError, AttributeError) as err:
            raise AreaError("invalid", str(err)) from err

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
