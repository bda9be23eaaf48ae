"""The filters beside or above the list."""

from __future__ import annotations

from typing import Optional

from qgis.PyQt.QtCore import QModelIndex, QRect, QSize, Qt, pyqtSignal
from qgis.PyQt.QtGui import QFontMetrics, QPainter
from qgis.PyQt.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QToolButton,
    QTreeView,
    QVBoxLayout,
    QWidget,
)

from .. import look, painting
from ..parts import section
from .filter_choice import NOTHING
from .filter_model import FilterModel, FilterRole


class FilterDelegate(QStyledItemDelegate):
    """Paints an option as the style does, and its count at the right end."""

    def initStyleOption(self, option: QStyleOptionViewItem, index: QModelIndex) -> None:
        """Make groups bold."""
        super().initStyleOption(option, index)
        if not index.parent().isValid():
            option.font = look.bold(option.font)
            option.fontMetrics = QFontMetrics(option.font)

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex) -> QSize:
        """Return the size of a row: 20 px at 96 dpi."""
        size = super().sizeHint(option, index)
        return QSize(size.width(), max(size.height(), 5 * look.unit(option.font)))

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex
    ) -> None:
        """Draw the row, cut before its count."""
        unit = look.unit(option.font)
        words = self._count_words(index)
        width = painting.width_of(words, option.font)
        inner = QStyleOptionViewItem(option)
        if words:
            inner.rect = option.rect.adjusted(0, 0, -width - 2 * unit, 0)
        super().paint(painter, inner, index)
        colours = painting.row_colours(option)
        is_group = not index.parent().isValid()
        place = QRect(option.rect.right() - width - unit, option.rect.top(), width + 1,
                      option.rect.height())
        painter.save()
        if colours.background is not None and words:
            painter.fillRect(option.rect.adjusted(inner.rect.width(), 0, 0, 0),
                             colours.background)
        painting.draw_text(painter, place, words, option.font,
                           colours.mark if is_group else colours.second, right=True)
        painter.restore()

    def _count_words(self, index: QModelIndex) -> str:
        count = index.data(FilterRole.COUNT)
        if index.parent().isValid():
            return str(count)
        return self.tr("{count} on").format(count=count) if count else ""


class FilterPane(QWidget):
    """Head and tree. Further facets are further groups of the model."""

    choice_changed = pyqtSignal(object)
    """A FilterChoice, when the user changed it."""

    def __init__(self, parent: Optional[QWidget] = None) -> None:
        super().__init__(parent)
        unit = look.unit(self.font())
        self.model = FilterModel(self)
        self.model.choice_changed.connect(self.choice_changed)
        self.tree = QTreeView()
        self.tree.setModel(self.model)
        self.tree.setItemDelegate(FilterDelegate(self.tree))
        self.tree.setHeaderHidden(True)
        self.tree.setFrameShape(QFrame.Shape.NoFrame)
        self.tree.setIndentation(4 * unit)
        self.tree.setUniformRowHeights(True)
        self.tree.setTextElideMode(Qt.TextElideMode.ElideRight)
        self.tree.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.tree.setAccessibleName(self.tr("Filters"))
        self.tree.expand(self.model.availability.index())
        self.tree.expand(self.model.components.index())
        self._clear = QToolButton()
        self._clear.setText(self.tr("Clear all"))
        self._clear.setAutoRaise(True)
        self._clear.clicked.connect(lambda: self.choice_changed.emit(NOTHING))
        head = QHBoxLayout()
        head.setContentsMargins(2 * unit, unit, unit, unit)
        head.addWidget(section(self.tr("Filters")), 1)
        head.addWidget(self._clear)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addLayout(head)
        layout.addWidget(self.tree, 1)

    def sizeHint(self) -> QSize:
        """Return the size beside a list: 248 px wide at 96 dpi."""
        return QSize(62 * look.unit(self.font()), super().sizeHint().height())

    def minimumSizeHint(self) -> QSize:
        """Return a size at which it can still be used."""
        unit = look.unit(self.font())
        return QSize(16 * unit, 20 * unit)

    def full_height(self) -> int:
        """Return the height at which nothing needs to scroll."""
        rows, index = 0, self.model.index(0, 0)
        while index.isValid():
            rows += 1
            index = self.tree.indexBelow(index)
        row = self.tree.sizeHintForRow(0)
        return self._clear.sizeHint().height() + rows * row + 3 * look.unit(self.font())
