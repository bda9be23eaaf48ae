"""Words for points: quality, moving or stable, and the verdict beside a chart."""

from __future__ import annotations

import math

import numpy as np
import pytest
import ustica
from clms_explorer.core.egms import fit, quality, reference
from clms_explorer.core.egms.gaps import date_facts, pieces
from clms_explorer.core.egms.quality import agreeing, judge, verdict, word
from clms_explorer.core.egms.reference import Reference
from clms_explorer.core.egms.series import Series

GNSS = Reference("gnss", -0.7, 0.03)


def series(days, values=None, **how):
    dates = np.datetime64("2020-01-01") + np.array(list(days), dtype=int)
    return Series(dates, np.zeros(dates.size) if values is None else np.asarray(values), **how)


def facts(days, values=None):
    return date_facts(series(days, values))


# Dates ---------------------------------------------------------------------------------------

def test_what_there_is_to_say_about_dates():
    found = facts([0, 6, 12, 60, 66], [1, 2, np.nan, 4, 5])
    assert (found.count, found.largest_gap, found.usual_step) == (4, 54, 6.0)
    assert str(found.first) == "2020-01-01" and str(found.last) == "2020-03-07"
    assert found.gap_share == pytest.approx(54 / 66)
    assert found.years == pytest.approx(66 / 365)


@pytest.mark.parametrize("days, values, count", [
    ([], [], 0), ([0, 6], [np.nan, np.nan], 0), ([0, 6], [1, np.nan], 1)])
def test_few_dates_have_no_gaps(days, values, count):
    found = facts(days, values)
    assert (found.count, found.largest_gap, found.gap_share, found.years) == (count, 0, 0.0, 0.0)


def test_a_line_breaks_at_missing_values_and_long_gaps():
    found = pieces(series([0, 6, 12, 18, 24, 30, 48, 54, 60], [1, 2, np.nan, 4, 5, 6, 7, 8, 9]))
    assert [piece.tolist() for piece in found] == [[0, 1], [3, 4, 5], [6, 7, 8]]


def test_a_line_does_not_break_where_one_satellite_is_left():
    # 6 days with two satellites, 12 with one; 15 days are 2.5 usual steps.
    found = pieces(series([0, 6, 12, 18, 24, 30, 42, 54, 69, 85]))
    assert [piece.tolist() for piece in found] == [list(range(9)), [9]]


def test_no_line_without_values():
    assert pieces(series([])) == [] and pieces(series([0, 6], [np.nan, np.nan])) == []
    assert [piece.tolist() for piece in pieces(series([0]))] == [[0]]


# Quality -------------------------------------------------------------------------------------

@pytest.mark.parametrize("s, expected", [
    (0.0, "very_good"), (1.99, "very_good"), (2.0, "good"), (3.69, "good"), (3.7, "fair"),
    (5.19, "fair"), (5.2, "poor"), (40.0, "poor"), (math.nan, "")])
def test_the_word_goes_by_the_noise(s, expected):
    assert word(s) == expected


def test_long_gaps_make_it_one_word_worse():
    steady = facts(range(0, 1800, 12))
    one_long = facts([*range(0, 900, 12), *range(978, 1800, 12)])
    too_long = facts([*range(0, 900, 12), *range(983, 1800, 12)])
    assert word(1.0, steady) == word(1.0, one_long) == "very_good"
    assert too_long.largest_gap == 95 and word(1.0, too_long) == "good"
    assert word(9.0, too_long) == "poor"
    sparse = facts([*range(0, 1300, 6), *range(1336, 1800, 40)])
    assert sparse.gap_share > 0.25 and word(3.0, sparse) == "fair"


@pytest.mark.parametrize("source, shares", [
    (ustica.ASCENDING, (16, 45, 39, 0)), (ustica.DESCENDING, (14, 43, 42, 0)),
    (ustica.EAST, (48, 41, 11, 1)), (ustica.UP, (64, 34, 2, 0))])
def test_quality_of_ustica(shared_data, source, shares):
    table = ustica.read(shared_data, source)
    fits = fit.fit_many(table.dates, table.series, fit.alpha_for(source.split("_")[1]))
    dates = date_facts(Series(table.dates, table.series[0]))
    words = [word(s, dates) for s in fits.s]
    assert [100 * words.count(name) / len(words) for name in quality.WORDS] == pytest.approx(
        shares, abs=0.6)


# References ----------------------------------------------------------------------------------

