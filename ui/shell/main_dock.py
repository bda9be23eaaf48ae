"""The one dock: area bar, three tabs, status line. Its parts are made elsewhere."""

from __future__ import annotations

from datetime import datetime
from typing import Optional

from qgis.gui import QgsDockWidget
from qgis.PyQt.QtCore import QEvent, QSize, Qt, pyqtSignal
from qgis.PyQt.QtGui import QResizeEvent
from qgis.PyQt.QtWidgets import QTabWidget, QVBoxLayout, QWidget

from .. import look
from ..parts import Line
from .status_line import StatusLine

OBJECT_NAME = "ClmsExplorerDock"
TABS = ("catalogue", "cart", "downloads")
NARROWEST, USUAL = 80, 100
"""Widths in u."""


class MainDock(QgsDockWidget):
    """Holds the parts it is given and knows nothing about them."""

    refresh_requested = pyqtSignal()
    settings_requested = pyqtSignal()
    tab_changed = pyqtSignal(str)
    """One of TABS."""

    def __init__(
        self, area_bar: QWidget, catalogue: QWidget, cart: QWidget, downloads: QWidget,
        parent: Optional[QWidget] = None,
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("CLMS Explorer"))
        self.setObjectName(OBJECT_NAME)
        self.tabs = QTabWidget()
        self.tabs.setDocumentMode(True)
        self.tabs.setUsesScrollButtons(False)
        self.tabs.setElideMode(Qt.TextElideMode.ElideRight)
        self._counts = dict.fromkeys(TABS, 0)
        self._titles = {
            "catalogue": self.tr("Catalogue"), "cart": self.tr("Cart"),
            "downloads": self.tr("Downloads"),
        }
        for name, widget in zip(TABS, (catalogue, cart, downloads)):
            self.tabs.addTab(widget, self._titles[name])
        self.tabs.currentChanged.connect(lambda index: self.tab_changed.emit(TABS[index]))
        self.status = StatusLine()
        self.status.refresh_requested.connect(self.refresh_requested)
        self.status.settings_requested.connect(self.settings_requested)
        self._body = _Body()
        layout = QVBoxLayout(self._body)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        for part in (area_bar, self.tabs, Line(), self.status):
            layout.addWidget(part)
        layout.setStretch(1, 1)
        self._body.setMinimumWidth(NARROWEST * look.unit(self.font()))
        self.setWidget(self._body)

    def show_tab(self, name: str) -> None:
        """Bring one of TABS to the front."""
        self.tabs.setCurrentIndex(TABS.index(name))

    def set_count(self, name: str, count: int) -> None:
        """Show how many things are in a tab: "Cart (3)"; nothing is shown for 0."""
        if self._counts[name] != count:
            self._counts[name] = count
            self._name_tabs()

    def set_catalogue_time(self, fetched: Optional[datetime]) -> None:
        """Say when the catalogue was read; aware, None = never."""
        self.status.set_fetched(fetched)

    def set_busy(self, words: str) -> None:
        """Say in the status line what is going on, "" when it is over."""
        self.status.set_busy(words)

    def set_connection(self, connection: str) -> None:
        """Show "ready", "no_key" or "offline"."""
        self.status.set_connection(connection)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Drop the counts where they do not fit."""
        super().resizeEvent(event)
        self._name_tabs()

    def changeEvent(self, event: QEvent) -> None:
        """Follow a change of the font."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange:
            self._name_tabs()

    def _name_tabs(self) -> None:
        self._set_titles(with_counts=True)
        if self.tabs.tabBar().sizeHint().width() > self._body.width():
            self._set_titles(with_counts=False)

    def _set_titles(self, with_counts: bool) -> None:
        for index, name in enumerate(TABS):
            count = self._counts[name] if with_counts else 0
            title = self._titles[name]
            if count:
                title = self.tr("{title} ({count})").format(title=title, count=count)
            if self.tabs.tabText(index) != title:
                self.tabs.setTabText(index, title)


class _Body(QWidget):
    """Content of the dock, 400 px wide at 96 dpi unless the user says otherwise."""

    def sizeHint(self) -> QSize:
        """Return the usual size."""
        unit = look.unit(self.font())
        return QSize(USUAL * unit, 150 * unit)
