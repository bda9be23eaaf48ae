"""Points and series come back from a store as they were put in."""

from __future__ import annotations

import math
import sqlite3
import threading

import numpy as np
import pytest
from shapely.geometry import Polygon
from small_store import COLUMNS, DATES, point, source, write_store

from clms_explorer.core.egms.fit import fit_many
from clms_explorer.core.egms.store import PointStore
from clms_explorer.core.errors import StoreError

X, Y = 4_599_500.0, 1_739_700.0
NOTHING = -32768


@pytest.fixture()
def path(tmp_path):
    """Four points about a place, one far away, in two sources; another table beside them."""
    ascending = [
        point("aaa", X, Y, [0, 15, -23], mean_velocity=-1.5, rmse=3.2),
        point("bbb", X + 3, Y + 4, [1, 2, 3], mean_velocity=2.5),
        point("ccc", X - 60, Y, [4, NOTHING, 6], mean_velocity=0.5),
        point("aaa", X, Y + 10, [7, 8], source=2, mean_velocity=-9.0),
        point("far", X + 9_000, Y, [9, 9], source=2, mean_velocity=1.0),
    ]
    descending = [point("ddd", X, Y, [3_000_000, 1, 2], source=3)]
    return write_store(
        tmp_path / "store.gpkg",
        [source(1, kept=3), source(2, kept=2, dates=("2021-05-01", "2021-05-07")),
         source(3, "los_descending", track=22, bytes=4, decimals=2)],
        {"los_ascending": ascending, "los_descending": descending})


@pytest.fixture()
def store(path):
    opened = PointStore(path)
    yield opened
    opened.close()


def pids(points):
    return [found.pid for found in points]


def test_a_store_says_what_it_is(store):
    assert (store.info.level, store.info.release) == ("L2b", "2020-2024")
    assert store.info.tables == ("los_ascending", "los_descending")
    assert store.info.tracks("los_descending") == [22]


def test_the_nearest_points_come_nearest_first(store):
    nearest, = store.nearest("los_ascending", X + 2, Y + 2, 50)
    assert (nearest.pid, nearest.fid, nearest.source, nearest.table) == (
        "bbb", 2, 1, "los_ascending")
    assert nearest.distance == math.hypot(1, 2)
    assert (nearest.easting, nearest.northing) == (X + 3, Y + 4)

    several = store.nearest("los_ascending", X, Y, 100, limit=10)
    assert [(one.pid, one.distance) for one in several] == [
        ("aaa", 0), ("bbb", 5), ("aaa", 10), ("ccc", 60)]
    assert pids(store.nearest("los_ascending", X, Y, 100, limit=2)) == ["aaa", "bbb"]


@pytest.mark.parametrize("radius, found", [(0, []), (59.9, []), (60, ["ccc"]), (9e3, ["ccc"])])
def test_the_circle_is_round_and_its_edge_belongs_to_it(store, radius, found):
    assert pids(store.nearest("los_ascending", X - 120, Y, radius)) == found


def test_a_corner_of_the_box_is_not_in_the_circle(store):
    assert store.nearest("los_ascending", X - 60 - 8, Y - 8, 10) == []


def test_far_points_are_found_in_a_wide_circle(store):
    assert pids(store.nearest("los_ascending", X + 9_000, Y + 5_000, 6_000)) == ["far"]
    assert pids(store.nearest("los_ascending", X + 100_000, Y, 1e9)) == ["far"]


@pytest.mark.parametrize("x, y, radius", [
    (math.nan, Y, 10), (X, math.inf, 10), (X, Y, math.nan), (X, Y, -1), (1e300, 1e300, 10)])
def test_places_that_are_none_have_no_points(store, x, y, radius):
    assert store.nearest("los_ascending", x, y, radius) == []


def test_nearest_is_what_looking_at_every_point_finds(tmp_path):
    random = np.random.default_rng(3)
    x, y = X + random.random(3_000) * 5_000, Y + random.random(3_000) * 5_000
    rows = [point(f"p{i}", x[i], y[i], [0, 0, 0]) for i in range(3_000)]
    store = PointStore(write_store(tmp_path / "s.gpkg", [source()], {"los_ascending": rows}))

    for east, north in random.uniform([X - 500, Y - 500], [X + 5_500, Y + 5_500], (300, 2)):
        distances = np.hypot(x - east, y - north)
        order = np.argsort(distances)[:3]
        wanted = [int(i) + 1 for i in order if distances[i] <= 400]
        found = store.nearest("los_ascending", east, north, 400, limit=3)
        assert [one.fid for one in found] == wanted
    store.close()


def test_neighbours_are_all_others_around(store):
    here = store.nearest("los_ascending", X, Y, 1)[0]
    around = store.neighbours(here, 100)
    assert [(one.pid, one.distance) for one in around] == [("bbb", 5), ("aaa", 10), ("ccc", 60)]
    assert around[2].attributes["mean_velocity"] == 0.5
    assert store.neighbours(here, 4) == []