def test_the_first_reference_there_is_counts():
    point = {"gnss_los": -0.7}
    user, median = Reference("user", 1.0, 0.2), Reference("median", -0.5, 0.1)
    choose = reference.choose
    assert choose("L2b", "los_ascending", point, user, median) is user
    assert choose("L2b", "los_ascending", point, None, median) == GNSS
    assert choose("L2b", "los_ascending", {}, None, median) is median
    assert choose("L2b", "los_ascending", {}).name == "europe"
    assert choose("L2a", "los_ascending", {}).name == "local"


@pytest.mark.parametrize("direction, value", [("up", -1.5), ("east", -0.7)])
def test_ortho_components_have_their_own_gnss_columns(direction, value):
    cell = {"gnss_n": 2.1, "gnss_e": -0.7, "gnss_u": -1.5}
    assert reference.choose("L3", direction, cell).velocity == value


@pytest.mark.parametrize("value", [None, "", math.nan, "x"])
def test_an_empty_gnss_column_is_none(value):
    assert reference.choose("L2b", "los_descending", {"gnss_los": value}).name == "europe"


def test_the_median_of_the_surroundings_needs_100_blocks():
    places = 20.0 * np.arange(100)
    ones, zeros = np.ones(100), np.zeros(100)
    found = reference.surroundings(np.arange(100.0), 0.5 * ones, 3 * ones, places, zeros)
    assert found.name == "median" and found.velocity == 49.5
    assert found.sigma == pytest.approx(1.2 * 0.5 / 10)
    assert reference.surroundings(ones, ones, ones, places / 2, zeros) is None
    assert reference.surroundings(ones, ones, 4 * ones, places, zeros) is None
    assert reference.surroundings(ones[:0], ones[:0], ones[:0], ones[:0], ones[:0]) is None


def test_points_of_one_block_count_once():
    assert reference.blocks(np.array([0, 5, 19.9, 20, -1]), np.zeros(5)) == 3


@pytest.mark.parametrize("source", [ustica.ASCENDING, ustica.DESCENDING])
def test_the_median_of_ustica(shared_data, source):
    table = ustica.read(shared_data, source)
    fits = fit.fit_many(table.dates, table.series, 0.85)
    found = reference.surroundings(
        fits.velocity, fits.sigma, fits.s, table.number("easting"), table.number("northing"))
    assert found.velocity == pytest.approx(np.median(table.number("mean_velocity")), abs=0.1)
    assert found.sigma < 0.05


# Moving or stable ----------------------------------------------------------------------------

@pytest.mark.parametrize("velocity, sigma, neighbours, state, why", [
    (-7.5, 0.6, 2, "moving", ""),
    (-7.5, 0.6, 1, "moving_point_only", ""),
    (-7.5, 0.6, None, "moving_point_only", ""),
    (2.0, 0.66, 5, "moving", ""),
    (1.9, 0.3, 5, "uncertain", "slow"),
    (0.5, 0.6, None, "stable", ""),
    (-1.01, 0.6, None, "stable", ""),
    (-1.02, 0.6, None, "uncertain", "cannot_exclude"),
    (5.0, 2.0, 5, "uncertain", "cannot_exclude"),
    (1.0, 0.1, None, "stable", ""),
    (math.nan, 0.5, None, "too_little_data", ""),
    (1.0, math.nan, None, "too_little_data", ""),
])
def test_the_words_of_motion(velocity, sigma, neighbours, state, why):
    found = judge(velocity, sigma, "los_ascending", "gnss", neighbours=neighbours)
    assert (found.state, found.why, found.reference) == (state, why, "gnss")


@pytest.mark.parametrize("days", [
    range(0, 1090, 6),                                   # less than three years
    range(0, 1800, 48),                                  # 38 dates
    [*range(0, 900, 6), *range(1080, 1800, 6)],          # a gap of 186 days
])
def test_too_little_data_gives_no_word(days):
    rng = np.random.default_rng(1)
    one = series(days, rng.normal(0, 1, len(days)))
    found = quality.stability(
        fit.fit_trend(one, 0.85), date_facts(one), "los_ascending", GNSS)
    assert found.state == "too_little_data"


def test_the_reference_is_taken_off_and_its_error_added():
    rng = np.random.default_rng(2)
    days = np.arange(0, 1826, 6)
    one = series(days, -0.7 * days / 365 + rng.normal(0, 1, days.size))
    fitted = fit.fit_trend(one, 0.85)
    found = quality.stability(fitted, date_facts(one), "up", Reference("user", -0.7, 0.4))
    assert found.velocity == fitted.velocity + 0.7
    assert found.sigma == pytest.approx(math.hypot(fitted.sigma, 0.4))
    assert (found.state, found.reference) == ("stable", "user")


