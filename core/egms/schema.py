"""How a point store is laid out: a GeoPackage whose facts are JSON in its metadata table.

One feature table for each direction of motion, with one column for each attribute and the
whole series of a point in one BLOB. Rows of one source are contiguous in fid.
"""

from __future__ import annotations

import json
import sqlite3
from dataclasses import asdict, dataclass, field
from typing import Any, Iterable, Mapping

import numpy as np
from numpy.typing import NDArray

from ..errors import StoreError
from .columns import CANONICAL, INTEGERS, PID
from .displacements import SeriesFormat

FORMAT = "clms-explorer point store"
VERSION = 1
URI = "https://clms-explorer/point-store"
"""Marks the row of gpkg_metadata that holds the store's facts."""

DIRECTIONS: Mapping[str, str] = {
    "los_ascending": "Ascending", "los_descending": "Descending", "up": "Up",
    "east": "East–west",
}
"""Feature table -> direction of motion; towards the satellite, up and east are positive."""

TABLES = tuple(DIRECTIONS)
SRS = 3035
PAGE_SIZE = 32768
"""Rows have 700 bytes and more: pages of 4096 would waste a tenth."""

SMALL_PAGE_SIZE = 8192
"""For stores of a few megabytes, where a page for each of 20 little tables counts more."""

GEOMETRY_BYTES = 29
"""GeoPackage header without envelope (8) and a little-endian WKB point (21)."""


@dataclass(frozen=True)
class Source:
    """One product file in a store.

    id: value of the column `source`. name: stem of the product file. file: name of the CSV.
    csv_size, csv_crc: of the whole CSV. rows: in the CSV; kept: in the store.
    table: one of TABLES. track 0, burst, swath, component, tile "" where they mean nothing.
    dates: ISO, increasing. bytes, decimals: see SeriesFormat.
    clipped: name of the area that the points were cut to, "" = none; area: its key in
    StoreInfo.areas.
    provenance: what the product's XML says, as text. imported: ISO, UTC.
    """

    id: int
    name: str
    file: str
    csv_size: int
    csv_crc: int
    rows: int
    kept: int
    table: str
    track: int
    burst: str
    swath: str
    component: str
    tile: str
    sub_release: int
    dates: tuple[str, ...]
    bytes: int
    decimals: int
    clipped: str
    area: str = ""
    provenance: dict[str, str] = field(default_factory=dict)
    imported: str = ""

    @property
    def form(self) -> SeriesFormat:
        """Return how the series of this source are kept."""
        return SeriesFormat(self.bytes, self.decimals)

    @property
    def date_axis(self) -> NDArray[np.datetime64]:
        """Return the dates as datetime64[D]."""
        return np.array(self.dates, "datetime64[D]")

    def to_json(self) -> dict[str, Any]:
        """Return plain values."""
        return {**asdict(self), "dates": list(self.dates)}

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> Source:
        """Read what to_json() wrote."""
        return cls(**{**data, "dates": tuple(data["dates"])})


@dataclass(frozen=True)
class TableFacts:
    """What a map needs to know of a feature table.

    extent: (xmin, ymin, xmax, ymax) in EPSG:3035. velocity: least and greatest mean_velocity in
    mm/yr; quantiles of it by percent: "2", "10", "50", "90", "98". NaN if no point has one.
    """

    name: str
    rows: int
    extent: tuple[float, float, float, float]
    velocity: tuple[float, float]
    quantiles: dict[str, float]

    def to_json(self) -> dict[str, Any]:
        """Return plain values; NaN, which JSON does not know, as None."""
        return {
            "name": self.name, "rows": self.rows, "extent": list(self.extent),
            "velocity": [_or_none(value) for value in self.velocity],
            "quantiles": {key: _or_none(value) for key, value in self.quantiles.items()},
        }

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> TableFacts:
        """Read what to_json() wrote."""
        west, south, east, north = data["extent"]
        low, high = (_or_nan(value) for value in data["velocity"])
        quantiles = {str(key): _or_nan(value) for key, value in data["quantiles"].items()}
        return cls(data["name"], data["rows"], (west, south, east, north), (low, high), quantiles)


