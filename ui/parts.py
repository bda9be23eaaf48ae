"""Parts that several features show: lines, headings, links, notes, empty states.

Sizes are multiples of u (look.unit); colours follow the widget's own palette.
"""

from __future__ import annotations

from typing import Optional, Sequence

from qgis.PyQt.QtCore import QRectF, QSize, Qt, pyqtSignal
from qgis.PyQt.QtGui import QColor, QFont, QIcon, QPainter, QPaintEvent, QPalette, QPen
from qgis.PyQt.QtWidgets import (
    QBoxLayout,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QSizePolicy,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from . import look
from .icons import theme_icon
from .labels import NoteLabel, RankLabel

LINE_SHARE = 0.84
"""Share of the background in the colour of lines."""
_TINTS = {"info": "#87b3db", "limit": "#e7b737", "error": "#db7b6f"}
_NOTE_ICONS = {"info": "mIconInfo", "limit": "mIndicatorOffline", "error": "mIconWarning"}


class Line(QLabel):
    """A line of 1 px between two parts. inset: px left free at both ends.

    A label, because themes give their text colour to labels and not to plain widgets.
    """

    def __init__(self, inset: int = 0, parent: Optional[QWidget] = None) -> None:
        super().__init__("", parent)
        self._inset = inset
        self.setFixedHeight(1)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the line in the colour of the theme."""
        painter = QPainter(self)
        palette = self.palette()
        painter.setPen(look.mixed(palette.color(QPalette.ColorRole.WindowText),
                                  palette.color(QPalette.ColorRole.Window), LINE_SHARE))
        painter.drawLine(self._inset, 0, self.width() - 1 - self._inset, 0)


def section(text: str, parent: Optional[QWidget] = None) -> QLabel:
    """Return the heading of a section: bold, in the size of the text."""
    label = RankLabel(text, parent=parent)
    label.setFont(look.bold(label.font()))
    return label


def link(text: str, parent: Optional[QWidget] = None) -> QPushButton:
    """Return a button that looks like a link: flat, underlined, in the colour of links."""
    return _Link(text, parent)


class _Link(QPushButton):
    def __init__(self, text: str, parent: Optional[QWidget]) -> None:
        super().__init__(text, parent)
        self.setFlat(True)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        font = QFont(self.font())
        font.setUnderline(True)
        self.setFont(font)
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        """Return the size of the text alone."""
        metrics = self.fontMetrics()
        return QSize(metrics.horizontalAdvance(self.text()) + 2, metrics.height() + 2)

    def minimumSizeHint(self) -> QSize:
        """Return the size of the text alone."""
        return self.sizeHint()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the text, and a frame for the keyboard focus."""
        painter = QPainter(self)
        painter.setFont(self.font())
        dark = look.is_dark(self.palette())
        colour = self.palette().color(QPalette.ColorRole.Link)
        painter.setPen(look.role("note", self.palette()) if dark else colour)
        painter.drawText(self.rect(), Qt.AlignmentFlag.AlignCenter, self.text())
        if self.hasFocus():
            painter.setPen(QPen(painter.pen().color(), 1, Qt.PenStyle.DotLine))
            painter.drawRect(self.rect().adjusted(0, 0, -1, -1))


def icon_button(icon: QIcon, tip: str, parent: Optional[QWidget] = None) -> QToolButton:
    """Return a flat button with an icon alone; its tool tip is also its accessible name."""
    button = QToolButton(parent)
    button.setIcon(icon)
    button.setAutoRaise(True)
    button.setToolTip(tip)
    button.setAccessibleName(tip)
    size = 4 * look.unit(button.font())
    button.setIconSize(QSize(size, size))
    return button


class Note(QWidget):
    """A tinted frame with icon, sentence and up to two buttons. Hidden until it says something.

    Kinds: "info" (blue), "limit" (amber), "error" (red).
    """

    activated = pyqtSignal(int)
    """The number of the button that was clicked."""
    shown_changed = pyqtSignal(bool)
    """Whether it says something, for a frame around it."""

    def __init__(self, parent: Optional[QWidget] = None) -> None:
        super().__init__(parent)
        unit = look.unit(self.font())
        self._unit = unit
        self._kind = "info"
        self._icon = QLabel()
        self._sentence = QLabel()
        self._sentence.setWordWrap(True)
        self._sentence.setTextFormat(Qt.TextFormat.PlainText)
        self._sentence.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._buttons: list[QPushButton] = []
        self._row = QHBoxLayout()
        self._row.setSpacing(unit + unit // 2)
        self._row.addStretch()
        column = QVBoxLayout()
        column.setSpacing(unit + unit // 2)
        column.addWidget(self._sentence)
        column.addLayout(self._row)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(2 * unit, 2 * unit, 2 * unit, 2 * unit)
        layout.setSpacing(2 * unit)
        layout.addWidget(self._icon, 0, Qt.AlignmentFlag.AlignTop)
        layout.addLayout(column, 1)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        self.hide()

    @property
    def text(self) -> str:
        """Return the sentence, "" while there is none."""
        return self._sentence.text()

    @property
    def buttons(self) -> list[QPushButton]:
        """Return the buttons, from left to right."""
        return self._buttons

    def show_note(
        self, kind: str, text: str, buttons: Sequence[str] = (), icon: str = ""
    ) -> None:
        """Say something. icon: name in the QGIS theme, "" = the usual one of the kind."""
        self._kind = kind
        self._sentence.setText(text)
        size = 4 * self._unit
        self._icon.setPixmap(theme_icon(icon or _NOTE_ICONS[kind]).pixmap(size, size))
        if [button.text() for button in self._buttons] != list(buttons):
            self._replace_buttons(buttons)
        self.setVisible(True)
        self.shown_changed.emit(True)
        self.update()

    def clear(self) -> None:
        """Say nothing more and disappear."""
        self._sentence.clear()
        self.setVisible(False)
        self.shown_changed.emit(False)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the tinted frame."""
        palette = self.palette()
        tint, base = QColor(_TINTS[self._kind]), palette.color(QPalette.ColorRole.Base)
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(look.mixed(tint, base, 0.55), 1))
        painter.setBrush(look.mixed(tint, base, 0.75))
        radius = self._unit * 0.75
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), radius, radius)

    def _replace_buttons(self, texts: Sequence[str]) -> None:
        for button in self._buttons:
            _take_out(self._row, button)
        self._buttons = []
        for number, text in enumerate(texts):
            button = QPushButton(text)
            button.clicked.connect(lambda _checked=False, n=number: self.activated.emit(n))
            self._row.insertWidget(number, button)
            self._buttons.append(button)


class EmptyState(QWidget):
    """Icon, title, one sentence, buttons below each other, links: what to do where nothing is."""

    activated = pyqtSignal(int)
    """The number of the button that was clicked; links go on counting."""

    def __init__(self, icon: QIcon, parent: Optional[QWidget] = None) -> None:
        super().__init__(parent)
        unit = look.unit(self.font())
        self._title = QLabel()
        self._title.setFont(look.bold(self._title.font(), 1))
        self._title.setTextFormat(Qt.TextFormat.PlainText)
        self._sentence = NoteLabel()
        picture = QLabel()
        picture.setPixmap(icon.pixmap(12 * unit, 12 * unit))
        self._ways: list[QPushButton] = []
        self._column = QVBoxLayout()
        self._column.setSpacing(unit + unit // 2)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(8 * unit, 2 * unit, 8 * unit, 2 * unit)
        layout.setSpacing(3 * unit)
        layout.addStretch(2)
        for widget in (picture, self._title, self._sentence):
            widget.setAlignment(Qt.AlignmentFlag.AlignCenter)
            layout.addWidget(widget)
        self._title.setWordWrap(True)
        layout.addLayout(self._column)
        layout.addStretch(5)

    @property
    def title(self) -> str:
        """Return the title."""
        return self._title.text()

    @property
    def sentence(self) -> str:
        """Return the sentence below the title."""
        return self._sentence.text()

    @property
    def ways(self) -> list[QPushButton]:
        """Return buttons and links from top to bottom."""
        return self._ways

    def say(
        self, title: str, sentence: str, buttons: Sequence[tuple[str, Optional[QIcon]]] = (),
        links: Sequence[str] = (), default: bool = False,
    ) -> None:
        """Show a state. default: the first button is the one to take."""
        self._title.setText(title)
        self._sentence.setText(sentence)
        for way in self._ways:
            _take_out(self._column, way)
        made = [_button(text, icon) for text, icon in buttons]
        if made and default:
            made[0].setDefault(True)
            made[0].setFont(look.bold(made[0].font()))
        width = max((button.sizeHint().width() for button in made), default=0)
        for button in made:
            button.setFixedWidth(width + 4 * look.unit(self.font()))
        self._ways = made + [link(text) for text in links]
        for number, way in enumerate(self._ways):
            way.clicked.connect(lambda _checked=False, n=number: self.activated.emit(n))
            self._column.addWidget(way, 0, Qt.AlignmentFlag.AlignCenter)


def _button(text: str, icon: Optional[QIcon]) -> QPushButton:
    button = QPushButton(text)
    if icon is not None:
        button.setIcon(icon)
    return button


def _take_out(layout: QBoxLayout, widget: QWidget) -> None:
    """Remove a widget for good; hidden at once, since it dies only when events are handled."""
    layout.removeWidget(widget)
    widget.hide()
    widget.deleteLater()
