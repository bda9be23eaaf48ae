"""The node in the browser panel: in QGIS's own browser model, offline, with menu and drops."""

import json
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from qgis.core import QgsApplication, QgsBrowserModel, QgsDataItem, QgsErrorItem
from qgis.gui import QgsDataItemGuiContext, QgsGui
from qgis.PyQt.QtCore import QModelIndex
from qgis.PyQt.QtWidgets import QMenu
from sandbox.server import Sandbox

ROOT = Path(__file__).resolve().parents[2]
TITLE = "CORINE Land Cover 2018 (vector/raster 100 m), Europe, 6-yearly"


class Iface:
    """The parts of QgisInterface that the node needs."""

    def __init__(self):
        self.drops = []
        self.model = QgsBrowserModel()

    def registerCustomDropHandler(self, handler):
        self.drops.append(handler)

    def unregisterCustomDropHandler(self, handler):
        self.drops.remove(handler)

    def browserModel(self):
        return self.model


@pytest.fixture(scope="module")
def catalogue_file(tmp_path_factory):
    """Return the sandbox's catalogue as it is kept on disk; the sandbox is gone."""
    from clms_explorer.core.clms.auth import TokenSource
    from clms_explorer.core.clms.catalogue import Catalogue
    from clms_explorer.core.clms.client import PortalClient
    from clms_explorer.core.http.config import HttpConfig
    from clms_explorer.core.http.session import Http

    folder = tmp_path_factory.mktemp("catalogue")
    with Sandbox() as sandbox:
        http = Http(HttpConfig(user_agent="test"))
        Catalogue(folder).refresh(
            PortalClient(http, sandbox.portal, TokenSource(http, None)),
            lambda: False, lambda _share: None)
        http.close()
    return folder / "catalogue.json"


@pytest.fixture
def offline(qgis_app, tmp_path, monkeypatch, catalogue_file):
    from clms_explorer.core.settings import Settings
    from clms_explorer.ui.qgis_bridge import offline as module

    monkeypatch.setattr(module, "profile_folder", lambda: tmp_path)
    monkeypatch.setattr(
        module, "load_settings", lambda: Settings(download_folder=str(tmp_path / "files")))
    (tmp_path / "catalogue").mkdir()
    shutil.copy(catalogue_file, tmp_path / "catalogue")
    return module.OfflineData()


@pytest.fixture
def on_disk(offline, tmp_path, shared_data):
    """Put an order of CORINE for São Miguel on disk; return its folder."""
    folder = tmp_path / "files" / "CORINE Land Cover 2018" / "São Miguel"
    folder.mkdir(parents=True)
    names = ("clc2018_sao_miguel.tif", "readme.txt")
    shutil.copy(shared_data / "clc" / names[0], folder)
    (folder / names[1]).write_text("words")
    (folder / "clms.json").write_text(json.dumps({
        "format_version": 1, "service": "portal", "title": TITLE,
        "dataset": offline.catalogue().find(TITLE).uid, "ordered": "2026-11-19",
        "collection_title": "Raster 100 m",
        "files": [{"name": name, "size": (folder / name).stat().st_size} for name in names]}))
    return folder


@pytest.fixture
def node(offline):
    """Return (iface with a running browser model, our node), registered."""
    from clms_explorer.ui.browser.browser_node import BrowserNode

    iface, ours = Iface(), BrowserNode(offline)
    ours.register(iface)
    iface.model.initialize()
    yield iface, ours
    ours.unregister()


def opened(iface, item, wait_until):
    """Open a row as a click on its arrow does, and return the rows below.

    They come from the model: QgsDataItem.children() leaves QGIS 3.22 with deleted items.
    """
    item.populate(False)
    wait_until(lambda: item.state() == QgsDataItem.State.Populated)
    rows = below(iface.model, iface.model.findItem(item))
    return sorted(rows, key=lambda row: row.sortKey())  # as the panel's proxy sorts them


def below(model, index):
    return [model.dataItem(model.index(row, 0, index)) for row in range(model.rowCount(index))]


def roots(model):
    return below(model, QModelIndex())


def top(iface):
    return next(item for item in roots(iface.model) if item.name() == "CLMS Explorer")


def walk(iface, wait_until, *names):
    """Follow names (or beginnings of names) down the tree."""
    item = top(iface)
    for name in names:
        item = next(child for child in opened(iface, item, wait_until)
                    if child.name().startswith(name))
    return item


