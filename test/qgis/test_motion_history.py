"""From the map to the motion history and back, on the real points of Ustica."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
from clms_explorer.core.egms.importer import import_files
from clms_explorer.ui.motion.motion_history import MotionHistory
from clms_explorer.ui.qgis_bridge.store_layers import add_store
from qgis import gui
from qgis.core import QgsCoordinateReferenceSystem, QgsFeatureRequest, QgsPointXY, QgsRectangle
from qgis.gui import QgsGui, QgsMapCanvas, QgsMapMouseEvent, QgsMapToolPan
from qgis.PyQt.QtCore import QEvent, QPoint, QPointF, Qt
from qgis.PyQt.QtGui import QMouseEvent
from qgis.PyQt.QtTest import QTest
from qgis.PyQt.QtWidgets import QMainWindow, QMenu

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "unit"))
import ustica  # noqa: E402

PID = "166ax5CZcV"  # descending, on the slope that moves
ASCENDING_PID = "1WBfX4snpW"  # ascending, the nearest to it


class Window(QMainWindow):
    """The part of QgisInterface that the motion history uses, around a real canvas."""

    def __init__(self):
        super().__init__()
        self.canvas = QgsMapCanvas(self)
        self.setCentralWidget(self.canvas)
        self.layer = None
        self.resize(1200, 700)

    def mainWindow(self):
        return self

    def mapCanvas(self):
        return self.canvas

    def activeLayer(self):
        return self.layer


@pytest.fixture(scope="session")
def store_file(shared_data, tmp_path_factory):
    """Return a point store of both orbits of Ustica."""
    path = tmp_path_factory.mktemp("motion") / "ustica.gpkg"
    folder = shared_data / "egms" / "ustica_2020_2024"
    zips = [folder / f"{name}.zip" for name in (ustica.ASCENDING, ustica.DESCENDING)]
    return import_files(zips, path).store


@pytest.fixture
def window(qgis_app, qgis_project):
    one = Window()
    one.show()
    qgis_app.processEvents()
    yield one
    one.deleteLater()
    qgis_app.sendPostedEvents(None, QEvent.Type.DeferredDelete)


@pytest.fixture
def layers(window, store_file, qgis_project):
    """Open the store and look at the moving slope; return the point layers by table."""
    qgis_project.setCrs(QgsCoordinateReferenceSystem("EPSG:3035"))
    added = add_store(store_file, qgis_project, "Ustica")
    points = {layer.customProperty("clms_explorer/table"): layer for layer in added
              if hasattr(layer, "getFeatures")}
    window.canvas.setDestinationCrs(qgis_project.crs())
    window.canvas.setLayers(added)
    window.canvas.setCenter(place_of(points["los_descending"], PID))
    window.canvas.zoomScale(2000)
    window.layer = points["los_descending"]
    return points


@pytest.fixture
def motion(window, layers):
    one = MotionHistory(window)
    told = one.told = {"failed": [], "files": []}
    one.failed.connect(told["failed"].append)
    one.files_wanted.connect(lambda *place: told["files"].append(place))
    yield one
    if one.marker is not None:
        one.unregister()


def feature_of(layer, pid):
    return next(layer.getFeatures(QgsFeatureRequest().setFilterExpression(f"pid = '{pid}'")))


def place_of(layer, pid):
    return feature_of(layer, pid).geometry().asPoint()


def pixel_of(canvas, place):
    return canvas.getCoordinateTransform().transform(place).toQPointF().toPoint()


def right_click(window, place):
    """Return the menu that the canvas offers at a place."""
    pixel = QPointF(pixel_of(window.canvas, place))
    event = QgsMapMouseEvent(window.canvas, QMouseEvent(
        QEvent.Type.MouseButtonPress, pixel, Qt.MouseButton.RightButton,
        Qt.MouseButton.RightButton, Qt.KeyboardModifier.NoModifier))
    menu = QMenu(window)
    window.canvas.contextMenuAboutToShow.emit(menu, event)
    return menu


def texts(menu):
    return [action.text() for action in menu.actions() if action.text()]


def choose(menu, text):
    next(action for action in menu.actions() if action.text().startswith(text)).trigger()


def chart_of(motion, wait_until):
    """Return the chart: its library is imported some moments after the first point."""
    wait_until(lambda: motion.dock.chart is not None)
    return motion.dock.chart


def shown_pids(motion):
    return [row.series.attributes["pid"] for row in motion.dock.model.shown]


def csv_values(shared_data, source, pid):
    table = ustica.read(shared_data, source)
    row = int(np.flatnonzero(table.columns["pid"] == pid)[0])
    return table.dates, table.series[row]


def test_a_right_click_shows_both_orbits_with_the_values_of_the_files(
    motion, window, layers, shared_data, wait_until
):
    choose(right_click(window, place_of(layers["los_descending"], PID)), "Motion history here")
    rows = motion.dock.model.shown
    assert [row.series.direction for row in rows] == ["los_ascending", "los_descending"]
    assert [row.name for row in rows] == ["Ascending 117", "Descending 22"]
    for row, source in zip(rows, (ustica.ASCENDING, ustica.DESCENDING)):
        dates, values = csv_values(shared_data, source, row.series.attributes["pid"])
        assert (row.series.dates == dates).all()
        assert (row.series.values == values).all()
    assert rows[1].series.attributes["pid"] == PID
    assert chart_of(motion, wait_until).drawn() == ["Ascending 117", "Descending 22"]
    assert motion.dock.windowTitle() == "Motion history · 38.6972° N, 13.1651° E"


def test_the_cross_hair_and_the_table_say_what_the_file_says(
    motion, window, layers, shared_data, wait_until
):
    motion.pickers.show_feature(layers["los_descending"], feature_of(
        layers["los_descending"], PID))
    dates, values = csv_values(shared_data, ustica.DESCENDING, PID)
    i = 150
    day = float(dates[i].astype(int))
    chart = chart_of(motion, wait_until)
    chart.read_near(QPointF(day, float(values[i])))
    reading = chart.readings()[-1]
    assert reading.value_words == f"{values[i]:.1f} mm".replace("-", "−")
    motion.dock.toolbar.table.click()
    text = motion.dock.values.model().text().splitlines()
    cells = {line.split("\t")[0]: line.split("\t")[-1] for line in text[1:]}
    assert {d: v for d, v in cells.items() if v} == {
        str(d): f"{v:.1f}" for d, v in zip(dates, values)}


def test_the_verdict_names_its_reference_and_both_directions(motion, window, layers):
    choose(right_click(window, place_of(layers["los_descending"], PID)), "Motion history here")
    assert motion.dock.info.headline.startswith("Moving down ")
    assert " and west " in motion.dock.info.headline
    assert "Compared with the motion of the region (GNSS model)." in motion.dock.info.detail
    assert "descending series is getting faster" in motion.dock.info.detail
    figures = motion.dock.info.figures()
    assert figures["Velocity"][1].startswith("−8.5 ± ") and figures["Point"][1] == PID
    assert figures["Level"] == ["L2b calibrated", "L2b calibrated"]


def test_the_menu_adds_to_what_is_shown(motion, window, layers, qgis_project):
    place = place_of(layers["los_descending"], PID)
    assert texts(right_click(window, place)) == [
        "Motion history here", "Search EGMS files here…"]
    motion.pickers.show_feature(
        layers["los_descending"], next(layers["los_descending"].getFeatures()))
    before = shown_pids(motion)
    menu = right_click(window, place)
    assert texts(menu) == [
        "Motion history here", "Add to the chart\tShift+click", "Search EGMS files here…"]
    choose(menu, "Add to the chart")
    assert shown_pids(motion)[:len(before)] == before and PID in shown_pids(motion)
    qgis_project.clear()
    assert motion.dock.model.shown == ()
    assert not motion.marker.isVisible()


def test_where_nothing_is_measured_only_the_search_is_offered(motion, window, layers):
    place = QgsPointXY(4_590_000.0, 1_720_000.0)
    window.canvas.setCenter(place)
    menu = right_click(window, place)
    assert texts(menu) == ["Search EGMS files here…"]
    choose(menu, "Search")
    (longitude, latitude), = motion.told["files"]
    assert longitude == pytest.approx(13.02, abs=0.1) and latitude == pytest.approx(38.5, abs=0.1)


def test_outside_europe_nothing_is_offered(motion, window, layers, qgis_project):
    world = QgsCoordinateReferenceSystem("EPSG:4326")
    window.canvas.setDestinationCrs(world)
    for place in (QgsPointXY(-70.0, -30.0), QgsPointXY(170.0, -89.99)):
        window.canvas.setExtent(QgsRectangle.fromCenterAndSize(place, 0.004, 0.004))
        assert texts(right_click(window, place)) == []


def test_points_are_found_in_another_projection(motion, window, layers, qgis_project):
    feature = feature_of(layers["los_descending"], PID)
    place = QgsPointXY(feature["longitude"], feature["latitude"])
    window.canvas.setDestinationCrs(QgsCoordinateReferenceSystem("EPSG:4326"))
    window.canvas.setExtent(QgsRectangle.fromCenterAndSize(place, 0.004, 0.004))
    choose(right_click(window, place), "Motion history here")
    assert PID in shown_pids(motion)


def test_an_ortho_cell_is_found_all_over_the_cell(
    motion, window, layers, shared_data, tmp_path, qgis_project
):
    folder = shared_data / "egms" / "ustica_2020_2024"
    report = import_files(
        [folder / f"{name}.zip" for name in (ustica.UP, ustica.EAST)], tmp_path / "ortho.gpkg")
    added = add_store(report.store, qgis_project, "Ustica")
    window.canvas.setLayers(added)
    cell = next(added[0].getFeatures()).geometry().asPoint()
    corner = QgsPointXY(cell.x() + 45, cell.y() - 45)
    window.canvas.setExtent(QgsRectangle.fromCenterAndSize(corner, 200, 200))
    choose(right_click(window, corner), "Motion history here")
    rows = motion.dock.model.shown
    assert [row.name for row in rows] == ["Up", "East–west"]
    assert {row.series.attributes["easting"] for row in rows} == {cell.x()}
    assert motion.dock.info.figures()["Level"] == ["L3 ortho", "L3 ortho"]
    assert "Coherence" not in motion.dock.info.figures()
    qgis_project.removeAllMapLayers()


def test_switched_off_layers_are_not_asked(motion, window, layers):
    window.canvas.setLayers([layers["los_ascending"]])
    choose(right_click(window, place_of(layers["los_descending"], PID)), "Motion history here")
    assert [row.series.direction for row in motion.dock.model.shown] == ["los_ascending"]
    assert motion.dock.info.headline.startswith(("Moving", "Not moving", "Too"))


def test_identify_shows_exactly_the_chosen_point(motion, window, layers):
    layer = layers["los_descending"]
    registry = QgsGui.mapLayerActionRegistry()
    action, = [one for one in registry.mapLayerActions(layer) if one.text() == "Motion history"]
    feature = list(layer.getFeatures(QgsFeatureRequest().setLimit(5)))[4]
    # QGIS 3.30 and later trigger actions with a context
    context = [gui.QgsMapLayerActionContext()] if hasattr(gui, "QgsMapLayerActionContext") else []
    action.triggerForFeature(layer, feature, *context)
    assert feature["pid"] in shown_pids(motion)


def test_the_tool_shows_adds_and_gives_the_map_back(motion, window, layers, qgis_app):
    canvas = window.canvas
    pan = QgsMapToolPan(canvas)
    canvas.setMapTool(pan)
    motion.action.trigger()
    assert canvas.mapTool() is motion.pickers.tool and motion.action.isChecked()
    pixel = pixel_of(canvas, place_of(layers["los_descending"], PID))
    click = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    QTest.mouseClick(canvas.viewport(), *click, pixel)
    first = shown_pids(motion)
    assert PID in first
    other = next(f for f in layers["los_descending"].getFeatures(
        QgsFeatureRequest().setFilterRect(canvas.extent())) if f["pid"] not in first)
    spot = pixel_of(canvas, other.geometry().asPoint())
    QTest.mouseClick(canvas.viewport(), click[0], Qt.KeyboardModifier.ShiftModifier, spot)
    assert shown_pids(motion)[:len(first)] == first and len(shown_pids(motion)) > len(first)
    assert motion.dock.toolbar.keep.isChecked() is False
    motion.action.trigger()
    assert canvas.mapTool() is pan and not motion.action.isChecked()


def test_following_shows_what_is_under_the_pointer_until_a_click(
    motion, window, layers, wait_until
):
    canvas = window.canvas
    motion.dock.toolbar.follow.click()
    tool = motion.pickers.tool
    assert canvas.mapTool() is tool and tool.following
    pixel = pixel_of(canvas, place_of(layers["los_descending"], PID))
    move(canvas, pixel)
    wait_until(lambda: PID in shown_pids(motion))
    QTest.mouseClick(
        canvas.viewport(), Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, pixel)
    assert not tool.following and not motion.dock.toolbar.follow.isChecked()
    before = shown_pids(motion)
    move(canvas, pixel + QPoint(150, 60))
    QTest.qWait(50)
    assert shown_pids(motion) == before


def move(canvas, pixel):
    event = QMouseEvent(
        QEvent.Type.MouseMove, QPointF(pixel), Qt.MouseButton.NoButton, Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier)
    canvas.mapTool().canvasMoveEvent(QgsMapMouseEvent(canvas, event))


def test_another_tool_ends_following(motion, window, layers):
    motion.dock.toolbar.follow.click()
    pan = QgsMapToolPan(window.canvas)
    window.canvas.setMapTool(pan)
    assert not motion.pickers.tool.following and not motion.dock.toolbar.follow.isChecked()


def test_kept_series_stay_and_are_told_apart(motion, window, layers, wait_until):
    layer = layers["los_descending"]
    one, two = list(layer.getFeatures(QgsFeatureRequest().setLimit(2000)))[::1999][:2]
    motion.pickers.show_feature(layer, one)
    chart = chart_of(motion, wait_until)
    motion.dock.toolbar.keep.click()
    motion.pickers.show_feature(layer, two)
    names = [row.name for row in motion.dock.model.shown]
    assert f"Descending 22, {one['pid']}" in names and f"Descending 22, {two['pid']}" in names
    place = motion.dock.model.place
    QTest.keyClick(chart, Qt.Key.Key_Left, Qt.KeyboardModifier.ShiftModifier)
    assert motion.dock.model.place != place
    motion.dock.info.series_list.selectAll()
    motion.dock.info.series_list.remove_selected()
    assert motion.dock.model.shown == () and motion.dock.windowTitle() == "Motion history"


def test_the_same_point_does_not_come_twice(motion, window, layers):
    feature = feature_of(layers["los_descending"], PID)
    for _time in range(3):
        motion.pickers.found.emit(motion.pickers.finder.spot_of(
            layers["los_descending"], feature.id()), True)
    assert shown_pids(motion).count(PID) == 1


def test_selected_features_come_into_the_chart_together(motion, window, layers):
    layer = layers["los_descending"]
    chosen = [f.id() for f in layer.getFeatures(QgsFeatureRequest().setLimit(4000))][::1000]
    layer.selectByIds(chosen)
    menu = right_click(window, QgsPointXY(4_590_000.0, 1_720_000.0))
    choose(menu, "Motion history of the selected points")
    shown = [row for row in motion.dock.model.shown if row.series.direction == "los_descending"]
    assert len(shown) == len(chosen) == 4


def test_exports_hold_the_numbers_of_the_chart(
    motion, window, layers, tmp_path, shared_data, wait_until
):
    motion.pickers.show_feature(layers["los_descending"], feature_of(
        layers["los_descending"], PID))
    chart_of(motion, wait_until)
    dates, values = csv_values(shared_data, ustica.DESCENDING, PID)
    written = []
    motion.exported.connect(written.append)
    for kind in ("png", "svg", "csv"):
        motion.dock.export(kind, tmp_path / f"history.{kind}")
    assert [Path(name).suffix for name in written] == [".png", ".svg", ".csv"]
    rows = [line.split(",") for line in (tmp_path / "history.csv").read_text().splitlines()
            if not line.startswith("#")][1:]
    exported = {row[0]: float(row[-1]) for row in rows if row[-1]}
    assert exported == {str(date): value for date, value in zip(dates, values)}
    drawing = (tmp_path / "history.svg").read_text()
    assert "Descending 22" in drawing and "(+ towards satellite)" in drawing
    assert (tmp_path / "history.png").read_bytes()[:8] == b"\x89PNG\r\n\x1a\n"


def test_an_export_that_cannot_be_written_is_told(
    motion, window, layers, tmp_path, wait_until
):
    motion.pickers.show_feature(layers["los_descending"], feature_of(
        layers["los_descending"], PID))
    chart_of(motion, wait_until)
    (tmp_path / "file").write_text("in the way")
    for kind in ("png", "svg", "csv"):
        motion.dock.export(kind, tmp_path / "file" / f"history.{kind}")
    assert [type(error).__name__ for error in motion.told["failed"]] == ["DiskFull"] * 3


def test_a_store_that_has_grown_is_read_anew_and_a_broken_one_is_told(
    motion, window, layers, store_file, tmp_path
):
    layer = layers["los_descending"]
    copy = tmp_path / "copy.gpkg"
    shutil.copy(store_file, copy)
    layer.setDataSource(f"{copy}|layername=los_descending", layer.name(), "ogr")
    feature = feature_of(layer, PID)
    motion.pickers.show_feature(layer, feature)
    assert PID in shown_pids(motion)
    other = tmp_path / "other.gpkg"
    shutil.copy(store_file, other)
    os.replace(other, copy)
    motion.dock.model.clear()
    motion.pickers.show_feature(layer, feature)
    assert PID in shown_pids(motion)
    copy.unlink()
    motion.pickers.show_feature(layer, feature)
    assert [type(error).__name__ for error in motion.told["failed"]] == ["StoreError"]
    window.canvas.setLayers([layer])
    assert "Motion history here" not in texts(right_click(window, window.canvas.center()))


def test_a_removed_layer_takes_its_action_with_it(motion, window, layers, qgis_project):
    layer = layers["los_ascending"]
    before = len(QgsGui.mapLayerActionRegistry().mapLayerActions(layer))
    assert before == 1
    qgis_project.removeMapLayer(layer.id())
    assert set(motion.pickers.actions()) == {layers["los_descending"].id()}


def test_unregister_leaves_nothing(motion, window, layers, qgis_app):
    choose(right_click(window, place_of(layers["los_descending"], PID)), "Motion history here")
    motion.dock.toolbar.follow.click()
    items = len(window.canvas.scene().items())
    motion.unregister()
    qgis_app.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    assert len(window.canvas.scene().items()) == items - 1
    assert texts(right_click(window, place_of(layers["los_descending"], PID))) == []
    registry = QgsGui.mapLayerActionRegistry()
    assert not [a for layer in layers.values() for a in registry.mapLayerActions(layer)]
    assert window.canvas.mapTool() is None
    assert window.findChild(object, "ClmsExplorerMotionDock") is None


def test_loading_imports_no_heavy_library():
    script = """
import sys
sys.path.insert(0, "test")
import conftest
import qgis.core, qgis.gui
before = set(sys.modules)  # QGIS 3.40 imports numpy and shapely itself
import clms_explorer.ui.motion.motion_history
heavy = {"numpy", "pyqtgraph", "shapely", "pyproj", "requests"} & (set(sys.modules) - before)
print(", ".join(sorted(heavy)))
"""
    result = subprocess.run(
        [sys.executable, "-c", script], cwd=Path(__file__).resolve().parents[2],
        capture_output=True, text=True, check=False)
    assert result.stdout.strip() == "" and result.returncode == 0
