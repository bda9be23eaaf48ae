"""One dataset: head, and four tabs about it."""

from __future__ import annotations

from typing import Callable, Optional, Sequence

from qgis.PyQt.QtCore import Qt, pyqtSignal
from qgis.PyQt.QtGui import QKeySequence, QResizeEvent
from qgis.PyQt.QtWidgets import QShortcut, QStackedWidget, QTabWidget, QVBoxLayout, QWidget

from ...core.aoi.area import Area
from ...core.clms.models import Dataset
from ...core.library.entry import LibraryEntry
from .about_form import AboutForm
from .dataset_words import key
from .details_head import DetailsHead
from .documents_form import DocumentsForm
from .egms_form import EgmsForm
from .elsewhere_form import ElsewhereForm
from .map_form import MapForm
from .order_form import OrderForm
from .thumbnails import Start, Thumbnails

TABS = ("about", "get", "map", "documents")


class DetailsPanel(QWidget):
    """Shows a dataset. page_of: returns its address on the web."""

    back_requested = pyqtSignal()
    favourite_changed = pyqtSignal(str, bool)
    page_requested = pyqtSignal(str)

    def __init__(
        self, thumbnails: Thumbnails, start: Start, page_of: Callable[[Dataset], str],
        parent: Optional[QWidget] = None,
    ) -> None:
        super().__init__(parent)
        self._page_of = page_of
        self._dataset: Optional[Dataset] = None
        self._area: Optional[Area] = None
        self._family: Sequence[Dataset] = ()
        self.head = DetailsHead(thumbnails)
        self.about = AboutForm()
        self.order = OrderForm()
        self.egms = EgmsForm(start)
        self.elsewhere = ElsewhereForm()
        self.map = MapForm()
        self.documents = DocumentsForm()
        self.get_data = QStackedWidget()
        for form in (self.order, self.egms, self.elsewhere):
            self.get_data.addWidget(form)
        self.tabs = QTabWidget()
        self.tabs.setDocumentMode(True)
        self.tabs.setUsesScrollButtons(False)
        self.tabs.setElideMode(Qt.TextElideMode.ElideRight)
        titles = (self.tr("About"), self.tr("Get data"), self.tr("View on map"),
                  self.tr("Documents"))
        for form, title in zip((self.about, self.get_data, self.map, self.documents), titles):
            self.tabs.addTab(form, title)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self.head)
        layout.addWidget(self.tabs, 1)
        self._connect()
        self._add_shortcuts()

    @property
    def dataset(self) -> Optional[Dataset]:
        """Return the dataset that is shown."""
        return self._dataset

    def set_dataset(
        self, dataset: Dataset, family: Sequence[Dataset], is_favourite: bool, tab: str = "get"
    ) -> None:
        """Show a dataset. family: the datasets of its product. tab: one of TABS."""
        self._dataset, self._family = dataset, family
        page = self._page_of(dataset)
        self.head.set_dataset(dataset, is_favourite)
        self.about.set_dataset(dataset, family, self._area, page)
        self.map.set_dataset(dataset)
        self.documents.set_dataset(dataset, page)
        if dataset.in_archive:
            self.egms.set_dataset(dataset, page)
            self.get_data.setCurrentWidget(self.egms)
        elif dataset.elsewhere:
            self.elsewhere.set_dataset(dataset, page)
            self.get_data.setCurrentWidget(self.elsewhere)
        else:
            self.order.set_dataset(dataset, page)
            self.get_data.setCurrentWidget(self.order)
        self.show_tab(tab)

    def show_tab(self, name: str) -> None:
        """Bring one of TABS to the front."""
        self.tabs.setCurrentIndex(TABS.index(name))

    def set_area(self, area: Optional[Area]) -> None:
        """Follow the area."""
        self._area = area
        self.order.set_area(area)
        self.egms.set_area(area)
        if self._dataset is not None:
            self.about.set_dataset(
                self._dataset, self._family, area, self._page_of(self._dataset))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Shorten the longest title before any title is cut."""
        super().resizeEvent(event)
        number = TABS.index("map")
        self.tabs.setTabText(number, self.tr("View on map"))
        if self.tabs.tabBar().sizeHint().width() > self.width():
            self.tabs.setTabText(number, self.tr("Map"))

    def set_on_disk(self, uid: str, entries: Sequence[LibraryEntry]) -> None:
        """Say that a dataset is on disk for the area, if it is still the one shown."""
        if self._dataset is not None and key(self._dataset) == uid:
            self.order.set_on_disk(entries)

    def _connect(self) -> None:
        self.head.back_requested.connect(self.back_requested)
        self.head.favourite_changed.connect(self._tell_favourite)
        self.head.page_requested.connect(self._open_page)
        self.documents.page_requested.connect(self.page_requested)
        self.elsewhere.page_requested.connect(self.page_requested)

    def _add_shortcuts(self) -> None:
        """Backspace and Alt+Left go back, Ctrl+1 to Ctrl+4 are the tabs."""
        keys = {"Backspace": self.back_requested.emit, "Alt+Left": self.back_requested.emit}
        for number, name in enumerate(TABS, 1):
            keys[f"Ctrl+{number}"] = lambda tab=name: self.show_tab(tab)
        for keys_, action in keys.items():
            shortcut = QShortcut(QKeySequence(keys_), self)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(action)

    def _tell_favourite(self, on: bool) -> None:
        if self._dataset is not None:
            self.favourite_changed.emit(key(self._dataset), on)

    def _open_page(self) -> None:
        if self._dataset is not None:
            self.page_requested.emit(self._page_of(self._dataset))
