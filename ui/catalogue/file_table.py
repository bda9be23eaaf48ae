"""The prepackaged files of a dataset: a table to tick in."""

from __future__ import annotations

from typing import Optional, Sequence

from qgis.gui import QgsFilterLineEdit
from qgis.PyQt.QtCore import QSortFilterProxyModel, Qt, pyqtSignal
from qgis.PyQt.QtWidgets import QAbstractItemView, QTableView, QVBoxLayout, QWidget

from ...core.clms.models import PackagedFile
from .. import look
from .file_model import SORT_ROLE, FileModel

FEW = 12
"""From this many files on, a field to search among them is worth its place."""


class FileTable(QWidget):
    """The table, and a field to search in it where there are many files."""

    ticked_changed = pyqtSignal()

    def __init__(self, parent: Optional[QWidget] = None) -> None:
        super().__init__(parent)
        unit = look.unit(self.font())
        self.model = FileModel(self)
        self.model.ticked_changed.connect(self.ticked_changed)
        self.proxy = QSortFilterProxyModel(self)
        self.proxy.setSourceModel(self.model)
        self.proxy.setSortRole(SORT_ROLE)
        self.proxy.setFilterKeyColumn(-1)
        self.proxy.setFilterCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        self.field = QgsFilterLineEdit()
        self.field.setShowSearchIcon(True)
        self.field.setPlaceholderText(self.tr("Search files"))
        self.field.textChanged.connect(self.proxy.setFilterFixedString)
        self.view = QTableView()
        self.view.setModel(self.proxy)
        self.view.setSortingEnabled(True)
        self.view.sortByColumn(-1, Qt.SortOrder.AscendingOrder)
        self.view.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.view.setShowGrid(False)
        self.view.verticalHeader().hide()
        self.view.horizontalHeader().setStretchLastSection(True)
        self.view.setAccessibleName(self.tr("Prepackaged files"))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(unit + unit // 2)
        layout.addWidget(self.field)
        layout.addWidget(self.view)

    def set_files(self, files: Sequence[PackagedFile]) -> None:
        """Show the files of another dataset."""
        unit = look.unit(self.font())
        self.field.clear()
        self.model.set_files(files)
        self.field.setVisible(len(files) > FEW)
        self.view.resizeColumnsToContents()
        self.view.setColumnWidth(0, min(self.view.columnWidth(0), 72 * unit))
        rows = min(max(3, len(files)), 10) + 2
        self.view.setMinimumHeight(rows * self.view.verticalHeader().defaultSectionSize())
