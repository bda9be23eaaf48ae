"""The small box beside the cross-hair: date and value of each series."""

from __future__ import annotations

from html import escape
from typing import Sequence, Tuple

from qgis.PyQt.QtCore import QPoint, QRect, Qt
from qgis.PyQt.QtGui import QColor
from qgis.PyQt.QtWidgets import QLabel, QWidget

Row = Tuple[QColor, str, str, str]
"""Colour and name of the series ("" if the colour says enough), date and value in words."""


class ValueBox(QLabel):
    """A label over the chart that lets the mouse through."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setTextFormat(Qt.TextFormat.RichText)
        self.hide()

    def set_look(self, text: QColor, base: QColor, line: QColor, unit: int) -> None:
        """Take the colours of the chart's palette; unit: the length u of the design, px."""
        self.setStyleSheet(
            f"QLabel {{ color: {text.name()}; background: {base.name()}; "
            f"border: 1px solid {line.name()}; border-radius: {round(unit * 0.75)}px; "
            f"padding: {unit}px {round(unit * 1.5)}px; }}")

    def show_rows(self, rows: Sequence[Row]) -> None:
        """Show one line per series."""
        lines = "".join(
            f'<tr><td style="color:{colour.name()}">●&nbsp;</td>'
            + (f'<td style="white-space:pre">{escape(name)}&nbsp;&nbsp;</td>' if name else "")
            + f'<td style="white-space:pre">{escape(date)}&nbsp;&nbsp;</td>'
            f'<td align="right" style="white-space:pre"><b>{escape(value)}</b></td></tr>'
            for colour, name, date, value in rows)
        self.setText(f'<table cellspacing="0" cellpadding="0">{lines}</table>')
        self.adjustSize()

    def place_beside(self, point: QPoint, area: QRect, gap: int) -> None:
        """Stand at the right of a point, or at its left where there is no room."""
        left = point.x() + gap
        if left + self.width() > area.right():
            left = point.x() - gap - self.width()
        self.move(max(area.left(), left), area.top() + gap)
        self.show()
