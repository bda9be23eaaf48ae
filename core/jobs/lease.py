"""The lease: of all processes that share a journal, one works on the queue."""

from __future__ import annotations

import os
import secrets
import socket
import sqlite3
import sys
import time
from typing import Callable

from .journal import Journal

STALE = 30.0
"""Seconds without a sign of life after which another process takes over."""
SURE = 20.0
"""Seconds without a sign of life after which the holder itself stops: well before STALE, so that
one who was asleep does not act beside its successor."""
BEAT = 5.0
"""Seconds between two signs of life."""


class Lease:
    """One process's claim to the queue; a new one for every run."""

    def __init__(self, journal: Journal, clock: Callable[[], float] = time.time) -> None:
        self.owner = secrets.token_hex(8)
        self._journal = journal
        self._clock = clock
        self._beat: float | None = None

    def hold(self) -> bool:
        """Take the lease, or keep it; return whether it is ours."""
        now = self._clock()
        if self._beat is not None and 0 <= now - self._beat < BEAT:
            if self._is_ours():
                return True
        with self._journal.write(durable=False) as connection:
            row = connection.execute("SELECT owner, pid, host, beat FROM lease").fetchone()
            if row is not None and row["owner"] != self.owner and _is_valid(row, now):
                self._beat = None
                return False
            connection.execute(
                "INSERT OR REPLACE INTO lease VALUES (1, ?, ?, ?, ?)",
                (self.owner, os.getpid(), socket.gethostname(), now))
        self._beat = now
        return True

    def is_sure(self) -> bool:
        """Return whether nobody else can have taken over; costs nothing, so ask often."""
        return self._beat is not None and 0 <= self._clock() - self._beat < SURE

    def release(self) -> None:
        """Let another process take over at once."""
        if self._beat is None:
            return
        self._beat = None
        with self._journal.write(durable=False) as connection:
            connection.execute("DELETE FROM lease WHERE owner = ?", (self.owner,))

    def _is_ours(self) -> bool:
        with self._journal.reading() as connection:
            row = connection.execute("SELECT owner FROM lease").fetchone()
        return row is not None and row["owner"] == self.owner


def held_elsewhere(journal: Journal, now: float) -> bool:
    """Return whether another process works on the queue."""
    with journal.reading() as connection:
        row = connection.execute("SELECT owner, pid, host, beat FROM lease").fetchone()
    return row is not None and row["pid"] != os.getpid() and _is_valid(row, now)


def _is_valid(row: sqlite3.Row, now: float) -> bool:
    """Return whether the holder of a lease is alive, as far as can be told from here."""
    if abs(now - row["beat"]) > STALE:
        return False
    return row["host"] != socket.gethostname() or is_running(row["pid"])


if sys.platform == "win32":
    import ctypes

    _QUERY = 0x1000
    _STILL_ACTIVE = 259

    def is_running(pid: int) -> bool:
        """Return whether a process of this computer runs."""
        kernel = ctypes.windll.kernel32
        process = kernel.OpenProcess(_QUERY, False, pid)
        if not process:
            return False
        code = ctypes.c_ulong()
        known = kernel.GetExitCodeProcess(process, ctypes.byref(code))
        kernel.CloseHandle(process)
        return not known or code.value == _STILL_ACTIVE
else:
    def is_running(pid: int) -> bool:
        """Return whether a process of this computer runs."""
        try:
            os.kill(pid, 0)
        except ProcessLookupError:
            return False
        except OSError:
            return True
        return True
