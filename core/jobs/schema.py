"""The file of the journal: its tables, its version, and what its errors mean."""

from __future__ import annotations

import sqlite3
import time
from contextlib import contextmanager
from pathlib import Path
from typing import Iterator

from ..errors import DiskFull, JournalError
from ..files import disk_errors

VERSION = 1
BUSY_SECONDS = 5.0
"""How long a write waits for that of another thread or process; writes take milliseconds."""

PATIENT_SECONDS = 30.0
"""The same for the outcome of work, which is not to be lost while a disk is slow."""
_RETRY_SECONDS = 0.02

_TABLES = """
CREATE TABLE jobs (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    title TEXT NOT NULL,
    service TEXT NOT NULL,
    request TEXT NOT NULL,
    item TEXT NOT NULL,
    fingerprint TEXT NOT NULL,
    folder TEXT NOT NULL,
    created TEXT NOT NULL,
    updated TEXT NOT NULL,
    rank INTEGER NOT NULL,
    state TEXT NOT NULL DEFAULT 'waiting',
    paused INTEGER NOT NULL DEFAULT 0,
    cleanup INTEGER NOT NULL DEFAULT 0,
    removed INTEGER NOT NULL DEFAULT 0,
    handle TEXT NOT NULL DEFAULT '',
    service_state TEXT NOT NULL DEFAULT '',
    message TEXT NOT NULL DEFAULT '',
    error TEXT NOT NULL DEFAULT '{}',
    results TEXT NOT NULL DEFAULT '[]',
    submitted TEXT NOT NULL DEFAULT '',
    attempts INTEGER NOT NULL DEFAULT 0,
    next_attempt TEXT NOT NULL DEFAULT '',
    revision INTEGER NOT NULL DEFAULT 0
);
CREATE VIEW changing AS
    SELECT id, title, state, paused, cleanup, removed, fingerprint, handle, service_state, message,
           error, folder, results, created, updated, rank, submitted, attempts, next_attempt
    FROM jobs;
CREATE TABLE files (
    job INTEGER NOT NULL,
    name TEXT NOT NULL,
    size INTEGER NOT NULL,
    received INTEGER NOT NULL,
    path TEXT NOT NULL,
    url TEXT NOT NULL,
    PRIMARY KEY (job, name)
);
CREATE TABLE handles (
    service TEXT NOT NULL,
    handle TEXT NOT NULL,
    job INTEGER NOT NULL,
    PRIMARY KEY (service, handle)
);
CREATE TABLE events (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    job INTEGER NOT NULL,
    time TEXT NOT NULL,
    kind TEXT NOT NULL,
    facts TEXT NOT NULL
);
CREATE INDEX events_of_job ON events (job);
CREATE TABLE troubles (
    service TEXT PRIMARY KEY,
    error TEXT NOT NULL,
    since TEXT NOT NULL,
    next_attempt TEXT NOT NULL,
    attempts INTEGER NOT NULL
);
CREATE TABLE lease (
    one INTEGER PRIMARY KEY CHECK (one = 1),
    owner TEXT NOT NULL,
    pid INTEGER NOT NULL,
    host TEXT NOT NULL,
    beat REAL NOT NULL
);
"""


def connect(path: Path) -> sqlite3.Connection:
    """Open the journal, make its tables if it is new; JournalError, DiskFull.

    Where two processes make or recover the journal at the same moment, SQLite says "locked"
    without waiting; so this waits.
    """
    end = time.monotonic() + BUSY_SECONDS
    while True:
        try:
            return _connect(path)
        except JournalError as err:
            if err.reason != "locked" or time.monotonic() > end:
                raise
        time.sleep(_RETRY_SECONDS)


def _connect(path: Path) -> sqlite3.Connection:
    with disk_errors(path.parent), journal_errors(path):
        path.parent.mkdir(parents=True, exist_ok=True)
        connection = sqlite3.connect(
            str(path), timeout=BUSY_SECONDS, isolation_level=None, check_same_thread=False)
        try:
            connection.row_factory = sqlite3.Row
            _prepare(connection)
        except BaseException:
            connection.close()
            raise
        return connection


def be_patient(connection: sqlite3.Connection, patient: bool) -> None:
    """Set how long the next writes wait for others."""
    seconds = PATIENT_SECONDS if patient else BUSY_SECONDS
    connection.execute(f"PRAGMA busy_timeout={round(1000 * seconds)}")


def _prepare(connection: sqlite3.Connection) -> None:
    version = _version(connection)
    if version > VERSION:
        raise JournalError("newer", version=version)
    if version == VERSION:
        return
    connection.execute("PRAGMA journal_mode=WAL")
    connection.execute("BEGIN IMMEDIATE")
    if not _version(connection):
        for statement in _TABLES.split(";"):
            connection.execute(statement)
        connection.execute(f"PRAGMA user_version={VERSION}")
    connection.execute("COMMIT")


def _version(connection: sqlite3.Connection) -> int:
    return int(connection.execute("PRAGMA user_version").fetchone()[0])


@contextmanager
def journal_errors(path: Path) -> Iterator[None]:
    """Turn the errors of SQLite inside into JournalError or DiskFull."""
    try:
        yield
    except sqlite3.Error as err:
        words = str(err)
        if "locked" in words or "busy" in words:
            raise JournalError("locked", words) from err
        if "full" in words or "disk I/O" in words:
            raise DiskFull("full", words, folder=str(path.parent), needed=0) from err
        if "readonly" in words or "unable to open" in words:
            raise DiskFull("denied", words, folder=str(path.parent), needed=0) from err
        raise JournalError("broken", words) from err
