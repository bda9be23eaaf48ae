"""The row of buttons at the head of a tab."""

from __future__ import annotations

from typing import Callable, List, Optional

from qgis.PyQt.QtCore import QEvent, QSize, Qt
from qgis.PyQt.QtGui import QIcon, QResizeEvent
from qgis.PyQt.QtWidgets import QHBoxLayout, QSizePolicy, QToolButton, QVBoxLayout, QWidget

from . import look
from .parts import Line

_BESIDE = Qt.ToolButtonStyle.ToolButtonTextBesideIcon
_ALONE = Qt.ToolButtonStyle.ToolButtonIconOnly


class ToolRow(QWidget):
    """Flat buttons with icon and text; where they do not fit, the texts go."""

    def __init__(self, parent: Optional[QWidget] = None) -> None:
        super().__init__(parent)
        self._unit = look.unit(self.font())
        self._buttons: List[QToolButton] = []
        self._row = QHBoxLayout()
        self._row.setContentsMargins(self._unit, self._unit, self._unit, self._unit)
        self._row.setSpacing(self._unit)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(0)
        outer.addLayout(self._row)
        outer.addWidget(Line())
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)

    def add(self, icon: QIcon, text: str, tip: str, clicked: Callable[[], None]) -> QToolButton:
        """Add a button; return it."""
        button = QToolButton()
        button.setAutoRaise(True)
        button.setIcon(icon)
        button.setIconSize(QSize(4 * self._unit, 4 * self._unit))
        button.setToolTip(tip)
        button.setAccessibleName(text)
        button.setText(text)
        button.setToolButtonStyle(_BESIDE)
        button.clicked.connect(lambda _checked=False: clicked())
        self._row.addWidget(button)
        self._buttons.append(button)
        return button

    def add_space(self) -> None:
        """Push what follows to the right end."""
        self._row.addStretch(1)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Show icons alone where the texts have no room."""
        super().resizeEvent(event)
        self.fit()

    def changeEvent(self, event: QEvent) -> None:
        """Measure again when the font is another one."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange:
            self.fit()

    def fit(self) -> None:
        """Choose between texts and icons alone; needed after a text has changed."""
        self._set_style(_BESIDE)
        self._row.invalidate()  # else it answers with the width of the texts before
        if self._row.sizeHint().width() > self.width():
            self._set_style(_ALONE)

    def _set_style(self, style: Qt.ToolButtonStyle) -> None:
        for button in self._buttons:
            button.setToolButtonStyle(style)
