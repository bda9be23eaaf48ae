"""Trend, acceleration and annual motion of series, with honest errors.

EGMS's own numbers follow reference/egms.md 3.6 (a year has 365 days), errors follow 12.1,
seasonality follows 12.5.
"""

from __future__ import annotations

from dataclasses import dataclass, fields
from typing import Any, Union

import numpy as np
from numpy.typing import NDArray

from . import noise
from .basis import COSINE, SINE, VELOCITY, YEAR, Basis, basis, design
from .noise import Floats
from .series import Series

SMALLEST_SIGMA = 0.1
"""mm/yr: no velocity error is shown smaller."""

WAVELENGTH = 55.4658
"""mm, radar of Sentinel-1."""

_NORMAL_95 = 1.959964
_RADIUS_95 = 2.45  # holds 95 % of a two-dimensional normal cloud, in units of its sigma
_BLOCK = 1024
_BLAS_ROWS = 128  # OpenBLAS shares larger products among threads, which costs more than it saves
_LINE, _BEND, _SEASON = 4, 5, 6  # columns of the models: velocity, acceleration, seasonality
_HALF_SQUARE = 4

alpha_for = noise.alpha_for


@dataclass(frozen=True)
class Fits:
    """Numbers of many series at once, each of the shape (series,); meaning as in Fit."""

    velocity: Floats
    sigma: Floats
    formal_sigma: Floats
    offset: Floats
    acceleration: Floats
    acceleration_sigma: Floats
    acceleration_formal: Floats
    amplitude: Floats
    amplitude_formal: Floats
    phase_day: Floats
    rmse: Floats
    s: Floats

    @classmethod
    def unknown(cls, count: int) -> Fits:
        """Return numbers for `count` series, all NaN."""
        return cls(*(np.full(count, np.nan) for _ in fields(cls)))


@dataclass(frozen=True)
class Curve:
    """A fitted line, straight or bent, with or without annual motion.

    coefficients: of 1, t, [cos, sin,] [½t²]; t in years of 365 days from `first`.
    covariance: of the coefficients, for noise with long memory. formal: for white noise.
    """

    first: np.datetime64
    annual: bool
    coefficients: Floats
    covariance: Floats
    formal: Floats

    def columns(self, dates: NDArray[np.datetime64], season: bool) -> Floats:
        """Return the columns at some dates; those of the season are zero without it."""
        days = (np.asarray(dates, "datetime64[D]") - self.first).astype(np.float64)
        columns = design(days / YEAR, self.annual)[:, :self.coefficients.size]
        if self.annual and not season:
            columns[:, [COSINE, SINE]] = 0
        return columns


@dataclass(frozen=True)
class Fit:
    """What least squares say about one series. NaN = the dates do not suffice.

    velocity, sigma: mm/yr, of the straight line; sigma is one standard deviation of the honest
    error, formal_sigma that for white noise, as EGMS delivers it.
    offset: mm, the straight line at the first date with a value.
    acceleration and its two sigmas: mm/yr², from a model with ½t² and the annual motion.
    amplitude: mm, of the annual sine; amplitude_formal: its error as EGMS delivers it;
    amplitude_limit: noise alone stays below it in 95 of 100 series.
    phase_day: day of the year with the highest value, 0 = 1 January, of 365; phase_sigma: days.
    rmse: mm, residual of cubic + annual. s: mm, noise about trend + annual (quality words).
    coherence: temporal coherence as EGMS defines it; means something for lines of sight only.
    n, span: dates with a value, and years from the first to the last of them.
    """

    velocity: float
    sigma: float
    formal_sigma: float
    offset: float
    acceleration: float
    acceleration_sigma: float
    acceleration_formal: float
    amplitude: float
    amplitude_formal: float
    amplitude_limit: float
    phase_day: float
    phase_sigma: float
    rmse: float
    s: float
    coherence: float
    n: int
    span: float
    alpha: float
    curve: Curve

    @property
    def seasonal(self) -> bool:
        """Return whether the annual motion is more than noise (95 %)."""
        return self.amplitude >= self.amplitude_limit

    def model(self, dates: NDArray[np.datetime64]) -> Floats:
        """Return the fitted curve with its annual motion, in mm."""
        return np.asarray(self.curve.columns(dates, season=True) @ self.curve.coefficients)

    def trend(self, dates: NDArray[np.datetime64]) -> Floats:
        """Return the fitted curve without its annual motion, in mm."""
        return np.asarray(self.curve.columns(dates, season=False) @ self.curve.coefficients)

    def band95(self, dates: NDArray[np.datetime64]) -> Floats:
        """Return the half width in mm of the 95 % band of the trend, coloured noise allowed."""
        columns = self.curve.columns(dates, season=False)
        variance = np.einsum("ij,jk,ik->i", columns, self.curve.covariance, columns)
        return np.asarray(_NORMAL_95 * np.sqrt(np.maximum(variance, 0)))


