"""What has arrived of a file: <name>.part, with a note of what it is a part of, and a lock."""

from __future__ import annotations

import json
import logging
import os
import sys
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import IO, Iterator, Mapping
from urllib.parse import urlsplit, urlunsplit

from ..files import disk_errors, write_whole
from ..ports import Stop
from .waiting import TICK, pause

_LOG = logging.getLogger("clms_explorer.http")

if sys.platform == "win32":
    import msvcrt

    def _try_lock(file: IO[bytes]) -> bool:
        try:
            msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)
        except OSError:
            return False
        return True
else:
    import fcntl

    def _try_lock(file: IO[bytes]) -> bool:
        try:
            fcntl.flock(file.fileno(), fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        except OSError as err:
            _LOG.info("this file system knows no locks: %s", err)
        return True


@dataclass(frozen=True)
class Note:
    """Which version of which file a part belongs to. url: without query, which may be secret."""

    url: str
    size: int = 0
    etag: str = ""
    modified: str = ""

    @classmethod
    def of(cls, url: str, size: int, headers: Mapping[str, str]) -> Note:
        """Return the note for an answer with these headers."""
        return cls(_bare(url), size, headers.get("ETag", ""), headers.get("Last-Modified", ""))

    @property
    def validator(self) -> str:
        """Return what a server compares before it sends only the rest; "" if nothing serves."""
        return self.modified if not self.etag or self.etag.startswith("W/") else self.etag

    def same_version(self, other: Note) -> bool:
        """Return whether both speak of the same content, as far as servers told."""
        pairs = ((self.size, other.size), (self.etag, other.etag),
                 (self.modified, other.modified))
        return all(a == b for a, b in pairs if a and b)


class Part:
    """The part of one target file on disk."""

    def __init__(self, target: Path) -> None:
        self.target = target
        self.path = target.with_name(target.name + ".part")
        self._note_path = target.with_name(target.name + ".part.json")

    @property
    def size(self) -> int:
        """Return the bytes on disk."""
        try:
            return self.path.stat().st_size
        except FileNotFoundError:
            return 0

    def note(self, url: str) -> Note | None:
        """Return the note if the part belongs to this address and can be gone on with."""
        try:
            data = json.loads(self._note_path.read_bytes())
            note = Note(str(data["url"]), int(data["size"]), str(data["etag"]),
                        str(data["modified"]))
        except (OSError, ValueError, KeyError, TypeError):
            return None
        return note if note.url == _bare(url) and self.size else None

    def begin(self, note: Note) -> None:
        """Start with an empty part."""
        with disk_errors(self.path.parent):
            self.path.write_bytes(b"")
        self.write_note(note)

    def write_note(self, note: Note) -> None:
        """Keep what the part belongs to."""
        write_whole(self._note_path, json.dumps(asdict(note)).encode())

    def finish(self) -> None:
        """Give the complete part its name."""
        with disk_errors(self.path.parent):
            os.replace(self.path, self.target)
            self._note_path.unlink(missing_ok=True)

    def remove(self) -> None:
        """Throw the part away."""
        with disk_errors(self.path.parent):
            self.path.unlink(missing_ok=True)
            self._note_path.unlink(missing_ok=True)


@contextmanager
def alone(path: Path, stop: Stop) -> Iterator[None]:
    """Let one thread of one process at a time in, the others wait; raise Cancelled on stop().

    path: of the lock file. The lock ends with its process, however that ends.
    """
    file = _acquired(path, stop)
    try:
        yield
    finally:
        if os.name == "nt":
            file.close()
        try:
            path.unlink()
        except OSError as err:
            _LOG.debug("lock file stays, somebody waits for it: %s", err)
        file.close()


def _acquired(path: Path, stop: Stop) -> IO[bytes]:
    while True:
        with disk_errors(path.parent):
            file = open(path, "ab")
        if _try_lock(file) and _is_still(path, file):
            return file
        file.close()
        pause(TICK, stop)


def _is_still(path: Path, file: IO[bytes]) -> bool:
    """Return whether the file is still there under its name: the last owner removes it."""
    try:
        return os.path.samestat(path.stat(), os.fstat(file.fileno()))
    except OSError:
        return False


def _bare(url: str) -> str:
    parts = urlsplit(url)
    return urlunsplit((parts.scheme, parts.netloc.rpartition("@")[2], parts.path, "", ""))
