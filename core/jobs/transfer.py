"""From a result on a service to files in the library: fetch, unpack, describe."""

from __future__ import annotations

import logging
import time
from dataclasses import replace
from datetime import datetime, timedelta, timezone
from pathlib import Path
from typing import Any

from ..cart.item import CartItem
from ..errors import (
    Cancelled, ClmsError, DiskFull, FileBroken, FileMissing, JournalError, LinkExpired,
)
from ..files import disk_errors
from ..http.archive import unzip
from ..http.part import Part, alone
from ..library.entry import LibraryEntry
from ..library.library import SIDE_CAR, Library
from ..ports import RemoteFile, Service, Stop
from .job import Job, JobFile, State
from .journal import Change, Journal
from .pauses import Pauses
from .records import error_record, moment, moment_text

_LOG = logging.getLogger("clms_explorer.jobs")
_NOTES = 0.3
"""Seconds between two notes of progress in the journal."""
_MOST_BROKEN = 3
"""Attempts after which a file that arrives broken is given up."""
_LOCK = ".unpacking.lock"
_GOOD_START = 1 << 20
"""Bytes after which a failure counts as the first one again."""


class Transfer:
    """Gets the files of one service's jobs; safe to use from several threads."""

    def __init__(
        self, journal: Journal, service: Service, library: Library, owner: str, pauses: Pauses
    ) -> None:
        self._journal = journal
        self._service = service
        self._library = library
        self._owner = owner
        self._pauses = pauses

    def fetch(self, job_id: int, name: str, stop: Stop) -> None:
        """Download one file of a job."""
        job = self._journal.job(job_id)
        file = _file(job, name)
        if job.state is not State.DOWNLOADING or file is None or file.path:
            return
        notes = _Notes(self._journal, job_id, name, self._owner)
        remote = RemoteFile(file.name, file.size, file.url)
        try:
            path = self._service.fetch(job.order, remote, Path(job.folder), notes, stop)
            with disk_errors(path.parent):
                size = path.stat().st_size
        except Cancelled:
            notes.write()
            raise
        except Exception as err:  # noqa: BLE001 - the user sees it at the job
            notes.received = max(notes.received, Part(Path(job.folder) / name).size)
            notes.write()
            self._not_fetched(job_id, _known(err), notes.received - file.received)
        else:
            self._arrived(job_id, name, path, size)

    def finish(self, job_id: int, stop: Stop) -> None:
        """Unpack what has arrived, write the side-car, call the job ready; in any order of kills.

        Results are noted before the side-car is written, the side-car before the archives go,
        and the job is ready last: each step can be done again, and none is left out.
        """
        job = self._journal.job(job_id)
        if job.state is not State.DOWNLOADING:
            return
        try:
            results = self._results(job, stop)
            self._describe(job, results)
            if self._service.unpack:
                self._remove_archives(job, results)
            self._sweep(job)
        except Cancelled:
            raise
        except Exception as err:  # noqa: BLE001 - the user sees it at the job
            self._not_finished(job_id, _known(err))
            return
        self._change(job_id, Change(
            {"state": State.READY, "error": {}, "message": "", "attempts": 0, "next_attempt": ""},
            "ready", {"files": len(results)}))

    def _results(self, job: Job, stop: Stop) -> tuple[str, ...]:
        """Return the product files; unpack them unless that was done before."""
        if job.results and all(Path(result).is_file() for result in job.results):
            return job.results
        for file in job.files:
            if not Path(file.path).is_file():
                raise FileMissing("gone", name=file.name)
        paths = [Path(file.path) for file in job.files]
        if self._service.unpack:
            folder = Path(job.folder)
            # A process that has lost the lease while it slept may still be at it.
            with alone(folder / _LOCK, stop):
                paths = [result for path in paths
                         for result in unzip(path, folder, stop, lambda _share: None)]
        results = tuple(str(path) for path in paths)
        self._change(job.id, Change({"results": results}, "unpacked", {"files": len(results)}))
        return results

    def _describe(self, job: Job, results: tuple[str, ...]) -> None:
        """Write the side-car."""
        folder = Path(job.folder)
        ordered = moment(job.submitted or job.created).astimezone().date().isoformat()
        with disk_errors(folder):
            entry = LibraryEntry.of_order(
                CartItem.from_json(job.item), folder, results, ordered)
        self._library.write(entry)

    def _remove_archives(self, job: Job, results: tuple[str, ...]) -> None:
        for file in job.files:
            if file.path and file.path not in results:
                with disk_errors(Path(job.folder)):
                    Path(file.path).unlink(missing_ok=True)

    def _sweep(self, job: Job) -> None:
        """Remove what a kill between writing and renaming has left of our own notes."""
        ours = tuple(f".{file.name}.part.json." for file in job.files) + (f".{SIDE_CAR}.",)
        folder = Path(job.folder)
        with disk_errors(folder):
            for path in folder.iterdir():
                if path.name.startswith(ours):
                    path.unlink(missing_ok=True)

    def _arrived(self, job_id: int, name: str, path: Path, size: int) -> None:
        def arrived(job: Job) -> Change | None:
            files = _with(job, name, size=size, received=size, path=str(path))
            going = job.state is State.DOWNLOADING and not job.paused
            values = {"attempts": 0, "next_attempt": "", "error": {}} if going else {}
            return Change(values, "file", {"name": name, "size": size}, files)

        self._journal.change(job_id, arrived, self._owner)

    def _not_fetched(self, job_id: int, error: ClmsError, gained: int) -> None:
        """Wait and try again where that can help; else it is the user's turn."""
        def failed(job: Job) -> Change | None:
            if job.state is not State.DOWNLOADING:
                return None
            attempts = 1 if gained >= _GOOD_START else job.attempts + 1
            broken = isinstance(error, FileBroken) and attempts >= _MOST_BROKEN
            if error.retryable and not broken:
                return self._later(attempts, error)
            return _given_up(job, error)

        self._journal.change(job_id, failed, self._owner)
        _LOG.info("job %d: %s", job_id, error)

    def _not_finished(self, job_id: int, error: ClmsError) -> None:
        def failed(job: Job) -> Change | None:
            if job.state is not State.DOWNLOADING:
                return None
            if isinstance(error, FileMissing):
                # The user has moved an archive away before it was unpacked: get it again.
                return self._later(job.attempts + 1, error, _absent(job))
            return _given_up(job, error)

        job = self._journal.change(job_id, failed, self._owner)
        if job is not None and isinstance(error, FileBroken):
            self._remove_archives(job, ())
        _LOG.info("job %d: %s", job_id, error)

    def _later(
        self, attempts: int, error: ClmsError, files: tuple[JobFile, ...] | None = None
    ) -> Change:
        wait = self._pauses.after(attempts, error)
        at = moment_text(datetime.now(timezone.utc) + timedelta(seconds=wait))
        record = error_record(error)
        return Change({"error": record, "attempts": attempts, "next_attempt": at}, "waiting",
                      record, files)

    def _change(self, job_id: int, change: Change) -> None:
        """Change a job unless the user has taken it back meanwhile."""
        job = self._journal.change(
            job_id, lambda now: change if now.state is State.DOWNLOADING else None, self._owner)
        if job is None:
            raise Cancelled()


