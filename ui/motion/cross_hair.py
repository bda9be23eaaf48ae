"""The cross-hair of the chart: reads date and value of every series at one date.

Importing this module imports pyqtgraph; chart_library.find() first.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import List, Optional, Sequence, Tuple

import numpy as np
import pyqtgraph as pg
from qgis.PyQt.QtCore import QPointF, Qt
from qgis.PyQt.QtGui import QColor

from ...core.egms.gaps import LONG_GAP
from . import words
from .date_ticks import date_words
from .shown import Shown
from .trace import Trace
from .value_box import Row, ValueBox

MOST_ROWS = 8
"""With more series in the chart the box tells only those of the place that is read."""


@dataclass(frozen=True)
class Reading:
    """One value under the cross-hair; day: since 1970-01-01."""

    shown: Shown
    colour: QColor
    day: float
    value: float

    @property
    def date_words(self) -> str:
        """Return the date, such as "29 Apr 2023"."""
        return date_words(self.day)

    @property
    def value_words(self) -> str:
        """Return the value with its unit, such as "−13.3 mm"."""
        return words.amount(self.value, self.shown.series.unit)


class CrossHair:
    """A dashed line at one date of one series, rings on the values, and the value box."""

    def __init__(self, plot: pg.PlotWidget, box: ValueBox, unit: int) -> None:
        self._plot, self._box, self._unit = plot, box, unit
        self._view = plot.getViewBox()
        self._traces: Sequence[Trace] = ()
        self._at: Optional[Tuple[int, float]] = None
        self._line = pg.InfiniteLine(angle=90, movable=False)
        self._rings = pg.ScatterPlotItem(size=unit * 2.5)
        for depth, item in ((50, self._line), (51, self._rings)):
            item.setZValue(depth)
            plot.addItem(item, ignoreBounds=True)
        self.clear()

    @property
    def day(self) -> Optional[float]:
        """Return the date that is read, in days since 1970-01-01."""
        return self._at[1] if self._at else None

    def set_look(self, text: QColor, base: QColor, line: QColor) -> None:
        """Take the colours of the palette."""
        self._line.setPen(pg.mkPen(text, style=Qt.PenStyle.DashLine))
        self._rings.setBrush(pg.mkBrush(base))
        self._box.set_look(text, base, line, self._unit)

    def set_traces(self, traces: Sequence[Trace]) -> None:
        """Read from these series from now on; the date stays."""
        self._traces = traces
        if self._at is not None:
            number = min(self._at[0], len(traces) - 1)
            self._at = (number, self._at[1]) if number >= 0 else None
        self.draw()

    def read_near(self, point: QPointF) -> None:
        """Read at the date of the value nearest to a point (day, value) on screen."""
        width, height = self._view.viewPixelSize()
        best = float("inf")
        for number, trace in enumerate(self._traces):
            i = trace.nearest(point.x())
            day, value = trace.days[i], trace.line.values[i]
            distance = np.hypot((day - point.x()) / width, (value - point.y()) / height)
            if distance < best:
                best, self._at = distance, (number, float(day))
        self.draw()

    def step(self, steps: int) -> None:
        """Read some dates later on the same series; at first the last date in view."""
        if not self._traces:
            return
        if self._at is None:
            (_first, last), _values = self._view.viewRange()
            number, i = 0, self._traces[0].nearest(last)
        else:
            number, day = self._at
            i = self._traces[number].nearest(day) + steps
        days = self._traces[number].days
        self._at = (number, float(days[max(0, min(i, days.size - 1))]))
        self.draw()

    def clear(self) -> None:
        """Read nothing."""
        self._at = None
        self.draw()

    def readings(self) -> List[Reading]:
        """Return what is read: of each series the nearest date, if it is not beyond a gap."""
        if self._at is None:
            return []
        found = []
        for trace in self._traces:
            i = trace.nearest(self._at[1])
            day, value = float(trace.days[i]), float(trace.line.values[i])
            if abs(day - self._at[1]) <= LONG_GAP:
                found.append(Reading(trace.shown, trace.colour, day, value))
        return found

    def draw(self) -> None:
        """Draw line, rings and box where they belong now."""
        readings = self.readings()
        for item in (self._line, self._rings, self._box):
            item.setVisible(bool(readings))
        if not readings:
            return
        day = self._at[1]
        self._line.setValue(day)
        self._rings.setData(
            [reading.day for reading in readings], [reading.value for reading in readings],
            pen=[pg.mkPen(reading.colour, width=self._unit / 2) for reading in readings])
        self._box.show_rows(self._rows(readings))
        scene = self._view.mapViewToScene(QPointF(day, readings[0].value))
        area = self._plot.mapFromScene(self._view.sceneBoundingRect()).boundingRect()
        self._box.place_beside(self._plot.mapFromScene(scene), area, 2 * self._unit)

    def _rows(self, readings: Sequence[Reading]) -> List[Row]:
        """Return the lines of the box: of many series the one that is read and its neighbours."""
        if len(readings) > MOST_ROWS:
            place = self._traces[self._at[0]].shown.place
            readings = [r for r in readings if r.shown.place == place]
        named = len(readings) > 2 or len(self._traces) > 2
        return [(r.colour, r.shown.name if named else "", r.date_words, r.value_words)
                for r in readings]
