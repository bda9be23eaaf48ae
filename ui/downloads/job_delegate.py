"""One job in the list: state, title, words, bar, and what can be done."""

from __future__ import annotations

from typing import Dict

from qgis.PyQt.QtCore import QModelIndex, QPoint, QRect, QRectF, QSize, Qt
from qgis.PyQt.QtGui import QHelpEvent, QIcon, QPainter, QPalette
from qgis.PyQt.QtWidgets import (
    QAbstractItemView,
    QPushButton,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionButton,
    QStyleOptionViewItem,
    QToolTip,
)

from .. import look, painting
from ..icons import theme_icon
from .actions import seen_icon
from .groups import Group
from .job_layout import WRAP, JobLayout, heading_height, layout_of
from .jobs_model import Bar, JobRole

_SEGMENT = 0.25
"""Share of a bar without end that is filled."""


class JobDelegate(QStyledItemDelegate):
    """Paints the rows of a JobsModel.

    phase: 0…1, where the bars without end are. pressed: (row, action) under the mouse button.
    """

    def __init__(self, parent: QAbstractItemView) -> None:
        super().__init__(parent)
        self.phase = 0.0
        self.pressed = (-1, "")
        self._icons: Dict[str, QIcon] = {}
        # Never shown: it lends its style sheet, which a theme has for buttons and not for lists.
        self._button = QPushButton(parent)
        self._button.hide()
        self._button.setFocusPolicy(Qt.FocusPolicy.NoFocus)

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex) -> QSize:
        """Return as wide as the list, as high as the words need."""
        view = option.widget
        width = view.viewport().width() if isinstance(view, QAbstractItemView) else 320
        if index.data(JobRole.IS_HEADING):
            return QSize(width, heading_height(option.font))
        return layout_of(index, QRect(0, 0, width, 0), option.font).size

    def action_at(self, option: QStyleOptionViewItem, index: QModelIndex, at: QPoint) -> str:
        """Return the action at a position of the viewport, "" if there is none."""
        if not index.isValid() or index.data(JobRole.IS_HEADING):
            return ""
        return layout_of(index, option.rect, option.font).action_at(at, look.unit(option.font))

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex
    ) -> None:
        """Draw a heading or a job."""
        option = QStyleOptionViewItem(option)
        self.initStyleOption(option, index)
        painter.save()
        if index.data(JobRole.IS_HEADING):
            self._draw_heading(painter, option)
        else:
            self._draw_job(painter, option, index)
        painter.restore()

    def helpEvent(
        self, event: QHelpEvent, view: QAbstractItemView, option: QStyleOptionViewItem,
        index: QModelIndex,
    ) -> bool:
        """Name the icon under the pointer, or tell the whole title."""
        name = self.action_at(option, index, event.pos())
        actions = (*(index.data(JobRole.ICONS) or ()), *(index.data(JobRole.BUTTONS) or ()))
        text = next((action.text for action in actions if action.name == name), "")
        if not text:
            return super().helpEvent(event, view, option, index)
        QToolTip.showText(view.viewport().mapToGlobal(event.pos()), text, view)
        return True

    def _draw_heading(self, painter: QPainter, option: QStyleOptionViewItem) -> None:
        unit = look.unit(option.font)
        # A heading cannot be selected and so counts as disabled; it is not to look so.
        option.palette.setCurrentColorGroup(QPalette.ColorGroup.Active)
        colour = look.secondary(option.palette)
        rect = option.rect.adjusted(2 * unit, 2 * unit, -2 * unit, 0)
        painting.draw_text(painter, rect, option.text, look.bold(option.font), colour)

    def _draw_job(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex
    ) -> None:
        unit = look.unit(option.font)
        colours = painting.draw_row(painter, option, unit)
        layout = layout_of(index, option.rect, option.font)
        self._icon(index.data(JobRole.ICON)).paint(painter, layout.icon)
        for action in index.data(JobRole.ICONS):
            name = seen_icon(action.icon, option.palette)
            self._icon(name).paint(painter, layout.icons[action.name])
        painting.draw_text(
            painter, layout.title, option.text, look.bold(option.font), colours.text)
        colour = colours.second
        selected = option.state & QStyle.StateFlag.State_Selected
        if index.data(JobRole.GROUP) is Group.NEEDS_YOU and not selected:
            colour = look.role("error", option.palette)
        painter.setFont(option.font)
        painter.setPen(colour)
        painter.drawText(layout.status, WRAP, index.data(JobRole.STATUS))
        self._draw_buttons(painter, option, index, layout)
        self._draw_bar(painter, option, index, layout.bar, colours)
        painting.draw_focus(painter, option)

    def _draw_buttons(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex,
        layout: JobLayout,
    ) -> None:
        for action in index.data(JobRole.BUTTONS):
            button = QStyleOptionButton()
            button.initFrom(self._button)
            button.rect = layout.buttons[action.name]
            button.text = action.text
            button.fontMetrics = option.fontMetrics
            is_down = self.pressed == (index.row(), action.name)
            button.state = QStyle.StateFlag.State_Enabled | (
                QStyle.StateFlag.State_Sunken if is_down else QStyle.StateFlag.State_Raised)
            painter.setFont(option.font)
            self._button.style().drawControl(
                QStyle.ControlElement.CE_PushButton, button, painter, self._button)

    def _draw_bar(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex, place: QRect,
        colours: painting.RowColours,
    ) -> None:
        kind = index.data(JobRole.BAR)
        if kind is Bar.NONE:
            return
        palette = option.palette
        selected = option.state & QStyle.StateFlag.State_Selected
        fill = palette.color(QPalette.ColorRole.Highlight)
        if selected:
            fill = colours.text
        elif kind is Bar.PAUSED:
            fill = look.mixed(colours.second, palette.color(QPalette.ColorRole.Base), 0.25)
        track = look.mixed(fill if selected else palette.color(QPalette.ColorRole.Text),
                           colours.background or palette.color(QPalette.ColorRole.Base), 0.84)
        filled = QRectF(place)
        if kind is Bar.ENDLESS:
            filled.setWidth(place.width() * _SEGMENT)
            filled.moveLeft(place.left() + self.phase * place.width() * (1 - _SEGMENT))
        else:
            filled.setWidth(place.width() * index.data(JobRole.SHARE))
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        radius = place.height() / 2
        for colour, part in ((track, QRectF(place)), (fill, filled)):
            painter.setBrush(colour)
            painter.drawRoundedRect(part, radius, radius)

    def _icon(self, name: str) -> QIcon:
        if name not in self._icons:
            self._icons[name] = theme_icon(name)
        return self._icons[name]
