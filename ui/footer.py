"""The foot of a tab that ends in a decision."""

from __future__ import annotations

from typing import Optional, Sequence

from qgis.PyQt.QtCore import QEvent
from qgis.PyQt.QtGui import QResizeEvent
from qgis.PyQt.QtWidgets import (
    QBoxLayout,
    QHBoxLayout,
    QPushButton,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from . import look
from .labels import ElidedLabel
from .parts import Line

_DOWN = QBoxLayout.Direction.TopToBottom
_ACROSS = QBoxLayout.Direction.LeftToRight


class Footer(QWidget):
    """The decision of a tab: estimate and hint left, buttons right; two rows where it is narrow.

    The last button is the default one: bold, at the right end.
    """

    def __init__(self, buttons: Sequence[str], parent: Optional[QWidget] = None) -> None:
        super().__init__(parent)
        self._unit = look.unit(self.font())
        self.title = ElidedLabel()
        self.title.setFont(look.bold(self.title.font()))
        self.hint = ElidedLabel(rank="secondary")
        self.buttons = [QPushButton(text) for text in buttons]
        for button in self.buttons:
            button.setAutoDefault(False)
        self.buttons[-1].setFont(look.bold(self.buttons[-1].font()))
        self.buttons[-1].setDefault(True)
        self._texts = QBoxLayout(_DOWN)
        self._texts.setSpacing(0)
        self._texts.addWidget(self.title)
        self._texts.addWidget(self.hint, 1)
        self._row = QHBoxLayout()
        self._row.setSpacing(self._unit + self._unit // 2)
        for button in self.buttons:
            self._row.addWidget(button)
        self._layout = QBoxLayout(_ACROSS)
        self._layout.setContentsMargins(
            2 * self._unit, 2 * self._unit, 2 * self._unit, 2 * self._unit)
        self._layout.setSpacing(2 * self._unit)
        self._layout.addLayout(self._texts, 1)
        self._layout.addLayout(self._row)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(0)
        outer.addWidget(Line())
        outer.addLayout(self._layout)

    def set_texts(self, title: str, hint: str) -> None:
        """Show what the decision means."""
        self.title.setText(title)
        self.hint.setText(hint)
        self._arrange()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Go to two rows where the texts no longer fit beside the buttons."""
        super().resizeEvent(event)
        self._arrange()

    def changeEvent(self, event: QEvent) -> None:
        """Follow a change of the font."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange:
            self._arrange()

    def _arrange(self) -> None:
        buttons = self._row.sizeHint().width()
        hint = self.hint.fontMetrics().horizontalAdvance(self.hint.text())
        title = self.title.fontMetrics().horizontalAdvance(self.title.text())
        narrow = max(hint, title) + buttons + 6 * self._unit > self.width()
        one_row = narrow and bool(self.hint.text())
        self._layout.setDirection(_ACROSS if not narrow else _DOWN)
        self._texts.setDirection(_ACROSS if one_row else _DOWN)
        self._texts.setSpacing(2 * self._unit if one_row else 0)
        self.title.setMinimumWidth(title + 1 if one_row else 0)
        self.title.setSizePolicy(
            QSizePolicy.Policy.Minimum if one_row else QSizePolicy.Policy.Ignored,
            QSizePolicy.Policy.Fixed)
        policy = QSizePolicy.Policy.Expanding if narrow else QSizePolicy.Policy.Fixed
        for button in self.buttons:
            button.setSizePolicy(policy, QSizePolicy.Policy.Fixed)
