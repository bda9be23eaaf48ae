"""A series: dates, values, unit and where they come from. One type for every chart."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, Mapping

import numpy as np
from numpy.typing import NDArray


@dataclass(frozen=True)
class Series:
    """An immutable time series.

    dates: datetime64[D], strictly increasing, shape (n,).
    values: float64, shape (n,), NaN = no value (a gap in the line).
    unit: "mm" for ground motion.
    direction: "los_ascending", "los_descending", "up", "east", or "" where it means nothing.
    name: short name for the chart, such as "Ascending 117".
    attributes: the point's own columns (canonical names of core.egms.columns), unchanged.
    provenance: level, release, file, track, facility…, as text.
    """

    dates: NDArray[np.datetime64]
    values: NDArray[np.float64]
    unit: str = "mm"
    direction: str = ""
    name: str = ""
    attributes: Mapping[str, Any] = field(default_factory=dict)
    provenance: Mapping[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        dates = np.asarray(self.dates, dtype="datetime64[D]")
        values = np.array(self.values, dtype=np.float64)
        if dates.ndim != 1 or dates.shape != values.shape:
            raise ValueError("dates and values must be vectors of the same length")
        if dates.size > 1 and not (np.diff(dates) > np.timedelta64(0, "D")).all():
            raise ValueError("dates must increase strictly")
        values.setflags(write=False)
        object.__setattr__(self, "dates", dates)
        object.__setattr__(self, "values", values)

    def __len__(self) -> int:
        return int(self.dates.size)

    def years(self) -> NDArray[np.float64]:
        """Return the time since the first date in years of 365 days, as EGMS counts."""
        if not len(self):
            return np.empty(0)
        return np.asarray((self.dates - self.dates[0]).astype(np.float64) / 365.0)
