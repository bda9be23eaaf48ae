"""One dataset in the list: thumbnail, title, facts, access, and two actions under the pointer."""

from __future__ import annotations

from typing import Dict, Optional

from qgis.PyQt.QtCore import QModelIndex, QPoint, QRect, QSize
from qgis.PyQt.QtGui import QFontMetrics, QHelpEvent, QIcon, QPainter
from qgis.PyQt.QtWidgets import (
    QAbstractItemView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QToolTip,
)

from .. import look, painting
from ..icons import own_icon, theme_icon
from .catalogue_model import CardRole

ADD_TO_MAP = "map"
ADD_TO_CART = "cart"
_PICTURE = (18, 13.5)
"""Width and height of a thumbnail, in u."""


class CardDelegate(QStyledItemDelegate):
    """Paints the rows of a CatalogueModel."""

    def __init__(self, parent: QAbstractItemView) -> None:
        super().__init__(parent)
        self._icons: Dict[str, QIcon] = {
            ADD_TO_MAP: theme_icon("mActionAddWmsLayer"), ADD_TO_CART: own_icon("cart")}
        self._stand_ins: Dict[str, QIcon] = {}
        self._tips = {ADD_TO_MAP: self.tr("Add to map"), ADD_TO_CART: self.tr("Add to cart")}

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex) -> QSize:
        """Return the size of a card. The list widens it; a wider hint would outlive a shrink."""
        unit = look.unit(option.font)
        text = 3 * QFontMetrics(option.font).height()
        return QSize(1, round(max(text, _PICTURE[1] * unit) + 4.5 * unit))

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex
    ) -> None:
        """Draw a card."""
        option = QStyleOptionViewItem(option)
        self.initStyleOption(option, index)
        unit = look.unit(option.font)
        painter.save()
        colours = painting.draw_row(painter, option, unit)
        frame = _frame(option.rect, unit)
        painting.draw_picture(
            painter, frame, index.data(CardRole.PICTURE),
            self._stand_in(index.data(CardRole.STAND_IN)), option.palette, unit)
        self._draw_lines(painter, option, index, colours, frame)
        painting.draw_focus(painter, option)
        painter.restore()

    def action_at(
        self, rect: QRect, unit: int, index: QModelIndex, position: QPoint
    ) -> Optional[str]:
        """Return the action whose icon is at a position of a row, None if there is none."""
        for action, place in _action_rects(rect, unit, index).items():
            if place.adjusted(-unit, -unit, unit, unit).contains(position):
                return action
        return None

    def helpEvent(
        self, event: QHelpEvent, view: QAbstractItemView, option: QStyleOptionViewItem,
        index: QModelIndex,
    ) -> bool:
        """Name the action under the pointer, or tell all that the card had to cut."""
        unit = look.unit(option.font)
        action = self.action_at(option.rect, unit, index, event.pos())
        if action is None:
            return super().helpEvent(event, view, option, index)
        place = view.viewport().mapToGlobal(event.pos())
        QToolTip.showText(place, self._tips[action], view)
        return True

    def _draw_lines(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex,
        colours: painting.RowColours, frame: QRect,
    ) -> None:
        unit = look.unit(option.font)
        height = QFontMetrics(option.font).height()
        left = frame.right() + 1 + round(2.5 * unit)
        right = option.rect.right() - 2 * unit
        top = option.rect.top() + (option.rect.height() - 3 * height) // 2
        end = right
        if index.data(CardRole.IS_NEW):
            end -= unit + painting.draw_mark(
                painter, QPoint(right, top), self.tr("New"), option.font, colours.mark, unit)
        painting.draw_text(
            painter, QRect(left, top, end - left, height), option.text, look.bold(option.font),
            colours.text)
        facts = index.data(CardRole.FACTS)
        painting.draw_text(
            painter, QRect(left, top + height, right - left, height), facts, option.font,
            colours.text)
        end = self._draw_actions(painter, option, index, right)
        line = 2 if facts else 1
        painting.draw_text(
            painter, QRect(left, top + line * height, end - left, height),
            index.data(CardRole.ACCESS), option.font, colours.second)

    def _draw_actions(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex, right: int
    ) -> int:
        """Draw the icons of the row under the pointer; return where the text must end."""
        if not option.state & QStyle.StateFlag.State_MouseOver:
            return right
        unit = look.unit(option.font)
        places = _action_rects(option.rect, unit, index)
        for action, place in places.items():
            self._icons[action].paint(painter, place)
        return min((place.left() - unit for place in places.values()), default=right)

    def _stand_in(self, name: str) -> QIcon:
        if name not in self._stand_ins:
            self._stand_ins[name] = theme_icon(name)
        return self._stand_ins[name]


def _frame(rect: QRect, unit: int) -> QRect:
    """Return where the thumbnail of a row is."""
    width, height = round(_PICTURE[0] * unit), round(_PICTURE[1] * unit)
    return QRect(rect.left() + 2 * unit, rect.top() + (rect.height() - height) // 2, width, height)


def _action_rects(rect: QRect, unit: int, index: QModelIndex) -> Dict[str, QRect]:
    """Return where the icons of the actions are, from the right end on."""
    places: Dict[str, QRect] = {}
    left = rect.right() - 2 * unit
    for action, role in ((ADD_TO_CART, CardRole.CAN_ADD_TO_CART),
                         (ADD_TO_MAP, CardRole.CAN_ADD_TO_MAP)):
        if index.data(role):
            left -= 4 * unit
            places[action] = QRect(left, rect.bottom() - 6 * unit, 4 * unit, 4 * unit)
            left -= 2 * unit
    return places
