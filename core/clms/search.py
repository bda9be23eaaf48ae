"""Search over all datasets at once, fast enough for every key stroke."""

from __future__ import annotations

from typing import NamedTuple, Sequence

from .coverage import intersects
from .models import Dataset
from .query import CatalogueQuery, folded, terms
from .values import metres, texts

_SEARCHED = ("keywords", "gemet", "gemetInspireThemes", "classificationTopicCategory",
             "familyTitle", "characteristics_type", "characteristics_spatial_coverage",
             "geographicCoverage")


class _Entry(NamedTuple):
    """A dataset with what searching and sorting need of it. Texts are folded."""

    dataset: Dataset
    title: str
    rest: str
    finest: float


class SearchIndex:
    """An unchanging index; make a new one for a new catalogue."""

    def __init__(self, datasets: Sequence[Dataset]) -> None:
        self._entries = [_entry(dataset) for dataset in datasets]

    def search(self, query: CatalogueQuery) -> list[Dataset]:
        """Return what matches, sorted; equal ones in the order of the catalogue."""
        found = [entry for entry in self._entries if _passes(entry.dataset, query)]
        ranked = _ranked(found, query.text)
        if query.sort == "title":
            ranked.sort(key=lambda entry: entry.title)
        elif query.sort == "newest":
            ranked.sort(key=lambda entry: entry.dataset.published or entry.dataset.modified,
                        reverse=True)
        elif query.sort == "finest":
            ranked.sort(key=lambda entry: entry.finest)
        return [entry.dataset for entry in ranked]


def _entry(dataset: Dataset) -> _Entry:
    raw = dataset.raw if isinstance(dataset.raw, dict) else {}
    words = [dataset.product, dataset.component, dataset.description, dataset.uid,
             dataset.path.rpartition("/")[2]]
    for field in _SEARCHED:
        words += texts(raw.get(field))
    return _Entry(dataset, folded(dataset.title), folded(" ".join(words)),
                  metres(f"{dataset.resolution} {dataset.title}"))


def _passes(dataset: Dataset, query: CatalogueQuery) -> bool:
    """Return whether a dataset passes the filters. One that tells no extent may be anywhere."""
    return not (
        (query.components and dataset.component not in query.components)
        or (query.products and dataset.product not in query.products)
        or (query.by_area and not (dataset.by_area or dataset.in_archive))
        or (query.prepackaged and not dataset.files)
        or (query.map_layer and not dataset.services)
        or (query.elsewhere and not dataset.elsewhere)
        or (query.covers and dataset.boxes and not intersects(query.covers, dataset.boxes)))


def _ranked(entries: list[_Entry], text: str) -> list[_Entry]:
    """Return the entries in which all terms occur, those with more of them in the title first."""
    needles = terms(text)
    if not needles:
        return entries
    groups: dict[tuple[int, bool], list[_Entry]] = {}
    for entry in entries:
        misses = 0
        for needle in needles:
            if needle not in entry.title:
                if needle not in entry.rest:
                    break
                misses += 1
        else:
            late = not entry.title.startswith(needles[0])
            groups.setdefault((misses, late), []).append(entry)
    return [entry for key in sorted(groups) for entry in groups[key]]
