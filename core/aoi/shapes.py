"""Areas from shapes in any coordinate system: projected with care, repaired, kept on the globe."""

from __future__ import annotations

import math
from typing import Any, Iterable, Mapping, Sequence

import numpy as np
from pyproj import CRS, Transformer
from pyproj.exceptions import CRSError, ProjError
from shapely import wkb
from shapely.affinity import translate
from shapely.errors import ShapelyError
from shapely.geometry import GeometryCollection, Polygon, box, shape
from shapely.geometry.base import BaseGeometry
from shapely.ops import unary_union
from shapely.validation import make_valid

from ..errors import AreaError
from ..threads import in_python_thread
from .area import Area
from .outline import Projection

_WORLD = box(-180, -90, 180, 90)
_LONLAT = "EPSG:4326"
_COLLINEAR = 1e-7
"""Deviation in degrees (1 cm) below which a point of a projected edge says nothing new."""
_SAMPLES = 129
_METRES_PER_DEGREE = 111_320.0
"""Of latitude, and of longitude at the equator: good enough for a box around a place."""
_NO_AREA = {
    "Point": "point", "MultiPoint": "point", "LineString": "line", "MultiLineString": "line",
    "LinearRing": "line",
}


def area_from_geojson(
    data: Mapping[str, Any], name: str, kind: str = "polygon", crs: str = _LONLAT, code: str = ""
) -> Area:
    """Return one area of all polygons in a GeoJSON geometry, feature or collection.

    Raise AreaError for anything that is not a surface on Earth.
    """
    try:
        geometries = [shape(geometry) for geometry in _geojson_geometries(data)]
    except (KeyError, TypeError, ValueError, AttributeError, IndexError, ShapelyError) as err:
        raise AreaError("invalid", type(err).__name__) from err
    return area_from_geometry(GeometryCollection(geometries), crs, name, kind, code)


def area_from_wkb(
    parts: Iterable[bytes], crs: str, name: str, kind: str = "polygon", code: str = ""
) -> Area:
    """Return one area of all polygons in a series of WKB geometries, such as features of a layer.

    crs: anything that pyproj understands ("EPSG:3035", WKT). Raise AreaError.
    """
    try:
        geometries = [wkb.loads(bytes(part)) for part in parts]
    except (ValueError, TypeError, ShapelyError) as err:
        raise AreaError("invalid", type(err).__name__) from err
    return area_from_geometry(GeometryCollection(geometries), crs, name, kind, code)


def area_from_points(
    points: Sequence[tuple[float, float]], crs: str, name: str, kind: str = "polygon"
) -> Area:
    """Return the polygon with these corners (x, y), closed if need be."""
    if len(points) < 3:
        raise AreaError(("empty", "point", "line")[len(points)])
    if not all(math.isfinite(value) for point in points for value in point):
        raise AreaError("invalid")
    return area_from_geometry(Polygon(points), crs, name, kind)


def area_from_bounds(
    bounds: tuple[float, float, float, float], crs: str, name: str, kind: str = "box"
) -> Area:
    """Return the rectangle (min x, min y, max x, max y), straight in its own system.

    In degrees, a west greater than the east is a box across longitude 180.
    """
    west, south, east, north = bounds
    if _system(crs).is_geographic and west > east:
        east += 360
    if west > east or south > north or not all(math.isfinite(value) for value in bounds):
        raise AreaError("invalid")
    return area_from_geometry(box(west, south, east, north), crs, name, kind)


def area_from_view(
    bounds: tuple[float, float, float, float], crs: str, name: str, kind: str = "view"
) -> Area:
    """Return what a map with these bounds shows of the Earth.

    Where the bounds reach beyond what the system can map, the box around what it can.
    """
    west, south, east, north = bounds
    if _system(crs).is_geographic:
        south, north = max(south, -90.0), min(north, 90.0)
        if east - west >= 360:
            west, east = -180.0, 180.0
        if south > north:
            raise AreaError("range")
    try:
        return area_from_bounds((west, south, east, north), crs, name, kind)
    except AreaError as err:
        if err.reason != "range":
            raise
    return Area(name, kind, _visible_box((west, south, east, north), crs))


