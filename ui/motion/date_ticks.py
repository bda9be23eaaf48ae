"""Where a date axis has ticks and what they say. Dates are days since 1970-01-01."""

from __future__ import annotations

from dataclasses import dataclass
from typing import List, Sequence, Tuple

import numpy as np
from numpy.typing import NDArray
from qgis.PyQt.QtCore import QDate, QLocale

# (numpy unit, step, length in days), from coarse to fine
_STEPS: Sequence[Tuple[str, int, float]] = (
    ("Y", 50, 18262.0), ("Y", 20, 7305.0), ("Y", 10, 3652.5), ("Y", 5, 1826.2),
    ("Y", 2, 730.5), ("Y", 1, 365.2), ("M", 6, 182.6), ("M", 3, 91.3), ("M", 1, 30.4),
    ("D", 7, 7.0), ("D", 1, 1.0),
)


@dataclass(frozen=True)
class DateTicks:
    """Labelled ticks, and the ticks without a label between them; days since 1970-01-01."""

    days: List[float]
    labels: List[str]
    spacing: float
    minor: List[float]
    minor_spacing: float


def date_ticks(first: float, last: float, room: int) -> DateTicks:
    """Return round dates from first to last, with at most `room` labels (at least one step).

    Years are labelled "2023", months "Apr" with the year at each January, days "5 May".
    """
    span = max(last - first, 1.0)
    room = max(room, 1)
    fits = [i for i, (_unit, _step, length) in enumerate(_STEPS) if span / length <= room]
    major = fits[-1] if fits else 0
    minor = min(major + 1, len(_STEPS) - 1)
    unit, step, spacing = _STEPS[major]
    days = _dates(first, last, unit, step)
    return DateTicks(
        days=[float(day) for day in days.astype(np.int64)],
        labels=[_label(day, unit) for day in days],
        spacing=spacing,
        minor=[float(day) for day in _dates(first, last, *_STEPS[minor][:2]).astype(np.int64)],
        minor_spacing=_STEPS[minor][2],
    )


def date_words(day: float) -> str:
    """Return a date such as "29 Apr 2023" in the user's language."""
    return QLocale().toString(_qdate(np.datetime64(int(round(day)), "D")), "d MMM yyyy")


def _dates(first: float, last: float, unit: str, step: int) -> NDArray[np.datetime64]:
    start = np.datetime64(int(np.floor(first)), "D")
    end = np.datetime64(int(np.ceil(last)), "D")
    if unit == "D":
        if step == 1:
            dates = np.arange(start, end + 1)
        else:
            months = np.arange(start.astype("datetime64[M]"), end.astype("datetime64[M]") + 1)
            days = months.astype("datetime64[D]")[:, None] + np.array([0, 7, 14, 21])
            dates = days.ravel()
    else:
        # years since 1970 and months since January 1970: multiples of the step are round dates
        low = start.astype(f"datetime64[{unit}]").astype(np.int64)
        high = end.astype(f"datetime64[{unit}]").astype(np.int64)
        offset = 1970 % step if unit == "Y" else 0
        counts = np.arange(low, high + 2)
        counts = counts[(counts + offset) % step == 0]
        dates = counts.astype(f"datetime64[{unit}]").astype("datetime64[D]")
    inside = (dates.astype(np.int64) >= first) & (dates.astype(np.int64) <= last)
    return np.asarray(dates[inside])


def _label(day: np.datetime64, unit: str) -> str:
    date = _qdate(day)
    if unit == "Y" or (date.month() == 1 and date.day() == 1):
        return str(date.year())
    return QLocale().toString(date, "MMM" if unit == "M" else "d MMM")


def _qdate(day: np.datetime64) -> QDate:
    year, month, number = str(day).rsplit("-", 2)
    return QDate(int(year), int(month), int(number))
