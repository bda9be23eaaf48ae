"""What the queue has to say to one service: send, look for, ask after and take back orders."""

from __future__ import annotations

import logging
from dataclasses import replace
from datetime import datetime, timedelta, timezone
from pathlib import Path
from typing import Any, Sequence

from ..errors import (
    AddressError, AreaError, Cancelled, ClmsError, ClockWrong, KeyMissing, KeyRefused,
    NoConnection, NotAllowed, OrderFailed, OrderRefused, OrderUnclear, ServiceError,
)
from ..http.part import Part
from ..paths import safe_name
from ..ports import RemoteFile, Service, Status, Stop
from .job import Job, JobFile, State
from .journal import Change, Journal
from .pauses import Pauses
from .records import Trouble, error_record, moment, moment_text, now_text

_LOG = logging.getLogger("clms_explorer.jobs")
_NOTHING_SENT = (
    AddressError, AreaError, ClockWrong, KeyMissing, KeyRefused, NotAllowed, OrderRefused)
_LOST_AFTER = 3
"""Looks in a row that do not show an order, before the user is asked."""


class Talk:
    """The conversation with one service; one call at a time.

    Before an order is sent, the journal says so; whatever happens then, the order is not sent
    again unless it is certain that it did not arrive, or the user says so.
    """

    def __init__(self, journal: Journal, service: Service, owner: str, pauses: Pauses) -> None:
        self._journal = journal
        self._service = service
        self._owner = owner
        self._pauses = pauses
        self._unseen: dict[int, int] = {}

    def submit(self, job_id: int, stop: Stop) -> None:
        """Send a waiting order."""
        def sending(job: Job) -> Change | None:
            if job.state is not State.WAITING or job.paused:
                return None
            first = job.submitted or now_text()
            return Change({"state": State.SUBMITTING, "submitted": first, "attempts": 0,
                           "next_attempt": "", "error": {}}, "sending")

        job = self._journal.change(job_id, sending, self._owner)
        if job is None:
            return
        try:
            handle = self._service.submit(job.order, stop)
        except Cancelled:
            raise
        except Exception as err:  # noqa: BLE001 - whatever it is, the order may have arrived
            self._not_submitted(job_id, err)
        else:
            self._ordered(job_id, handle, "ordered")
            self._works()

    def settle(self, job_id: int, stop: Stop) -> None:
        """Find out what became of an order that was about to be sent."""
        job = self._journal.job(job_id)
        if job.state is not State.SUBMITTING:
            return
        try:
            found = self._own_handles(job, stop)
        except Cancelled:
            raise
        except ClmsError as err:
            self.trouble(err)
            return
        self._works()
        if len(found) == 1:
            self._ordered(job_id, found[0], "found")
        elif not found and job.error.get("type") == "OrderRefused":
            self._failed(job_id, job.error)
        elif not found and job.attempts < len(self._pauses.finds):
            self._look_again_later(job_id, self._pauses.finds[job.attempts])
        else:
            self._unclear(job_id, len(found))

    def poll(self, jobs: Sequence[Job], stop: Stop) -> None:
        """Ask after all ordered jobs with one call."""
        try:
            statuses = self._service.poll([job.handle for job in jobs], stop)
        except Cancelled:
            raise
        except ClmsError as err:
            self.trouble(err)
            return
        self._works()
        for job in jobs:
            self._take(job, statuses.get(job.handle, Status("unknown")))

    def clean(self, job_id: int, stop: Stop) -> None:
        """Take a cancelled order back, throw its parts away, forget it if that was wished."""
        job = next((job for job in self._journal.to_clean() if job.id == job_id), None)
        if job is None:
            return
        if job.state is State.CANCELLED:
            try:
                handles = [job.handle] if job.handle else []
                if not handles and job.submitted:
                    handles = self._own_handles(job, stop)
                if len(handles) == 1:
                    self._service.cancel(handles[0], stop)
            except Cancelled:
                raise
            except ClmsError as err:
                if err.retryable:
                    self.trouble(err)
                    return
                _LOG.info("order of job %d was not taken back: %s", job.id, err)
        self._throw_away(job)
        if job.removed:
            self._journal.forget(job.id, self._owner)
        else:
            self._journal.change(
                job.id, lambda _now: Change({"cleanup": False}, "taken_back"), self._owner)

    def trouble(self, error: ClmsError) -> None:
        """Rest, longer after each failure in a row; all that wait for the service see why."""
        name = self._service.name
        known = {trouble.service: trouble for trouble in self._journal.troubles()}.get(name)
        attempts = known.attempts + 1 if known else 1
        wait = self._pauses.after(attempts, error)
        since = known.since if known else now_text()
        self._journal.set_trouble(
            Trouble(name, error_record(error), since, _in(wait), attempts), self._owner)
        _LOG.info("%s: %s; next attempt in %.0f s", name, error, wait)

    def _works(self) -> None:
        if any(trouble.service == self._service.name for trouble in self._journal.troubles()):
            self._journal.clear_trouble(self._service.name, self._owner)

    def _not_submitted(self, job_id: int, error: Exception) -> None:
        """Decide what an error of submit() means for the order."""
        if isinstance(error, OrderRefused) and error.reason == "duplicate":
            self._note_error(job_id, error)
        elif isinstance(error, _NOTHING_SENT):
            self._failed(job_id, error_record(error))
        elif isinstance(error, ClmsError) and _is_unsent(error):
            self._change(job_id, State.SUBMITTING, Change(
                {"state": State.WAITING, "submitted": ""}, "waiting", error_record(error)))
            self.trouble(error)
        else:
            if not isinstance(error, ClmsError):
                _LOG.error("job %d: unexpected %s", job_id, type(error).__name__, exc_info=error)
            self._note_error(job_id, error)

    def _own_handles(self, job: Job, stop: Stop) -> list[str]:
        """Return the orders on the service that equal a job's and belong to no other job."""
        since = moment(job.submitted)
        owners = {handle: self._journal.owner_of(self._service.name, handle)
                  for handle in self._service.find(job.order, since, stop)}
        return [handle for handle, owner in owners.items() if owner is None]

    def _ordered(self, job_id: int, handle: str, event: str) -> None:
        """Note the handle, also of an order that was cancelled while it was on its way."""
        def ordered(job: Job) -> Change | None:
            if job.state is State.SUBMITTING:
                return Change({
                    "state": State.ORDERED, "handle": handle, "service_state": "queued",
                    "error": {}, "attempts": 0, "next_attempt": ""}, event)
            return Change({"handle": handle}) if not job.handle else None

        self._journal.change(job_id, ordered, self._owner)

    def _look_again_later(self, job_id: int, wait: float) -> None:
        self._journal.change(
            job_id, lambda job: Change({"attempts": job.attempts + 1, "next_attempt": _in(wait)})
            if job.state is State.SUBMITTING else None, self._owner)

    def _note_error(self, job_id: int, error: Exception) -> None:
        self._change(job_id, State.SUBMITTING, Change({"error": error_record(error)}))

    def _unclear(self, job_id: int, count: int) -> None:
        error = error_record(OrderUnclear("several" if count else "none", found=count))
        self._change(job_id, State.SUBMITTING, Change(
            {"state": State.UNCLEAR, "error": error, "attempts": 0, "next_attempt": ""},
            "unclear", {"found": count}))

    def _failed(self, job_id: int, error: Any) -> None:
        self._journal.change(
            job_id, lambda job: None if job.state.final else Change(
                {"state": State.FAILED, "error": dict(error)}, "failed", dict(error)),
            self._owner)

    def _change(self, job_id: int, state: State, change: Change) -> None:
        """Change a job if it is still in a state."""
        self._journal.change(
            job_id, lambda job: change if job.state is state else None, self._owner)

    def _take(self, job: Job, status: Status) -> None:
        """Take what the service says about an order."""
        unseen = self._unseen.pop(job.id, 0)
        if status.files:
            self._ready(job.id, status.files)
        elif status.state in ("failed", "cancelled"):
            reason = "cancelled" if status.state == "cancelled" else ""
            self._failed(job.id, error_record(OrderFailed(reason, status.message)))
        elif status.state == "unknown" and unseen + 1 >= _LOST_AFTER:
            self._change(job.id, State.ORDERED, Change(
                {"state": State.UNCLEAR, "error": error_record(OrderUnclear("lost"))},
                "unclear", {"found": 0}))
        elif status.state == "unknown":
            self._unseen[job.id] = unseen + 1
        else:
            self._still_waiting(job, status)

    def _still_waiting(self, job: Job, status: Status) -> None:
        """Note progress at the service; its way back to an earlier state is none."""
        preparing = "preparing" in (job.service_state, status.state) or status.state == "ready"
        state = "preparing" if preparing else "queued"
        if (state, status.message) != (job.service_state, job.message):
            event = "preparing" if state != job.service_state and preparing else ""
            self._change(job.id, State.ORDERED, Change(
                {"service_state": state, "message": status.message}, event))

    def _ready(self, job_id: int, remote: Sequence[RemoteFile]) -> None:
        """Go on to fetching; what is already here of files of the same name counts.

        Parts of an earlier order's files are of no more use.
        """
        stale: list[Path] = []

        def ready(job: Job) -> Change | None:
            if job.state is not State.ORDERED:
                return None
            known = {file.name: file for file in job.files}
            files = []
            for file in remote:
                name = safe_name(file.name)
                old = known.get(name, JobFile(name))
                path = old.path if old.path and Path(old.path).is_file() else ""
                files.append(replace(
                    old, size=file.size or old.size, path=path, url=file.url))
            stale.extend(Path(job.folder) / name for name, file in known.items()
                         if name not in {file.name for file in files} and not file.path)
            size = sum(file.size for file in files)
            return Change(
                {"state": State.DOWNLOADING, "error": {}, "attempts": 0, "next_attempt": ""},
                "downloading", {"files": len(files), "size": size}, files)

        self._journal.change(job_id, ready, self._owner)
        for target in stale:
            _remove_part(target)

    def _throw_away(self, job: Job) -> None:
        """Remove what is of no use without the rest, and folders left empty.

        That is parts that no other job is getting, and, of a service whose archives are
        unpacked into a folder of the job's own, the archives and what is unpacked so far.
        """
        wanted = {(other.folder, file.name) for other in self._journal.jobs()
                  if other.id != job.id and other.state.at_work for file in other.files}
        folder = Path(job.folder)
        for file in job.files:
            if not file.path and (job.folder, file.name) not in wanted:
                _remove_part(folder / file.name)
        if self._service.unpack and job.state not in (State.READY, State.OPENED):
            for path in (*(file.path for file in job.files if file.path), *job.results):
                _remove(Path(path))
        for empty in (folder, folder.parent):
            try:
                empty.rmdir()
            except OSError:
                return


def _remove(path: Path) -> None:
    try:
        path.unlink(missing_ok=True)
    except OSError as err:
        _LOG.info("%s stays: %s", path.name, err.strerror)


def _remove_part(target: Path) -> None:
    try:
        Part(target).remove()
    except ClmsError as err:
        _LOG.info("the part of %s stays: %s", target.name, err)


def _is_unsent(error: ClmsError) -> bool:
    """Return whether it is certain that the service has not taken an order."""
    if isinstance(error, NoConnection):
        return error.reason in ("offline", "tls", "proxy")
    return isinstance(error, ServiceError) and error.facts.get("status") == 429


def _in(seconds: float) -> str:
    return moment_text(datetime.now(timezone.utc) + timedelta(seconds=seconds))
