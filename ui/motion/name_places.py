"""Where the names of series stand: at their ends, clear of their own points and of each other.

Importing this module imports pyqtgraph; chart_library.find() first.
"""

from __future__ import annotations

import math
from typing import List, Sequence

import pyqtgraph as pg

from .trace import Trace


def place_names(traces: Sequence[Trace], view: pg.ViewBox) -> None:
    """Put each name beside the last dates in view: the upper series above, the others below."""
    (first, last), (low, high) = view.viewRange()
    day, unit = view.viewPixelSize()
    height = max((trace.name.boundingRect().height() for trace in traces), default=0.0)
    ends = {trace: trace.end(last) for trace in traces if trace.days[0] <= last}
    ordered = sorted(ends, key=lambda trace: -ends[trace].y())
    tops = []
    for number, trace in enumerate(ordered):
        right = ends[trace].x()
        width = trace.name.boundingRect().width() * day
        lowest, highest = trace.extent(right - width, right)
        if math.isnan(lowest):
            lowest = highest = ends[trace].y()
        above = number < (len(ordered) + 1) // 2
        tops.append((high - highest) / unit - height if above else (high - lowest) / unit)
    for trace, top in zip(ordered, spread(tops, height, (high - low) / unit - height)):
        trace.name.setAnchor((1, 0))
        trace.name.setPos(max(ends[trace].x(), first), high - top * unit)


def spread(tops: Sequence[float], height: float, lowest: float) -> List[float]:
    """Return places in the given order, at least `height` apart and from 0 to `lowest`, px."""
    places: List[float] = []
    for top in tops:
        places.append(max(top, places[-1] + height if places else 0.0))
    limit = lowest
    for number in range(len(places) - 1, -1, -1):
        places[number] = max(min(places[number], limit), 0.0)
        limit = places[number] - height
    return places
