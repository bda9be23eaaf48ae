"""The list of shown series: choose, hide, keep and remove them."""

from __future__ import annotations

from typing import Optional

from qgis.PyQt.QtCore import QPoint, Qt
from qgis.PyQt.QtGui import QKeyEvent
from qgis.PyQt.QtWidgets import QAbstractItemView, QHeaderView, QMenu, QTreeView, QWidget

from ..icons import theme_icon
from .series_model import KEPT, NAME, VELOCITY, SeriesModel


class SeriesList(QTreeView):
    """One row per series; a click makes its place the current one, Delete takes it out."""

    def __init__(self, model: SeriesModel, parent: Optional[QWidget] = None) -> None:
        super().__init__(parent)
        self._series = model
        self.setModel(model)
        self.setAccessibleName(self.tr("Series in the chart"))
        self.setRootIsDecorated(False)
        self.setUniformRowHeights(True)
        self.setFrameShape(QTreeView.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        header = self.header()
        header.setStretchLastSection(False)
        header.setSectionResizeMode(NAME, QHeaderView.ResizeMode.Stretch)
        for column in (VELOCITY, KEPT):
            header.setSectionResizeMode(column, QHeaderView.ResizeMode.ResizeToContents)
        self.customContextMenuRequested.connect(self._show_menu)
        self.clicked.connect(lambda index: model.select(model.shown[index.row()].place))

    def remove_selected(self) -> None:
        """Take the selected series out of the chart."""
        self._series.remove([index.row() for index in self.selectionModel().selectedRows()])

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Delete takes series out."""
        if event.key() == Qt.Key.Key_Delete:
            self.remove_selected()
        else:
            super().keyPressEvent(event)

    def _show_menu(self, position: QPoint) -> None:
        if not self.indexAt(position).isValid():
            return
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        remove = menu.addAction(
            theme_icon("mActionDeleteSelected"), self.tr("Remove from the chart"))
        remove.triggered.connect(self.remove_selected)
        menu.popup(self.viewport().mapToGlobal(position))