@in_python_thread
def area_from_geometry(
    geometry: BaseGeometry, crs: str, name: str, kind: str = "polygon", code: str = ""
) -> Area:
    """Return the polygons of a geometry as an area in longitude and latitude.

    Edges are straight in `crs` and stay so (see core.aoi.outline); self-intersections are
    repaired; what crosses longitude 180 is cut there. Raise AreaError: "empty", "point",
    "line", "invalid" (no number), "range" (not on Earth), "crs".
    """
    polygons = _polygons(geometry)
    projection = Projection(_system(crs))
    try:
        outlines = [projection.polygon(polygon) for polygon in polygons]
    except ProjError as err:
        raise AreaError("range", type(err).__name__) from err
    valid = [part for outline in outlines for part in _surfaces(make_valid(outline))]
    if not valid:
        raise AreaError(_flat_reason(outlines))
    merged = unary_union([_on_globe(part) for part in valid])
    if projection.bends:
        merged = merged.simplify(_COLLINEAR)
    parts = _surfaces(merged)
    if not parts:
        raise AreaError(_flat_reason(outlines))
    return Area(name, kind, unary_union(parts), code)


def _system(crs: str) -> CRS:
    try:
        return CRS.from_user_input(crs)
    except CRSError as err:
        raise AreaError("crs") from err


def _geojson_geometries(data: Mapping[str, Any]) -> list[Any]:
    """Return the non-null geometries of any GeoJSON object."""
    if data["type"] == "FeatureCollection":
        return [geometry for item in data["features"] for geometry in _geojson_geometries(item)]
    geometry = data["geometry"] if data["type"] == "Feature" else data
    return [] if geometry is None else [geometry]


def _polygons(geometry: BaseGeometry) -> list[Polygon]:
    """Return the polygons of a geometry; raise AreaError if it has none."""
    flat = list(_flattened(geometry))
    polygons = [part for part in flat if part.geom_type == "Polygon"]
    if polygons:
        return polygons
    raise AreaError(_NO_AREA.get(flat[0].geom_type, "invalid") if flat else "empty")


def _flattened(geometry: BaseGeometry) -> Iterable[BaseGeometry]:
    """Yield the single geometries that are not empty."""
    if geometry.is_empty:
        return
    for part in getattr(geometry, "geoms", [geometry]):
        if part is geometry or not hasattr(part, "geoms"):
            if not part.is_empty:
                yield part
        else:
            yield from _flattened(part)


def _surfaces(geometry: BaseGeometry) -> list[Polygon]:
    """Return the polygons of a geometry that have a surface."""
    return [
        part for part in _flattened(geometry) if part.geom_type == "Polygon" and part.area > 0
    ]


def _flat_reason(outlines: Sequence[Polygon]) -> str:
    """Return why outlines enclose nothing: all on one point, or on a line."""
    west, south, east, north = GeometryCollection(outlines).bounds
    return "point" if west == east and south == north else "line"


def _on_globe(polygon: Polygon) -> BaseGeometry:
    """Return a polygon with longitudes within ±180, cut where it crosses the antimeridian."""
    west, _south, east, _north = polygon.bounds
    if west >= -180 and east <= 180:
        return polygon
    turns = range(math.floor((west + 180) / 360), math.floor((east + 180) / 360) + 1)
    copies = [translate(polygon, -360 * turn).intersection(_WORLD) for turn in turns]
    return unary_union([part for copy in copies for part in _surfaces(copy)])


@in_python_thread
def _visible_box(bounds: tuple[float, float, float, float], crs: str) -> Polygon:
    """Return the box around the points of a grid over the bounds that lie on Earth."""
    west, south, east, north = bounds
    x, y = np.meshgrid(np.linspace(west, east, _SAMPLES), np.linspace(south, north, _SAMPLES))
    to_lonlat = Transformer.from_crs(_system(crs), _LONLAT, always_xy=True)
    lon, lat = to_lonlat.transform(x.ravel(), y.ravel())
    seen = np.isfinite(lon) & np.isfinite(lat)
    if not seen.any():
        raise AreaError("range")
    lon, lat = np.clip(lon[seen], -180, 180), np.clip(lat[seen], -90, 90)
    if lon.min() == lon.max() or lat.min() == lat.max():
        raise AreaError("range")
    return box(lon.min(), lat.min(), lon.max(), lat.max())


def area_around(longitude: float, latitude: float, metres: float, name: str) -> Area:
    """Return the box that reaches `metres` to each side of a place; raise AreaError."""
    up = metres / _METRES_PER_DEGREE
    aside = up / max(0.01, math.cos(math.radians(latitude)))
    return Area.from_bbox(
        max(-180.0, longitude - aside), max(-90.0, latitude - up), min(180.0, longitude + aside),
        min(90.0, latitude + up), name)
