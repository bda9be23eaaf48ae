"""Footprints of EGMS files on the map."""

from __future__ import annotations

from typing import Any, List, Optional, Sequence, Tuple

from qgis.core import (
    QgsCoordinateReferenceSystem,
    QgsCoordinateTransform,
    QgsCsException,
    QgsGeometry,
    QgsPointXY,
    QgsProject,
)
from qgis.gui import QgsMapCanvas, QgsMapCanvasItem
from qgis.PyQt.QtCore import QCoreApplication, QPointF, QRectF, Qt
from qgis.PyQt.QtGui import (
    QColor,
    QFontMetricsF,
    QPainter,
    QPainterPath,
    QPalette,
    QPen,
    QPolygonF,
)

from ...core.egms.hits import Hit
from .. import look
from ..compat import alive

Row = Tuple[Hit, bool, bool]
"""A file, whether it is chosen, whether it is the row under the pointer."""
Rings = List[List[QgsPointXY]]
_LIGHT = QPalette(QColor("white"))
"""The map keeps its colours in dark themes."""
_FILL = 0.18


class Footprints:
    """Shows what EgmsForm tells with footprints_changed. Keep a reference to it."""

    def __init__(self, canvas: QgsMapCanvas) -> None:
        self._canvas = canvas
        self._item: Optional[FootprintItem] = None
        self._rows: Sequence[Row] = ()
        canvas.destinationCrsChanged.connect(self._draw)

    @property
    def rows(self) -> Sequence[Row]:
        """Return what is shown."""
        return self._rows

    def show_rows(self, rows: Sequence[Row]) -> None:
        """Show these footprints instead of the ones before; none for an empty list."""
        self._rows = list(rows)
        self._draw()

    def remove(self) -> None:
        """Take everything off the map for good."""
        self._rows = ()
        if alive(self._canvas):
            self._canvas.destinationCrsChanged.disconnect(self._draw)
            self._take_off()

    def _draw(self) -> None:
        if not self._rows:
            self._take_off()
            return
        if self._item is None:
            self._item = FootprintItem(self._canvas)
        self._item.set_rows([
            (hit, chosen, hovered, rings)
            for hit, chosen, hovered in self._rows
            for rings in [_rings(hit, self._canvas.mapSettings().destinationCrs())] if rings])

    def _take_off(self) -> None:
        item, self._item = self._item, None
        if item is not None:
            self._canvas.scene().removeItem(item)


class FootprintItem(QgsMapCanvasItem):
    """Paints all footprints: chosen ones filled, others dashed, the one pointed at stronger."""

    def __init__(self, canvas: QgsMapCanvas) -> None:
        super().__init__(canvas)
        self._canvas = canvas
        self._unit = look.unit(canvas.font())
        self._rows: List[Tuple[Hit, bool, bool, Rings]] = []

    def set_rows(self, rows: Sequence[Tuple[Hit, bool, bool, Rings]]) -> None:
        """Paint these: the chosen and the pointed at last, so that they lie on top."""
        self._rows = sorted(rows, key=lambda row: (row[1], row[2]))
        self.updatePosition()

    def updatePosition(self) -> None:
        """Follow the map."""
        self.prepareGeometryChange()
        self.update()

    def boundingRect(self) -> QRectF:
        """Return the whole canvas."""
        return QRectF(self._canvas.rect())

    def paint(self, painter: QPainter, option: Any = None, widget: Any = None) -> None:
        """Draw outlines, then labels."""
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        labels = []
        for hit, chosen, hovered, rings in self._rows:
            path = QPainterPath()
            for ring in rings:
                path.addPolygon(QPolygonF([self.toCanvasCoordinates(point) for point in ring]))
            colour = _colour(hit)
            painter.setPen(self._pen(colour, chosen, hovered))
            fill = QColor(colour)
            fill.setAlphaF(_FILL)
            painter.setBrush(fill if chosen else Qt.BrushStyle.NoBrush)
            painter.drawPath(path)
            if chosen or hovered:
                labels.append((path, _label(hit), colour))
        for path, text, colour in labels:
            self._draw_label(painter, path, text, colour)

    def _pen(self, colour: QColor, chosen: bool, hovered: bool) -> QPen:
        width = self._unit / 4 * (3 if hovered else 2 if chosen else 1)
        return QPen(colour, width, Qt.PenStyle.SolidLine if chosen else Qt.PenStyle.DashLine)

    def _draw_label(
        self, painter: QPainter, path: QPainterPath, text: str, colour: QColor
    ) -> None:
        """Draw a name with a white edge, near the left end of the visible part."""
        seen = path.intersected(_rect_path(self.boundingRect()))
        if seen.isEmpty():
            return
        font = look.bold(self._canvas.font())
        metrics = QFontMetricsF(font)
        bounds = seen.boundingRect()
        left = bounds.left() + min(bounds.width() * 0.06, 5.0 * self._unit)
        strip = seen.intersected(_rect_path(QRectF(
            left, bounds.top(), max(1.0, self._unit), bounds.height()))).boundingRect()
        if bounds.width() < metrics.horizontalAdvance(text):
            return
        words = QPainterPath()
        words.addText(QPointF(left, strip.center().y() + metrics.ascent() / 2), font, text)
        painter.setPen(QPen(QColor("white"), 0.75 * self._unit, Qt.PenStyle.SolidLine,
                            Qt.PenCapStyle.RoundCap, Qt.PenJoinStyle.RoundJoin))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawPath(words)
        painter.fillPath(words, colour)


def _rings(hit: Hit, crs: QgsCoordinateReferenceSystem) -> Rings:
    """Return the outlines in the map's system, with points along their edges."""
    geometry = QgsGeometry()
    geometry.fromWkb(hit.footprint.wkb)
    geometry = geometry.densifyByDistance(0.05)
    transform = QgsCoordinateTransform(
        QgsCoordinateReferenceSystem("EPSG:4326"), crs, QgsProject.instance())
    try:
        geometry.transform(transform)
    except QgsCsException:
        return []
    polygons = geometry.asMultiPolygon() if geometry.isMultipart() else [geometry.asPolygon()]
    return [ring for polygon in polygons for ring in polygon]


def _rect_path(rect: QRectF) -> QPainterPath:
    path = QPainterPath()
    path.addRect(rect)
    return path


def _colour(hit: Hit) -> QColor:
    return look.role(hit.direction or "note", _LIGHT)


def _label(hit: Hit) -> str:
    if hit.level == "L3":
        return hit.tile
    return QCoreApplication.translate("Footprints", "Track {number}").format(number=hit.track)
