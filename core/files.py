"""Writing to the user's disk: whole files or none, and clear errors."""

from __future__ import annotations

import errno
import os
import tempfile
from contextlib import contextmanager
from pathlib import Path
from typing import Iterator

from .errors import DiskFull

_FULL = {errno.ENOSPC, getattr(errno, "EDQUOT", errno.ENOSPC), errno.EFBIG}


@contextmanager
def disk_errors(folder: Path, needed: int = 0) -> Iterator[None]:
    """Turn an OSError of the file work inside into DiskFull. needed: bytes, 0 if unknown."""
    try:
        yield
    except OSError as err:
        reason = "full" if err.errno in _FULL else "denied"
        detail = err.strerror or type(err).__name__
        raise DiskFull(reason, detail, folder=str(folder), needed=needed) from err


def write_whole(path: Path, data: bytes) -> None:
    """Write a file so that a reader finds the old or the new content, never a part of it.

    Raise DiskFull if it cannot be written; the old file is then still there.
    """
    with disk_errors(path.parent, len(data)):
        path.parent.mkdir(parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(prefix=f".{path.name}.", dir=path.parent)
        try:
            with os.fdopen(handle, "wb") as file:
                file.write(data)
                file.flush()
                os.fsync(file.fileno())
            os.replace(name, path)
        except BaseException:
            os.unlink(name)
            raise
