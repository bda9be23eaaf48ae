"""Seeded ground motion: where points lie, how they move and how noisy they are.

Noise follows reference/egms.md 12.8 in time; of its spatial part only the clusters are kept.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, Sequence

import numpy as np

Array = np.ndarray[Any, Any]
SATELLITE_LOST = date(2021, 12, 23)
YEAR = 365.0
WAVELENGTH = 55.4658


@dataclass(frozen=True)
class Place:
    """A settlement, or an island: where points lie. radius in metres, EPSG:3035."""

    easting: float
    northing: float
    radius: float


def window(release: str) -> tuple[date, date]:
    """Return the first and last day of a release such as "2020-2024"."""
    first, last = (int(part) for part in release.split("-"))
    return date(max(first, 2016), 1, 3), date(last, 12, 28)


def l2_dates(release: str, phase: int = 0) -> list[date]:
    """Return acquisitions: every 6 days, every 12 after the loss of Sentinel-1B, some missing."""
    day, end = window(release)
    day += timedelta(days=phase % 6)
    days = []
    while day <= end:
        days.append(day)
        day += timedelta(days=6 if day < SATELLITE_LOST else 12)
    return [day for number, day in enumerate(days) if number in (0, len(days) - 1)
            or number % 97 != 41]


def l3_dates(release: str) -> list[date]:
    """Return the regular series of L3, every 6 days."""
    day, end = window(release)
    return [day + timedelta(days=6 * step) for step in range((end - day).days // 6 + 1)]


def years(dates: Sequence[date]) -> Array:
    """Return years of 365 days since the first date."""
    return np.array([(day - dates[0]).days for day in dates]) / YEAR


def scatter(places: Sequence[Place], rows: int, rng: Any) -> tuple[Array, Array]:
    """Return easting and northing of points that crowd on buildings within places."""
    buildings = max(1, rows // 12)
    home = rng.integers(0, len(places), buildings)
    angle, far = rng.uniform(0, 2 * np.pi, buildings), np.sqrt(rng.uniform(0, 1, buildings))
    radius = np.array([place.radius for place in places])[home]
    east = np.array([place.easting for place in places])[home] + radius * far * np.cos(angle)
    north = np.array([place.northing for place in places])[home] + radius * far * np.sin(angle)
    of = np.sort(rng.integers(0, buildings, rows))
    return east[of] + rng.normal(0, 6, rows), north[of] + rng.normal(0, 6, rows)


def velocity(east: Array, north: Array) -> tuple[Array, Array]:
    """Return (eastward, upward) mm/yr: a regional trend and bowls that sink."""
    x, y = east / 1e4, north / 1e4
    up = 0.6 * np.sin(x / 3.1) + 0.5 * np.cos(y / 2.3) - 0.8
    across = 0.5 * np.cos(x / 4.7 + 1) + 0.3 * np.sin(y / 3.9)
    step = 3000.0
    dx = (east / step + 0.5) % 1 - 0.5
    dy = (north / step + 0.5) % 1 - 0.5
    which = (np.floor(east / step + 0.5) * 37 + np.floor(north / step + 0.5) * 101) % 7
    bowl = np.where(which == 3, np.exp(-(dx**2 + dy**2) * 60), 0.0)
    return across + 9 * dx * bowl, up - 11 * bowl


def coherence(rows: int, rng: Any) -> Array:
    """Return temporal coherences as they occur in calibrated data."""
    return np.clip(rng.beta(8.8, 2.75, rows), 0.5, 0.98)


def noise_level(gamma: Array) -> Array:
    """Return the noise in mm that goes with a coherence (egms.md 3.6)."""
    return WAVELENGTH / (4 * np.pi) * np.sqrt(-2 * np.log(gamma))


def noise(dates: Sequence[date], sigma: Array, rng: Any) -> Array:
    """Return correlated noise in mm, shape (points, dates)."""
    days = np.array([(day - dates[0]).days for day in dates], float)
    slow = _power_law(len(days), 1.5)
    covariance = (0.4 * np.eye(len(days))
                  + 0.3 * np.exp(-np.abs(days[:, None] - days) / 18)
                  + 0.3 * slow / np.diag(slow).mean())
    root = np.linalg.cholesky(covariance).astype(np.float32)
    after = days >= (SATELLITE_LOST - dates[0]).days
    tails = rng.standard_t(8, (len(sigma), len(days))).astype(np.float32)
    tails *= np.float32(1 / np.sqrt(8 / 6))
    waves = tails @ root.T
    return waves * sigma[:, None].astype(np.float32) * np.where(after, 1.08, 0.93)


def _power_law(length: int, alpha: float) -> Array:
    """Return the covariance of noise with a spectrum f^(-alpha)."""
    steps = np.arange(1, length)
    weights = np.concatenate([[1.0], np.cumprod((steps - 1 + alpha / 2) / steps)])
    lag = np.arange(length)[:, None] - np.arange(length)
    lower = np.where(lag >= 0, weights[np.abs(lag)], 0.0)
    return lower @ lower.T


@dataclass(frozen=True)
class Statics:
    """What EGMS delivers beside each series, by its own formulas (egms.md 3.6)."""

    rmse: Array
    velocity: Array
    velocity_std: Array
    acceleration: Array
    acceleration_std: Array
    seasonality: Array
    seasonality_std: Array
    coherence: Array


def statics(series: Array, dates: Sequence[date]) -> Statics:
    """Fit every row of series (mm)."""
    t = years(dates)
    one, cos, sin = np.ones_like(t), np.cos(2 * np.pi * t), np.sin(2 * np.pi * t)
    full, residual, spread = _fit(np.stack([cos, sin, t, one, t**2, t**3], 1), series)
    rmse = np.sqrt((residual**2).mean(1))
    season_std = np.sqrt((4 - np.pi) / 2 * (spread[0] + spread[1]) / 2) * rmse
    line, rest, line_spread = _fit(np.stack([t, one, cos, sin], 1), series)
    bend, bent, bend_spread = _fit(np.stack([t**2 / 2, t, one, cos, sin], 1), series)
    left = series - line[:, :1] * t - line[:, 1:2]
    likeness = np.abs(np.exp(4j * np.pi / WAVELENGTH * left).mean(1))
    return Statics(
        rmse, line[:, 0], np.sqrt(line_spread[0]) * rest.std(1), bend[:, 0],
        np.sqrt(bend_spread[0]) * bent.std(1), np.hypot(full[:, 0], full[:, 1]), season_std,
        likeness)


def _fit(design: Array, series: Array) -> tuple[Array, Array, Array]:
    """Return coefficients, residuals and the diagonal of (AᵀA)⁻¹."""
    inverse = np.linalg.pinv(design.T @ design, hermitian=True)
    coefficients = series @ (design @ inverse)
    return coefficients, series - coefficients @ design.T, np.diag(inverse)
