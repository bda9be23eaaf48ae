"""The datasets of the list, as an item model."""

from __future__ import annotations

from datetime import date
from enum import IntEnum
from typing import Any, Mapping, Optional, Sequence

from qgis.PyQt.QtCore import QAbstractListModel, QModelIndex, QObject, Qt

from ...core.clms.models import Dataset
from . import dataset_words as words
from .thumbnails import Thumbnails


class CardRole(IntEnum):
    """What a card shows, beside DisplayRole: the short title."""

    UID = Qt.ItemDataRole.UserRole + 1
    DATASET = Qt.ItemDataRole.UserRole + 2
    FACTS = Qt.ItemDataRole.UserRole + 3
    ACCESS = Qt.ItemDataRole.UserRole + 4
    IS_NEW = Qt.ItemDataRole.UserRole + 5
    PICTURE = Qt.ItemDataRole.UserRole + 6
    STAND_IN = Qt.ItemDataRole.UserRole + 7
    CAN_ADD_TO_MAP = Qt.ItemDataRole.UserRole + 8
    CAN_ADD_TO_CART = Qt.ItemDataRole.UserRole + 9


class CatalogueModel(QAbstractListModel):
    """One row per dataset, in the order of the search."""

    def __init__(self, thumbnails: Thumbnails, parent: Optional[QObject] = None) -> None:
        super().__init__(parent)
        self._datasets: tuple[Dataset, ...] = ()
        self._on_disk: Mapping[str, str] = {}
        self._thumbnails = thumbnails
        thumbnails.loaded.connect(self._picture_loaded)

    def set_datasets(self, datasets: Sequence[Dataset]) -> None:
        """Show these datasets; nothing happens if they are shown already."""
        same = len(datasets) == len(self._datasets) and all(
            one is other for one, other in zip(datasets, self._datasets))
        if not same:
            self.beginResetModel()
            self._datasets = tuple(datasets)
            self.endResetModel()

    def set_on_disk(self, places: Mapping[str, str]) -> None:
        """Say for which area a dataset is on disk: name of the area by UID."""
        changed = {uid for uid in {*places, *self._on_disk}
                   if places.get(uid) != self._on_disk.get(uid)}
        self._on_disk = dict(places)
        for row, dataset in enumerate(self._datasets):
            if dataset.uid in changed:
                self._tell(row, CardRole.ACCESS)

    def dataset(self, index: QModelIndex) -> Optional[Dataset]:
        """Return the dataset of a row."""
        return self._datasets[index.row()] if index.isValid() else None

    def index_of(self, uid: str) -> QModelIndex:
        """Return the row of a dataset by its key, an invalid index if it is not shown."""
        for row, dataset in enumerate(self._datasets):
            if words.key(dataset) == uid:
                return self.index(row)
        return QModelIndex()

    def rowCount(self, parent: QModelIndex = QModelIndex()) -> int:  # noqa: B008 - Qt's signature
        """Return the number of datasets."""
        return 0 if parent.isValid() else len(self._datasets)

    def data(self, index: QModelIndex, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Return what a card shows."""
        if not index.isValid() or index.row() >= len(self._datasets):
            return None
        reader = _READERS.get(role)
        if reader is not None:
            return reader(self._datasets[index.row()])
        return self._own_data(self._datasets[index.row()], role)

    def _own_data(self, dataset: Dataset, role: int) -> Any:
        if role == CardRole.ACCESS:
            return self._access(dataset)
        if role == CardRole.PICTURE:
            return self._thumbnails.picture(dataset.thumbnail)
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return ", ".join(filter(None, (
                words.name_of(dataset), words.facts_line(dataset), self._access(dataset))))
        if role == Qt.ItemDataRole.ToolTipRole:
            return "\n".join(filter(None, (
                dataset.title, words.facts_line(dataset), self._access(dataset))))
        return None

    def _access(self, dataset: Dataset) -> str:
        place = self._on_disk.get(dataset.uid)
        if place is None:
            return words.access_line(dataset)
        return self.tr("On disk for {area}").format(area=place) if place else self.tr("On disk")

    def _picture_loaded(self, path: str) -> None:
        for row, dataset in enumerate(self._datasets):
            if dataset.thumbnail == path:
                self._tell(row, CardRole.PICTURE)

    def _tell(self, row: int, role: int) -> None:
        self.dataChanged.emit(self.index(row), self.index(row), [int(role)])


_READERS = {
    Qt.ItemDataRole.DisplayRole: words.name_of,
    CardRole.UID: words.key,
    CardRole.DATASET: lambda dataset: dataset,
    CardRole.FACTS: words.facts_line,
    CardRole.IS_NEW: lambda dataset: words.is_new(dataset, date.today()),
    CardRole.STAND_IN: words.stand_in,
    CardRole.CAN_ADD_TO_MAP: lambda dataset: bool(dataset.services),
    CardRole.CAN_ADD_TO_CART: lambda dataset: not dataset.elsewhere,
}
