"""Search and list: the first page of the Catalogue tab."""

from __future__ import annotations

from typing import Optional, Sequence

from qgis.PyQt.QtCore import pyqtSignal
from qgis.PyQt.QtGui import QResizeEvent
from qgis.PyQt.QtWidgets import QBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from ...core.aoi.area import Area
from ...core.clms.catalogue import Catalogue
from ...core.clms.facets import Facets
from ...core.clms.models import Dataset
from ...core.clms.query import CatalogueQuery
from .. import look
from ..parts import Line
from .catalogue_model import CatalogueModel
from .dataset_list import DatasetList
from .filter_choice import NOTHING, FilterChoice
from .filter_pane import FilterPane
from .result_states import CatalogueNote, EmptyStates
from .search_head import ResultLine, SearchHead
from .thumbnails import Thumbnails

WIDE = 160
"""Width in u from which the filters stand beside the list."""
_ANY = 16777215
"""Qt's "no maximum"."""


class BrowsePage(QWidget):
    """Everything follows the text, the filters and the area at once; there is no Apply."""

    query_changed = pyqtSignal(object)
    """The CatalogueQuery that is shown now."""

    def __init__(self, thumbnails: Thumbnails, parent: Optional[QWidget] = None) -> None:
        super().__init__(parent)
        self._unit = look.unit(self.font())
        self._catalogue: Optional[Catalogue] = None
        self._facets: Optional[Facets] = None
        self._area: Optional[Area] = None
        self._places: dict[str, tuple[str, ...]] = {}
        self._choice = FilterChoice()
        self._query = CatalogueQuery()
        self._browsing = False
        self._reading = False
        self._problem = ""
        self.model = CatalogueModel(thumbnails, self)
        self.note = CatalogueNote()
        self.head = SearchHead()
        self.pane = FilterPane()
        self.line = ResultLine()
        self.list = DatasetList(self.model)
        self.states = EmptyStates()
        self._lay_out()
        self._connect()

    def set_catalogue(self, catalogue: Catalogue) -> None:
        """Show a catalogue; call it again when its content was read anew."""
        self._catalogue = catalogue
        self._facets = Facets(catalogue.search)
        self._places = {component: tuple(products)
                        for component, products in catalogue.tree().items()}
        self._reading = False
        self._problem = ""
        self.note.set_fetched(catalogue.fetched_at)
        self.note.set_problem("")
        self.pane.model.set_places(self._places)
        self.update_list()

    def set_reading(self) -> None:
        """Say that the catalogue is being read; an old list stays."""
        self._reading = True
        self.update_list()

    def set_problem(self, sentence: str) -> None:
        """Say why the catalogue could not be read anew; an old list stays."""
        self._reading, self._problem = False, sentence
        self.note.set_problem(sentence if self._datasets() else "")
        self.update_list()

    def set_area(self, area: Optional[Area]) -> None:
        """Follow the area."""
        self._area = area
        self.update_list()

    def set_choice(self, choice: FilterChoice) -> None:
        """Switch filters on and off."""
        if choice != self._choice:
            self._choice = choice
            self.pane.model.set_choice(choice)
            self.update_list()

    @property
    def choice(self) -> FilterChoice:
        """Return the filters that are on."""
        return self._choice

    def search(self, text: str) -> None:
        """Search for something at once."""
        self._browsing = True
        self.head.set_text(text)
        self.update_list()

    def update_list(self) -> None:
        """Search, and show what was found, the counts, or why there is nothing."""
        query = self._choice.query(
            self.head.field.text().strip(), self.line.sort,
            self._area.bbox if self._area is not None else None, self._places)
        found = self._catalogue.search(query) if self._catalogue else []
        current = self.list.current_uid()
        self.model.set_datasets(found)
        self.list.select(current)
        active = self._choice.active(self._area is not None)
        self.head.show_filters(active)
        self.line.set_count(len(found), len(self._datasets()))
        self._choose_page(query, found, list(active.values()))
        changed, self._query = query != self._query, query
        if self.head.filters.isChecked():
            self._count()
        if changed:
            self.query_changed.emit(query)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Put the filters beside or above the list."""
        super().resizeEvent(event)
        self._arrange()

    def _lay_out(self) -> None:
        unit = self._unit
        self.pane.hide()
        self._pages = QStackedWidget()
        self._pages.addWidget(self.list)
        self._pages.addWidget(self.states)
        self._found = QWidget()
        right = QVBoxLayout(self._found)
        right.setContentsMargins(0, 0, 0, 0)
        right.setSpacing(0)
        for widget in (self.line, Line(), self._pages):
            right.addWidget(widget)
        self._body = QBoxLayout(QBoxLayout.Direction.TopToBottom)
        self._body.setSpacing(1)
        self._body.addWidget(self.pane)
        self._body.addWidget(self._found, 1)
        notes = QVBoxLayout()
        notes.setContentsMargins(2 * unit, 2 * unit, 2 * unit, 0)
        notes.addWidget(self.note)
        self._notes = QWidget()
        self._notes.setLayout(notes)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self._notes)
        layout.addWidget(self.head)
        layout.addLayout(self._body, 1)
        self._notes.hide()

    def _connect(self) -> None:
        self.head.text_changed.connect(lambda _text: self.update_list())
        self.head.filters_toggled.connect(self._show_pane)
        self.head.filter_removed.connect(lambda key: self.set_choice(self._choice.without(key)))
        self.head.field.left_down.connect(self.list.setFocus)
        self.head.field.left_down.connect(self._select_first)
        self.line.sort_changed.connect(lambda _sort: self.update_list())
        self.pane.choice_changed.connect(self.set_choice)
        self.states.filters_cleared.connect(lambda: self.set_choice(NOTHING))
        self.states.text_requested.connect(self.search)
        self.states.browse_requested.connect(self._browse)
        self.note.shown_changed.connect(self._notes.setVisible)

    def _choose_page(
        self, query: CatalogueQuery, found: Sequence[Dataset], filters: Sequence[str]
    ) -> None:
        """Show the list, or why there is nothing in it."""
        asks_area = self._asks_for_area(query)
        if asks_area:
            self.states.ask_for_area()
        elif self._catalogue is None or not self._datasets():
            self.states.say_no_catalogue(self._reading, self._problem)
        elif not found:
            self._say_no_match(self._catalogue, query, filters)
        self.head.setVisible(not asks_area)
        self.line.setVisible(not asks_area)
        nothing = asks_area or not found
        self._pages.setCurrentWidget(self.states if nothing else self.list)

    def _asks_for_area(self, query: CatalogueQuery) -> bool:
        """Return whether this is the very beginning: no area, nothing looked for."""
        plain = CatalogueQuery(sort=query.sort)
        return (self._area is None and not self._browsing and query == plain
                and bool(self._datasets()))

    def _say_no_match(
        self, catalogue: Catalogue, query: CatalogueQuery, filters: Sequence[str]
    ) -> None:
        words = query.text.split()
        first = words[0].strip('"') if len(words) > 1 else ""
        if first and not catalogue.search(CatalogueQuery(text=first)):
            first = ""
        unfiltered = catalogue.search(CatalogueQuery(text=query.text))
        self.states.say_no_match(query.text, filters, len(unfiltered), first)

    def _browse(self) -> None:
        self._browsing = True
        self.update_list()
        self.head.field.setFocus()

    def _select_first(self) -> None:
        if not self.list.currentIndex().isValid() and self.model.rowCount():
            self.list.setCurrentIndex(self.model.index(0))

    def _show_pane(self, on: bool) -> None:
        self.pane.setVisible(on)
        if on:
            self._count()
        self._arrange()

    def _count(self) -> None:
        if self._facets is not None:
            box = self._area.bbox if self._area is not None else None
            self.pane.model.set_counts(self._facets.counts(self._query, box), box is not None)

    def _arrange(self) -> None:
        wide = self.width() >= WIDE * self._unit
        direction = QBoxLayout.Direction
        self._body.setDirection(direction.LeftToRight if wide else direction.TopToBottom)
        # No minimum: the pane must not keep the dock from becoming narrow again.
        self.pane.setMaximumWidth(self.pane.sizeHint().width() if wide else _ANY)
        self.pane.setMaximumHeight(
            _ANY if wide else min(self.height() // 2, self.pane.full_height()))

    def _datasets(self) -> Sequence[Dataset]:
        return self._catalogue.datasets if self._catalogue else ()
