"""What a velocity is measured against (reference/egms.md 12.1 and 12.2)."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Any, Mapping

import numpy as np

from .noise import Floats

USER, GNSS, MEDIAN, EUROPE, LOCAL = "user", "gnss", "median", "europe", "local"

BLOCK = 20.0
"""Metres: the size of a resolution cell. Points in one block do not count twice."""

GNSS_COLUMNS = {
    "los_ascending": "gnss_los", "los_descending": "gnss_los", "up": "gnss_u", "east": "gnss_e",
}
_ROUNDING = 0.03       # mm/yr, of values that are delivered in steps of 0.1
_EUROPE_SIGMA = 0.5    # mm/yr, of the vertical motion of EGMS's GNSS grid
_LEAST_BLOCKS = 100
_NOISIEST = 3.7        # mm, the same as a coherence of 0.7


@dataclass(frozen=True)
class Reference:
    """A velocity that is taken off, in mm/yr, and its error.

    name: "user" (a point or area), "gnss" (EGMS's model of the region's motion), "median" (of
    the surroundings), "europe" (nothing taken off: stable Europe), "local" (nothing taken off:
    the unknown reference of L2a).
    """

    name: str
    velocity: float = 0.0
    sigma: float = 0.0


def choose(
    level: str, direction: str, attributes: Mapping[str, Any],
    user: Reference | None = None, median: Reference | None = None,
) -> Reference:
    """Return the first reference there is: the user's, the GNSS columns, the surroundings.

    Without any, L2b and L3 are relative to Europe as a whole, L2a to something local.
    """
    if user is not None:
        return user
    return _gnss(direction, attributes) or median or (
        Reference(LOCAL) if level == "L2a" else Reference(EUROPE, 0.0, _EUROPE_SIGMA))


def _gnss(direction: str, attributes: Mapping[str, Any]) -> Reference | None:
    """Return the GNSS model at a point.

    The model is part of the delivered velocity, so its own error cancels when it is taken off;
    what is left is the rounding of the column.
    """
    try:
        value = float(attributes[GNSS_COLUMNS[direction]])
    except (KeyError, TypeError, ValueError):
        return None
    return Reference(GNSS, value, _ROUNDING) if math.isfinite(value) else None


def surroundings(
    velocities: Floats, sigmas: Floats, noises: Floats, eastings: Floats, northings: Floats
) -> Reference | None:
    """Return the median of the points around (within 5 km); None if they are too few.

    noises: s in mm of each point; noisier ones than 3.7 mm are left out.
    eastings, northings: metres. For L2a give points of the same burst and cluster only.
    """
    good = (noises <= _NOISIEST) & np.isfinite(velocities)
    if blocks(eastings[good], northings[good]) < _LEAST_BLOCKS:
        return None
    return Reference(
        MEDIAN, float(np.median(velocities[good])),
        mean_sigma(sigmas[good], eastings[good], northings[good]))


def mean_sigma(sigmas: Floats, eastings: Floats, northings: Floats) -> float:
    """Return the error of the mean velocity of an area in mm/yr."""
    return float(1.2 * np.mean(sigmas) / math.sqrt(blocks(eastings, northings)))


def blocks(eastings: Floats, northings: Floats) -> int:
    """Return the number of 20 m blocks that hold a point."""
    places = np.column_stack([eastings // BLOCK, northings // BLOCK])
    return len(np.unique(places, axis=0))
