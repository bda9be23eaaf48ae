"""One file of the EGMS archive on its way, whatever the archive answers (egms.md 5.4)."""

from __future__ import annotations

import threading
from pathlib import Path
from typing import Callable, Mapping

from ..errors import ClmsError, FileBroken, FileMissing, NotAllowed, ServiceError
from ..http.download import fetch
from ..http.session import Http
from ..http.stream import Stream
from ..http.waiting import retry_after
from ..ports import Received, Stop, never
from .archive import EgmsArchive, refusal
from .hits import Hit

Sleep = Callable[[float, Stop], None]
"""Wait some seconds; raise Cancelled soon after stop()."""

SETTLE = 5.0
"""Seconds after which an id that was just given, or a passing fault, may be fine."""
BUSY = 30.0
"""Seconds to wait, times the number of the attempt, when too many files are asked for."""
MOST_BUSY = 10
MOST_MISSING = 2
LONGEST_WAIT = 600.0
"""A wish of the archive for a longer pause ends the attempt."""


class SearchIds:
    """Ids of searches, which open downloads; E and U of a tile share one. Thread-safe."""

    def __init__(self, archive: EgmsArchive) -> None:
        self._archive = archive
        self._lock = threading.Lock()
        self._known: dict[tuple[str, str, str], str] = {}

    def get(self, hit: Hit, stop: Stop) -> str:
        """Return the id for a file, from a new search if there is none."""
        with self._lock:
            known = self._known.get(_place(hit))
        if known:
            return known
        found = self._archive.open_search(hit, stop)
        with self._lock:
            self._known[_place(hit)] = found
        return found

    def forget(self, hit: Hit, search_id: str) -> None:
        """Drop an id that was refused, unless another thread has a newer one already."""
        with self._lock:
            if self._known.get(_place(hit)) == search_id:
                del self._known[_place(hit)]


def _place(hit: Hit) -> tuple[str, str, str]:
    return (hit.level, hit.release, hit.tile or hit.filename)


class Transfer:
    """Downloads one file; run() once."""

    def __init__(
        self, archive: EgmsArchive, http: Http, ids: SearchIds, hit: Hit, target: Path,
        received: Received, stop: Stop, sleep: Sleep,
    ) -> None:
        self._archive = archive
        self._http = _Patient(http)
        self._ids = ids
        self._hit = hit
        self._target = target
        self._tell = received
        self._stop = stop
        self._sleep = sleep
        self._most = 0
        self._begin_anew()

    def run(self) -> Path:
        """Return the complete file."""
        while True:
            search_id = self._ids.get(self._hit, self._stop)
            token = self._archive.tokens.token(self._stop)
            try:
                return fetch(
                    self._http, self._archive.address(self._hit.filename, search_id),
                    self._target, token=token, size=self._hit.size, received=self._received,
                    stop=self._stop)
            except (NotAllowed, ServiceError, FileBroken) as err:
                cause = _meaning(err)
            if isinstance(cause, NotAllowed):
                self._ask_anew(cause, search_id, token)
            elif cause.facts.get("status") == 429:
                self._wait_for_room(cause)
            elif cause.facts.get("status") == 502:
                self._wait_for_file()
            else:
                raise cause

    def _begin_anew(self) -> None:
        self._refused = self._busy = self._missing = 0

    def _received(self, got: int, size: int) -> None:
        """Take progress: whoever sends bytes has forgiven what was before."""
        if got > self._most:
            self._most = got
            self._begin_anew()
        self._tell(got, size)

    def _ask_anew(self, refused: NotAllowed, search_id: str, token: str) -> None:
        """Wait, then search again, then get a new token; then give up.

        Only a 401 can mean that the id is too old or too new.
        """
        steps = 3
        if refused.facts.get("status") != 401:
            self._refused = max(self._refused, steps - 1)
        self._refused += 1
        if self._refused > steps:
            raise refused
        if self._refused == 1:
            self._sleep(SETTLE, self._stop)
        elif self._refused == 2:
            self._ids.forget(self._hit, search_id)
        else:
            self._archive.tokens.renew(self._stop, refused=token)

    def _wait_for_room(self, error: ClmsError) -> None:
        self._busy += 1
        wanted = self._http.wanted_pause
        wait = BUSY * self._busy if wanted is None else wanted
        if self._busy > MOST_BUSY or wait > LONGEST_WAIT:
            raise error
        self._sleep(wait, self._stop)

    def _wait_for_file(self) -> None:
        """A file that does not exist answers 502, as does a passing fault."""
        self._missing += 1
        if self._missing > MOST_MISSING:
            raise FileMissing(name=self._hit.filename)
        self._sleep(SETTLE, self._stop)


def _meaning(error: ClmsError) -> ClmsError:
    """Return what an error of a download means here."""
    if isinstance(error, ServiceError):
        return refusal(error)
    if isinstance(error, FileBroken) and error.reason == "type" and error.detail:
        # A page or a JSON text in place of the file: the archive wants us to log in.
        return NotAllowed("", error.detail, status=200)
    return error


class _Patient(Http):
    """The same connections, but 429 and 502 are left to Transfer: they have rules of their own.

    wanted_pause: seconds of the last Retry-After, None if there was none.
    """

    def __init__(self, http: Http) -> None:
        super().__init__(http.config)
        self._inner = http
        self.wanted_pause: float | None = None

    def open(
        self, url: str, *, headers: Mapping[str, str] | None = None, token: str | None = None,
        stop: Stop = never,
    ) -> Stream:
        """Open with the connections of the session that is shared by all."""
        return self._inner.open(url, headers=headers, token=token, stop=stop)

    def pause_after(
        self, status: int, headers: Mapping[str, str], attempt: int
    ) -> float | None:
        """Return None for 429 and 502, so that they come back at once as errors."""
        if status not in (429, 502):
            return super().pause_after(status, headers, attempt)
        wanted = headers.get("Retry-After")
        self.wanted_pause = retry_after(wanted, headers.get("Date", "")) if wanted else None
        return None
