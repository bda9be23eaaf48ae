"""A job: our own durable record of one order until its files are on disk and opened."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import Enum
from typing import Any, Mapping

from ..ports import Order


class State(str, Enum):
    """Where a job stands. The text is what the journal holds."""

    WAITING = "waiting"          # ours alone, not sent yet
    SUBMITTING = "submitting"    # about to be sent, or sent and the answer is not known
    ORDERED = "ordered"          # the service has it (queued or being prepared there)
    DOWNLOADING = "downloading"  # files are being fetched
    READY = "ready"              # files are on disk and in the library
    OPENED = "opened"            # and on the map
    UNCLEAR = "unclear"          # the user must say whether to send again
    FAILED = "failed"
    CANCELLED = "cancelled"

    @property
    def final(self) -> bool:
        """Return whether the queue has nothing left to do."""
        return self in (State.READY, State.OPENED, State.FAILED, State.CANCELLED)

    @property
    def at_work(self) -> bool:
        """Return whether the queue goes on by itself; neither final nor the user's turn."""
        return not self.final and self is not State.UNCLEAR


@dataclass(frozen=True)
class JobFile:
    """One file of a job. received, size: bytes; path: where it is, "" until it is complete.

    url: the service's link to it, "" if the service makes one when it is fetched.
    """

    name: str
    size: int = 0
    received: int = 0
    path: str = ""
    url: str = field(default="", repr=False)


@dataclass(frozen=True)
class Job:
    """One order and what became of it; changed only by replacing the record in the journal.

    order: what is sent. fingerprint: SHA-256 of the order, to recognise it again.
    handle: the service's id. service_state: "queued" or "preparing" while ORDERED.
    error: {"type", "reason", "detail", "facts"} of the last ClmsError, else empty.
    item: the cart item it came from, as JSON (area, clip, open_when_ready, citation).
    folder: where its files go. results: paths of the product files when READY.
    created, updated: ISO date-time, UTC. rank: place in the queue, smaller first.
    submitted: ISO date-time, UTC, when the order was first about to be sent.
    attempts: failures in a row; next_attempt: ISO date-time, UTC, before which the queue rests.
    cleanup: the order is to be taken back, and what has arrived to be thrown away.
    removed: the user does not want to see it any more; it goes after the clean-up.
    """

    id: int
    title: str
    order: Order
    state: State = State.WAITING
    paused: bool = False
    fingerprint: str = ""
    handle: str = ""
    service_state: str = ""
    message: str = ""
    error: Mapping[str, Any] = field(default_factory=dict)
    item: Mapping[str, Any] = field(default_factory=dict)
    folder: str = ""
    files: tuple[JobFile, ...] = ()
    results: tuple[str, ...] = ()
    created: str = ""
    updated: str = ""
    rank: int = 0
    submitted: str = ""
    attempts: int = 0
    next_attempt: str = ""
    cleanup: bool = False
    removed: bool = False

    @property
    def received(self) -> int:
        """Return the bytes on disk."""
        return sum(file.received for file in self.files)

    @property
    def size(self) -> int:
        """Return the bytes in all, 0 if a size is not known."""
        sizes = [file.size for file in self.files]
        return sum(sizes) if sizes and all(sizes) else 0
