"""Downloads that are gone on with, checked, and complete or not there at all."""

from __future__ import annotations

import re
import shutil
import time
from pathlib import Path

from ..errors import (
    BadAnswer, ClmsError, DiskFull, FileBroken, FileMissing, LinkExpired, NoConnection, NotAllowed,
)
from ..files import disk_errors
from ..ports import Received, Stop, never
from .answers import TEMPORARY
from .archive import check_zip
from .part import Note, Part, alone
from .session import Http
from .stream import Stream
from .waiting import pause

SMALLEST_PIECE, LARGEST_PIECE = 1 << 16, 1 << 20
PROGRESS = 1 << 20
"""Bytes that make an interrupted attempt count as a success: the retries start anew."""
_RANGE = re.compile(r"bytes (\d+)-(\d+)/(\d+|\*)")
_NO_FILE = ("text/html", "application/json", "application/problem+json")
_ZIP_STARTS = (b"PK\x03\x04", b"PK\x05\x06")


def _ignore(_received: int, _size: int) -> None:
    """Take no notice of progress."""


def fetch(
    http: Http, url: str, target: Path, *, token: str | None = None, size: int = 0,
    kind: str = "zip", received: Received = _ignore, stop: Stop = never,
    retries: int | None = None,
) -> Path:
    """Download a file, going on from what is there; return target.

    token: for files of an API; without it the address is a result link. size: expected bytes,
    0 if unknown. kind: "zip" (start, structure and checksums are tested), "" for other files
    (the size is tested). Whoever finds the same download running waits for its result.

    Raise LinkExpired (a result link: 403, 404, 410), NotAllowed (401; 403 with a token),
    FileMissing (404, 410 with a token), FileBroken ("size" and what has arrived is kept; "type",
    "zip", "crc", "empty"), DiskFull, NoConnection, ServiceError, Cancelled.
    """
    with disk_errors(target.parent):
        target.parent.mkdir(parents=True, exist_ok=True)
    with alone(target.with_name(target.name + ".part.lock"), stop):
        if _is_complete(target, size, kind, stop):
            received(target.stat().st_size, target.stat().st_size)
            return target
        transfer = _Transfer(http, url, Part(target), token, size, kind, received, stop)
        transfer.run(http.config.retries if retries is None else retries)
    return target


def _is_complete(target: Path, size: int, kind: str, stop: Stop) -> bool:
    """Return whether the file is there and as it should be."""
    if not target.is_file():
        return False
    if kind != "zip":
        return not size or target.stat().st_size == size
    try:
        check_zip(target, stop)
    except FileBroken:
        return False
    return True


class _Again(Exception):
    """This attempt failed, another may not. wait: seconds that it should wait, None = as usual."""

    def __init__(self, error: ClmsError, wait: float | None = None) -> None:
        super().__init__(str(error))
        self.error = error
        self.wait = wait