class _Notes:
    """Notes of progress, a few times a second; a Received."""

    def __init__(self, journal: Journal, job_id: int, name: str, owner: str) -> None:
        self.received = 0
        self._size = 0
        self._written = -1
        self._at = 0.0
        self._journal, self._job_id, self._name, self._owner = journal, job_id, name, owner

    def __call__(self, received: int, size: int) -> None:
        self.received, self._size = received, size
        now = time.monotonic()
        if now - self._at >= _NOTES:
            self._at = now
            self.write()

    def write(self) -> None:
        """Write the latest figures; a journal that is busy or full must not end a download."""
        if self._written == self.received or not self.received:
            return
        try:
            self._journal.progress(
                self._job_id, self._name, self.received, self._size, self._owner)
            self._written = self.received
        except (JournalError, DiskFull) as err:
            _LOG.debug("progress was not noted: %s", err)


def _known(error: Exception) -> ClmsError:
    """Return an error as one of ours; one that should not exist goes to the log in full."""
    if isinstance(error, ClmsError):
        return error
    _LOG.error("unexpected %s", type(error).__name__, exc_info=error)
    return ClmsError("unexpected", type(error).__name__)


def _file(job: Job, name: str) -> JobFile | None:
    return next((file for file in job.files if file.name == name), None)


def _with(job: Job, name: str, **values: Any) -> tuple[JobFile, ...]:
    return tuple(
        replace(file, **values) if file.name == name else file for file in job.files)


def _absent(job: Job) -> tuple[JobFile, ...]:
    """Return the files, those without their archive as not yet fetched."""
    return tuple(
        file if Path(file.path).is_file() else replace(file, path="", received=0)
        for file in job.files)


def _given_up(job: Job, error: ClmsError) -> Change:
    """A full disk waits for the user to make room; everything else has failed."""
    record = error_record(error)
    if isinstance(error, LinkExpired) and job.size:
        record["facts"].update(kept=job.received, size=job.size)
    if isinstance(error, DiskFull):
        return Change({"paused": True, "error": record}, "waiting", record)
    return Change({"state": State.FAILED, "error": record}, "failed", record)