def test_points_by_id_keep_the_order_asked_for(store):
    assert pids(store.points("los_ascending", fids=[5, 1, 77, 2])) == ["far", "aaa", "bbb"]
    found = store.points("los_ascending", pids=["ccc", "nobody", "aaa"])
    assert [(one.pid, one.source) for one in found] == [("ccc", 1), ("aaa", 1), ("aaa", 2)]
    assert store.points("los_ascending") == []
    assert [(one.table, one.pid) for one in store.find("ddd")] == [("los_descending", "ddd")]
    assert store.find("nobody' OR 1 --") == []


def test_more_ids_than_a_statement_can_hold(store):
    assert pids(store.points("los_ascending", fids=range(5, 5_000))) == ["far"]


def test_points_in_a_box_or_a_polygon(store):
    assert pids(store.within("los_ascending", (X - 60, Y, X, Y + 9))) == ["aaa", "ccc"]
    assert pids(store.within("los_ascending", (X - 60, Y, X, Y + 9), limit=1)) == ["aaa"]
    triangle = Polygon([(X, Y), (X + 10, Y), (X + 10, Y + 10)])
    assert pids(store.within("los_ascending", triangle)) == ["aaa"]
    assert store.within("los_ascending", Polygon()) == []
    assert store.within("los_ascending", (math.nan, Y, X, Y)) == []


def test_a_table_that_is_not_there_is_empty(store):
    assert store.nearest("up", X, Y, 1e6) == []
    assert store.within("up", (0, 0, 1e7, 1e7)) == []
    assert store.points("nonsense; DROP TABLE los_ascending", fids=[1]) == []
    assert list(store.all_series("east")) == []


def test_a_point_carries_its_own_columns_only(store):
    first, second = store.points("los_ascending", fids=[1, 2])
    assert first.attributes == {
        "pid": "aaa", "easting": X, "northing": Y, "rmse": 3.2, "mean_velocity": -1.5}
    assert "rmse" not in second.attributes


def test_a_series_has_dates_millimetres_and_where_it_comes_from(store):
    series = store.series(store.points("los_ascending", fids=[1])[0])
    assert series.dates.astype(str).tolist() == list(DATES)
    assert series.values.tolist() == [0.0, 1.5, -2.3]
    assert (series.unit, series.direction, series.name) == (
        "mm", "los_ascending", "Ascending 117")
    assert series.attributes["mean_velocity"] == -1.5
    assert series.provenance == {
        "level": "L2b", "release": "2020-2024", "track": "117", "burst": "0227",
        "swath": "IW1", "source": "EGMS_L2b_117_0227_IW1_VV_2020_2024_1", "file": "points.csv",
        "delivery": "1", "facility": "1", "imported": "2026-01-01T00:00:00Z"}


def test_every_source_has_its_own_dates_format_and_gaps(store):
    gap, other = (store.series(one) for one in store.points("los_ascending", fids=[3, 4]))
    assert np.isnan(gap.values).tolist() == [False, True, False]
    assert other.dates.astype(str).tolist() == ["2021-05-01", "2021-05-07"]
    wide = store.series(store.find("ddd")[0])
    assert wide.values.tolist() == [30_000.0, 0.01, 0.02]
    assert wide.name == "Descending 22"


@pytest.mark.parametrize("table, name", [("up", "Up"), ("east", "East–west")])
def test_level_three_has_no_track_in_its_names(tmp_path, table, name):
    path = write_store(
        tmp_path / "s.gpkg", [source(1, table, track=0, burst="", swath="", tile="E45N17")],
        {table: [point("a", X, Y, [1, 2, 3])]}, level="L3")
    store = PointStore(path)
    series = store.series(store.find("a")[0])
    store.close()
    assert series.name == name
    assert series.provenance["tile"] == "E45N17"
    assert "track" not in series.provenance


@pytest.mark.parametrize("size, parts", [
    (4096, [[1, 2, 3], [4, 5]]), (2, [[1, 2], [3], [4], [5]])])
def test_all_series_come_in_blocks_of_one_source(store, size, parts):
    blocks = list(store.all_series("los_ascending", size))
    assert [block.fids.tolist() for block in blocks] == parts
    steps = np.concatenate([block.steps for block in blocks if block.source.id == 1])
    assert steps.tolist() == [[0, 15, -23], [1, 2, 3], [4, NOTHING, 6]]
    assert all(block.scale == 0.1 and block.steps.dtype == "<i2" for block in blocks)
    assert blocks[-1].dates.astype(str).tolist() == ["2021-05-01", "2021-05-07"]


