"""Words for a point: how noisy it is, and whether it moves (reference/egms.md 12.2, 12.4).

Only codes and numbers; the words themselves are the interface's. Every ± is one standard
deviation of the honest error.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Sequence

import numpy as np

from .fit import Fit
from .gaps import DateFacts
from .noise import Floats
from .reference import Reference

WORDS = ("very_good", "good", "fair", "poor")
NOISE_LIMITS = (2.0, 3.7, 5.2)
"""mm: temporal coherence 0.9, 0.7 and 0.5."""

SLOW = 2.0
"""mm/yr: slower counts as stable."""
SIGNIFICANT = 3.0
AGREES = 2.0
_ONE_SIDED_95 = 1.645
_NEIGHBOUR_FROM = 20.0
_NEIGHBOURS_NEEDED = 2
_WORST_GAP, _WORST_GAP_SHARE = 90, 0.25
_LEAST_YEARS, _LEAST_DATES, _LARGEST_GAP = 3.0, 40, 180

DIRECTIONS = {
    "up": ("up", "down"), "east": ("east", "west"),
    "los_ascending": ("towards", "away"), "los_descending": ("towards", "away"),
}
"""Which way + and − are, by direction of motion."""


@dataclass(frozen=True)
class Stability:
    """Whether one component of motion is slower than 2 mm/yr, as far as can be told.

    state: "moving", "moving_point_only" (no or unknown neighbours: look at the scatterer),
    "stable", "uncertain", "too_little_data".
    why: for "uncertain": "cannot_exclude" (2 mm/yr) or "slow" (significant, but slower).
    direction: as in Series. velocity, sigma: mm/yr, against the reference, its error included.
    reference: name of the reference, to stand beside the word.
    """

    state: str
    why: str
    direction: str
    velocity: float
    sigma: float
    reference: str

    @property
    def z(self) -> float:
        """Return |velocity| in units of its error."""
        return abs(self.velocity) / self.sigma


@dataclass(frozen=True)
class Part:
    """One direction of a motion. way: "up", "down", "east", "west", "towards", "away".

    speed: mm/yr, not negative; sigma: one standard deviation.
    """

    way: str
    speed: float
    sigma: float


@dataclass(frozen=True)
class Verdict:
    """What the first line beside a chart says.

    code: "moving" (parts say where to), "moving_point_only" (the same, but no neighbour is known
    to agree), "slow" (parts are significant, but slower than 2 mm/yr), "not_measurable"
    (within ± `within` mm/yr), "too_noisy", "too_little_data".
    one_orbit: parts lie along a line of sight: the true direction stays open.
    reference: what the motion is measured against.
    """

    code: str
    parts: tuple[Part, ...] = ()
    within: float = math.nan
    one_orbit: bool = False
    reference: str = ""


def word(s: float, dates: DateFacts | None = None) -> str:
    """Return the quality word of a series, "" if its noise is not known.

    s: mm, noise about trend and annual motion (Fit.s). dates: long gaps make it one word worse.
    """
    if not math.isfinite(s):
        return ""
    rank = sum(s >= limit for limit in NOISE_LIMITS)
    if dates is not None and (
        dates.largest_gap > _WORST_GAP or dates.gap_share > _WORST_GAP_SHARE
    ):
        rank += 1
    return WORDS[min(rank, len(WORDS) - 1)]


def enough(dates: DateFacts) -> bool:
    """Return whether there are data enough for a word about motion."""
    return (
        dates.years >= _LEAST_YEARS and dates.count >= _LEAST_DATES
        and dates.largest_gap <= _LARGEST_GAP
    )


def stability(
    fit: Fit, dates: DateFacts, direction: str, reference: Reference,
    neighbours: int | None = None,
) -> Stability:
    """Judge one series against a reference.

    neighbours: how many neighbours agree (agreeing()); None = nobody has looked.
    """
    sigma = math.hypot(fit.sigma, reference.sigma)
    return judge(
        fit.velocity - reference.velocity, sigma, direction, reference.name, enough(dates),
        neighbours)


def judge(
    velocity: float, sigma: float, direction: str, reference: str, enough_data: bool = True,
    neighbours: int | None = None,
) -> Stability:
    """Judge a velocity that is already relative to a reference (egms.md 12.2)."""
    state, why = "uncertain", "cannot_exclude"
    significant = math.isfinite(velocity) and abs(velocity) >= SIGNIFICANT * sigma
    if not enough_data or not math.isfinite(velocity + sigma):
        state, why = "too_little_data", ""
    elif significant and abs(velocity) >= SLOW:
        known = neighbours is not None and neighbours >= _NEIGHBOURS_NEEDED
        state, why = ("moving" if known else "moving_point_only"), ""
    elif abs(velocity) + _ONE_SIDED_95 * sigma < SLOW:
        state, why = "stable", ""
    elif significant:
        why = "slow"
    return Stability(state, why, direction, velocity, sigma, reference)


def agreeing(
    velocity: float, distances: Floats, velocities: Floats, sigmas: Floats, reach: float = 100.0
) -> int:
    """Return how many neighbours move the same way (z ≥ 2) as a point with this velocity.

    distances: metres; only 20 m to `reach` counts: closer ones are the same resolution cell.
    velocities, sigmas: of the neighbours, against the same reference.
    """
    near = (distances >= _NEIGHBOUR_FROM) & (distances <= reach)
    same = np.sign(velocities) == np.sign(velocity)
    return int(np.sum(near & same & (np.abs(velocities) >= AGREES * sigmas)))


def verdict(components: Sequence[Stability], quality: str) -> Verdict:
    """Sum up the components of a motion: up and east, or one line of sight.

    quality: the worst quality word among the series behind them.
    """
    if not components or any(part.state == "too_little_data" for part in components):
        return Verdict("too_little_data")
    names = list(dict.fromkeys(part.reference for part in components))
    reference = names[0] if len(names) == 1 else "mixed"
    one_orbit = any(part.direction.startswith("los_") for part in components)
    measured = [part for part in components if part.z >= SIGNIFICANT]
    states = {part.state for part in components}
    parts = tuple(
        Part(_way(part), abs(part.velocity), part.sigma) for part in measured)
    if "moving" in states:
        return Verdict("moving", parts, one_orbit=one_orbit, reference=reference)
    if "moving_point_only" in states:
        return Verdict("moving_point_only", parts, one_orbit=one_orbit, reference=reference)
    if measured:
        return Verdict("slow", parts, one_orbit=one_orbit, reference=reference)
    within = max(part.sigma for part in components)
    # With such an error even a point at rest could not be called stable.
    if quality == "poor" or _ONE_SIDED_95 * within >= SLOW:
        return Verdict("too_noisy", within=within, one_orbit=one_orbit, reference=reference)
    return Verdict("not_measurable", within=within, one_orbit=one_orbit, reference=reference)


def _way(part: Stability) -> str:
    plus, minus = DIRECTIONS[part.direction]
    return plus if part.velocity > 0 else minus
