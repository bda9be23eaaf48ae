"""Write a new store file beside the old one; it takes its place when it is whole."""

from __future__ import annotations

import os
import sqlite3
from contextlib import contextmanager, suppress
from dataclasses import replace
from datetime import datetime, timezone
from pathlib import Path
from typing import Iterator, Sequence

from ..errors import Cancelled, ClmsError, DiskFull, StoreError
from ..files import disk_errors
from ..ports import Stop
from .geopackage import create_geopackage, register_table, watch_table, write_info
from .schema import DIRECTIONS, PAGE_SIZE, SMALL_PAGE_SIZE, TABLES, StoreInfo, TableFacts, in_order
from .store import read_only_address
from .store_files import overview_path, part_of, put_in_place, remove_leftovers
from .table_writer import TableWriter

_OLD = "old"
_SMALL = 32_000_000
_PRAGMAS = (
    "auto_vacuum = NONE", "journal_mode = OFF", "synchronous = OFF", "locking_mode = EXCLUSIVE",
    "cache_size = -16384",
)
_STEPS_BETWEEN_QUESTIONS = 100_000


class StoreWriter:
    """A store that grows in a ".part" file. Made by new_store()."""

    def __init__(self, store: Path, old: Path | None, size: int, stop: Stop) -> None:
        """Begin an empty store. old: the store whose rows can be taken over."""
        self._store = store
        self._facts: list[TableFacts] = []
        self._connection = sqlite3.connect(
            part_of(store), timeout=0, isolation_level=None, uri=True)
        page = SMALL_PAGE_SIZE if size < _SMALL else PAGE_SIZE
        for pragma in (f"page_size = {page}", *_PRAGMAS):
            self._connection.execute(f"PRAGMA main.{pragma}")
        # Not closed before the connection: on POSIX that would drop the locks of both.
        self._file = open(part_of(store), "rb+")
        # SQLite asks this now and then within long statements.
        self._connection.set_progress_handler(lambda: int(stop()), _STEPS_BETWEEN_QUESTIONS)
        if old is not None:
            self._connection.execute(f"ATTACH ? AS {_OLD}", (read_only_address(old),))
        self._connection.execute("BEGIN")
        create_geopackage(self._connection)

    @contextmanager
    def table(
        self, name: str, columns: Sequence[str], kept: Sequence[int]
    ) -> Iterator[TableWriter]:
        """Give a table to be filled; afterwards make its indexes and its overview.

        columns: of the rows that will be added. kept: sources of the old store that stay.
        """
        there = self._connection.execute(f"PRAGMA {_OLD}.table_info({name})") if kept else ()
        names = in_order([*columns, *(row[1] for row in there)])
        rows = TableWriter(self._connection, self._file, name, names)
        if kept:
            rows.copy(_OLD, kept)
        yield rows
        rows.settle()
        if rows.count:
            self._facts.append(rows.finish(part_of(overview_path(self._store, name))))
        else:
            self._connection.execute(f"DROP TABLE {name}")

    def finish(self, info: StoreInfo) -> tuple[Path, StoreInfo]:
        """Write the facts, see the file on the disk and put it in place; return where, and what.

        info: without the facts of tables.
        """
        now = utc_now()
        whole = replace(info, table_facts=tuple(self._facts))
        for facts in self._facts:
            title = f"EGMS {info.level} {info.release} {DIRECTIONS[facts.name]}"
            register_table(self._connection, facts, title, now)
            watch_table(self._connection, facts.name)
        write_info(self._connection, whole, now)
        self._connection.execute("COMMIT")
        self._connection.close()
        os.fsync(self._file.fileno())
        self._file.close()
        overviews = {
            facts.name: part_of(overview_path(self._store, facts.name)) for facts in self._facts}
        return put_in_place(part_of(self._store), overviews, self._store), whole

    def discard(self) -> None:
        """Close and remove what is not in place."""
        self._connection.close()
        self._file.close()
        for path in (self._store, *(overview_path(self._store, table) for table in TABLES)):
            with suppress(OSError):
                part_of(path).unlink()


@contextmanager
def new_store(store: Path, old: Path | None, size: int, stop: Stop) -> Iterator[StoreWriter]:
    """Give a writer. What is not finished at the end is removed; the old store is as it was.

    old: a store whose rows can be taken over. size: bytes that the new one may have, roughly.
    Raise StoreError "locked" while another import into this store is at work, or if the old one
    is damaged "not_a_store"; DiskFull, Cancelled.
    """
    with disk_errors(store.parent), _database_errors(store):
        store.parent.mkdir(parents=True, exist_ok=True)
        remove_leftovers(store, TABLES)
        writer = StoreWriter(store, old, size, stop)
        try:
            yield writer
        finally:
            writer.discard()


def utc_now() -> str:
    """Return the time as GeoPackage writes it."""
    return datetime.now(timezone.utc).strftime("%Y-%m-%dT%H:%M:%S.000Z")


@contextmanager
def _database_errors(store: Path) -> Iterator[None]:
    try:
        yield
    except sqlite3.Error as err:
        raise _typed(str(err), store) from err


def _typed(text: str, store: Path) -> ClmsError:
    if "interrupted" in text:
        return Cancelled()
    if "locked" in text:
        return StoreError("locked", text)
    if "full" in text or "I/O error" in text:
        return DiskFull("full", text, folder=str(store.parent))
    if "unable to open" in text or "readonly" in text:
        return DiskFull("denied", text, folder=str(store.parent))
    return StoreError("not_a_store", text)
