"""The journal: every job and what happened to it, in one SQLite file of the profile."""

from __future__ import annotations

import json
import queue
import sqlite3
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any, Callable, Iterator, Mapping, Sequence

from ..errors import Cancelled, JournalError
from ..ports import Order
from .job import Job, JobFile
from .records import Event, LateJson, Trouble, compact, fingerprint, job_of, now_text
from .schema import be_patient, connect, journal_errors

_UPDATE = """
UPDATE jobs SET state = ?, paused = ?, cleanup = ?, removed = ?, handle = ?, service_state = ?,
    message = ?, error = ?, results = ?, submitted = ?, attempts = ?, next_attempt = ?, rank = ?,
    updated = ?, revision = revision + 1
WHERE id = ?
"""
_WAITING_CHANGED = """
UPDATE jobs SET revision = revision + 1
WHERE service = ? AND state IN ('waiting', 'submitting', 'ordered')
"""


@dataclass(frozen=True)
class Change:
    """What becomes of a job. values: new values by the field names of Job.

    event, facts: what to note as having happened, "" for nothing.
    files: the new list of its files, None to leave it.
    """

    values: Mapping[str, Any]
    event: str = ""
    facts: Mapping[str, Any] = field(default_factory=dict)
    files: Sequence[JobFile] | None = None