def fit_trend(
    series: Series, alpha: float, annual: bool = True, acceleration: bool = False
) -> Fit:
    """Fit one series; dates without a value do not count.

    alpha: exponent of the noise, alpha_for(level). annual: whether the line has an annual
    motion beside it, as EGMS's velocity has. acceleration: whether the curve that is drawn
    bends; the velocity is that of the straight line in any case.
    """
    there = np.isfinite(series.values)
    dates, values = series.dates[there], series.values[there]
    line = _curve(dates, values, alpha, annual, bent=False)
    season = fit_many(dates, values[np.newaxis], alpha)
    found = {field.name: float(getattr(season, field.name)[0]) for field in fields(Fits)}
    found.update(
        velocity=float(line.coefficients[VELOCITY]), offset=float(line.coefficients[0]),
        sigma=float(_floored(np.sqrt(line.covariance[VELOCITY, VELOCITY]))),
        formal_sigma=float(np.sqrt(line.formal[VELOCITY, VELOCITY])),
    )
    straight = line.columns(dates, season=False) @ line.coefficients
    share = noise.amplitude_share(alpha)
    turn = share / _RADIUS_95 * found["rmse"] / (found["amplitude"] or np.nan)
    return Fit(
        **found, amplitude_limit=share * found["rmse"], phase_sigma=turn * YEAR / (2 * np.pi),
        coherence=float(temporal_coherence(values - straight)), n=int(dates.size),
        span=float(np.ptp(dates.astype(np.int64)) / YEAR) if dates.size else 0.0, alpha=alpha,
        curve=_curve(dates, values, alpha, annual, bent=True) if acceleration else line,
    )


def _curve(
    dates: NDArray[np.datetime64], values: Floats, alpha: float, annual: bool, bent: bool
) -> Curve:
    first = dates[0] if dates.size else np.datetime64("1970-01-01", "D")
    p = (4 if annual else 2) + bent
    own = basis(dates.astype(np.int64), alpha, annual)
    if own is None:
        unknown = np.full((p, p), np.nan)
        return Curve(first, annual, unknown[0], unknown, unknown)
    products = values @ own.orthonormal[:, :p]
    rest = float(_left_over(np.sum(values ** 2), products[np.newaxis])[0])
    return Curve(
        first, annual, own.inverse(p) @ products, own.spread(p) * rest / (values.size - p),
        own.formal(p) * rest / values.size,
    )


def fit_many(
    dates: NDArray[np.datetime64], matrix: NDArray[Any], alpha: float, scale: float = 1.0
) -> Fits:
    """Fit all rows of a matrix (series, dates) with one date axis, trend + annual motion.

    matrix: floats, NaN = no value; or integers, the type's minimum = no value.
    scale: millimetres per unit of the matrix (0.1 for tenths).
    """
    days = np.asarray(dates, "datetime64[D]").astype(np.int64)
    found = Fits.unknown(len(matrix))
    for start in range(0, len(matrix), _BLOCK):
        raw = matrix[start:start + _BLOCK]
        if np.issubdtype(raw.dtype, np.integer):
            there = raw != np.iinfo(raw.dtype).min
        else:
            there = np.isfinite(raw)
        values = np.multiply(raw, scale, dtype=np.float64)
        if there.all():
            _solve(days, values, alpha, found, slice(start, start + len(raw)))
            continue
        patterns, group = np.unique(there, axis=0, return_inverse=True)
        for number, pattern in enumerate(patterns):
            rows = np.flatnonzero(group.reshape(-1) == number)
            _solve(days[pattern], values[np.ix_(rows, pattern)], alpha, found, rows + start)
    return found


