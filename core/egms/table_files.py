"""Find the tables in what a user chose: CSVs, zips with a CSV in them, folders of both."""

from __future__ import annotations

import io
import zipfile
import zlib
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import Any, Callable, Iterator, Sequence

from ..errors import FileBroken
from .names import parse

_BROKEN = (zipfile.BadZipFile, zlib.error, EOFError)
_UNREADABLE = (NotImplementedError, RuntimeError)
"""What zipfile raises for a method it does not know and for an encrypted member."""
_PIECE = 1 << 20
_XML_BYTES = 4096


@dataclass(frozen=True)
class TableFile:
    """A CSV on disk or in a zip.

    path: the CSV or the zip. member: name in the zip, "" for a CSV on disk. size: bytes of CSV.
    crc: of the CSV, None where it is not known before all is read. chosen: whether the user
    named this file, not a folder it lies in.
    """

    path: Path
    member: str
    size: int
    crc: int | None
    chosen: bool

    @property
    def file(self) -> str:
        """Return the name of the CSV."""
        return PurePosixPath(self.member).name if self.member else self.path.name

    @property
    def name(self) -> str:
        """Return the name of the product: that of the CSV without extension."""
        return self.file.rpartition(".")[0]

    @contextmanager
    def open(self) -> Iterator[TableStream]:
        """Give the CSV's bytes. Raise FileBroken "zip", "type", and "crc" while it is read."""
        if not self.member:
            with _opened(self.path, lambda: open(self.path, "rb", buffering=0)) as file:
                yield TableStream(file, self.path.name, counts=True)
            return
        with _opened(self.path, lambda: zipfile.ZipFile(self.path)) as archive:
            with _opened(self.path, lambda: archive.open(self.member)) as file:
                yield TableStream(file, self.path.name)

    def whole_crc(self) -> int:
        """Return the CRC-32 of the CSV, reading it if need be."""
        if self.crc is not None:
            return self.crc
        with self.open() as stream:
            piece = bytearray(_PIECE)
            while stream.readinto(piece):
                continue
            return stream.crc

    def xml(self) -> str:
        """Return the beginning of the product's XML, "" if there is none that can be read."""
        try:
            if not self.member:
                with open(self.path.with_suffix(".xml"), "rb") as file:
                    return file.read(_XML_BYTES).decode("utf-8", "replace")
            with zipfile.ZipFile(self.path) as archive:
                inner = next(
                    (name for name in archive.namelist() if name.lower().endswith(".xml")), None)
                if inner is None:
                    return ""
                with archive.open(inner) as member:
                    return member.read(_XML_BYTES).decode("utf-8", "replace")
        except (OSError, *_BROKEN, *_UNREADABLE):
            return ""


class TableStream(io.RawIOBase):
    """The bytes of a CSV; trouble in reading them becomes FileBroken.

    counts: whether to form the CRC-32, `crc`; of a zip's member zipfile itself checks it.
    """

    def __init__(self, file: Any, name: str, counts: bool = False) -> None:
        super().__init__()
        self._file, self._name, self._counts = file, name, counts
        self.crc = 0

    def readable(self) -> bool:
        """Return True."""
        return True

    def readinto(self, buffer: Any) -> int:
        """Fill the buffer as far as possible at once; return the number of bytes, 0 = the end."""
        try:
            count = int(self._file.readinto(buffer))
        except (OSError, *_BROKEN, *_UNREADABLE) as err:
            raise FileBroken("crc", str(err), name=self._name) from err
        if self._counts:
            self.crc = zlib.crc32(memoryview(buffer)[:count], self.crc)
        return count


def find_tables(inputs: Sequence[Path]) -> list[TableFile]:
    """Return all tables in files and folders, folders searched to the bottom.

    In folders, archives without a table and files of other kinds are passed over, and damaged
    ones too unless EGMS has named them. Raise FileBroken: "zip" (cut or damaged archive), "empty"
    (nothing in there), "type" (no CSV or zip).
    """
    tables: list[TableFile] = []
    for path in inputs:
        if path.is_dir():
            found = [table for inner in sorted(path.rglob("*")) if inner.is_file()
                     for table in _tables_nearby(inner)]
        else:
            found = _tables_in(path, chosen=True)
        if not found and path.suffix.lower() not in (".xml", ".tif", ".tiff"):
            raise FileBroken("empty", name=path.name)
        tables += found
    if not tables:
        raise FileBroken("empty", name=inputs[0].name if inputs else "")
    return tables


def _tables_nearby(path: Path) -> list[TableFile]:
    """Return the tables in a file that lies in a folder that the user chose."""
    try:
        return _tables_in(path, chosen=False)
    except FileBroken:
        if parse(path.name):
            raise
        return []


def _tables_in(path: Path, chosen: bool) -> list[TableFile]:
    suffix = path.suffix.lower()
    if suffix == ".csv":
        with _opened(path, lambda: open(path, "rb")) as file:
            return [TableFile(path, "", file.seek(0, io.SEEK_END), None, chosen)]
    if suffix == ".zip":
        with _opened(path, lambda: zipfile.ZipFile(path)) as archive:
            return [
                TableFile(path, member.filename, member.file_size, member.CRC, chosen)
                for member in archive.infolist() if _is_table(member.filename)
            ]
    if chosen and suffix not in (".xml", ".tif", ".tiff"):
        raise FileBroken("type", name=path.name)
    return []


def _is_table(member: str) -> bool:
    """Return whether a name in a zip is that of a CSV, and not of what a Mac adds to it."""
    path = PurePosixPath(member)
    return path.suffix.lower() == ".csv" and "__MACOSX" not in path.parts


def _opened(path: Path, opener: Callable[[], Any]) -> Any:
    try:
        return opener()
    except OSError as err:
        raise FileBroken("type", str(err.strerror or err), name=path.name) from err
    except (*_BROKEN, *_UNREADABLE, ValueError, KeyError, UnicodeError) as err:
        raise FileBroken("zip", str(err), name=path.name) from err
