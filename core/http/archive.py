"""Zip archives from elsewhere: checked, and unpacked without trust in them."""

from __future__ import annotations

import os
import re
import shutil
import stat
import zipfile
import zlib
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import IO, Iterable

from ..errors import Cancelled, DiskFull, FileBroken
from ..files import disk_errors
from ..ports import Progress, Stop, never

_PIECE = 1 << 20
_BROKEN = (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError,
           UnicodeError, ValueError, OverflowError)
_RESERVED = re.compile(r"(con|prn|aux|nul|com\d|lpt\d)(\..*)?", re.I)
_CONTROL = re.compile(r"[\x00-\x1f\x7f]")
_NOT_EVERYWHERE = re.compile(r"[:*?\"<>|]")
_DRIVE = re.compile(r"[A-Za-z]:.*")


@dataclass(frozen=True)
class Limits:
    """What an archive may unpack to. Bytes; ratio: unpacked to packed, applied above `free`."""

    total: int = 1 << 40
    members: int = 500_000
    ratio: float = 250.0
    free: int = 200 << 20
    depth: int = 2


def check_zip(path: Path, stop: Stop = never, name: str = "") -> None:
    """Read a zip once from end to end.

    Raise FileBroken "zip" (not a readable, complete archive), "crc" (damaged content),
    "empty"; Cancelled.
    """
    name = name or path.name
    with _opened(path, name) as archive:
        if not archive.infolist():
            raise FileBroken("empty", name=name)
        for member in archive.infolist():
            for _piece in _content(archive, member, name, stop):
                continue


def unzip(
    path: Path, folder: Path, stop: Stop, progress: Progress, limits: Limits = Limits()
) -> list[Path]:
    """Unpack an archive, and the archives in it, into folder; return all files in it.

    All or nothing: it is unpacked beside folder and moved there at the end. A folder that
    exists is added to; files of the same name are replaced unless their content is the same.
    Raise FileBroken "zip", "crc", "empty", "unsafe" (names, links, duplicates), "bomb";
    DiskFull; Cancelled.
    """
    work = folder.with_name(f".{folder.name}.unpacking")
    with disk_errors(folder.parent):
        folder.parent.mkdir(parents=True, exist_ok=True)
        shutil.rmtree(work, ignore_errors=True)
        work.mkdir()
    try:
        _Unpacker(stop, progress, limits).unpack(path, work)
        with disk_errors(folder):
            return _move(work, folder)
    finally:
        shutil.rmtree(work, ignore_errors=True)


class _Unpacker:
    """Unpacks one archive and those in it under one set of limits."""

    def __init__(self, stop: Stop, progress: Progress, limits: Limits) -> None:
        self.stop = stop
        self.progress = progress
        self.limits = limits
        self.members = 0
        self.total = 0
        self.done = 0
        self.share = 0.0

    def unpack(self, path: Path, folder: Path, depth: int = 0) -> None:
        """Unpack into an existing, empty folder."""
        with _opened(path, path.name) as archive:
            members = _safe_members(archive, path.name)
            self._check_limits(path, archive.infolist(), folder)
            for member, parts in members:
                target = folder.joinpath(*parts)
                with disk_errors(folder, member.file_size):
                    target.parent.mkdir(parents=True, exist_ok=True)
                self._write(archive, member, target, path.name)
        for _member, parts in members:
            inner = folder.joinpath(*parts)
            if inner.suffix.lower() == ".zip" and depth < self.limits.depth:
                self._unpack_inner(inner, depth + 1)

    def _unpack_inner(self, path: Path, depth: int) -> None:
        """Put the content of an archive that came in an archive into a folder of its name."""
        folder = path.with_suffix("")
        while folder.exists():
            folder = folder.with_name(folder.name + "_")
        with disk_errors(folder.parent):
            folder.mkdir()
        self.unpack(path, folder, depth)
        with disk_errors(folder.parent):
            path.unlink()

    def _check_limits(
        self, path: Path, members: Iterable[zipfile.ZipInfo], folder: Path
    ) -> None:
        sizes = [member.file_size for member in members]
        self.total += sum(sizes)
        self.members += len(sizes)
        packed = max(1, path.stat().st_size)
        too_dense = sum(sizes) > max(self.limits.free, self.limits.ratio * packed)
        if too_dense or self.total > self.limits.total or self.members > self.limits.members:
            raise FileBroken("bomb", name=path.name, size=sum(sizes))
        with disk_errors(folder):
            free = shutil.disk_usage(folder).free
        if sum(sizes) > free:
            raise DiskFull("full", folder=str(folder.parent), needed=sum(sizes))

    def _write(
        self, archive: zipfile.ZipFile, member: zipfile.ZipInfo, target: Path, name: str
    ) -> None:
        with disk_errors(target.parent, member.file_size):
            file = open(target, "xb")
        with file:
            for piece in _content(archive, member, name, self.stop):
                with disk_errors(target.parent, member.file_size):
                    file.write(piece)
                self.done += len(piece)
                self.share = max(self.share, min(1.0, self.done / max(1, self.total)))
                self.progress(self.share)
            with disk_errors(target.parent, member.file_size):
                file.flush()


