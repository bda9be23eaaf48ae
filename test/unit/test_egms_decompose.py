"""East and up from two orbits, against the delivered L3 files of Ustica (egms.md 9.1, 12.9)."""

from __future__ import annotations

import math
from types import SimpleNamespace

import numpy as np
import pytest
import ustica
from clms_explorer.core.egms import fit
from clms_explorer.core.egms.decompose import EastUp, Sight, east_up, solve

ASCENDING = Sight(-3.2, 0.7, east=-0.622, up=0.777, north=-0.098)
DESCENDING = Sight(-8.5, 0.7, east=0.594, up=0.795, north=-0.120)


def seen(sight, east, up, north=0.0):
    return sight.east * east + sight.up * up + sight.north * north


def looking(sight, velocity, sigma=0.7):
    return Sight(velocity, sigma, sight.east, sight.up, sight.north)


# One place -----------------------------------------------------------------------------------

def test_the_place_of_the_design_picture():
    found = east_up(ASCENDING, DESCENDING)
    assert found.up == pytest.approx(-7.5, abs=0.05)
    assert found.east == pytest.approx(-4.3, abs=0.06)
    # 1.3 and 1.6 in the picture are 95 %.
    assert 1.96 * found.sigma_up == pytest.approx(1.3, abs=0.1)
    assert 1.96 * found.sigma_east == pytest.approx(1.6, abs=0.1)


def test_a_planted_motion_comes_back():
    found = east_up(looking(ASCENDING, seen(ASCENDING, 4.0, -9.0)),
                    looking(DESCENDING, seen(DESCENDING, 4.0, -9.0)))
    assert (found.east, found.up) == (pytest.approx(4.0), pytest.approx(-9.0))
    assert found.north is None


def test_the_order_of_the_orbits_does_not_matter():
    one, other = east_up(ASCENDING, DESCENDING), east_up(DESCENDING, ASCENDING)
    assert (one.east, one.up) == (pytest.approx(other.east), pytest.approx(other.up))
    assert one.sigma_east == pytest.approx(other.sigma_east)


def test_errors_and_condition_on_ustica():
    found = east_up(looking(ASCENDING, 0, 1.0), looking(DESCENDING, 0, 1.0))
    assert found.sigma_east == pytest.approx(1.16, abs=0.005)
    assert found.sigma_up == pytest.approx(0.90, abs=0.005)
    assert found.condition == pytest.approx(1.29, abs=0.01)


def test_errors_by_simulation():
    rng = np.random.default_rng(3)
    seen_a, seen_d = rng.normal(0, 1.5, 40_000), rng.normal(0, 0.8, 40_000)
    east, up = solve(seen_a, seen_d, (ASCENDING.east, ASCENDING.up),
                     (DESCENDING.east, DESCENDING.up))
    found = east_up(looking(ASCENDING, 0, 1.5), looking(DESCENDING, 0, 0.8))
    assert east.std() == pytest.approx(found.sigma_east, rel=3 / math.sqrt(2 * 40_000))
    assert up.std() == pytest.approx(found.sigma_up, rel=3 / math.sqrt(2 * 40_000))


def test_an_error_below_the_floor_is_raised_and_said():
    low = east_up(looking(ASCENDING, 0, 0.2), looking(DESCENDING, 0, 0.9))
    same = east_up(looking(ASCENDING, 0, 0.7), looking(DESCENDING, 0, 0.9))
    assert low.sigma_up == same.sigma_up
    assert low.floored and not same.floored
    free = east_up(looking(ASCENDING, 0, 0.2), looking(DESCENDING, 0, 0.2), floor=0.0)
    assert free.sigma_up == pytest.approx(0.18, abs=0.001) and not free.floored


def test_north_motion_leaks_into_up_unless_it_is_taken_off():
    views = [looking(sight, seen(sight, 0, 0, north=2.1)) for sight in (ASCENDING, DESCENDING)]
    plain, corrected = east_up(*views), east_up(*views, north=2.1)
    assert plain.up == pytest.approx(-0.15 * 2.1, abs=0.03)
    assert (corrected.up, corrected.east) == (pytest.approx(0), pytest.approx(0))
    assert corrected.north == 2.1 and plain.north is None


def test_two_views_from_the_same_side_cannot_be_solved():
    assert east_up(ASCENDING, ASCENDING) is None
    assert east_up(ASCENDING, looking(Sight(0, 0, -0.66, 0.74), 1.0)) is None
    assert east_up(ASCENDING, Sight(1.0, 0.5, math.nan, 0.8)) is None


def test_an_unknown_velocity_stays_unknown():
    found = east_up(looking(ASCENDING, math.nan), DESCENDING)
    assert isinstance(found, EastUp) and math.isnan(found.up) and math.isnan(found.east)