def corine(iface, wait_until):
    return walk(iface, wait_until, "Catalogue", "Land Cover", "CORINE", "CORINE Land Cover 2018")


def menu_of(item):
    menu = QMenu()
    for provider in QgsGui.dataItemGuiProviderRegistry().providers():
        if provider.name() == "clms_explorer":
            provider.populateContextMenu(item, menu, [item], QgsDataItemGuiContext())
    return menu


def double_click(item):
    return [provider.handleDoubleClick(item, QgsDataItemGuiContext())
            for provider in QgsGui.dataItemGuiProviderRegistry().providers()
            if provider.name() == "clms_explorer"]


def test_the_tree_goes_from_component_to_map_layer(node, wait_until):
    iface = node[0]
    item = corine(iface, wait_until)
    assert item.toolTip() == TITLE
    layers = opened(iface, item, wait_until)
    assert layers and all(layer.hasDragEnabled() for layer in layers)
    assert layers[0].name().startswith("Corine Land Cover 2018")


def test_paths_are_stable_and_different(node, wait_until):
    iface = node[0]
    component = walk(iface, wait_until, "Catalogue", "Land Cover")
    paths = []
    for product in opened(iface, component, wait_until):
        for dataset in opened(iface, product, wait_until):
            paths += [dataset.path(), *(row.path() for row in opened(iface, dataset, wait_until))]
    assert len(paths) > 20 and len(set(paths)) == len(paths)


def test_a_map_layer_can_be_dropped_on_the_map(node, wait_until):
    iface, ours = node
    asked = []
    ours.layer_requested.connect(lambda *words: asked.append(words))
    uri, = opened(iface, corine(iface, wait_until), wait_until)[0].mimeUris()
    assert uri.layerType == "custom"
    handler, = iface.drops
    assert handler.customUriProviderKey() == uri.providerKey
    handler.handleCustomUriDrop(uri)
    (dataset, service, ids), = asked
    assert dataset.title == TITLE and service == dataset.services[0]
    assert ids == [service.layers[0][0]]


def test_double_click_on_a_map_layer_asks_for_it(node, wait_until):
    iface, ours = node
    asked = []
    ours.layer_requested.connect(lambda *words: asked.append(words))
    item = corine(iface, wait_until)
    assert double_click(item) == [False], "a dataset opens its rows"
    assert double_click(opened(iface, item, wait_until)[0]) == [True]
    assert len(asked) == 1


def test_the_context_menu_of_a_dataset(node, offline, wait_until):
    iface, ours = node
    shown, asked = [], []
    ours.dataset_chosen.connect(shown.append)
    ours.layer_requested.connect(lambda *words: asked.append(words))
    menu = menu_of(corine(iface, wait_until))
    assert [action.text() for action in menu.actions()] == [
        "Add to map", "Show in CLMS Explorer"]
    for action in menu.actions():
        action.trigger()
    assert shown == [offline.catalogue().find(TITLE).uid]
    assert asked[0][0].title == TITLE


def test_other_rows_get_no_menu(node, wait_until):
    iface = node[0]
    others = [item for item in roots(iface.model) if item.name() != "CLMS Explorer"]
    assert others
    for item in (*others, top(iface), walk(iface, wait_until, "Catalogue")):
        assert not menu_of(item).actions()


def test_a_dataset_without_map_service_cannot_be_added(node, offline, wait_until):
    dataset = next(one for one in offline.catalogue().datasets if not one.services)
    iface = node[0]
    item = walk(iface, wait_until, "Catalogue", dataset.component, dataset.product)
    row = next(row for row in opened(iface, item, wait_until) if row.path().endswith(dataset.uid))
    menu = menu_of(row)
    assert not menu.actions()[0].isEnabled()
    assert not opened(iface, row, wait_until)


def test_a_file_on_disk_opens_styled_and_cited(node, on_disk, qgis_project, wait_until):
    from clms_explorer.ui.compat import attribution

    iface = node[0]
    entry = walk(iface, wait_until, "Library", "CORINE Land Cover 2018 · Raster 100 m")
    file, = opened(iface, entry, wait_until)
    assert file.name() == "clc2018_sao_miguel.tif"
    assert double_click(file) == [True]
    layer, = qgis_project.mapLayers().values()
    assert layer.customProperty("clms_explorer/product") == "clc"
    assert attribution(layer).startswith("© European Union, Copernicus Land Monitoring Service")


