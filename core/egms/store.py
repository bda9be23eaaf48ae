"""Read a point store: points by place or id, and their series.

One PointStore belongs to the thread that opened it; open one more for another thread.
"""

from __future__ import annotations

import math
import sqlite3
from dataclasses import dataclass
from itertools import chain, islice
from pathlib import Path
from typing import Any, Callable, Iterable, Iterator, Mapping, Sequence, Union
from urllib.parse import quote

from shapely.geometry import Point as ShapelyPoint
from shapely.geometry.base import BaseGeometry
from shapely.prepared import prep

from ..errors import StoreError
from .schema import StoreInfo, read_info, rtree_name
from .series import Series
from .store_series import SeriesBlock, blocks, series_of

_NOT_ATTRIBUTES = frozenset({"fid", "geom", "source", "series"})
_FIRST_RADIUS = 30.0  # metres; most points have another one within 20
_WIDER = 4.0
_PATIENCE = 0.25  # seconds that a busy file is waited for: the window may be waiting too
_AT_ONCE = 500  # SQLite takes 999 values in one statement

Place = Union[tuple[float, float, float, float], BaseGeometry]
"""West, south, east, north, or a polygon; EPSG:3035."""


@dataclass(frozen=True)
class Point:
    """A measured point. easting, northing: EPSG:3035. distance: metres from what was asked for.

    attributes: what its product delivers, by canonical name; what it has no value for is not
    there.
    """

    table: str
    fid: int
    pid: str
    source: int
    easting: float
    northing: float
    distance: float
    attributes: Mapping[str, Any]


