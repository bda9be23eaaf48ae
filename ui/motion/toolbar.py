"""The row of buttons at the head of the motion dock."""

from __future__ import annotations

from typing import Callable, Optional

from qgis.PyQt.QtCore import pyqtSignal
from qgis.PyQt.QtGui import QIcon
from qgis.PyQt.QtWidgets import QMenu, QToolButton, QWidget

from ..icons import own_icon, theme_icon
from ..toolbar import ToolRow


class MotionToolBar(ToolRow):
    """Follow pointer · Keep · Fit · Table · Export."""

    follow_toggled = pyqtSignal(bool)
    keep_toggled = pyqtSignal(bool)
    fit_clicked = pyqtSignal()
    table_toggled = pyqtSignal(bool)
    export_chosen = pyqtSignal(str)
    """"png", "svg" or "csv"."""

    def __init__(self, parent: Optional[QWidget] = None) -> None:
        super().__init__(parent)
        self.follow = self._toggle(
            own_icon("follow"), self.tr("Follow pointer"),
            self.tr("Show the motion history of what is under the pointer on the map"),
            self.follow_toggled.emit)
        self.keep = self._toggle(
            theme_icon("pin"), self.tr("Keep"),
            self.tr("Keep these series in the chart when another point is clicked (K)"),
            self.keep_toggled.emit)
        self.fit_dates = self.add(
            theme_icon("mActionZoomFullExtent"), self.tr("Fit"), self.tr("Show all dates (F)"),
            self.fit_clicked.emit)
        self.table = self._toggle(
            theme_icon("mActionOpenTable"), self.tr("Table"),
            self.tr("Show dates and values instead of the chart"), self.table_toggled.emit)
        self.export = self.add(
            theme_icon("mActionSaveAsSVG"), self.tr("Export"),
            self.tr("Save the series as a picture or as a table"), self._open_menu)
        self.export.setMenu(self._export_menu())
        self.export.setPopupMode(QToolButton.ToolButtonPopupMode.MenuButtonPopup)
        self.add_space()
        self.set_filled(False)

    def set_filled(self, filled: bool) -> None:
        """Enable what needs a series in the chart."""
        for button in (self.keep, self.fit_dates, self.table, self.export):
            button.setEnabled(filled)

    def _toggle(
        self, icon: QIcon, text: str, tip: str, toggled: Callable[[bool], None]
    ) -> QToolButton:
        button = self.add(icon, text, tip, lambda: toggled(button.isChecked()))
        button.setCheckable(True)
        return button

    def _export_menu(self) -> QMenu:
        menu = QMenu(self)
        for kind, text in (("png", self.tr("Picture (PNG)…")), ("svg", self.tr("Drawing (SVG)…")),
                           ("csv", self.tr("Table (CSV)…"))):
            action = menu.addAction(text)
            action.triggered.connect(lambda _on=False, kind=kind: self.export_chosen.emit(kind))
        return menu

    def _open_menu(self) -> None:
        self.export.showMenu()
