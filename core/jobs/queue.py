"""The job queue: what the user can wish for, and the worker that fulfils it."""

from __future__ import annotations

import threading
import time
from datetime import date
from pathlib import Path
from typing import Any, Callable, Collection, Mapping

from ..cart.item import CartItem
from ..clms.titles import split
from ..errors import Cancelled, ClmsError
from ..library.library import Library
from ..paths import order_folder
from ..ports import Service, Stop
from .job import Job, State
from .journal import Change, Journal
from .lease import held_elsewhere
from .pauses import Pauses
from .records import error_of
from .worker import Worker

_NEW_ORDER = ("LinkExpired", "OrderFailed", "OrderRefused")
_BAD_ARCHIVE = ("unsafe", "bomb", "empty", "type")
_FRESH: Mapping[str, Any] = {"error": {}, "message": "", "attempts": 0, "next_attempt": ""}


class JobQueue:
    """Jobs from order to library. Wishes may come from any thread and process.

    A wish is written to the journal and returns at once; whoever runs the queue sees it within
    a second. A wish that makes no sense for the state of its job changes nothing.
    """

    def __init__(
        self, journal: Journal, services: Mapping[str, Service], library: Library,
        pauses: Pauses = Pauses(),
    ) -> None:
        self.journal = journal
        self._services = services
        self._library = library
        self._pauses = pauses
        self._wake = threading.Event()

    def add(self, item: CartItem, folder: Path | None = None) -> Job:
        """Add the order of a cart item; its files go below folder, or the download folder.

        Raise AreaError or OrderRefused for an order that makes no sense; nothing is added.
        """
        order = self._services[item.service].order(item)
        root = folder or self._library.folder

        def place(has_job: Callable[[Path], bool]) -> Path:
            return order_folder(
                root, item, date.today(), lambda path: has_job(path) or path.exists())

        job = self.journal.add(job_title(item), order, item.to_json(), place)
        self._wake.set()
        return job

    def run(
        self, stop: Stop, on_change: Callable[[int], None] = lambda _job_id: None,
        until_idle: bool = False, only: Collection[int] = (),
    ) -> None:
        """Work on the queue until stop(); blocks, so call it from a thread of its own.

        While another process does the work, this one waits and takes over if that one ends.
        on_change: gets the id of every job that was changed (by anyone) or is gone, at most a
        few times a second, on this thread; at the beginning of every job.
        until_idle: return when no job goes on by itself; only: when none of these does.
        Raise JournalError if the journal is unusable.
        """
        worker = Worker(self.journal, self._services, self._library, self._pauses, self._wake)
        worker.run(stop, on_change, until_idle, only)

    def is_worked_elsewhere(self) -> bool:
        """Return whether another process works on the queue."""
        return held_elsewhere(self.journal, time.time())

    def pause(self, job_id: int) -> None:
        """Let a job rest; what has arrived is kept."""
        self._wish(job_id, lambda job: Change({"paused": True}, "paused")
                   if job.state.at_work and not job.paused else None)

    def resume(self, job_id: int) -> None:
        """Let a paused job go on, and one that waits for its next attempt do so now."""
        def resumed(job: Job) -> Change | None:
            if not job.state.at_work or not (job.paused or job.next_attempt):
                return None
            event = "resumed" if job.paused else ""
            return Change({"paused": False, "next_attempt": "", "error": {}}, event)

        self._wish(job_id, resumed)

    def cancel(self, job_id: int) -> None:
        """Give a job up: its order is taken back, what has arrived is thrown away."""
        self._wish(job_id, lambda job: None if job.state.final else Change(
            {"state": State.CANCELLED, "paused": False, "cleanup": True}, "cancelled"))

    def retry(self, job_id: int) -> None:
        """Try again what failed; where a new order is needed, this orders anew.

        An unclear order is looked for again, and not sent.
        """
        def again(job: Job) -> Change | None:
            if job.state is State.UNCLEAR:
                state = State.ORDERED if job.handle else State.SUBMITTING
                return Change({"state": state, **_FRESH}, "again")
            if job.state is not State.FAILED:
                return None
            if not job.handle or _needs_new_order(job.error):
                values = {"state": State.WAITING, "handle": "", "submitted": "",
                          "service_state": "", "results": (), **_FRESH}
                return Change(values, "again")
            return Change({"state": State.ORDERED, **_FRESH}, "again")

        self._wish(job_id, again)

    def decide(self, job_id: int, send_again: bool) -> None:
        """Answer the question of an unclear order: send it again, or give it up."""
        if not send_again:
            self._wish(job_id, lambda job: Change(
                {"state": State.CANCELLED, "cleanup": True}, "cancelled")
                if job.state is State.UNCLEAR else None)
            return
        self._wish(job_id, lambda job: Change(
            {"state": State.WAITING, "handle": "", **_FRESH}, "again")
            if job.state is State.UNCLEAR else None)

    def first(self, job_id: int) -> None:
        """Put a job at the head of the queue."""
        ranks = [job.rank for job in self.journal.jobs() if job.id != job_id]
        self._wish(job_id, lambda job: Change({"rank": min(ranks) - 1})
                   if ranks and job.rank >= min(ranks) else None)

    def remove(self, job_id: int) -> None:
        """Take a job that has ended off the list; its files stay where they are."""
        self._wish(job_id, lambda job: Change({"removed": True, "cleanup": True})
                   if job.state.final else None)

    def opened(self, job_id: int, note: str = "") -> None:
        """Note that the files of a job are on the map. note: what they hold, in few words."""
        self._wish(job_id, lambda job: Change({"state": State.OPENED, "message": note}, "opened")
                   if job.state is State.READY else None)

    def pause_all(self) -> None:
        """Let all jobs rest."""
        for job in self.journal.jobs():
            self.pause(job.id)

    def resume_all(self) -> None:
        """Let all jobs go on."""
        for job in self.journal.jobs():
            self.resume(job.id)

    def clear_done(self) -> None:
        """Take all jobs that are ready, opened or cancelled off the list."""
        for job in self.journal.jobs():
            if job.state.final and job.state is not State.FAILED:
                self.remove(job.id)

    def try_now(self, service: str) -> None:
        """Do not wait any longer before the next attempt to reach a service."""
        self.journal.hurry(service)
        self._wake.set()

    def error(self, job: Job) -> ClmsError:
        """Return the error of a job that has not worked out."""
        return Cancelled() if job.state is State.CANCELLED else error_of(job.error)

    def _wish(self, job_id: int, make: Callable[[Job], Change | None]) -> None:
        self.journal.change(job_id, make, durable=False)
        self._wake.set()


def job_title(item: CartItem) -> str:
    """Return what to call the job of a cart item: dataset, place, time."""
    parts = [split(item.title).name or item.title]
    if item.area is not None and not item.files:
        parts.append(item.area.name)
    if item.start:
        parts.append(item.start if item.end in ("", item.start) else f"{item.start} – {item.end}")
    return ", ".join(parts)


def _needs_new_order(error: Mapping[str, Any]) -> bool:
    bad_archive = error.get("type") == "FileBroken" and error.get("reason") in _BAD_ARCHIVE
    return error.get("type") in _NEW_ORDER or bad_archive
