"""Get data for a dataset that cannot be ordered here: where it is instead."""

from __future__ import annotations

from typing import Optional

from qgis.PyQt.QtCore import pyqtSignal
from qgis.PyQt.QtWidgets import QWidget

from ...core.clms.models import Dataset
from ..labels import NoteLabel
from ..parts import Note
from . import dataset_words as words
from .form_parts import Body, Facts, clear


class ElsewhereForm(Body):
    """A note with the one way out, and what the record says."""

    page_requested = pyqtSignal(str)

    def __init__(self, parent: Optional[QWidget] = None) -> None:
        super().__init__(parent)
        self.note = Note()
        self._address = ""

    def set_dataset(self, dataset: Dataset, page: str) -> None:
        """Say where a dataset is. page: its own web page."""
        clear(self.column)
        self._address = next(iter(words.other_links(dataset)), page)
        self.note = Note()
        self.note.activated.connect(lambda _number: self.page_requested.emit(self._address))
        place = words.elsewhere(dataset)
        self.note.show_note("info", self._sentence(place), [self.tr("Open in the browser")])
        self.note.buttons[0].setToolTip(self._address)
        self.column.addWidget(self.note)
        facts = Facts()
        facts.add_fact(self.tr("Where"), {
            "cdse": self.tr("Copernicus Data Space (CDSE)"), "wekeo": self.tr("WEkEO"),
        }.get(place, self.tr("Web site")))
        facts.add_fact(self.tr("Since"), words.month_words(dataset.start))
        facts.add_fact(self.tr("Until"), words.month_words(dataset.end))
        self.column.addLayout(facts)
        told = words.other_ways(dataset)
        if told:
            self.column.addWidget(NoteLabel(told, "text"))
        if dataset.services:
            self.column.addWidget(NoteLabel(
                self.tr("The map layer works without an account: see “View on map”.")))

    def _sentence(self, place: str) -> str:
        return {
            "cdse": self.tr("The portal does not deliver this dataset. It is in the Copernicus "
                            "Data Space, which needs its own free account."),
            "wekeo": self.tr("The portal does not deliver this dataset. It is in WEkEO, which "
                             "needs its own free account."),
        }.get(place, self.tr("The portal does not deliver this dataset. Its web page tells how "
                             "to get it."))
