"""Ctrl+K “clms …”: real QgsLocator, real catalogue of the sandbox, no network while typing."""

import json
import subprocess
import sys
from pathlib import Path

import pytest
from qgis.core import QgsLocator, QgsLocatorContext, QgsLocatorResult
from sandbox.server import Sandbox

ROOT = Path(__file__).resolve().parents[2]


class Iface:
    """The part of QgisInterface that the locator needs."""

    def __init__(self):
        self.locator = QgsLocator()

    def registerLocatorFilter(self, one):
        self.locator.registerFilter(one)

    def deregisterLocatorFilter(self, one):
        self.locator.deregisterFilter(one)


@pytest.fixture
def offline(qgis_app, tmp_path, monkeypatch):
    """Return offline data with the sandbox's catalogue and one order on disk."""
    from clms_explorer.core.clms.auth import TokenSource
    from clms_explorer.core.clms.catalogue import Catalogue
    from clms_explorer.core.clms.client import PortalClient
    from clms_explorer.core.http.config import HttpConfig
    from clms_explorer.core.http.session import Http
    from clms_explorer.core.settings import Settings
    from clms_explorer.ui.qgis_bridge import offline as module

    monkeypatch.setattr(module, "profile_folder", lambda: tmp_path)
    monkeypatch.setattr(
        module, "load_settings", lambda: Settings(download_folder=str(tmp_path / "files")))
    with Sandbox() as sandbox:
        http = Http(HttpConfig(user_agent="test"))
        catalogue = Catalogue(tmp_path / "catalogue")
        catalogue.refresh(PortalClient(http, sandbox.portal, TokenSource(http, None)),
                          lambda: False, lambda _share: None)
        http.close()
    folder = tmp_path / "files" / "CORINE Land Cover 2018" / "São Miguel"
    folder.mkdir(parents=True)
    (folder / "clc.tif").write_bytes(b"1234")
    (folder / "clms.json").write_text(json.dumps({
        "format_version": 1, "service": "portal", "dataset": "uid", "ordered": "2026-11-19",
        "title": "CORINE Land Cover 2018 (vector/raster 100 m), Europe, 6-yearly",
        "collection_title": "Raster 100 m", "files": [{"name": "clc.tif", "size": 4}]}))
    return module.OfflineData()


@pytest.fixture
def bar(offline):
    """Return (iface, locator of ours), registered."""
    from clms_explorer.ui.locator.locator import Locator

    iface, ours = Iface(), Locator(offline)
    ours.register(iface)
    yield iface, ours
    ours.unregister()


def found(iface, wait_until, text):
    """Type a text and return the results as QGIS delivers them."""
    results, finished = [], []
    iface.locator.foundResult.connect(
        lambda result: results.append(QgsLocatorResult(result)))
    iface.locator.finished.connect(lambda: finished.append(True))
    iface.locator.fetchResults(text, QgsLocatorContext())
    wait_until(lambda: finished)
    iface.locator.foundResult.disconnect()
    iface.locator.finished.disconnect()
    return results


def test_datasets_regions_and_the_library_are_found(bar, wait_until):
    results = found(bar[0], wait_until, "clms corine land cover 2018")
    assert {result.group for result in results} == {"Datasets", "On disk"}
    best = max(results, key=lambda result: result.score)
    assert best.displayString == "CORINE Land Cover 2018"
    assert "Europe" in best.description
    regions = [result for result in found(bar[0], wait_until, "clms milano")
               if result.group == "Areas"]
    assert regions[0].displayString == "Milano"


@pytest.mark.parametrize("words, group, signal, ending", [
    ("corine land cover 2018", "Datasets", "dataset_chosen", None),
    ("ITC4C", "Areas", "region_chosen", "ITC4C"),
    ("corine raster", "On disk", "library_chosen", "São Miguel")])
def test_a_choice_arrives_as_a_signal(bar, wait_until, words, group, signal, ending):
    iface, ours = bar
    told = []
    getattr(ours, signal).connect(told.append)
    result = next(item for item in found(iface, wait_until, f"clms {words}")
                  if item.group == group)
    result.filter.triggerResult(result)
    assert len(told) == 1 and isinstance(told[0], str) and told[0]
    assert ending is None or told[0].endswith(ending)


def test_the_uid_told_is_the_one_of_the_catalogue(bar, offline, wait_until):
    iface, ours = bar
    told = []
    ours.dataset_chosen.connect(told.append)
    result = next(item for item in found(iface, wait_until, "clms corine land cover 2018")
                  if item.group == "Datasets")
    result.filter.triggerResult(result)
    assert offline.catalogue().find(told[0]).title.startswith("CORINE Land Cover 2018")


@pytest.mark.parametrize("text", ["clms", "clms c", "clms qqqqqqq", 'clms "', "corine"])
def test_nothing_is_found_for_nothing_or_without_the_prefix(bar, wait_until, text):
    assert not found(bar[0], wait_until, text)


def test_a_catalogue_fetched_later_is_found(bar, offline, wait_until, tmp_path):
    path = tmp_path / "catalogue" / "catalogue.json"
    kept = path.read_bytes()
    path.unlink()
    assert not [item for item in found(bar[0], wait_until, "clms corine")
                if item.group == "Datasets"]
    path.write_bytes(kept)
    assert [item for item in found(bar[0], wait_until, "clms corine")
            if item.group == "Datasets"]


def test_a_damaged_catalogue_and_side_car_find_nothing(bar, wait_until, tmp_path):
    (tmp_path / "catalogue" / "catalogue.json").write_text("{")
    next(tmp_path.glob("files/*/*/clms.json")).write_text("[]")
    assert not found(bar[0], wait_until, "clms corine")


def test_nothing_stays_after_unregister(bar):
    iface, ours = bar
    ours.unregister()
    assert not [one for one in iface.locator.filters() if one.name() == "clms_explorer"]
    ours.unregister()


def test_registering_imports_nothing_heavy():
    script = """
import sys
sys.path.insert(0, "test")
import conftest
from qgis.core import QgsApplication
app = QgsApplication([], False)
before = set(sys.modules)  # newer versions of QGIS import some of them by themselves
from clms_explorer.ui.qgis_bridge.offline import OfflineData
from clms_explorer.ui.locator.locator import ClmsFilter, Locator
data = OfflineData()
ClmsFilter(data, Locator(data))
print([name for name in ("numpy", "requests", "pyproj", "shapely")
       if name in set(sys.modules) - before])
"""
    result = subprocess.run([sys.executable, "-c", script], cwd=ROOT, capture_output=True,
                            text=True, check=False)
    assert result.stdout.strip() == "[]", result.stderr
