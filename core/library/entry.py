"""One order on disk, as its side-car tells it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path, PurePosixPath
from typing import Any, Mapping

from ..aoi.area import Area
from ..cart.item import CartItem

FORMAT = 1
_TEXTS = ("service", "dataset", "title", "collection", "collection_title", "format", "crs",
          "start", "end", "version", "ordered", "citation", "page")


@dataclass(frozen=True)
class LibraryFile:
    """One file. name: path below the entry's folder, with "/"; size: bytes."""

    name: str
    size: int

    def is_in(self, folder: Path) -> bool:
        """Return whether the file is there with its full size."""
        try:
            return (folder / self.name).stat().st_size == self.size
        except OSError:
            return False


@dataclass(frozen=True)
class LibraryEntry:
    """Files of one order in one folder, and all that must be known to use and cite them.

    start, end: ISO dates of the data, "" where it has no time range. ordered: ISO date.
    area: None for files that were not ordered by area.
    """

    folder: Path
    service: str
    dataset: str
    title: str
    area: Area | None = None
    collection: str = ""
    collection_title: str = ""
    format: str = ""
    crs: str = ""
    start: str = ""
    end: str = ""
    version: str = ""
    ordered: str = ""
    citation: str = ""
    page: str = ""
    files: tuple[LibraryFile, ...] = ()

    @property
    def is_complete(self) -> bool:
        """Return whether all files are there with their full size."""
        return bool(self.files) and all(file.is_in(self.folder) for file in self.files)

    @property
    def size(self) -> int:
        """Return the bytes of all files."""
        return sum(file.size for file in self.files)

    @classmethod
    def of_order(
        cls, item: CartItem, folder: Path, results: tuple[str, ...], ordered: str
    ) -> LibraryEntry:
        """Return the entry for the files of a cart item; results: their full paths."""
        files = []
        for result in results:
            path = Path(result)
            name = path.relative_to(folder).as_posix()
            files.append(LibraryFile(name, path.stat().st_size))
        return cls(
            folder, item.service, item.dataset, item.title, item.area, item.collection,
            item.collection_title, item.format, item.crs, item.start, item.end,
            str(item.extra.get("version") or ""), ordered, item.citation,
            str(item.extra.get("page") or ""), tuple(files),
        )

    def joined_with(self, other: LibraryEntry) -> LibraryEntry:
        """Return this entry with the files and the area of another one added."""
        files = {file.name: file for file in (*other.files, *self.files)}
        return replace(self, files=tuple(files.values()), area=_joined(self.area, other.area))

    def to_json(self) -> dict[str, Any]:
        """Return plain data for JSON; the folder is where the side-car lies."""
        data: dict[str, Any] = {"format_version": FORMAT}
        data.update((name, getattr(self, name)) for name in _TEXTS)
        data["area"] = self.area.to_json() if self.area else None
        data["files"] = [{"name": file.name, "size": file.size} for file in self.files]
        return data

    @classmethod
    def from_json(cls, data: Mapping[str, Any], folder: Path) -> LibraryEntry:
        """Read what to_json() wrote; raise KeyError, TypeError, ValueError or AreaError."""
        texts = {name: str(data.get(name) or "") for name in _TEXTS}
        texts["dataset"] = str(data["dataset"])
        area = data.get("area")
        files = tuple(
            LibraryFile(_inside(file["name"]), int(file["size"])) for file in data["files"])
        return cls(folder, area=Area.from_json(area) if area else None, files=files, **texts)


def _joined(one: Area | None, other: Area | None) -> Area | None:
    """Return what two areas cover together, under the name of the first."""
    if one is None or other is None or other.geometry.covers(one.geometry):
        return other if one else None
    return Area(one.name, "polygon", one.geometry.union(other.geometry))


def _inside(name: str) -> str:
    """Return a file name of a side-car; ValueError if it leads out of the folder."""
    path = PurePosixPath(name)
    if path.is_absolute() or ".." in path.parts or ":" in name or not path.parts:
        raise ValueError("the name leads out of the folder")
    return name
