"""Nested least-squares models of a series on one date axis, shared by all its points."""

from __future__ import annotations

from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from .noise import Floats, project

YEAR = 365.0
"""Days in a year, as EGMS counts (reference/egms.md 0, rule 6)."""

VELOCITY, COSINE, SINE = 1, 2, 3
"""Columns of a basis; the annual ones where it has them."""

_WORST_CONDITION = 1e6  # a span of about three months


class Basis:
    """The columns 1, t, [cos 2πt, sin 2πt,] ½t², t³ in an orthonormal form.

    A model takes the first p columns: with the annual term p = 4 is EGMS's velocity model, 5
    the one for the acceleration, 6 the one for rmse and seasonality (egms.md 3.6).
    One product of the data with the basis serves all of them.
    """

    def __init__(self, days: NDArray[np.int64], alpha: float, annual: bool) -> None:
        self.years = (days - days[0]) / YEAR
        columns = design(self.years, annual)
        self.size = int(columns.shape[1])
        self.orthonormal, upper = np.linalg.qr(columns)
        self._noise = project(days, self.orthonormal, alpha)
        self._inverses = {
            p: np.linalg.inv(upper[:p, :p]) for p in range(1, self.size + 1)}

    def inverse(self, p: int) -> Floats:
        """Return R⁻¹ of the first p columns: coefficients = R⁻¹ · (products with the basis)."""
        return self._inverses[p]

    def spread(self, p: int) -> Floats:
        """Return the covariance of the p coefficients in noise with s = 1, shape (p, p).

        Its diagonal is k² · C of egms.md 12.1: s² · spread is the honest covariance.
        """
        inverse, inner = self.inverse(p), self._noise.inner[:p, :p]
        residual = self._noise.total - float(np.trace(inner))
        return np.asarray(inverse @ inner @ inverse.T * ((self.years.size - p) / residual))

    def formal(self, p: int) -> Floats:
        """Return C = (AᵀA)⁻¹ of the first p columns: the covariance for white noise."""
        inverse = self.inverse(p)
        return np.asarray(inverse @ inverse.T)


def design(years: Floats, annual: bool) -> Floats:
    """Return the columns of the models at some times, shape (n, 6) or (n, 4)."""
    columns = [np.ones_like(years), years]
    if annual:
        columns += [np.cos(2 * np.pi * years), np.sin(2 * np.pi * years)]
    return np.column_stack([*columns, years ** 2 / 2, years ** 3])


def basis(days: NDArray[np.int64], alpha: float, annual: bool = True) -> Basis | None:
    """Return the basis of a date axis, kept for the next point with the same dates.

    None if the dates are too few or too close together to tell the columns apart.
    """
    return _cached(np.ascontiguousarray(days, dtype=np.int64).tobytes(), alpha, annual)


@lru_cache(maxsize=256)
def _cached(days: bytes, alpha: float, annual: bool) -> Basis | None:
    axis = np.frombuffer(days, dtype=np.int64)
    columns = 6 if annual else 4
    if axis.size <= columns + 1:
        return None
    years = (axis - axis[0]) / YEAR
    if np.linalg.cond(design(years, annual)) > _WORST_CONDITION:
        return None
    return Basis(axis, alpha, annual)
