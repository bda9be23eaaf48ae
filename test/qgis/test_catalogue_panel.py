"""The Catalogue tab as a whole, the details of a dataset, and the dock around it."""

from __future__ import annotations

from datetime import datetime, timedelta, timezone

import pytest
from catalogue_data import (
    LONG_NAME,
    Desk,
    SmallCatalogue,
    bare,
    elsewhere,
    ground_motion,
    land_cover,
    sandbox_catalogue,
    vegetation,
)
from qgis.PyQt.QtCore import Qt
from qgis.PyQt.QtGui import QFont, QGuiApplication, QKeySequence
from qgis.PyQt.QtTest import QSignalSpy, QTest
from qgis.PyQt.QtWidgets import QLabel, QLineEdit, QPushButton, QShortcut, QToolButton, QWidget

from clms_explorer.core.aoi.area import Area

PORTAL = "https://land.copernicus.eu/api"
AZORES = Area.from_bbox(-25.9, 37.7, -25.1, 37.95, "São Miguel")
CLC = "CORINE Land Cover 20{} (vector/raster 100 m), Europe, 6-yearly"
FAMILY = [land_cover(), *(
    land_cover(uid=f"clc{year}", path=f"/en/products/corine-land-cover/clc{year}",
               title=CLC.format(year)) for year in ("12", "06", "00"))]


@pytest.fixture
def panel(qgis_app):
    from clms_explorer.ui.catalogue.catalogue_panel import CataloguePanel
    from clms_explorer.ui.catalogue.thumbnails import Thumbnails

    desk = Desk()
    thumbnails = Thumbnails(lambda path, stop: b"", desk.start)
    panel = CataloguePanel(thumbnails, desk.start, PORTAL)
    panel.set_catalogue(SmallCatalogue(
        *FAMILY, vegetation(), ground_motion(), elsewhere(), bare()))
    panel.set_area(AZORES)
    panel.resize(400, 700)
    panel.show()
    yield panel
    panel.deleteLater()


def texts(widget):
    """Return what the labels and buttons below a widget say."""
    return [one.text() for kind in (QLabel, QPushButton) for one in widget.findChildren(kind)
            if not one.isHidden()]


def test_a_dataset_opens_and_backspace_goes_back_to_its_row(panel, qgis_app):
    opened = QSignalSpy(panel.dataset_opened)
    panel.browse.list.opened.emit("ndvi")
    assert panel.currentWidget() is panel.details and list(opened) == [["ndvi"]]
    assert panel.details.head.title.text() == "NDVI 2020–present"
    qgis_app.processEvents()
    back = next(one for one in panel.details.findChildren(QShortcut)
                if one.key() == QKeySequence("Backspace"))
    back.activated.emit()
    assert panel.currentWidget() is panel.browse
    assert panel.browse.list.current_uid() == "ndvi"


def test_an_unknown_dataset_changes_nothing(panel):
    opened = QSignalSpy(panel.dataset_opened)
    assert panel.open_dataset("nobody") is False
    assert panel.currentWidget() is panel.browse and len(opened) == 0


def test_a_record_without_uid_and_fields_opens_too(panel):
    assert panel.open_dataset("/en/products/x/y", "about")
    assert panel.details.head.title.text() == LONG_NAME.strip()
    assert panel.details.get_data.currentWidget() is panel.details.elsewhere


@pytest.mark.parametrize("uid, form", [
    ("clc2018", "order"), ("egms-l2b", "egms"), ("wic", "elsewhere")])
def test_get_data_depends_on_where_the_data_are(panel, uid, form):
    panel.open_dataset(uid)
    assert panel.details.get_data.currentWidget() is getattr(panel.details, form)


def test_every_tab_shows_every_real_dataset(panel):
    from clms_explorer.ui.catalogue.details_panel import TABS
    from clms_explorer.ui.catalogue.dataset_words import key

    panel.set_catalogue(sandbox_catalogue())
    for number, dataset in enumerate(sandbox_catalogue().datasets):
        assert panel.open_dataset(key(dataset), TABS[number % 4])


def test_control_and_a_number_choose_the_tab(panel):
    panel.open_dataset("clc2018")
    shortcuts = {one.key().toString(): one for one in panel.details.findChildren(QShortcut)}
    for number in range(4):
        shortcuts[f"Ctrl+{number + 1}"].activated.emit()
        assert panel.details.tabs.currentIndex() == number


