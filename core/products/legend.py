"""Legends: the classes or colour stops of a product, from resources/legends."""

from __future__ import annotations

import csv
import json
import math
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import Any, Iterator

FOLDER = Path(__file__).resolve().parents[2] / "resources" / "legends"


@dataclass(frozen=True)
class LegendClass:
    """One row of a legend.

    value: the stored value (categorical) or the colour stop (continuous, see Legend.domain);
    NaN where the table names its rows by text alone.
    code: nomenclature code as text, "" where the value is the code.
    role: "class", "aggregate", "background", "flag" or "nodata"; "stop" for colour stops.
    alpha: 0…255.
    """

    value: float
    label: str
    colour: tuple[int, int, int]
    code: str = ""
    role: str = "class"
    alpha: int = 255
    group: str = ""


@dataclass(frozen=True)
class Legend:
    """How one product is drawn and read.

    kind: "categorical" or "continuous". domain: "raw" (stops are stored values) or "physical".
    scale, offset: physical = stored · scale + offset. nodata: stored values without meaning.
    """

    product: str
    title: str
    kind: str
    rows: tuple[LegendClass, ...]
    unit: str = ""
    scale: float = 1.0
    offset: float = 0.0
    domain: str = "physical"
    discrete: bool = False
    nodata: tuple[float, ...] = ()
    flags: tuple[LegendClass, ...] = field(default=())

    def classes(self) -> Iterator[LegendClass]:
        """Yield the rows that are classes, in the table's order."""
        return (row for row in self.rows if row.role == "class")


@lru_cache(maxsize=None)
def read_legend(product: str) -> Legend:
    """Return the legend of a product of resources/legends/index.csv; KeyError if there is none."""
    entry = index()[product]
    with (FOLDER / f"{product}.csv").open(encoding="utf-8", newline="") as file:
        table = list(csv.DictReader(file))
    if entry["kind"] == "categorical":
        rows = tuple(_categorical_row(row) for row in table)
        nodata = tuple(row.value for row in rows if row.role == "nodata" and row.alpha == 0)
        return Legend(product, entry["title"], "categorical", rows, nodata=nodata)
    meta = json.loads((FOLDER / f"{product}.meta.json").read_text(encoding="utf-8"))
    return _continuous(entry, table, meta)


@lru_cache(maxsize=1)
def index() -> dict[str, dict[str, str]]:
    """Return the rows of index.csv by product."""
    with (FOLDER / "index.csv").open(encoding="utf-8", newline="") as file:
        return {row["product"]: row for row in csv.DictReader(file)}


def _categorical_row(row: dict[str, str]) -> LegendClass:
    try:
        value = float(row["value"])
    except ValueError:
        value = math.nan
    return LegendClass(
        value, row["label"], _colour(row), row["code"], row["role"],
        int(row["alpha"]), row["level1_label"],
    )


def _continuous(entry: dict[str, str], table: list[dict[str, str]], meta: Any) -> Legend:
    flags = tuple(
        LegendClass(
            float(value), str(flag["label"]), tuple(flag["rgb"]), role="flag",
            alpha=int(flag.get("alpha", 255)),
        )
        for value, flag in dict(meta.get("flags") or {}).items()
    )
    return Legend(
        entry["product"], entry["title"], "continuous",
        tuple(LegendClass(float(row["value"]), row["label"], _colour(row), role="stop")
              for row in table),
        unit=str(meta.get("unit") or ""), scale=float(meta.get("scale") or 1),
        offset=float(meta.get("offset") or 0), domain=str(meta.get("value_domain") or "physical"),
        discrete=meta.get("interpolation") == "discrete",
        nodata=tuple(float(value) for value in meta.get("nodata") or ()), flags=flags,
    )


def _colour(row: dict[str, str]) -> tuple[int, int, int]:
    return int(row["red"]), int(row["green"]), int(row["blue"])