class Journal:
    """The jobs of one profile. Safe to use from several threads and processes.

    owner: where it is asked for, the holder of the queue's lease; a write of one who has lost
    the lease raises Cancelled and changes nothing. Everything raises JournalError("newer",
    "locked", "broken", "removed") and DiskFull.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self._idle: queue.LifoQueue[sqlite3.Connection] = queue.LifoQueue()
        self._orders: dict[int, tuple[Order, Mapping[str, Any]]] = {}
        with self._connection():
            return

    def close(self) -> None:
        """Close the file; it is opened again when the journal is used again."""
        while True:
            try:
                self._idle.get_nowait().close()
            except queue.Empty:
                return

    def jobs(self) -> list[Job]:
        """Return all jobs in the order of the queue."""
        with self.reading() as connection:
            rows = connection.execute(
                "SELECT * FROM changing WHERE NOT removed ORDER BY rank, id").fetchall()
            files: dict[int, list[sqlite3.Row]] = {}
            for file in connection.execute("SELECT * FROM files ORDER BY job, rowid"):
                files.setdefault(file["job"], []).append(file)
            return [self._job(connection, row, files.get(row["id"], ())) for row in rows]

    def job(self, job_id: int) -> Job:
        """Return one job; JournalError("removed") if it is gone."""
        with self.reading() as connection:
            return self._read(connection, job_id)

    def to_clean(self) -> list[Job]:
        """Return the jobs with something to be taken back or thrown away, removed ones too."""
        with self.reading() as connection:
            ids = [row["id"] for row in connection.execute(
                "SELECT id FROM jobs WHERE cleanup ORDER BY id")]
            return [self._read(connection, job_id, removed=True) for job_id in ids]

    def stamps(self) -> dict[int, tuple[int, int]]:
        """Return numbers by job id that change with every change of the job or its files."""
        with self.reading() as connection:
            rows = connection.execute(
                "SELECT id, revision, (SELECT total(received) FROM files WHERE job = jobs.id)"
                " FROM jobs WHERE NOT removed")
            return {row[0]: (row[1], int(row[2])) for row in rows}

    def events(self, job_id: int) -> list[Event]:
        """Return what happened to a job, oldest first."""
        with self.reading() as connection:
            rows = connection.execute(
                "SELECT time, kind, facts FROM events WHERE job = ? ORDER BY id", (job_id,))
            return [Event(row["time"], row["kind"], json.loads(row["facts"])) for row in rows]

    def owner_of(self, service: str, handle: str) -> int | None:
        """Return the job that a handle belongs, or once belonged, to."""
        with self.reading() as connection:
            row = connection.execute(
                "SELECT job FROM handles WHERE service = ? AND handle = ?",
                (service, handle)).fetchone()
            return None if row is None else int(row["job"])

    def add(
        self, title: str, order: Order, item: Mapping[str, Any],
        folder: Callable[[Callable[[Path], bool]], Path],
    ) -> Job:
        """Add a job at the end of the queue.

        folder: takes a function that tells whether a job has a folder, returns the new job's.
        """
        now = now_text()
        with self.write() as connection:
            used = {row["folder"] for row in connection.execute("SELECT folder FROM jobs")}
            where = folder(lambda path: str(path) in used)
            number = connection.execute(
                "INSERT INTO jobs (title, service, request, item, fingerprint, folder, created,"
                " updated, rank) VALUES (?, ?, ?, ?, ?, ?, ?, ?,"
                " (SELECT coalesce(max(rank), 0) + 1 FROM jobs))",
                (title, order.service, compact(order.request), compact(item), fingerprint(order),
                 str(where), now, now)).lastrowid or 0
            self._note(connection, number, "added", {})
            return self._read(connection, number)

    def change(
        self, job_id: int, make: Callable[[Job], Change | None], owner: str = "",
        durable: bool = True,
    ) -> Job | None:
        """Change a job in one step; return it, or None if nothing changed.

        make: takes the job as it is now, returns what becomes of it, None for nothing.
        A job that is gone is not changed. durable: survives a power cut from now on.
        """
        with self.write(owner, durable) as connection:
            try:
                job = self._read(connection, job_id, removed=True)
            except JournalError:
                return None
            change = make(job)
            if change is None:
                return None
            self._apply(connection, job, change)
            return self._read(connection, job_id, removed=True)

    def progress(self, job_id: int, name: str, received: int, size: int, owner: str) -> None:
        """Note how much of a file has arrived."""
        with self.write(owner, durable=False) as connection:
            connection.execute(
                "UPDATE files SET received = ?, size = max(size, ?) WHERE job = ? AND name = ?",
                (received, size, job_id, name))

    def forget(self, job_id: int, owner: str) -> None:
        """Delete a job's record; its handles stay known."""
        with self.write(owner) as connection:
            connection.execute("DELETE FROM files WHERE job = ?", (job_id,))
            connection.execute("DELETE FROM events WHERE job = ?", (job_id,))
            connection.execute("DELETE FROM jobs WHERE id = ?", (job_id,))
        self._orders.pop(job_id, None)

    def troubles(self) -> list[Trouble]:
        """Return the services that do not work at present."""
        with self.reading() as connection:
            rows = connection.execute("SELECT * FROM troubles ORDER BY service")
            return [Trouble(row["service"], json.loads(row["error"]), row["since"],
                            row["next_attempt"], row["attempts"]) for row in rows]

    def set_trouble(self, trouble: Trouble, owner: str = "") -> None:
        """Note that a service does not work."""
        with self.write(owner, durable=False) as connection:
            connection.execute(
                "INSERT OR REPLACE INTO troubles VALUES (?, ?, ?, ?, ?)",
                (trouble.service, compact(trouble.error), trouble.since, trouble.next_attempt,
                 trouble.attempts))
            connection.execute(_WAITING_CHANGED, (trouble.service,))

    def clear_trouble(self, service: str, owner: str = "") -> None:
        """Note that a service works."""
        with self.write(owner, durable=False) as connection:
            connection.execute("DELETE FROM troubles WHERE service = ?", (service,))
            connection.execute(_WAITING_CHANGED, (service,))

    def hurry(self, service: str) -> None:
        """Make the next attempt to reach a service due now."""
        with self.write(durable=False) as connection:
            connection.execute(
                "UPDATE troubles SET next_attempt = '' WHERE service = ?", (service,))
            connection.execute(_WAITING_CHANGED, (service,))

    @contextmanager
    def write(self, owner: str = "", durable: bool = True) -> Iterator[sqlite3.Connection]:
        """Write in one step, all or nothing."""
        with self._connection() as connection:
            synchronous = "PRAGMA synchronous=FULL" if durable else "PRAGMA synchronous=NORMAL"
            connection.execute(synchronous)
            be_patient(connection, bool(owner))
            connection.execute("BEGIN IMMEDIATE")
            if owner:
                row = connection.execute("SELECT owner FROM lease").fetchone()
                if row is None or row["owner"] != owner:
                    raise Cancelled("lease")
            yield connection
            connection.execute("COMMIT")

    def _apply(self, connection: sqlite3.Connection, job: Job, change: Change) -> None:
        new = replace(job, **change.values)
        connection.execute(_UPDATE, (
            new.state.value, new.paused, new.cleanup, new.removed, new.handle, new.service_state,
            new.message, compact(new.error), compact(new.results), new.submitted, new.attempts,
            new.next_attempt, new.rank, now_text(), job.id))
        if new.handle:
            connection.execute(
                "INSERT OR IGNORE INTO handles VALUES (?, ?, ?)",
                (job.order.service, new.handle, job.id))
        if change.files is not None:
            connection.execute("DELETE FROM files WHERE job = ?", (job.id,))
            connection.executemany(
                "INSERT INTO files VALUES (?, ?, ?, ?, ?, ?)",
                [(job.id, file.name, file.size, file.received, file.path, file.url)
                 for file in change.files])
        if change.event:
            self._note(connection, job.id, change.event, change.facts)

    def _note(
        self, connection: sqlite3.Connection, job_id: int, kind: str, facts: Mapping[str, Any]
    ) -> None:
        connection.execute(
            "INSERT INTO events (job, time, kind, facts) VALUES (?, ?, ?, ?)",
            (job_id, now_text(), kind, compact(facts)))

    def _read(
        self, connection: sqlite3.Connection, job_id: int, removed: bool = False
    ) -> Job:
        row = connection.execute(
            "SELECT * FROM changing WHERE id = ?", (job_id,)).fetchone()
        if row is None or (row["removed"] and not removed):
            raise JournalError("removed", job=job_id)
        files = connection.execute(
            "SELECT * FROM files WHERE job = ? ORDER BY rowid", (job_id,)).fetchall()
        return self._job(connection, row, files)

    def _job(
        self, connection: sqlite3.Connection, row: sqlite3.Row, files: Sequence[sqlite3.Row]
    ) -> Job:
        """Return a job; the order and the item, which never change, are read only once."""
        known = self._orders.get(row["id"])
        if known is None:
            fixed = connection.execute(
                "SELECT service, request, item FROM jobs WHERE id = ?", (row["id"],)).fetchone()
            known = (Order(fixed["service"], LateJson(fixed["request"])), LateJson(fixed["item"]))
            self._orders[row["id"]] = known
        return job_of(row, files, *known)

    @contextmanager
    def reading(self) -> Iterator[sqlite3.Connection]:
        """Read in one transaction, so that what is read belongs together."""
        with self._connection() as connection:
            connection.execute("BEGIN")
            yield connection
            connection.execute("COMMIT")

    @contextmanager
    def _connection(self) -> Iterator[sqlite3.Connection]:
        """Lend a connection; what was begun with it and not ended is undone."""
        with journal_errors(self.path):
            connection = self._open()
            try:
                yield connection
            except BaseException:
                if connection.in_transaction:
                    connection.execute("ROLLBACK")
                raise
            finally:
                self._idle.put(connection)

    def _open(self) -> sqlite3.Connection:
        try:
            return self._idle.get_nowait()
        except queue.Empty:
            return connect(self.path)
