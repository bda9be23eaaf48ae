"""Get data from the EGMS archive, and its footprints on the map."""

from __future__ import annotations

import pytest
from catalogue_data import Desk, ground_motion
from qgis.core import QgsCoordinateReferenceSystem, QgsRectangle
from qgis.gui import QgsMapCanvas
from qgis.PyQt.QtCore import QModelIndex, Qt
from qgis.PyQt.QtTest import QAbstractItemModelTester, QSignalSpy, QTest
from shapely.geometry import box

from clms_explorer.core.aoi.area import Area
from clms_explorer.core.egms.hits import Hit
from clms_explorer.core.egms.service import EgmsService

USTICA = Area.from_bbox(13.14, 38.68, 13.21, 38.73, "Ustica")
PAGE = "https://land.copernicus.eu/en/products/european-ground-motion-service/calibrated"


def l2b(track, burst, direction, west, east, size=3_700_000):
    name = f"EGMS_L2b_{track:03}_{burst}_IW2_VV_2020_2024_1.zip"
    return Hit(name, size, box(west, 38, east, 39), "L2b", release="2020-2024", sub_release=1,
               track=track, swath="IW2", burst=burst, direction=direction)


def l3(component):
    name = f"EGMS_L3_E45N17_100km_{component}_2020_2024_1.zip"
    return Hit(name, 200_000, box(12.9, 38.5, 14.2, 39.5), "L3", component=component,
               release="2020-2024", sub_release=1, tile="E45N17")


UP, UP_PART = l2b(117, "0227", "ascending", 12, 14), l2b(44, "0228", "ascending", 12, 13.17)
DOWN = l2b(22, "0845", "descending", 12, 14, 3_800_000)
HITS = [UP, DOWN, UP_PART]


@pytest.fixture
def desk():
    return Desk()


@pytest.fixture
def form(qgis_app, desk):
    from clms_explorer.ui.catalogue.egms_form import EgmsForm

    form = EgmsForm(desk.start)
    QAbstractItemModelTester(
        form.model, QAbstractItemModelTester.FailureReportingMode.Fatal, form.model)
    form.resize(400, 800)
    form.set_dataset(ground_motion(), PAGE)
    yield form
    form.deleteLater()


@pytest.fixture
def found(form, desk):
    """Return the form with three files found."""
    form.set_area(USTICA)
    form.show()
    form.set_hits(HITS)
    desk.work()
    return form


def texts(form):
    return form.footer.title.text(), form.footer.hint.text()


def rows(form):
    return [form.model.index(row) for row in range(form.model.rowCount())]


def tick(form, row, state=Qt.CheckState.Checked):
    return form.model.setData(form.model.index(row), state, Qt.ItemDataRole.CheckStateRole)


def test_it_searches_only_while_it_is_on_screen(form):
    spy = QSignalSpy(form.search_requested)
    form.set_area(USTICA)
    assert len(spy) == 0
    form.show()
    assert list(spy) == [[{"level": "L2b"}]]
    assert form.title.text() == "Searching the archive…"
    form.hide()
    form.show()
    form.set_area(USTICA)
    assert len(spy) == 1


def test_without_an_area_it_asks_for_one(form):
    spy = QSignalSpy(form.search_requested)
    form.show()
    assert len(spy) == 0 and form.title.text() == "Choose an area first"
    assert texts(form) == ("No files chosen", "Choose an area first")
    assert not any(button.isEnabled() for button in form.footer.buttons)


def test_level_and_release_search_anew_and_the_rest_does_not(found):
    spy = QSignalSpy(found.search_requested)
    found.wishes.directions["ascending"].click()
    found.wishes.track.setCurrentIndex(1)
    assert len(spy) == 0
    found.set_releases(["2020-2024", "2019-2023"])
    found.set_releases(["2020-2024", "2019-2023"])
    assert len(spy) == 0
    found.wishes.release.setCurrentIndex(2)
    found.wishes.set_level("L3")
    found.wishes.set_level("L3")
    assert list(spy) == [[{"level": "L2b", "release": "2019-2023"}],
                         [{"level": "L3", "release": "2019-2023"}]]


def test_the_dataset_names_the_level_to_begin_with(form):
    form.set_dataset(ground_motion(title="European Ground Motion Service: Ortho"), PAGE)
    form.show()
    assert form.wishes.levels["L3"].button.isChecked()
    assert form.wishes.up.isVisible() and not form.wishes.track.isVisible()
    form.wishes.set_level("L2a")
    assert not form.wishes.up.isVisible() and form.wishes.track.isVisible()


