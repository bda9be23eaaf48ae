"""The Catalogue tab: the list of datasets, and the details of one."""

from __future__ import annotations

from typing import Collection, Mapping, Optional, Sequence

from qgis.PyQt.QtCore import pyqtSignal
from qgis.PyQt.QtWidgets import QStackedWidget, QWidget

from ...core.aoi.area import Area
from ...core.clms.catalogue import Catalogue
from ...core.clms.models import Dataset
from ...core.egms.hits import Hit
from ...core.library.entry import LibraryEntry
from .browse_page import BrowsePage
from .dataset_words import key
from .details_panel import DetailsPanel
from .filter_choice import FilterChoice
from .thumbnails import Start, Thumbnails


class CataloguePanel(QStackedWidget):
    """Takes data by its setters, tells wishes by its signals, does no network work.

    thumbnails: also for others who show datasets. start: runs work(stop, progress) beside the
    GUI, then done(result) or failed(error). portal: address of the API, for web pages.
    """

    item_added = pyqtSignal(object)
    """A CartItem."""
    order_requested = pyqtSignal(list)
    """CartItems to be sent at once."""
    layer_requested = pyqtSignal(object, object, object, float)
    """Dataset, MapService, names of its layers, opacity 0…1."""
    dataset_opened = pyqtSignal(str)
    """UID of a dataset whose details are on screen; set_on_disk() is a good answer."""
    page_requested = pyqtSignal(str)
    library_requested = pyqtSignal(str)
    """Folder of an order on disk that is to be opened on the map."""
    key_import_requested = pyqtSignal()
    refresh_requested = pyqtSignal()
    area_way_requested = pyqtSignal(str)
    """"view", "box", "nuts" or "menu"."""
    egms_search_requested = pyqtSignal(dict)
    footprints_changed = pyqtSignal(list)
    favourite_changed = pyqtSignal(str, bool)
    query_changed = pyqtSignal(object)
    """The CatalogueQuery that the list shows."""

    def __init__(
        self, thumbnails: Thumbnails, start: Start, portal: str,
        parent: Optional[QWidget] = None,
    ) -> None:
        super().__init__(parent)
        self._site = portal[:-len("/api")] if portal.endswith("/api") else portal
        self._catalogue: Optional[Catalogue] = None
        self._area: Optional[Area] = None
        self._favourites: set[str] = set()
        self._thumbnails = thumbnails
        self.browse = BrowsePage(thumbnails)
        self.details = DetailsPanel(thumbnails, start, self.page_of)
        self.addWidget(self.browse)
        self.addWidget(self.details)
        self._connect_browse()
        self._connect_details()

    def set_catalogue(self, catalogue: Catalogue) -> None:
        """Show a catalogue; call it again when its content was read anew."""
        self._catalogue = catalogue
        self._thumbnails.ask_again()
        self.browse.set_catalogue(catalogue)

    def set_reading(self) -> None:
        """Say that the catalogue is being read; set_catalogue() or set_refresh_problem() ends."""
        self.browse.set_reading()

    def set_refresh_problem(self, sentence: str) -> None:
        """Say why the catalogue could not be read anew."""
        self.browse.set_problem(sentence)

    def set_area(self, area: Optional[Area]) -> None:
        """Follow the area."""
        self._area = area
        self.browse.set_area(area)
        self.details.set_area(area)
        if self.details.dataset is not None:
            self.dataset_opened.emit(key(self.details.dataset))

    def set_connection(self, connection: str) -> None:
        """Say "ready", "no_key" or "offline"."""
        self.browse.note.set_connection(connection)

    def set_on_disk(self, uid: str, entries: Sequence[LibraryEntry]) -> None:
        """Say what the library has of a dataset for the area, the newest first."""
        self.details.set_on_disk(uid, entries)

    def set_places_on_disk(self, places: Mapping[str, str]) -> None:
        """Say on the cards what is on disk: name of the area by UID."""
        self.browse.model.set_on_disk(places)

    def set_favourites(self, uids: Collection[str]) -> None:
        """Say which datasets are favourites."""
        self._favourites = set(uids)

    def set_egms_releases(self, releases: Sequence[str]) -> None:
        """Offer the releases of the EGMS archive, the newest first."""
        self.details.egms.set_releases(releases)

    def set_egms_hits(self, hits: Sequence[Hit]) -> None:
        """Answer egms_search_requested with files."""
        self.details.egms.set_hits(hits)

    def set_egms_error(self, sentence: str) -> None:
        """Answer egms_search_requested with what went wrong."""
        self.details.egms.set_error(sentence)

    def set_egms_on_disk(self, names: Collection[str]) -> None:
        """Say which files of the EGMS archive are on disk."""
        self.details.egms.set_on_disk(names)

    def search(self, text: str) -> None:
        """Show the list for a search text."""
        self.setCurrentWidget(self.browse)
        self.browse.search(text)

    def open_dataset(self, uid: str, tab: str = "get") -> bool:
        """Show the details of a dataset; return False if the catalogue does not have it."""
        if not self._fill_details(uid, tab):
            return False
        self.setCurrentWidget(self.details)
        self.dataset_opened.emit(uid)
        return True

    def show_list(self) -> None:
        """Go back to the list, to the same row."""
        if self.currentWidget() is not self.browse:
            self.setCurrentWidget(self.browse)
            if self.details.dataset is not None:
                self.browse.list.select(key(self.details.dataset))
            self.browse.list.setFocus()

    def page_of(self, dataset: Dataset) -> str:
        """Return the address of a dataset's web page, "" if it has none."""
        return self._site + dataset.path if dataset.path else ""

    def _connect_browse(self) -> None:
        browse = self.browse
        browse.query_changed.connect(self.query_changed)
        browse.list.opened.connect(self.open_dataset)
        browse.list.cart_wanted.connect(self._add_to_cart)
        browse.list.map_wanted.connect(self._add_to_map)
        browse.states.area_way_requested.connect(self.area_way_requested)
        browse.states.refresh_requested.connect(self.refresh_requested)
        browse.note.refresh_requested.connect(self.refresh_requested)
        browse.note.key_import_requested.connect(self.key_import_requested)
        browse.note.page_requested.connect(self.page_requested)

    def _connect_details(self) -> None:
        details = self.details
        details.back_requested.connect(self.show_list)
        details.page_requested.connect(self.page_requested)
        details.favourite_changed.connect(self._set_favourite)
        details.about.dataset_requested.connect(self.open_dataset)
        details.about.family_requested.connect(self._show_family)
        details.map.layer_requested.connect(self.layer_requested)
        details.order.library_requested.connect(self.library_requested)
        details.egms.search_requested.connect(self.egms_search_requested)
        details.egms.footprints_changed.connect(self.footprints_changed)
        for form in (details.order, details.egms):
            form.item_added.connect(self.item_added)
            form.order_requested.connect(self.order_requested)

    def _find(self, uid: str) -> Optional[Dataset]:
        datasets = self._catalogue.datasets if self._catalogue else ()
        return next((dataset for dataset in datasets if key(dataset) == uid), None)

    def _fill_details(self, uid: str, tab: str) -> bool:
        dataset = self._find(uid)
        if dataset is None or self._catalogue is None:
            return False
        family = self._catalogue.tree().get(dataset.component, {}).get(dataset.product, [])
        self.details.set_dataset(dataset, family, uid in self._favourites, tab)
        return True

    def _add_to_cart(self, uid: str) -> None:
        """Add a dataset as it is stored; where something must be chosen, ask for it."""
        order = self.details.order
        ready = self._fill_details(uid, "get") and order.can_order() \
            and self.details.get_data.currentWidget() is order and not order.options.has_time
        if ready:
            self.item_added.emit(order.item())
        else:
            self.open_dataset(uid)

    def _add_to_map(self, uid: str) -> None:
        dataset = self._find(uid)
        if dataset is not None and dataset.services:
            service = dataset.services[0]
            names = tuple(name for name, _title in service.layers[:1])
            self.layer_requested.emit(dataset, service, names, 1.0)

    def _set_favourite(self, uid: str, on: bool) -> None:
        (self._favourites.add if on else self._favourites.discard)(uid)
        self.favourite_changed.emit(uid, on)

    def _show_family(self, component: str, product: str) -> None:
        self.setCurrentWidget(self.browse)
        self.browse.search("")
        self.browse.set_choice(FilterChoice(covers=False, products=((component, product),)))
