"""The list of EGMS files."""

from __future__ import annotations

from typing import Optional

from qgis.PyQt.QtCore import QEvent, QModelIndex, Qt, pyqtSignal
from qgis.PyQt.QtWidgets import QAbstractItemView, QListView, QWidget

from .hit_delegate import HitDelegate
from .hit_model import HitModel

MOST_ROWS = 6
"""Rows that are shown without scrolling."""


class HitList(QListView):
    """Space and a click tick a row; the row under the pointer is told."""

    hovered = pyqtSignal(QModelIndex)
    """The row under the pointer or the keyboard; an invalid one when there is none."""

    def __init__(self, model: HitModel, parent: Optional[QWidget] = None) -> None:
        super().__init__(parent)
        self.setModel(model)
        self.setItemDelegate(HitDelegate(self))
        self.setMouseTracking(True)
        self.setUniformItemSizes(True)
        self.setResizeMode(QListView.ResizeMode.Adjust)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setAccessibleName(self.tr("EGMS files"))
        self.entered.connect(self.hovered)
        self.selectionModel().currentChanged.connect(
            lambda current, _previous: self.hovered.emit(current))

    def fit(self) -> None:
        """Take the height of the rows, up to MOST_ROWS."""
        rows = min(self.model().rowCount(), MOST_ROWS)
        self.setFixedHeight(rows * self.sizeHintForRow(0) + 2 * self.frameWidth())

    def leaveEvent(self, event: QEvent) -> None:
        """Tell that the pointer is over no row."""
        super().leaveEvent(event)
        self.hovered.emit(QModelIndex())
