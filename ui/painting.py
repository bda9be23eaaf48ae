"""Painting of rows in lists: the same rules for every delegate (design/README.md 1 to 3)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Optional

from qgis.PyQt.QtCore import QPoint, QRect, QSize, Qt
from qgis.PyQt.QtGui import QColor, QFont, QFontMetrics, QIcon, QPainter, QPalette, QPen, QPixmap
from qgis.PyQt.QtWidgets import QApplication, QStyle, QStyleOptionFocusRect, QStyleOptionViewItem

from . import look
from .icons import own_icon

HOVER_SHARE = 0.88
"""Share of the base colour in the background of the row under the pointer."""


@dataclass(frozen=True)
class RowColours:
    """Colours of one row in its state. background: None = that of the list."""

    text: QColor
    second: QColor
    mark: QColor
    line: QColor
    background: Optional[QColor]


def row_colours(option: QStyleOptionViewItem) -> RowColours:
    """Return the colours of a row: normal, under the pointer, selected or disabled."""
    palette = option.palette
    line = look.line(palette)
    if option.state & QStyle.StateFlag.State_Selected:
        text = look.on_highlight(palette)
        return RowColours(text, text, text, line, palette.color(QPalette.ColorRole.Highlight))
    base = palette.color(QPalette.ColorRole.Base)
    second = look.secondary(palette)
    if not option.state & QStyle.StateFlag.State_Enabled:
        grey = look.mixed(palette.color(QPalette.ColorRole.Text), base, 0.6)
        return RowColours(grey, grey, grey, line, None)
    mark = second if look.is_dark(palette) else palette.color(QPalette.ColorRole.Highlight)
    background = None
    if option.state & QStyle.StateFlag.State_MouseOver:
        background = look.mixed(palette.color(QPalette.ColorRole.Highlight), base, HOVER_SHARE)
    return RowColours(
        palette.color(QPalette.ColorRole.Text), second, mark, line, background)


def draw_row(painter: QPainter, option: QStyleOptionViewItem, unit: int) -> RowColours:
    """Draw the background of a row and the line below it; return the colours to go on with."""
    colours = row_colours(option)
    if colours.background is not None:
        painter.fillRect(option.rect, colours.background)
    if not option.state & QStyle.StateFlag.State_Selected:
        inside = option.rect.adjusted(2 * unit, 0, -2 * unit, 0)
        painter.setPen(colours.line)
        painter.drawLine(inside.left(), inside.bottom(), inside.right(), inside.bottom())
    return colours


def draw_focus(painter: QPainter, option: QStyleOptionViewItem) -> None:
    """Let the style show that a row has the keyboard focus."""
    if not option.state & QStyle.StateFlag.State_HasFocus:
        return
    focus = QStyleOptionFocusRect()
    focus.rect = option.rect
    focus.palette = option.palette
    focus.state = option.state | QStyle.StateFlag.State_KeyboardFocusChange
    focus.backgroundColor = option.palette.color(
        QPalette.ColorRole.Highlight if option.state & QStyle.StateFlag.State_Selected
        else QPalette.ColorRole.Base)
    style = option.widget.style() if option.widget else QApplication.style()
    style.drawPrimitive(
        QStyle.PrimitiveElement.PE_FrameFocusRect, focus, painter, option.widget)


def draw_text(
    painter: QPainter, rect: QRect, text: str, font: QFont, colour: QColor,
    right: bool = False,
) -> None:
    """Draw one line, cut at its end with "…" where it does not fit."""
    painter.setFont(font)
    painter.setPen(colour)
    side = Qt.AlignmentFlag.AlignRight if right else Qt.AlignmentFlag.AlignLeft
    shown = QFontMetrics(font).elidedText(text, Qt.TextElideMode.ElideRight, rect.width())
    painter.drawText(rect, side | Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextSingleLine,
                     shown)


def width_of(text: str, font: QFont) -> int:
    """Return how wide a text is."""
    return QFontMetrics(font).horizontalAdvance(text)


def draw_mark(
    painter: QPainter, top_right: QPoint, text: str, font: QFont, colour: QColor, unit: int
) -> int:
    """Draw a small word in an outline, such as "New"; return the width it takes."""
    small = QFont(font)
    small.setPointSizeF(max(1.0, font.pointSizeF() - 1))
    metrics = QFontMetrics(small)
    width = metrics.horizontalAdvance(text) + 2 * unit
    rect = QRect(top_right.x() - width, top_right.y(), width, metrics.height())
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QPen(colour, 1))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawRoundedRect(rect.adjusted(0, 0, -1, -1), unit * 0.75, unit * 0.75)
    painter.setFont(small)
    painter.drawText(rect, Qt.AlignmentFlag.AlignCenter, text)
    painter.restore()
    return width


def draw_picture(
    painter: QPainter, rect: QRect, picture: Optional[QPixmap], stand_in: QIcon,
    palette: QPalette, unit: int,
) -> None:
    """Draw a thumbnail that fills a frame, or a stand-in icon in its middle."""
    if picture is None or picture.isNull():
        painter.fillRect(rect, look.mixed(
            palette.color(QPalette.ColorRole.Text), palette.color(QPalette.ColorRole.Base), 0.93))
        size = 5 * unit
        stand_in.paint(painter, QRect(rect.center() - QPoint(size // 2, size // 2),
                                      QSize(size, size)))
    else:
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        painter.drawPixmap(rect, picture, _middle(picture.size(), rect.size()))
    painter.setPen(look.mixed(
        palette.color(QPalette.ColorRole.Text), palette.color(QPalette.ColorRole.Base), 0.7))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawRect(rect.adjusted(0, 0, -1, -1))


def orbit_icon(direction: str, palette: QPalette, size: int) -> QIcon:
    """Return the arrow of "ascending" or "descending" in its colour for the theme."""
    pixmap = own_icon(direction).pixmap(size, size)
    painter = QPainter(pixmap)
    painter.setCompositionMode(QPainter.CompositionMode.CompositionMode_SourceIn)
    painter.fillRect(pixmap.rect(), look.role(direction, palette))
    painter.end()
    return QIcon(pixmap)


def _middle(size: QSize, frame: QSize) -> QRect:
    """Return the middle part of a picture that has the shape of the frame."""
    part = frame.scaled(size, Qt.AspectRatioMode.KeepAspectRatio)
    return QRect(QPoint((size.width() - part.width()) // 2,
                        (size.height() - part.height()) // 2), part)
