"""Rows written as pages are what SQLite itself would have written: it reads and extends them."""

from __future__ import annotations

import sqlite3
from contextlib import closing

import numpy as np
import pytest

from clms_explorer.core.egms.displacements import SeriesFormat
from clms_explorer.core.egms.row_cells import CellMaker, varint
from clms_explorer.core.egms.row_stream import Rows
from clms_explorer.core.egms.schema import feature_table_sql
from clms_explorer.core.egms.table_pages import TablePages, TooLong

COLUMNS = ["cluster_label", "mp_type", "easting", "northing", "line", "mean_velocity"]
SOURCE = 7


def rows(count, first=0, dates=3, names=COLUMNS, pid="{:010d}", **columns):
    """Return made-up rows; columns: values that replace the made-up ones."""
    index = np.arange(first, first + count)
    made = {
        "cluster_label": index % 3, "mp_type": index * 0, "easting": 4e6 + index / 100,
        "northing": 1.7e6 - index / 4, "line": index, "mean_velocity": np.round(index / 7, 1),
        **columns}
    numbers = np.column_stack([np.broadcast_to(made[name], count) for name in names])
    steps = (index[:, None] * 31 + np.arange(dates)).astype(np.int16)
    return Rows(
        count, count, [pid.format(number) for number in index.tolist()],
        numbers.astype(np.float64), steps, made["easting"] + np.zeros(count),
        made["northing"] + np.zeros(count))


class Store:
    """A file with one empty table, and what writes into it past SQLite."""

    def __init__(self, path, page_size=512):
        self.path = path
        self.ask(f"PRAGMA page_size = {page_size}")
        with closing(sqlite3.connect(path)) as connection:
            connection.execute(f"PRAGMA page_size = {page_size}")
            connection.execute("CREATE TABLE other (a)")
            connection.execute(feature_table_sql("up", COLUMNS))
            connection.commit()
        self.root, = self.ask("SELECT rootpage FROM sqlite_master WHERE name = 'up'")[0]

    def ask(self, sql, *values):
        with closing(sqlite3.connect(self.path)) as connection:
            found = connection.execute(sql, values).fetchall()
            connection.commit()
            return found

    def write(self, *parts, names=COLUMNS, there=0):
        with open(self.path, "rb+") as file:
            pages = TablePages(file, self.root, there)
            maker, row = CellMaker(SOURCE, COLUMNS, names), there
            for part in parts:
                for cells in maker.cells(row + 1, part):
                    pages.append(cells)
                row += len(part.pids)
            pages.finish()

    def is_sound(self):
        return self.ask("PRAGMA integrity_check") == [("ok",)]


@pytest.fixture
def store(tmp_path):
    return Store(tmp_path / "a.db")


@pytest.mark.parametrize("number, form", [
    (0, "00"), (127, "7f"), (128, "8100"), (16383, "ff7f"), (16384, "818000"),
    (2097152, "81808000"), (2 ** 56 - 1, "ffffffffffffff7f"),
])
def test_numbers_of_variable_length(number, form):
    assert varint(number).hex() == form


@pytest.mark.parametrize("count", [1, 2, 3, 4, 5, 126, 127, 128, 129, 700, 16500])
def test_sqlite_reads_every_row(store, count):
    written = rows(count)
    store.write(written)
    assert store.is_sound()
    read = store.ask(f"SELECT fid, pid, source, {', '.join(COLUMNS)}, series FROM up")
    assert [row[0] for row in read] == list(range(1, count + 1))
    assert [row[1] for row in read] == written.pids
    assert {row[2] for row in read} == {SOURCE}
    assert np.array_equal(np.array([row[3:-1] for row in read]), written.numbers)
    steps = np.array([np.frombuffer(row[-1], "<i2") for row in read])
    assert np.array_equal(steps, written.steps)


def test_a_row_is_found_by_its_id(store):
    store.write(rows(5000))
    for fid in (1, 2, 127, 128, 2500, 4999, 5000):
        assert store.ask("SELECT line FROM up WHERE fid = ?", fid) == [(fid - 1,)]
    assert store.ask("SELECT * FROM up WHERE fid = 5001") == []


