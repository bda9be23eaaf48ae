"""The fit of a series: EGMS's own numbers on real files, honest errors against simulations."""

from __future__ import annotations

import numpy as np
import pytest
import ustica
from clms_explorer.core.egms import fit, noise
from clms_explorer.core.egms.basis import basis
from clms_explorer.core.egms.series import Series

ALL = (ustica.ASCENDING, ustica.DESCENDING, ustica.EAST, ustica.UP)
LOS, ORTHO = ALL[:2], ALL[2:]


def alpha_of(source):
    return fit.alpha_for(source.split("_")[1])


def six_daily(years):
    return np.datetime64("2020-01-03") + 6 * np.arange(round(years * 365 / 6) + 1)


def years_of(dates):
    return (dates - dates[0]).astype(float) / 365


def one(dates, values, alpha=0.85, **how):
    return fit.fit_trend(Series(dates, values), alpha, **how)


@pytest.fixture(scope="module", params=ALL)
def real(request, shared_data):
    """Return (source, table, fits) of one of the four real files."""
    table = ustica.read(shared_data, request.param)
    return request.param, table, fit.fit_many(table.dates, table.series, alpha_of(request.param))


# EGMS's own numbers -------------------------------------------------------------------------

def test_velocities_are_those_of_the_file(real):
    source, table, fits = real
    worst = np.abs(fits.velocity - table.number("mean_velocity")).max()
    assert worst <= (0.10 if source in LOS else 0.0525)


@pytest.mark.parametrize("source, gnss, mean", [
    (ustica.ASCENDING, -0.7, -0.040), (ustica.ASCENDING, -0.8, 0.040),
    (ustica.DESCENDING, -1.6, -0.028),
])
def test_delivered_velocities_carry_the_rounding_of_the_gnss_model(
    shared_data, source, gnss, mean
):
    table = ustica.read(shared_data, source)
    fits = fit.fit_many(table.dates, table.series, 0.85)
    there = table.number("gnss_velocity") == gnss
    assert (fits.velocity - table.number("mean_velocity"))[there].mean() == pytest.approx(
        mean, abs=0.0005)


@pytest.mark.parametrize("field, column", [
    ("rmse", "rmse_ts"), ("amplitude", "seasonality"), ("amplitude_formal", "seasonality_std"),
    ("formal_sigma", "mean_velocity_std"),
])
def test_statistics_are_those_of_the_file_within_rounding(real, field, column):
    _, table, fits = real
    assert np.abs(getattr(fits, field) - table.number(column)).max() <= 0.055


def test_accelerations_are_those_of_the_file(real):
    source, table, fits = real
    worst = np.abs(fits.acceleration - table.number("acceleration")).max()
    assert worst <= (0.0065 if source == ustica.DESCENDING else 0.0105)
    formal = np.abs(fits.acceleration_formal - table.number("acceleration_std"))
    assert np.mean(formal <= 0.00501) >= 0.98


@pytest.mark.parametrize("source", LOS)
def test_coherence_is_that_of_the_file(shared_data, source):
    table = ustica.read(shared_data, source)
    fits = fit.fit_many(table.dates, table.series, 0.85)
    line = fits.offset[:, None] + fits.velocity[:, None] * years_of(table.dates)
    off = np.abs(fit.temporal_coherence(table.series - line) - table.number("temporal_coherence"))
    assert off.max() <= 0.006
    assert np.mean(off <= 0.0052) >= 0.99


def test_a_year_of_365_25_days_would_be_noticed(shared_data):
    table = ustica.read(shared_data, ustica.ASCENDING)
    fits = fit.fit_many(table.dates, table.series, 0.85)
    longer = fits.acceleration * (365.25 / 365) ** 2
    assert np.abs(longer - table.number("acceleration")).max() > 0.0105


# One series ---------------------------------------------------------------------------------

