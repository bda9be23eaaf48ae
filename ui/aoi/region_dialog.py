"""Choose a NUTS region or a country by name, code or in the tree."""

from __future__ import annotations

from typing import Optional

from qgis.gui import QgsFilterLineEdit
from qgis.PyQt.QtCore import QEvent, QModelIndex, QObject, Qt, pyqtSignal
from qgis.PyQt.QtWidgets import QHeaderView, QStackedWidget, QTreeView, QWidget

from ...core.aoi.gisco import ATTRIBUTION
from ...core.aoi.nuts import NutsIndex
from ..labels import NoteLabel
from ..look import unit
from .choice_dialog import ChoiceDialog
from .region_model import CODE, CODE_ROLE, LEVEL, NAME, RegionModel


class RegionDialog(ChoiceDialog):
    """A search field over the tree of regions."""

    region_chosen = pyqtSignal(str)
    """The code of the region."""

    def __init__(
        self, index: NutsIndex, countries_only: bool = False, parent: Optional[QWidget] = None
    ) -> None:
        super().__init__(parent)
        if countries_only:
            self.name(self.tr("Country"), self.tr("Use this country"))
        else:
            self.name(self.tr("NUTS region"), self.tr("Use this region"))
        self._model = RegionModel(index, countries_only, self)
        self._search = self._new_search(countries_only)
        self._tree = self._new_tree(countries_only)
        self._nothing = NoteLabel(parent=self)
        self._nothing.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._pages = QStackedWidget(self)
        self._pages.addWidget(self._tree)
        self._pages.addWidget(self._nothing)
        self._lay_out()
        self._connect()
        self._find("")
        self._search.setFocus()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Let Down and Up in the search field move in the list."""
        if watched is self._search and event.type() == QEvent.Type.KeyPress:
            if event.key() == Qt.Key.Key_Down:
                self._tree.setFocus()
                return True
        return super().eventFilter(watched, event)

    def _new_search(self, countries_only: bool) -> QgsFilterLineEdit:
        field = QgsFilterLineEdit(self)
        field.setShowSearchIcon(True)
        field.setPlaceholderText(
            self.tr("Name or code, such as Brazil or BR") if countries_only
            else self.tr("Name or code, such as Milano or ITC4C"))
        field.setAccessibleName(self.tr("Search regions"))
        field.installEventFilter(self)
        return field

    def _new_tree(self, countries_only: bool) -> QTreeView:
        tree = QTreeView(self)
        tree.setModel(self._model)
        tree.setUniformRowHeights(True)
        tree.setAllColumnsShowFocus(True)
        tree.setExpandsOnDoubleClick(False)
        tree.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        tree.setAccessibleName(self.tr("Regions"))
        header = tree.header()
        header.setStretchLastSection(False)
        header.setSectionResizeMode(NAME, QHeaderView.ResizeMode.Stretch)
        for column in (CODE, LEVEL):
            header.setSectionResizeMode(column, QHeaderView.ResizeMode.ResizeToContents)
        tree.setColumnHidden(LEVEL, countries_only)
        return tree

    def _lay_out(self) -> None:
        u = unit(self.font())
        layout = self.column()
        layout.addWidget(self._search)
        layout.addWidget(self._pages, 1)
        layout.addWidget(NoteLabel(ATTRIBUTION, parent=self))
        layout.addWidget(self._buttons)
        self.resize(120 * u, 110 * u)

    def _connect(self) -> None:
        self._search.textChanged.connect(self._find)
        self._tree.doubleClicked.connect(self.accept)
        self._tree.selectionModel().currentChanged.connect(self._current_changed)

    def accept(self) -> None:
        """Tell the chosen region and close; without one, stay."""
        code = self._tree.currentIndex().data(CODE_ROLE)
        if code:
            self.region_chosen.emit(code)
            super().accept()

    def _find(self, text: str) -> None:
        self._model.search(text)
        self._tree.setRootIsDecorated(self._model.is_tree)
        found = self._model.rowCount() > 0
        self._pages.setCurrentWidget(self._tree if found else self._nothing)
        if not found:
            self._nothing.set_note(
                self.tr("Nothing found for “{text}”. Try the code or another spelling.").format(
                    text=text.strip()))
        first = self._model.index(0, NAME) if text.strip() else QModelIndex()
        self._tree.setCurrentIndex(first)
        self._current_changed(first)

    def _current_changed(self, index: QModelIndex) -> None:
        self._use.setEnabled(index.isValid())
