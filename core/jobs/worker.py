"""The worker: one loop that sees what each job needs next and has it done."""

from __future__ import annotations

import logging
import threading
import time
from datetime import datetime, timezone
from functools import partial
from typing import Callable, Collection, Mapping, Sequence

from ..errors import DiskFull, JournalError
from ..library.library import Library
from ..ports import Service, Stop
from .job import Job, State
from .journal import Journal
from .lease import Lease
from .pauses import Pauses
from .records import moment_text
from .steps import Step, Steps
from .talk import Talk
from .transfer import Transfer

_LOG = logging.getLogger("clms_explorer.jobs")
_END = 10.0
"""Seconds that steps have to end when the worker stops; they look for it every 0.25 s."""
_STOP = 0.1
"""Seconds between two looks at stop()."""


class Worker:
    """Works on the jobs of a journal while it holds the lease; run() once.

    Each step (a call to a service, a file, an unpacking) has a thread of its own, so that the
    loop goes on giving signs of life. Steps end soon after their job is paused, cancelled or
    removed, after the run ends, and when the lease may be lost. What the loop has read may be
    old when a step begins, so each step reads its job again.
    """

    def __init__(
        self, journal: Journal, services: Mapping[str, Service], library: Library,
        pauses: Pauses, wake: threading.Event,
    ) -> None:
        self._journal = journal
        self._services = services
        self._pauses = pauses
        self._wake = wake
        self._lease = Lease(journal)
        owner = self._lease.owner
        self._talks = {
            name: Talk(journal, service, owner, pauses) for name, service in services.items()}
        self._transfers = {
            name: Transfer(journal, service, library, owner, pauses)
            for name, service in services.items()}
        self._steps = Steps(lambda: not self._lease.is_sure(), wake.set)
        self._asked: dict[str, tuple[float, frozenset[int]]] = {}
        self._stamps: dict[int, tuple[int, int]] = {}

    def run(
        self, stop: Stop, on_change: Callable[[int], None], until_idle: bool,
        only: Collection[int],
    ) -> None:
        """Work until stop(), or until nothing is left that goes on by itself."""
        for name in self._services:
            self._journal.hurry(name)
        try:
            while not stop():
                self._wake.clear()
                try:
                    busy = self._turn(on_change)
                except (JournalError, DiskFull) as err:
                    if until_idle or err.reason in ("newer", "broken"):
                        raise
                    _LOG.warning("the journal cannot be used now: %s", err)
                    busy = set()
                if until_idle and not (busy & set(only) if only else busy):
                    return
                self._pause(self._pauses.tick if busy else self._pauses.idle, stop)
        finally:
            self._steps.end(_END)
            self._lease.release()
            self._tell(on_change)

    def _turn(self, on_change: Callable[[int], None]) -> set[int]:
        """Start what can be started; return the jobs that are still being worked on."""
        self._tell(on_change)
        jobs = self._journal.jobs()
        to_clean = self._journal.to_clean()
        going = {job.id for job in jobs if job.state.at_work and not job.paused
                 and job.order.service in self._services}
        self._steps.halt(frozenset({job.id for job in (*jobs, *to_clean)} - going))
        busy = going | {job.id for job in to_clean}
        if not busy and not self._steps.running():
            self._lease.release()
        elif self._lease.hold():
            self._start_steps([job for job in jobs if job.id in going], to_clean)
        return busy

    def _tell(self, on_change: Callable[[int], None]) -> None:
        """Tell of every job that has changed since the last time, whoever changed it."""
        before, self._stamps = self._stamps, self._journal.stamps()
        for job_id in before.keys() | self._stamps.keys():
            if before.get(job_id) != self._stamps.get(job_id):
                on_change(job_id)

    def _start_steps(self, going: Sequence[Job], to_clean: Sequence[Job]) -> None:
        now = moment_text(datetime.now(timezone.utc))
        resting = {trouble.service for trouble in self._journal.troubles()
                   if trouble.next_attempt > now}
        due = [job for job in going if job.next_attempt <= now]
        for name in self._services:
            ours = [job for job in due if job.order.service == name]
            if name not in resting:
                self._start_talk(
                    name, ours, [job for job in to_clean if job.order.service == name])
            self._start_downloads(name, ours)
        for job in due:
            is_complete = all(file.path for file in job.files)
            if job.state is State.DOWNLOADING and is_complete and not self._steps.count("finish"):
                finish = self._transfers[job.order.service].finish
                self._steps.start(Step("finish", "", job.id), partial(finish, job.id))

    def _start_talk(self, name: str, jobs: Sequence[Job], to_clean: Sequence[Job]) -> None:
        """Start one call to a service, if it is not being talked to already."""
        talk = self._talks[name]
        step = Step("talk", name)
        cleanable = [job.id for job in to_clean if not self._steps.work_on(job.id)]
        ordered = [job for job in jobs if job.state is State.ORDERED]
        sent = [job.id for job in jobs if job.state is State.SUBMITTING]
        waiting = [job.id for job in jobs if job.state is State.WAITING]
        if cleanable:
            self._steps.start(step, partial(talk.clean, cleanable[0]))
        elif ordered and self._is_poll_due(name, ordered):
            asked = (time.monotonic(), frozenset(job.id for job in ordered))
            if self._steps.start(step, partial(talk.poll, ordered)):
                self._asked[name] = asked
        elif sent:
            self._steps.start(step, partial(talk.settle, sent[0]))
        elif waiting:
            self._steps.start(step, partial(talk.submit, waiting[0]))

    def _is_poll_due(self, name: str, ordered: Sequence[Job]) -> bool:
        """Return whether it is time to ask; at once for an order not asked after so far."""
        last, asked = self._asked.get(name, (0.0, frozenset()))
        if not {job.id for job in ordered} <= asked:
            return True
        return time.monotonic() - last >= self._services[name].poll_seconds

    def _start_downloads(self, name: str, jobs: Sequence[Job]) -> None:
        """Start as many downloads as the service allows."""
        fetch = self._transfers[name].fetch
        lane = f"fetch {name}"
        for job in (job for job in jobs if job.state is State.DOWNLOADING):
            for file in (file.name for file in job.files if not file.path):
                if self._steps.count(lane) >= self._services[name].parallel:
                    return
                self._steps.start(Step(lane, file, job.id), partial(fetch, job.id, file))

    def _pause(self, seconds: float, stop: Stop) -> None:
        end = time.monotonic() + seconds
        while not stop() and not self._wake.is_set() and time.monotonic() < end:
            self._wake.wait(min(_STOP, seconds))
