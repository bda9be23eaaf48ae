"""Search and filters over the whole catalogue, and what is shown when there is nothing."""

from __future__ import annotations

from datetime import datetime, timedelta, timezone

import pytest
from catalogue_data import (
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
from qgis.PyQt.QtTest import QAbstractItemModelTester, QSignalSpy, QTest
from qgis.PyQt.QtWidgets import QApplication, QPushButton

from clms_explorer.core.aoi.area import Area
from clms_explorer.core.clms.query import CatalogueQuery

AZORES = Area.from_bbox(-25.9, 37.7, -25.1, 37.95, "São Miguel")
SYDNEY = Area.from_bbox(150, -34.5, 151.5, -33.5, "Sydney")


@pytest.fixture
def page(qgis_app):
    from clms_explorer.ui.catalogue.browse_page import BrowsePage
    from clms_explorer.ui.catalogue.thumbnails import Thumbnails

    page = BrowsePage(Thumbnails(lambda path, stop: b"", Desk().start))
    QAbstractItemModelTester(
        page.pane.model, QAbstractItemModelTester.FailureReportingMode.Fatal, page.pane.model)
    page.resize(400, 700)
    page.show()
    yield page
    page.deleteLater()


@pytest.fixture
def small(page):
    page.set_catalogue(SmallCatalogue(
        land_cover(), vegetation(), ground_motion(), elsewhere(), bare()))
    page.set_area(AZORES)
    return page


def shown(page):
    return [page.model.index(row).data() for row in range(page.model.rowCount())]


def chips(page):
    QApplication.processEvents()
    return [chip for chip in page.head.findChildren(QPushButton) if not chip.isHidden()]


def option(page, text):
    found = page.pane.model.findItems(
        text, Qt.MatchFlag.MatchRecursive | Qt.MatchFlag.MatchExactly)
    assert len(found) == 1
    return found[0]


def choice():
    from clms_explorer.ui.catalogue.filter_choice import FilterChoice

    return FilterChoice


def test_every_key_stroke_narrows_the_real_catalogue(page):
    page.set_catalogue(sandbox_catalogue())
    page.set_area(AZORES)
    counts, text = [], ""
    for letter in "corine land cover 2018":
        text += letter
        page.search(text)
        counts.append(page.model.rowCount())
    assert counts == sorted(counts, reverse=True) and counts[-1] >= 1
    assert shown(page)[0] == "CORINE Land Cover 2018"
    page.search("")
    assert page.model.rowCount() >= counts[0]


def test_typing_is_followed_after_a_moment_and_told_once(small, wait_until):
    spy = QSignalSpy(small.query_changed)
    QTest.keyClicks(small.head.field, "ndvi")
    assert len(spy) == 0
    wait_until(lambda: len(spy) > 0)
    assert [query.text for (query,) in spy] == ["ndvi"]
    assert shown(small) == ["NDVI 2020–present"]
    small.head.field.setText(" ndvi ")
    small.head.flush()
    small.update_list()
    assert len(spy) == 1


def test_down_goes_to_the_list_and_escape_clears(small, qgis_app):
    small.search("ndvi")
    QTest.keyClick(small.head.field, Qt.Key.Key_Down)
    assert small.list.currentIndex().row() == 0
    QTest.keyClick(small.head.field, Qt.Key.Key_Escape)
    small.head.flush()
    assert small.head.field.text() == "" and small.model.rowCount() == 5


def test_the_row_stays_current_while_the_list_changes(small):
    small.list.select("ndvi")
    small.search("ndvi")
    assert small.list.current_uid() == "ndvi"
    small.search("")
    assert small.list.current_uid() == "ndvi"


def test_the_order_of_the_list_can_be_chosen(small):
    spy = QSignalSpy(small.line.sort_changed)
    small.line.set_sort("title")
    small.line.set_sort("title")
    assert len(spy) == 1 and small.line.button.text() == "Title"
    assert shown(small) == sorted(shown(small), key=lambda name: name.replace("EGMS", "European"))


def test_the_area_filters_by_itself_and_shows_it(small):
    assert [chip.text() for chip in chips(small)] == ["Covers my area"]
    assert small.line.count.text() == "5 of 5 datasets"
    small.set_area(SYDNEY)
    assert "CORINE Land Cover 2018" not in shown(small)
    small.set_area(None)
    assert chips(small) == [] and small.head.filters.text() == "Filters"


def test_a_filter_is_taken_off_by_its_button(small):
    small.set_choice(choice()(map_layer=True, products=(("Bio-geophysical Parameters",
                                                         "Vegetation"),)))
    assert shown(small) == []
    assert small.head.filters.text() == "Filters (3)"
    assert [chip.text() for chip in chips(small)] == [
        "Covers my area", "Has a map layer", "Vegetation"]
    chips(small)[1].click()
    assert shown(small) == ["NDVI 2020–present"]


def test_filters_are_ticked_and_counted(small):
    small.head.filters.setChecked(True)
    model = small.pane.model
    spy = QSignalSpy(small.query_changed)
    count = model.data(option(small, "Has prepackaged files").index(), 0x100 + 2)
    assert count == 1
    option(small, "Has prepackaged files").setCheckState(Qt.CheckState.Checked)
    assert shown(small) == ["CORINE Land Cover 2018"] and len(spy) == 1
    assert not option(small, "Only elsewhere").isEnabled()
    option(small, "Has prepackaged files").setCheckState(Qt.CheckState.Unchecked)
    assert len(shown(small)) == 5 and option(small, "Only elsewhere").isEnabled()


def test_a_component_holds_its_products(small):
    small.head.filters.setChecked(True)
    bio = option(small, "Bio-geophysical variables")
    bio.setCheckState(Qt.CheckState.Checked)
    assert small.choice.components == ("Bio-geophysical Parameters",)
    assert len(shown(small)) == 2
    option(small, "Water").setCheckState(Qt.CheckState.Unchecked)
    assert bio.checkState() == Qt.CheckState.PartiallyChecked
    assert small.choice.products == (("Bio-geophysical Parameters", "Vegetation"),)
    assert shown(small) == ["NDVI 2020–present"]
    option(small, "Ground motion").setCheckState(Qt.CheckState.Checked)
    assert len(shown(small)) == 2


def test_the_wish_for_the_area_waits_for_one(small):
    small.head.filters.setChecked(True)
    small.set_area(None)
    covers = option(small, "Covers my area")
    assert not covers.isEnabled() and covers.checkState() == Qt.CheckState.Unchecked
    option(small, "Has a map layer").setCheckState(Qt.CheckState.Checked)
    assert small.choice.covers
    small.set_area(AZORES)
    assert covers.isEnabled() and covers.checkState() == Qt.CheckState.Checked


def test_clear_all_takes_every_filter_off(small):
    small.set_choice(choice()(by_area=True))
    small.head.filters.setChecked(True)
    small.pane.choice_changed.emit(choice()(covers=False))
    assert chips(small) == [] and len(shown(small)) == 5


def test_setting_the_same_choice_is_no_change(small):
    spy = QSignalSpy(small.query_changed)
    small.set_choice(choice()())
    small.set_area(AZORES)
    small.line.set_sort("relevance")
    assert len(spy) == 0


def test_filters_stand_beside_the_list_where_there_is_room(small, qgis_app):
    small.head.filters.setChecked(True)
    small.resize(800, 700)
    qgis_app.processEvents()
    assert small.pane.geometry().right() < small.list.mapTo(small, small.list.pos()).x() + 1
    small.resize(400, 700)
    qgis_app.processEvents()
    assert small.pane.width() == 400 and small.pane.height() <= 350


def test_without_an_area_the_first_question_is_where(page):
    page.set_catalogue(SmallCatalogue(land_cover()))
    ways = QSignalSpy(page.states.area_way_requested)
    state = page.states.no_area
    assert page.states.isVisible() and state.title == "Where is your area?"
    assert not page.head.isVisible()
    for way in state.ways[:4]:
        way.click()
    assert list(ways) == [["view"], ["box"], ["nuts"], ["menu"]]
    state.ways[4].click()
    assert page.list.isVisible() and shown(page) == ["CORINE Land Cover 2018"]


def test_an_area_answers_the_question(page):
    page.set_catalogue(SmallCatalogue(land_cover()))
    page.set_area(AZORES)
    assert page.list.isVisible() and page.head.isVisible()


def test_nothing_found_says_what_was_looked_for_and_the_ways_out(small):
    small.set_choice(choice()(prepackaged=True))
    small.search("ndvi outlines")
    state = small.states.no_match
    assert state.isVisible() and state.title == "No dataset matches"
    assert state.sentence == ("Nothing found for “ndvi outlines” with the filters Covers my area "
                              "and Has prepackaged files.")
    assert [way.text() for way in state.ways] == ["Clear the filters", "Search “ndvi” only"]
    state.ways[1].click()
    assert small.head.field.text() == "ndvi"
    assert state.sentence.endswith("Without the filters there is 1 dataset.")
    state.ways[0].click()
    assert shown(small) == ["NDVI 2020–present"] and chips(small) == []


def test_nothing_found_without_filters_offers_to_clear_the_search(small):
    small.set_choice(choice()(covers=False))
    small.search("zzz")
    state = small.states.no_match
    assert state.sentence == "Nothing found for “zzz”."
    assert [way.text() for way in state.ways] == ["Clear the search"]
    state.ways[0].click()
    assert len(shown(small)) == 5


def test_without_a_catalogue_it_is_read_or_asked_for(page):
    refresh = QSignalSpy(page.states.refresh_requested)
    state = page.states.no_catalogue
    page.set_reading()
    assert state.title == "The catalogue is being read" and state.ways == []
    page.set_problem("No connection to land.copernicus.eu.")
    assert state.title == "No catalogue yet"
    assert state.sentence == "No connection to land.copernicus.eu."
    assert page.note.isHidden()
    state.ways[0].click()
    assert len(refresh) == 1


def test_a_failed_refresh_is_a_note_above_a_working_catalogue(small):
    small.set_problem("The portal sent a web page instead of data.")
    assert small.note.text == "The portal sent a web page instead of data."
    assert len(shown(small)) == 5
    refresh = QSignalSpy(small.note.refresh_requested)
    small.note.buttons[0].click()
    assert len(refresh) == 1
    small.set_catalogue(SmallCatalogue(land_cover()))
    assert small.note.isHidden()


def test_the_note_says_what_limits_the_work(small):
    note = small.note
    imported, page = QSignalSpy(note.key_import_requested), QSignalSpy(note.page_requested)
    note.set_connection("no_key")
    assert note.text.startswith("To order and download data you need a service key")
    note.buttons[0].click()
    note.buttons[1].click()
    assert len(imported) == 1 and page[0][0].startswith("https://land.copernicus.eu/")
    note.set_fetched(datetime.now(timezone.utc) - timedelta(days=3))
    note.set_connection("offline")
    assert "3 days old" in note.text and note.text.startswith("No connection. You see the")
    note.set_connection("ready")
    assert note.isHidden()


def test_products_and_whole_components_are_one_wish(qgis_app):
    """Components and products must both hold in a query, so all is told by products."""
    picked = choice()(components=("Land",), products=(("Water", "Snow"),))
    query = picked.query("", "title", None, {"Land": ("Forest", "Crops"), "Water": ("Snow",)})
    assert query == CatalogueQuery(products=("Snow", "Forest", "Crops"), sort="title")
    only = choice()(components=("Land",)).query("", "title", None, {})
    assert only.components == ("Land",) and only.products == ()
