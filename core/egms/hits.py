"""What the archive finds: one file each, read defensively (reference/egms.md 5.3)."""

from __future__ import annotations

import math
import re
from dataclasses import dataclass
from typing import Any, Iterator, Mapping, Sequence

from shapely.geometry import MultiPolygon, Polygon, box, mapping, shape
from shapely.geometry.base import BaseGeometry

from ..aoi.area import Area
from ..errors import BadAnswer
from .grid import tile_outline, to_laea
from .names import level_name, parse

_PLAIN_NAME = re.compile(r"\w[\w.+-]*\.zip", re.IGNORECASE | re.ASCII)
_COMPONENTS = {"ORTHO-EAST": "E", "ORTHO-UP": "U"}
_DIRECTIONS = {"a": "ascending", "d": "descending"}


@dataclass(frozen=True)
class Hit:
    """A file of the archive.

    size: bytes of the zip, 0 if unknown. footprint: (Multi)Polygon in EPSG:4326.
    level: "L2a", "L2b", "L3". release: "2020-2024". sub_release: number of the delivery.
    component: "E", "U" (L3). tile: "E45N17" (L3).
    track, swath, burst: L2, else 0 and "". direction: "ascending", "descending", or "" where
    the archive does not say (and for L3).
    """

    filename: str
    size: int
    footprint: BaseGeometry
    level: str
    component: str = ""
    release: str = ""
    sub_release: int = 0
    track: int = 0
    swath: str = ""
    burst: str = ""
    direction: str = ""
    tile: str = ""

    def coverage(self, area: Area) -> float:
        """Return the share of an area inside the footprint, 0…1, by true surface."""
        common = self.footprint.intersection(area.geometry)
        whole = to_laea(area.geometry).area
        if common.is_empty or not whole or not math.isfinite(whole):
            return 0.0
        return float(min(1.0, to_laea(common).area / whole))

    def to_json(self) -> dict[str, Any]:
        """Return plain data for JSON."""
        data = {name: getattr(self, name) for name in self.__dataclass_fields__}
        data["footprint"] = mapping(self.footprint)
        return data

    @classmethod
    def from_json(cls, data: Any) -> Hit:
        """Read what to_json() wrote; raise BadAnswer("shape") for anything else."""
        try:
            known = {name: data[name] for name in cls.__dataclass_fields__ if name in data}
            known["footprint"] = shape(known["footprint"])
            known["size"] = int(known["size"])
            hit = cls(**known)
        except (KeyError, TypeError, ValueError, AttributeError) as err:
            raise BadAnswer("shape", f"no EGMS file: {type(err).__name__}") from err
        if not (isinstance(hit.filename, str) and _PLAIN_NAME.fullmatch(hit.filename)):
            raise BadAnswer("shape", "no EGMS file name")
        return hit


def hit_from_answer(raw: Any) -> Hit | None:
    """Read one hit of a search; None if it has no usable file name or no place.

    The file's name says most, and wins over the fields beside it.
    """
    if not isinstance(raw, Mapping):
        return None
    filename = raw.get("filename")
    if not (isinstance(filename, str) and _PLAIN_NAME.fullmatch(filename)):
        return None
    name = parse(filename)
    tile = name.tile if name else str(raw.get("tileId") or "").upper()
    footprint = _footprint(raw, tile)
    level = name.level if name else level_name(str(raw.get("productLevel") or ""))
    if footprint is None or not level:
        return None
    product = str(raw.get("productType") or "").upper()
    return Hit(
        filename, _whole_number(raw.get("filesize")), footprint, level,
        component=name.component if name else _COMPONENTS.get(product, ""),
        release=name.release if name else str(raw.get("release") or "").replace("_", "-"),
        sub_release=name.sub_release if name else _whole_number(raw.get("sub_release")),
        track=name.track if name else _whole_number(raw.get("relativeOrbit")),
        swath=name.swath if name else str(raw.get("swath") or "").upper(),
        burst=name.burst if name else str(raw.get("burstCycle") or ""),
        direction=_direction(raw.get("direction")) if level != "L3" else "",
        tile=tile,
    )


def _direction(value: Any) -> str:
    """Return "ascending" or "descending" for any spelling of it, else ""."""
    return _DIRECTIONS.get(str(value or "").strip().lower()[:1], "")


def _whole_number(value: Any) -> int:
    try:
        return max(0, int(value))
    except (TypeError, ValueError, OverflowError):
        return 0


def _footprint(raw: Mapping[str, Any], tile: str) -> BaseGeometry | None:
    """Return where a file has data: tile, else polygon, else box.

    A tile is known to the metre from its name, while a polygon of its four corners would cut
    off slivers along its edges, which are no straight lines in longitude and latitude.
    """
    try:
        return tile_outline(tile)
    except ValueError:
        polygons = [_polygon(ring) for ring in _rings(raw.get("poly"))]
        usable = [polygon for polygon in polygons if polygon is not None]
    if usable:
        return usable[0] if len(usable) == 1 else MultiPolygon(usable).buffer(0)
    corners = next(_rings(raw.get("bbox")), [])
    if len(corners) < 2:
        return None
    xs, ys = zip(*corners)
    outline = box(min(xs), min(ys), max(xs), max(ys))
    return outline if outline.area > 0 else None


def _rings(value: Any) -> Iterator[list[tuple[float, float]]]:
    """Yield each list of positions in a nesting of lists, or in a GeoJSON-like object."""
    if isinstance(value, Mapping):
        value = value.get("coordinates") or value.get("geometry")
        if isinstance(value, Mapping):
            yield from _rings(value)
            return
    if not isinstance(value, Sequence) or isinstance(value, (str, bytes)):
        return
    positions = [_position(part) for part in value]
    if positions and all(positions):
        yield [position for position in positions if position is not None]
        return
    for part in value:
        yield from _rings(part)


def _position(value: Any) -> tuple[float, float] | None:
    """Return (longitude, latitude) if that is what the value is."""
    if not isinstance(value, Sequence) or isinstance(value, (str, bytes)) or len(value) < 2:
        return None
    lon, lat = value[0], value[1]
    numbers = all(
        isinstance(part, (int, float)) and not isinstance(part, bool) and math.isfinite(part)
        for part in (lon, lat))
    if not numbers or abs(lon) > 180 or abs(lat) > 90:
        return None
    return float(lon), float(lat)


def _polygon(ring: list[tuple[float, float]]) -> BaseGeometry | None:
    """Return the polygon of a ring, closed or not; None if it has no surface."""
    if len(set(ring)) < 3:
        return None
    polygon = Polygon(ring)
    if not polygon.is_valid:
        polygon = polygon.buffer(0)
    return polygon if polygon.area > 0 else None
