"""The tool bar of the motion dock."""

from __future__ import annotations

from typing import Optional

from qgis.PyQt.QtCore import QEvent, QSize, Qt, pyqtSignal
from qgis.PyQt.QtGui import QIcon, QResizeEvent
from qgis.PyQt.QtWidgets import QAction, QMenu, QToolBar, QToolButton, QWidget

from .. import look
from ..icons import own_icon, theme_icon


class MotionToolBar(QToolBar):
    """Follow pointer · Keep · Fit · Table · Export. Texts go before icons do."""

    export_wanted = pyqtSignal(str)
    """"png", "svg" or "csv"."""

    def __init__(self, parent: Optional[QWidget] = None) -> None:
        super().__init__(parent)
        size = 4 * look.unit(self.font())
        self.setIconSize(QSize(size, size))
        self.setMovable(False)
        self.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self.follow = self._toggle(
            own_icon("follow"), self.tr("Follow pointer"),
            self.tr("Show the motion history of what is under the pointer on the map"))
        self.keep = self._toggle(
            theme_icon("pin"), self.tr("Keep"),
            self.tr("Keep these series in the chart when another point is clicked (K)"))
        self.fit = self._button(
            theme_icon("mActionZoomFullExtent"), self.tr("Fit"), self.tr("Show all dates (F)"))
        self.table = self._toggle(
            theme_icon("mActionOpenTable"), self.tr("Table"),
            self.tr("Show dates and values instead of the chart"))
        self._add_export()
        self.set_filled(False)

    def set_filled(self, filled: bool) -> None:
        """Enable what needs a series in the chart."""
        for action in (self.keep, self.fit, self.table):
            action.setEnabled(filled)
        self.export.setEnabled(filled)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Show icons alone where texts have no room."""
        super().resizeEvent(event)
        self._choose_style()

    def changeEvent(self, event: QEvent) -> None:
        """Measure again when the font is another one."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange:
            self._choose_style()

    def _choose_style(self) -> None:
        metrics, unit = self.fontMetrics(), look.unit(self.font())
        texts = [action.text() for action in (self.follow, self.keep, self.fit, self.table)]
        texts.append(self.export.text())
        needed = sum(metrics.horizontalAdvance(text) + 10 * unit for text in texts)
        self.setToolButtonStyle(
            Qt.ToolButtonStyle.ToolButtonTextBesideIcon if self.width() >= needed
            else Qt.ToolButtonStyle.ToolButtonIconOnly)
        self.export.setToolButtonStyle(self.toolButtonStyle())

    def _button(self, icon: QIcon, text: str, tip: str) -> QAction:
        action = self.addAction(icon, text)
        action.setToolTip(tip)
        return action

    def _toggle(self, icon: QIcon, text: str, tip: str) -> QAction:
        action = self._button(icon, text, tip)
        action.setCheckable(True)
        return action

    def _add_export(self) -> None:
        menu = QMenu(self)
        for kind, text in (("png", self.tr("Picture (PNG)…")), ("svg", self.tr("Drawing (SVG)…")),
                           ("csv", self.tr("Table (CSV)…"))):
            action = menu.addAction(text)
            action.triggered.connect(lambda _on=False, kind=kind: self.export_wanted.emit(kind))
        self.export = QToolButton(self)
        self.export.setIcon(theme_icon("mActionSaveAsSVG"))
        self.export.setText(self.tr("Export"))
        self.export.setToolTip(self.tr("Save the series as a picture or as a table"))
        self.export.setMenu(menu)
        self.export.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self.addWidget(self.export)
