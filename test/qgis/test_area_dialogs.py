"""Regions, layers and coordinates are chosen in dialogs that say at once what one gets."""

import pytest
from clms_explorer.core.aoi.nuts import NutsIndex
from clms_explorer.ui.aoi.coordinates_dialog import CoordinatesDialog
from clms_explorer.ui.aoi.layer_dialog import LayerDialog
from clms_explorer.ui.aoi.region_dialog import RegionDialog
from clms_explorer.ui.aoi.region_model import CODE_ROLE, RegionModel
from qgis.core import QgsCoordinateReferenceSystem, QgsFeature, QgsGeometry, QgsVectorLayer
from qgis.gui import QgsFilterLineEdit
from qgis.PyQt.QtCore import QModelIndex, Qt
from qgis.PyQt.QtTest import QAbstractItemModelTester, QTest
from qgis.PyQt.QtWidgets import (
    QCheckBox,
    QDialogButtonBox,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QTabWidget,
    QTreeView,
)


@pytest.fixture(scope="module")
def index():
    return NutsIndex()


@pytest.fixture
def show(qgis_app):
    """Return a function that shows a dialog; all are gone afterwards."""
    shown = []

    def show_dialog(dialog):
        shown.append(dialog)
        dialog.show()
        qgis_app.processEvents()
        return dialog

    yield show_dialog
    for dialog in shown:
        dialog.close()
    qgis_app.processEvents()


def texts(model, parent=QModelIndex()):
    return [model.index(row, 0, parent).data() for row in range(model.rowCount(parent))]


def says(dialog, words):
    """Return whether a label of a dialog shows some words."""
    return any(words in label.text() for label in dialog.findChildren(QLabel)
               if label.isVisible())


def accept_button(dialog):
    box = dialog.findChild(QDialogButtonBox)
    return next(button for button in box.buttons()
                if box.buttonRole(button) == QDialogButtonBox.ButtonRole.AcceptRole)


@pytest.mark.parametrize("countries_only", [False, True])
def test_the_model_keeps_the_rules_of_models(qgis_app, index, countries_only):
    model = RegionModel(index, countries_only)
    QAbstractItemModelTester(
        model, QAbstractItemModelTester.FailureReportingMode.Fatal)
    for text in ("", "sofia", "no such region", ""):
        model.search(text)


def test_the_tree_goes_down_to_small_regions(qgis_app, index):
    model = RegionModel(index)
    place = QModelIndex()
    for name in ("Italia (Italy)", "Nord-Ovest", "Lombardia"):
        place = model.index(texts(model, place).index(name), 0, place)
    assert "Milano" in texts(model, place)
    milano = model.index(texts(model, place).index("Milano"), 0, place)
    assert milano.data(CODE_ROLE) == "ITC4C"
    assert milano.siblingAtColumn(2).data() == "NUTS 3, small region"
    assert milano.parent() == place and milano.parent().data(CODE_ROLE) == "ITC4"
    assert not model.hasChildren(milano)


def test_a_region_that_the_portal_lacks_says_so(qgis_app, index):
    model = RegionModel(index)
    model.search("PT1A0")
    assert model.index(0, 2).data() == "NUTS 3, small region, new in 2024"


def test_names_in_every_language_are_in_the_tool_tip(qgis_app, index):
    model = RegionModel(index)
    model.search("BG412")
    assert model.index(0, 0).data(Qt.ItemDataRole.ToolTipRole) == "Sofia · София"


def test_the_country_list_holds_the_world_and_no_regions(qgis_app, index):
    model = RegionModel(index, countries_only=True)
    assert {"Brazil", "Deutschland (Germany)"} <= set(texts(model))
    assert not any(model.hasChildren(model.index(row, 0)) for row in range(model.rowCount()))
    model.search("de")
    assert texts(model)[0] == "Deutschland (Germany)" and "Baden-Württemberg" not in texts(model)


def test_type_and_press_enter(show, index):
    dialog = show(RegionDialog(index))
    chosen = []
    dialog.region_chosen.connect(chosen.append)
    QTest.keyClicks(dialog.findChild(QgsFilterLineEdit), "milano")
    QTest.keyClick(dialog.findChild(QgsFilterLineEdit), Qt.Key.Key_Return)
    assert chosen == ["ITC4C"]


def test_down_goes_to_the_list_and_enter_takes_the_row(show, index):
    dialog = show(RegionDialog(index))
    chosen = []
    dialog.region_chosen.connect(chosen.append)
    field, tree = dialog.findChild(QgsFilterLineEdit), dialog.findChild(QTreeView)
    QTest.keyClicks(field, "sofia")
    QTest.keyClick(field, Qt.Key.Key_Down)
    assert dialog.focusWidget() is tree
    QTest.keyClick(tree, Qt.Key.Key_Down)
    QTest.keyClick(tree, Qt.Key.Key_Return)
    assert chosen == ["BG411"]


def test_nothing_found_is_said_and_nothing_can_be_chosen(show, index):
    dialog = show(RegionDialog(index))
    chosen = []
    dialog.region_chosen.connect(chosen.append)
    QTest.keyClicks(dialog.findChild(QgsFilterLineEdit), "<b>xyz")
    assert says(dialog, "Nothing found for “<b>xyz”.")
    assert not accept_button(dialog).isEnabled()
    dialog.accept()
    assert chosen == [] and dialog.isVisible()