def test_one_series_is_fitted_as_in_the_crowd(shared_data):
    table = ustica.read(shared_data, ustica.DESCENDING)
    many = fit.fit_many(table.dates, table.series[:30], 0.85)
    for row in range(30):
        single = one(table.dates, table.series[row])
        for name in fit.Fits.__dataclass_fields__:
            assert getattr(single, name) == pytest.approx(getattr(many, name)[row], rel=1e-9)
        assert single.coherence == pytest.approx(
            table.number("temporal_coherence")[row], abs=0.006)


def test_plain_least_squares_agree(shared_data):
    table = ustica.read(shared_data, ustica.ASCENDING)
    years, values = years_of(table.dates), table.series[17]
    wave = [np.cos(2 * np.pi * years), np.sin(2 * np.pi * years)]
    straight = np.column_stack([years, np.ones_like(years), *wave])
    found, rest, _, _ = np.linalg.lstsq(straight, values, rcond=None)
    single = one(table.dates, values)
    assert single.velocity == pytest.approx(found[0], abs=1e-9)
    assert single.offset == pytest.approx(found[1], abs=1e-9)
    assert single.s == pytest.approx(np.sqrt(rest[0] / (years.size - 4)), abs=1e-9)
    assert np.allclose(single.model(table.dates), straight @ found)
    assert np.allclose(single.trend(table.dates), straight[:, :2] @ found[:2])


def test_a_planted_motion_is_found_exactly():
    dates = six_daily(5)
    years = years_of(dates)
    values = 3 - 7 * years + 4 * np.cos(2 * np.pi * (years - 0.25))
    found = one(dates, values)
    assert found.velocity == pytest.approx(-7)
    assert found.offset == pytest.approx(3)
    assert found.amplitude == pytest.approx(4)
    assert found.acceleration == pytest.approx(0, abs=1e-9)
    # The first date is 3 January, day 2; the maximum comes a quarter of 365 days later.
    assert found.phase_day == pytest.approx(2 + 91.25)
    assert found.seasonal
    assert found.sigma == fit.SMALLEST_SIGMA


def test_the_phase_does_not_depend_on_the_first_date():
    dates = six_daily(5)
    days = dates.astype("datetime64[D]").astype(float)
    # Highest on 12 August (day 223) of 2020; years of 365 days drift by one day in the leap year.
    values = 5 * np.cos(2 * np.pi * (days - (18262 + 224)) / 365)
    phases = [one(dates[skip:], values[skip:]).phase_day for skip in (0, 20, 40)]
    assert phases == pytest.approx([224, 224, 224], abs=0.01)


def test_a_bent_curve_keeps_the_velocity_of_the_straight_line():
    dates = six_daily(5)
    years = years_of(dates)
    values = 2 * years + 0.5 * 1.5 * years ** 2
    straight, bent = one(dates, values), one(dates, values, acceleration=True)
    assert bent.velocity == straight.velocity != pytest.approx(2)
    assert bent.acceleration == straight.acceleration == pytest.approx(1.5)
    assert np.allclose(bent.trend(dates), values)
    assert not np.allclose(straight.trend(dates), values)


def test_without_annual_motion_the_line_is_a_plain_line(shared_data):
    table = ustica.read(shared_data, ustica.DESCENDING)
    changes = []
    for values in table.series[:200]:
        plain = one(table.dates, values, annual=False)
        slope, offset = np.polyfit(years_of(table.dates), values, 1)
        assert (plain.velocity, plain.offset) == pytest.approx((slope, offset), abs=1e-9)
        assert np.allclose(plain.model(table.dates), plain.trend(table.dates))
        full = one(table.dates, values)
        assert plain.rmse == full.rmse and plain.s == full.s
        changes.append(abs(plain.velocity - full.velocity))
    assert 0 < max(changes) < 0.57


def test_gaps_do_not_count():
    rng = np.random.default_rng(5)
    dates = six_daily(5)
    values = np.round(-3 * years_of(dates) + rng.normal(0, 3, dates.size), 1)
    holes = values.copy()
    holes[[0, 1, 50, 51, 52, 200]] = np.nan
    there = np.isfinite(holes)
    with_gaps, without = one(dates, holes), one(dates[there], values[there])
    assert with_gaps.velocity == without.velocity
    assert with_gaps.sigma == without.sigma
    assert (with_gaps.n, with_gaps.span) == (dates.size - 6, pytest.approx(
        (dates[-1] - dates[2]).astype(int) / 365))
    assert np.isfinite(with_gaps.model(dates)).all()


