"""The area bar says what the area is, offers every way to change it, and never blocks."""

import pytest
from clms_explorer.core.aoi.area import Area
from clms_explorer.core.aoi.gisco import NutsShapes
from clms_explorer.core.aoi.nuts import NutsIndex
from clms_explorer.core.errors import AreaError, BadAnswer, NoConnection
from clms_explorer.core.http.config import HttpConfig
from clms_explorer.core.http.session import Http
from clms_explorer.ui.aoi.area_bar import AreaBar
from clms_explorer.ui.aoi.region_dialog import RegionDialog
from clms_explorer.ui.qgis_bridge.recent_areas import RecentAreas
from clms_explorer.ui.qgis_bridge.tasks import TaskRunner
from qgis.core import (
    QgsCoordinateReferenceSystem,
    QgsFeature,
    QgsField,
    QgsGeometry,
    QgsRectangle,
    QgsSettings,
    QgsVectorLayer,
)
from qgis.gui import QgsMapCanvas, QgsRubberBand
from qgis.PyQt.QtCore import QVariant
from qgis.PyQt.QtWidgets import QProgressBar, QPushButton, QToolButton
from sandbox.server import Sandbox
from shapely.geometry import box

BOX = Area.from_bbox(13.1, 38.6, 13.3, 38.8, "Ustica")
TORINO = Area("Torino", "nuts", box(6.6, 44.7, 8.2, 45.6), "ITC11")


class Regions:
    """Stands for the runner: keeps the calls, so that a test answers when it wants."""

    def __init__(self):
        self.calls = []

    def __call__(self, code, done, failed):
        self.calls.append((code, done, failed))


@pytest.fixture
def canvas(qgis_app):
    shown = QgsMapCanvas()
    shown.setDestinationCrs(QgsCoordinateReferenceSystem("EPSG:4326"))
    shown.resize(400, 200)
    shown.setExtent(QgsRectangle(10, 40, 30, 50))
    yield shown
    shown.deleteLater()
    qgis_app.processEvents()


@pytest.fixture
def regions():
    return Regions()


@pytest.fixture
def bar(qgis_app, canvas, regions):
    QgsSettings().remove("clms_explorer/recent_areas")
    shown = AreaBar(canvas, NutsIndex(), regions, RecentAreas())
    shown.resize(400, 40)
    shown.show()
    shown.changes, shown.choices, shown.refusals = [], [], []
    shown.area_changed.connect(shown.changes.append)
    shown.area_chosen.connect(shown.choices.append)
    shown.area_refused.connect(shown.refusals.append)
    yield shown
    shown.remove_from_map()
    shown.deleteLater()
    QgsSettings().remove("clms_explorer/recent_areas")
    qgis_app.processEvents()


def lines(bar):
    return bar._name.text(), bar._facts.text()


def action(menu, text):
    return next(one for one in menu.actions() if one.text() == text)


def municipalities(*names):
    layer = QgsVectorLayer("Polygon?crs=EPSG:4326", "Municipalities", "memory")
    layer.dataProvider().addAttributes([QgsField("name", QVariant.String)])
    layer.updateFields()
    for number, name in enumerate(names):
        feature = QgsFeature(layer.fields())
        feature.setAttribute(0, name)
        feature.setGeometry(QgsGeometry.fromRect(QgsRectangle(number, 40, number + 1, 41)))
        layer.dataProvider().addFeatures([feature])
    return layer


def test_without_an_area_it_says_so_and_offers_to_set_one(bar):
    assert lines(bar) == ("No area yet", "The whole catalogue is shown")
    assert bar.findChild(QPushButton).text() == "Set area"
    assert bar.findChild(QToolButton).isHidden()


def test_an_area_is_named_with_kind_and_size(bar):
    bar.set_area(BOX)
    assert lines(bar) == ("Ustica", "Box · 386 km²")
    assert bar.findChild(QPushButton).text() == "Change"
    assert not bar.findChild(QToolButton).isHidden()
    bar.set_area(TORINO)
    assert lines(bar)[1].startswith("NUTS ITC11 · 12")


