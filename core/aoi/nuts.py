"""NUTS regions and the countries of the world: facts from the package, found by code or name."""

from __future__ import annotations

import csv
import re
import unicodedata
from dataclasses import dataclass
from pathlib import Path
from typing import Iterable, Iterator

INDEX = Path(__file__).resolve().parents[2] / "resources" / "nuts_index.csv"
_PORTAL_RELEASE = "2021"
_TWINS = {"GR": "EL", "GB": "UK"}
_LETTERS = str.maketrans({
    "ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "æ": "ae", "œ": "oe", "ı": "i", "ħ": "h",
})


@dataclass(frozen=True)
class Region:
    """A NUTS region or a country.

    name: in Latin letters. national: in the country's own letters, "" if the same.
    other: further names, such as the English one of a country.
    level: NUTS level 0…3, 0 for a country outside NUTS too.
    box: (west, south, east, north) in degrees, of a generalised outline.
    releases: NUTS editions that have the code; empty for a country outside NUTS.
    """

    code: str
    name: str
    national: str
    other: tuple[str, ...]
    level: int
    country: str
    box: tuple[float, float, float, float]
    releases: tuple[str, ...]

    @property
    def in_nuts(self) -> bool:
        """Return whether this is a NUTS region; otherwise it is a country elsewhere."""
        return bool(self.releases)

    @property
    def parent(self) -> str:
        """Return the code of the region that this one belongs to, "" for countries."""
        return self.code[:-1] if self.level else ""

    @property
    def portal_code(self) -> str:
        """Return the code for orders, "" if the portal, which has NUTS 2021, lacks it."""
        return self.code if not self.level or _PORTAL_RELEASE in self.releases else ""


class NutsIndex:
    """All regions, in the order of their codes; read from the file of the package."""

    def __init__(self, path: Path = INDEX) -> None:
        with path.open(encoding="utf-8", newline="") as file:
            lines = (line for line in file if not line.startswith("#"))
            self.regions = tuple(_read(csv.DictReader(lines)))
        self._by_code = {region.code: region for region in self.regions}
        self._names = [_searched(region) for region in self.regions]
        self._children: dict[str, list[Region]] = {}
        for region in self.regions:
            self._children.setdefault(region.parent, []).append(region)
        self._children.get("", []).sort(key=lambda region: folded(region.name))

    def region(self, code: str) -> Region | None:
        """Return the region with a code in any case; GR and GB are EL and UK in NUTS."""
        code = code.strip().upper()
        return self._by_code.get(_TWINS.get(code, code))

    def countries(self) -> list[Region]:
        """Return all countries by name, those outside NUTS too."""
        return list(self._children.get("", ()))

    def children(self, code: str) -> list[Region]:
        """Return the regions one level below, in the order of their codes."""
        return list(self._children.get(code, ())) if code else []

    def search(self, text: str, limit: int = 100) -> list[Region]:
        """Return the regions that a text fits, the best first.

        Order: whole code or name, beginning of one, beginning of a word in a name, anywhere in a
        name; then the larger region, then the code. Case, accents and signs do not matter.
        """
        wanted = folded(text)
        if not wanted:
            return []
        hits = []
        for region, names in zip(self.regions, self._names):
            rank = _rank(wanted, names)
            if rank is not None:
                hits.append((rank, region.level, region.code, region))
        hits.sort(key=lambda hit: hit[:3])
        return [hit[3] for hit in hits[:limit]]


def folded(text: str) -> str:
    """Return a text for comparing: lower case, no accents, words parted by one blank."""
    plain = unicodedata.normalize("NFKD", text.casefold().translate(_LETTERS))
    plain = "".join(letter for letter in plain if not unicodedata.combining(letter))
    return " ".join(re.findall(r"\w+", plain))


def _read(rows: Iterable[dict[str, str]]) -> Iterator[Region]:
    for row in rows:
        yield Region(
            row["code"], row["name"], row["national"], _split(row["other"], "|"),
            0 if row["level"] == "country" else int(row["level"]), row["country"],
            (float(row["west"]), float(row["south"]), float(row["east"]), float(row["north"])),
            _split(row["releases"], " "))


def _split(text: str, sign: str) -> tuple[str, ...]:
    return tuple(text.split(sign)) if text else ()


def _searched(region: Region) -> tuple[str, ...]:
    """Return what a search looks at: the folded code, then the folded names."""
    names = (region.name, region.national, *region.other)
    return (region.code.casefold(), *(folded(name) for name in names if name))


def _rank(wanted: str, names: tuple[str, ...]) -> int | None:
    """Return how well a text fits a code and names, 0 = best, None = not at all."""
    if wanted in names:
        return 0
    if any(name.startswith(wanted) for name in names):
        return 1
    if any(f" {wanted}" in name for name in names[1:]):
        return 2
    return 3 if any(wanted in name for name in names[1:]) else None
