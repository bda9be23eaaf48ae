"""Which files of a search to take: enough to cover the area, no more."""

from __future__ import annotations

from typing import Iterable, NamedTuple, Sequence

from shapely.geometry.base import BaseGeometry

from ..aoi.area import Area
from ..errors import Cancelled
from ..ports import Stop, never
from .hits import Hit

_GAIN = 0.01
"""Share of the area that one more file must add to be worth loading."""
_BYTES_PER_POINT = 320
"""Size of a zip per point: 316 to 384 in the real Ustica files of five years."""


class Covered(NamedTuple):
    """A file and the share of the area that lies in its footprint, 0…1."""

    hit: Hit
    share: float


def covered(hits: Iterable[Hit], area: Area, stop: Stop = never) -> list[Covered]:
    """Return the files with their shares: ascending, descending, then by share and name.

    Takes some milliseconds per file. Raise Cancelled.
    """
    found = []
    for hit in hits:
        if stop():
            raise Cancelled()
        found.append(Covered(hit, hit.coverage(area)))
    return sorted(found, key=lambda one: (
        _group(one.hit), -round(one.share, 3), one.hit.filename))


def enough(files: Sequence[Covered], area: Area) -> frozenset[str]:
    """Return the names of few files that cover the area in every direction there is.

    In each direction (and component of L3) the file that covers most is taken first, then
    whichever adds most, until none adds a hundredth of the area.
    """
    groups: dict[tuple[str, str], list[Covered]] = {}
    for file in files:
        groups.setdefault(_group(file.hit), []).append(file)
    return frozenset(name for group in groups.values() for name in _cover(group, area))


def about_points(hits: Iterable[Hit]) -> int:
    """Return about how many points files bring."""
    return round(sum(hit.size for hit in hits) / _BYTES_PER_POINT)


def _group(hit: Hit) -> tuple[str, str]:
    return hit.direction or "unknown", hit.component


def _cover(files: Sequence[Covered], area: Area) -> list[str]:
    rest: BaseGeometry = area.geometry
    whole, names = rest.area, []
    candidates = list(files)
    while candidates and not rest.is_empty:
        best = max(candidates, key=lambda one: rest.intersection(one.hit.footprint).area)
        if rest.intersection(best.hit.footprint).area < _GAIN * whole:
            break
        names.append(best.hit.filename)
        rest = rest.difference(best.hit.footprint)
        candidates.remove(best)
    return names
