"""Round numbers and dates for axes, and the way from values to places in a drawing."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

_MONTHS = (1, 2, 3, 6, 12, 24, 60, 120, 240)
_ROUND = (1.0, 2.0, 5.0, 10.0)


@dataclass(frozen=True)
class Frame:
    """A rectangle in a drawing, y downwards, that shows days and values.

    left, top, width, height: of the drawing. first, last: days since 1970. low, high: values.
    """

    left: float
    top: float
    width: float
    height: float
    first: float
    last: float
    low: float
    high: float

    def x(self, days: NDArray[np.float64]) -> NDArray[np.float64]:
        """Return the places of days."""
        return np.asarray(self.left + (days - self.first) / (self.last - self.first) * self.width)

    def y(self, values: NDArray[np.float64]) -> NDArray[np.float64]:
        """Return the places of values."""
        share = (self.high - values) / (self.high - self.low)
        return np.asarray(self.top + share * self.height)


def value_ticks(low: float, high: float, most: int) -> list[float]:
    """Return round numbers from low to high, at most `most` of them, zero among them if inside."""
    rough = (high - low) / most
    power = 10.0 ** math.floor(math.log10(rough))
    step = power * next(factor for factor in _ROUND if factor * power >= rough)
    return [
        number * step for number in range(math.ceil(low / step), math.floor(high / step) + 1)]


def tick_text(value: float, step: float) -> str:
    """Return a tick's label with the real minus sign and no more decimals than needed."""
    decimals = max(0, -math.floor(math.log10(step) + 1e-9))
    return f"{value:.{decimals}f}".replace("-", "−")


def date_ticks(first: float, last: float, most: int) -> list[tuple[float, str]]:
    """Return (day, label) at round dates: "2020" at years, "2020-04" at months.

    first, last: days since 1970. At most `most` labels; where no month begins between first and
    last, the two days themselves.
    """
    start, end = (np.datetime64(int(day), "D") for day in (math.ceil(first), math.floor(last)))
    begin = int(start.astype("datetime64[M]").astype(int))
    after = int(end.astype("datetime64[M]").astype(int)) + 1
    months = np.arange(begin, after)
    for step in _MONTHS:
        chosen = months[months % step == (-1970 * 12) % step].astype("datetime64[M]")
        days = chosen.astype("datetime64[D]")
        days = days[(days >= start) & (days <= end)]
        if days.size <= most:
            break
    if not days.size:
        return [(float(day.astype(int)), str(day)) for day in dict.fromkeys((start, end))]
    length = 4 if step >= 12 else 7
    return [(float(day.astype(int)), str(day)[:length]) for day in days]