def test_a_favourite_is_remembered_and_told(panel):
    told = QSignalSpy(panel.favourite_changed)
    panel.set_favourites(["ndvi"])
    panel.open_dataset("ndvi")
    assert panel.details.head.star.isChecked() and len(told) == 0
    panel.details.head.star.click()
    assert list(told) == [["ndvi", False]]
    panel.open_dataset("clc2018")
    panel.open_dataset("ndvi")
    assert not panel.details.head.star.isChecked()


def test_pages_are_those_of_the_portal_without_its_api(panel):
    asked = QSignalSpy(panel.page_requested)
    panel.open_dataset("clc2018")
    panel.details.head.page.click()
    assert list(asked) == [
        ["https://land.copernicus.eu/en/products/corine-land-cover/clc2018"]]


def test_adding_from_a_card_needs_no_details_unless_something_is_to_choose(panel):
    added = QSignalSpy(panel.item_added)
    panel.browse.list.cart_wanted.emit("clc2018")
    assert added[0][0].collection == "raster" and panel.currentWidget() is panel.browse
    panel.browse.list.cart_wanted.emit("ndvi")
    assert len(added) == 1 and panel.currentWidget() is panel.details
    panel.show_list()
    panel.set_area(None)
    panel.browse.list.cart_wanted.emit("clc2018")
    assert len(added) == 1 and panel.currentWidget() is panel.details


def test_adding_to_the_map_from_a_card_takes_the_first_layer(panel):
    wanted = QSignalSpy(panel.layer_requested)
    panel.browse.list.map_wanted.emit("clc2018")
    panel.browse.list.map_wanted.emit("ndvi")
    assert len(wanted) == 1
    dataset, service, names, opacity = wanted[0]
    assert dataset.uid == "clc2018" and service.kind == "wms"
    assert names == ("12",) and opacity == 1.0


def test_a_new_area_asks_again_what_is_on_disk(panel):
    panel.open_dataset("clc2018")
    opened = QSignalSpy(panel.dataset_opened)
    panel.set_area(None)
    assert list(opened) == [["clc2018"]]


def test_what_is_on_disk_of_another_dataset_is_not_shown(panel):
    panel.open_dataset("clc2018")
    panel.set_on_disk("ndvi", [object()])
    assert panel.details.order.note.isHidden()


def test_about_tells_text_facts_and_citation(panel):
    panel.open_dataset("clc2018", "about")
    shown = texts(panel.details.about)
    for words in ("Inventory of land cover.", "2018 (images 2017–2018)", "Every 6 years",
                  "Raster 100 m, vector", "Geodatabase, GeoTIFF, GeoPackage", "2020_20u1",
                  "Free, full and open. Name the source."):
        assert words in shown
    panel.set_area(Area.from_bbox(150, -34, 151, -33, "Sydney"))
    panel.details.about.copy_citation()
    assert QGuiApplication.clipboard().text() == "EEA (2020): CLC 2018."
    buttons = {one.text(): one for one in panel.details.about.findChildren(QToolButton)}
    buttons["Copy BibTeX"].click()
    assert QGuiApplication.clipboard().text().startswith("@misc{clms_corine_land_cover_2018,")


def test_markup_in_a_description_is_shown_and_never_followed(panel):
    text = '<a href="file:///etc/passwd">click</a><img src=x>'
    panel.set_catalogue(SmallCatalogue(land_cover(description=text)))
    panel.open_dataset("clc2018", "about")
    labels = [one for one in panel.details.about.findChildren(QLabel) if one.text() == text]
    assert labels and labels[0].textFormat() == Qt.TextFormat.PlainText


def test_relatives_are_named_by_what_differs(panel):
    panel.open_dataset("clc2018", "about")
    links = {one.text(): one for one in panel.details.about.findChildren(QPushButton)}
    assert {"2012", "2006", "2000"} <= set(links)
    links["2012"].click()
    assert panel.details.dataset.uid == "clc12"