def test_blocks_feed_the_fit(tmp_path):
    dates = tuple(str(day) for day in np.arange("2020-01-01", "2024-01-01", 6, "M8[D]"))
    years = (np.array(dates, "M8[D]") - np.datetime64(dates[0])).astype(float) / 365
    rows = [point(f"p{v}", X + v, Y, np.rint(10 * v * years)) for v in (-8, 0, 3)]
    path = write_store(
        tmp_path / "s.gpkg", [source(dates=dates)], {"los_ascending": rows})
    store = PointStore(path)
    block, = store.all_series("los_ascending")
    store.close()
    assert fit_many(block.dates, block.steps, 0.85, block.scale).velocity == pytest.approx(
        [-8, 0, 3], abs=0.01)


@pytest.mark.parametrize("content", [b"", b"SQLite format 3\0", b"pid,easting\n1,2\n" * 500])
def test_a_file_that_is_no_store(tmp_path, content):
    file = tmp_path / "other.gpkg"
    file.write_bytes(content)
    with pytest.raises(StoreError) as caught:
        PointStore(file)
    assert caught.value.reason == "not_a_store"
    assert file.read_bytes() == content


def test_a_geopackage_of_somebody_else_and_a_folder(tmp_path):
    with sqlite3.connect(tmp_path / "a.gpkg") as connection:
        connection.execute("CREATE TABLE roads (fid INTEGER)")
    connection.close()
    with pytest.raises(StoreError) as caught:
        PointStore(tmp_path / "a.gpkg")
    assert caught.value.reason == "not_a_store"
    for path in (tmp_path, tmp_path / "nowhere.gpkg"):
        with pytest.raises(StoreError) as caught:
            PointStore(path)
        assert caught.value.reason == "missing"


def test_a_store_of_a_newer_version(tmp_path):
    path = write_store(
        tmp_path / "s.gpkg", [source()], {"los_ascending": [point("a", X, Y, [1, 2, 3])]},
        version=2)
    with pytest.raises(StoreError) as caught:
        PointStore(path)
    assert caught.value.reason == "newer"


def damaged(path, sql):
    with sqlite3.connect(path) as connection:
        connection.execute(sql)
    connection.close()
    return PointStore(path)


@pytest.mark.parametrize("sql", [
    "UPDATE los_ascending SET series = x'00'",
    "UPDATE los_ascending SET series = NULL",
    "UPDATE los_ascending SET source = 99 WHERE fid = 1",
])
def test_a_damaged_row_is_named_not_guessed(path, sql):
    store = damaged(path, sql)
    for read in (lambda: store.series(store.points("los_ascending", fids=[1])[0]),
                 lambda: list(store.all_series("los_ascending"))):
        with pytest.raises(StoreError) as caught:
            read()
        assert caught.value.reason == "not_a_store"
    store.close()


def test_a_table_that_has_gone(path):
    store = damaged(path, "DROP TABLE rtree_los_ascending_geom")
    with pytest.raises(StoreError) as caught:
        store.nearest("los_ascending", X, Y, 10)
    assert caught.value.reason == "not_a_store"
    store.close()


def test_a_store_that_another_program_is_writing_to(path, store):
    writer = sqlite3.connect(path, isolation_level=None)
    writer.execute("BEGIN EXCLUSIVE")
    with pytest.raises(StoreError) as caught:
        store.nearest("los_ascending", X, Y, 10)
    assert caught.value.reason == "locked"
    with pytest.raises(StoreError) as caught:
        PointStore(path)
    assert caught.value.reason == "locked"
    writer.execute("ROLLBACK")
    writer.close()
    assert pids(store.nearest("los_ascending", X, Y, 10)) == ["aaa"]


def test_reading_leaves_the_file_alone(path, tmp_path):
    before, files = path.read_bytes(), sorted(tmp_path.iterdir())
    store = PointStore(path)
    store.series(store.find("ccc")[0])
    with pytest.raises(sqlite3.OperationalError):
        store._connection.execute("DELETE FROM los_ascending")
    store.close()
    assert path.read_bytes() == before
    assert sorted(tmp_path.iterdir()) == files


def test_a_name_with_signs_that_mean_something_in_an_address(tmp_path):
    path = write_store(
        tmp_path / "50% é #1?mode=rw.gpkg", [source()],
        {"los_ascending": [point("a", X, Y, [1, 2, 3])]}, columns=COLUMNS)
    store = PointStore(path)
    assert pids(store.find("a")) == ["a"]
    store.close()


def test_another_thread_needs_a_store_of_its_own(store, path):
    found = []

    def read():
        own = PointStore(path)
        found.append(pids(own.find("aaa")))
        own.close()
        try:
            store.find("aaa")
        except sqlite3.ProgrammingError:
            found.append("refused")

    thread = threading.Thread(target=read)
    thread.start()
    thread.join()
    assert found == [["aaa", "aaa"], "refused"]