def test_a_store_of_tenths_gives_the_same_numbers(shared_data):
    table = ustica.read(shared_data, ustica.ASCENDING)
    values = table.series[:3000].copy()
    values[7, 10:20] = values[2500, -1] = values[2501, -1] = np.nan
    values[99] = np.nan
    tenths = np.where(np.isnan(values), -32768, np.round(values * 10)).astype(np.int16)
    of_floats = fit.fit_many(table.dates, values, 0.85)
    of_tenths = fit.fit_many(table.dates, tenths, 0.85, scale=0.1)
    for name in fit.Fits.__dataclass_fields__:
        assert np.allclose(getattr(of_floats, name), getattr(of_tenths, name), equal_nan=True)
    assert np.flatnonzero(np.isnan(of_tenths.velocity)).tolist() == [99]
    assert of_tenths.velocity[7] == pytest.approx(one(table.dates, values[7]).velocity)


@pytest.mark.parametrize("count, value", [(0, 0.0), (1, 2.0), (5, 1.0), (7, 1.0)])
def test_too_few_dates_give_no_numbers_and_no_error(count, value):
    dates = six_daily(5)[:count]
    found = one(dates, np.full(count, value))
    assert np.isnan([found.velocity, found.sigma, found.s, found.rmse, found.acceleration]).all()
    assert found.n == count
    assert np.isnan(found.model(dates)).all() and np.isnan(found.band95(dates)).all()
    assert not found.seasonal


def test_two_months_are_too_short_to_tell_a_trend_from_a_season():
    dates = np.datetime64("2020-01-01") + 2 * np.arange(30)
    assert np.isnan(one(dates, np.arange(30.0)).velocity)
    assert np.isfinite(one(dates, np.arange(30.0), annual=False).velocity)


def test_a_series_without_any_value():
    dates = six_daily(5)
    found = one(dates, np.full(dates.size, np.nan))
    assert found.n == 0 and np.isnan(found.velocity) and np.isnan(found.trend(dates)).all()


def test_a_constant_series_stands_still():
    dates = six_daily(5)
    found = one(dates, np.full(dates.size, 4.2))
    assert found.velocity == pytest.approx(0, abs=1e-9)
    assert (found.sigma, found.s) == (0.1, pytest.approx(0, abs=1e-6))


# Honest errors ------------------------------------------------------------------------------

@pytest.mark.parametrize("source, velocity, acceleration", [
    (ustica.DESCENDING, 4.00, 3.3), (ustica.ASCENDING, 4.03, 3.3), (ustica.EAST, 6.19, 5.0),
])
def test_k_of_the_real_date_axes(shared_data, source, velocity, acceleration):
    dates = ustica.read(shared_data, source).dates
    own = basis(dates.astype(np.int64), alpha_of(source))
    ratio = {p: np.sqrt(np.diag(own.spread(p)) / np.diag(own.formal(p))) for p in (4, 5)}
    assert ratio[4][1] == pytest.approx(velocity, abs=0.005)
    assert ratio[5][4] == pytest.approx(acceleration, abs=0.05)


@pytest.mark.parametrize("source, median", [
    (ustica.DESCENDING, 0.68), (ustica.ASCENDING, 0.65), (ustica.EAST, 0.52), (ustica.UP, 0.42),
])
def test_the_usual_error_on_ustica(shared_data, source, median):
    table = ustica.read(shared_data, source)
    fits = fit.fit_many(table.dates, table.series, alpha_of(source))
    assert np.median(fits.sigma) == pytest.approx(median, abs=0.005)


