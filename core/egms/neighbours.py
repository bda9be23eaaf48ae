"""Whether the points around a moving one move too (reference/egms.md 12.2).

Read from the delivered columns, not from the series: an answer for every click must be quick.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np

from .fit import SMALLEST_SIGMA, Fit
from .noise import Floats
from .quality import agreeing
from .reference import Reference, choose
from .store import Point, PointStore

REACH, REACH_OF_CELLS = 100.0, 150.0
"""Metres; of level 3 the eight cells around count."""

_NOISE, _NOISE_OF_CELLS = 1.03, 1.04   # s per rmse
_ROUNDING = 0.03                       # mm/yr, of the delivered velocity


@dataclass(frozen=True)
class Neighbours:
    """Points around another one, one value for each.

    distances: metres. velocities: mm/yr against their references. noises: mm, as Fit.s.
    reach: metres, up to where they count.
    """

    distances: Floats
    velocities: Floats
    noises: Floats
    reach: float

    def agreeing(self, fit: Fit, reference: Reference) -> int:
        """Return how many move the same way as the point with this fit and reference.

        Their errors follow from their noise as the point's does: the dates are the same.
        """
        errors = np.maximum(self.noises * (fit.sigma / fit.s if fit.s else math.nan),
                            SMALLEST_SIGMA)
        sigmas = np.sqrt(errors ** 2 + _ROUNDING ** 2 + reference.sigma ** 2)
        return agreeing(
            fit.velocity - reference.velocity, self.distances, self.velocities, sigmas,
            self.reach)


def neighbours_of(store: PointStore, point: Point) -> Neighbours:
    """Read the points around a point; raise StoreError.

    In level 2a only those of the same burst and cluster: others have another zero.
    """
    level = store.info.level
    cells = level == "L3"
    reach = REACH_OF_CELLS if cells else REACH
    found = [
        other for other in store.neighbours(point, reach)
        if level != "L2a" or _frame(other) == _frame(point)]
    noise = _NOISE_OF_CELLS if cells else _NOISE
    return Neighbours(
        np.array([other.distance for other in found], np.float64),
        np.array([_relative(level, other) for other in found], np.float64),
        np.array([noise * other.attributes.get("rmse", math.nan) for other in found],
                 np.float64),
        reach)


def _frame(point: Point) -> tuple[int, int]:
    return point.source, point.attributes.get("cluster_label", 0)


def _relative(level: str, point: Point) -> float:
    velocity = float(point.attributes.get("mean_velocity", math.nan))
    return velocity - choose(level, point.table, point.attributes).velocity