@dataclass(frozen=True)
class StoreInfo:
    """What is in a store. level: "L2a", "L2b", "L3". release: "2020-2024".

    areas: what sources were cut to, as GeoJSON features, by the key that sources use.
    """

    level: str
    release: str
    sources: tuple[Source, ...] = ()
    table_facts: tuple[TableFacts, ...] = ()
    areas: dict[str, Any] = field(default_factory=dict)
    version: int = VERSION

    @property
    def tables(self) -> tuple[str, ...]:
        """Return the feature tables that have rows, in the order of TABLES."""
        filled = {facts.name for facts in self.table_facts if facts.rows}
        return tuple(table for table in TABLES if table in filled)

    def tracks(self, table: str) -> list[int]:
        """Return the tracks in a table, increasing; none for level 3."""
        return sorted({item.track for item in self.sources if item.table == table and item.track})

    def source(self, source_id: int) -> Source:
        """Return a source by its id; KeyError if there is none."""
        for source in self.sources:
            if source.id == source_id:
                return source
        raise KeyError(source_id)

    def facts(self, table: str) -> TableFacts:
        """Return the facts of a table; KeyError if there is none."""
        for facts in self.table_facts:
            if facts.name == table:
                return facts
        raise KeyError(table)

    def to_json(self) -> dict[str, Any]:
        """Return plain values."""
        return {
            "format": FORMAT, "version": self.version, "level": self.level,
            "release": self.release, "sources": [source.to_json() for source in self.sources],
            "tables": [facts.to_json() for facts in self.table_facts], "areas": self.areas,
        }

    @classmethod
    def from_json(cls, data: Any) -> StoreInfo:
        """Read what to_json() wrote; raise StoreError "not_a_store" or "newer"."""
        try:
            if data["format"] != FORMAT:
                raise StoreError("not_a_store")
            if int(data["version"]) > VERSION:
                raise StoreError("newer", version=int(data["version"]))
            return cls(
                data["level"], data["release"],
                tuple(Source.from_json(item) for item in data["sources"]),
                tuple(TableFacts.from_json(item) for item in data["tables"]), dict(data["areas"]),
                int(data["version"]),
            )
        except (KeyError, TypeError, ValueError, AttributeError) as err:
            raise StoreError("not_a_store", type(err).__name__) from err


def read_info(connection: sqlite3.Connection) -> StoreInfo:
    """Return the facts of an open store; raise StoreError "not_a_store", "newer" or "locked"."""
    try:
        row = connection.execute(
            "SELECT metadata FROM gpkg_metadata WHERE md_standard_uri = ?", (URI,)).fetchone()
    except sqlite3.OperationalError as err:
        busy = "locked" in str(err) or "busy" in str(err)
        raise StoreError("locked" if busy else "not_a_store", str(err)) from err
    except sqlite3.DatabaseError as err:
        raise StoreError("not_a_store", str(err)) from err
    if row is None:
        raise StoreError("not_a_store")
    try:
        data = json.loads(row[0])
    except (TypeError, ValueError) as err:
        raise StoreError("not_a_store", type(err).__name__) from err
    return StoreInfo.from_json(data)


def in_order(columns: Iterable[str]) -> list[str]:
    """Return the names of numeric columns in the order of a feature table, each once."""
    wanted = set(columns) - {PID}
    return [name for name in CANONICAL if name in wanted]


def feature_table_sql(table: str, columns: Iterable[str]) -> str:
    """Return the DDL of a feature table with these numeric columns, in this order."""
    numbers = "".join(
        f", {name} {'INTEGER' if name in INTEGERS else 'REAL'}" for name in columns)
    return (
        f"CREATE TABLE {table} (fid INTEGER PRIMARY KEY NOT NULL, geom POINT, pid TEXT, "
        f"source INTEGER{numbers}, series BLOB)"
    )


def rtree_name(table: str) -> str:
    """Return the name of a table's spatial index."""
    return f"rtree_{table}_geom"


def rtree_sql(table: str) -> str:
    """Return the DDL of a table's spatial index."""
    return f"CREATE VIRTUAL TABLE {rtree_name(table)} USING rtree(id, minx, maxx, miny, maxy)"


def pid_index_sql(table: str) -> str:
    """Return the DDL of the index that finds a point by its id, one in each source."""
    return f"CREATE UNIQUE INDEX {table}_pid ON {table} (pid, source)"


def _or_none(value: float) -> float | None:
    return float(value) if np.isfinite(value) else None


def _or_nan(value: float | None) -> float:
    return float("nan") if value is None else float(value)
