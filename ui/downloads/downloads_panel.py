"""The tab with what became of the orders."""

from __future__ import annotations

from datetime import datetime, timezone
from typing import Callable, Optional, Sequence

from qgis.PyQt.QtCore import QEvent, QTimer, pyqtSignal
from qgis.PyQt.QtGui import QHideEvent, QShowEvent
from qgis.PyQt.QtWidgets import (
    QHBoxLayout,
    QMessageBox,
    QStackedLayout,
    QVBoxLayout,
    QWidget,
)

from ...core.jobs.job import Job, State
from ...core.jobs.records import Event, Trouble
from .. import look
from ..icons import theme_icon
from ..labels import ElidedLabel, RankLabel
from ..parts import EmptyState, Line
from ..toolbar import ToolRow
from ..words import size_words
from .actions import action, seen_icon
from .history_dialog import HistoryDialog
from .job_list import JobList
from .job_words import history_lines, totals_words
from .jobs_model import JobsModel
from .service_note import ServiceNote

_TICK_MS = 1000


class DownloadsPanel(QWidget):
    """Shows jobs and passes on what the user wishes for them. Signals carry job ids.

    history: returns what happened to a job, oldest first. It does no work of its own: whoever
    owns the queue gives it jobs (set_jobs, put_job, remove_job) and fulfils the wishes.
    """

    pause_requested = pyqtSignal(int)
    resume_requested = pyqtSignal(int)
    cancel_requested = pyqtSignal(int)
    retry_requested = pyqtSignal(int)
    """Try again what failed, or look again for an unclear order."""
    resend_requested = pyqtSignal(int)
    """Send an unclear order again: the user has decided."""
    first_requested = pyqtSignal(int)
    removal_requested = pyqtSignal(int)
    opening_requested = pyqtSignal(int)
    zoom_requested = pyqtSignal(int)
    folder_requested = pyqtSignal(int)
    pause_all_requested = pyqtSignal()
    resume_all_requested = pyqtSignal()
    clearing_requested = pyqtSignal()
    library_requested = pyqtSignal()
    catalogue_requested = pyqtSignal()
    key_import_requested = pyqtSignal()
    attempt_requested = pyqtSignal(str)
    """The name of a service that is to be tried now."""
    count_changed = pyqtSignal(int)
    """How many jobs are not done."""

    def __init__(
        self, history: Callable[[int], Sequence[Event]], parent: Optional[QWidget] = None,
        model: Optional[JobsModel] = None,
    ) -> None:
        super().__init__(parent)
        self._history = history
        self._free: Optional[int] = None
        self._count = 0
        self.model = model or JobsModel()
        self.model.setParent(self)
        self.list = JobList(self.model)
        self.list.wished.connect(self._wish)
        self.tools = ToolRow()
        self.service = ServiceNote(self.model)
        self.service.attempt_requested.connect(self.attempt_requested)
        self.empty = EmptyState(theme_icon("mIconFolderOpen"))
        self.empty.activated.connect(lambda _way: self.catalogue_requested.emit())
        self.totals = ElidedLabel(rank="secondary")
        self.free = RankLabel(rank="secondary")
        self._timer = QTimer(self)
        self._timer.setInterval(_TICK_MS)
        self._timer.timeout.connect(self._tick)
        self._signals = {
            "pause": self.pause_requested, "resume": self.resume_requested,
            "first": self.first_requested, "open": self.opening_requested,
            "zoom": self.zoom_requested, "folder": self.folder_requested,
            "send_again": self.resend_requested, "look_again": self.retry_requested,
        }
        self._fill_tools()
        self._lay_out()
        self._show_state()

    def set_jobs(self, jobs: Sequence[Job]) -> None:
        """Show these jobs and no others."""
        self.model.set_jobs(jobs)
        self._show_state()

    def put_job(self, job: Job) -> None:
        """Show a job that is new or has changed."""
        self.model.put_job(job)
        self._show_state()

    def remove_job(self, job_id: int) -> None:
        """Show a job no more."""
        self.model.remove_job(job_id)
        self._show_state()

    def set_troubles(self, troubles: Sequence[Trouble]) -> None:
        """Show which services do not work at present."""
        self.model.set_troubles(troubles)
        self.service.set_troubles(troubles)
        self._show_state()

    def set_elsewhere(self, elsewhere: bool) -> None:
        """Show that another QGIS works on the queue."""
        self.service.set_elsewhere(elsewhere)

    def set_free_space(self, size: int) -> None:
        """Say how many bytes are free where the files go."""
        self._free = size
        self._show_totals()

    def select(self, job_id: int) -> None:
        """Make a job the current one."""
        index = self.model.index_of(job_id)
        if index.isValid():
            self.list.setCurrentIndex(index)

    def ask(self, question: str, yes: str, no: str) -> bool:
        """Ask before what cannot be undone; return whether the user wants it."""
        box = QMessageBox(QMessageBox.Icon.Question, self.tr("Downloads"), question,
                          QMessageBox.StandardButton.NoButton, self)
        wanted = box.addButton(yes, QMessageBox.ButtonRole.DestructiveRole)
        box.setDefaultButton(box.addButton(no, QMessageBox.ButtonRole.RejectRole))
        box.exec()
        return box.clickedButton() is wanted

    def showEvent(self, event: QShowEvent) -> None:
        """Let time pass while the tab can be seen."""
        super().showEvent(event)
        self._tick()
        self._timer.start()

    def hideEvent(self, event: QHideEvent) -> None:
        """Rest while nobody looks."""
        super().hideEvent(event)
        self._timer.stop()

    def changeEvent(self, event: QEvent) -> None:
        """Follow the theme."""
        super().changeEvent(event)
        if event.type() in (QEvent.Type.PaletteChange, QEvent.Type.StyleChange):
            self._show_state()

    def _fill_tools(self) -> None:
        self.pause_all = self.tools.add(
            theme_icon(action("pause").icon), self.tr("Pause all"),
            self.tr("Let all downloads rest; what has arrived is kept"), self._pause_all)
        self.clear = self.tools.add(
            theme_icon("mActionDeleteSelected"), self.tr("Clear done"),
            self.tr("Take what is done off the list; the files stay"),
            self.clearing_requested.emit)
        self.tools.add_space()
        self.library = self.tools.add(
            theme_icon("mIconFolderOpen"), self.tr("Library"),
            self.tr("Show the folder with all downloads"), self.library_requested.emit)

    def _lay_out(self) -> None:
        unit = look.unit(self.font())
        self.empty.say(
            self.tr("No downloads yet"),
            self.tr("What you order appears here. It goes on by itself, also after QGIS was "
                    "closed."),
            [(self.tr("Go to the catalogue"), None)])
        line = QHBoxLayout()
        line.setContentsMargins(2 * unit, unit, 2 * unit, unit)
        line.addWidget(self.totals, 1)
        line.addWidget(self.free)
        content = QWidget()
        self._pages = QStackedLayout(content)
        self._pages.addWidget(self.empty)
        self._pages.addWidget(self.list)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self.tools)
        layout.addWidget(self.service)
        layout.addWidget(content, 1)
        layout.addWidget(Line())
        layout.addLayout(line)

    def _tick(self) -> None:
        self.model.tick()
        self._show_totals()
        self.service.refresh()

    def _show_state(self) -> None:
        jobs = self.model.jobs()
        self._pages.setCurrentIndex(1 if jobs else 0)
        going = [job for job in jobs if job.state.at_work]
        all_rest = bool(going) and all(job.paused for job in going)
        self.pause_all.setEnabled(bool(going))
        text = self.tr("Go on with all") if all_rest else self.tr("Pause all")
        if text != self.pause_all.text():
            self.pause_all.setText(text)
            self.pause_all.setAccessibleName(text)
            self.tools.fit()
        icon = action("resume" if all_rest else "pause").icon
        self.pause_all.setIcon(theme_icon(seen_icon(icon, self.palette())))
        self.clear.setEnabled(any(
            job.state.final and job.state is not State.FAILED for job in jobs))
        self._show_totals()
        self.service.refresh()
        count = self.model.open_count()
        if count != self._count:
            self._count = count
            self.count_changed.emit(count)

    def _show_totals(self) -> None:
        totals = self.model.totals()
        self.totals.setText(
            totals_words(totals.speed, totals.running, totals.waiting, totals.paused))
        self.free.setText("" if self._free is None else self.tr("{size} free").format(
            size=size_words(self._free)))

    def _pause_all(self) -> None:
        going = [job for job in self.model.jobs() if job.state.at_work]
        if going and all(job.paused for job in going):
            self.resume_all_requested.emit()
        else:
            self.pause_all_requested.emit()

    def _wish(self, job_id: int, name: str) -> None:
        """Pass a wish on; ask before one that cannot be undone."""
        job = next((one for one in self.model.jobs() if one.id == job_id), None)
        if job is None:
            return
        if name in self._signals:
            self._signals[name].emit(job_id)
        elif name == "retry":
            (self.resume_requested if job.state.at_work else self.retry_requested).emit(job_id)
        elif name == "import_key":
            self.key_import_requested.emit()
        elif name == "history":
            lines = history_lines(self._history(job_id), datetime.now(timezone.utc))
            HistoryDialog(job.title, lines, self).show()
        elif name == "cancel":
            self._ask_to_cancel(job)
        elif name == "remove":
            self._ask_to_remove(job)

    def _ask_to_cancel(self, job: Job) -> None:
        question = self.tr("Cancel “{title}”? Its order is taken back, and what has arrived is "
                           "thrown away.").format(title=job.title)
        if self.ask(question, self.tr("Cancel the download"), self.tr("Keep it")):
            self.cancel_requested.emit(job.id)

    def _ask_to_remove(self, job: Job) -> None:
        """Ask only where something is lost."""
        question = self.tr("Take “{title}” off the list? The {size} that have arrived are thrown "
                           "away.").format(title=job.title, size=size_words(job.received))
        is_loss = job.state is State.FAILED and job.received > 0
        if not is_loss or self.ask(question, self.tr("Take it off"), self.tr("Keep it")):
            self.removal_requested.emit(job.id)
