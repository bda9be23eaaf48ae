"""Above the list: search field, filters button, filters that are on, number found, order."""

from __future__ import annotations

from typing import Mapping, Optional

from qgis.gui import QgsFilterLineEdit
from qgis.PyQt.QtCore import QSize, Qt, QTimer, pyqtSignal
from qgis.PyQt.QtGui import QKeyEvent
from qgis.PyQt.QtWidgets import (
    QActionGroup,
    QHBoxLayout,
    QMenu,
    QPushButton,
    QSizePolicy,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from .. import look
from ..icons import theme_icon
from ..labels import ElidedLabel
from .flow_layout import FlowLayout

DEBOUNCE = 80
"""Milliseconds without a key stroke after which the list follows."""


class SearchField(QgsFilterLineEdit):
    """Down goes to the list, Esc clears."""

    left_down = pyqtSignal()

    def __init__(self, parent: Optional[QWidget] = None) -> None:
        super().__init__(parent)
        self.setShowSearchIcon(True)
        # QGIS writes the words of an empty field in italics while it counts as null.
        self.setNullValue("\x00")
        self.setDefaultValue("")
        self.setClearMode(QgsFilterLineEdit.ClearMode.ClearToDefault)
        self.setPlaceholderText(self.tr("Search datasets"))
        self.setAccessibleName(self.tr("Search datasets"))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Handle the two keys that leave the text alone."""
        if event.key() == Qt.Key.Key_Down:
            self.left_down.emit()
        elif event.key() == Qt.Key.Key_Escape and self.text():
            self.clearValue()
        else:
            super().keyPressEvent(event)


class SearchHead(QWidget):
    """Search field, filters button and the filters that are on."""

    text_changed = pyqtSignal(str)
    """The text, a moment after the last key stroke."""
    filters_toggled = pyqtSignal(bool)
    filter_removed = pyqtSignal(str)
    """The key of a filter whose button was clicked."""

    def __init__(self, parent: Optional[QWidget] = None) -> None:
        super().__init__(parent)
        unit = look.unit(self.font())
        self.field = SearchField()
        self.filters = QToolButton()
        self.filters.setIcon(theme_icon("mActionFilter2"))
        self.filters.setIconSize(QSize(4 * unit, 4 * unit))
        self.filters.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self.filters.setAutoRaise(True)
        self.filters.setCheckable(True)
        self.filters.setText(self.tr("Filters"))
        self.filters.toggled.connect(self.filters_toggled)
        self._last = ""
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(DEBOUNCE)
        self._timer.timeout.connect(self.flush)
        self.field.textChanged.connect(lambda _text: self._timer.start())
        self._chips = QWidget()
        self._chip_layout = FlowLayout(self._chips, unit)
        self._shown: Mapping[str, str] = {}
        row = QHBoxLayout()
        row.setSpacing(unit)
        row.addWidget(self.field, 1)
        row.addWidget(self.filters)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(2 * unit, 2 * unit, 2 * unit, unit)
        layout.setSpacing(unit + unit // 2)
        layout.addLayout(row)
        layout.addWidget(self._chips)
        self._chips.hide()

    def flush(self) -> None:
        """Tell the text now, if it is another one than last time."""
        self._timer.stop()
        text = self.field.text().strip()
        if text != self._last:
            self._last = text
            self.text_changed.emit(text)

    def set_text(self, text: str) -> None:
        """Search for something at once."""
        self.field.setText(text)
        self.flush()

    def show_filters(self, active: Mapping[str, str]) -> None:
        """Show the filters that are on as buttons that take them off: words by key."""
        if active == self._shown:
            return
        self._shown = dict(active)
        self._chip_layout.clear()
        for key, words in active.items():
            self._chip_layout.addWidget(self._chip(key, words))
        self._chips.setVisible(bool(active))
        count = len(active)
        self.filters.setText(
            self.tr("Filters ({count})").format(count=count) if count else self.tr("Filters"))

    def _chip(self, key: str, words: str) -> QPushButton:
        unit = look.unit(self.font())
        chip = QPushButton(theme_icon("mIconClearText"), words)
        chip.setIconSize(QSize(3 * unit, 3 * unit))
        chip.setAutoDefault(False)
        chip.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
        tip = self.tr("Take off the filter “{filter}”").format(filter=words)
        chip.setToolTip(tip)
        chip.setAccessibleName(tip)
        chip.clicked.connect(lambda: self.filter_removed.emit(key))
        return chip


class ResultLine(QWidget):
    """The number of datasets found, and the order they are in."""

    sort_changed = pyqtSignal(str)
    """One of core.clms.query.SORTS."""

    def __init__(self, parent: Optional[QWidget] = None) -> None:
        super().__init__(parent)
        unit = look.unit(self.font())
        self.sort = "relevance"
        self.count = ElidedLabel(rank="secondary")
        self.button = QPushButton(theme_icon("sort"), "")
        self.button.setIconSize(QSize(4 * unit, 4 * unit))
        self.button.setFlat(True)
        self.button.setAutoDefault(False)
        self.button.setToolTip(self.tr("Order of the list"))
        self.button.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        menu = QMenu(self.button)
        group = QActionGroup(menu)
        self._words = {
            "relevance": self.tr("Best match"), "title": self.tr("Title"),
            "newest": self.tr("Newest"), "finest": self.tr("Finest"),
        }
        for sort, words in self._words.items():
            action = menu.addAction(words)
            action.setCheckable(True)
            action.setChecked(sort == self.sort)
            group.addAction(action)
            action.triggered.connect(lambda _checked, s=sort: self.set_sort(s))
        self.button.setMenu(menu)
        self._name_button()
        layout = QHBoxLayout(self)
        layout.setContentsMargins(2 * unit, 0, unit, 0)
        layout.addWidget(self.count, 1)
        layout.addWidget(self.button)

    def set_count(self, found: int, whole: int) -> None:
        """Say how many datasets are shown."""
        self.count.setText(self.tr("{found} of {whole} datasets").format(
            found=found, whole=whole))

    def set_sort(self, sort: str) -> None:
        """Choose another order."""
        if sort != self.sort:
            self.sort = sort
            self._name_button()
            self.sort_changed.emit(sort)

    def _name_button(self) -> None:
        """Name the order; themes forget the arrow of the menu in the width of the button."""
        words, unit = self._words[self.sort], look.unit(self.font())
        self.button.setText(words)
        self.button.setMinimumWidth(
            self.button.fontMetrics().horizontalAdvance(words) + 14 * unit)
