"""A map tool that shows the motion history under the pointer."""

from __future__ import annotations

from typing import Optional

from qgis.core import QgsPointXY
from qgis.gui import QgsMapCanvas, QgsMapMouseEvent, QgsMapTool
from qgis.PyQt.QtCore import Qt, QTimer, pyqtSignal

from ..compat import alive

_FRAME = 16
"""Milliseconds between two looks at the pointer while following it."""


class PointPickTool(QgsMapTool):
    """Click: show. Shift+click: add. While following, every move shows what is under it."""

    point_clicked = pyqtSignal(QgsPointXY, bool)
    """Map point of a click, and whether to add to the chart."""
    point_passed = pyqtSignal(QgsPointXY)
    """Map point under the pointer while following, at most once per frame."""

    def __init__(self, canvas: QgsMapCanvas) -> None:
        super().__init__(canvas)
        self._previous: Optional[QgsMapTool] = None
        self._following = False
        self._passed: Optional[QgsPointXY] = None
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(_FRAME)
        self._timer.timeout.connect(self._tell_passed)
        self.setCursor(Qt.CursorShape.CrossCursor)

    @property
    def following(self) -> bool:
        """Return whether moves show what is under the pointer."""
        return self._following

    def set_following(self, on: bool) -> None:
        """Follow the pointer, or stop."""
        self._following = on
        self._passed = None

    def take_over(self) -> None:
        """Become the canvas's tool and remember the one before."""
        current = self.canvas().mapTool()
        if current is not self:
            self._previous = current
            self.canvas().setMapTool(self)

    def give_back(self) -> None:
        """Make the tool before this one the canvas's tool again, if this one still is."""
        if self.canvas().mapTool() is not self:
            return
        previous, self._previous = self._previous, None
        if previous is not None and alive(previous):
            self.canvas().setMapTool(previous)
        else:
            self.canvas().unsetMapTool(self)

    def flags(self) -> QgsMapTool.Flags:
        """Return that the canvas menu stays available."""
        return QgsMapTool.Flag.ShowContextMenu

    def canvasReleaseEvent(self, event: QgsMapMouseEvent) -> None:
        """Tell a click."""
        if event.button() == Qt.MouseButton.LeftButton:
            shift = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
            self.point_clicked.emit(event.mapPoint(), shift)

    def canvasMoveEvent(self, event: QgsMapMouseEvent) -> None:
        """Remember where the pointer is; a timer tells it."""
        if self._following:
            self._passed = event.mapPoint()
            if not self._timer.isActive():
                self._timer.start()

    def deactivate(self) -> None:
        """Stop following when another tool is chosen."""
        self.set_following(False)
        super().deactivate()

    def _tell_passed(self) -> None:
        if self._passed is not None and self._following:
            passed, self._passed = self._passed, None
            self.point_passed.emit(passed)
