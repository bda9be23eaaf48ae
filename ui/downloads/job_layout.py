"""Where the parts of a row of the downloads are: the same for painting, size and clicks."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Dict

from qgis.PyQt.QtCore import QModelIndex, QPoint, QRect, QSize, Qt
from qgis.PyQt.QtGui import QFont, QFontMetrics

from .. import look
from .jobs_model import Bar, JobRole

WRAP = Qt.TextFlag.TextWordWrap | Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop
_TALL = 10_000


@dataclass(frozen=True)
class JobLayout:
    """Places in a row. icons, buttons: by the name of their action. bar: empty if none."""

    icon: QRect
    title: QRect
    status: QRect
    bar: QRect
    icons: Dict[str, QRect]
    buttons: Dict[str, QRect]
    size: QSize

    def action_at(self, position: QPoint, margin: int) -> str:
        """Return the action whose icon or button is at a position, "" if there is none."""
        for name, place in self.icons.items():
            if place.adjusted(-margin, -margin, margin, margin).contains(position):
                return name
        for name, place in self.buttons.items():
            if place.contains(position):
                return name
        return ""


def heading_height(font: QFont) -> int:
    """Return the height of the heading of a group."""
    return QFontMetrics(look.bold(font)).height() + 4 * look.unit(font)


def layout_of(index: QModelIndex, rect: QRect, font: QFont) -> JobLayout:
    """Lay a job's row out from the top left corner of rect, as wide as rect."""
    unit = look.unit(font)
    metrics = QFontMetrics(font)
    line = max(metrics.height(), QFontMetrics(look.bold(font)).height())
    left, right = rect.left() + 8 * unit, rect.right() - 2 * unit
    top = rect.top() + 2 * unit
    side = 4 * unit
    middle = top + (line - side) // 2
    icons, end = _icons(index, QPoint(right, middle), unit)
    status = metrics.boundingRect(
        QRect(left, top + line, right - left, _TALL), WRAP, index.data(JobRole.STATUS))
    status.setLeft(left)
    status.setWidth(right - left)
    bottom = status.bottom() + 1
    buttons = _buttons(index, QPoint(left, bottom + unit + unit // 2), right, metrics, unit)
    bottom = max([bottom, *(place.bottom() + 1 for place in buttons.values())])
    bar = QRect()
    if index.data(JobRole.BAR) is not Bar.NONE:
        bar = QRect(left, bottom + unit, right - left, unit)
        bottom = bar.bottom() + 1
    size = QSize(rect.width(), bottom + 2 * unit - rect.top())
    return JobLayout(
        QRect(rect.left() + 2 * unit, middle, side, side),
        QRect(left, top, end - left, line), status, bar, icons, buttons, size)


def _icons(index: QModelIndex, right: QPoint, unit: int) -> tuple[Dict[str, QRect], int]:
    """Return the places of the icons, and where the title must end."""
    places: Dict[str, QRect] = {}
    left = right.x()
    for action in reversed(index.data(JobRole.ICONS)):
        left -= 4 * unit
        places[action.name] = QRect(left, right.y(), 4 * unit, 4 * unit)
        left -= unit + unit // 2
    return places, left


def _buttons(
    index: QModelIndex, start: QPoint, right: int, metrics: QFontMetrics, unit: int
) -> Dict[str, QRect]:
    """Return the places of the buttons: beside each other, below each other where narrow."""
    places: Dict[str, QRect] = {}
    x, y = start.x(), start.y()
    height = metrics.height() + 2 * unit
    for action in index.data(JobRole.BUTTONS):
        width = metrics.horizontalAdvance(action.text) + 5 * unit
        if x > start.x() and x + width > right:
            x, y = start.x(), y + height + unit
        places[action.name] = QRect(x, y, min(width, right - start.x()), height)
        x += width + unit + unit // 2
    return places