def test_the_source_of_the_outlines_is_named(show, index):
    assert says(show(RegionDialog(index)), "© EuroGeographics for the administrative boundaries")


@pytest.fixture
def coordinates(show):
    dialog = show(CoordinatesDialog())
    dialog.areas = []
    dialog.area_chosen.connect(dialog.areas.append)
    return dialog


def type_box(dialog, *values):
    fields = [field for field in dialog.findChild(QTabWidget).widget(0).findChildren(QLineEdit)]
    for field, value in zip(fields, values):
        field.setText(value)


def type_points(dialog, text):
    dialog.findChild(QTabWidget).setCurrentIndex(1)
    dialog.findChild(QPlainTextEdit).setPlainText(text)


def test_a_typed_box_shows_its_size_and_can_be_used(coordinates):
    assert says(coordinates, "Fill in the coordinates.")
    assert not accept_button(coordinates).isEnabled()
    type_box(coordinates, "13,1", "38.6", "13.3", "38.8")
    assert says(coordinates, "386 km² · 38.70° N, 13.20° E")
    accept_button(coordinates).click()
    assert coordinates.areas[0].bbox == (13.1, 38.6, 13.3, 38.8)
    assert coordinates.areas[0].name == "Box"


def test_a_typed_box_in_another_system(coordinates):
    from qgis.gui import QgsProjectionSelectionWidget

    coordinates.findChild(QgsProjectionSelectionWidget).setCrs(
        QgsCoordinateReferenceSystem("EPSG:3035"))
    type_box(coordinates, "4300000", "3200000", "4400000", "3300000")
    accept_button(coordinates).click()
    assert coordinates.areas[0].km2 == pytest.approx(10_000, rel=1e-5)


def test_west_of_longitude_180_and_east_of_it(coordinates):
    type_box(coordinates, "179", "-18", "-179", "-17")
    accept_button(coordinates).click()
    assert coordinates.areas[0].crosses_antimeridian


@pytest.mark.parametrize(("values", "words"), [
    (("13", "38", "14", "37"), "The edges must be numbers, south below north"),
    (("13", "38", "14", "north"), "The edges must be numbers"),
    (("13", "38", "14", "91"), "The coordinates lie outside the world."),
    (("13", "38", "13", "39"), "A line is not an area."),
    (("13", "38", "13", "38"), "A point is not an area."),
])
def test_a_box_that_is_none_says_why(coordinates, values, words):
    type_box(coordinates, *values)
    assert says(coordinates, words)
    assert not accept_button(coordinates).isEnabled()
    coordinates.accept()
    assert coordinates.areas == []


def test_typed_corners(coordinates):
    coordinates.findChild(QLineEdit).setText("Ustica")
    type_points(coordinates, "13.1 38.6\n13.3 38.6\n13.2 38.8")
    accept_button(coordinates).click()
    area, = coordinates.areas
    assert (area.name, area.kind) == ("Ustica", "polygon")
    assert area.geometry.area == pytest.approx(0.02)


@pytest.mark.parametrize(("text", "words"), [
    ("1 2\n3", "Line 2 does not hold two numbers."), ("1 2", "A point is not an area."),
    ("1 2\n3 4", "A line is not an area."), ("1 2\n3 4\n5 6", "A line is not an area."),
    ("0 0\n1 95\n2 0", "The coordinates lie outside the world."),
])
def test_corners_that_are_no_area_say_why(coordinates, text, words):
    type_points(coordinates, text)
    assert says(coordinates, words)
    assert not accept_button(coordinates).isEnabled()


def test_a_layer_shows_the_size_of_its_extent(show, qgis_project):
    layer = QgsVectorLayer("Polygon?crs=EPSG:4326", "Municipalities", "memory")
    feature = QgsFeature()
    feature.setGeometry(
        QgsGeometry.fromWkt("Polygon ((13.1 38.6, 13.3 38.6, 13.3 38.8, 13.1 38.6))"))
    layer.dataProvider().addFeatures([feature])
    layer.updateExtents()
    qgis_project.addMapLayer(layer)
    dialog = show(LayerDialog())
    chosen = []
    dialog.layer_chosen.connect(lambda *what: chosen.append(what))
    assert says(dialog, "Layer · 386 km²")
    dialog.findChild(QCheckBox).setChecked(True)
    assert says(dialog, "All polygons of the layer together.")
    accept_button(dialog).click()
    assert chosen == [(layer.id(), True)]


def test_without_layers_there_is_nothing_to_choose(show, qgis_project):
    dialog = show(LayerDialog())
    assert says(dialog, "The project has no layers yet.")
    assert not accept_button(dialog).isEnabled()


def test_an_empty_layer_says_so(show, qgis_project):
    qgis_project.addMapLayer(QgsVectorLayer("Polygon?crs=EPSG:4326", "Empty", "memory"))
    dialog = show(LayerDialog())
    assert says(dialog, "The area is empty.")
    assert not accept_button(dialog).isEnabled()
