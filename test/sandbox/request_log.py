"""What has been asked and how much was sent, for assertions such as "no byte twice"."""

from __future__ import annotations

import threading
from dataclasses import dataclass
from typing import Iterator, Mapping


@dataclass
class Entry:
    """One answered request.

    headers: as sent, lower-case names, without the token itself (authorized tells of it).
    status: 0 if the connection was closed without an answer.
    start, sent: offset in the file and number of body bytes handed to the network.
    body: text of a JSON body; "" for everything else, so no assertion is kept.
    """

    method: str
    path: str
    origin: str
    headers: Mapping[str, str]
    authorized: bool
    body: str
    status: int = 0
    start: int = 0
    sent: int = 0


class RequestLog:
    """All requests since the start, in the order in which they were answered."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._entries: list[Entry] = []

    def add(self, entry: Entry) -> None:
        """Keep one entry."""
        with self._lock:
            self._entries.append(entry)

    def clear(self) -> None:
        """Forget everything."""
        with self._lock:
            self._entries.clear()

    def __iter__(self) -> Iterator[Entry]:
        with self._lock:
            return iter(list(self._entries))

    def __len__(self) -> int:
        return len(self._entries)

    def to(self, path_part: str, method: str = "") -> list[Entry]:
        """Return the requests whose path and query contain path_part."""
        return [entry for entry in self if path_part in entry.path
                and method in ("", entry.method)]

    def ranges(self, path_part: str) -> list[tuple[int, int]]:
        """Return (first, behind last) of the bytes of files that were sent, in order."""
        return [(entry.start, entry.start + entry.sent) for entry in self.to(path_part)
                if entry.status in (200, 206) and entry.sent]