def dense_covariance(dates, alpha, step=6):
    """Return S of egms.md 12.1, written out as the matrix it is."""
    places = np.rint((dates - dates[0]).astype(float) / step).astype(int)
    psi = [1.0]
    for i in range(1, places[-1] + 1):
        psi.append(psi[-1] * (i - 1 + alpha / 2) / i)
    upper = np.array([[psi[i - j] if i >= j else 0.0 for j in range(len(psi))]
                      for i in range(len(psi))])
    return (upper @ upper.T)[np.ix_(places, places)]


@pytest.mark.parametrize("source", [ustica.DESCENDING, ustica.EAST])
def test_k_from_the_matrices_written_out(shared_data, source):
    dates, alpha = ustica.read(shared_data, source).dates, alpha_of(source)
    years = years_of(dates)
    design = np.column_stack([
        years, np.ones_like(years), np.cos(2 * np.pi * years), np.sin(2 * np.pi * years)])
    inverse = np.linalg.inv(design.T @ design)
    weights = (inverse @ design.T)[0]
    rest = np.eye(years.size) - design @ inverse @ design.T
    covariance = dense_covariance(dates, alpha)
    k2 = weights @ covariance @ weights / inverse[0, 0] * (
        (years.size - 4) / np.trace(rest @ covariance))
    own = basis(dates.astype(np.int64), alpha)
    assert own.spread(4)[1, 1] / own.formal(4)[1, 1] == pytest.approx(k2, rel=1e-9)


@pytest.mark.parametrize("source", [ustica.DESCENDING, ustica.EAST])
def test_simulated_noise_scatters_as_the_honest_error_says(shared_data, source):
    dates, alpha, count = ustica.read(shared_data, source).dates, alpha_of(source), 4000
    root = np.linalg.cholesky(dense_covariance(dates, alpha))
    rng = np.random.default_rng(11)
    series = 2.0 * rng.standard_normal((count, dates.size)) @ root.T
    fits = fit.fit_many(dates, series, alpha)
    tolerance = 3 / np.sqrt(2 * count)  # three standard errors of a standard deviation
    assert fits.velocity.std() / np.sqrt(np.mean(fits.sigma ** 2)) == pytest.approx(
        1, abs=tolerance)
    assert fits.acceleration.std() / np.sqrt(
        np.mean(fits.acceleration_sigma ** 2)) == pytest.approx(1, abs=tolerance)
    # The formal error of the same series misses by the factor k.
    assert fits.velocity.std() / np.sqrt(np.mean(fits.formal_sigma ** 2)) > 3.8


def test_the_band_holds_95_of_100_true_lines(shared_data):
    dates, count = ustica.read(shared_data, ustica.DESCENDING).dates, 1500
    covariance = dense_covariance(dates, 0.85)
    rng = np.random.default_rng(12)
    series = rng.standard_normal((count, dates.size)) @ np.linalg.cholesky(covariance).T
    inside = np.zeros((count, 3))
    for row, values in enumerate(series):
        found = one(dates, values)
        ends = dates[[0, 105, -1]]
        inside[row] = np.abs(found.trend(ends)) <= found.band95(ends)
    # s is estimated from about 200 correlated dates: 1 in 100 is allowed for that.
    tolerance = 3 * np.sqrt(0.95 * 0.05 / count) + 0.01
    assert inside.mean(axis=0) == pytest.approx([0.95, 0.95, 0.95], abs=tolerance)


