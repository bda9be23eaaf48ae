"""The rows of the browser node: catalogue by component and product, map layers, library.

QGIS asks for children on a pool thread and owns what it gets: each item is handed over with
sip.transferto, or its Python half, and with it our methods, would be gone.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Callable, List, Optional, Sequence, Tuple

from qgis.core import (
    QgsDataCollectionItem,
    QgsDataItem,
    QgsDataItemProvider,
    QgsDataProvider,
    QgsErrorItem,
    QgsMimeDataUtils,
)
from qgis.PyQt import sip
from qgis.PyQt.QtCore import QCoreApplication

from ..icons import own_icon
from ..qgis_bridge.offline import OfflineData
from .target import DATASET, ENTRY, FILE, KEY, LAYER, ROOT, Target

if TYPE_CHECKING:
    from ...core.clms.models import Dataset
    from ...core.library.entry import LibraryEntry

CATALOGUE_PATH = f"{ROOT}/catalogue"
LIBRARY_PATH = f"{ROOT}/library"
Children = Callable[[QgsDataItem], Sequence[QgsDataItem]]


class ClmsItemProvider(QgsDataItemProvider):
    """Gives the browser our one node."""

    def __init__(self, offline: OfflineData) -> None:
        super().__init__()
        self._offline = offline

    def name(self) -> str:
        """Return the name of the provider."""
        return "CLMS Explorer"

    def dataProviderKey(self) -> str:
        """Return the key of our items."""
        return KEY

    def capabilities(self) -> QgsDataProvider.DataCapability:
        """Return that this is no kind of file."""
        return QgsDataProvider.DataCapability.Net

    def createDataItem(self, path: str, parent: Optional[QgsDataItem]) -> Optional[QgsDataItem]:
        """Return the node for the top of the browser, nothing for a path on disk."""
        if path or parent is not None:
            return None
        root = Branch(None, "CLMS Explorer", ROOT, lambda item: _top(item, self._offline))
        root.setIcon(own_icon("plugin"))
        sip.transferto(root, None)
        return root


class Branch(QgsDataCollectionItem):
    """A row with rows below it, which are made when it is opened."""

    def __init__(
        self, parent: Optional[QgsDataItem], name: str, path: str, children: Children,
        icon: str = "", tip: str = "",
    ) -> None:
        super().__init__(parent, name, path, KEY)
        self._make_children = children
        if icon:
            self.setIconName(icon)
        if tip:
            self.setToolTip(tip)

    def createChildren(self) -> List[QgsDataItem]:
        """Return the rows below; called by QGIS on a pool thread."""
        children = list(self._make_children(self))
        for number, child in enumerate(children):
            child.setSortKey(number)
            sip.transferto(child, self)
        return children


class Leaf(QgsDataItem):
    """A row that can be dragged to the map."""

    def __init__(self, parent: QgsDataItem, name: str, target: Target, icon: str,
                 tip: str = "") -> None:
        super().__init__(QgsDataItem.Type.Custom, parent, name, target.to_text(), KEY)
        self.setIconName(icon)
        self.setToolTip(tip or name)
        self.setState(QgsDataItem.State.Populated)

    def hasDragEnabled(self) -> bool:
        """Return that it can be dragged."""
        return True

    def mimeUris(self) -> List[QgsMimeDataUtils.Uri]:
        """Return what is dragged: our own kind, which our drop handler opens."""
        uri = QgsMimeDataUtils.Uri()
        uri.layerType = "custom"
        uri.providerKey = KEY
        uri.name = self.name()
        uri.uri = self.path()
        return [uri]


def _top(root: QgsDataItem, offline: OfflineData) -> List[QgsDataItem]:
    return [
        Branch(root, _tr("Catalogue"), CATALOGUE_PATH,
               lambda item: _components(item, offline), "/mIconListView.svg"),
        Branch(root, _tr("Library"), LIBRARY_PATH,
               lambda item: _library(item, offline), "/mIconFolderOpen.svg")]


def _components(parent: QgsDataItem, offline: OfflineData) -> List[QgsDataItem]:
    tree = offline.catalogue().tree()
    if not tree:
        return [_note(parent, _tr("The catalogue was not read yet. Open CLMS Explorer once."))]
    return [
        Branch(parent, component, f"{parent.path()}/{number}",
               lambda item, products=products: _products(item, products), "/mIconFolder.svg")
        for number, (component, products) in enumerate(tree.items())]


def _products(
    parent: QgsDataItem, products: dict[str, List[Dataset]]
) -> List[QgsDataItem]:
    return [
        Branch(parent, product, f"{parent.path()}/{number}",
               lambda item, datasets=datasets: [_dataset(item, one) for one in datasets],
               "/mIconFolder.svg")
        for number, (product, datasets) in enumerate(products.items())]


def _dataset(parent: QgsDataItem, dataset: Dataset) -> QgsDataItem:
    from ...core.clms.titles import split

    path = Target(DATASET, (dataset.uid,)).to_text()
    title = split(dataset.title)
    name = " · ".join([title.name, *title.facts[:1]])
    item = Branch(parent, name, path, lambda item: _layers(item, dataset), "/mIconRaster.svg",
                  dataset.title)
    if not dataset.services:
        item.setState(QgsDataItem.State.Populated)
    return item


def _layers(parent: QgsDataItem, dataset: Dataset) -> List[QgsDataItem]:
    """Return the map layers of a dataset; a service that names none is one row as a whole."""
    rows: List[QgsDataItem] = []
    for number, service in enumerate(dataset.services):
        icon = "/mIconWms.svg" if service.kind in ("wms", "wmts", "json") else "/mIconAms.svg"
        for identity, title in service.layers or (("", _kind(service.kind)),):
            target = Target(LAYER, (dataset.uid, str(number), identity))
            rows.append(Leaf(parent, title or identity, target, icon, service.url))
    return rows


def _library(parent: QgsDataItem, offline: OfflineData) -> List[QgsDataItem]:
    entries = offline.library_entries()
    if not entries:
        return [_note(parent, _tr("No files on disk yet."))]
    return [_entry(parent, entry) for entry in entries]


def _entry(parent: QgsDataItem, entry: LibraryEntry) -> QgsDataItem:
    from ...core.clms.titles import split

    facts = (entry.area.name if entry.area else "", entry.collection_title, entry.ordered)
    name = " · ".join([split(entry.title).name, *filter(None, facts)])
    return Branch(
        parent, name, Target(ENTRY, (str(entry.folder),)).to_text(),
        lambda item: _files(item, entry), "/mIconFolderOpen.svg", str(entry.folder))


def _files(parent: QgsDataItem, entry: LibraryEntry) -> List[QgsDataItem]:
    """Return the files that open as layers."""
    from ..qgis_bridge.clip import RASTERS
    from ..qgis_bridge.layers import product_files

    rows: List[QgsDataItem] = []
    for path in product_files(entry.folder / file.name for file in entry.files):
        if path.exists():
            icon = "/mIconRaster.svg" if path.suffix.lower() in RASTERS else \
                "/mIconPolygonLayer.svg"
            name = path.relative_to(entry.folder).as_posix()
            rows.append(Leaf(parent, path.name, Target(FILE, (str(entry.folder), name)), icon,
                             str(path)))
    return rows or [_note(parent, _tr("The files are no longer there, or no layers."))]


def _note(parent: QgsDataItem, words: str) -> QgsDataItem:
    return QgsErrorItem(parent, words, f"{parent.path()}/note")


def _kind(kind: str) -> str:
    words: Tuple[Tuple[str, str], ...] = (
        ("wms", _tr("Map service (WMS)")), ("wmts", _tr("Map service (WMTS)")),
        ("arcgis-map", _tr("Map service (ArcGIS)")),
        ("arcgis-feature", _tr("Map service (ArcGIS)")), ("json", _tr("Map tiles")))
    return dict(words).get(kind, kind)


def _tr(text: str) -> str:
    return QCoreApplication.translate("BrowserItems", text)
