"""The library: what is on disk, read from the side-cars in the download folder."""

from __future__ import annotations

import json
import logging
import threading
from pathlib import Path
from typing import Iterable

from ..aoi.area import Area
from ..errors import AreaError
from ..files import write_whole
from .entry import LibraryEntry

SIDE_CAR = "clms.json"
_LOG = logging.getLogger("clms_explorer.library")


class Library:
    """The orders below a download folder. Safe to use from several threads.

    Nothing but side-cars is ever written, nothing is ever deleted. A folder without a readable
    side-car is not part of the library.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._lock = threading.Lock()
        self._read: dict[Path, tuple[tuple[int, int], LibraryEntry | None]] = {}

    def entries(self) -> list[LibraryEntry]:
        """Return all entries, newest first."""
        with self._lock:
            found = [self._entry(path) for path in self._side_cars()]
        entries = [entry for entry in found if entry is not None]
        return sorted(entries, key=lambda entry: entry.ordered, reverse=True)

    def find(
        self, dataset: str, area: Area | None = None, collection: str = ""
    ) -> list[LibraryEntry]:
        """Return the entries of a dataset whose files are there, newest first.

        area: only entries that cover it whole; collection: only entries of this one.
        """
        return [
            entry for entry in self.entries()
            if entry.dataset == dataset and collection in ("", entry.collection)
            and _covers(entry, area) and entry.is_complete
        ]

    def find_file(self, name: str) -> Path | None:
        """Return where a file of this name is, if it is in the library with its full size."""
        for entry in self.entries():
            for file in entry.files:
                path = entry.folder / file.name
                if path.name == name and file.is_in(entry.folder):
                    return path
        return None

    def write(self, entry: LibraryEntry) -> None:
        """Write the side-car of an entry.

        A folder that holds several orders of one dataset (EGMS) gets one entry with the files
        of all. Raise DiskFull if it cannot be written.
        """
        path = entry.folder / SIDE_CAR
        with self._lock:
            known = self._entry(path)
            if known is not None and known.dataset == entry.dataset:
                entry = entry.joined_with(known)
            text = json.dumps(entry.to_json(), indent=1, ensure_ascii=False)
            write_whole(path, text.encode())

    def _side_cars(self) -> Iterable[Path]:
        """Yield the side-cars of <dataset>/<order>/: not deeper, the folder is the user's."""
        try:
            yield from sorted(self.folder.glob(f"*/*/{SIDE_CAR}"))
        except OSError as err:
            _LOG.info("the download folder cannot be read: %s", type(err).__name__)

    def _entry(self, path: Path) -> LibraryEntry | None:
        """Return the entry of a side-car, None for a missing or damaged one."""
        try:
            status = path.stat()
            stamp = (status.st_mtime_ns, status.st_size)
            known = self._read.get(path)
            if known is not None and known[0] == stamp:
                return known[1]
            data = json.loads(path.read_bytes())
        except FileNotFoundError:
            return None
        except (OSError, ValueError, RecursionError) as err:
            _LOG.info("%s is skipped: %s", path, type(err).__name__)
            return None
        try:
            entry = LibraryEntry.from_json(data, path.parent)
        except (AreaError, KeyError, TypeError, ValueError, AttributeError) as err:
            _LOG.info("%s is skipped: %s", path, type(err).__name__)
            entry = None
        self._read[path] = (stamp, entry)
        return entry


def _covers(entry: LibraryEntry, area: Area | None) -> bool:
    """Return whether an entry holds the data of an area; without an area of its own, of all."""
    if area is None or entry.area is None:
        return True
    if area.code and area.code == entry.area.code:
        return True
    return bool(entry.area.geometry.covers(area.geometry))
