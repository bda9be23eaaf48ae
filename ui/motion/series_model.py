"""The series in the chart as a list: visible or not, kept or not, in which colour."""

from __future__ import annotations

from dataclasses import replace
from itertools import zip_longest
from typing import Any, Dict, List, Optional, Sequence, Tuple

from qgis.PyQt.QtCore import QAbstractTableModel, QModelIndex, QObject, Qt, pyqtSignal
from qgis.PyQt.QtGui import QPalette

from ...core.egms.fit import alpha_for, fit_trend
from ...core.egms.series import Series
from ...core.export.conventions import unique_names
from . import facts
from .colours import series_colour
from .shown import Shown
from .spot import Spot

NAME, VELOCITY, KEPT = range(3)


class SeriesModel(QAbstractTableModel):
    """Shown series, oldest first. One place is current: the one that a click changed last.

    Series of the current place give way to those of the next click unless they are kept.
    Name has a check box for visible, Kept one for kept.
    """

    changed = pyqtSignal()
    """Series, colours or the current place are others now."""

    def __init__(self, palette: QPalette, parent: Optional[QObject] = None) -> None:
        super().__init__(parent)
        self._palette = palette
        self._rows: List[Shown] = []
        self._spots: Dict[int, Spot] = {}
        self.place = 0
        """Number of the current place; 0 = nothing is shown."""

    @property
    def shown(self) -> Tuple[Shown, ...]:
        """Return all rows."""
        return tuple(self._rows)

    @property
    def current(self) -> Tuple[Shown, ...]:
        """Return the rows of the current place."""
        return tuple(row for row in self._rows if row.place == self.place)

    @property
    def spot(self) -> Optional[Spot]:
        """Return the current place."""
        return self._spots.get(self.place)

    @property
    def kept(self) -> bool:
        """Return whether the current place is kept."""
        return bool(self.current) and all(row.kept for row in self.current)

    def show_spot(self, spot: Spot, add: bool = False) -> None:
        """Show a place; the one before goes unless it is kept, or unless `add` keeps it."""
        again = self._place_of(spot)
        if again:
            self.select(again)
            return
        if add:
            self.set_kept(True)
        self.beginResetModel()
        self._rows = [row for row in self._rows if row.kept]
        places = {row.place for row in self._rows}
        self.place = max(places, default=0) + 1
        self._spots = {place: self._spots[place] for place in places}
        self._spots[self.place] = spot
        for series, neighbours in zip_longest(spot.series, spot.neighbours):
            fit = fit_trend(series, alpha_for(series.provenance.get("level", "")))
            self._rows.append(Shown(
                series, series.name, fit, self.place, self._free_shade(series.direction),
                neighbours=neighbours))
        self._name_rows()
        self.endResetModel()
        self.changed.emit()

    def set_kept(self, kept: bool) -> None:
        """Keep the current place when others are clicked, or stop keeping it."""
        self._change(lambda row: replace(row, kept=kept) if row.place == self.place else row)

    def select(self, place: int) -> None:
        """Make a shown place the current one."""
        if place in self._spots and place != self.place:
            self.place = place
            self.changed.emit()

    def select_next(self, way: int) -> None:
        """Make the next (+1) or the previous (−1) place current, round and round."""
        places = sorted(self._spots)
        if places:
            self.select(places[(places.index(self.place) + way) % len(places)])

    def remove(self, rows: Sequence[int]) -> None:
        """Take rows out of the chart."""
        self._set_rows([row for number, row in enumerate(self._rows) if number not in set(rows)])

    def clear(self) -> None:
        """Show nothing."""
        self._set_rows([])

    def set_palette(self, palette: QPalette) -> None:
        """Take the colours of another theme."""
        self._palette = palette
        self._change(lambda row: row)

    # --- Qt's questions

    def rowCount(self, parent: QModelIndex = QModelIndex()) -> int:
        """Return the number of series."""
        return 0 if parent.isValid() else len(self._rows)

    def columnCount(self, parent: QModelIndex = QModelIndex()) -> int:
        """Return the number of columns."""
        return 0 if parent.isValid() else 3

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        """Return the names of the columns."""
        if role != Qt.ItemDataRole.DisplayRole or orientation != Qt.Orientation.Horizontal:
            return None
        return (self.tr("Series"), self.tr("Velocity"), self.tr("Kept"))[section]

    def flags(self, index: QModelIndex) -> Qt.ItemFlag:
        """Return what can be done with a cell."""
        if not index.isValid():
            return Qt.ItemFlag.NoItemFlags
        flags = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
        if index.column() in (NAME, KEPT):
            flags |= Qt.ItemFlag.ItemIsUserCheckable
        return flags

    def data(self, index: QModelIndex, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Return words, colour, check state or tool tip of a cell."""
        if not index.isValid():
            return None
        row, column = self._rows[index.row()], index.column()
        if role == Qt.ItemDataRole.DisplayRole and column != KEPT:
            return row.name if column == NAME else facts.velocity(row)
        if role == Qt.ItemDataRole.DecorationRole and column == NAME:
            return series_colour(row.series.direction, row.shade, self._palette)
        if role == Qt.ItemDataRole.CheckStateRole and column in (NAME, KEPT):
            on = row.visible if column == NAME else row.kept
            return Qt.CheckState.Checked if on else Qt.CheckState.Unchecked
        if role == Qt.ItemDataRole.ToolTipRole:
            return str(row.series.attributes.get("pid", row.name))
        return None

    def setData(
        self, index: QModelIndex, value: Any, role: int = Qt.ItemDataRole.EditRole
    ) -> bool:
        """Show or hide, keep or let go a series."""
        if role != Qt.ItemDataRole.CheckStateRole or index.column() not in (NAME, KEPT):
            return False
        on = Qt.CheckState(value) == Qt.CheckState.Checked
        field = "visible" if index.column() == NAME else "kept"
        chosen = self._rows[index.row()]
        self._change(lambda row: replace(row, **{field: on}) if row is chosen else row)
        return True

    # --- inside

    def _change(self, change: Any) -> None:
        self._rows = [change(row) for row in self._rows]
        if self._rows:
            self.dataChanged.emit(self.index(0, 0), self.index(len(self._rows) - 1, KEPT))
        self.changed.emit()

    def _set_rows(self, rows: List[Shown]) -> None:
        self.beginResetModel()
        self._rows = rows
        places = {row.place for row in rows}
        self._spots = {place: spot for place, spot in self._spots.items() if place in places}
        if self.place not in places:
            self.place = max(places, default=0)
        self._name_rows()
        self.endResetModel()
        self.changed.emit()

    def _place_of(self, spot: Spot) -> int:
        """Return the kept place that shows the same points, 0 if none does."""
        wanted = [_key(series) for series in spot.series]
        for place in self._spots:
            rows = [row for row in self._rows if row.place == place]
            if [_key(row.series) for row in rows] == wanted:
                return place
        return 0

    def _free_shade(self, direction: str) -> int:
        taken = {row.shade for row in self._rows if row.series.direction == direction}
        return min(set(range(len(taken) + 1)) - taken)

    def _name_rows(self) -> None:
        """Tell series of one name apart, as the exported table does."""
        names = unique_names([row.series for row in self._rows])
        self._rows = [replace(row, name=name) for row, name in zip(self._rows, names)]


def _key(series: Series) -> Tuple[Any, ...]:
    return (series.direction, series.attributes.get("pid"), series.name,
            tuple(sorted(series.provenance.items())))