class PointStore:
    """A point store that is open for reading. A table it does not have counts as empty.

    Every method raises StoreError "not_a_store" for a damaged file, "locked" for a busy one.
    """

    def __init__(self, path: Path) -> None:
        """Open a store; StoreError "missing", "not_a_store", "newer" or "locked"."""
        self.path = path
        if not path.is_file():
            raise StoreError("missing", str(path))
        self._columns: dict[str, list[str]] = {}
        try:
            self._connection = sqlite3.connect(
                read_only_address(path), timeout=_PATIENCE, uri=True)
        except sqlite3.Error as err:
            raise _store_error(err) from err
        try:
            self.info: StoreInfo = read_info(self._connection)
        except StoreError:
            self._connection.close()
            raise

    def close(self) -> None:
        """Let the file go."""
        self._connection.close()

    def nearest(
        self, table: str, x: float, y: float, radius: float, limit: int = 1
    ) -> list[Point]:
        """Return the points nearest to a place by true distance, at most `radius` metres away.

        Only as far as needed is looked, so that a wide radius costs little where points are.
        """
        if not radius >= 0:
            return []
        reach = min(_FIRST_RADIUS, radius)
        while True:
            found = self._around(table, x, y, reach, limit)
            if len(found) >= limit or reach >= radius:
                return found
            reach = min(reach * _WIDER, radius)

    def neighbours(self, point: Point, radius: float) -> list[Point]:
        """Return the points of the same table around a point, nearest first, without itself."""
        found = self._around(point.table, point.easting, point.northing, radius, -1)
        return [other for other in found if other.fid != point.fid]

    def points(
        self, table: str, fids: Iterable[int] = (), pids: Iterable[str] = ()
    ) -> list[Point]:
        """Return the points with these row ids or point ids, in this order; unknown ones fail not.

        One pid may have several points: of every source that has measured it.
        """
        found = self._chosen(table, "fid", fids, lambda point: point.fid)
        return found + self._chosen(table, "pid", pids, lambda point: point.pid)

    def find(self, pid: str) -> list[Point]:
        """Return the points with this id in all tables."""
        return [point for table in self.info.tables for point in self.points(table, pids=[pid])]

    def within(
        self, table: str, place: Place, limit: int | None = None
    ) -> list[Point]:
        """Return the points in a box or polygon in EPSG:3035, its edge included.

        limit: at most so many, the first in the table; None = all.
        """
        polygon = place if isinstance(place, BaseGeometry) else None
        if polygon is not None and polygon.is_empty:
            return []
        box = polygon.bounds if polygon is not None else place
        points = self._boxed(table, box, "ORDER BY t.fid", ())
        if polygon is not None:
            holds = prep(polygon).covers
            points = (
                point for point in points if holds(ShapelyPoint(point.easting, point.northing)))
        return list(islice(points, limit))

    def series(self, point: Point) -> Series:
        """Return how a point has moved, in mm, NaN = no value at that date."""
        if point.table not in self.info.tables:
            raise StoreError("not_a_store", f"no table {point.table}")
        sql = f"SELECT series FROM {point.table} WHERE fid = ?"  # nosec B608
        row = next(self._rows(sql, (point.fid,)), None)
        if row is None:
            raise StoreError("not_a_store", f"no row {point.fid} in {point.table}")
        return series_of(self.info, point.table, point.source, row[0], point.attributes)

    def all_series(self, table: str, block: int = 1024) -> Iterator[SeriesBlock]:
        """Yield the series of a table, at most `block` points of one source at a time."""
        if table not in self.info.tables:
            return
        sql = f"SELECT fid, source, series FROM {table} ORDER BY fid"  # nosec B608
        yield from blocks(self.info, self._chunks(sql, (), block))

    # --- inside

    def _around(self, table: str, x: float, y: float, reach: float, limit: int) -> list[Point]:
        """Return the nearest points in a circle, nearest first; limit −1 = all."""
        square = "((t.easting - ?) * (t.easting - ?) + (t.northing - ?) * (t.northing - ?))"
        return list(self._boxed(
            table, (x - reach, y - reach, x + reach, y + reach),
            f"AND {square} <= ? ORDER BY {square}, t.fid LIMIT ?",
            (x, x, y, y, reach * reach, x, x, y, y, limit), (x, y)))

    def _boxed(
        self, table: str, box: tuple[float, float, float, float], more: str,
        values: Sequence[Any], origin: tuple[float, float] | None = None,
    ) -> Iterator[Point]:
        """Return the points in a box that meet further conditions. origin: of the distances."""
        names = self._names(table)
        if not names or not all(math.isfinite(side) for side in box):
            return iter(())
        west, south, east, north = box
        sql = (
            f"SELECT {_selected(names)} FROM {rtree_name(table)} r "  # nosec B608
            f"JOIN {table} t ON t.fid = r.id "
            "WHERE r.maxx >= ? AND r.minx <= ? AND r.maxy >= ? AND r.miny <= ? "
            "AND t.easting BETWEEN ? AND ? AND t.northing BETWEEN ? AND ? " + more)
        rows = self._rows(
            sql, (west, east, south, north, west, east, south, north, *values))
        return (_point(table, names, row, origin) for row in rows)

    def _chosen(
        self, table: str, column: str, wanted: Iterable[Any], key: Callable[[Point], Any]
    ) -> list[Point]:
        """Return the points with these values of a column, in the order of the values."""
        names, order = self._names(table), list(dict.fromkeys(wanted))
        if not names:
            return []
        found: dict[Any, list[Point]] = {value: [] for value in order}
        for start in range(0, len(order), _AT_ONCE):
            some = order[start:start + _AT_ONCE]
            sql = (
                f"SELECT {_selected(names)} FROM {table} t "  # nosec B608
                f"WHERE t.{column} IN ({', '.join('?' * len(some))}) ORDER BY t.fid")
            for row in self._rows(sql, some):
                point = _point(table, names, row)
                found[key(point)].append(point)
        return [point for points in found.values() for point in points]

    def _names(self, table: str) -> list[str]:
        """Return the columns of a table that are attributes; none if the table is not there."""
        if table not in self.info.tables:
            return []
        if table not in self._columns:
            rows = self._rows(f"PRAGMA table_info({table})", ())
            self._columns[table] = [row[1] for row in rows if row[1] not in _NOT_ATTRIBUTES]
        return self._columns[table]

    def _rows(self, sql: str, values: Sequence[Any]) -> Iterator[Any]:
        return chain.from_iterable(self._chunks(sql, values, _AT_ONCE))

    def _chunks(self, sql: str, values: Sequence[Any], size: int) -> Iterator[list[Any]]:
        """Yield rows in lists of a size."""
        try:
            cursor = self._connection.execute(sql, values)
            while True:
                rows = cursor.fetchmany(size)
                if not rows:
                    return
                yield rows
        except sqlite3.ProgrammingError:
            raise  # a mistake in the program, not in the file
        except sqlite3.Error as err:
            raise _store_error(err) from err


def _selected(names: Sequence[str]) -> str:
    return "t.fid, t.source, t.easting, t.northing, " + ", ".join(f"t.{name}" for name in names)


def _point(
    table: str, names: Sequence[str], row: Sequence[Any],
    origin: tuple[float, float] | None = None,
) -> Point:
    """Make a point of a row of _selected() columns."""
    fid, source, easting, northing = row[:4]
    attributes = {
        name: value for name, value in zip(names, row[4:]) if value is not None}
    x, y = origin or (easting, northing)
    return Point(
        table, fid, attributes.get("pid", ""), source, easting, northing,
        math.hypot(easting - x, northing - y), attributes)


def read_only_address(path: Path) -> str:
    """Return the URI that opens a file for reading; with the form that Windows shares need."""
    name = path.resolve().as_posix()
    return f"file://{'' if name.startswith('/') else '/'}{quote(name, safe='/:')}?mode=ro"


def _store_error(err: sqlite3.Error) -> StoreError:
    busy = isinstance(err, sqlite3.OperationalError) and (
        "locked" in str(err) or "busy" in str(err))
    return StoreError("locked" if busy else "not_a_store", str(err))
