"""One row of the cart: thumbnail, title and size, place, facts, and what will become of it."""

from __future__ import annotations

from typing import Dict, List, Tuple

from qgis.PyQt.QtCore import QModelIndex, QRect, QSize, Qt
from qgis.PyQt.QtGui import QColor, QFont, QFontMetrics, QIcon, QPainter
from qgis.PyQt.QtWidgets import (
    QAbstractItemView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
)

from .. import look, painting
from ..icons import theme_icon
from .cart_model import CartRole

_PICTURE = 12
"""Side of a thumbnail, in u."""
_WRAP = Qt.TextFlag.TextWordWrap | Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop


class CartDelegate(QStyledItemDelegate):
    """Paints the rows of a CartModel."""

    def __init__(self, parent: QAbstractItemView) -> None:
        super().__init__(parent)
        self._icons: Dict[str, QIcon] = {}

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex) -> QSize:
        """Return as wide as the list, as high as the lines need."""
        view = option.widget
        unit = look.unit(option.font)
        width = view.viewport().width() if isinstance(view, QAbstractItemView) else 80 * unit
        _left, text_width = _text_span(QRect(0, 0, width, 0), unit)
        height = QFontMetrics(option.font).height()
        lines = len(_lines(index)) * height + _problem_height(index, option.font, text_width)
        return QSize(width, round(max(lines, _PICTURE * unit) + 4 * unit))

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex
    ) -> None:
        """Draw a row."""
        option = QStyleOptionViewItem(option)
        self.initStyleOption(option, index)
        unit = look.unit(option.font)
        painter.save()
        colours = painting.draw_row(painter, option, unit)
        frame = QRect(option.rect.left() + 2 * unit, option.rect.top() + 2 * unit,
                      _PICTURE * unit, _PICTURE * unit)
        painting.draw_picture(
            painter, frame, index.data(CartRole.PICTURE),
            self._icon(index.data(CartRole.STAND_IN)), option.palette, unit)
        self._draw_lines(painter, option, index, colours)
        painting.draw_focus(painter, option)
        painter.restore()

    def _draw_lines(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex,
        colours: painting.RowColours,
    ) -> None:
        unit = look.unit(option.font)
        height = QFontMetrics(option.font).height()
        left, width = _text_span(option.rect, unit)
        line = QRect(left, option.rect.top() + 2 * unit, width, height)
        size = index.data(CartRole.SIZE)
        painting.draw_text(painter, line, size, option.font, colours.text, right=True)
        taken = painting.width_of(size, option.font) + 2 * unit if size else 0
        painting.draw_text(
            painter, line.adjusted(0, 0, -taken, 0), option.text, look.bold(option.font),
            colours.text)
        for text, kind in _lines(index)[1:]:
            line.translate(0, height)
            self._draw_line(painter, option, line, text, kind, colours)
        problem = index.data(CartRole.PROBLEM)
        if problem:
            line.translate(0, height)
            line.setHeight(_problem_height(index, option.font, width))
            painter.setFont(option.font)
            painter.setPen(_error_colour(option, colours))
            painter.drawText(line, _WRAP, problem)

    def _draw_line(
        self, painter: QPainter, option: QStyleOptionViewItem, line: QRect, text: str, kind: str,
        colours: painting.RowColours,
    ) -> None:
        colour = colours.second if kind == "facts" else colours.text
        if kind == "hint":
            side = min(line.height(), 4 * look.unit(option.font))
            place = QRect(line.left(), line.top() + (line.height() - side) // 2, side, side)
            self._icon("mIconInfo").paint(painter, place)
            line = line.adjusted(side + look.unit(option.font), 0, 0, 0)
        painting.draw_text(painter, line, text, option.font, colour)

    def _icon(self, name: str) -> QIcon:
        if name not in self._icons:
            self._icons[name] = theme_icon(name)
        return self._icons[name]


def _text_span(rect: QRect, unit: int) -> Tuple[int, int]:
    """Return where the texts begin and how wide they may be."""
    left = rect.left() + (2 + _PICTURE + 3) * unit
    return left, rect.right() - 2 * unit - left


def _lines(index: QModelIndex) -> List[Tuple[str, str]]:
    """Return the lines of one row, each with its kind."""
    lines = [(str(index.data()), "title"), (index.data(CartRole.PLACE), "place"),
             (index.data(CartRole.FACTS), "facts"), (index.data(CartRole.HINT), "hint")]
    return [(text, kind) for text, kind in lines if text or kind == "title"]


def _problem_height(index: QModelIndex, font: QFont, width: int) -> int:
    problem = index.data(CartRole.PROBLEM)
    if not problem:
        return 0
    return QFontMetrics(font).boundingRect(QRect(0, 0, width, 10_000), _WRAP, problem).height()


def _error_colour(option: QStyleOptionViewItem, colours: painting.RowColours) -> QColor:
    is_selected = bool(option.state & QStyle.StateFlag.State_Selected)
    return colours.text if is_selected else look.role("error", option.palette)
