"""Axes of the chart: dates below, millimetres with a real minus sign at the left.

Importing this module imports pyqtgraph; chart_library.find() first.
"""

from __future__ import annotations

import math
from typing import List, Sequence, Tuple

import pyqtgraph as pg
from qgis.PyQt.QtCore import QRectF

from .date_ticks import date_ticks
from .words import number

Ticks = List[Tuple[float, List[float]]]


class DateAxis(pg.AxisItem):
    """A bottom axis whose values are days since 1970-01-01."""

    label_width = 80
    """Pixels that one label needs, space included."""

    def boundingRect(self) -> QRectF:
        """Return pyqtgraph's own with room for half a label at both ends."""
        half = self.label_width / 2
        return super().boundingRect().adjusted(-half, 0, half, 0)

    def tickValues(self, minVal: float, maxVal: float, size: float) -> Ticks:
        """Return labelled and unlabelled dates, as pyqtgraph asks for them."""
        ticks = date_ticks(minVal, maxVal, int(size // self.label_width))
        self._labels = dict(zip(ticks.days, ticks.labels))
        minor = [day for day in ticks.minor if day not in self._labels]
        return [(ticks.spacing, ticks.days), (ticks.minor_spacing, minor)]

    def tickStrings(self, values: Sequence[float], _scale: float, _spacing: float) -> List[str]:
        """Return the labels of ticks; minor ones have none."""
        return [self._labels.get(value, "") for value in values]


class ValueAxis(pg.AxisItem):
    """A left axis with the real minus sign."""

    def tickStrings(self, values: Sequence[float], _scale: float, spacing: float) -> List[str]:
        """Return the labels of ticks, with as many digits as they need to differ."""
        digits = max(0, math.ceil(-math.log10(spacing))) if spacing > 0 else 0
        return [number(value, digits) for value in values]
