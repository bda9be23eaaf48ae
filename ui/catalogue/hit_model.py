"""The files that the EGMS archive has for an area, to tick in."""

from __future__ import annotations

from enum import IntEnum
from typing import Any, Callable, Collection, Optional, Sequence, Set

from qgis.PyQt.QtCore import QAbstractListModel, QModelIndex, QObject, Qt, pyqtSignal

from ...core.egms.choosing import Covered
from ...core.egms.hits import Hit
from .dataset_words import DOT

_TICKED, _EMPTY = Qt.CheckState.Checked, Qt.CheckState.Unchecked
_ROLE = Qt.ItemDataRole


class HitRole(IntEnum):
    """What a row shows, beside DisplayRole and CheckStateRole."""

    SECOND = Qt.ItemDataRole.UserRole + 1
    SIZE = Qt.ItemDataRole.UserRole + 2
    DIRECTION = Qt.ItemDataRole.UserRole + 3
    ON_DISK = Qt.ItemDataRole.UserRole + 4
    FILENAME = Qt.ItemDataRole.UserRole + 5


class HitModel(QAbstractListModel):
    """One row per file that passes the filter; ticks outlive the filter."""

    ticked_changed = pyqtSignal()

    def __init__(self, parent: Optional[QObject] = None) -> None:
        super().__init__(parent)
        self._all: tuple[Covered, ...] = ()
        self._shown: list[Covered] = []
        self._passes: Callable[[Hit], bool] = lambda _hit: True
        self._ticked: Set[str] = set()
        self._on_disk: Collection[str] = frozenset()

    @property
    def files(self) -> tuple[Covered, ...]:
        """Return all files, also those that the filter hides."""
        return self._all

    @property
    def shown(self) -> list[Covered]:
        """Return the files of the rows."""
        return self._shown

    @property
    def ticked(self) -> list[Hit]:
        """Return the files that are ticked and shown."""
        return [one.hit for one in self._shown if one.hit.filename in self._ticked]

    def set_files(self, files: Sequence[Covered], ticked: Collection[str]) -> None:
        """Show other files. ticked: names of those that are."""
        self.beginResetModel()
        self._all = tuple(files)
        self._ticked = set(ticked)
        self._shown = [one for one in self._all if self._passes(one.hit)]
        self.endResetModel()
        self.ticked_changed.emit()

    def set_filter(self, passes: Callable[[Hit], bool]) -> None:
        """Show only the files that pass."""
        self._passes = passes
        shown = [one for one in self._all if passes(one.hit)]
        if shown != self._shown:
            self.beginResetModel()
            self._shown = shown
            self.endResetModel()
            self.ticked_changed.emit()

    def tick(self, names: Collection[str]) -> None:
        """Tick exactly these files."""
        if set(names) != self._ticked:
            self._ticked = set(names)
            if self._shown:
                self.dataChanged.emit(
                    self.index(0), self.index(len(self._shown) - 1),
                    [int(_ROLE.CheckStateRole)])
            self.ticked_changed.emit()

    def set_on_disk(self, names: Collection[str]) -> None:
        """Say which files are on disk already."""
        if set(names) != set(self._on_disk):
            self._on_disk = frozenset(names)
            if self._shown:
                self.dataChanged.emit(
                    self.index(0), self.index(len(self._shown) - 1), [int(HitRole.ON_DISK)])
            self.ticked_changed.emit()

    def is_on_disk(self, hit: Hit) -> bool:
        """Return whether a file is on disk."""
        return hit.filename in self._on_disk

    def is_ticked(self, hit: Hit) -> bool:
        """Return whether a file is ticked."""
        return hit.filename in self._ticked

    def rowCount(self, parent: QModelIndex = QModelIndex()) -> int:  # noqa: B008 - Qt's signature
        """Return the number of rows."""
        return 0 if parent.isValid() else len(self._shown)

    def flags(self, index: QModelIndex) -> Any:
        """Return that every row can be ticked."""
        flags = super().flags(index)
        return flags | Qt.ItemFlag.ItemIsUserCheckable if index.isValid() else flags

    def data(self, index: QModelIndex, role: int = _ROLE.DisplayRole) -> Any:
        """Return what a row shows."""
        if not index.isValid() or index.row() >= len(self._shown):
            return None
        one = self._shown[index.row()]
        hit = one.hit
        if role == _ROLE.DisplayRole:
            return self._title(hit)
        if role == _ROLE.CheckStateRole:
            return _TICKED if hit.filename in self._ticked else _EMPTY
        if role == HitRole.SECOND:
            return self._second(one)
        if role == _ROLE.ToolTipRole:
            return "\n".join((hit.filename, self._title(hit), self._second(one)))
        if role == _ROLE.AccessibleTextRole:
            return ", ".join((self._title(hit), self._second(one)))
        values = {HitRole.SIZE: hit.size, HitRole.DIRECTION: hit.direction,
                  HitRole.ON_DISK: self.is_on_disk(hit), HitRole.FILENAME: hit.filename}
        return values.get(role)

    def setData(self, index: QModelIndex, value: Any, role: int = _ROLE.EditRole) -> bool:
        """Tick a file, or not."""
        if role != _ROLE.CheckStateRole or not index.isValid():
            return False
        name = self._shown[index.row()].hit.filename
        on = value in (_TICKED, getattr(_TICKED, "value", 2))
        if on != (name in self._ticked):
            (self._ticked.add if on else self._ticked.discard)(name)
            self.dataChanged.emit(index, index, [int(_ROLE.CheckStateRole)])
            self.ticked_changed.emit()
        return True

    def _title(self, hit: Hit) -> str:
        if hit.level == "L3":
            return self.tr("Tile {tile}").format(tile=hit.tile or hit.filename)
        if not hit.track:
            return hit.filename
        return self.tr("Track {track}, {swath}, burst {burst}").format(
            track=hit.track, swath=hit.swath, burst=hit.burst)

    def _second(self, one: Covered) -> str:
        kind = {"ascending": self.tr("Ascending"), "descending": self.tr("Descending"),
                "U": self.tr("Up"), "E": self.tr("East–west")}
        first = kind.get(one.hit.direction or one.hit.component, "")
        return DOT.join(filter(None, (first, self._share(one.share))))

    def _share(self, share: float) -> str:
        if share >= 0.995:
            return self.tr("covers the whole area")
        if share < 0.01:
            return self.tr("covers less than 1 % of the area")
        return self.tr("covers {percent} % of the area").format(percent=round(100 * share))
