"""The dock with its parts, wired: the one module that knows all features.

Features do not import each other; they meet here through signals with plain values.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any, Callable, List, Optional

from qgis.core import Qgis, QgsProject
from qgis.PyQt.QtCore import QCoreApplication, QObject, Qt, QUrl, pyqtSignal
from qgis.PyQt.QtGui import QDesktopServices, QPixmap
from qgis.PyQt.QtWidgets import QAction

from ..core.aoi.area import Area
from ..core.aoi.shapes import area_around
from ..core.cart.item import CartItem
from ..core.clms.models import Dataset, MapService
from ..core.clms.pictures import Pictures
from ..core.errors import ClmsError
from .aoi.area_bar import AreaBar
from .catalogue.catalogue_panel import CataloguePanel
from .catalogue.footprints import Footprints
from .catalogue.thumbnails import Thumbnails
from .orders_desk import OrdersDesk
from .qgis_bridge.favourites import favourites, set_favourite
from .qgis_bridge.feeds import CatalogueFeed, EgmsFeed
from .qgis_bridge.map_services import start_map_service
from .qgis_bridge.project import read_area, write_area
from .qgis_bridge.recent_areas import RecentAreas
from .qgis_bridge.secrets import QgisSecretStore
from .qgis_bridge.tasks import TaskRunner
from .qgis_bridge.workspace import Workspace
from .registrations import Registrations
from .settings.key_file import ask_for_key_file, import_key
from .settings.options_page import PAGE_NAME
from .shell.main_dock import MainDock
from .texts import sentence

NEAR_METRES = 1000.0
"""Half the width of the area in which EGMS files are looked for around a place."""


class Desk(QObject):
    """Everything behind the tool bar button. remove() takes it out of QGIS again."""

    content_changed = pyqtSignal()
    """The catalogue was read anew, or there is more on disk."""

    def __init__(
        self, iface: Any, runner: TaskRunner, action: QAction,
        show_error: Callable[[BaseException], None],
    ) -> None:
        super().__init__(iface.mainWindow())
        self._iface = iface
        self._runner = runner
        self._show_error = show_error
        self._registrations = Registrations()
        self.workspace = Workspace.open(with_key=False)
        self._make_parts()
        self.dock = MainDock(
            self.area_bar, self.catalogue, self.orders.cart, self.orders.downloads,
            iface.mainWindow())
        self.dock.setToggleVisibilityAction(action)
        self._connect_area()
        self._connect_catalogue()
        self._connect_orders()
        iface.addTabifiedDockWidget(
            Qt.DockWidgetArea.RightDockWidgetArea, self.dock, ["Browser"], True)
        iface.mainWindow().resizeDocks(
            [self.dock], [self.dock.widget().sizeHint().width()], Qt.Orientation.Horizontal)
        self._registrations.add(self.dock.deleteLater)
        self._registrations.add(lambda: iface.removeDockWidget(self.dock))
        self._begin()

    def remove(self) -> None:
        """Take dock, map items and connections out of QGIS; the orders are kept."""
        self.footprints.remove()
        self.area_bar.remove_from_map()
        self._registrations.clear()
        QgisSecretStore().forget_for_now()
        self.workspace.close()
        self.deleteLater()

    def resume(self) -> None:
        """Go on with the orders of an earlier session."""
        self.orders.resume()

    def use_new_settings(self) -> None:
        """Take a new key at once; other settings count from the next start of the plugin."""
        self.workspace.tokens.use(None)
        self._show_connection()

    def show_dataset(self, uid: str) -> None:
        """Show the details of a dataset."""
        self._show_tab("catalogue")
        self.catalogue.open_dataset(uid)

    def use_region(self, code: str) -> None:
        """Make a region the area."""
        self.dock.setUserVisible(True)
        self.area_bar.ways.use_region(code)

    def search_files_at(self, longitude: float, latitude: float) -> None:
        """Show the EGMS files at a place: a small area around it, the dataset's Get data."""
        self.area_bar.set_area(
            area_around(longitude, latitude, NEAR_METRES, self.tr("Place on the map")))
        dataset = next(
            (one for one in self.workspace.catalogue.datasets if one.in_archive), None)
        if dataset is not None:
            self.show_dataset(dataset.uid)

    def _show_tab(self, name: str) -> None:
        self.dock.setUserVisible(True)
        self.dock.show_tab(name)

    def _make_parts(self) -> None:
        workspace, runner = self.workspace, self._runner
        pictures = Pictures(
            workspace.http, workspace.settings.portal, workspace.folder / "pictures")
        self.thumbnails = Thumbnails(pictures.get, self._start_quietly, self)
        self.area_bar = AreaBar(
            self._iface.mapCanvas(), workspace.nuts, self._region_shape, RecentAreas())
        self.catalogue = CataloguePanel(
            self.thumbnails, self._start_quietly, workspace.settings.portal)
        self.footprints = Footprints(self._iface.mapCanvas())
        self.orders = OrdersDesk(self._iface, workspace, runner, self._picture, self)
        self.feed = CatalogueFeed(workspace, runner, self)
        self.egms = EgmsFeed(workspace, runner, self)

    def _begin(self) -> None:
        """Show what is on disk at once, then read the catalogue again."""
        self.catalogue.set_favourites(favourites())
        if self.workspace.catalogue.fetched_at is not None:
            self._show_catalogue()
        self.area_bar.set_area(read_area(QgsProject.instance()))
        self._show_connection()
        self.feed.refresh()

    def _connect_area(self) -> None:
        bar, project = self.area_bar, QgsProject.instance()
        bar.area_changed.connect(self.catalogue.set_area)
        bar.area_chosen.connect(lambda area: write_area(project, area))
        bar.area_refused.connect(self._show_error)
        self._registrations.connect(
            project.readProject, lambda *_document: bar.set_area(read_area(project)))

    def _connect_catalogue(self) -> None:
        panel, feed, egms = self.catalogue, self.feed, self.egms
        feed.updated.connect(self._show_catalogue)
        feed.failed.connect(self._catalogue_failed)
        feed.busy_changed.connect(self._show_busy)
        for wish in (panel.refresh_requested, self.dock.refresh_requested):
            wish.connect(feed.refresh)
        panel.area_way_requested.connect(self._choose_area)
        panel.dataset_opened.connect(self._show_on_disk)
        panel.page_requested.connect(self._open_page)
        panel.layer_requested.connect(self.add_layer)
        panel.favourite_changed.connect(set_favourite)
        panel.key_import_requested.connect(self.import_key)
        panel.egms_search_requested.connect(self._search_egms)
        panel.footprints_changed.connect(self.footprints.show_rows)
        egms.found.connect(panel.set_egms_hits)
        egms.releases_known.connect(panel.set_egms_releases)
        egms.failed.connect(lambda error: panel.set_egms_error(sentence(error)))
        self.dock.settings_requested.connect(self._open_settings)
        self.thumbnails.loaded.connect(lambda _path: self.orders.cart.refresh_pictures())

    def _connect_orders(self) -> None:
        orders, panel = self.orders, self.catalogue
        panel.item_added.connect(self._add_to_cart)
        panel.order_requested.connect(self._order_now)
        panel.library_requested.connect(self.open_from_library)
        orders.failed.connect(self._show_error)
        orders.ready.connect(self._tell_ready)
        orders.cart.items_changed.connect(lambda count: self.dock.set_count("cart", count))
        orders.downloads.count_changed.connect(
            lambda count: self.dock.set_count("downloads", count))
        orders.cart.orders_sent.connect(lambda _items: self.dock.show_tab("downloads"))
        for part in (orders.cart, orders.downloads):
            part.catalogue_requested.connect(lambda: self.dock.show_tab("catalogue"))
        orders.downloads.key_import_requested.connect(self.import_key)
        self.dock.set_count("cart", len(self.workspace.cart.items))

    def import_key(self) -> None:
        """Let the user choose a key file, and use it at once."""
        path = ask_for_key_file(self.dock)
        if not path:
            return
        try:
            if import_key(path, QgisSecretStore(), self.dock):
                self.use_new_settings()
        except ClmsError as err:
            self._show_error(err)

    def _show_catalogue(self) -> None:
        self.catalogue.set_catalogue(self.workspace.catalogue)
        self.dock.set_catalogue_time(self.workspace.catalogue.fetched_at)
        self._show_places_on_disk()
        self._show_connection()
        self.content_changed.emit()

    def _catalogue_failed(self, error: BaseException) -> None:
        self.catalogue.set_refresh_problem(sentence(error))
        self._show_connection()

    def _show_busy(self, busy: bool) -> None:
        self.dock.set_busy(self.tr("Reading the catalogue…") if busy else "")
        if busy:
            self.catalogue.set_reading()

    def _show_connection(self) -> None:
        self.dock.set_connection(self.feed.connection)
        self.catalogue.set_connection(self.feed.connection)

    def _show_places_on_disk(self) -> None:
        self.catalogue.set_places_on_disk({
            entry.dataset: entry.area.name if entry.area else ""
            for entry in reversed(self.workspace.library.entries())})

    def _show_on_disk(self, uid: str) -> None:
        library, area = self.workspace.library, self.area_bar.area
        self.catalogue.set_on_disk(uid, library.find(uid, area))
        self.catalogue.set_egms_on_disk({
            Path(file.name).name for entry in library.entries() if entry.service == "egms"
            for file in entry.files if file.is_in(entry.folder)})

    def _choose_area(self, way: str) -> None:
        ways = self.area_bar.ways
        if way == "menu":
            self.area_bar.menu.popup(self.dock.mapToGlobal(self.dock.rect().center()))
        else:
            {"view": ways.use_map_view, "box": ways.draw_box, "nuts": ways.choose_region}[way]()

    def _search_egms(self, wishes: dict) -> None:
        area = self.area_bar.area
        if area is not None:
            self.egms.search(area, wishes)

    def _add_to_cart(self, item: CartItem) -> None:
        self.orders.cart.add(item)

    def _order_now(self, items: List[CartItem]) -> None:
        if self.orders.send(items):
            self.dock.show_tab("downloads")

    def open_from_library(self, folder: str) -> None:
        """Put the files of an order on disk on the map."""
        for entry in self.workspace.library.entries():
            if entry.folder == Path(folder):
                self.orders.runner.open_entry(entry)
                return

    def add_layer(
        self, dataset: Dataset, service: MapService, layers: Any, opacity: float = 1.0
    ) -> None:
        """Add layers of a dataset's map service; needs no account."""
        start_map_service(
            self._runner, dataset, service, tuple(layers), QgsProject.instance(),
            lambda _layers: None, self._show_error, opacity)

    def _picture(self, item: CartItem) -> Optional[QPixmap]:
        dataset = self.workspace.catalogue.find(item.dataset)
        return self.thumbnails.picture(dataset.thumbnail) if dataset else None

    def _region_shape(
        self, code: str, done: Callable[[Area], None], failed: Callable[[BaseException], None]
    ) -> None:
        self._runner.start(
            self.tr("Get the outline of a region"),
            lambda stop, _progress: self.workspace.shapes.area(code, stop), done, failed)

    def _start_quietly(self, work: Any, done: Any, failed: Any) -> Any:
        return self._runner.start(self.tr("Details of datasets"), work, done, failed)

    def _open_page(self, address: str) -> None:
        if address.startswith("https://") or address.startswith(self.workspace.settings.portal):
            QDesktopServices.openUrl(QUrl(address))

    def _open_settings(self) -> None:
        self._iface.showOptionsDialog(self._iface.mainWindow(), PAGE_NAME)

    def _tell_ready(self, title: str) -> None:
        self._show_places_on_disk()
        self.content_changed.emit()
        self._iface.messageBar().pushMessage(
            self.tr("CLMS Explorer"),
            self.tr("{title} is ready and on the map.").format(title=title),
            Qgis.MessageLevel.Success, 8)

    def tr(self, text: str) -> str:  # noqa: A003 - one context, also for subclasses
        """Return the translation of a text of this class."""
        return QCoreApplication.translate("Desk", text)
