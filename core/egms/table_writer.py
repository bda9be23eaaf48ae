"""Write the feature table of a new store: rows in bulk, then its indexes and its facts."""

from __future__ import annotations

import sqlite3
from functools import lru_cache
from pathlib import Path
from typing import Any, Sequence

import numpy as np
from numpy.typing import NDArray

from .displacements import SeriesFormat
from .noise import Floats
from .overview import Accumulator
from .row_stream import Rows
from .rtree import pack
from .schema import (
    GEOMETRY_BYTES,
    SRS,
    TableFacts,
    feature_table_sql,
    in_order,
    pid_index_sql,
    rtree_sql,
)

_BATCHES = (64, 16, 4, 1)
"""Rows of one INSERT: few different statements, so that each is prepared once."""

_QUANTILES = (2, 10, 50, 90, 98)
_FETCHED = 4096
_AT_ONCE = 1 << 17
_GEOMETRY = np.dtype([
    ("magic", "S2"), ("version", "u1"), ("flags", "u1"), ("srs", "<i4"),
    ("order", "u1"), ("type", "<u4"), ("x", "<f8"), ("y", "<f8"),
])
_LITTLE_ENDIAN = 1
_POINT = 1


class DoublePoint(Exception):
    """A source has the same point id twice. source: its number."""

    def __init__(self, source: int, pid: str) -> None:
        super().__init__(pid)
        self.source, self.pid = source, pid


class TableWriter:
    """Row ids are counted from 1 in the order of writing, so a place in memory gives the id."""

    def __init__(self, connection: sqlite3.Connection, table: str, columns: Sequence[str]) -> None:
        """Make the table. columns: numeric columns of all sources, in the store's order."""
        self._connection, self.name, self._columns = connection, table, columns
        self._x: list[Floats] = []
        self._y: list[Floats] = []
        self._velocity: list[Floats] = []
        self.count = 0
        connection.execute(feature_table_sql(table, columns))

    def add(self, source: int, names: Sequence[str], form: SeriesFormat, rows: Rows) -> None:
        """Append rows of one source. names: of the columns of rows.numbers.

        Whole blocks of geometries and series are bound as one value and cut up by SQLite, many
        rows in a statement: no Python object is made for them, and other threads go on meanwhile.
        """
        count = len(rows.pids)
        geometries = _geometries(rows.x, rows.y)
        series = np.ascontiguousarray(rows.steps, form.dtype)
        length = series.shape[1] * form.bytes
        values: list[Any] = []
        for pid, numbers in zip(rows.pids, rows.numbers.tolist()):
            values.append(pid)
            values += numbers  # NaN becomes NULL
        width = 1 + len(names)
        start = 0
        for batch in _BATCHES:
            statement = _insert_sql(self.name, tuple(names), batch, length)
            while count - start >= batch:
                end = start + batch
                self._connection.execute(statement, [
                    self.count + start + 1, source, geometries[start:end].data,
                    series[start:end].data, *values[start * width:end * width]])
                start = end
        self._keep(rows.x, rows.y, rows.numbers[:, names.index("mean_velocity")])

    def copy(self, schema: str, sources: Sequence[int]) -> None:
        """Append the rows of some sources of the same table in an attached store."""
        old = f"{schema}.{self.name}"
        there = [row[1] for row in self._connection.execute(
            f"PRAGMA {schema}.table_info({self.name})")]
        names = in_order(there)
        columns = ", ".join(("geom", "pid", "source", *names, "series"))
        of_sources = f"WHERE source IN ({', '.join('?' * len(sources))}) ORDER BY fid"
        self._connection.execute(
            f"INSERT INTO main.{self.name} ({columns}) "  # nosec B608
            f"SELECT {columns} FROM {old} {of_sources}", sources)
        cursor = self._connection.execute(
            "SELECT easting, northing, mean_velocity "  # nosec B608
            f"FROM {old} {of_sources}", sources)
        while True:
            rows = cursor.fetchmany(_FETCHED)
            if not rows:
                return
            x, y, velocity = np.array(rows, np.float64).T  # NULL becomes NaN
            self._keep(x, y, velocity)

    def forget(self, source: int, count: int) -> None:
        """Take out the rows of the source that was written last; count: rows before it."""
        self._connection.execute(
            f"DELETE FROM {self.name} WHERE source = ?", (source,))  # nosec B608
        while self.count > count:
            self.count -= self._x.pop().size
            del self._y[-1], self._velocity[-1]

    def finish(self, overview: Path) -> TableFacts:
        """Make the indexes and the overview raster; return the facts of the table.

        Raise DoublePoint.
        """
        try:
            self._connection.execute(pid_index_sql(self.name))
        except sqlite3.IntegrityError as err:
            raise self._double_point() from err
        x, y, velocity = (_joined(parts) for parts in (self._x, self._y, self._velocity))
        raster = Accumulator()
        for start in range(0, self.count, _AT_ONCE):
            some = slice(start, start + _AT_ONCE)
            raster.add(x[some], y[some], velocity[some])
        raster.write(overview)
        facts = self._facts(x, y, velocity)
        del velocity
        self._connection.execute(rtree_sql(self.name))
        pack(self._connection, self.name, "geom", np.arange(1, self.count + 1), x, y)
        return facts

    # --- inside

    def _keep(self, x: Floats, y: Floats, velocity: Floats) -> None:
        for parts, values in ((self._x, x), (self._y, y), (self._velocity, velocity)):
            parts.append(values.copy())
        self.count += x.size

    def _facts(self, x: Floats, y: Floats, velocity: Floats) -> TableFacts:
        extent = (float(x.min()), float(y.min()), float(x.max()), float(y.max()))
        known = velocity[np.isfinite(velocity)]
        if not known.size:
            known = np.array([np.nan])
        span = (float(known.min()), float(known.max()))
        shares = np.percentile(known, _QUANTILES, overwrite_input=True)
        quantiles = {str(share): float(value) for share, value in zip(_QUANTILES, shares)}
        return TableFacts(self.name, self.count, extent, span, quantiles)

    def _double_point(self) -> DoublePoint:
        return DoublePoint(*self._connection.execute(
            f"SELECT source, pid FROM {self.name} "  # nosec B608
            "GROUP BY pid, source HAVING count(*) > 1 LIMIT 1").fetchone())


