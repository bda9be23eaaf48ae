"""The table of dates and values."""

from __future__ import annotations

from typing import Optional, Sequence

from qgis.PyQt.QtGui import QGuiApplication, QKeyEvent, QKeySequence
from qgis.PyQt.QtWidgets import QAbstractItemView, QHeaderView, QTableView, QWidget

from .. import look
from .shown import Shown
from .values_model import ValuesModel


class ValuesTable(QTableView):
    """One row per date; Ctrl+C copies the whole table with ISO dates."""

    def __init__(self, parent: Optional[QWidget] = None) -> None:
        super().__init__(parent)
        self.setModel(ValuesModel(self))
        self.setAccessibleName(self.tr("Dates and values"))
        self.setToolTip(self.tr("Ctrl+C copies the table"))
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setAlternatingRowColors(True)
        self.verticalHeader().hide()
        self.verticalHeader().setDefaultSectionSize(
            self.fontMetrics().height() + 2 * look.unit(self.font()))
        self.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)

    def show_series(self, shown: Sequence[Shown]) -> None:
        """Show other series."""
        self.model().show_series(shown)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Copy."""
        if event.matches(QKeySequence.StandardKey.Copy):
            QGuiApplication.clipboard().setText(self.model().text())
        else:
            super().keyPressEvent(event)
