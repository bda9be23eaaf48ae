"""Rings on the map around the points whose history is shown."""

from __future__ import annotations

from typing import Iterable, List

from qgis.core import QgsPointXY
from qgis.gui import QgsMapCanvas, QgsMapCanvasItem
from qgis.PyQt.QtCore import QPointF, QRectF
from qgis.PyQt.QtGui import QColor, QPainter, QPen

_RADIUS, _RING, _CASING = 9.0, 2.6, 5.0
_WHITE, _DARK = QColor("#ffffff"), QColor("#202020")


class Marker(QgsMapCanvasItem):
    """White rings on a dark casing, readable on any map; points in the canvas's CRS."""

    def __init__(self, canvas: QgsMapCanvas) -> None:
        super().__init__(canvas)
        self._canvas = canvas
        self._points: List[QgsPointXY] = []
        self.setZValue(200)

    def show_points(self, points: Iterable[QgsPointXY]) -> None:
        """Put rings around other points."""
        self._points = list(points)
        self.setVisible(bool(self._points))
        self.update()

    def updatePosition(self) -> None:
        """Follow the map."""
        self.prepareGeometryChange()
        self.update()

    def paint(self, painter: QPainter, *_option: object) -> None:
        """Draw all casings first: a casing must not cover a neighbour's ring."""
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        centres = [self.toCanvasCoordinates(point) for point in self._points]
        for colour, width in ((_DARK, _CASING), (_WHITE, _RING)):
            painter.setPen(QPen(colour, width))
            for centre in centres:
                painter.drawEllipse(QPointF(centre), _RADIUS, _RADIUS)

    def boundingRect(self) -> QRectF:
        """Return the canvas: rings may be anywhere on it."""
        return QRectF(0, 0, self._canvas.width(), self._canvas.height())