def test_a_view_is_read_from_the_columns_of_a_point():
    view = Sight.of(-3.2, 0.7, {"los_east": -0.622, "los_north": "-0.098", "los_up": 0.777})
    assert view == ASCENDING
    assert Sight.of(1.0, 0.1, {"easting": 5}) is None
    assert Sight.of(1.0, 0.1, {"los_east": None, "los_up": 0.8}) is None


# The whole island ----------------------------------------------------------------------------

def cells(table):
    """Return the number of the 100 m cell of every point."""
    column, row = table.number("easting") // 100, table.number("northing") // 100
    return (row * 1_000_000 + column).astype(np.int64)


def means(groups, number, values):
    """Return the mean of the rows of each group."""
    counts = np.bincount(groups, minlength=number)
    columns = [np.bincount(groups, column, number) / counts for column in values.T]
    return np.column_stack(columns)


@pytest.fixture(scope="module")
def island(shared_data):
    """Return both bursts, averaged per cell where both have points, and the two L3 files."""
    tables = [ustica.read(shared_data, name) for name in (ustica.ASCENDING, ustica.DESCENDING)]
    common = np.intersect1d(cells(tables[0]), cells(tables[1]))
    common = common[common % 1_000_000 < 46_000]  # tile E45N17 ends at 4 600 000 m
    orbits = []
    for table in tables:
        inside = np.isin(cells(table), common)
        groups = np.searchsorted(common, cells(table)[inside])

        def mean(values, groups=groups, inside=inside):
            return means(groups, common.size, values[inside])

        sight = mean(np.column_stack([table.number("los_east"), table.number("los_up")]))
        orbits.append(SimpleNamespace(
            table=table, mean=mean, sight=(sight[:, 0], sight[:, 1]),
            velocity=mean(table.number("mean_velocity")[:, None])[:, 0]))
    return SimpleNamespace(
        common=common, ascending=orbits[0], descending=orbits[1],
        east=ustica.read(shared_data, ustica.EAST), up=ustica.read(shared_data, ustica.UP))


def test_exactly_the_delivered_cells_have_both_orbits(island):
    assert island.common.size == 522
    for delivered in (island.east, island.up):
        assert np.array_equal(np.sort(cells(delivered)), island.common)


def compared(island, delivered):
    """Return the order in which the delivered cells equal the common ones."""
    return np.argsort(cells(delivered))


def test_mean_velocities_of_the_cells_give_the_delivered_ones(island):
    east, up = solve(island.ascending.velocity, island.descending.velocity,
                     island.ascending.sight, island.descending.sight)
    for found, delivered in ((east, island.east), (up, island.up)):
        truth = delivered.number("mean_velocity")[compared(island, delivered)]
        off = np.abs(found - truth)
        assert off.mean() <= 0.07
        assert off.max() <= 0.36
        assert np.corrcoef(found, truth)[0, 1] >= 0.994


def nearest(dates, wanted):
    """Return weights (wanted, dates): the nearest acquisition, half of each of two."""
    away = np.abs(np.subtract.outer(wanted.astype(np.int64), dates.astype(np.int64)))
    weights = (away == away.min(axis=1, keepdims=True)).astype(float)
    return weights / weights.sum(axis=1, keepdims=True)


def model_at_first_date(dates, series):
    """Return the cubic + annual model of each series at its first date."""
    t = (dates - dates[0]).astype(float) / 365
    columns = np.column_stack([
        t ** 3, t ** 2, t, np.ones_like(t), np.cos(2 * np.pi * t), np.sin(2 * np.pi * t)])
    found = np.linalg.lstsq(columns, series.T, rcond=None)[0]
    return found[3] + found[4]


def test_series_of_the_cells_give_the_delivered_series(island):
    dates = island.east.dates
    views = [
        orbit.mean(orbit.table.series) @ nearest(orbit.table.dates, dates).T
        for orbit in (island.ascending, island.descending)]
    sights = [tuple(part[:, None] for part in orbit.sight)
              for orbit in (island.ascending, island.descending)]
    east, up = solve(*views, *sights)
    for found, delivered in ((east, island.east), (up, island.up)):
        found = found - model_at_first_date(dates, found)[:, None]
        order = compared(island, delivered)
        truth = delivered.series[order]
        off = np.abs(found - truth)
        assert off.mean() <= 0.03
        assert np.mean(off <= 0.11) >= 0.999
        assert min(np.corrcoef(a, b)[0, 1] for a, b in zip(found, truth)) >= 0.999
        velocity = fit.fit_many(dates, found, 1.0).velocity
        assert np.abs(velocity - fit.fit_many(dates, truth, 1.0).velocity).max() <= 0.01
        rounded = np.abs(np.round(velocity, 1) - delivered.number("mean_velocity")[order])
        assert np.mean(rounded < 0.05) >= 0.995 and rounded.max() < 0.15
