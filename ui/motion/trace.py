"""What the chart draws of one series: points, thin line, trend with its 95 % band, name.

Importing this module imports pyqtgraph; chart_library.find() first.
"""

from __future__ import annotations

from typing import Any, Optional, Tuple

import numpy as np
import pyqtgraph as pg
from numpy.typing import NDArray
from qgis.PyQt.QtCore import QPointF
from qgis.PyQt.QtGui import QColor, QFont, QPolygonF
from qgis.PyQt.QtWidgets import QGraphicsPolygonItem

from .shown import Polyline, Shown, days_of, polyline

_LINE_ALPHA, _BAND_ALPHA, _NAME_ALPHA = 110, 60, 190
_ABOVE = 40
_BEHIND = 0.6
"""Opacity of points and lines that are not of the current place; they have no band either."""


class Trace:
    """The items of one series in a plot; they are filled again, never made anew."""

    def __init__(self, plot: pg.PlotWidget, unit: int) -> None:
        self.shown: Optional[Shown] = None
        self.colour = QColor()
        self.line: Optional[Polyline] = None
        self._look: Tuple[Any, ...] = ()
        self._trend: Tuple[NDArray[np.float64], NDArray[np.float64]]
        self._half: NDArray[np.float64]
        self._unit = unit
        self._band_item = QGraphicsPolygonItem()
        self._band_item.setPen(pg.mkPen(None))
        self._line_item = pg.PlotCurveItem(antialias=True)
        self._points_item = pg.ScatterPlotItem(size=unit * 1.25, pen=None, antialias=True)
        self._trend_item = pg.PlotCurveItem(antialias=True)
        self.name = pg.TextItem()
        self._items = (self._band_item, self._line_item, self._points_item, self._trend_item,
                       self.name)
        for depth, item in enumerate(self._items):
            item.setZValue(depth)
            plot.addItem(item, ignoreBounds=True)

    @property
    def days(self) -> NDArray[np.float64]:
        """Return the dates with a value, in days since 1970-01-01."""
        return self.line.days if self.line is not None else np.empty(0)

    @property
    def readable(self) -> bool:
        """Return whether there is a value to see."""
        return self.shown is not None and self.shown.visible and self.days.size > 0

    def fill(
        self, shown: Shown, colour: QColor, base: QColor, font: QFont, current: bool
    ) -> None:
        """Draw a series in a colour on a background; current series stand in front."""
        if self.shown is None or shown.series is not self.shown.series:
            self._set_data(shown)
        self.shown, self.colour = shown, colour
        look = (colour.rgb(), base.rgb(), font, current)
        if look != self._look:
            self._look = look
            self._set_look(colour, base, font, current)
        self.name.setText(shown.name)
        for item in self._items:
            item.setVisible(shown.visible)
        self._band_item.setVisible(shown.visible and current)

    def set_sharp(self, on: bool) -> None:
        """Draw every point anew instead of copying it: needed beyond the size of the screen."""
        self._points_item.opts["useCache"] = not on

    def hide(self) -> None:
        """Draw nothing until the next fill()."""
        self.shown = self.line = None
        for item in self._items:
            item.setVisible(False)

    def nearest(self, day: float) -> int:
        """Return the index of the date with a value that is nearest to a day."""
        return int(np.argmin(np.abs(self.days - day)))

    def extent(self, first: float, last: float) -> Tuple[float, float]:
        """Return the lowest and highest of values and band between two days; NaN if none."""
        days, trend = self._trend
        drawn = ((self.days, self.line.values), (days, trend - self._half),
                 (days, trend + self._half))
        parts = [values[(days >= first) & (days <= last)] for days, values in drawn]
        together = np.concatenate(parts)
        if not together.size:
            return (float("nan"), float("nan"))
        return float(together.min()), float(together.max())

    def end(self, last: float) -> QPointF:
        """Return where the series ends, or where it leaves the view at the day `last`."""
        days, values = self._trend if self._trend[0].size else (self.days, self.line.values)
        i = max(int(np.searchsorted(days, last, side="right")) - 1, 0)
        return QPointF(float(days[i]), float(values[i]))

    def _set_look(self, colour: QColor, base: QColor, font: QFont, current: bool) -> None:
        self._band_item.setBrush(pg.mkBrush(_faint(colour, _BAND_ALPHA)))
        self._line_item.setPen(pg.mkPen(_faint(colour, _LINE_ALPHA), width=1))
        self._points_item.setBrush(pg.mkBrush(colour))
        self._points_item.setSize(self._unit * (1.25 if current else 1))
        self._trend_item.setPen(pg.mkPen(colour, width=self._unit / 2 if current else 1))
        self.name.setFont(font)
        self.name.setColor(colour)
        self.name.fill = pg.mkBrush(_faint(base, _NAME_ALPHA))
        for depth, item in enumerate(self._items):
            item.setZValue(depth + (len(self._items) if current else 0))
        self.name.setZValue(_ABOVE)
        for item in (self._line_item, self._points_item):
            item.setOpacity(1.0 if current else _BEHIND)

    def _set_data(self, shown: Shown) -> None:
        line = self.line = polyline(shown.series)
        self._line_item.setData(line.days, line.values, connect=line.joined)
        self._points_item.setData(line.days, line.values)
        days, dates = days_of(shown.series), shown.series.dates
        if not shown.has_trend:
            days, dates = days[:0], dates[:0]
        trend, half = shown.fit.trend(dates), shown.fit.band95(dates)
        self._trend, self._half = (days, trend), half
        self._trend_item.setData(days, trend)
        self._band_item.setPolygon(_ring(days, trend - half, trend + half))


def _ring(
    days: NDArray[np.float64], low: NDArray[np.float64], high: NDArray[np.float64]
) -> QPolygonF:
    x = np.concatenate([days, days[::-1]]).tolist()
    y = np.concatenate([low, high[::-1]]).tolist()
    return QPolygonF([QPointF(day, value) for day, value in zip(x, y)])


def _faint(colour: QColor, alpha: int) -> QColor:
    copy = QColor(colour)
    copy.setAlpha(alpha)
    return copy