def _joined(parts: list[Floats]) -> Floats:
    """Return the parts as one vector, and let them go: a store has millions of points."""
    whole: Floats = np.concatenate(parts)
    parts.clear()
    return whole


@lru_cache(maxsize=32)
def _insert_sql(table: str, names: tuple[str, ...], batch: int, length: int) -> str:
    """Return an INSERT of `batch` rows.

    ?1: first row id, ?2: source, ?3: all geometries, ?4: all series of `length` bytes; then
    pid and numbers of every row. Only the four have numbers, and come first, so that the others
    follow them: Python from 3.12 on looks up the name of each placeholder in a list of them.
    """
    columns = ", ".join(("series", "geom", "fid", "source", "pid", *names))
    own = ", ".join("?" * (1 + len(names)))
    rows = [
        f"(substr(?4, {row * length + 1}, {length}), "
        f"substr(?3, {row * GEOMETRY_BYTES + 1}, {GEOMETRY_BYTES}), ?1 + {row}, ?2, {own})"
        for row in range(batch)]
    return " ".join((f"INSERT INTO {table} ({columns}) VALUES", ", ".join(rows)))


def _geometries(x: Floats, y: Floats) -> NDArray[np.uint8]:
    """Return GeoPackage points without envelope, one in each row of bytes."""
    points = np.zeros(x.size, _GEOMETRY)
    points["magic"], points["flags"], points["srs"] = b"GP", _LITTLE_ENDIAN, SRS
    points["order"], points["type"] = _LITTLE_ENDIAN, _POINT
    points["x"], points["y"] = x, y
    return points.view(np.uint8).reshape(x.size, GEOMETRY_BYTES)
