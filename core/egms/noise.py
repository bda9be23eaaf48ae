"""How much coloured noise enlarges the errors of a fit (reference/egms.md 12.1).

The residuals of EGMS series have long memory: their spectrum falls about as f^(−α). White-noise
errors are therefore four to six times too small. Here the covariance S of such noise on the
dates of a series gives the true spread of every coefficient of a least-squares fit.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]

ALPHAS = {"L2a": 0.85, "L2b": 0.85, "L3": 1.0}
_LATTICE_STEPS = (6, 3, 1)


def alpha_for(level: str) -> float:
    """Return the exponent of the noise of a level; of L2 for an unknown one."""
    return ALPHAS.get(level, ALPHAS["L2b"])


def amplitude_share(alpha: float) -> float:
    """Return the annual amplitude, per mm of rmse, that noise alone exceeds in 5 of 100 series.

    Measured for 0.85 and 1.0 (egms.md 12.5); the nearer one counts.
    """
    return 0.52 if alpha < 0.925 else 0.54


def lattice(days: NDArray[np.int64]) -> NDArray[np.int64]:
    """Return the place of each date on a lattice of 6 days (3 or 1 where two would meet).

    days: strictly increasing, since any origin.
    """
    since = days - days[0]
    for step in _LATTICE_STEPS[:-1]:
        index = (2 * since + step) // (2 * step)
        if np.all(np.diff(index) > 0):
            return np.asarray(index)
    return np.asarray(since)


def power_law_filter(alpha: float, length: int) -> Floats:
    """Return ψ, which turns white noise into noise with a spectrum f^(−α)."""
    steps = np.arange(1, length)
    return np.concatenate([[1.0], np.cumprod((steps - 1 + alpha / 2) / steps)])


@dataclass(frozen=True)
class Projected:
    """The noise covariance S (any scale) seen through the columns Q of a design.

    inner: Qᵀ·S·Q, shape (p, p). total: trace of S.
    """

    inner: Floats
    total: float


def project(days: NDArray[np.int64], columns: Floats, alpha: float) -> Projected:
    """Return the covariance of power-law noise through columns, shape (n, p), of a design.

    S = U·Uᵀ with U the lower triangular Toeplitz matrix of ψ on the lattice, restricted to the
    dates there are; neither is ever written out, since only Uᵀ·Q is needed.
    """
    places = lattice(days)
    length = int(places[-1]) + 1
    psi = power_law_filter(alpha, length)
    spread = np.zeros((length, columns.shape[1]))
    spread[places] = columns
    filtered = np.column_stack([
        np.convolve(column[::-1], psi)[:length][::-1] for column in spread.T
    ])
    return Projected(filtered.T @ filtered, float(np.cumsum(psi ** 2)[places].sum()))
