"""Map tools that draw a box or a polygon, and give the map back its former tool.

They end when a mouse button is released, not when it is pressed: the release would otherwise
reach the former tool, which may move the map or identify features.
"""

from __future__ import annotations

from typing import List, Optional

from qgis.core import QgsGeometry, QgsPointXY, QgsRectangle
from qgis.gui import QgsMapCanvas, QgsMapMouseEvent, QgsMapTool
from qgis.PyQt.QtCore import Qt, pyqtSignal
from qgis.PyQt.QtGui import QKeyEvent

from ..compat import alive
from .rubber_band import new_band


class DrawTool(QgsMapTool):
    """What both tools share: a band, Esc, and the way back to the former tool."""

    ended = pyqtSignal()
    """The tool is no longer in use, with or without a shape."""

    def __init__(self, canvas: QgsMapCanvas) -> None:
        super().__init__(canvas)
        self._canvas = canvas
        self._band = new_band(canvas)
        self._former: Optional[QgsMapTool] = None
        self.setCursor(Qt.CursorShape.CrossCursor)

    def start(self) -> None:
        """Become the map's tool."""
        former = self._canvas.mapTool()
        if former is not self:
            self._former = former
        self._canvas.setMapTool(self)
        self._canvas.setFocus()

    def stop(self) -> None:
        """Give the map back its former tool; nothing is drawn.

        The map first has no tool at all: it would otherwise remember this one, and take it up
        again at a right click with Pan or Zoom.
        """
        if not self.isActive():
            return
        self._canvas.unsetMapTool(self)
        if alive(self._former):
            self._canvas.setMapTool(self._former)

    def deactivate(self) -> None:
        """Clean up; called by the map when another tool takes over."""
        self.clear()
        super().deactivate()
        self.ended.emit()

    def remove(self) -> None:
        """Take everything off the map for good."""
        self.stop()
        self._former = None
        if alive(self._canvas) and self._band.scene() is not None:
            self._canvas.scene().removeItem(self._band)

    def clear(self) -> None:
        """Forget what has been drawn so far."""
        self._band.reset()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Stop at Esc."""
        if event.key() == Qt.Key.Key_Escape:
            self.stop()
            event.accept()
        else:
            event.ignore()

    def _show(self, geometry: QgsGeometry) -> None:
        self._band.setToGeometry(geometry, self._canvas.mapSettings().destinationCrs())


class BoxTool(DrawTool):
    """Press, drag, release: a box along the axes of the map's coordinate system."""

    drawn = pyqtSignal(QgsRectangle)
    """The box in the coordinates of the map."""

    def __init__(self, canvas: QgsMapCanvas) -> None:
        super().__init__(canvas)
        self._corner: Optional[QgsPointXY] = None

    def canvasPressEvent(self, event: QgsMapMouseEvent) -> None:
        """Begin the box."""
        if event.button() == Qt.MouseButton.LeftButton:
            self._corner = event.mapPoint()

    def canvasMoveEvent(self, event: QgsMapMouseEvent) -> None:
        """Show the box as it would be."""
        if self._corner is not None:
            self._show(QgsGeometry.fromRect(QgsRectangle(self._corner, event.mapPoint())))

    def canvasReleaseEvent(self, event: QgsMapMouseEvent) -> None:
        """End the box, or stop at the right button; after a mere click go on."""
        if event.button() == Qt.MouseButton.RightButton:
            self.stop()
        if event.button() != Qt.MouseButton.LeftButton or self._corner is None:
            return
        box = QgsRectangle(self._corner, event.mapPoint())
        self.clear()
        if box.width() > 0 and box.height() > 0:
            self.stop()
            self.drawn.emit(box)

    def clear(self) -> None:
        """Forget the first corner too."""
        self._corner = None
        super().clear()


class PolygonTool(DrawTool):
    """Left button adds a corner, right button or double click ends, Backspace takes one back."""

    drawn = pyqtSignal(list)
    """The corners (QgsPointXY) in the coordinates of the map, three or more."""

    def __init__(self, canvas: QgsMapCanvas) -> None:
        super().__init__(canvas)
        self._corners: List[QgsPointXY] = []
        self._pointer: Optional[QgsPointXY] = None
        self._double = False

    def canvasPressEvent(self, event: QgsMapMouseEvent) -> None:
        """Add a corner."""
        self._double = False
        if event.button() == Qt.MouseButton.LeftButton:
            self._corners.append(event.mapPoint())
            self._show_corners()

    def canvasReleaseEvent(self, event: QgsMapMouseEvent) -> None:
        """End after a right click or a double click."""
        if self._double or event.button() == Qt.MouseButton.RightButton:
            self._end()

    def canvasMoveEvent(self, event: QgsMapMouseEvent) -> None:
        """Show the polygon as it would be with a corner under the pointer."""
        self._pointer = event.mapPoint()
        self._show_corners()

    def canvasDoubleClickEvent(self, event: QgsMapMouseEvent) -> None:
        """Be about to end; the first click of the two has added the last corner."""
        self._double = event.button() == Qt.MouseButton.LeftButton

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Take the last corner back at Backspace, end at Enter."""
        if event.key() == Qt.Key.Key_Backspace:
            del self._corners[-1:]
            self._show_corners()
            event.accept()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._end()
            event.accept()
        else:
            super().keyPressEvent(event)

    def clear(self) -> None:
        """Forget the corners too."""
        self._corners = []
        self._pointer = None
        self._double = False
        super().clear()

    def _end(self) -> None:
        """Give the polygon away; with one or two corners go on, with none stop."""
        corners = self._corners
        if not corners:
            self.stop()
        elif len(corners) >= 3:
            self.stop()
            self.drawn.emit(corners)

    def _show_corners(self) -> None:
        self._band.reset()
        if self._corners:
            pointer = [] if self._pointer is None else [self._pointer]
            self._show(QgsGeometry.fromPolygonXY([[*self._corners, *pointer]]))