class _Transfer:
    """One file on its way."""

    def __init__(
        self, http: Http, url: str, part: Part, token: str | None, size: int, kind: str,
        received: Received, stop: Stop,
    ) -> None:
        self.http = http
        self.url = url
        self.part = part
        self.token = token
        self.size = size
        self.kind = kind
        self.received = received
        self.stop = stop
        self.name = part.target.name
        self._whole = False
        self._ranges = True

    def run(self, most: int) -> None:
        """Get the rest, check the whole, give it its name."""
        attempt = 0
        note = self.part.note(self.url)
        self._whole = note is not None and 0 < note.size == self.part.size
        while not self._whole:
            before = self.part.size
            try:
                self._attempt(attempt)
            except _Again as again:
                if self.part.size - before >= PROGRESS:
                    attempt = 0
                if attempt >= most:
                    raise again.error from None
                pause(again.wait or 0.0, self.stop)
                attempt += 1
        self._check()
        self.part.finish()

    def _attempt(self, attempt: int) -> None:
        note = self.part.note(self.url) if self._ranges else None
        headers = {"Accept": "*/*", "Accept-Encoding": "identity"}
        if note:
            headers["Range"] = f"bytes={self.part.size}-"
            if note.validator:
                headers["If-Range"] = note.validator
        try:
            with self.http.open(
                self.url, headers=headers, token=self.token, stop=self.stop
            ) as stream:
                self._check_status(stream, attempt)
                if stream.status == 416:
                    self._beyond_the_end(stream)
                else:
                    self._take(stream, note)
        except NoConnection as err:
            wait = self.http.pause_after_fault(err, attempt)
            if wait is None:
                raise
            raise _Again(err, wait) from None

    def _check_status(self, stream: Stream, attempt: int) -> None:
        """Raise what an answer without the file means."""
        status = stream.status
        if status in (200, 206, 416):
            return
        error = stream.answer().error()
        if status in TEMPORARY:
            wait = self.http.pause_after(status, stream.headers, attempt)
            if wait is not None:
                raise _Again(error, wait)
        if status == 403 and self.token:
            raise NotAllowed("", error.detail, **error.facts)
        if status in (403, 404, 410) and not self.token:
            raise LinkExpired("", kept=self.part.size, size=self._expected(), **error.facts)
        if status in (404, 410):
            raise FileMissing("", error.detail, name=self.name)
        if status < 400:
            raise BadAnswer("shape", f"status {status}", **error.facts)
        raise error

    def _expected(self) -> int:
        note = self.part.note(self.url)
        return max(self.size, note.size if note else 0)

    def _beyond_the_end(self, stream: Stream) -> None:
        """We asked for more than there is: either all is here, or the file has changed."""
        total = stream.headers.get("Content-Range", "").rpartition("/")[2]
        if total == str(self.part.size):
            self._whole = True
            return
        self.part.remove()
        raise _Again(self._broken("size"))

    def _take(self, stream: Stream, note: Note | None) -> None:
        """Read the body into the part."""
        content_type = stream.headers.get("Content-Type", "").lower()
        if self.kind == "zip" and content_type.startswith(_NO_FILE):
            raise self._broken("type", detail=content_type)
        start, total = self._place(stream, note)
        self._check_room(total - start)
        piece = stream.read(SMALLEST_PIECE)
        if start == 0:
            if len(piece) < min(total, 4):
                raise _Again(self._broken("size"), self.http.config.first_pause)
            if not piece:
                raise self._broken("empty")
            if self.kind == "zip" and not piece.startswith(_ZIP_STARTS):
                raise self._broken("type")
            self.part.begin(Note.of(self.url, max(total, self.size), stream.headers))
        end = self._copy(stream, piece, start, total)
        if end < total:
            raise _Again(self._broken("size"), self.http.config.first_pause)
        self._whole = True

    def _place(self, stream: Stream, note: Note | None) -> tuple[int, int]:
        """Return where the body begins in the file, and the size of the file (0 = unknown)."""
        if stream.status == 200:
            length = stream.headers.get("Content-Length", "")
            return 0, int(length) if length.isdigit() else 0
        match = _RANGE.fullmatch(stream.headers.get("Content-Range", ""))
        start = int(match.group(1)) if match else -1
        total = int(match.group(3)) if match and match.group(3) != "*" else 0
        have = self.part.size if note else 0
        if start != have:
            self._ranges = False
            raise _Again(self._broken("size"))
        if note and not note.same_version(Note.of(self.url, total, stream.headers)):
            self.part.remove()
            raise _Again(self._broken("size"))
        return start, total or (note.size if note else 0)

    def _copy(self, stream: Stream, piece: bytes, at: int, total: int) -> int:
        """Write the body, first this piece of it; return the position after it.

        Pieces grow with the speed: few calls on a fast line, steady progress on a slow one.
        """
        wanted = SMALLEST_PIECE
        with disk_errors(self.part.path.parent):
            file = open(self.part.path, "ab", buffering=0)
        with file:
            while piece:
                with disk_errors(self.part.path.parent, max(0, total - at)):
                    rest = memoryview(piece)
                    while rest:
                        rest = rest[file.write(rest):]
                at += len(piece)
                self.received(at, max(total, self.size))
                began = time.monotonic()
                piece = stream.read(wanted)
                took = time.monotonic() - began
                if took < 0.1:
                    wanted = min(2 * wanted, LARGEST_PIECE)
                elif took > 0.5:
                    wanted = max(wanted // 2, SMALLEST_PIECE)
        return at

    def _check_room(self, needed: int) -> None:
        folder = self.part.path.parent
        with disk_errors(folder, needed):
            free = shutil.disk_usage(folder).free
        if needed > free:
            raise DiskFull("full", folder=str(folder), needed=needed)

    def _check(self) -> None:
        """Raise FileBroken unless the complete part is what it should be."""
        size = self.part.size
        try:
            if self.kind == "zip":
                check_zip(self.part.path, self.stop, self.name)
            elif self.size and size != self.size:
                raise self._broken("size")
        except FileBroken as err:
            if size < self.size:
                raise self._broken("size") from err
            self.part.remove()
            raise

    def _broken(self, reason: str, detail: str = "") -> FileBroken:
        error = FileBroken(reason, detail, name=self.name, kept=self.part.size, size=self.size)
        error.retryable = reason == "size"
        return error
