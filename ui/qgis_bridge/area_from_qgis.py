"""Areas from rectangles, layers and features of QGIS, and back to a QGIS geometry."""

from __future__ import annotations

from typing import Iterable, Iterator

from qgis.core import (
    QgsCoordinateReferenceSystem,
    QgsFeature,
    QgsGeometry,
    QgsMapLayer,
    QgsPointXY,
    QgsRectangle,
)
from shapely import wkb
from shapely.geometry.base import BaseGeometry

from ...core.aoi.area import Area
from ...core.aoi.shapes import (
    area_from_bounds,
    area_from_points,
    area_from_view,
    area_from_wkb,
)
from ...core.errors import AreaError, Cancelled
from ...core.ports import Stop, never


def area_from_rectangle(
    rectangle: QgsRectangle, crs: QgsCoordinateReferenceSystem, name: str, kind: str = "box"
) -> Area:
    """Return a rectangle as an area, its edges straight in `crs`; raise AreaError."""
    return area_from_bounds(_bounds(rectangle), system_text(crs), name, kind)


def area_from_map_view(
    rectangle: QgsRectangle, crs: QgsCoordinateReferenceSystem, name: str
) -> Area:
    """Return what the map shows of the Earth; raise AreaError."""
    return area_from_view(_bounds(rectangle), system_text(crs), name)


def area_from_layer_extent(layer: QgsMapLayer) -> Area:
    """Return the box around a layer; raise AreaError, also for a layer without a system."""
    return area_from_rectangle(layer.extent(), layer.crs(), layer.name(), "layer")


def area_from_corners(
    corners: Iterable[QgsPointXY], crs: QgsCoordinateReferenceSystem, name: str
) -> Area:
    """Return the polygon with these corners; raise AreaError."""
    points = [(corner.x(), corner.y()) for corner in corners]
    return area_from_points(points, system_text(crs), name)


def area_from_features(
    features: Iterable[QgsFeature], crs: QgsCoordinateReferenceSystem, name: str,
    kind: str = "selection", stop: Stop = never,
) -> Area:
    """Return one area of all polygons of the features; raise AreaError, Cancelled."""
    return area_from_wkb(_wkb_of(features, stop), system_text(crs), name, kind)


def qgis_geometry(outline: BaseGeometry) -> QgsGeometry:
    """Return the geometry of an area as one of QGIS, still in EPSG:4326."""
    geometry = QgsGeometry()
    geometry.fromWkb(wkb.dumps(outline))
    return geometry


def _wkb_of(features: Iterable[QgsFeature], stop: Stop) -> Iterator[bytes]:
    """Yield plain two-dimensional WKB: arcs as lines, without heights and measures."""
    for feature in features:
        if stop():
            raise Cancelled()
        if feature.geometry().isNull():
            continue
        shape = feature.geometry().constGet().segmentize()
        shape.dropZValue()
        shape.dropMValue()
        yield bytes(shape.asWkb())


def _bounds(rectangle: QgsRectangle) -> tuple[float, float, float, float]:
    if rectangle.isNull():
        raise AreaError("empty")
    return (rectangle.xMinimum(), rectangle.yMinimum(), rectangle.xMaximum(),
            rectangle.yMaximum())


def system_text(crs: QgsCoordinateReferenceSystem) -> str:
    """Return a text that pyproj understands."""
    if not crs.isValid():
        raise AreaError("crs")
    if crs.authid().startswith("EPSG:"):
        return str(crs.authid())
    return str(crs.toWkt(QgsCoordinateReferenceSystem.WktVariant.WKT2_2019))