def _opened(path: Path, name: str) -> zipfile.ZipFile:
    try:
        return zipfile.ZipFile(path)
    except (OSError, *_BROKEN) as err:
        raise FileBroken("zip", type(err).__name__, name=name) from None


def _content(
    archive: zipfile.ZipFile, member: zipfile.ZipInfo, name: str, stop: Stop
) -> Iterable[bytes]:
    """Yield the content of a member; the checksum is tested at its end."""
    if member.flag_bits & 0x1:
        raise FileBroken("zip", "encrypted", name=name)
    try:
        with archive.open(member) as stream:
            while piece := _piece(stream, stop):
                yield piece
    except (OSError, *_BROKEN) as err:
        reason = "crc" if "CRC" in str(err) or isinstance(err, zlib.error) else "zip"
        raise FileBroken(reason, member.filename[:100], name=name) from None


def _piece(stream: IO[bytes], stop: Stop) -> bytes:
    if stop():
        raise Cancelled()
    return stream.read(_PIECE)


def _safe_members(
    archive: zipfile.ZipFile, name: str
) -> list[tuple[zipfile.ZipInfo, tuple[str, ...]]]:
    """Return the files of an archive with their paths as parts; FileBroken if one is unsafe."""
    found: dict[str, tuple[zipfile.ZipInfo, tuple[str, ...]]] = {}
    for member in archive.infolist():
        mode = member.external_attr >> 16
        if stat.S_IFMT(mode) not in (0, stat.S_IFREG, stat.S_IFDIR):
            raise FileBroken("unsafe", member.filename[:100], name=name)
        parts = _parts(member.filename, name)
        if member.is_dir() or member.filename.endswith("\\"):
            continue
        key = "/".join(parts).casefold()
        if key in found and not _same(found[key][0], member):
            raise FileBroken("unsafe", member.filename[:100], name=name)
        found[key] = (member, parts)
    if not found:
        raise FileBroken("empty", name=name)
    paths = set(found)
    for key in found:
        if any(str(parent) in paths for parent in PurePosixPath(key).parents):
            raise FileBroken("unsafe", key[:100], name=name)
    return list(found.values())


def _parts(filename: str, name: str) -> tuple[str, ...]:
    """Return the parts of a member's name; FileBroken("unsafe") if it could leave its folder.

    Characters that some systems do not allow (bands are called "Cover Fraction: Forest") become
    "_", so that an archive unpacks to the same names everywhere.
    """
    given = filename.replace("\\", "/").split("/")
    if len(given) > 1 and not given[-1]:
        given.pop()
    if _DRIVE.fullmatch(given[0]) or _CONTROL.search(filename):
        raise FileBroken("unsafe", filename[:100], name=name)
    parts = []
    for part in given:
        if part == ".":
            continue
        plain = _NOT_EVERYWHERE.sub("_", part).rstrip(" .")
        if not plain or part == ".." or _RESERVED.fullmatch(plain):
            raise FileBroken("unsafe", filename[:100], name=name)
        parts.append(plain)
    if not parts:
        raise FileBroken("unsafe", filename[:100], name=name)
    return tuple(parts)


def _same(one: zipfile.ZipInfo, other: zipfile.ZipInfo) -> bool:
    return one.filename == other.filename and (one.CRC, one.file_size) == (
        other.CRC, other.file_size)


def _move(work: Path, folder: Path) -> list[Path]:
    """Move the content of work into folder; return the files."""
    names = sorted(path.relative_to(work) for path in work.rglob("*") if path.is_file())
    if not folder.exists():
        os.replace(work, folder)
        return [folder / name for name in names]
    for name in names:
        target = folder / name
        target.parent.mkdir(parents=True, exist_ok=True)
        if not (target.is_file() and _equal(work / name, target)):
            os.replace(work / name, target)
    return [folder / name for name in names]


def _equal(one: Path, other: Path) -> bool:
    """Return whether two files have the same content, so that an open one can stay."""
    if one.stat().st_size != other.stat().st_size:
        return False
    with open(one, "rb") as first, open(other, "rb") as second:
        while piece := first.read(_PIECE):
            if piece != second.read(_PIECE):
                return False
    return True
