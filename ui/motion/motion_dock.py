"""The dock with the motion history: chart or table, and what the numbers mean."""

from __future__ import annotations

import importlib
import sys
from pathlib import Path
from typing import Any, Optional

from qgis.core import QgsSettings
from qgis.gui import QgsDockWidget
from qgis.PyQt.QtCore import QEvent, QTimer, pyqtSignal
from qgis.PyQt.QtGui import QResizeEvent
from qgis.PyQt.QtWidgets import QFileDialog, QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from ...core.errors import DiskFull
from .. import look
from ..icons import own_icon
from ..parts import EmptyState
from . import chart_library, facts
from .info_line import InfoLine
from .info_panel import InfoPanel
from .series_model import SeriesModel
from .spot import Spot
from .toolbar import MotionToolBar
from .values_table import ValuesTable

NARROW = 225
"""Widths below this many units (900 px) show the numbers as one line above the chart."""


class MotionDock(QgsDockWidget):
    """Shows the spots that it is told; says when it wants to follow the pointer."""

    follow_toggled = pyqtSignal(bool)
    spot_changed = pyqtSignal(object)
    """The Spot that is current now, or None."""
    failed = pyqtSignal(object)
    """The error of an export."""
    exported = pyqtSignal(str)
    """The file that an export has written."""

    def __init__(self, parent: Optional[QWidget] = None) -> None:
        super().__init__(parent)
        self.setObjectName("ClmsExplorerMotionDock")
        self.model = SeriesModel(self.palette(), self)
        self.chart: Any = None
        """The Chart; None until some moments after the first series is shown."""
        self.toolbar = MotionToolBar()
        self.info = InfoPanel(self.model)
        self.line = InfoLine(self.model)
        self.values = ValuesTable()
        self.empty = EmptyState(own_icon("motion"))
        self._data = QStackedWidget()
        self._pages = QStackedWidget()
        self._later = QTimer(self)
        self._later.setSingleShot(True)
        self._build()
        self._connect()
        self._say_what_to_do()
        self._refresh()

    def show_spot(self, spot: Spot, add: bool = False) -> None:
        """Show a spot instead of the last one, or beside it."""
        if self.chart is not None or chart_library.find():
            self.model.show_spot(spot, add)
        else:
            self._say_no_library()

    def set_following(self, on: bool) -> None:
        """Show whether the pointer is followed, without telling anybody."""
        self.toolbar.follow.setChecked(on)
        self._say_what_to_do()

    def export(self, kind: str, path: Path) -> None:
        """Write what is visible to a file: kind is "png", "svg" or "csv"."""
        from .export import export  # at the first export: drawing needs more than showing

        try:
            export(kind, path, self.chart, self.model.shown, facts.title(self.model.spot))
        except DiskFull as error:
            self.failed.emit(error)
        else:
            self.exported.emit(str(path))

    # --- events

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Move the figures above the chart when the dock becomes narrow."""
        super().resizeEvent(event)
        self._arrange()

    def changeEvent(self, event: QEvent) -> None:
        """Follow the palette."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange:
            self.model.set_palette(self.palette())

    # --- inside

    def _build(self) -> None:
        self._data.addWidget(self.values)
        columns = QWidget()
        row = QHBoxLayout(columns)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(self._data, 1)
        row.addWidget(self.info)
        self._pages.addWidget(self.empty)
        self._pages.addWidget(columns)
        body = QWidget()
        layout = QVBoxLayout(body)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        for widget in (self.toolbar, self.line):
            layout.addWidget(widget)
        layout.addWidget(self._pages, 1)
        self.setWidget(body)

    def _connect(self) -> None:
        self._later.timeout.connect(self._bring_chart)
        self.model.changed.connect(self._refresh)
        bar = self.toolbar
        bar.follow_toggled.connect(self._follow)
        bar.keep_toggled.connect(self.model.set_kept)
        bar.fit_clicked.connect(lambda: self.chart.fit())
        bar.table_toggled.connect(self._show_table)
        bar.export_chosen.connect(self._ask_where)
        self.empty.activated.connect(lambda _number: bar.follow.click())
        self.line.details.toggled.connect(self._arrange)

    def _bring_chart(self) -> None:
        """Import the chart library, then make the chart: two steps, as either takes its time."""
        if "pyqtgraph" not in sys.modules:
            importlib.import_module("pyqtgraph")
            self._later.start()
            return
        from .chart import Chart

        self.chart = Chart()
        self.chart.keep_pressed.connect(self.toolbar.keep.click)
        self.chart.series_stepped.connect(self.model.select_next)
        self._data.insertWidget(0, self.chart)
        self._show_table(self.toolbar.table.isChecked())
        self._refresh()

    def _refresh(self) -> None:
        shown, spot = self.model.shown, self.model.spot
        self._pages.setCurrentIndex(1 if shown else 0)
        self.toolbar.set_filled(bool(shown) and self.chart is not None)
        self.toolbar.keep.setChecked(self.model.kept)
        self.setWindowTitle(facts.title(spot))
        if self.chart is not None:
            self.chart.show_series(shown, self.model.place)
        elif shown:
            self._later.start()
        if self.toolbar.table.isChecked():
            self.values.show_series(shown)
        self._arrange()
        self.spot_changed.emit(spot)

    def _follow(self, on: bool) -> None:
        self._say_what_to_do()
        self.follow_toggled.emit(on)

    def _say_what_to_do(self) -> None:
        title = self.tr("Choose a point on the map")
        if self.toolbar.follow.isChecked():
            self.empty.say(title, self.tr(
                "Move the pointer over the points of a ground motion layer. A click stays at the "
                "point, Shift+click adds it to the chart."))
        else:
            self.empty.say(title, self.tr(
                "Right-click a point of a ground motion layer and choose “Motion history here”, "
                "or follow the pointer over the points."),
                [(self.toolbar.follow.text(), self.toolbar.follow.icon())])

    def _say_no_library(self) -> None:
        self.empty.say(self.tr("The chart cannot be drawn"), self.tr(
            "The Python package pyqtgraph is missing. Install it (Debian and Ubuntu: sudo apt "
            "install python3-pyqtgraph) and choose the point again."))

    def _show_table(self, on: bool) -> None:
        if on:
            self.values.show_series(self.model.shown)
        self._data.setCurrentWidget(self.values if on else self.chart)

    def _arrange(self, *_changed: Any) -> None:
        """Put the figures beside the chart, or into one line above it with a button."""
        narrow = self.width() < NARROW * look.unit(self.font())
        filled = bool(self.model.shown)
        self.line.setVisible(narrow and filled)
        details = narrow and self.line.details.isChecked()
        self._data.setVisible(not details)
        self.info.setVisible(filled and (details or not narrow))
        self.info.set_room(self.width() if details else self.width() // 2, fill=details)

    def _ask_where(self, kind: str) -> None:
        settings = QgsSettings()
        folder = Path(settings.value("UI/lastFileNameWidgetDir", str(Path.home())))
        name = facts.file_stem(self.model.current)
        path, _filter = QFileDialog.getSaveFileName(
            self, self.tr("Export"), str(folder / f"{name}.{kind}"), f"{kind.upper()} (*.{kind})")
        if not path:
            return
        target = Path(path)
        if target.suffix.lower() != f".{kind}":
            target = target.with_name(f"{target.name}.{kind}")
        settings.setValue("UI/lastFileNameWidgetDir", str(target.parent))
        self.export(kind, target)
