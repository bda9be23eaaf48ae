"""The cards: their words, their model, their list, their thumbnails."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from catalogue_data import (
    LONG_NAME,
    Desk,
    bare,
    elsewhere,
    ground_motion,
    land_cover,
    sandbox_catalogue,
    vegetation,
)
from qgis.PyQt.QtCore import QBuffer, QByteArray, QIODevice, QPoint, Qt
from qgis.PyQt.QtGui import QImage
from qgis.PyQt.QtTest import QAbstractItemModelTester, QSignalSpy, QTest

from clms_explorer.core.errors import NoConnection


@pytest.fixture
def words(qgis_app):
    from clms_explorer.ui.catalogue import dataset_words

    return dataset_words


@pytest.fixture
def desk():
    return Desk()


def png(width=400, height=300):
    """Return a red picture."""
    image = QImage(width, height, QImage.Format.Format_RGB32)
    image.fill(Qt.GlobalColor.red)
    data = QByteArray()
    buffer = QBuffer(data)
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    image.save(buffer, "PNG")
    return bytes(data)


@pytest.fixture
def thumbnails(qgis_app, desk):
    from clms_explorer.ui.catalogue.thumbnails import Thumbnails

    return Thumbnails(lambda path, stop: png(), desk.start)


@pytest.fixture
def model(thumbnails):
    from clms_explorer.ui.catalogue.catalogue_model import CatalogueModel

    model = CatalogueModel(thumbnails)
    QAbstractItemModelTester(
        model, QAbstractItemModelTester.FailureReportingMode.Fatal, model)
    model.set_datasets([land_cover(), vegetation(), ground_motion(), elsewhere(), bare()])
    return model


@pytest.fixture
def view(model):
    from clms_explorer.ui.catalogue.dataset_list import DatasetList

    view = DatasetList(model)
    view.resize(400, 500)
    view.show()
    yield view
    view.deleteLater()


def roles():
    from clms_explorer.ui.catalogue.catalogue_model import CardRole

    return CardRole


def test_a_card_answers_what_when_and_where_from(words):
    clc = land_cover()
    assert words.name_of(clc) == "CORINE Land Cover 2018"
    assert words.facts_line(clc) == "Raster 100 m, vector · 2018 · every 6 years"
    assert words.access_line(clc) == "By area · 3 prepackaged files · map layer"
    assert words.access_line(vegetation()) == "By area, up to 30 days per order"
    assert words.access_line(vegetation(limit_days=365)) == "By area, up to 1 year per order"
    assert words.facts_line(vegetation()) == "Raster 300 m · 2020 to today · every 10 days"


def test_ground_motion_is_named_briefly(words):
    egms = ground_motion()
    assert words.name_of(egms) == "EGMS Calibrated 2016–present"
    assert words.facts_line(egms) == "Points · 2016 to today · yearly"
    assert words.access_line(egms) == "By area"
    assert words.egms_level(egms) == "L2b"
    ortho = ground_motion(title="European Ground Motion Service: Ortho 2016-present (vector)")
    assert words.egms_level(ortho) == "L3" and words.form(ortho) == "Grid 100 m"


def test_what_is_elsewhere_says_where(words):
    assert words.access_line(elsewhere()) == "Only in the Copernicus Data Space"
    assert words.access_line(elsewhere(raw=None)) == "Only elsewhere"
    wekeo = {"download_other_ways_access_dataset": '<a href="https://wekeo.eu/d">WEkEO</a>'}
    assert words.access_line(elsewhere(raw=wekeo)) == "Only in WEkEO"
    assert words.other_links(elsewhere(raw=wekeo)) == ("https://wekeo.eu/d",)


def test_new_lasts_ninety_days(words):
    today = date(2026, 11, 25)
    for days, is_new in ((0, True), (90, True), (91, False), (-1, False)):
        published = (today - timedelta(days=days)).isoformat()
        assert words.is_new(land_cover(published=published), today) is is_new
    assert not words.is_new(land_cover(published="soon"), today)


def test_a_record_that_says_nothing_has_a_card_too(words, model):
    assert words.key(bare()) == "/en/products/x/y"
    index = model.index_of("/en/products/x/y")
    assert index.data() == LONG_NAME.strip()
    assert index.data(roles().FACTS) == ""
    assert index.data(roles().ACCESS) == "Only elsewhere"
    assert index.data(roles().PICTURE) is None


def test_every_real_record_has_words(words):
    for dataset in sandbox_catalogue().datasets:
        assert words.name_of(dataset) and words.access_line(dataset)
        assert "None" not in words.facts_line(dataset) + words.head_line(dataset)


def test_the_same_datasets_are_no_change(model):
    spy = QSignalSpy(model.modelReset)
    model.set_datasets([model.dataset(model.index(row)) for row in range(model.rowCount())])
    assert len(spy) == 0
    model.set_datasets([])
    assert len(spy) == 1 and model.rowCount() == 0


def test_a_card_says_what_is_on_disk(model):
    spy = QSignalSpy(model.dataChanged)
    model.set_on_disk({"clc2018": "Malta", "unknown": "x"})
    assert model.index(0).data(roles().ACCESS) == "On disk for Malta"
    assert len(spy) == 1
    model.set_on_disk({"clc2018": "Malta", "unknown": "x"})
    assert len(spy) == 1
    model.set_on_disk({"clc2018": ""})
    assert model.index(0).data(roles().ACCESS) == "On disk"


def test_the_tool_tip_holds_all(model):
    tip = model.index(0).data(Qt.ItemDataRole.ToolTipRole)
    assert "CORINE Land Cover 2018 (vector/raster 100 m), Europe, 6-yearly" in tip
    assert "3 prepackaged files" in tip
    assert "By area" in model.index(0).data(Qt.ItemDataRole.AccessibleTextRole)


def test_a_picture_is_asked_for_once_and_shown_when_it_is_there(model, desk, thumbnails):
    model.set_datasets([land_cover(thumbnail="/clc"), vegetation(thumbnail="/ndvi")])
    changed = QSignalSpy(model.dataChanged)
    for _painting in range(3):
        assert model.index(0).data(roles().PICTURE) is None
    assert len(desk.waiting) == 1
    desk.work()
    picture = model.index(0).data(roles().PICTURE)
    assert (picture.width(), picture.height()) == (360, 270)
    assert [list(args[0:1])[0].row() for args in changed] == [0]
    assert not desk.waiting


def test_at_most_two_fetch_beside_each_other_and_the_newest_wish_is_first(qgis_app, desk):
    from clms_explorer.ui.catalogue.thumbnails import Thumbnails

    asked = []

    def get(path, stop):
        asked.append(path)
        return png(10, 10)

    pictures = Thumbnails(get, desk.start)
    for number in range(5):
        pictures.picture(f"/{number}")
    assert len(desk.waiting) == 2
    desk.work()
    assert asked == ["/4", "/3", "/2", "/1", "/0"]


def test_a_picture_that_fails_is_asked_for_again_only_when_told(qgis_app, desk):
    from clms_explorer.ui.catalogue.thumbnails import Thumbnails

    answers = [NoConnection("offline"), b"<html>", png(10, 10)]

    def get(path, stop):
        answer = answers.pop(0)
        if isinstance(answer, Exception):
            raise answer
        return answer

    pictures = Thumbnails(get, desk.start)
    loaded = QSignalSpy(pictures.loaded)
    for _try in range(2):
        assert pictures.picture("/x") is None
        desk.work()
        assert pictures.picture("/x") is None and not desk.waiting
        pictures.ask_again()
    pictures.picture("/x")
    desk.work()
    assert len(loaded) == 1 and not pictures.picture("/x").isNull()


def test_enter_opens_and_control_enter_adds(view):
    opened, wanted = QSignalSpy(view.opened), QSignalSpy(view.cart_wanted)
    view.setCurrentIndex(view.model().index(1))
    QTest.keyClick(view, Qt.Key.Key_Return)
    QTest.keyClick(view, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert list(opened) == [["ndvi"]] and list(wanted) == [["ndvi"]]


def test_a_click_on_a_row_opens_it_and_a_click_on_an_icon_does_not(view):
    opened, wanted = QSignalSpy(view.opened), QSignalSpy(view.cart_wanted)
    mapped = QSignalSpy(view.map_wanted)
    row = view.visualRect(view.model().index(0))
    viewport = view.viewport()
    QTest.mouseClick(viewport, Qt.MouseButton.LeftButton, pos=row.center())
    assert list(opened) == [["clc2018"]]
    unit = row.height() // 18
    cart = QPoint(row.right() - 4 * unit, row.bottom() - 4 * unit)
    QTest.mouseClick(viewport, Qt.MouseButton.LeftButton, pos=cart)
    QTest.mouseClick(
        viewport, Qt.MouseButton.LeftButton, pos=cart - QPoint(6 * unit, 0))
    assert list(wanted) == [["clc2018"]] and list(mapped) == [["clc2018"]]
    assert len(opened) == 1


def test_rows_are_as_wide_as_the_list_and_do_not_overlap(view, wait_until):
    def rects():
        return [view.visualRect(view.model().index(row)) for row in range(5)]

    for width in (320, 640):
        view.resize(width, 500)
        wait_until(lambda: {rect.width() for rect in rects()} == {view.viewport().width()})
        assert all(one.bottom() < other.top() for one, other in zip(rects(), rects()[1:]))
        assert not view.horizontalScrollBar().isVisible()


def test_a_long_title_is_cut_before_the_mark_new(view, qgis_app):
    """Only the mark is drawn at the right end of the first line, whatever the title is."""
    today = date.today().isoformat()
    view.resize(320, 100)
    corners = []
    for title in ("CLC", "CLC 2018", LONG_NAME):
        view.model().set_datasets([land_cover(published=today, title=title)])
        qgis_app.processEvents()
        image = view.viewport().grab().toImage()
        unit = view.visualRect(view.model().index(0)).height() // 18
        corners.append(image.copy(320 - 6 * unit, 2 * unit, 4 * unit, 4 * unit))
    corners.pop(0)  # a list that is shown for the first time gives its first row the focus
    assert corners[0] == corners[1]
    assert len({corners[0].pixel(x, y) for x in range(16) for y in range(16)}) > 1


def test_records_without_anything_are_painted_in_every_state(view, qgis_app):
    view.model().set_datasets([bare(), elsewhere(raw=None), land_cover(services=())])
    view.setCurrentIndex(view.model().index(0))
    view.setFocus()
    QTest.mouseMove(view.viewport(), view.visualRect(view.model().index(1)).center())
    image = view.viewport().grab().toImage()
    qgis_app.processEvents()
    drawn, highlight = image.pixelColor(5, 30), view.palette().highlight().color()
    assert abs(drawn.hue() - highlight.hue()) < 10 and abs(drawn.value() - highlight.value()) < 20