def _solve(
    days: NDArray[np.int64], values: Floats, alpha: float, found: Fits,
    rows: Union[slice, NDArray[np.int64]],
) -> None:
    """Fill in the rows of complete series; leave them unknown where the dates do not suffice."""
    own = basis(days, alpha)
    if own is None:
        return
    n = days.size
    products = _times(values, own.orthonormal)
    squares = np.einsum("ij,ij->i", values, values)
    line, bend, season = (
        _left_over(squares, products[:, :p]) for p in (_LINE, _BEND, _SEASON)
    )

    def coefficient(p: int, column: int) -> Floats:
        return np.asarray(products[:, :p] @ own.inverse(p)[column])

    found.velocity[rows] = coefficient(_LINE, VELOCITY)
    found.offset[rows] = coefficient(_LINE, 0)
    found.s[rows] = np.sqrt(line / (n - _LINE))
    found.rmse[rows] = np.sqrt(season / n)
    found.sigma[rows] = _floored(_error(own.spread(_LINE), VELOCITY, line / (n - _LINE)))
    found.formal_sigma[rows] = _error(own.formal(_LINE), VELOCITY, line / n)
    found.acceleration[rows] = coefficient(_BEND, _HALF_SQUARE)
    found.acceleration_sigma[rows] = _error(
        own.spread(_BEND), _HALF_SQUARE, bend / (n - _BEND))
    found.acceleration_formal[rows] = _error(own.formal(_BEND), _HALF_SQUARE, bend / n)
    cosine, sine = coefficient(_SEASON, COSINE), coefficient(_SEASON, SINE)
    found.amplitude[rows] = np.hypot(cosine, sine)
    found.amplitude_formal[rows] = np.sqrt(season / n) * _amplitude_factor(own)
    found.phase_day[rows] = phase_day(days[0], cosine, sine)


def _times(values: Floats, columns: Floats) -> Floats:
    """Return the matrix product, computed on this thread alone."""
    products = np.empty((len(values), columns.shape[1]))
    for start in range(0, len(values), _BLAS_ROWS):
        rows = slice(start, start + _BLAS_ROWS)
        np.matmul(values[rows], columns, out=products[rows])
    return products


def _left_over(squares: Floats, products: Floats) -> Floats:
    """Return the residual sums of squares after taking off the columns of an orthonormal basis."""
    return np.asarray(np.maximum(squares - np.einsum("ij,ij->i", products, products), 0))


def _error(covariance: Floats, column: int, variance: Floats) -> Floats:
    return np.asarray(np.sqrt(covariance[column, column] * variance))


def _floored(sigma: Floats) -> Floats:
    return np.asarray(np.maximum(sigma, SMALLEST_SIGMA))


def _amplitude_factor(own: Basis) -> float:
    """Return the error of an annual amplitude per mm of rmse (Rayleigh; egms.md 3.6)."""
    formal = own.formal(_SEASON)
    mean = (formal[COSINE, COSINE] + formal[SINE, SINE]) / 2
    return float(np.sqrt((4 - np.pi) / 2 * mean))


def phase_day(first: np.int64, cosine: Floats, sine: Floats) -> Floats:
    """Return the day of the year of the annual maximum, 0 = 1 January, of 365 (egms.md 12.5).

    first: days since 1970 of the date at which the phase of the fit is zero.
    """
    date = np.datetime64(int(first), "D")
    since_january = (date - date.astype("datetime64[Y]").astype("datetime64[D]")).astype(int)
    return np.asarray((since_january + YEAR * np.arctan2(sine, cosine) / (2 * np.pi)) % YEAR)


def temporal_coherence(residual: Floats) -> Floats:
    """Return |mean(exp(i·4π/λ·r))| over the last axis; r in mm, the annual motion left in."""
    if not residual.shape[-1]:
        return np.full(residual.shape[:-1], np.nan)
    return np.asarray(np.abs(np.exp(4j * np.pi / WAVELENGTH * residual).mean(axis=-1)))