def test_only_neighbours_of_another_cell_that_move_the_same_way_agree():
    distances = np.array([5.0, 20.0, 60.0, 100.0, 101.0, 50.0, 50.0, 50.0])
    velocities = np.array([-5.0, -5.0, -5.0, -2.0, -5.0, 5.0, -0.9, np.nan])
    assert agreeing(-6.0, distances, velocities, np.full(8, 0.5)) == 3
    assert agreeing(6.0, distances, velocities, np.full(8, 0.5)) == 1


@pytest.mark.parametrize("source, stable, fast", [
    (ustica.ASCENDING, 0.75, 0.022), (ustica.DESCENDING, 0.72, 0.028),
    (ustica.EAST, 0.80, 0.023), (ustica.UP, 0.87, 0.015)])
def test_how_much_of_ustica_moves(shared_data, source, stable, fast):
    table = ustica.read(shared_data, source)
    fits = fit.fit_many(table.dates, table.series, fit.alpha_for(source.split("_")[1]))
    relative = fits.velocity - np.median(fits.velocity)
    states = [judge(v, s, "up", "median").state for v, s in zip(relative, fits.sigma)]
    assert states.count("stable") / len(states) == pytest.approx(stable, abs=0.0055)
    assert states.count("moving_point_only") / len(states) == pytest.approx(fast, abs=0.0015)


@pytest.mark.parametrize("source", [ustica.ASCENDING, ustica.DESCENDING])
def test_three_of_four_fast_points_have_neighbours_that_agree(shared_data, source):
    table = ustica.read(shared_data, source)
    fits = fit.fit_many(table.dates, table.series, 0.85)
    relative = fits.velocity - np.median(fits.velocity)
    places = np.column_stack([table.number("easting"), table.number("northing")])
    fast = np.flatnonzero((np.abs(relative) >= 3 * fits.sigma) & (np.abs(relative) >= 2))
    agree = [
        agreeing(relative[i], np.hypot(*(places - places[i]).T), relative, fits.sigma) >= 2
        for i in fast]
    assert 0.72 <= np.mean(agree) <= 0.77


# Verdicts ------------------------------------------------------------------------------------

def component(velocity, sigma, direction, neighbours=2, enough=True, name="gnss"):
    return judge(velocity, sigma, direction, name, enough, neighbours)


def test_moving_down_and_west():
    found = verdict(
        [component(-7.5, 0.6, "up"), component(-4.3, 0.8, "east")], "good")
    assert found.code == "moving" and not found.one_orbit and found.reference == "gnss"
    assert [(part.way, part.speed, part.sigma) for part in found.parts] == [
        ("down", 7.5, 0.6), ("west", 4.3, 0.8)]


def test_a_part_that_is_not_significant_is_not_told():
    found = verdict([component(7.5, 0.6, "up"), component(1.0, 0.8, "east")], "good")
    assert [part.way for part in found.parts] == ["up"]


def test_one_orbit_leaves_the_direction_open():
    found = verdict([component(-8.5, 0.7, "los_descending")], "good")
    assert (found.code, found.one_orbit) == ("moving", True)
    assert found.parts[0].way == "away"
    assert verdict([component(8.5, 0.7, "los_ascending")], "good").parts[0].way == "towards"


def test_a_lone_point_is_told_apart():
    found = verdict([component(-8.5, 0.7, "los_descending", neighbours=None)], "good")
    assert found.code == "moving_point_only" and found.parts[0].speed == 8.5


def test_slow_but_significant():
    found = verdict([component(1.5, 0.3, "up"), component(0.1, 0.3, "east")], "very_good")
    assert found.code == "slow" and [part.way for part in found.parts] == ["up"]


def test_not_measurable_within_one_standard_deviation():
    found = verdict([component(0.4, 0.6, "up"), component(-0.7, 0.8, "east")], "good")
    assert (found.code, found.within, found.parts) == ("not_measurable", 0.8, ())


@pytest.mark.parametrize("sigma, noise", [(0.6, "poor"), (1.3, "fair")])
def test_too_noisy_to_tell(sigma, noise):
    assert verdict([component(1.0, sigma, "los_ascending")], noise).code == "too_noisy"


def test_noise_does_not_hide_a_fast_point():
    assert verdict([component(-30.0, 1.5, "los_ascending")], "poor").code == "moving"


def test_too_little_data_wins():
    parts = [component(-7.5, 0.6, "up"), component(-4.3, 0.8, "east", enough=False)]
    assert verdict(parts, "good").code == "too_little_data"
    assert verdict([], "").code == "too_little_data"


def test_different_references_are_not_named_as_one():
    parts = [component(-7.5, 0.6, "up"), component(-4.3, 0.8, "east", name="median")]
    assert verdict(parts, "good").reference == "mixed"
