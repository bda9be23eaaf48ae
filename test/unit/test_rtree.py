"""The packed spatial index must find what looking at every point finds."""

from __future__ import annotations

import sqlite3

import numpy as np
import pytest

from clms_explorer.core.egms.rtree import CELLS, pack


@pytest.fixture()
def connection():
    with sqlite3.connect(":memory:") as opened:
        opened.execute(
            "CREATE VIRTUAL TABLE rtree_up_geom USING rtree(id, minx, maxx, miny, maxy)")
        yield opened
    opened.close()


def places(count, seed=1):
    """Return points of a tile of 100 km with two decimals, some of them at one place."""
    random = np.random.default_rng(seed)
    x = np.round(4_500_000 + random.random(count) * 100_000, 2)
    y = np.round(1_700_000 + random.random(count) * 100_000, 2)
    x[::7], y[::7] = x[0], y[0]
    return x, y


def hits(connection, west, east, south, north):
    rows = connection.execute(
        "SELECT id FROM rtree_up_geom WHERE maxx >= ? AND minx <= ? AND maxy >= ? AND miny <= ?",
        (west, east, south, north))
    return {row[0] for row in rows}


@pytest.mark.parametrize("count", [1, 2, CELLS, CELLS + 1, CELLS ** 2, CELLS ** 2 + 1, 20_000])
def test_sqlite_finds_no_fault_and_every_point(connection, count):
    x, y = places(count)
    pack(connection, "up", "geom", np.arange(1, count + 1), x, y)

    assert connection.execute("SELECT rtreecheck('rtree_up_geom')").fetchone() == ("ok",)
    assert hits(connection, 0, 1e7, 0, 1e7) == set(range(1, count + 1))


def test_a_window_finds_the_points_in_it(connection):
    x, y = places(20_000)
    fids = np.arange(20_000) * 3 + 5
    pack(connection, "up", "geom", fids, x, y)

    corners = np.random.default_rng(2).uniform([4.49e6, 1.69e6], [4.6e6, 1.8e6], (200, 2))
    for west, south in corners:
        east, north = west + 3_000, south + 2_000
        inside = (x >= west) & (x <= east) & (y >= south) & (y <= north)
        found = hits(connection, west, east, south, north)
        assert found >= set(fids[inside].tolist())
        # Boxes of single precision may be half a metre wider than the point.
        near = (x >= west - 1) & (x <= east + 1) & (y >= south - 1) & (y <= north + 1)
        assert found <= set(fids[near].tolist())


def test_a_window_as_small_as_a_point_finds_it(connection):
    x, y = places(2_000)
    pack(connection, "up", "geom", np.arange(2_000), x, y)

    for fid in range(2_000):
        assert fid in hits(connection, x[fid], x[fid], y[fid], y[fid])


def test_an_empty_table_has_an_empty_index(connection):
    nothing = np.empty(0)
    pack(connection, "up", "geom", np.empty(0, np.int64), nothing, nothing)

    assert connection.execute("SELECT rtreecheck('rtree_up_geom')").fetchone() == ("ok",)
    assert hits(connection, 0, 1e7, 0, 1e7) == set()


def test_sqlite_can_go_on_with_the_index(connection):
    x, y = places(5_000)
    pack(connection, "up", "geom", np.arange(5_000), x, y)
    connection.execute("INSERT INTO rtree_up_geom VALUES (9999, 10, 10, 20, 20)")
    connection.execute("DELETE FROM rtree_up_geom WHERE id = 17")

    assert connection.execute("SELECT rtreecheck('rtree_up_geom')").fetchone() == ("ok",)
    assert hits(connection, 0, 100, 0, 100) == {9999}
    assert 17 not in hits(connection, 0, 1e7, 0, 1e7)
