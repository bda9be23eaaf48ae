"""The shown series as a table: one row per date, one column per series."""

from __future__ import annotations

from typing import Any, Optional, Sequence, Tuple

import numpy as np
from qgis.PyQt.QtCore import QAbstractTableModel, QModelIndex, QObject, Qt

from . import words
from .date_ticks import date_words
from .shown import Shown, days_of


class ValuesModel(QAbstractTableModel):
    """Dates and values of the visible series; a date that a series lacks is an empty cell."""

    def __init__(self, parent: Optional[QObject] = None) -> None:
        super().__init__(parent)
        self._shown: Tuple[Shown, ...] = ()
        self._days = np.empty(0)
        self._values = np.empty((0, 0))

    def show_series(self, shown: Sequence[Shown]) -> None:
        """Show other series."""
        self.beginResetModel()
        self._shown = tuple(row for row in shown if row.visible)
        days = [days_of(row.series) for row in self._shown]
        self._days = np.unique(np.concatenate(days)) if days else np.empty(0)
        self._values = np.full((self._days.size, len(days)), np.nan)
        for column, (row, own) in enumerate(zip(self._shown, days)):
            self._values[np.searchsorted(self._days, own), column] = row.series.values
        self.endResetModel()

    def rowCount(self, parent: QModelIndex = QModelIndex()) -> int:
        """Return the number of different dates."""
        return 0 if parent.isValid() else int(self._days.size)

    def columnCount(self, parent: QModelIndex = QModelIndex()) -> int:
        """Return one column for the date and one per series."""
        return 0 if parent.isValid() else 1 + len(self._shown)

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        """Return the names of the series with their units."""
        if role != Qt.ItemDataRole.DisplayRole or orientation != Qt.Orientation.Horizontal:
            return None
        if section == 0:
            return self.tr("Date")
        row = self._shown[section - 1]
        return f"{row.name} ({row.series.unit})"

    def data(self, index: QModelIndex, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Return the words of a cell."""
        if not index.isValid():
            return None
        if role == Qt.ItemDataRole.TextAlignmentRole and index.column():
            return Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        if role != Qt.ItemDataRole.DisplayRole:
            return None
        if index.column() == 0:
            return date_words(self._days[index.row()])
        value = self._values[index.row(), index.column() - 1]
        return words.number(value, 1) if np.isfinite(value) else ""

    def text(self) -> str:
        """Return the table as text with tabs, ISO dates and plain numbers, to paste anywhere."""
        lines = ["\t".join(["date"] + [f"{row.name} ({row.series.unit})" for row in self._shown])]
        for day, values in zip(self._days.tolist(), self._values.tolist()):
            cells = [f"{value:.1f}" if np.isfinite(value) else "" for value in values]
            lines.append("\t".join([str(np.datetime64(int(day), "D"))] + cells))
        return "\n".join(lines)
