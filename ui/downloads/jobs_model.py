"""The jobs as an item model: groups with headings, rows with everything that is said."""

from __future__ import annotations

import time
from dataclasses import dataclass
from datetime import datetime, timezone
from enum import IntEnum
from typing import Any, Callable, Dict, List, Optional, Sequence, Tuple

from qgis.PyQt.QtCore import QAbstractListModel, QModelIndex, QObject, Qt

from ...core.jobs.job import Job, State
from ...core.jobs.records import Trouble
from .actions import Action, buttons_of, icons_of, menu_of
from .groups import Group, group_of, in_groups
from .job_words import Circumstances, group_words, status_words
from .speed import SpeedMeter

Key = Tuple[str, int]
_FLAGS = (Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
          | Qt.ItemFlag.ItemNeverHasChildren)


class JobRole(IntEnum):
    """What the delegate and tests ask for; the title is the display role."""

    JOB = Qt.ItemDataRole.UserRole + 1
    JOB_ID = Qt.ItemDataRole.UserRole + 2
    IS_HEADING = Qt.ItemDataRole.UserRole + 3
    GROUP = Qt.ItemDataRole.UserRole + 4
    STATUS = Qt.ItemDataRole.UserRole + 5
    ICON = Qt.ItemDataRole.UserRole + 6
    BAR = Qt.ItemDataRole.UserRole + 7
    SHARE = Qt.ItemDataRole.UserRole + 8
    ICONS = Qt.ItemDataRole.UserRole + 9
    BUTTONS = Qt.ItemDataRole.UserRole + 10
    MENU = Qt.ItemDataRole.UserRole + 11


class Bar(IntEnum):
    """How the bar of a row looks; it only repeats what the words say."""

    NONE = 0
    ENDLESS = 1
    RUNNING = 2
    PAUSED = 3


@dataclass(frozen=True)
class Row:
    """What a row shows."""

    job: Job
    group: Group
    status: str
    icon: str
    bar: Bar
    share: float
    icons: Tuple[Action, ...]
    buttons: Tuple[Action, ...]
    menu: Tuple[Action, ...]


@dataclass(frozen=True)
class Totals:
    """What is under way. speed: bytes per second; the others: numbers of jobs."""

    speed: float
    running: int
    waiting: int
    paused: int


