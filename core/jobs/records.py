"""Jobs, errors and events as plain values, and back."""

from __future__ import annotations

import hashlib
import json
import sqlite3
from dataclasses import dataclass, field
from datetime import datetime, timezone
from typing import Any, Iterable, Iterator, Mapping

from .. import errors
from ..errors import ClmsError
from ..ports import Order
from .job import Job, JobFile, State


@dataclass(frozen=True)
class Event:
    """Something that happened to a job. time: ISO date-time, UTC; kind: a word of EVENTS."""

    time: str
    kind: str
    facts: Mapping[str, Any] = field(default_factory=dict)


class LateJson(Mapping[str, Any]):
    """A JSON object that is parsed when it is first looked into: outlines can be long."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._data: dict[str, Any] | None = None

    def _parsed(self) -> dict[str, Any]:
        if self._data is None:
            self._data = dict(json.loads(self._text))
        return self._data

    def __getitem__(self, key: str) -> Any:
        return self._parsed()[key]

    def __iter__(self) -> Iterator[str]:
        return iter(self._parsed())

    def __len__(self) -> int:
        return len(self._parsed())

    def __repr__(self) -> str:
        return "LateJson(…)"


EVENTS = (
    "added", "sending", "ordered", "found", "unclear", "again", "preparing", "downloading",
    "file", "waiting", "paused", "resumed", "unpacked", "ready", "opened", "failed", "cancelled",
    "taken_back",
)


@dataclass(frozen=True)
class Trouble:
    """A service that could not be reached or did not answer as it should.

    since, next_attempt: ISO date-time, UTC. attempts: failures in a row. error: a record.
    """

    service: str
    error: Mapping[str, Any]
    since: str
    next_attempt: str
    attempts: int


def now_text() -> str:
    """Return the time as the journal writes it."""
    return moment_text(datetime.now(timezone.utc))


def moment_text(moment: datetime) -> str:
    """Return a moment as the journal writes it: ISO, UTC, milliseconds; texts sort by time."""
    return moment.astimezone(timezone.utc).isoformat(timespec="milliseconds")


def moment(text: str) -> datetime:
    """Return the aware moment of a text of the journal."""
    return datetime.fromisoformat(text)


def compact(data: Any) -> str:
    """Return data as canonical JSON."""
    return json.dumps(data, sort_keys=True, separators=(",", ":"), ensure_ascii=False)


def fingerprint(order: Order) -> str:
    """Return the SHA-256 of an order, the same for equal orders."""
    text = compact({"service": order.service, "request": order.request})
    return hashlib.sha256(text.encode()).hexdigest()


def error_record(error: BaseException) -> dict[str, Any]:
    """Return an error as plain data; of an unexpected one the type only: its text may tell all."""
    if not isinstance(error, ClmsError):
        return {"type": "ClmsError", "reason": "unexpected", "detail": type(error).__name__,
                "facts": {}}
    facts = {key: value if isinstance(value, (int, float, bool)) else str(value)
             for key, value in error.facts.items()}
    return {"type": type(error).__name__, "reason": error.reason, "detail": error.detail,
            "facts": facts}


def error_of(record: Mapping[str, Any]) -> ClmsError:
    """Return the error of a record; a plain ClmsError if a newer version wrote its type."""
    kind = getattr(errors, str(record.get("type") or ""), ClmsError)
    if not (isinstance(kind, type) and issubclass(kind, ClmsError)):
        kind = ClmsError
    facts = dict(record.get("facts") or {})
    return kind(str(record.get("reason") or ""), str(record.get("detail") or ""), **facts)


def job_of(
    row: sqlite3.Row, files: Iterable[sqlite3.Row], order: Order, item: Mapping[str, Any]
) -> Job:
    """Return the job of a row of the journal."""
    return Job(
        id=row["id"], title=row["title"], order=order, state=State(row["state"]),
        paused=bool(row["paused"]), fingerprint=row["fingerprint"], handle=row["handle"],
        service_state=row["service_state"], message=row["message"],
        error=json.loads(row["error"]), item=item, folder=row["folder"],
        files=tuple(
            JobFile(file["name"], file["size"], file["received"], file["path"], file["url"])
            for file in files),
        results=tuple(json.loads(row["results"])), created=row["created"],
        updated=row["updated"], rank=row["rank"], submitted=row["submitted"],
        attempts=row["attempts"], next_attempt=row["next_attempt"], cleanup=bool(row["cleanup"]),
        removed=bool(row["removed"]),
    )
