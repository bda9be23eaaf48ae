"""Get data from the portal: what the form offers and what it makes of it."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from catalogue_data import land_cover, sandbox_catalogue, vegetation
from qgis.PyQt.QtCore import QDate, QModelIndex, Qt
from qgis.PyQt.QtTest import QAbstractItemModelTester, QSignalSpy
from shapely.geometry import Polygon

from clms_explorer.core.aoi.area import Area
from clms_explorer.core.cart.pieces import by_days
from clms_explorer.core.clms.models import Collection, PackagedFile
from clms_explorer.core.clms.orders import request_of
from clms_explorer.core.library.entry import LibraryEntry, LibraryFile

BOX = Area.from_bbox(-25.9, 37.7, -25.1, 37.95, "São Miguel")
TRIANGLE = Area("São Miguel", "polygon", Polygon([(-25.9, 37.7), (-25.1, 37.7), (-25.5, 38)]))
PAGE = "https://land.copernicus.eu/en/products/corine-land-cover/clc2018"


@pytest.fixture
def form(qgis_app):
    from clms_explorer.ui.catalogue.order_form import OrderForm

    form = OrderForm()
    QAbstractItemModelTester(
        form.files.model, QAbstractItemModelTester.FailureReportingMode.Fatal, form.files.model)
    form.resize(400, 700)
    form.show()
    yield form
    form.deleteLater()


def texts(form):
    return form.footer.title.text(), form.footer.hint.text()


def can_press(form):
    return [button.isEnabled() for button in form.footer.buttons]


def test_rasters_come_first_and_nothing_is_converted_unasked(form):
    form.set_area(TRIANGLE)
    form.set_dataset(land_cover(), PAGE)
    assert [one.button.text() for one in form.choice.choices] == [
        "Raster 100 m", "Vector", "Prepackaged files"]
    assert form.choice.choices[0].hint.text() == "GeoTIFF · version 2020_20u1"
    assert form.choice.choices[2].hint.text() == "3 files · 125 MB to 5 GB · no waiting"
    assert form.options.format.currentText() == "GeoTIFF (as stored)"
    assert form.options.projection.currentText().startswith("EPSG:3035  ETRS89")
    assert form.options.projection.currentText().endswith("(as stored)")
    assert form.options.time.text() == "2018, one date"
    item = form.item()
    assert (item.service, item.dataset, item.collection) == ("portal", "clc2018", "raster")
    assert (item.format, item.crs, item.clip) == ("Geotiff", "EPSG:3035", True)
    assert item.extra == {"version": "V2020_20u1", "page": PAGE, "credit": ""}
    assert request_of(item, land_cover())["Datasets"][0]["OutputFormat"] == "Geotiff"


def test_the_footer_says_what_the_order_means(form):
    form.set_dataset(land_cover(), PAGE)
    assert texts(form)[1] == "Choose an area first" and can_press(form) == [False, False]
    form.set_area(BOX)
    title, hint = texts(form)
    assert title.startswith("About 0.") and hint == "1 order · usually ready in a few minutes"
    assert can_press(form) == [True, True]
    form.choice.choose(1)
    assert texts(form)[0] == "Size not known yet"
    form.set_area(None)
    assert can_press(form) == [False, False] and not form.can_order()


def test_both_buttons_make_the_same_item(form):
    form.set_area(TRIANGLE)
    form.set_dataset(land_cover(), PAGE)
    added, ordered = QSignalSpy(form.item_added), QSignalSpy(form.order_requested)
    form.footer.buttons[1].click()
    form.footer.buttons[0].click()
    assert added[0][0] == ordered[0][0][0] == form.item()


def test_a_box_has_no_outline_to_clip_to(form):
    form.set_dataset(land_cover(), PAGE)
    form.set_area(BOX)
    assert form.options.clip.isHidden() and form.item().clip is False
    form.set_area(TRIANGLE)
    assert not form.options.clip.isHidden() and form.item().clip is True
    form.options.clip.setChecked(False)
    form.options.open.setChecked(False)
    assert form.item().clip is False and form.item().open_when_ready is False


def test_a_vector_can_be_had_in_other_formats(form):
    form.set_area(BOX)
    form.set_dataset(land_cover(), PAGE)
    form.choice.choose(1)
    names = [form.options.format.itemText(row) for row in range(form.options.format.count())]
    assert names[:2] == ["Shapefile", "Geodatabase (as stored)"]
    form.options.format.setCurrentIndex(form.options.format.findData("GPKG"))
    form.options.projection.setCurrentIndex(form.options.projection.findData("EPSG:4326"))
    assert (form.item().format, form.item().crs) == ("GPKG", "EPSG:4326")
    assert form.item().collection == "vector"


def test_ready_files_are_ticked_in_a_table(form):
    form.set_dataset(land_cover(), PAGE)
    form.choice.choose(2)
    model = form.files.model
    assert form.options.isVisible() is False and form.files.isVisible()
    assert texts(form) == ("No file chosen", "Choose a file first")
    headings = [model.headerData(column, Qt.Orientation.Horizontal)
                for column in range(model.columnCount())]
    assert headings == ["File", "Size", "Format"]
    assert model.index(0, 0).data() == "clc2018_raster100m"
    spy = QSignalSpy(model.ticked_changed)
    for row in (0, 2, 2):
        assert model.setData(
            model.index(row, 0), Qt.CheckState.Checked, Qt.ItemDataRole.CheckStateRole)
    assert len(spy) == 2
    assert texts(form) == ("4.1 GB", "2 files · no waiting")
    item = form.item()
    assert item.files == ("file0", "file2") and item.collection == "" and item.area is None
    assert item.size == 4_125_000_000
    assert request_of(item, land_cover())["Datasets"][1] == {
        "DatasetID": "clc2018", "FileID": "file2"}


def test_sizes_are_sorted_as_sizes(form):
    form.set_dataset(land_cover(), PAGE)
    form.files.proxy.sort(1, Qt.SortOrder.DescendingOrder)
    sizes = [form.files.proxy.index(row, 1).data() for row in range(3)]
    assert sizes == ["5 GB", "4 GB", "125 MB"]


def test_many_files_can_be_searched(form):
    cities = tuple(PackagedFile(f"f{n}", f"City {n}", "1 MB", (("Area", f"City {n}"),))
                   for n in range(788))
    form.set_dataset(land_cover(collections=(), by_area=False, files=cities), PAGE)
    assert not form.files.field.isHidden()
    form.files.field.setText("city 77")
    assert form.files.proxy.rowCount() == 11
    assert form.files.model.columnCount() == 2
    form.set_dataset(land_cover(), PAGE)
    assert form.files.field.isHidden() and form.files.proxy.rowCount() == 3


def test_a_single_file_is_ticked_already(form):
    one = land_cover(collections=(), by_area=False, files=land_cover().files[:1])
    form.set_dataset(one, PAGE)
    assert form.can_order() and form.item().files == ("file0",)


def test_a_long_time_range_becomes_several_orders(form):
    form.set_area(BOX)
    form.set_dataset(vegetation(), PAGE)
    options = form.options
    assert options.has_time and options.note.isHidden()
    assert options.last.date() == QDate.currentDate()
    options.first.setDate(QDate(2024, 1, 1))
    options.last.setDate(QDate(2024, 3, 15))
    assert options.time.text() == "About 8 dates"
    assert options.note.text == ("The service gives at most 30 days per order. The range is "
                                 "split into 3 orders.")
    assert texts(form)[1].startswith("3 orders")
    item = form.item()
    assert (item.start, item.end) == ("2024-01-01", "2024-03-15")
    assert len(by_days(item, 30)) == options.orders
    for piece in by_days(item, 30):
        assert request_of(piece, vegetation())["Datasets"][0]["TemporalFilter"]


@pytest.mark.parametrize("days, orders", [(0, 1), (30, 1), (31, 2), (61, 2), (62, 3)])
def test_orders_are_counted_as_they_are_cut(form, days, orders):
    form.set_area(BOX)
    form.set_dataset(vegetation(), PAGE)
    form.options.first.setDate(QDate(2024, 1, 1))
    form.options.last.setDate(QDate(2024, 1, 1).addDays(days))
    assert form.options.orders == orders == len(by_days(form.item(), 30))


def test_days_in_the_wrong_order_are_said_so(form):
    form.set_area(BOX)
    form.set_dataset(vegetation(), PAGE)
    form.options.first.setDate(QDate(2024, 3, 1))
    form.options.last.setDate(QDate(2024, 2, 1))
    assert form.options.time.text() == "The first day is after the last."
    assert texts(form)[1] == "Choose another time range" and can_press(form) == [False, False]


def test_the_range_keeps_to_the_data(form):
    form.set_dataset(vegetation(start="2020-07-01", end="2021-06-30"), PAGE)
    assert form.options.last.date() == QDate(2021, 6, 30)
    assert form.options.first.date() == QDate(2021, 5, 31)
    form.options.first.setDate(QDate(1999, 1, 1))
    assert form.options.first.date() == QDate(2020, 7, 1)
    form.set_dataset(vegetation(uid="other", start="", end=""), PAGE)
    assert form.options.last.date() == QDate.currentDate()
    form.options.first.setDate(QDate(1999, 1, 1))
    assert form.options.first.date() == QDate(1999, 1, 1)


def test_layers_keep_their_blanks(form):
    form.set_area(BOX)
    form.set_dataset(vegetation(), PAGE)
    layer = form.options.layer
    assert [layer.itemText(row) for row in range(layer.count())] == ["All layers", "NDVI", "QFLAG"]
    assert form.item().layer == ""
    layer.setCurrentIndex(1)
    assert form.item().layer == "NDVI "
    form.set_dataset(land_cover(), PAGE)
    assert layer.isHidden() and form.item().layer == ""


def test_a_series_without_a_limit_cannot_be_ordered_and_says_so(form):
    form.set_area(BOX)
    form.set_dataset(vegetation(limit_days=0), PAGE)
    assert texts(form)[1] == "The service does not offer a time range for it yet"
    assert not form.can_order()


def test_odd_records_do_no_harm(form):
    form.set_area(BOX)
    odd = Collection("c", "", "", "FlatGeobuf", "EEA")
    form.set_dataset(land_cover(collections=(odd,), files=(), projection="", start="", end="",
                                title="?", resolution=""), "")
    assert form.item().format == "FlatGeobuf" and form.item().crs == "EPSG:4326"
    assert texts(form)[0] == "Size not known yet"


def entry(version="V2020_20u1", ordered="2026-10-14", area=BOX):
    return LibraryEntry(Path("/data/clc"), "portal", "clc2018", "CLC", area, version=version,
                        ordered=ordered, files=(LibraryFile("clc.tif", 1),))


def test_what_is_on_disk_is_said_before_an_order_is_made(form):
    form.set_dataset(land_cover(), PAGE)
    opened = QSignalSpy(form.library_requested)
    form.set_on_disk([entry()])
    assert form.note.text == ("You already have this dataset for São Miguel, ordered on "
                              "14 October 2026, in the same version.")
    form.note.buttons[0].click()
    assert list(opened) == [[str(Path("/data/clc"))]]
    form.set_on_disk([entry(version="V1")])
    assert form.note.text.endswith("in another version.")
    form.set_on_disk([entry(ordered="", area=None)])
    assert form.note.text == "You already have this dataset for its whole extent."
    form.set_dataset(vegetation(), PAGE)
    assert form.note.isHidden()


def test_every_real_dataset_can_be_shown_and_what_can_be_ordered_is_accepted(form):
    """The form never makes an item that the portal's rules refuse."""
    form.set_area(TRIANGLE)
    count = 0
    for dataset in sandbox_catalogue().datasets:
        if dataset.elsewhere or dataset.in_archive:
            continue
        form.set_dataset(dataset, PAGE)
        for number in range(len(form.choice.choices)):
            form.choice.choose(number)
            if not form.can_order():
                continue
            for piece in by_days(form.item(), dataset.limit_days):
                assert request_of(piece, dataset)["Datasets"]
            count += 1
    assert count > 5


def test_a_tick_in_another_column_is_refused(form):
    form.set_dataset(land_cover(), PAGE)
    model = form.files.model
    role = Qt.ItemDataRole.CheckStateRole
    assert not model.setData(model.index(0, 1), Qt.CheckState.Checked, role)
    assert not model.setData(QModelIndex(), Qt.CheckState.Checked, role)
    assert model.ticked == []


def test_today_is_a_day_that_can_be_ordered(form):
    form.set_area(BOX)
    form.set_dataset(vegetation(), PAGE)
    assert form.item().end == date.today().isoformat()
