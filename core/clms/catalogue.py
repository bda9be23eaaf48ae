"""The catalogue: read whole, kept on disk, searched here."""

from __future__ import annotations

import json
import logging
import re
from dataclasses import replace
from datetime import datetime, timezone
from pathlib import Path
from typing import Any, Mapping, NamedTuple, Sequence

from ..errors import BadAnswer
from ..files import write_whole
from ..ports import Progress, Stop
from .client import PortalClient
from .components import place_of, places, rank
from .models import Dataset
from .query import CatalogueQuery
from .records import dataset_from_record
from .search import SearchIndex
from .titles import split

_LOG = logging.getLogger("clms_explorer.catalogue")
_LAYOUT = 1
_YEAR = re.compile(r"–?\b((?:19|20)\d\d|present)\b")


class _Content(NamedTuple):
    """Everything that changes together when the catalogue is read anew."""

    datasets: tuple[Dataset, ...]
    searched: SearchIndex
    fetched_at: datetime | None


class Catalogue:
    """All datasets of the portal. Safe to use from several threads.

    folder: where it is kept as catalogue.json.
    """

    def __init__(self, folder: Path) -> None:
        self._path = folder / "catalogue.json"
        self._content = _Content((), SearchIndex(()), None)

    @property
    def datasets(self) -> tuple[Dataset, ...]:
        """Return all datasets by component, product and name, newest first."""
        return self._content.datasets

    @property
    def fetched_at(self) -> datetime | None:
        """Return when it was read from the portal (UTC), None if never."""
        return self._content.fetched_at

    def load(self) -> bool:
        """Read the copy on disk; return False, and change nothing, if there is none to read."""
        try:
            data = json.loads(self._path.read_bytes())
            if data["layout"] != _LAYOUT:
                return False
            fetched = datetime.fromisoformat(data["fetched_at"])
            datasets = _datasets(data["datasets"], data["products"])
        except FileNotFoundError:
            return False
        except (OSError, ValueError, KeyError, TypeError, AttributeError) as err:
            _LOG.warning("the catalogue on disk cannot be read: %s", type(err).__name__)
            return False
        self._content = _Content(datasets, SearchIndex(datasets), fetched)
        return True

    def refresh(self, client: PortalClient, stop: Stop, progress: Progress) -> None:
        """Read the whole catalogue from the portal and keep it.

        Until it is complete the old one stays in use. Raise network errors, BadAnswer("shape")
        for a portal without datasets, DiskFull, Cancelled.
        """
        products = client.products(stop)
        records = client.datasets(stop, progress)
        datasets = _datasets(records, products)
        if not datasets:
            raise BadAnswer("shape", "no datasets", host=client.host)
        fetched = datetime.now(timezone.utc).replace(microsecond=0)
        content = {
            "layout": _LAYOUT, "fetched_at": fetched.isoformat(), "products": products,
            "datasets": records,
        }
        self._content = _Content(datasets, SearchIndex(datasets), fetched)
        write_whole(self._path, json.dumps(content, ensure_ascii=False).encode())

    def find(self, uid_or_title: str) -> Dataset | None:
        """Return the dataset with this UID, or else with this title in any letter case."""
        wanted = uid_or_title.strip().casefold()
        if not wanted:
            return None
        by_uid = (item for item in self.datasets if item.uid.casefold() == wanted)
        by_title = (item for item in self.datasets if item.title.casefold() == wanted)
        return next(by_uid, None) or next(by_title, None)

    def search(self, query: CatalogueQuery) -> list[Dataset]:
        """Return what matches a query; all datasets for an empty one."""
        return self._content.searched.search(query)

    def tree(self) -> dict[str, dict[str, list[Dataset]]]:
        """Return component → product → datasets, in the portal's order."""
        tree: dict[str, dict[str, list[Dataset]]] = {}
        for item in self.datasets:
            tree.setdefault(item.component, {}).setdefault(item.product, []).append(item)
        return tree


def _datasets(
    records: Sequence[Any], products: Sequence[Mapping[str, Any]]
) -> tuple[Dataset, ...]:
    """Return the datasets with product and component, each one once, in the portal's order."""
    known = places(products)
    found: dict[str, Dataset] = {}
    for record in records:
        if isinstance(record, dict):
            item = dataset_from_record(record)
            place = place_of(item.path, known)
            item = replace(item, product=item.product or place.product, component=place.component)
            if item.title:
                found.setdefault(item.uid or item.path or item.title, item)
    return tuple(sorted(found.values(), key=_order))


def _order(item: Dataset) -> tuple[int, str, str, int, str]:
    """Return the sort key: component, product, name without years, newest years first."""
    name = split(item.title).name.casefold()
    years = [9999 if year == "present" else int(year) for year in _YEAR.findall(name)]
    return (rank(item.component), item.product.casefold(), " ".join(_YEAR.sub("", name).split()),
            -max(years, default=0), item.title.casefold())