def test_a_large_family_is_shown_in_the_list(panel):
    years = [land_cover(uid=str(year), path=f"/clc/{year}", title=f"CORINE Land Cover {year}")
             for year in range(1990, 2000)]
    panel.set_catalogue(SmallCatalogue(*years, vegetation()))
    panel.open_dataset("1995", "about")
    links = {one.text(): one for one in panel.details.about.findChildren(QPushButton)}
    links["all 10"].click()
    assert panel.currentWidget() is panel.browse and panel.browse.model.rowCount() == 10


def test_map_layers_are_ticked_before_they_are_added(panel):
    form = panel.details.map
    panel.open_dataset("clc2018", "map")
    wanted = QSignalSpy(panel.layer_requested)
    top = form.tree.topLevelItem(0)
    assert top.text(0) == "CLC2018_WM (WMS)"
    top.child(1).setCheckState(0, Qt.CheckState.Checked)
    form.opacity.setValue(60)
    form.footer.buttons[0].click()
    assert wanted[0][2] == ("12", "13") and wanted[0][3] == pytest.approx(0.6)
    for row in (0, 1):
        top.child(row).setCheckState(0, Qt.CheckState.Unchecked)
    assert not form.footer.buttons[0].isEnabled()


def test_a_dataset_without_services_says_so(panel):
    panel.open_dataset("ndvi", "map")
    form = panel.details.map
    assert form.none.isVisible() and not form.footer.isVisible() and not form.legend.isVisible()


def test_a_service_without_known_layers_is_taken_as_a_whole(panel):
    from clms_explorer.core.clms.models import MapService

    service = MapService("arcgis-map", "https://example.org/arcgis/rest/services/A/B/MapServer")
    panel.set_catalogue(SmallCatalogue(land_cover(services=(service,))))
    panel.open_dataset("clc2018", "map")
    assert panel.details.map.tree.topLevelItem(0).text(0) == "B (ArcGIS map service)"
    assert panel.details.map.chosen() == [(service, ())]


def test_the_legend_is_seen_before_anything_is_loaded(panel):
    raw = {"downloadable_files": {"items": [{"file": "u2018_clc2018_v2020_20u1_raster100m"}]}}
    panel.set_catalogue(SmallCatalogue(land_cover(raw=raw), ground_motion(
        services=land_cover().services)))
    panel.open_dataset("clc2018", "map")
    legend = panel.details.map.legend
    assert legend.all.text() == "Show all 44" and len(legend.swatches.rows) == 12
    code, label, colour = legend.swatches.rows[0]
    assert (code, label, colour.name()) == ("111", "Continuous urban fabric", "#e6004d")
    legend.all.click()
    assert len(legend.swatches.rows) == 44 and legend.all.isHidden()
    panel.open_dataset("egms-l2b", "map")
    assert len(legend.swatches.rows) >= 5 and "mm/year" in legend._title.text()


def test_documents_are_the_links_of_the_record(panel):
    raw = {"geonetwork_identifiers": {"items": [
        {"type": "EEA", "id": "960998c1", "title": "CLC raster"},
        {"type": "other", "id": "https://example.org/m"}, {"type": "other", "id": "x"}, {}]}}
    panel.set_catalogue(SmallCatalogue(land_cover(raw=raw, doi="10.2909/960998c1")))
    panel.open_dataset("clc2018", "documents")
    rows = panel.details.documents.list
    asked = QSignalSpy(panel.page_requested)
    assert [rows.item(row).text() for row in range(rows.count())] == [
        "Documents and use cases on the dataset's page", "DOI 10.2909/960998c1",
        "Metadata record: CLC raster", "Metadata record"]
    rows.setCurrentRow(2)
    QTest.keyClick(rows, Qt.Key.Key_Return)
    assert asked[0][0].startswith("https://sdi.eea.europa.eu/") and "960998c1" in asked[0][0]


def test_what_is_elsewhere_leads_there(panel):
    panel.open_dataset("wic")
    form = panel.details.elsewhere
    assert form.note.text == ("The portal does not deliver this dataset. It is in the Copernicus "
                              "Data Space, which needs its own free account.")
    assert "September 2016" in texts(form)
    asked = QSignalSpy(panel.page_requested)
    form.note.buttons[0].click()
    assert list(asked) == [["https://dataspace.copernicus.eu/x"]]