def test_a_set_area_changes_but_was_not_chosen(bar):
    bar.set_area(BOX)
    bar.set_area(None)
    assert bar.changes == [BOX, None] and bar.choices == []
    assert RecentAreas().entries() == []


def test_the_menu_has_all_ways(bar):
    texts = [one.text() for one in bar.menu.actions() if not one.isSeparator()]
    assert texts == [
        "Draw a box", "Draw a polygon", "NUTS region…", "Country…", "Use the map view",
        "Selected features", "Layer extent…", "Coordinates…", "Recent areas"]


def test_the_map_view_is_one_action_away(bar, canvas):
    action(bar.menu, "Use the map view").trigger()
    area, = bar.choices
    assert bar.changes == [area] and area.kind == "view"
    view = canvas.extent()
    assert area.bbox == pytest.approx(
        (view.xMinimum(), view.yMinimum(), view.xMaximum(), view.yMaximum()))
    assert lines(bar)[0] == "Map view" and "° N" in lines(bar)[1]


def test_while_drawing_it_says_how(bar, canvas):
    action(bar.menu, "Draw a polygon").trigger()
    assert lines(bar) == ("Click the corners", "Right click ends · Esc stops")
    canvas.unsetMapTool(canvas.mapTool())
    assert lines(bar)[0] == "No area yet"


def test_a_region_is_fetched_without_blocking(bar, regions):
    bar.set_area(BOX)
    bar.ways.use_region("ITC11")
    assert lines(bar) == ("Ustica", "Getting the outline of Torino")
    assert bar.findChild(QProgressBar).isVisible()
    (code, done, _failed), = regions.calls
    assert code == "ITC11"
    done(TORINO)
    assert bar.area == TORINO and lines(bar)[0] == "Torino"
    assert not bar.findChild(QProgressBar).isVisible()


def test_a_region_that_cannot_be_got_leaves_the_area_as_it_is(bar, regions):
    bar.set_area(BOX)
    bar.ways.use_region("ITC11")
    error = NoConnection("offline")
    regions.calls[0][2](error)
    assert bar.refusals == [error] and bar.area == BOX
    assert lines(bar) == ("Ustica", "Box · 386 km²")


def test_an_outline_that_comes_too_late_no_longer_counts(bar, regions):
    bar.ways.use_region("ITC11")
    bar.ways.use_region("AT130")
    (_torino, first_done, _f), (_wien, second_done, _g) = regions.calls
    first_done(TORINO)
    assert bar.area is None and bar.findChild(QProgressBar).isVisible()
    wien = Area("Wien", "nuts", box(16.2, 48.1, 16.6, 48.3), "AT130")
    second_done(wien)
    assert bar.choices == [wien]
    first_done(TORINO)
    assert bar.area == wien


def test_a_region_chosen_in_the_list_is_fetched(bar, regions):
    action(bar.menu, "NUTS region…").trigger()
    dialog = bar.findChild(RegionDialog)
    dialog.region_chosen.emit("ITC11")
    assert regions.calls[0][0] == "ITC11"


def test_only_one_list_is_open(bar, qgis_app):
    action(bar.menu, "NUTS region…").trigger()
    action(bar.menu, "Country…").trigger()
    qgis_app.processEvents()
    qgis_app.sendPostedEvents(None, 52)              # deferred deletions
    assert [one.windowTitle() for one in bar.findChildren(RegionDialog)] == ["Country"]


def test_selected_features_become_the_area(bar, canvas, wait_until):
    layer = municipalities("Ponta Delgada", "Lagoa", "Nordeste")
    canvas.setCurrentLayer(layer)
    bar.menu.aboutToShow.emit()
    assert not action(bar.menu, "Selected features").isEnabled()
    layer.selectByIds([1, 2])
    bar.menu.aboutToShow.emit()
    action(bar.menu, "Selected features").trigger()
    assert lines(bar)[1] == "Putting the features together"
    wait_until(lambda: bar.choices)
    assert bar.area.kind == "selection" and bar.area.name == "Municipalities"
    assert bar.area.geometry.equals(box(0, 40, 2, 41))