def test_rows_come_in_parts_of_any_size(store):
    parts, first = [], 0
    for count in (1, 40, 7, 300, 2, 1, 90):
        parts.append(rows(count, first))
        first += count
    store.write(*parts)
    assert store.is_sound()
    assert store.ask("SELECT count(*), sum(line) FROM up") == [(441, 440 * 441 // 2)]


def test_values_keep_their_types(store):
    store.write(rows(
        3, cluster_label=[0.0, 1.0, np.nan], mp_type=[-129.0, 127.0, 40000.0],
        line=[2.0 ** 31, 0.5, 1.0], mean_velocity=[-0.0, np.nan, 1e-300],
        northing=[1.0, 2.0, 3.0]))
    assert store.ask("SELECT mp_type, typeof(mp_type) FROM up") == [
        (-129, "integer"), (127, "integer"), (40000, "integer")]
    assert store.ask("SELECT line FROM up") == [(2 ** 31,), (0.5,), (1,)]
    assert store.ask("SELECT mean_velocity FROM up") == [(0.0,), (None,), (1e-300,)]
    assert store.ask("SELECT northing, typeof(northing) FROM up")[0] == (1.0, "real")
    assert store.ask("SELECT fid FROM up WHERE cluster_label IS NULL") == [(3,)]
    assert store.is_sound()


def test_later_rows_may_need_more_room_for_a_number(store):
    store.write(rows(10), rows(10, 10, line=300), rows(10, 20, line=70000), rows(10, 30, line=.5))
    assert store.is_sound()
    assert store.ask("SELECT line, count(*) FROM up WHERE fid > 10 GROUP BY line") == [
        (0.5, 10), (300, 10), (70000, 10)]


def test_columns_that_a_source_lacks_are_empty(store):
    names = ["easting", "northing", "mean_velocity"]
    store.write(rows(20, names=names), names=names)
    assert store.is_sound()
    assert store.ask("SELECT DISTINCT cluster_label, mp_type, line FROM up") == [
        (None, None, None)]
    assert store.ask("SELECT mean_velocity FROM up WHERE fid = 8") == [(1.0,)]


def test_point_ids_of_any_length_and_alphabet(store):
    part = rows(6)
    part.pids[:] = ["a", "bb", "cc", "é", "x" * 64, "a1"]
    store.write(part)
    assert store.is_sound()
    assert [pid for pid, in store.ask("SELECT pid FROM up")] == part.pids


@pytest.mark.parametrize("there", [1, 3, 4, 500, 4000])
def test_rows_go_on_where_sqlite_stopped(store, there):
    with closing(sqlite3.connect(store.path)) as connection:
        connection.executemany(
            "INSERT INTO up (pid, line, series) VALUES (?, ?, ?)",
            ((f"old{number}", number, bytes(6)) for number in range(there)))
        connection.commit()
    store.write(rows(900, there), there=there)
    assert store.is_sound()
    assert store.ask("SELECT fid - 1 - line, count(*) FROM up GROUP BY 1") == [(0, there + 900)]
    assert store.ask("SELECT pid FROM up WHERE fid = ?", there) == [(f"old{there - 1}",)]
    store.ask("INSERT INTO up (line) VALUES (?)", there + 900)
    assert store.is_sound()


def test_sqlite_goes_on_where_the_pages_stop(store):
    store.write(rows(1000))
    with closing(sqlite3.connect(store.path)) as connection:
        connection.execute("CREATE UNIQUE INDEX up_pid ON up (pid, source)")
        connection.execute("DELETE FROM up WHERE fid % 3 = 0")
        connection.executemany(
            "INSERT INTO up (pid, source) VALUES (?, 9)", ((str(n),) for n in range(500)))
        connection.commit()
    assert store.is_sound()
    assert store.ask("SELECT count(*) FROM up") == [(1000 - 333 + 500,)]


def test_no_rows_leave_the_table_empty(store):
    store.write()
    assert store.is_sound()
    assert store.ask("SELECT count(*) FROM up") == [(0,)]


@pytest.mark.parametrize("before", [0, 1, 50])
@pytest.mark.parametrize("forgotten", [1, 60])
def test_rows_can_be_taken_back(store, before, forgotten):
    with open(store.path, "rb+") as file:
        pages = TablePages(file, store.root, 0)
        maker = CellMaker(1, COLUMNS, COLUMNS)
        for cells in maker.cells(1, rows(before)) if before else ():
            pages.append(cells)
        mark = pages.mark()
        for cells in CellMaker(2, COLUMNS, COLUMNS).cells(before + 1, rows(forgotten, dates=9)):
            pages.append(cells)
        pages.back_to(mark)
        for cells in CellMaker(3, COLUMNS, COLUMNS).cells(before + 1, rows(20)):
            pages.append(cells)
        pages.finish()
    assert store.is_sound()
    counts = dict(store.ask("SELECT source, count(*) FROM up GROUP BY source"))
    assert counts == ({1: before, 3: 20} if before else {3: 20})


def test_the_page_with_the_lock_byte_stays_free(tmp_path, monkeypatch):
    from clms_explorer.core.egms import table_pages

    store = Store(tmp_path / "a.db")
    lock = 20
    monkeypatch.setattr(table_pages, "_LOCK_BYTES", (lock - 1) * 512)
    store.write(rows(300))
    content = store.path.read_bytes()
    assert content[(lock - 1) * 512:lock * 512] == bytes(512)
    assert content[lock * 512] == content[(lock - 2) * 512] == 0x0D  # leaves on both sides
    assert store.ask("SELECT count(*), sum(line) FROM up") == [(300, 299 * 150)]


def test_a_row_that_needs_more_than_a_page_is_refused(store):
    with pytest.raises(TooLong):
        store.write(rows(1, dates=220))
    assert store.is_sound()
    assert store.ask("SELECT count(*) FROM up") == [(0,)]


def test_a_connection_that_knew_the_file_sees_the_rows(store):
    with closing(sqlite3.connect(store.path)) as connection:
        assert connection.execute("SELECT count(*) FROM up").fetchone() == (0,)
        store.write(rows(100))
        assert connection.execute("SELECT count(*) FROM up").fetchone() == (100,)


def test_series_of_four_bytes(tmp_path):
    store = Store(tmp_path / "a.db", page_size=8192)
    part = rows(50)
    wide = (part.steps.astype("<i4") * 100_000)
    store.write(Rows(50, 50, part.pids, part.numbers, wide, part.x, part.y))
    assert store.is_sound()
    blob, = store.ask("SELECT series FROM up WHERE fid = 50")[0]
    assert np.frombuffer(blob, SeriesFormat(4).dtype).tolist() == wide[49].tolist()