@pytest.mark.parametrize("source", LOS)
def test_false_alarms_on_noise_are_as_rare_as_promised(shared_data, source):
    """Noise with α = 0.85 whose residuals have the strengths of real points (egms.md 12.8)."""
    dates, count = ustica.read(shared_data, source).dates, 20_000
    rng = np.random.default_rng(13)
    unit = rng.standard_normal((count, dates.size)) @ np.linalg.cholesky(
        dense_covariance(dates, 0.85)).T
    unit /= np.sqrt(np.mean(fit.fit_many(dates, unit, 0.85).s ** 2))
    coherence = np.clip(rng.beta(8.8, 2.75, (count, 1)), 0.5, 0.98)
    series = np.round(4.414 * np.sqrt(-2 * np.log(coherence)) * unit, 1)
    fits = fit.fit_many(dates, series, 0.85)
    z = np.abs(fits.velocity) / fits.sigma

    def between(share, low, high):
        slack = [3 * np.sqrt(p * (1 - p) / count) for p in (low, high)]
        return low - slack[0] <= share <= high + slack[1]

    assert between(np.mean(z >= 3), 0.0017, 0.0035)
    assert between(np.mean((z >= 3) & (np.abs(fits.velocity) >= 2)), 0.0009, 0.002)
    assert between(np.mean(np.abs(fits.velocity) + 1.645 * fits.sigma < 2), 0.78, 0.81)


@pytest.mark.parametrize("source", [ustica.DESCENDING, ustica.EAST])
def test_noise_alone_seldom_looks_seasonal(shared_data, source):
    dates, alpha, count = ustica.read(shared_data, source).dates, alpha_of(source), 8000
    root = np.linalg.cholesky(dense_covariance(dates, alpha))
    series = np.random.default_rng(14).standard_normal((count, dates.size)) @ root.T
    fits = fit.fit_many(dates, series, alpha)
    share = np.mean(fits.amplitude >= noise.amplitude_share(alpha) * fits.rmse)
    assert share == pytest.approx(0.05, abs=3 * np.sqrt(0.05 * 0.95 / count) + 0.005)


@pytest.mark.parametrize("source, share", [
    (ustica.ASCENDING, 0.32), (ustica.DESCENDING, 0.27), (ustica.EAST, 0.31), (ustica.UP, 0.67),
])
def test_how_many_points_of_ustica_breathe_with_the_year(shared_data, source, share):
    table, alpha = ustica.read(shared_data, source), alpha_of(source)
    fits = fit.fit_many(table.dates, table.series, alpha)
    seasonal = np.mean(fits.amplitude >= noise.amplitude_share(alpha) * fits.rmse)
    assert seasonal == pytest.approx(share, abs=0.0075)


@pytest.mark.parametrize("years, factor", [(3, 1.08), (5, 0.98), (6, 0.95), (10, 0.88)])
def test_more_years_make_a_better_velocity(years, factor):
    own = basis(six_daily(years).astype(np.int64), 0.85)
    assert np.sqrt(own.spread(4)[1, 1]) * years == pytest.approx(factor, rel=0.02)


def test_twice_as_many_dates_do_not():
    few, many = (np.arange(0, 1825, step, dtype=np.int64) for step in (12, 6))
    spread = [np.sqrt(basis(days, 0.85).spread(4)[1, 1]) for days in (few, many)]
    assert spread[1] / spread[0] == pytest.approx(1, abs=0.05)
    formal = [np.sqrt(basis(days, 0.85).formal(4)[1, 1]) for days in (few, many)]
    assert formal[1] / formal[0] == pytest.approx(1 / np.sqrt(2), abs=0.02)


def test_dates_that_meet_on_the_lattice_get_a_finer_one():
    assert noise.lattice(np.array([0, 6, 12, 36])).tolist() == [0, 1, 2, 6]
    assert noise.lattice(np.array([0, 5, 13, 36])).tolist() == [0, 1, 2, 6]
    assert noise.lattice(np.array([0, 6, 8, 12])).tolist() == [0, 2, 3, 4]
    assert noise.lattice(np.array([0, 1, 2, 12])).tolist() == [0, 1, 2, 12]


def test_the_filter_makes_white_noise_of_white_noise_and_a_walk_of_a_walk():
    assert noise.power_law_filter(0.0, 5).tolist() == [1, 0, 0, 0, 0]
    assert noise.power_law_filter(2.0, 5).tolist() == [1, 1, 1, 1, 1]


def test_the_noise_of_an_unknown_level_is_that_of_l2():
    assert [fit.alpha_for(level) for level in ("L2a", "L2b", "L3", "")] == [0.85, 0.85, 1.0, 0.85]
