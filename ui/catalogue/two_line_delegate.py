"""Rows of two lines with an icon: documents."""

from __future__ import annotations

from qgis.PyQt.QtCore import QModelIndex, QRect, QSize, Qt
from qgis.PyQt.QtGui import QFontMetrics, QIcon, QPainter
from qgis.PyQt.QtWidgets import QStyledItemDelegate, QStyleOptionViewItem

from .. import look, painting

SECOND_LINE = Qt.ItemDataRole.UserRole + 10


class TwoLineDelegate(QStyledItemDelegate):
    """Paints DisplayRole, and SECOND_LINE in the second colour below it."""

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex) -> QSize:
        """Return the size of a row; its width is that of the list."""
        unit = look.unit(option.font)
        return QSize(20 * unit, 2 * QFontMetrics(option.font).height() + 2 * unit)

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex
    ) -> None:
        """Draw a row."""
        option = QStyleOptionViewItem(option)
        self.initStyleOption(option, index)
        unit = look.unit(option.font)
        height = QFontMetrics(option.font).height()
        painter.save()
        colours = painting.draw_row(painter, option, unit)
        icon = index.data(Qt.ItemDataRole.DecorationRole)
        left, top = option.rect.left() + 2 * unit, option.rect.top() + unit
        if isinstance(icon, QIcon):
            icon.paint(painter, QRect(left, top + unit // 2, 4 * unit, 4 * unit))
        left += 6 * unit
        width = option.rect.right() - 2 * unit - left
        painting.draw_text(
            painter, QRect(left, top, width, height), option.text, option.font, colours.text)
        painting.draw_text(
            painter, QRect(left, top + height, width, height),
            index.data(SECOND_LINE) or "", option.font, colours.second)
        painting.draw_focus(painter, option)
        painter.restore()
