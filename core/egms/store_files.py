"""The files of a store: its generations, what grows beside it, and putting that in place."""

from __future__ import annotations

import os
import re
import sqlite3
from contextlib import closing, suppress
from pathlib import Path

from ..errors import StoreError


def overview_path(store: Path, table: str) -> Path:
    """Return where the overview raster of a table lies."""
    return store.with_name(f"{store.stem}.{table}.tif")


def part_of(path: Path) -> Path:
    """Return the name of a file that is not whole yet."""
    return path.with_name(f"{path.name}.part")


def first_generation(store: Path) -> Path:
    """Return the name of a store without the number of its generation."""
    return store.with_name(re.sub(r"\.\d+(?=\.[^.]+$)", "", store.name))


def generations(store: Path) -> list[Path]:
    """Return the files of a store that exist, oldest first: "a.gpkg", "a.2.gpkg" …

    There is more than one only after a file could not be replaced because it was in use.
    """
    pattern = re.compile(rf"{re.escape(store.stem)}\.(\d+){re.escape(store.suffix)}")
    numbered = []
    if store.parent.is_dir():
        for path in store.parent.iterdir():
            match = pattern.fullmatch(path.name)
            if match:
                numbered.append((int(match[1]), path))
    return [store] * store.exists() + [path for _number, path in sorted(numbered)]


def remove_leftovers(store: Path, tables: tuple[str, ...]) -> None:
    """Remove what an import left behind that was killed.

    Raise StoreError "locked" if that import is alive: SQLite's lock on the file tells.
    """
    part = part_of(store)
    if part.exists():
        with closing(sqlite3.connect(part, timeout=0, isolation_level=None)) as connection:
            try:
                connection.execute("BEGIN EXCLUSIVE")
            except sqlite3.OperationalError as err:
                if "locked" in str(err):
                    raise StoreError("locked", str(err)) from err
            except sqlite3.DatabaseError:
                pass  # nothing but the beginning of a file
        part.unlink()
    for table in tables:
        part_of(overview_path(store, table)).unlink(missing_ok=True)


def put_in_place(part: Path, overviews: dict[str, Path], store: Path) -> Path:
    """Replace the newest generation of a store; return the path it now has.

    A file that a program holds open cannot be replaced on Windows, and one that somebody edits
    (its write-ahead log would be taken for the new file's) must not be: then the new content
    becomes the next generation. Older ones go as soon as nobody holds them.
    """
    existing = generations(store)
    target = existing[-1] if existing else store
    if _is_edited(target) or not _replaced(part, target):
        target = _next_generation(store, existing)
        os.replace(part, target)
    for table, overview in overviews.items():
        if not _replaced(overview, overview_path(target, table)):
            overview.unlink()  # the old picture stays; the points are right
    for old in existing:
        if old != target and not _is_edited(old):
            with suppress(OSError):
                old.unlink()
                for table in overviews:
                    overview_path(old, table).unlink(missing_ok=True)
    return target


def _next_generation(store: Path, existing: list[Path]) -> Path:
    last = existing[-1].stem.rpartition(".")[2] if existing and existing[-1] != store else "1"
    return store.with_name(f"{store.stem}.{int(last) + 1}{store.suffix}")


def _is_edited(path: Path) -> bool:
    log = path.with_name(f"{path.name}-wal")
    return log.exists() and log.stat().st_size > 0


def _replaced(part: Path, target: Path) -> bool:
    try:
        os.replace(part, target)
    except PermissionError:
        return False
    return True