def test_a_whole_order_is_added_and_shown(node, on_disk, qgis_project, wait_until):
    iface, ours = node
    shown = []
    ours.library_chosen.connect(shown.append)
    menu = menu_of(walk(iface, wait_until, "Library", "CORINE"))
    for action in menu.actions():
        action.trigger()
    assert len(qgis_project.mapLayers()) == 1 and shown == [str(on_disk)]


def test_a_file_that_went_away_is_told(node, on_disk, qgis_project, wait_until):
    iface, ours = node
    failures = []
    ours.failed.connect(failures.append)
    file, = opened(iface, walk(iface, wait_until, "Library", "CORINE"), wait_until)
    shutil.rmtree(on_disk)
    double_click(file)
    assert [type(error).__name__ for error in failures] == ["FileMissing"]
    assert not qgis_project.mapLayers()


def test_without_catalogue_and_files_the_rows_say_so(node, tmp_path, wait_until):
    (tmp_path / "catalogue" / "catalogue.json").unlink()
    for name, words in (("Catalogue", "not read yet"), ("Library", "No files")):
        row, = opened(node[0], walk(node[0], wait_until, name), wait_until)
        assert isinstance(row, QgsErrorItem) and words in row.name()


def test_refresh_shows_what_is_new(node, on_disk, wait_until):
    iface, ours = node
    side_car = on_disk / "clms.json"
    side_car.rename(on_disk / "away")
    note, = opened(iface, walk(iface, wait_until, "Library"), wait_until)
    assert isinstance(note, QgsErrorItem)
    (on_disk / "away").rename(side_car)
    ours.refresh()
    library = walk(iface, wait_until, "Library")
    wait_until(lambda: any(child.name().startswith("CORINE")
                           for child in opened(iface, library, wait_until)))


@pytest.mark.parametrize("text", [
    "", "clms:", "clms:/dataset", "clms:/layer/a", "clms:/other/a", "/home/user",
    "clms:/dataset/a/b"])
def test_a_path_that_is_not_ours_is_nothing(text):
    from clms_explorer.ui.browser.target import Target

    assert Target.from_text(text) is None


def test_targets_survive_signs_in_their_parts():
    from clms_explorer.ui.browser.target import Target

    target = Target("file", ("/home/ä/CLMS Explorer/a%2F & b", "sub/ü.tif"))
    assert Target.from_text(target.to_text()) == target


def test_nothing_stays_after_unregister(node):
    iface, ours = node
    assert [item for item in roots(iface.model) if item.name() == "CLMS Explorer"]
    ours.unregister()
    assert not [item for item in roots(iface.model) if item.name() == "CLMS Explorer"]
    assert not iface.drops
    names = [one.name() for one in QgsApplication.dataItemProviderRegistry().providers()]
    assert "CLMS Explorer" not in names
    assert "clms_explorer" not in [
        one.name() for one in QgsGui.dataItemGuiProviderRegistry().providers()]
    ours.unregister()


def test_making_the_node_imports_nothing_heavy():
    script = """
import sys
sys.path.insert(0, "test")
import conftest
from qgis.core import QgsApplication
app = QgsApplication([], False)
before = set(sys.modules)  # newer versions of QGIS import some of them by themselves
from clms_explorer.ui.qgis_bridge.offline import OfflineData
from clms_explorer.ui.browser.browser_node import BrowserNode, ClmsItemMenu
from clms_explorer.ui.browser.items import ClmsItemProvider
data = OfflineData()
ClmsItemMenu(BrowserNode(data))
ClmsItemProvider(data).createDataItem("", None)
print([name for name in ("numpy", "requests", "pyproj", "shapely")
       if name in set(sys.modules) - before])
"""
    result = subprocess.run([sys.executable, "-c", script], cwd=ROOT, capture_output=True,
                            text=True, check=False)
    assert result.stdout.strip() == "[]", result.stderr


def test_a_catalogue_read_anew_replaces_the_old_rows(node, tmp_path, wait_until):
    iface, ours = node
    assert len(opened(iface, walk(iface, wait_until, "Catalogue"), wait_until)) > 3
    path = tmp_path / "catalogue" / "catalogue.json"
    content = json.loads(path.read_text())
    content["datasets"] = [row for row in content["datasets"]
                           if row["title"].startswith("CORINE Land Cover 2018")]
    path.write_text(json.dumps(content))
    ours.refresh()
    component, = opened(iface, walk(iface, wait_until, "Catalogue"), wait_until)
    product, = opened(iface, component, wait_until)
    assert len(opened(iface, product, wait_until)) == len(content["datasets"])
