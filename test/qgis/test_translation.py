"""The translations: nothing lost on the way, found at run time, and with room on screen."""

from __future__ import annotations

import re
import shutil
import subprocess
import xml.etree.ElementTree as ElementTree
from collections import Counter
from pathlib import Path

import pytest
from catalogue_data import (
    Desk,
    SmallCatalogue,
    elsewhere,
    ground_motion,
    land_cover,
    vegetation,
)
from qgis.PyQt.QtCore import QTranslator
from qgis.PyQt.QtWidgets import QLabel, QPushButton, QTabBar, QToolButton, QWidget

from clms_explorer.core.aoi.area import Area
from clms_explorer.core.cart.cart import Cart
from clms_explorer.core.errors import LinkExpired, NoConnection

FOLDER = Path(__file__).resolve().parents[2] / "i18n"
FILES = sorted(FOLDER.glob("*.ts"))
GERMAN = FOLDER / "clms_explorer_de.ts"
PLACEHOLDER = re.compile(r"\{[^{}]*\}")
AZORES = Area.from_bbox(-25.9, 37.7, -25.1, 37.95, "São Miguel")
NARROWEST = 80
"""Width of the dock in u."""


def messages(path):
    """Return context, text and translation of every message of a file."""
    return [
        (context.findtext("name"), message.findtext("source"), message.findtext("translation"))
        for context in ElementTree.parse(path).getroot().iter("context")
        for message in context.iter("message")]


def placeholders(text):
    return Counter(PLACEHOLDER.findall(text))


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_a_translation_has_the_placeholders_of_its_text(path):
    found = messages(path)
    assert found
    wrong = [(context, source, translation) for context, source, translation in found
             if translation and placeholders(source) != placeholders(translation)]
    assert not wrong


def test_the_german_translation_is_complete():
    assert [source for _context, source, translation in messages(GERMAN) if not translation] == []


@pytest.fixture
def german(qgis_app, tmp_path):
    """Speak German, with the compiled file as the plugin installs it."""
    lrelease = shutil.which("lrelease")
    if lrelease is None:
        pytest.skip("lrelease is not on this machine")
    compiled = tmp_path / "clms_explorer_de.qm"
    subprocess.run([lrelease, "-silent", str(GERMAN), "-qm", str(compiled)], check=True)
    translator = QTranslator()
    assert translator.load(str(compiled))
    qgis_app.installTranslator(translator)
    yield translator
    qgis_app.removeTranslator(translator)


def test_errors_are_told_in_german(german):
    from clms_explorer.ui.texts import sentence

    assert sentence(NoConnection("x", host="land.copernicus.eu")) == (
        "land.copernicus.eu ist nicht erreichbar. Nichts ist verloren. "
        "Erneut versuchen, sobald die Verbindung wieder steht.")
    assert sentence(NoConnection("x")).startswith("Der Dienst ist nicht erreichbar.")
    assert "4.0 von 6.4 MB bleiben erhalten." in sentence(
        LinkExpired("", kept=4_000_000, size=6_400_000))


@pytest.fixture
def dock(german, qgis_app, tmp_path):
    """Return the dock as narrow as it gets, in German."""
    from clms_explorer.ui import look
    from clms_explorer.ui.cart.cart_panel import CartPanel
    from clms_explorer.ui.catalogue.catalogue_panel import CataloguePanel
    from clms_explorer.ui.catalogue.thumbnails import Thumbnails
    from clms_explorer.ui.downloads.downloads_panel import DownloadsPanel
    from clms_explorer.ui.shell.main_dock import MainDock

    desk = Desk()
    catalogue = CataloguePanel(
        Thumbnails(lambda path, stop: b"", desk.start), desk.start,
        "https://land.copernicus.eu/api")
    catalogue.set_catalogue(
        SmallCatalogue(land_cover(), vegetation(), ground_motion(), elsewhere()))
    catalogue.set_area(AZORES)
    cart = CartPanel(Cart(tmp_path / "cart.json"), lambda item: [item], lambda item: None)
    dock = MainDock(QLabel("area"), catalogue, cart, DownloadsPanel(lambda job_id: []))
    dock.show()
    dock.resize(NARROWEST * look.unit(dock.font()), 700)
    qgis_app.processEvents()
    yield dock
    dock.deleteLater()
    qgis_app.processEvents()


def test_the_tabs_of_the_dock_are_german(dock):
    titles = [dock.tabs.tabText(index) for index in range(dock.tabs.count())]
    assert titles == ["Katalog", "Warenkorb", "Downloads"]


def cut(widget: QWidget):
    """Return the texts below a widget that are wider than the place they have."""
    short = [one.text() for one in widget.findChildren(QPushButton)
             if one.isVisible() and one.width() < one.minimumSizeHint().width()]
    short += [one.text() for one in widget.findChildren(QToolButton)
              if one.isVisible() and one.text() and one.width() < one.sizeHint().width()]
    short += [bar.tabText(index) for bar in widget.findChildren(QTabBar) if bar.isVisible()
              for index in range(bar.count())
              if bar.tabRect(index).width() < bar.fontMetrics().horizontalAdvance(
                  bar.tabText(index))]
    return short


def test_german_fits_into_the_smallest_width(dock, qgis_app):
    from clms_explorer.ui import look
    from clms_explorer.ui.catalogue.form_parts import Body

    narrowest = NARROWEST * look.unit(dock.font())
    catalogue = dock.tabs.widget(0)
    views = [("catalogue", lambda state=state: catalogue.set_connection(state))
             for state in ("no_key", "offline", "ready")]
    views += [("cart", lambda: None), ("downloads", lambda: None)]
    views += [("catalogue", lambda uid=uid, tab=tab: catalogue.open_dataset(uid, tab))
              for uid in ("clc2018", "ndvi", "egms-l2b", "wic")
              for tab in ("about", "get", "map", "documents")]
    for name, show in views:
        dock.show_tab(name)
        show()
        dock.resize(narrowest, 700)
        qgis_app.processEvents()
        assert dock.widget().minimumSizeHint().width() <= narrowest, name
        assert cut(dock) == [], name
        for body in dock.findChildren(Body):
            if body.isVisible():
                assert body.widget().width() <= body.viewport().width()
