"""The chart of motion histories.

Importing this module imports pyqtgraph; chart_library.find() first.
"""

from __future__ import annotations

import math
from typing import Any, List, Optional, Sequence, Tuple

import pyqtgraph as pg
from qgis.PyQt.QtCore import QEvent, QPoint, QPointF, Qt, QTimer, pyqtSignal
from qgis.PyQt.QtGui import QFontMetrics, QImage, QKeyEvent, QPainter, QPalette
from qgis.PyQt.QtWidgets import QListView, QVBoxLayout, QWidget

from .. import look
from . import words
from .colours import series_colour
from .cross_hair import CrossHair, Reading
from .date_axis import DateAxis, ValueAxis
from .name_places import place_names
from .shown import Shown, days_of
from .trace import Trace
from .value_box import ValueBox

SMALLEST_RANGE = 20.0
"""mm: the value axis never shows less, so that noise does not look like motion."""
SHORTEST_SPAN = 30.0
"""Days: the date axis never shows less."""

_ROOM = 0.02
_ZOOM = 0.8
_GRID_ALPHA = 22


class Chart(QWidget):
    """Series over time with their trends; reads values under the pointer and by keyboard.

    Keys: arrows step through the dates, Shift+arrows through the series, + and − zoom, F fits,
    K keeps. A drag moves along the dates, the wheel zooms them; the values fit by themselves.
    """

    keep_pressed = pyqtSignal()
    series_stepped = pyqtSignal(int)
    """+1 or −1: the person wants the next or the previous series."""

    def __init__(self, parent: Optional[QWidget] = None) -> None:
        super().__init__(parent)
        self._unit = look.unit(self.font())
        self._shown: Tuple[Shown, ...] = ()
        self._place = 0
        self._traces: List[Trace] = []
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName(self.tr("Chart of the motion history"))
        self._plot = pg.PlotWidget(
            self, axisItems={"bottom": DateAxis("bottom"), "left": ValueAxis("left")})
        self._view = self._plot.getViewBox()
        self._zero = pg.InfiniteLine(pos=0, angle=0, movable=False)
        self._cross_hair = CrossHair(self._plot, ValueBox(self._plot), self._unit)
        # Themes colour item views as fields, and nothing else: the chart takes its colours there.
        self._field = QListView(self)
        self._field.hide()
        self._recolour = QTimer(self)
        self._build()
        self._apply_palette()

    def show_series(self, shown: Sequence[Shown], place: int) -> None:
        """Show series; those of the place with this number stand in front."""
        before = self._span()
        self._shown, self._place = tuple(shown), place
        self._fill_traces()
        self._cross_hair.set_traces(self._readable())
        self._name_axis()
        span = self._span()
        if span is not None:
            room = max(span[1] - span[0], SHORTEST_SPAN) * _ROOM
            self._view.setLimits(xMin=span[0] - room, xMax=span[1] + room)
            if span != before and not self._sees(span):
                self.fit()
        self._fit_values()

    def drawn(self) -> List[str]:
        """Return the names of the series that can be seen."""
        return [trace.shown.name for trace in self._readable()]

    def date_range(self) -> Tuple[float, float]:
        """Return the first and the last day in view, since 1970-01-01."""
        return tuple(self._view.viewRange()[0])

    def value_range(self) -> Tuple[float, float]:
        """Return the lowest and the highest value in view, mm."""
        return tuple(self._view.viewRange()[1])

    def readings(self) -> List[Reading]:
        """Return what the cross-hair reads."""
        return self._cross_hair.readings()

    def read_near(self, point: QPointF) -> None:
        """Read at the date of the value nearest to a point: day since 1970-01-01, value."""
        self._cross_hair.read_near(point)

    def fit(self) -> None:
        """Show all dates of all series."""
        span = self._span()
        if span is not None:
            room = max(span[1] - span[0], SHORTEST_SPAN) * _ROOM
            self._view.setXRange(span[0] - room, span[1] + room, padding=0)

    def zoom(self, factor: float) -> None:
        """Show `factor` times as many dates, about the one that is read or the middle."""
        first, last = self.date_range()
        centre = self._cross_hair.day
        centre = (first + last) / 2 if centre is None else centre
        self._view.setXRange(
            centre - (centre - first) * factor, centre + (last - centre) * factor, padding=0)

    def image(self, scale: float = 2.0) -> QImage:
        """Return the chart without the cross-hair, at `scale` times its size on screen."""
        self._cross_hair.clear()
        image = QImage(self.size() * scale, QImage.Format.Format_RGB32)
        image.setDevicePixelRatio(scale)
        image.fill(self.colours().color(QPalette.ColorRole.Base))
        self._set_sharp(True)
        painter = QPainter(image)
        self.render(painter, QPoint())
        painter.end()
        self._set_sharp(False)
        return image

    def colours(self) -> QPalette:
        """Return the colours that the theme gives to fields."""
        self._field.ensurePolished()
        return self._field.palette()

    # --- events

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Read, zoom, fit and keep by keyboard."""
        shift = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
        key = event.key()
        if key in (Qt.Key.Key_Left, Qt.Key.Key_Right):
            way = 1 if key == Qt.Key.Key_Right else -1
            if shift:
                self.series_stepped.emit(way)
            else:
                self.step(way)
        elif key in (Qt.Key.Key_Plus, Qt.Key.Key_Equal):
            self.zoom(_ZOOM)
        elif key in (Qt.Key.Key_Minus, Qt.Key.Key_Underscore):
            self.zoom(1 / _ZOOM)
        elif key == Qt.Key.Key_F:
            self.fit()
        elif key == Qt.Key.Key_K:
            self.keep_pressed.emit()
        else:
            super().keyPressEvent(event)

    def leaveEvent(self, event: QEvent) -> None:
        """Take the cross-hair away with the pointer."""
        self._cross_hair.clear()
        super().leaveEvent(event)

    def changeEvent(self, event: QEvent) -> None:
        """Follow the theme, once it has reached the children."""
        super().changeEvent(event)
        if event.type() in (QEvent.Type.PaletteChange, QEvent.Type.StyleChange):
            self._recolour.start()

    def paintEvent(self, _event: Any) -> None:
        """Draw the frame of one pixel that says where the keys go."""
        role = QPalette.ColorRole.Highlight if self.hasFocus() else QPalette.ColorRole.Base
        QPainter(self).fillRect(self.rect(), self.colours().color(role))

    # --- inside

    def _build(self) -> None:
        layout = QVBoxLayout(self)
        layout.setContentsMargins(1, 1, 1, 1)
        layout.addWidget(self._plot)
        self._recolour.setSingleShot(True)
        self._recolour.timeout.connect(self._apply_palette)
        self._plot.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._plot.setMenuEnabled(False)
        self._plot.hideButtons()
        self._plot.setMouseEnabled(x=True, y=False)
        self._view.setLimits(minXRange=SHORTEST_SPAN)
        self._zero.setZValue(-1)
        self._plot.addItem(self._zero, ignoreBounds=True)
        metrics = QFontMetrics(self.font())
        bottom, left = self._plot.getAxis("bottom"), self._plot.getAxis("left")
        bottom.label_width = 2 * metrics.horizontalAdvance("Sep 2020")
        left.setWidth(metrics.horizontalAdvance("−888") + metrics.height() + 3 * self._unit)
        bottom.setHeight(metrics.height() + 2 * self._unit)
        left.enableAutoSIPrefix(False)
        left.label.setFont(self.font())
        self._plot.showGrid(x=True, y=True)
        for axis in (bottom, left):
            axis.setStyle(tickFont=self.font(), tickLength=0, tickTextOffset=self._unit,
                          tickAlpha=_GRID_ALPHA)
        self._view.sigXRangeChanged.connect(self._fit_values)
        self._view.sigResized.connect(self._resized)
        self._plot.scene().sigMouseMoved.connect(self._pointer_moved)

    def _set_sharp(self, on: bool) -> None:
        for trace in self._traces:
            trace.set_sharp(on)

    def _apply_palette(self) -> None:
        palette = self.colours()
        text, base = (palette.color(role) for role in (
            QPalette.ColorRole.Text, QPalette.ColorRole.Base))
        second, line = look.secondary(palette), look.line(palette)
        self._plot.setBackground(base)
        for name in ("bottom", "left"):
            axis = self._plot.getAxis(name)
            axis.setPen(pg.mkPen(line))
            axis.setTextPen(pg.mkPen(second))
            axis.setTickPen(pg.mkPen(text, style=Qt.PenStyle.DotLine))
        self._zero.setPen(pg.mkPen(second, width=1))
        self._cross_hair.set_look(text, base, line)
        self._name_axis()
        self._fill_traces()

    def _name_axis(self) -> None:
        """Say what the values are, in as many words as the height of the axis allows."""
        directions = [shown.series.direction for shown in self._shown if shown.visible]
        metrics = QFontMetrics(self.font())
        labels = words.axis_labels(directions)
        label = next((text for text in labels if metrics.horizontalAdvance(text)
                      < self._view.height()), labels[-1])
        axis = self._plot.getAxis("left")
        axis.setLabel(label, color=look.secondary(self.colours()).name())
        axis.resizeEvent()  # puts the label in the middle again

    def _fill_traces(self) -> None:
        while len(self._traces) < len(self._shown):
            self._traces.append(Trace(self._plot, self._unit))
        palette = self.colours()
        base = palette.color(QPalette.ColorRole.Base)
        for trace, shown in zip(self._traces, self._shown):
            colour = series_colour(shown.series.direction, shown.shade, palette)
            current = shown.place == self._place
            font = look.bold(self.font()) if current else self.font()
            trace.fill(shown, colour, base, font, current)
        for trace in self._traces[len(self._shown):]:
            trace.hide()

    def _readable(self) -> List[Trace]:
        return [trace for trace in self._traces if trace.readable]

    def _span(self) -> Optional[Tuple[float, float]]:
        days = [days_of(shown.series)[[0, -1]] for shown in self._shown
                if shown.visible and len(shown.series)]
        if not days:
            return None
        return float(min(day[0] for day in days)), float(max(day[1] for day in days))

    def _sees(self, span: Tuple[float, float]) -> bool:
        """Return whether a part of the dates was chosen by hand and lies within the span."""
        first, last = self.date_range()
        return span[0] < first and last < span[1]

    def _resized(self, *_view: Any) -> None:
        self._name_axis()
        self._fit_values()

    def _fit_values(self, *_changed: Any) -> None:
        """Let the value axis hold what is in view, with room for the names."""
        first, last = self.date_range()
        extents = [trace.extent(first, last) for trace in self._readable()]
        lows = [low for low, _high in extents if math.isfinite(low)]
        if not lows:
            return
        low, high = min(lows), max(high for _low, high in extents if math.isfinite(high))
        missing = max(SMALLEST_RANGE - (high - low), 0.0) / 2
        low, high = low - missing, high + missing
        names = 2 * QFontMetrics(look.bold(self.font())).height()
        share = min(names / max(self._view.height(), 1.0), 0.25)
        room = (high - low) * share / (1 - 2 * share)
        self._view.setYRange(low - room, high + room, padding=0)
        place_names(self._readable(), self._view)
        self._cross_hair.draw()

    def step(self, steps: int) -> None:
        """Read some dates later (earlier, if negative) on the series that is read."""
        self._cross_hair.step(steps)
        day = self._cross_hair.day
        first, last = self.date_range()
        if day is not None and not first <= day <= last:
            self._view.translateBy(x=day - (last if day > last else first))
        self.setAccessibleDescription(", ".join(
            f"{reading.shown.name} {reading.date_words} {reading.value_words}"
            for reading in self.readings()))

    def _pointer_moved(self, position: QPointF) -> None:
        if self._view.sceneBoundingRect().contains(position):
            self.read_near(self._view.mapSceneToView(position))
        else:
            self._cross_hair.clear()