def test_files_are_named_by_track_and_judged_by_what_they_cover(found):
    from clms_explorer.ui.catalogue.hit_model import HitRole

    assert found.title.text() == "3 files touch your area"
    assert [index.data() for index in rows(found)] == [
        "Track 117, IW2, burst 0227", "Track 44, IW2, burst 0228", "Track 22, IW2, burst 0845"]
    assert [index.data(HitRole.SECOND) for index in rows(found)] == [
        "Ascending · covers the whole area", "Ascending · covers 43 % of the area",
        "Descending · covers the whole area"]
    assert found.wishes.release.currentText() == "2020–2024, newest"
    assert found.wishes.track.currentText() == "All tracks (3)"


def test_both_orbits_are_chosen_and_the_footer_counts_what_is_to_load(found):
    assert [hit.track for hit in found.model.ticked] == [117, 22]
    assert texts(found) == ("2 files, 7.5 MB to load", "up to 23\u202f000 points")
    found.inside.setChecked(False)
    assert texts(found)[1] == "about 23\u202f000 points"
    found.set_on_disk([DOWN.filename])
    assert texts(found) == (
        "2 files, 3.7 MB to load", "1 of 2 is on disk · about 23\u202f000 points")
    found.set_on_disk([DOWN.filename, UP.filename])
    assert texts(found)[0] == "2 files, 0 kB to load"
    assert texts(found)[1].startswith("all are on disk")


def test_ticks_are_told_once_and_select_both_orbits_brings_them_back(found):
    spy = QSignalSpy(found.model.ticked_changed)
    tick(found, 0, Qt.CheckState.Unchecked)
    tick(found, 0, Qt.CheckState.Unchecked)
    tick(found, 1)
    assert len(spy) == 2 and [hit.track for hit in found.model.ticked] == [44, 22]
    found.both.click()
    found.both.click()
    assert len(spy) == 3 and [hit.track for hit in found.model.ticked] == [117, 22]


def test_space_and_a_click_anywhere_tick_a_row(found, qgis_app):
    qgis_app.processEvents()
    view = found.list
    place = view.visualRect(found.model.index(1)).center()
    QTest.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert UP_PART in found.model.ticked
    view.setCurrentIndex(found.model.index(1))
    QTest.keyClick(view, Qt.Key.Key_Space)
    assert UP_PART not in found.model.ticked


def test_direction_and_track_choose_among_what_was_found(found):
    found.wishes.directions["descending"].click()
    assert [index.data() for index in rows(found)] == ["Track 22, IW2, burst 0845"]
    assert found.model.ticked == [DOWN] and found.title.text() == "1 file touches your area"
    found.wishes.directions[""].click()
    found.wishes.track.setCurrentIndex(found.wishes.track.findData(44))
    assert [index.data() for index in rows(found)] == ["Track 44, IW2, burst 0228"]
    assert found.model.ticked == [] and texts(found)[1] == "Choose a file first"


def test_an_unknown_direction_passes_every_filter(form, desk):
    form.set_area(USTICA)
    form.show()
    form.set_hits([l2b(9, "0001", "", 12, 14)])
    desk.work()
    form.wishes.directions["ascending"].click()
    assert len(rows(form)) == 1 and form.footer.buttons[0].isEnabled()


def test_the_item_is_what_the_archive_delivers(found):
    added, ordered = QSignalSpy(found.item_added), QSignalSpy(found.order_requested)
    found.footer.buttons[1].click()
    found.footer.buttons[0].click()
    item = added[0][0]
    assert ordered[0][0] == [item]
    assert (item.service, item.dataset, item.clip) == ("egms", "egms-l2b", True)
    assert item.collection_title == "Calibrated (L2b), 2020–2024" and item.size == 7_500_000
    assert item.extra["level"] == "L2b" and item.extra["page"] == PAGE
    order = EgmsService(archive=None, http=None).order(item)
    assert [file["filename"] for file in order.request["files"]] == [UP.filename, DOWN.filename]


def test_grid_cells_are_chosen_by_component(form, desk):
    form.set_dataset(ground_motion(title="European Ground Motion Service: Ortho"), PAGE)
    form.set_area(USTICA)
    form.show()
    form.set_hits([l3("E"), l3("U")])
    desk.work()
    assert [index.data() for index in rows(form)] == ["Tile E45N17", "Tile E45N17"]
    assert len(form.model.ticked) == 2
    form.wishes.east.setChecked(False)
    assert [hit.component for hit in form.model.ticked] == ["U"]
    assert form.both.isHidden()


