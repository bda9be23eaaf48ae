"""The browser node as a whole: registers it, opens what is chosen or dropped."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any, List, Optional

from qgis.core import QgsApplication, QgsDataItem, QgsMimeDataUtils, QgsProject
from qgis.gui import (
    QgsCustomDropHandler,
    QgsDataItemGuiContext,
    QgsDataItemGuiProvider,
    QgsGui,
)
from qgis.PyQt.QtCore import QObject, pyqtSignal
from qgis.PyQt.QtWidgets import QMenu

from ..icons import own_icon, theme_icon
from ..qgis_bridge.offline import OfflineData
from .items import CATALOGUE_PATH, LIBRARY_PATH, ClmsItemProvider
from .target import DATASET, FILE, KEY, LAYER, Target

if TYPE_CHECKING:
    from ...core.clms.models import Dataset


class BrowserNode(QObject):
    """“CLMS Explorer” in the browser panel: catalogue, map layers, files on disk."""

    dataset_chosen = pyqtSignal(str)
    """UID of a dataset to show in the dock."""
    library_chosen = pyqtSignal(str)
    """Folder of a library entry to show in the dock."""
    layer_requested = pyqtSignal(object, object, object)
    """Dataset, MapService, ids of its layers (none: the service as a whole)."""
    failed = pyqtSignal(object)
    """Error of a file that does not open."""

    def __init__(self, offline: OfflineData, parent: Optional[QObject] = None) -> None:
        super().__init__(parent)
        self._offline = offline
        self._iface: Any = None
        self._items: Optional[ClmsItemProvider] = None
        self._menu: Optional[ClmsItemMenu] = None
        self._drops: Optional[ClmsDropHandler] = None

    def register(self, iface: Any) -> None:
        """Add the node, its context menu, and what happens on a drop."""
        self._iface = iface
        self._items = ClmsItemProvider(self._offline)
        QgsApplication.dataItemProviderRegistry().addProvider(self._items)
        self._menu = ClmsItemMenu(self)
        QgsGui.dataItemGuiProviderRegistry().addProvider(self._menu)
        self._drops = ClmsDropHandler(self)
        iface.registerCustomDropHandler(self._drops)

    def unregister(self) -> None:
        """Take everything out; QGIS deletes both providers."""
        if self._items is None:
            return
        self._iface.unregisterCustomDropHandler(self._drops)
        QgsGui.dataItemGuiProviderRegistry().removeProvider(self._menu)
        QgsApplication.dataItemProviderRegistry().removeProvider(self._items)
        self._items = self._menu = self._drops = None

    def refresh(self) -> None:
        """Show a catalogue or library that has changed; the catalogue closes its branches."""
        if self._items is None:
            return
        model = self._iface.browserModel()
        model.refresh(LIBRARY_PATH)
        catalogue = model.dataItem(model.findPath(CATALOGUE_PATH))
        if catalogue is not None:
            catalogue.depopulate()

    def show(self, target: Target) -> None:
        """Ask for a dataset or an entry of the library in the dock."""
        if target.kind in (DATASET, LAYER):
            self.dataset_chosen.emit(target.parts[0])
        else:
            self.library_chosen.emit(target.parts[0])

    def add(self, target: Target) -> None:
        """Put a map layer or files on the map. What is gone meanwhile is told as failed."""
        if target.kind in (DATASET, LAYER):
            self._request_layer(target)
        else:
            self._open_files(target)

    def can_add(self, target: Target) -> bool:
        """Return whether there is something to put on the map."""
        if target.kind != DATASET:
            return True
        dataset = self._offline.catalogue().find(target.parts[0])
        return bool(dataset and dataset.services)

    def _request_layer(self, target: Target) -> None:
        from ...core.errors import FileMissing

        dataset: Optional[Dataset] = self._offline.catalogue().find(target.parts[0])
        number = int(target.parts[1]) if target.kind == LAYER else 0
        if dataset is None or number >= len(dataset.services):
            self.failed.emit(FileMissing(name=target.parts[0]))
            return
        ids = [target.parts[2]] if target.kind == LAYER and target.parts[2] else []
        self.layer_requested.emit(dataset, dataset.services[number], ids)

    def _open_files(self, target: Target) -> None:
        from ...core.errors import ClmsError, FileMissing
        from ..qgis_bridge.library_layers import add_entry

        folder = Path(target.parts[0])
        try:
            entry = self._offline.library_entry(folder)
            if entry is None:
                raise FileMissing(name=folder.name)
            dataset = self._offline.catalogue().find(entry.dataset)
            add_entry(entry, QgsProject.instance(), target.parts[1:],
                      dataset.licence if dataset else "")
        except ClmsError as err:
            self.failed.emit(err)


class ClmsItemMenu(QgsDataItemGuiProvider):
    """Context menu and double click of our rows."""

    def __init__(self, node: BrowserNode) -> None:
        super().__init__()
        self._node = node

    def name(self) -> str:
        """Return the id of the provider."""
        return KEY

    def populateContextMenu(
        self, item: QgsDataItem, menu: QMenu, selected: List[QgsDataItem],
        context: QgsDataItemGuiContext,
    ) -> None:
        """Add our entries to the menu of one of our rows."""
        target = _target_of(item)
        if target is None:
            return
        add = menu.addAction(theme_icon("mActionAddWmsLayer"), self._node.tr("Add to map"))
        add.setEnabled(self._node.can_add(target))
        targets = list(filter(None, map(_target_of, selected or [item])))
        add.triggered.connect(lambda: self._add_all(targets))
        show = menu.addAction(own_icon("plugin"), self._node.tr("Show in CLMS Explorer"))
        show.triggered.connect(lambda: self._node.show(target))

    def handleDoubleClick(self, item: QgsDataItem, context: QgsDataItemGuiContext) -> bool:
        """Open a layer or a file; branches open as QGIS does it."""
        target = _target_of(item)
        if target is None or target.kind not in (LAYER, FILE):
            return False
        self._node.add(target)
        return True

    def _add_all(self, targets: List[Target]) -> None:
        for target in targets:
            self._node.add(target)


class ClmsDropHandler(QgsCustomDropHandler):
    """Opens our rows when they are dropped on map or layer tree."""

    def __init__(self, node: BrowserNode) -> None:
        super().__init__()
        self._node = node

    def customUriProviderKey(self) -> str:
        """Return the key of what we can open."""
        return KEY

    def handleCustomUriDrop(self, uri: QgsMimeDataUtils.Uri) -> None:
        """Open what was dropped."""
        target = Target.from_text(uri.uri)
        if target is not None:
            self._node.add(target)


def _target_of(item: QgsDataItem) -> Optional[Target]:
    """Return what one of our rows stands for; None for other rows, and for mere branches."""
    return Target.from_text(item.path()) if item.providerKey() == KEY else None
