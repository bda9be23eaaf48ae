"""One series as it is shown: in the chart, in the list and in the information column."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Optional

import numpy as np
from numpy.typing import NDArray

from ...core.egms.fit import Fit
from ...core.egms.gaps import pieces
from ...core.egms.neighbours import Neighbours
from ...core.egms.series import Series


@dataclass(frozen=True)
class Shown:
    """A series with its fit and its place in the chart.

    fit: its numbers are NaN where the dates are too few.
    place: number of the click that brought it; series of one click belong together.
    shade: which shade of its direction's colour it has.
    neighbours: the points around its point; None if nobody has looked.
    """

    series: Series
    name: str
    fit: Fit
    place: int = 0
    shade: int = 0
    kept: bool = False
    visible: bool = True
    neighbours: Optional[Neighbours] = None

    @property
    def has_trend(self) -> bool:
        """Return whether there are dates enough for a trend."""
        return math.isfinite(self.fit.velocity)


def days_of(series: Series) -> NDArray[np.float64]:
    """Return the dates as days since 1970-01-01."""
    return np.asarray(series.dates.astype(np.int64), dtype=np.float64)


@dataclass(frozen=True)
class Polyline:
    """The values there are, in days since 1970-01-01, and where the line between them goes on.

    joined: 1 where a line leads to the next value, 0 before a gap and at the end; shape (n,).
    """

    days: NDArray[np.float64]
    values: NDArray[np.float64]
    joined: NDArray[np.int32]


def polyline(series: Series) -> Polyline:
    """Return what to draw of a series."""
    runs = pieces(series)
    there = np.concatenate(runs) if runs else np.empty(0, np.intp)
    joined = np.ones(there.size, dtype=np.int32)
    joined[np.cumsum([run.size for run in runs], dtype=np.intp) - 1] = 0
    return Polyline(days_of(series)[there], series.values[there], joined)
