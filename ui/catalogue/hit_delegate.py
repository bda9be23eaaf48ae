"""One EGMS file: check box, orbit, name, share of the area, size, whether it is on disk."""

from __future__ import annotations

from typing import Any, Dict, Tuple

from qgis.PyQt.QtCore import QEvent, QModelIndex, QRect, QSize, Qt
from qgis.PyQt.QtGui import QFontMetrics, QIcon, QPainter, QPalette
from qgis.PyQt.QtWidgets import (
    QApplication,
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionButton,
    QStyleOptionViewItem,
)

from .. import look, painting
from ..words import size_words
from .hit_model import HitRole

_TICKED, _EMPTY = Qt.CheckState.Checked, Qt.CheckState.Unchecked


def _is_ticked(index: QModelIndex) -> bool:
    return index.data(Qt.ItemDataRole.CheckStateRole) in (_TICKED, getattr(_TICKED, "value", 2))


class HitDelegate(QStyledItemDelegate):
    """Paints the rows of a HitModel. A click anywhere in a row ticks it."""

    def __init__(self, parent: QListView) -> None:
        super().__init__(parent)
        self._orbits: Dict[Tuple[str, bool, int], QIcon] = {}

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex) -> QSize:
        """Return the size of a row. The list widens it; a wider hint would outlive a shrink."""
        unit = look.unit(option.font)
        return QSize(1, 2 * QFontMetrics(option.font).height() + round(2.5 * unit))

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex
    ) -> None:
        """Draw a row."""
        option = QStyleOptionViewItem(option)
        self.initStyleOption(option, index)
        # The tick is the choice; a highlight over it would say the same twice.
        option.state &= ~QStyle.StateFlag.State_Selected
        unit, ticked = look.unit(option.font), _is_ticked(index)
        height = QFontMetrics(option.font).height()
        painter.save()
        colours = painting.draw_row(painter, option, unit)
        self._draw_check(painter, option, unit, ticked)
        left, top = option.rect.left() + 8 * unit, option.rect.top() + unit
        if index.data(HitRole.DIRECTION):
            orbit = self._orbit(index.data(HitRole.DIRECTION), option.palette, 4 * unit)
            orbit.paint(painter, QRect(left, option.rect.center().y() - 2 * unit, 4 * unit,
                                       4 * unit))
            left += 5 * unit + unit // 2
        right = option.rect.right() - 2 * unit
        font = look.bold(option.font) if ticked else option.font
        self._draw_line(painter, QRect(left, top, right - left, height), option.text, font,
                        self._size(index), colours.text, colours.text, option)
        on_disk = self.tr("On disk") if index.data(HitRole.ON_DISK) else ""
        self._draw_line(
            painter, QRect(left, top + height, right - left, height),
            index.data(HitRole.SECOND), option.font, on_disk, colours.second,
            look.role("good", option.palette), option)
        painting.draw_focus(painter, option)
        painter.restore()

    def editorEvent(
        self, event: QEvent, model: Any, option: QStyleOptionViewItem, index: QModelIndex
    ) -> bool:
        """Tick by a click anywhere in the row, and by Space."""
        clicked = event.type() == QEvent.Type.MouseButtonRelease \
            and event.button() == Qt.MouseButton.LeftButton
        typed = event.type() == QEvent.Type.KeyPress \
            and event.key() in (Qt.Key.Key_Space, Qt.Key.Key_Select)
        if not (clicked or typed):
            return False
        state = _EMPTY if _is_ticked(index) else _TICKED
        return bool(model.setData(index, state, Qt.ItemDataRole.CheckStateRole))

    def _orbit(self, direction: str, palette: QPalette, size: int) -> QIcon:
        key = (direction, look.is_dark(palette), size)
        if key not in self._orbits:
            self._orbits[key] = painting.orbit_icon(direction, palette, size)
        return self._orbits[key]

    @staticmethod
    def _size(index: QModelIndex) -> str:
        size = index.data(HitRole.SIZE)
        return size_words(size) if size else ""

    @staticmethod
    def _draw_line(
        painter: QPainter, rect: QRect, text: str, font: Any, end: str, colour: Any,
        end_colour: Any, option: QStyleOptionViewItem,
    ) -> None:
        """Draw a text and, whole, what stands at its right end."""
        width = painting.width_of(end, option.font)
        gap = 2 * look.unit(option.font) if end else 0
        painting.draw_text(painter, rect, end, option.font, end_colour, right=True)
        painting.draw_text(
            painter, rect.adjusted(0, 0, -width - gap, 0), text, font, colour)

    @staticmethod
    def _draw_check(
        painter: QPainter, option: QStyleOptionViewItem, unit: int, ticked: bool
    ) -> None:
        style = option.widget.style() if option.widget is not None else QApplication.style()
        width = style.pixelMetric(QStyle.PixelMetric.PM_IndicatorWidth)
        height = style.pixelMetric(QStyle.PixelMetric.PM_IndicatorHeight)
        box = QStyleOptionButton()
        box.rect = QRect(option.rect.left() + 2 * unit,
                         option.rect.center().y() - height // 2, width, height)
        box.palette = option.palette
        box.state = QStyle.StateFlag.State_Enabled | (
            QStyle.StateFlag.State_On if ticked else QStyle.StateFlag.State_Off)
        style.drawPrimitive(
            QStyle.PrimitiveElement.PE_IndicatorItemViewItemCheck, box, painter, option.widget)
