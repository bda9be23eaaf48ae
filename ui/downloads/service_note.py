"""The note above the downloads: a service that does not work, or another QGIS at work."""

from __future__ import annotations

from datetime import datetime, timezone
from typing import List, Optional, Sequence

from qgis.PyQt.QtCore import pyqtSignal
from qgis.PyQt.QtWidgets import QVBoxLayout, QWidget

from ...core.jobs.records import Trouble, moment
from .. import look
from ..parts import Note
from .history_dialog import HistoryDialog
from .job_words import trouble_words
from .jobs_model import JobsModel


class ServiceNote(QWidget):
    """Says what is wrong with the first service that orders wait for; nothing if none is."""

    attempt_requested = pyqtSignal(str)
    """The name of a service that is to be tried now."""

    def __init__(self, model: JobsModel, parent: Optional[QWidget] = None) -> None:
        super().__init__(parent)
        self._model = model
        self._troubles: Sequence[Trouble] = ()
        self._trouble: Optional[Trouble] = None
        self._elsewhere = False
        self.note = Note()
        self.note.activated.connect(self._answer)
        layout = QVBoxLayout(self)
        unit = look.unit(self.font())
        layout.setContentsMargins(2 * unit, 2 * unit, 2 * unit, 2 * unit)
        layout.addWidget(self.note)
        self.hide()

    def set_troubles(self, troubles: Sequence[Trouble]) -> None:
        """Take which services do not work at present."""
        self._troubles = troubles
        self.refresh()

    def set_elsewhere(self, elsewhere: bool) -> None:
        """Take whether another QGIS works on the queue."""
        self._elsewhere = elsewhere
        self.refresh()

    def refresh(self) -> None:
        """Say what is to be said now."""
        self._trouble = next(
            (trouble for trouble in self._troubles if self._model.waiting_for(trouble)), None)
        if self._trouble is not None:
            text = trouble_words(
                self._trouble, self._model.waiting_for(self._trouble), datetime.now(timezone.utc))
            self.note.show_note("error", text, [self.tr("Try now"), self.tr("Details")])
        elif self._elsewhere and self._model.is_moving():
            self.note.show_note("info", self.tr(
                "Another QGIS is working on the downloads. They go on there."))
        else:
            self.note.clear()
        self.setVisible(bool(self.note.text))

    def _answer(self, number: int) -> None:
        if self._trouble is None:
            return
        if number == 0:
            self.attempt_requested.emit(self._trouble.service)
        else:
            self._show_details(self._trouble)

    def _show_details(self, trouble: Trouble) -> None:
        error = trouble.error
        words = " ".join(filter(None, map(error.get, ("type", "reason", "detail"))))
        lines: List[str] = [
            self.tr("Service: {name}").format(name=trouble.service),
            self.tr("Since: {time}").format(
                time=f"{moment(trouble.since).astimezone():%Y-%m-%d %H:%M:%S}"),
            self.tr("Attempts: {count}").format(count=trouble.attempts),
            self.tr("Error: {error}").format(error=words),
            *(f"{name}: {value}" for name, value in (error.get("facts") or {}).items()),
        ]
        HistoryDialog(self.tr("The download service does not answer"), lines, self).show()
