"""How a dataset can be ordered: its collections, or its ready files."""

from __future__ import annotations

from typing import Optional, Sequence

from qgis.PyQt.QtCore import pyqtSignal
from qgis.PyQt.QtWidgets import QVBoxLayout, QWidget

from ...core.cart.estimate import packaged_bytes
from ...core.clms.formats import LABELS
from ...core.clms.models import Collection, Dataset, PackagedFile
from .. import look
from ..words import size_words
from .dataset_words import DOT, version
from .form_parts import Choice, clear

_RASTERS = ("Geotiff", "Netcdf")


class CollectionChoice(QWidget):
    """One radio button per collection, and one for the prepackaged files."""

    changed = pyqtSignal()

    def __init__(self, parent: Optional[QWidget] = None) -> None:
        super().__init__(parent)
        self.choices: list[Choice] = []
        self._collections: list[Optional[Collection]] = []
        self._current = 0
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(2 * look.unit(self.font()))

    @property
    def collection(self) -> Optional[Collection]:
        """Return the chosen collection; None for the prepackaged files."""
        return self._collections[self._current] if self._collections else None

    def set_dataset(self, dataset: Dataset) -> None:
        """Offer the ways of a dataset; rasters come first, the first is chosen."""
        clear(self._column)
        by_area = dataset.collections if dataset.by_area else ()
        ordered = sorted(by_area, key=lambda one: one.format not in _RASTERS)
        self._collections = [*ordered]
        self.choices = [Choice(one.title, self._hint(one, dataset)) for one in ordered]
        if dataset.files:
            self._collections.append(None)
            self.choices.append(
                Choice(self.tr("Prepackaged files"), self._files_hint(dataset.files)))
        for number, choice in enumerate(self.choices):
            choice.chosen.connect(lambda n=number: self.choose(n))
            self._column.addWidget(choice)
        self._current = 0
        self._show()

    def choose(self, number: int) -> None:
        """Choose one of the ways."""
        changed = number != self._current
        self._current = number
        self._show()
        if changed:
            self.changed.emit()

    def _show(self) -> None:
        for number, choice in enumerate(self.choices):
            choice.button.setChecked(number == self._current)

    def _files_hint(self, files: Sequence[PackagedFile]) -> str:
        count = self.tr("1 file") if len(files) == 1 else self.tr("{count} files").format(
            count=len(files))
        sizes = sorted(filter(None, (packaged_bytes(file.size) for file in files)))
        span = ""
        if sizes and sizes[0] == sizes[-1]:
            span = size_words(sizes[0])
        elif sizes:
            span = self.tr("{smallest} to {largest}").format(
                smallest=size_words(sizes[0]), largest=size_words(sizes[-1]))
        return DOT.join(filter(None, (count, span, self.tr("no waiting"))))

    def _hint(self, collection: Collection, dataset: Dataset) -> str:
        number = version(dataset)
        words = self.tr("version {number}").format(number=number) if number else ""
        return DOT.join(filter(None, (
            LABELS.get(collection.format, collection.format), words)))