@pytest.fixture
def dock(panel, qgis_app):
    from clms_explorer.ui.shell.main_dock import MainDock

    dock = MainDock(QLabel("area"), panel, QWidget(), QWidget())
    dock.show()
    qgis_app.processEvents()
    yield dock
    panel.setParent(None)
    dock.deleteLater()


def titles(dock):
    return [dock.tabs.tabText(index) for index in range(3)]


def test_tabs_count_and_drop_their_counts_before_they_are_cut(dock, qgis_app):
    font = QFont(dock.font())
    font.setPointSize(2 * font.pointSize())
    dock.tabs.tabBar().setFont(font)
    dock.resize(1600, 700)
    qgis_app.processEvents()
    dock.set_count("cart", 3)
    dock.set_count("downloads", 2)
    assert titles(dock) == ["Catalogue", "Cart (3)", "Downloads (2)"]
    frame = dock.width() - dock.widget().width()
    needed = dock.tabs.tabBar().sizeHint().width() + frame
    for width, expected in ((needed - 4, ["Catalogue", "Cart", "Downloads"]),
                            (needed + 4, ["Catalogue", "Cart (3)", "Downloads (2)"])):
        dock.resize(width, 700)
        qgis_app.processEvents()
        assert titles(dock) == expected
    dock.set_count("cart", 0)
    assert titles(dock)[1] == "Cart"


def test_the_dock_fits_into_its_smallest_width_with_every_view(dock, panel, qgis_app):
    from clms_explorer.ui import look

    narrowest = 80 * look.unit(dock.font())
    for show in (panel.show_list, lambda: panel.browse.head.filters.setChecked(True),
                 *(lambda uid=uid, tab=tab: panel.open_dataset(uid, tab)
                   for uid in ("clc2018", "ndvi", "egms-l2b", "wic")
                   for tab in ("about", "get", "map", "documents"))):
        show()
        dock.resize(narrowest, 700)
        qgis_app.processEvents()
        assert dock.widget().minimumSizeHint().width() <= narrowest
        assert dock.widget().width() <= narrowest


def test_what_scrolls_never_scrolls_sideways(dock, panel, qgis_app):
    from clms_explorer.ui import look
    from clms_explorer.ui.catalogue.form_parts import Body

    for uid in ("clc2018", "ndvi", "egms-l2b", "wic"):
        for tab in ("about", "get", "map", "documents"):
            panel.open_dataset(uid, tab)
            dock.resize(80 * look.unit(dock.font()), 700)
            qgis_app.processEvents()
            for body in panel.details.findChildren(Body):
                if body.isVisible():
                    assert body.widget().width() <= body.viewport().width(), (uid, tab)


def test_the_status_line_says_age_and_connection(dock):
    status = dock.status
    assert status.age.text() == "No catalogue yet"
    now = datetime.now(timezone.utc)
    dock.set_catalogue_time(now)
    assert status.age.text().startswith("Catalogue of today, ")
    dock.set_catalogue_time(now - timedelta(days=400))
    assert ":" not in status.age.text() and "20" in status.age.text()
    dock.set_busy("Reading the catalogue…")
    assert status.age.text() == "Reading the catalogue…" and not status.refresh.isEnabled()
    dock.set_busy("")
    assert status.refresh.isEnabled()
    for state, words in (("ready", "Service key set"), ("no_key", "No service key"),
                         ("offline", "Offline")):
        dock.set_connection(state)
        assert status.connection.text() == words


def test_the_dock_tells_wishes_and_tabs(dock):
    refresh, settings = QSignalSpy(dock.refresh_requested), QSignalSpy(dock.settings_requested)
    changed = QSignalSpy(dock.tab_changed)
    dock.status.refresh.click()
    dock.status.settings.click()
    dock.show_tab("downloads")
    dock.show_tab("downloads")
    assert len(refresh) == len(settings) == 1 and list(changed) == [["downloads"]]
    assert dock.objectName() == "ClmsExplorerDock"


def test_icon_buttons_have_names(dock, panel):
    panel.open_dataset("clc2018")
    ours = [button for button in dock.findChildren(QToolButton)
            if not button.icon().isNull() and not button.text()
            and not isinstance(button.parent(), QLineEdit)]
    assert len(ours) >= 4
    for button in ours:
        assert button.toolTip() and button.accessibleName(), button.parent()
