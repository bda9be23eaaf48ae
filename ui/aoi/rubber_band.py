"""The outline of the area on the map."""

from __future__ import annotations

from typing import Optional

from qgis.core import QgsCoordinateReferenceSystem, QgsGeometry, QgsWkbTypes
from qgis.gui import QgsMapCanvas, QgsRubberBand
from qgis.PyQt.QtCore import QObject
from qgis.PyQt.QtGui import QColor

from ...core.aoi.area import Area
from ..compat import alive
from ..qgis_bridge.area_from_qgis import qgis_geometry

_LINE = QColor(48, 120, 190)
_CASING = QColor(255, 255, 255)
_WIDTH = 3
_MANY_POINTS = 20_000


def new_band(canvas: QgsMapCanvas) -> QgsRubberBand:
    """Return an empty band that looks like an area: blue line, white casing, no fill."""
    band = QgsRubberBand(canvas, QgsWkbTypes.GeometryType.PolygonGeometry)
    band.setStrokeColor(_LINE)
    band.setSecondaryStrokeColor(_CASING)
    band.setFillColor(QColor(0, 0, 0, 0))
    band.setWidth(_WIDTH)
    return band


class AreaBand(QObject):
    """Shows one area, in whatever coordinate system the map has."""

    def __init__(self, canvas: QgsMapCanvas, parent: Optional[QObject] = None) -> None:
        super().__init__(parent)
        self._canvas = canvas
        self._band: Optional[QgsRubberBand] = new_band(canvas)
        self._geometry: Optional[QgsGeometry] = None
        canvas.destinationCrsChanged.connect(self._draw)

    def show_area(self, area: Optional[Area]) -> None:
        """Show an area, or none."""
        self._geometry = None if area is None else _drawable(area)
        self._draw()

    def remove(self) -> None:
        """Take the outline off the map for good."""
        band, self._band = self._band, None
        if band is not None and alive(self._canvas):
            self._canvas.destinationCrsChanged.disconnect(self._draw)
            self._canvas.scene().removeItem(band)

    def _draw(self) -> None:
        if self._band is None:
            return
        self._band.reset(QgsWkbTypes.GeometryType.PolygonGeometry)
        if self._geometry is not None:
            self._band.setToGeometry(self._geometry, QgsCoordinateReferenceSystem("EPSG:4326"))


def _drawable(area: Area) -> QgsGeometry:
    """Return a geometry that looks right in any projection and is drawn quickly.

    Long edges get points in between, since they are straight in degrees and not on the map;
    outlines of very many points lose what no screen can show.
    """
    west, south, east, north = area.bbox
    size = max(east - west, north - south)
    if area.point_count > _MANY_POINTS:
        thin = area.geometry.simplify(size / _MANY_POINTS, preserve_topology=False)
        return qgis_geometry(thin)
    return qgis_geometry(area.geometry).densifyByDistance(size / 64)
