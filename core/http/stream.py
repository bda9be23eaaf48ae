"""The body of an answer on its way: in pieces, or whole but bounded."""

from __future__ import annotations

import time
from types import TracebackType
from typing import Callable, Mapping
from urllib.parse import urlsplit

import requests
from urllib3.exceptions import IncompleteRead

from ..errors import BadAnswer, Cancelled
from ..ports import Stop
from .answers import Answer
from .transport import FAULTS, no_connection
from .waiting import Line, Watch

LARGEST_BODY = 128 * 1024 * 1024
_PIECE = 1 << 18


class Stream:
    """An answer whose body is read in pieces; use it with `with`.

    done: called at the end, with whether the connection may be used again.
    """

    def __init__(
        self, response: requests.Response, line: Line, stop: Stop, done: Callable[[bool], None]
    ) -> None:
        self.status: int = response.status_code
        self.headers: Mapping[str, str] = response.headers
        self.url: str = response.url
        self._done = done
        self._response = response
        self._stop = stop
        self._line = line
        self._watch = Watch(line, stop)

    def __enter__(self) -> Stream:
        self._watch.__enter__()
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None,
                 trace: TracebackType | None) -> None:
        self._watch.__exit__(kind, error, trace)
        self._response.close()
        self._done(not self._line.is_cut)

    def read(self, size: int) -> bytes:
        """Return up to size bytes as they came over the wire, b"" at the end.

        Raise NoConnection("cut" or "timeout"), Cancelled.
        """
        if self._stop():
            raise Cancelled()
        try:
            data: bytes = self._response.raw.read(size, decode_content=False)
        except FAULTS as err:
            if self._stop():
                raise Cancelled() from None
            if not (_is_short(err) and "Content-Length" in self.headers):
                raise no_connection(err, self.url) from None
            data = b""
        if not data and self._stop():
            raise Cancelled()
        return data

    def answer(self) -> Answer:
        """Return status and the beginning of the body, to make an error of it."""
        return Answer(self.status, self.url, self.headers, self.read(1 << 16))


def _is_short(error: BaseException) -> bool:
    """Return whether the body ended early: some versions of urllib3 compare lengths themselves."""
    return isinstance(error, IncompleteRead) or isinstance(error.__cause__, IncompleteRead)


def whole_body(response: requests.Response, longest: float) -> bytes:
    """Return the decoded body; raise BadAnswer if it never ends, ConnectionError if cut."""
    end = time.monotonic() + 10 * longest
    pieces: list[bytes] = []
    size = 0
    while True:
        piece = response.raw.read(_PIECE, decode_content=True)
        if not piece:
            break
        pieces.append(piece)
        size += len(piece)
        if size > LARGEST_BODY or time.monotonic() > end:
            raise BadAnswer("shape", "endless", host=urlsplit(response.url).hostname)
    has_body = response.request.method != "HEAD"
    announced = response.headers.get("Content-Length", "") if has_body else ""
    if announced.isdigit() and response.raw.tell() < int(announced):
        raise ConnectionResetError("the answer is incomplete")
    return b"".join(pieces)