class JobsModel(QAbstractListModel):
    """Shows jobs that it is given. clock, seconds: the time of day, and a monotonic clock."""

    def __init__(
        self, parent: Optional[QObject] = None,
        clock: Callable[[], datetime] = lambda: datetime.now(timezone.utc),
        seconds: Callable[[], float] = time.monotonic,
    ) -> None:
        super().__init__(parent)
        self._clock = clock
        self._seconds = seconds
        self._jobs: Dict[int, Job] = {}
        self._troubles: Tuple[Trouble, ...] = ()
        self._meters: Dict[int, SpeedMeter] = {}
        self._keys: List[Key] = []
        self._rows: Dict[int, Row] = {}

    def set_jobs(self, jobs: Sequence[Job]) -> None:
        """Show these jobs and no others."""
        self._jobs = {job.id: job for job in jobs}
        for job in jobs:
            self._measure(job)
        self._update()

    def put_job(self, job: Job) -> None:
        """Show a job that is new or has changed."""
        self._jobs[job.id] = job
        self._measure(job)
        self._update()

    def remove_job(self, job_id: int) -> None:
        """Show a job no more."""
        if self._jobs.pop(job_id, None) is not None:
            self._update()

    def set_troubles(self, troubles: Sequence[Trouble]) -> None:
        """Show that some services do not work."""
        if tuple(troubles) != self._troubles:
            self._troubles = tuple(troubles)
            self._update()

    def tick(self) -> None:
        """Let time pass: "4 minutes ago", speeds, and what is left."""
        self._update()

    def jobs(self) -> List[Job]:
        """Return all jobs."""
        return list(self._jobs.values())

    def open_count(self) -> int:
        """Return how many jobs are not done."""
        return sum(row.group is not Group.DONE for row in self._rows.values())

    def is_moving(self) -> bool:
        """Return whether there is anything that goes on by itself."""
        return any(row.job.state.at_work and not row.job.paused for row in self._rows.values())

    def totals(self) -> Totals:
        """Return what is under way."""
        at_work = [row for row in self._rows.values() if row.job.state.at_work]
        going = [row for row in at_work if not row.job.paused]
        running = [row for row in going if row.bar is Bar.RUNNING]
        return Totals(
            sum(self._speed(row.job) for row in running), len(running),
            len(going) - len(running), len(at_work) - len(going))

    def waiting_for(self, trouble: Trouble) -> int:
        """Return how many orders wait for a service that does not work."""
        return sum(row.group is Group.WAITING and row.job.order.service == trouble.service
                   for row in self._rows.values())

    def index_of(self, job_id: int) -> QModelIndex:
        """Return the row of a job; invalid if it is not shown."""
        key = ("job", job_id)
        return self.index(self._keys.index(key)) if key in self._keys else QModelIndex()

    def rowCount(self, parent: QModelIndex = QModelIndex()) -> int:
        """Return the number of rows, headings included."""
        return 0 if parent.isValid() else len(self._keys)

    def flags(self, index: QModelIndex) -> Qt.ItemFlag:
        """Return that jobs can be selected and headings cannot."""
        if not index.isValid():
            return Qt.ItemFlag.NoItemFlags
        is_job = self._keys[index.row()][0] == "job"
        return _FLAGS if is_job else Qt.ItemFlag.ItemNeverHasChildren

    def data(self, index: QModelIndex, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Return what a row says."""
        if not index.isValid():
            return None
        kind, number = self._keys[index.row()]
        if kind == "heading":
            return {Qt.ItemDataRole.DisplayRole: group_words(Group(number)),
                    JobRole.IS_HEADING: True, JobRole.GROUP: Group(number)}.get(role)
        row = self._rows[number]
        return self._job_data(row, role)

    def _job_data(self, row: Row, role: int) -> Any:
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole):
            return row.job.title
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return f"{row.job.title}, {row.status}"
        return {
            JobRole.JOB: row.job, JobRole.JOB_ID: row.job.id, JobRole.IS_HEADING: False,
            JobRole.GROUP: row.group, JobRole.STATUS: row.status, JobRole.ICON: row.icon,
            JobRole.BAR: row.bar, JobRole.SHARE: row.share, JobRole.ICONS: row.icons,
            JobRole.BUTTONS: row.buttons, JobRole.MENU: row.menu,
        }.get(role)

    def _measure(self, job: Job) -> None:
        meter = self._meters.setdefault(job.id, SpeedMeter())
        if job.state is State.DOWNLOADING and not job.paused and not job.next_attempt:
            meter.note(self._seconds(), job.received)
        else:
            meter.stop()

    def _speed(self, job: Job) -> float:
        return self._meters[job.id].speed(self._seconds())

    def _update(self) -> None:
        """Work out all rows anew, and tell the views what has changed."""
        troubled = frozenset(trouble.service for trouble in self._troubles)
        groups = in_groups(list(self._jobs.values()), troubled)
        keys: List[Key] = []
        for group, members in groups:
            keys.append(("heading", int(group)))
            keys.extend(("job", job.id) for job in members)
        places = self._places(troubled)
        rows = {job.id: self._row(job, group, places.get(job.id, "running"))
                for group, members in groups for job in members}
        changed = [number for number, row in rows.items()
                   if number in self._rows and self._rows[number] != row]
        self._meters = {number: self._meters[number] for number in rows}
        self._rows = {**self._rows, **rows}
        self._move_rows(keys)
        self._rows = rows
        for number in changed:
            index = self.index_of(number)
            self.dataChanged.emit(index, index)

    def _move_rows(self, keys: Sequence[Key]) -> None:
        """Bring the rows into a new order, one step at a time, so that selections stay."""
        for place in range(len(self._keys) - 1, -1, -1):
            if self._keys[place] not in keys:
                self.beginRemoveRows(QModelIndex(), place, place)
                del self._keys[place]
                self.endRemoveRows()
        for place, key in enumerate(keys):
            if place < len(self._keys) and self._keys[place] == key:
                continue
            if key in self._keys:
                source = self._keys.index(key)
                self.beginMoveRows(QModelIndex(), source, source, QModelIndex(), place)
                self._keys.insert(place, self._keys.pop(source))
                self.endMoveRows()
            else:
                self.beginInsertRows(QModelIndex(), place, place)
                self._keys.insert(place, key)
                self.endInsertRows()

    def _places(self, troubled: frozenset[str]) -> Dict[int, str]:
        """Return which jobs wait for their turn: orders not sent, downloads that do not run.

        Where something of a service arrives, a download with nothing on disk waits for it.
        """
        places: Dict[int, str] = {}
        going = sorted((job for job in self._jobs.values()
                        if group_of(job, troubled) is Group.NOW and not job.paused),
                       key=lambda job: (job.rank, job.id))
        busy = {job.order.service for job in going
                if job.state is State.DOWNLOADING and self._speed(job)}
        seen = set()
        for job in going:
            waits = job.state is State.WAITING or (
                job.state is State.DOWNLOADING and not job.received
                and job.order.service in busy)
            if waits:
                first = job.order.service not in seen
                places[job.id] = "next" if first else "queued"
                seen.add(job.order.service)
        return places

    def _row(self, job: Job, group: Group, place: str) -> Row:
        is_queued = place != "running"
        status = status_words(job, Circumstances(group, self._clock(), self._speed(job), place))
        bar = _bar(job, group, is_queued)
        share = job.received / job.size if job.size else 0.0
        return Row(
            job, group, status, _icon(job, group, is_queued), bar, min(1.0, share),
            icons_of(job, group, is_queued), buttons_of(job, group),
            menu_of(job, group, is_queued))


def _bar(job: Job, group: Group, is_queued: bool) -> Bar:
    if group is not Group.NOW or is_queued or job.state is State.WAITING:
        return Bar.NONE
    if job.paused:
        return Bar.PAUSED if job.state is State.DOWNLOADING else Bar.NONE
    is_loading = job.state is State.DOWNLOADING and not all(file.path for file in job.files)
    if is_loading and job.size:
        return Bar.PAUSED if job.next_attempt else Bar.RUNNING
    return Bar.ENDLESS


def _icon(job: Job, group: Group, is_queued: bool) -> str:
    """Return the icon of a state, by its name in the QGIS theme."""
    if group is Group.NEEDS_YOU:
        return "mIconWarning"
    if group is Group.DONE:
        return "mTaskTerminated" if job.state is State.CANCELLED else "mTaskComplete"
    if job.paused or job.next_attempt or group is Group.WAITING:
        return "mTaskOnHold"
    if is_queued:
        return "mTaskQueued"
    return "mIconStopwatch" if job.state is State.ORDERED else "mTaskRunning"
