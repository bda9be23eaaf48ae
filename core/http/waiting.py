"""Waiting that ends at once when the user stops: pauses, and calls that block on a socket."""

from __future__ import annotations

import logging
import queue
import socket
import threading
import time
from email.utils import parsedate_to_datetime
from types import TracebackType
from typing import Callable, TypeVar

from ..errors import Cancelled
from ..ports import Stop

TICK = 0.1
"""Seconds between two looks at stop()."""
LONGEST_PAUSE = 60.0
"""A service that wants a longer pause is not asked again; the caller decides."""
JITTER = (1.0, 0.8, 1.2, 0.9, 1.1)
"""So that many clients do not come back at the same moment."""

_LOG = logging.getLogger("clms_explorer.http")
_current = threading.local()
Result = TypeVar("Result")


def pause(seconds: float, stop: Stop) -> None:
    """Wait; raise Cancelled within TICK of stop()."""
    end = time.monotonic() + seconds
    while True:
        if stop():
            raise Cancelled()
        rest = end - time.monotonic()
        if rest <= 0:
            return
        time.sleep(min(TICK, rest))


def pause_before(attempt: int, first: float, wanted: float | None) -> float | None:
    """Return the seconds before repetition number `attempt` (0, 1, …), None to give up.

    wanted: what the service asked for (Retry-After).
    """
    if wanted is not None:
        return wanted if wanted <= LONGEST_PAUSE else None
    return first * 2.0 ** attempt * JITTER[attempt % len(JITTER)]


def retry_after(value: str, date: str) -> float | None:
    """Return the seconds of a Retry-After header; date: the Date header of the same answer."""
    if value.strip().isdigit():
        return float(value)
    try:
        wait = (parsedate_to_datetime(value) - parsedate_to_datetime(date)).total_seconds()
    except (TypeError, ValueError, IndexError):
        return None
    return max(0.0, wait)


class Line:
    """The socket of one exchange, so that another thread can cut it."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._sock: socket.socket | None = None
        self.is_cut = False

    def opened(self, sock: socket.socket) -> None:
        """Take note of the socket; raise ConnectionAbortedError if the user has stopped."""
        with self._lock:
            self._sock = sock
            if self.is_cut:
                raise ConnectionAbortedError("stopped")

    def cut(self) -> None:
        """End the exchange: whoever waits on the socket gets an error now."""
        with self._lock:
            self.is_cut = True
            if self._sock is None:
                return
            try:
                # The method of the base class: that of a TLS socket would first drop the
                # TLS state that the reading thread is still using.
                socket.socket.shutdown(self._sock, socket.SHUT_RDWR)
            except OSError as err:
                _LOG.debug("connection was closed already: %s", err)


def note_socket(sock: socket.socket) -> None:
    """Tell the line of this thread's exchange which socket it uses."""
    line: Line | None = getattr(_current, "line", None)
    if line is not None:
        line.opened(sock)


def call(work: Callable[[], Result], line: Line, stop: Stop) -> Result:
    """Return work(), done in a thread of its own; on stop() cut the line and raise Cancelled.

    A thread is needed because looking up a name and connecting cannot be interrupted. It ends
    by itself soon after, and line.is_cut tells it that nobody wants its result.
    """
    done: queue.SimpleQueue[tuple[Result | None, BaseException | None]] = queue.SimpleQueue()

    def run() -> None:
        _current.line = line
        try:
            done.put((work(), None))
        except BaseException as err:
            done.put((None, err))

    if stop():
        raise Cancelled()
    threading.Thread(target=run, name="clms-http", daemon=True).start()
    while True:
        try:
            result, error = done.get(timeout=TICK)
        except queue.Empty:
            if stop():
                line.cut()
                raise Cancelled() from None
            continue
        if error is not None:
            raise error
        return result  # type: ignore[return-value]


class Watch:
    """While inside, stop() cuts the line, so that a blocked read of this thread ends."""

    def __init__(self, line: Line, stop: Stop) -> None:
        self._line = line
        self._stop = stop
        self._done = threading.Event()

    def __enter__(self) -> Watch:
        threading.Thread(target=self._run, name="clms-watch", daemon=True).start()
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None,
                 trace: TracebackType | None) -> None:
        self._done.set()

    def _run(self) -> None:
        while not self._done.wait(TICK):
            if self._stop():
                self._line.cut()
                return
