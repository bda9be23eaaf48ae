"""Misbehaviour that can be switched on per request, per path or for a time.

Transport faults (kind: options)
    delay: delay=seconds             wait, then answer as usual
    status: code=, text=, retry_after=   another status, with an HTML body as a proxy sends it
            json=                    that object as the body instead
    html: code=200                   a web page instead of the answer
    truncate: keep=0.5               JSON (or any body) cut to this share, headers consistent
    cut: after=bytes                 full Content-Length, connection closed after that many bytes
    drop:                            the request is carried out, then closed without any answer
    refuse:                          closed at once, the request is not carried out
    short: keep=bytes                the file ends there and all headers agree
    type: type="text/html"           another Content-Type
    corrupt: at=offset, count=1      bytes of the file inverted from this offset on (-1: middle)
    stall: after=bytes, delay=60     stop sending for so long
    slow: rate=bytes per second
    no_range:                        the Range header is ignored
    wrong_range: shift=1             206 for another range than asked for
    redirect: to=URL                 302
    expired: code=404                a result link that no longer works
    bare_list:                       [] instead of the object
    stale_host: host=                former host names in all addresses of the answer
    clock: offset=seconds            the server's clock (Date header, token check) is ahead by that

Faults that the services themselves carry out
    backwards: status="Queued"       the tasks of this answer show an earlier state
    fme_refuses: later=None|"finish" 500 "all requests failed", the task stays queued
    empty_lists: create=False        201 with empty lists
    outcome: status=, message=       the order ends as Rejected, Finished_nok …
    zip: what="crc"|"slip"|"absolute"|"link"|"bomb"   the next result archive is a bad one
"""

from __future__ import annotations

import threading
import time
from dataclasses import dataclass, field
from typing import Any, Iterable, Iterator

from .answers import Request

TRANSPORT = ("delay", "status", "html", "truncate", "cut", "drop", "refuse", "short", "type",
             "corrupt", "stall", "slow", "no_range", "wrong_range", "redirect", "expired",
             "bare_list", "stale_host", "clock")
DOMAIN = ("backwards", "fme_refuses", "empty_lists", "outcome", "zip")


@dataclass
class Fault:
    """One fault. used: how often it has struck. until: monotonic time of its end, or None."""

    path_part: str
    kind: str
    times: int | None = 1
    until: float | None = None
    method: str = ""
    skip: int = 0
    options: dict[str, Any] = field(default_factory=dict)
    used: int = 0

    def option(self, name: str, default: Any) -> Any:
        """Return an option of this fault."""
        return self.options.get(name, default)

    @property
    def over(self) -> bool:
        """Return whether the fault will not strike again."""
        spent = self.times is not None and self.used >= self.times
        return spent or (self.until is not None and time.monotonic() > self.until)


class Faults:
    """The faults that are switched on; safe to change while requests are being answered."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._faults: list[Fault] = []

    def add(self, path_part: str, kind: str, times: int | None = 1,
            seconds: float | None = None, method: str = "", skip: int = 0,
            **options: Any) -> Fault:
        """Switch on a fault for requests whose path and query contain path_part.

        times: how often it strikes (None = no limit). seconds: how long it stays on.
        method: only for this HTTP method. skip: leave that many requests alone first.
        options: see the table at the top of this module.
        """
        if kind not in TRANSPORT + DOMAIN:
            raise ValueError(f"unknown fault: {kind}")
        until = None if seconds is None else time.monotonic() + seconds
        fault = Fault(path_part, kind, times, until, method.upper(), skip, options)
        with self._lock:
            self._faults.append(fault)
        return fault

    def remove(self, fault: Fault) -> None:
        """Switch one fault off."""
        with self._lock:
            self._faults = [other for other in self._faults if other is not fault]

    def clear(self) -> None:
        """Switch all faults off."""
        with self._lock:
            self._faults.clear()

    def strike(self, request: Request) -> dict[str, Fault]:
        """Return the transport faults that hit this request, by kind, and count them."""
        return self._take(request.raw, request.method, TRANSPORT)

    def take(self, kind: str, path: str, method: str = "") -> Fault | None:
        """Return the fault of this kind that hits a service at path, and count it."""
        return self._take(path, method, (kind,)).get(kind)

    def clock_offset(self) -> float:
        """Return by how many seconds the server's clock is ahead, uncounted."""
        with self._lock:
            clocks = [f for f in self._faults if f.kind == "clock" and not f.over]
        return sum(float(fault.option("offset", 3600)) for fault in clocks)

    def __iter__(self) -> Iterator[Fault]:
        with self._lock:
            return iter([fault for fault in self._faults if not fault.over])

    def _take(self, path: str, method: str, kinds: Iterable[str]) -> dict[str, Fault]:
        hits: dict[str, Fault] = {}
        with self._lock:
            self._faults = [fault for fault in self._faults if not fault.over]
            for fault in self._faults:
                if fault.kind not in kinds or fault.kind in hits or fault.path_part not in path:
                    continue
                if fault.method and method and fault.method != method:
                    continue
                if fault.skip:
                    fault.skip -= 1
                    continue
                fault.used += 1
                hits[fault.kind] = fault
        return hits
