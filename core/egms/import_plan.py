"""Decide what an import has to do: which tables to read, and which rows of the store stay."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from pathlib import Path
from typing import Sequence

from shapely.ops import unary_union

from ..aoi.area import Area
from ..errors import CsvError, StoreError
from .names import parse
from .products import Product, common_level, describe, identity
from .schema import TABLES, Source, StoreInfo
from .table_files import find_tables


@dataclass(frozen=True)
class Reading:
    """A table to be read. number: id of its source. area: to cut it to, None = all of it."""

    product: Product
    number: int
    area: Area | None


@dataclass(frozen=True)
class Plan:
    """What to do. kept: sources of the store that stay as they are. skipped: names of tables."""

    level: str
    release: str
    readings: tuple[Reading, ...]
    kept: tuple[Source, ...]
    skipped: tuple[str, ...]

    @property
    def size(self) -> int:
        """Return the bytes of text to be read."""
        return sum(reading.product.file.size for reading in self.readings)

    def tables(self) -> list[str]:
        """Return the tables that will have rows, in the store's order."""
        wanted = {reading.product.table for reading in self.readings}
        wanted |= {source.table for source in self.kept}
        return [table for table in TABLES if table in wanted]


def make_plan(inputs: Sequence[Path], old: StoreInfo | None, area: Area | None) -> Plan:
    """Look at all inputs and at what the store has already.

    A product that is there already, from the same text, is skipped, and so is a delivery older
    than that in the store; a newer one takes its place. What a store covers never shrinks: a
    product that was cut to another area before is read again for both.

    Raise FileBroken, CsvError; StoreError "level" for products that do not belong together.
    """
    products, skipped = _newest(_products(inputs))
    level, release = common_level(products)
    if old is not None and (old.level, old.release) != (level, release):
        raise StoreError("level", name=products[0].file.file)
    sources = {identity(source.name): source for source in old.sources} if old else {}
    number = max((source.id for source in sources.values()), default=0)
    readings = []
    for product in products:
        there = sources.get(product.identity)
        wanted = area if there is None or old is None else _both(there, old, area)
        if there is not None and _has_all(there, product, wanted):
            skipped.append(product.name)
            continue
        sources.pop(product.identity, None)
        number += 1
        readings.append(Reading(product, number, wanted))
    return Plan(level, release, tuple(readings), tuple(sources.values()), tuple(skipped))


def area_key(area: Area | None) -> str:
    """Return what tells areas apart: "" for none, else a short fingerprint of the outline."""
    return hashlib.sha256(area.geometry.wkb).hexdigest()[:16] if area else ""


def _products(inputs: Sequence[Path]) -> list[Product]:
    """Describe all tables; other CSVs that merely lie in a folder are passed over."""
    products: list[Product] = []
    stranger: CsvError | None = None
    for file in find_tables(inputs):
        try:
            products.append(describe(file))
        except CsvError as err:
            if file.chosen or parse(file.file):
                raise
            stranger = err
    if stranger is not None and not products:
        raise stranger
    return products


def _newest(products: Sequence[Product]) -> tuple[list[Product], list[str]]:
    """Return the newest delivery of each product, and the names of the others."""
    newest: dict[str, Product] = {}
    others = []
    for product in products:
        other = newest.setdefault(product.identity, product)
        if other is product:
            continue
        if product.sub_release > other.sub_release:
            newest[product.identity], product = product, other
        others.append(product.name)
    return list(newest.values()), others


def _both(there: Source, old: StoreInfo, area: Area | None) -> Area | None:
    """Return what has to be covered by a product that is in the store already; None = all."""
    if area is None or not there.area:
        return None
    before = Area.from_json(old.areas[there.area])
    if before.geometry.covers(area.geometry):
        return before
    names = before.name.split(", ")
    name = ", ".join(names if area.name in names else [*names, area.name])
    return Area(name, "polygon", unary_union([before.geometry, area.geometry]))


def _has_all(there: Source, product: Product, wanted: Area | None) -> bool:
    """Return whether nothing would change."""
    if product.sub_release != there.sub_release:
        return product.sub_release < there.sub_release
    return (
        there.area == area_key(wanted) and there.csv_size == product.file.size
        and there.csv_crc == product.file.whole_crc()
    )