def test_nothing_here_is_an_answer_and_not_an_error(form, desk):
    form.set_area(USTICA)
    form.show()
    form.set_hits([])
    desk.work()
    assert form.note.text.startswith("No EGMS files here.") and form.note.buttons == []
    assert form.list.isHidden() and form.title.isHidden() and texts(form)[1] == ""


def test_one_release_without_files_leads_to_all(form, desk):
    form.set_area(USTICA)
    form.set_releases(["2020-2024", "2015-2021"])
    form.show()
    form.wishes.release.setCurrentIndex(2)
    form.set_hits([])
    desk.work()
    spy = QSignalSpy(form.search_requested)
    form.note.buttons[0].click()
    assert list(spy) == [[{"level": "L2b"}]]


def test_a_failure_says_why_and_can_be_tried_again(found):
    found.wishes.set_level("L2a")
    found.set_error("The archive does not answer. Nothing is lost.")
    assert found.note.text == "The archive does not answer. Nothing is lost."
    assert found.list.isHidden() and not found.footer.buttons[0].isEnabled()
    spy = QSignalSpy(found.search_requested)
    found.note.buttons[0].click()
    assert list(spy) == [[{"level": "L2a"}]] and found.note.isHidden()


def test_an_answer_for_another_area_is_dropped(form, desk):
    form.set_area(USTICA)
    form.show()
    form.set_hits(HITS)
    form.set_area(Area.from_bbox(9, 45, 9.2, 45.2, "Milan"))
    desk.work()
    assert rows(form) == [] and form.title.text() == "Searching the archive…"
    form.set_area(None)
    form.set_hits(HITS)
    assert not desk.waiting and rows(form) == []


def test_the_map_is_told_what_is_chosen_and_pointed_at(found, qgis_app):
    spy = QSignalSpy(found.footprints_changed)
    tick(found, 0, Qt.CheckState.Unchecked)
    assert [(hit.track, chosen, hovered) for hit, chosen, hovered in spy[-1][0]] == [
        (117, False, False), (44, False, False), (22, True, False)]
    found.list.hovered.emit(found.model.index(1))
    assert [hovered for _hit, _chosen, hovered in spy[-1][0]] == [False, True, False]
    count = len(spy)
    found.list.hovered.emit(found.model.index(1))
    assert len(spy) == count
    found.list.hovered.emit(QModelIndex())
    assert not any(hovered for _hit, _chosen, hovered in spy[-1][0])
    found.hide()
    assert spy[-1][0] == []
    found.show()
    assert len(spy[-1][0]) == 3


@pytest.fixture
def canvas(qgis_app):
    canvas = QgsMapCanvas()
    canvas.resize(400, 300)
    canvas.setDestinationCrs(QgsCoordinateReferenceSystem("EPSG:4326"))
    canvas.setExtent(QgsRectangle(11.5, 37.5, 14.5, 39.5))
    canvas.show()
    qgis_app.processEvents()
    yield canvas
    canvas.deleteLater()


def colours(canvas):
    """Return the colours that the canvas shows, but for white."""
    image = canvas.grab().toImage()
    found = {image.pixelColor(x, y).name()
             for x in range(image.width()) for y in range(image.height())}
    return found - {"#ffffff"}


def test_footprints_are_drawn_and_removed(canvas, qgis_app):
    from clms_explorer.ui.catalogue.footprints import Footprints

    empty = colours(canvas)
    footprints = Footprints(canvas)
    footprints.show_rows([(UP, True, False), (DOWN, False, True)])
    assert {"#8445b3", "#147a63"} <= colours(canvas)
    canvas.setDestinationCrs(QgsCoordinateReferenceSystem("EPSG:3035"))
    canvas.setExtent(QgsRectangle(4500000, 1600000, 4800000, 1900000))
    qgis_app.processEvents()
    assert "#8445b3" in colours(canvas)
    items = len(canvas.scene().items())
    footprints.show_rows([])
    assert len(canvas.scene().items()) == items - 1
    footprints.show_rows([(l3("U"), True, False)])
    footprints.remove()
    assert len(canvas.scene().items()) == items - 1
    assert footprints.rows == ()
    assert colours(canvas) <= empty


def test_chosen_footprints_are_filled_and_others_are_not(canvas):
    from clms_explorer.ui.catalogue.footprints import Footprints

    footprints = Footprints(canvas)
    inside = []
    for chosen in (False, True):
        footprints.show_rows([(UP, chosen, False)])
        inside.append(canvas.grab().toImage().pixelColor(200, 120).name())
    assert inside[0] == "#ffffff" and inside[1] != "#ffffff"
    footprints.remove()