def test_a_single_selected_feature_gives_its_name(bar, canvas, wait_until):
    layer = municipalities("Ponta Delgada", "Lagoa")
    layer.setDisplayExpression('"name"')
    layer.selectByIds([2])
    canvas.setCurrentLayer(layer)
    bar.ways.use_selection()
    wait_until(lambda: bar.choices)
    assert bar.area.name == "Lagoa"


def test_selected_points_are_refused(bar, canvas, wait_until):
    layer = QgsVectorLayer("Point?crs=EPSG:4326", "Points", "memory")
    feature = QgsFeature()
    feature.setGeometry(QgsGeometry.fromWkt("Point (1 2)"))
    layer.dataProvider().addFeatures([feature])
    layer.selectAll()
    canvas.setCurrentLayer(layer)
    bar.ways.use_selection()
    wait_until(lambda: bar.refusals)
    assert isinstance(bar.refusals[0], AreaError) and bar.refusals[0].reason == "point"
    assert bar.area is None


def test_a_layer_taken_out_of_the_project_meanwhile_is_no_harm(bar, qgis_project):
    bar.ways._layer_chosen("gone", False)
    assert bar.choices == [] and bar.refusals == []


def test_recent_areas_come_back(bar, regions):
    bar.ways.chosen.emit(BOX)
    bar.ways.chosen.emit(TORINO)
    bar.menu.aboutToShow.emit()
    recent = action(bar.menu, "Recent areas").menu().actions()
    assert [one.text() for one in recent] == ["Torino · NUTS region ITC11",
                                              "Ustica · Box · 386 km²"]
    recent[1].trigger()
    assert bar.area == BOX
    recent[0].trigger()
    assert regions.calls[0][0] == "ITC11"


def test_zoom_shows_the_whole_area(bar, canvas):
    bar.set_area(BOX)
    canvas.setDestinationCrs(QgsCoordinateReferenceSystem("EPSG:3035"))
    bar.findChild(QToolButton).click()
    view = canvas.mapSettings().extent()
    shown = bar._band._band.asGeometry().boundingBox()
    assert view.contains(shown) and view.height() < 1.5 * shown.height()


def test_everything_is_off_the_map_after_unload(bar, canvas, regions):
    bar.set_area(BOX)
    bar.ways.draw_box()
    bar.ways.use_region("ITC11")
    bar.remove_from_map()
    bar.remove_from_map()                            # twice is no harm
    assert not [one for one in canvas.scene().items() if isinstance(one, QgsRubberBand)]
    assert canvas.mapTool() is None
    regions.calls[0][1](TORINO)                      # an answer after the end
    assert bar.choices == []


def test_a_region_all_the_way_from_gisco(qgis_app, canvas, tmp_path, wait_until):
    runner = TaskRunner()
    http = Http(HttpConfig(retries=0))
    with Sandbox(data=tmp_path / "none") as sandbox:
        shapes = NutsShapes(http, sandbox.gisco, tmp_path / "nuts", NutsIndex())

        def region_shape(code, done, failed):
            runner.start("Outline", lambda stop, _share: shapes.area(code, stop), done, failed)

        bar = AreaBar(canvas, NutsIndex(), region_shape, RecentAreas())
        refusals = []
        bar.area_refused.connect(refusals.append)
        bar.ways.use_region("AT130")
        wait_until(lambda: bar.area is not None)
        assert (bar.area.name, bar.area.code) == ("Wien", "AT130")
        sandbox.faults.add("/distribution/", "html")
        bar.ways.use_region("ITC11")
        wait_until(lambda: refusals)
        assert isinstance(refusals[0], BadAnswer) and bar.area.code == "AT130"
    http.close()
    bar.remove_from_map()
    bar.deleteLater()
    QgsSettings().remove("clms_explorer/recent_areas")
