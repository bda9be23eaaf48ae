"""How many datasets each filter would leave."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import Callable, Mapping

from .coverage import Box
from .models import Dataset
from .query import CatalogueQuery

FLAGS = ("by_area", "prepackaged", "map_layer", "elsewhere")
COVERS = "covers"
Search = Callable[[CatalogueQuery], "list[Dataset]"]


@dataclass(frozen=True)
class Counts:
    """Datasets that are left with a filter on, beside the other filters that are on.

    flags: by the name of the CatalogueQuery's field, "covers" among them. components: by title.
    products: by (component, product).
    """

    flags: Mapping[str, int]
    components: Mapping[str, int]
    products: Mapping[tuple[str, str], int]


class Facets:
    """Counts for one content of the catalogue; make a new one when it was read anew.

    search: Catalogue.search. What a filter alone leaves is found once and kept.
    """

    def __init__(self, search: Search) -> None:
        self._search = search
        self._kept: dict[CatalogueQuery, set[int]] = {}

    def counts(self, query: CatalogueQuery, area: Box | None) -> Counts:
        """Return the counts beside a query. area: the box that "covers" would ask for."""
        found = self._search(CatalogueQuery(text=query.text))
        wishes = {flag: self._left(CatalogueQuery.from_json({flag: True})) for flag in FLAGS}
        if area is not None:
            wishes[COVERS] = self._left(CatalogueQuery(covers=area))
        active = [flag for flag in wishes if getattr(query, flag)]
        in_place = self._left(
            CatalogueQuery(components=query.components, products=query.products))
        texts = {id(dataset) for dataset in found}
        flags = {flag: 0 for flag in (*FLAGS, COVERS)}
        for flag, left in wishes.items():
            others = [wishes[other] for other in active if other != flag]
            flags[flag] = len(texts.intersection(in_place, left, *others))
        passing = texts.intersection(*(wishes[flag] for flag in active))
        places = Counter(
            (dataset.component, dataset.product) for dataset in found if id(dataset) in passing)
        components: Counter[str] = Counter()
        for (component, _product), count in places.items():
            components[component] += count
        return Counts(flags, components, places)

    def _left(self, query: CatalogueQuery) -> set[int]:
        """Return the identities of what a query without words leaves."""
        if query not in self._kept:
            if len(self._kept) > 64:
                self._kept.clear()
            self._kept[query] = {id(dataset) for dataset in self._search(query)}
        return self._kept[query]
