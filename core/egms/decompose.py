"""East and up from one ascending and one descending line of sight (reference/egms.md 9.1)."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Any, Mapping, Union

import numpy as np

from .noise import Floats

FLOOR = 0.7
"""mm/yr: the error of one orbit counts as at least this much, EGMS's own figure for a velocity.

The two orbits do not see the same scatterer, which the error of one series cannot know.
"""

_WORST_CONDITION = 10.0
Values = Union[float, Floats]


@dataclass(frozen=True)
class Sight:
    """What one orbit sees. velocity, sigma: mm/yr, + towards the satellite.

    east, north, up: unit vector from the ground to the satellite.
    """

    velocity: float
    sigma: float
    east: float
    up: float
    north: float = math.nan

    @classmethod
    def of(cls, velocity: float, sigma: float, attributes: Mapping[str, Any]) -> Sight | None:
        """Return the view of a point with its own columns; None if it has no line of sight."""
        try:
            east, up = float(attributes["los_east"]), float(attributes["los_up"])
            north = float(attributes.get("los_north", math.nan))
        except (KeyError, TypeError, ValueError):
            return None
        return cls(velocity, sigma, east, up, north)


@dataclass(frozen=True)
class EastUp:
    """Motion in mm/yr, + east, + up, each with one standard deviation.

    condition: of the 2 × 2 matrix; 1 is best. floored: an orbit's error was raised to FLOOR.
    north: mm/yr that was taken off before; None = north–south motion counts as zero, and then
    up carries about −0.15 of it.
    """

    east: float
    up: float
    sigma_east: float
    sigma_up: float
    condition: float
    floored: bool
    north: float | None = None


def east_up(
    ascending: Sight, descending: Sight, north: float | None = None, floor: float = FLOOR
) -> EastUp | None:
    """Return the motion that explains both views; None if they look too much the same way.

    north: a known motion to the north in mm/yr (a GNSS model's), which is taken off first;
    None = not corrected.
    """
    matrix = np.array([[ascending.east, ascending.up], [descending.east, descending.up]])
    if not np.isfinite(matrix).all() or not np.linalg.det(matrix):
        return None
    condition = float(np.linalg.cond(matrix))
    if condition > _WORST_CONDITION:
        return None
    seen = [
        sight.velocity - (sight.north * north if north is not None else 0.0)
        for sight in (ascending, descending)
    ]
    east, up = solve(
        seen[0], seen[1], (ascending.east, ascending.up), (descending.east, descending.up))
    errors = [max(sight.sigma, floor) for sight in (ascending, descending)]
    determinant = abs(ascending.east * descending.up - descending.east * ascending.up)
    return EastUp(
        float(east), float(up),
        math.hypot(descending.up * errors[0], ascending.up * errors[1]) / determinant,
        math.hypot(descending.east * errors[0], ascending.east * errors[1]) / determinant,
        condition, min(ascending.sigma, descending.sigma) < floor, north)


def solve(
    ascending: Values, descending: Values,
    sight_ascending: tuple[Values, Values], sight_descending: tuple[Values, Values],
) -> tuple[Values, Values]:
    """Return east and up of values seen from two orbits; single values or whole arrays.

    sight_…: east and up part of the unit vector to the satellite. North counts as zero.
    """
    (east_a, up_a), (east_d, up_d) = sight_ascending, sight_descending
    determinant = east_a * up_d - east_d * up_a
    return (
        (ascending * up_d - descending * up_a) / determinant,
        (descending * east_a - ascending * east_d) / determinant,
    )
