"""Write the feature table of a new store: rows in bulk, then its indexes and its facts."""

from __future__ import annotations

import sqlite3
from pathlib import Path
from typing import BinaryIO, Sequence

import numpy as np

from .noise import Floats
from .overview import Accumulator
from .row_cells import CellMaker
from .row_stream import Rows
from .rtree import pack
from .schema import TableFacts, feature_table_sql, in_order, pid_index_sql, rtree_sql
from .table_pages import TablePages

_QUANTILES = (2, 10, 50, 90, 98)
_FETCHED = 4096
_AT_ONCE = 1 << 17


class DoublePoint(Exception):
    """A source has the same point id twice. source: its number."""

    def __init__(self, source: int, pid: str) -> None:
        super().__init__(pid)
        self.source, self.pid = source, pid


class TableWriter:
    """Row ids are counted from 1 in the order of writing, so a place in memory gives the id."""

    def __init__(
        self, connection: sqlite3.Connection, file: BinaryIO, table: str, columns: Sequence[str]
    ) -> None:
        """Make the table, within a transaction. file: that of the connection.

        columns: numeric columns of all sources, in the store's order.
        """
        self._connection, self._file, self.name = connection, file, table
        self._columns = columns
        self._x: list[Floats] = []
        self._y: list[Floats] = []
        self._velocity: list[Floats] = []
        self.count = 0
        self._pages: TablePages | None = None
        connection.execute(feature_table_sql(table, columns))

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
            self.keep(x, y, velocity)

    def begin(self, source: int, names: Sequence[str]) -> SourceWriter:
        """Return what takes the rows of one source. names: of its numeric columns.

        From here to settle() the table belongs to nobody else: SQLite must not be used.
        """
        if self._pages is None:
            self._connection.execute("COMMIT")
            root, = self._connection.execute(
                "SELECT rootpage FROM main.sqlite_master WHERE name = ?", (self.name,)).fetchone()
            self._pages = TablePages(self._file, root, self.count)
        return SourceWriter(self, self._pages, CellMaker(source, self._columns, names), names)

    def keep(self, x: Floats, y: Floats, velocity: Floats) -> None:
        """Remember the places and velocities of rows, for the indexes and the overview."""
        for parts, values in ((self._x, x), (self._y, y), (self._velocity, velocity)):
            parts.append(values.copy())
        self.count += x.size

    def forget(self, count: int) -> None:
        """Forget what was remembered of all rows after the first `count`."""
        while self.count > count:
            self.count -= self._x.pop().size
            del self._y[-1], self._velocity[-1]

    def settle(self) -> None:
        """Give the table back to SQLite, which looks at the file anew once it had let it go."""
        if self._pages is None:
            return
        self._pages.finish()
        self._pages = None
        self._connection.execute("PRAGMA main.locking_mode = NORMAL")
        self._connection.execute("SELECT count(*) FROM main.sqlite_master").fetchone()
        self._connection.execute("PRAGMA main.locking_mode = EXCLUSIVE")
        self._connection.execute("BEGIN")

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


class SourceWriter:
    """Takes the rows of one source; made by TableWriter.begin()."""

    def __init__(
        self, table: TableWriter, pages: TablePages, maker: CellMaker, names: Sequence[str]
    ) -> None:
        self._table, self._pages, self._maker = table, pages, maker
        self._velocity = names.index("mean_velocity")
        self._mark, self._before = pages.mark(), table.count

    @property
    def count(self) -> int:
        """Return the rows taken so far."""
        return self._table.count - self._before

    def add(self, rows: Rows) -> None:
        """Append rows. Raise TooLong if one needs more than a page."""
        if not rows.pids:
            return
        for cells in self._maker.cells(self._table.count + 1, rows):
            self._pages.append(cells)
        self._table.keep(rows.x, rows.y, rows.numbers[:, self._velocity])

    def forget(self) -> None:
        """Take out all rows of this source."""
        self._pages.back_to(self._mark)
        self._table.forget(self._before)
