"""Parts of the forms below the head of a dataset."""

from __future__ import annotations

from typing import Optional

from qgis.gui import QgsScrollArea
from qgis.PyQt.QtCore import Qt, pyqtSignal
from qgis.PyQt.QtGui import QPainter, QPaintEvent, QPalette, QPen
from qgis.PyQt.QtWidgets import (
    QFrame,
    QGridLayout,
    QLabel,
    QRadioButton,
    QStyle,
    QVBoxLayout,
    QWidget,
)

from .. import look
from ..labels import NoteLabel, RankLabel


class Body(QgsScrollArea):
    """The part of a tab that scrolls. Add to its `column`; what is there stands at the top."""

    def __init__(self, parent: Optional[QWidget] = None) -> None:
        super().__init__(parent)
        unit = look.unit(self.font())
        inside = QWidget()
        self.column = QVBoxLayout()
        self.column.setSpacing(3 * unit)
        outer = QVBoxLayout(inside)
        outer.setContentsMargins(2 * unit, 3 * unit, 2 * unit, 3 * unit)
        outer.addLayout(self.column)
        outer.addStretch(1)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setWidget(inside)
        # The area would paint the base colour of lists; a form stands on the window's colour.
        self.viewport().setAutoFillBackground(False)
        inside.setAutoFillBackground(False)


class Facts(QGridLayout):
    """Label and value beside each other: 6 px between rows, 12 px between label and value.

    label_width: of the first column, in u.
    """

    def __init__(self, label_width: int = 22) -> None:
        super().__init__()
        unit = look.unit(QLabel().font())
        self.setContentsMargins(0, 0, 0, 0)
        self.setVerticalSpacing(unit + unit // 2)
        self.setHorizontalSpacing(3 * unit)
        self.setColumnMinimumWidth(0, label_width * unit)
        self.setColumnStretch(1, 1)

    def add_fact(self, label: str, value: str) -> None:
        """Add a row of text; nothing for an empty value."""
        if value:
            shown = NoteLabel(value, "text")
            shown.setAlignment(Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeft)
            self._add(label, shown, Qt.AlignmentFlag.AlignTop)

    def add_field(self, label: str, field: QWidget, at_top: bool = False) -> QLabel:
        """Add a row with a field; return its label. at_top: beside the first of its lines."""
        return self._add(label, field, Qt.AlignmentFlag.AlignTop if at_top
                         else Qt.AlignmentFlag.AlignVCenter)

    def _add(self, label: str, widget: QWidget, side: Qt.AlignmentFlag) -> QLabel:
        row = self.rowCount()
        name = RankLabel(label, "secondary")
        name.setBuddy(widget)
        self.addWidget(name, row, 0, side)
        self.addWidget(widget, row, 1)
        return name


class Choice(QWidget):
    """A radio button with a second line that says what it is good for."""

    chosen = pyqtSignal()

    def __init__(self, text: str, hint: str = "", parent: Optional[QWidget] = None) -> None:
        super().__init__(parent)
        self.button = QRadioButton(text)
        self.button.setAutoExclusive(False)  # the group is kept by whoever made the choices
        self.button.setAccessibleDescription(hint)
        self.button.clicked.connect(lambda: self.chosen.emit())
        style = self.style()
        indent = style.pixelMetric(QStyle.PixelMetric.PM_ExclusiveIndicatorWidth) \
            + style.pixelMetric(QStyle.PixelMetric.PM_RadioButtonLabelSpacing)
        line = QVBoxLayout()
        line.setContentsMargins(indent, 0, 0, 0)
        self.hint = NoteLabel(hint)
        self.hint.setVisible(bool(hint))
        line.addWidget(self.hint)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self.button)
        layout.addLayout(line)


class Box(QFrame):
    """A frame of 1 px around text that is to be copied."""

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the frame in the colour of lines."""
        palette = self.palette()
        painter = QPainter(self)
        painter.setPen(QPen(look.mixed(
            palette.color(QPalette.ColorRole.WindowText),
            palette.color(QPalette.ColorRole.Window), 0.75), 1))
        painter.drawRect(self.rect().adjusted(0, 0, -1, -1))


def clear(layout: QVBoxLayout) -> None:
    """Remove all that is in a layout."""
    while layout.count():
        item = layout.takeAt(0)
        widget, inner = item.widget(), item.layout()
        if widget is not None:
            widget.hide()
            widget.deleteLater()
        elif inner is not None:
            clear(inner)
