"""The prepackaged files of a dataset, as an item model."""

from __future__ import annotations

from typing import Any, Optional, Sequence, Set

from qgis.PyQt.QtCore import QAbstractTableModel, QModelIndex, QObject, Qt, pyqtSignal

from ...core.cart.estimate import packaged_bytes
from ...core.clms.models import PackagedFile

SORT_ROLE = Qt.ItemDataRole.UserRole
_CHECK = Qt.ItemDataRole.CheckStateRole
_TICKED, _EMPTY = Qt.CheckState.Checked, Qt.CheckState.Unchecked


class FileModel(QAbstractTableModel):
    """One row per file: name, size, then the dataset's own columns."""

    ticked_changed = pyqtSignal()

    def __init__(self, parent: Optional[QObject] = None) -> None:
        super().__init__(parent)
        self._files: tuple[PackagedFile, ...] = ()
        self._headings: list[str] = []
        self._cells: list[list[str]] = []
        self._ticked: Set[str] = set()

    @property
    def ticked(self) -> list[PackagedFile]:
        """Return the files that are ticked, in their order."""
        return [file for file in self._files if file.id in self._ticked]

    def set_files(self, files: Sequence[PackagedFile]) -> None:
        """Show other files; a single one is ticked."""
        self.beginResetModel()
        self._files = tuple(files)
        names = _names(files)
        headings = [heading for heading in dict.fromkeys(
            heading for file in files for heading, _value in file.columns)
            if heading.lower() != "size" and _tells_apart(_column(files, heading), names)]
        self._headings = [self.tr("File"), self.tr("Size"), *headings]
        columns = [names, [file.size for file in files],
                   *(_column(files, heading) for heading in headings)]
        self._cells = [list(row) for row in zip(*columns)]
        self._ticked = {files[0].id} if len(files) == 1 else set()
        self.endResetModel()

    def rowCount(self, parent: QModelIndex = QModelIndex()) -> int:  # noqa: B008 - Qt's signature
        """Return the number of files."""
        return 0 if parent.isValid() else len(self._files)

    def columnCount(self, parent: QModelIndex = QModelIndex()) -> int:  # noqa: B008
        """Return the number of columns."""
        return 0 if parent.isValid() else len(self._headings)

    def headerData(
        self, number: int, orientation: Qt.Orientation,
        role: int = Qt.ItemDataRole.DisplayRole,
    ) -> Any:
        """Return the heading of a column."""
        if role == Qt.ItemDataRole.DisplayRole and orientation == Qt.Orientation.Horizontal:
            return self._headings[number] if number < len(self._headings) else None
        return None

    def flags(self, index: QModelIndex) -> Any:
        """Return that the first column can be ticked."""
        flags = super().flags(index)
        can_tick = index.isValid() and index.column() == 0
        return flags | Qt.ItemFlag.ItemIsUserCheckable if can_tick else flags

    def data(self, index: QModelIndex, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Return what a cell shows."""
        if not index.isValid():
            return None
        file = self._files[index.row()]
        if role == _CHECK and index.column() == 0:
            return _TICKED if file.id in self._ticked else _EMPTY
        if role == SORT_ROLE and index.column() == 1:
            return float(packaged_bytes(file.size))  # whole numbers would be compared by type
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole, SORT_ROLE):
            return self._cells[index.row()][index.column()]
        if role == Qt.ItemDataRole.TextAlignmentRole and index.column() == 1:
            return int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        return None

    def setData(
        self, index: QModelIndex, value: Any, role: int = Qt.ItemDataRole.EditRole
    ) -> bool:
        """Tick a file, or not."""
        if role != _CHECK or not index.isValid() or index.column() != 0:
            return False
        identity = self._files[index.row()].id
        on = value in (_TICKED, getattr(_TICKED, "value", 2), 2)
        if on != (identity in self._ticked):
            (self._ticked.add if on else self._ticked.discard)(identity)
            self.dataChanged.emit(index, index, [int(_CHECK)])
            self.ticked_changed.emit()
        return True


def _names(files: Sequence[PackagedFile]) -> list[str]:
    """Return what tells the files apart: their titles, or file names where titles repeat."""
    titles = [file.title for file in files]
    named = [name or title for name, title in zip(_column(files, "File"), titles)]
    return titles if len(set(titles)) == len(titles) > 1 else named


def _tells_apart(values: list[str], names: list[str]) -> bool:
    """Return whether a column says more than the names, and not the same in every row."""
    return values != names and (len(set(values)) > 1 or len(values) == 1)


def _column(files: Sequence[PackagedFile], heading: str) -> list[str]:
    return [dict(file.columns).get(heading, "") for file in files]
