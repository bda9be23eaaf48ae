"""How well the dates of a series are filled: gaps, and where a drawn line must break."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from .series import Series

LONG_GAP = 36
"""Days; longer gaps are worth a mark."""

_BREAK_AFTER = 2.5
"""A line breaks where two dates are further apart than so many usual steps."""


@dataclass(frozen=True)
class DateFacts:
    """The dates that have a value. Gaps in days, 0 where there are fewer than two dates.

    first, last: datetime64[D], NaT if there is no date at all. usual_step: median distance.
    gap_share: share (0…1) of the time from first to last that lies in gaps of more than 36 days.
    """

    count: int
    first: np.datetime64
    last: np.datetime64
    usual_step: float
    largest_gap: int
    gap_share: float

    @property
    def years(self) -> float:
        """Return the time from first to last in years of 365 days."""
        return int((self.last - self.first).astype(int)) / 365.0 if self.count else 0.0


def date_facts(series: Series) -> DateFacts:
    """Return the facts about the dates of a series that have a value."""
    dates = series.dates[np.isfinite(series.values)]
    if not dates.size:
        never = np.datetime64("NaT", "D")
        return DateFacts(0, never, never, 0.0, 0, 0.0)
    steps = np.diff(dates.astype(np.int64))
    if not steps.size:
        return DateFacts(1, dates[0], dates[0], 0.0, 0, 0.0)
    return DateFacts(
        int(dates.size), dates[0], dates[-1], float(np.median(steps)), int(steps.max()),
        float(steps[steps > LONG_GAP].sum() / steps.sum()))


def pieces(series: Series) -> list[NDArray[np.intp]]:
    """Return the runs of dates that a drawn line may join, as positions in the series.

    A line breaks at a date without a value, and where two dates are more than 2.5 usual steps
    apart.
    """
    there = np.flatnonzero(np.isfinite(series.values))
    if not there.size:
        return []
    days = np.diff(series.dates[there].astype(np.int64))
    usual = float(np.median(days)) if days.size else 0.0
    breaks = (np.diff(there) > 1) | (days > _BREAK_AFTER * usual)
    return list(np.split(there, np.flatnonzero(breaks) + 1))
