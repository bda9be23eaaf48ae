"""Runs inside QGIS: the whole main job as a person does it, with pictures on the way."""

import os
import sys
import time

import qgis.utils
from qgis.core import (
    QgsApplication,
    QgsCoordinateReferenceSystem,
    QgsCoordinateTransform,
    QgsFeatureRequest,
    QgsProject,
    QgsRectangle,
)
from qgis.PyQt.QtCore import QEvent, QPoint, Qt, QTimer
from qgis.PyQt.QtTest import QTest
from qgis.PyQt.QtWidgets import QAction, QApplication, QDockWidget, QMenu
from qgis.utils import iface
from steps import click, drag, pause, photograph, run_and_report, wait_until

SAO_MIGUEL = QgsRectangle(-25.95, 37.65, -25.05, 37.95)
USTICA = QgsRectangle(13.12, 38.66, 13.24, 38.74)

HEART = []


class Heartbeat:
    """Measures how long the window is held up."""

    def __init__(self):
        self._last = time.perf_counter()
        self.longest = []
        self._timer = QTimer()
        self._timer.setInterval(5)
        self._timer.timeout.connect(self._beat)
        self._timer.start()

    def _beat(self):
        now = time.perf_counter()
        self.longest.append(now - self._last)
        self._last = now

    def skip(self):
        """Do not count what has just held up the window: the test itself."""
        self._last = time.perf_counter()

    def take(self):
        """Return the longest pause since the last call, in ms."""
        longest, self.longest = max(self.longest, default=0), []
        return round(1000 * longest)


def picture(name):
    """Photograph the whole window."""
    photograph(iface.mainWindow(), name)
    for heart in HEART:
        heart.skip()


def steps(report):
    iface.mainWindow().resize(1600, 1000)
    plugin = load(report)
    heart = Heartbeat()
    HEART.append(heart)
    open_dock(plugin, report)
    report["stall_open"] = heart.take()
    draw_area(plugin, SAO_MIGUEL)
    order_corine(plugin, report)
    report["stall_corine"] = heart.take()
    get_ground_motion(plugin, report)
    report["stall_egms"] = heart.take()
    motion_history(plugin, report)
    report["stall_history"] = heart.take()
    dark(plugin)
    unload_and_reload(report)


def load(report):
    before = set(sys.modules)
    qgis.utils.updateAvailablePlugins()
    start = time.perf_counter()
    report["loaded"] = qgis.utils.loadPlugin("clms_explorer")
    report["started"] = qgis.utils.startPlugin("clms_explorer")
    report["load_ms"] = round(1000 * (time.perf_counter() - start))
    heavy = ("numpy", "requests", "pyproj", "shapely", "pyqtgraph")
    report["heavy_imports"] = [
        name for name in heavy if name in sys.modules and name not in before]
    iface.newProject()
    QgsProject.instance().setCrs(QgsCoordinateReferenceSystem("EPSG:4326"))
    return qgis.utils.plugins["clms_explorer"]


def open_dock(plugin, report):
    plugin._action.trigger()
    wait_until(lambda: plugin.desk is not None)
    wait_until(lambda: plugin.desk.workspace.catalogue.fetched_at is not None)
    wait_until(lambda: plugin.desk.catalogue.browse.model is not None)
    report["datasets"] = len(plugin.desk.workspace.catalogue.datasets)
    picture("1-first-start")


def show(box):
    """Show a box in degrees on the map, whatever the project's CRS."""
    transform = QgsCoordinateTransform(
        QgsCoordinateReferenceSystem("EPSG:4326"),
        iface.mapCanvas().mapSettings().destinationCrs(), QgsProject.instance())
    iface.mapCanvas().setExtent(transform.transformBoundingBox(box))
    iface.mapCanvas().refresh()
    pause(0.7)


def draw_area(plugin, box):
    """Choose "Draw a box" and drag it on the map."""
    canvas = iface.mapCanvas()
    show(box)
    before = plugin.desk.area_bar.area
    plugin.desk.area_bar.ways.draw_box()
    view = canvas.viewport()
    width, height = view.width(), view.height()
    drag(view, QPoint(width // 12, height // 12), QPoint(11 * width // 12, 11 * height // 12))
    wait_until(lambda: plugin.desk.area_bar.area not in (None, before))


def order_corine(plugin, report):
    panel, desk = plugin.desk.catalogue, plugin.desk
    field = panel.browse.head.field
    click(field)
    QTest.keyClicks(field, "corine land cover 2018")
    wait_until(lambda: "2018" in field.text())
    pause(0.5)
    picture("2-search")
    QTest.keyClick(field, Qt.Key.Key_Down)
    QTest.keyClick(panel.browse.list, Qt.Key.Key_Return)
    wait_until(lambda: panel.currentWidget() is panel.details)
    order = panel.details.order
    picture("3-details")
    report["title"] = panel.details.dataset.title
    click(order.footer.buttons[0])
    wait_until(lambda: any(
        job.state.value == "opened" for job in desk.workspace.journal.jobs()), 90)
    pause(1.5)
    picture("4-corine")
    layers = list(QgsProject.instance().mapLayers().values())
    report["corine_layers"] = [
        [layer.name(), layer.attribution() if hasattr(layer, "attribution") else ""]
        for layer in layers]


def get_ground_motion(plugin, report):
    desk = plugin.desk
    desk.dock.show_tab("catalogue")
    draw_area(plugin, USTICA)
    dataset = next(one for one in desk.workspace.catalogue.datasets
                   if "Calibrated" in one.title and one.in_archive)
    desk.catalogue.open_dataset(dataset.uid)
    egms = desk.catalogue.details.egms
    wait_until(lambda: egms.model.rowCount() > 0)
    pause(0.5)
    picture("5-egms-files")
    egms.select_enough()
    pause(0.2)
    click(egms.footer.buttons[0])
    wait_until(lambda: sum(
        job.state.value == "opened" for job in desk.workspace.journal.jobs()) == 2, 90)
    show(QgsRectangle(13.155, 38.69, 13.185, 38.71))
    pause(1.5)
    desk.dock.show_tab("downloads")
    picture("6-ground-motion")
    report["motion_layers"] = [
        layer.name() for layer in QgsProject.instance().mapLayers().values()
        if layer.customProperty("clms_explorer/table")]


def motion_history(plugin, report):
    """Right-click on a point with the Pan tool, choose the first entry of ours."""
    canvas = iface.mapCanvas()
    iface.actionPan().trigger()
    layer = next(layer for layer in QgsProject.instance().mapLayers().values()
                 if layer.customProperty("clms_explorer/table") == "los_descending"
                 and hasattr(layer, "getFeatures"))
    inside = QgsFeatureRequest(
        canvas.mapSettings().mapToLayerCoordinates(layer, canvas.extent()))
    feature = min(layer.getFeatures(inside), key=lambda one: one["mean_velocity"])
    place = canvas.mapSettings().layerToMapCoordinates(layer, feature.geometry().asPoint())
    pixel = canvas.mapSettings().mapToPixel().transform(place)
    point = QPoint(round(pixel.x()), round(pixel.y()))
    chosen = []

    def choose():
        menu = QApplication.activePopupWidget()
        if not isinstance(menu, QMenu):
            QTimer.singleShot(100, choose)
            return
        action = next(one for one in menu.actions() if one.text() == "Motion history here")
        chosen.append(action.text())
        menu.grab().save(os.path.join(os.environ["CLMS_SCREENS"], "7-menu.png"))
        action.trigger()
        menu.close()

    QTimer.singleShot(200, choose)
    click(canvas.viewport(), point, Qt.MouseButton.RightButton)
    wait_until(lambda: chosen, 20)
    wait_until(lambda: plugin.motion.dock.model.rowCount() > 0, 20)
    wait_until(lambda: plugin.motion.dock.chart is not None, 20)
    pause(1)
    report["series"] = plugin.motion.dock.model.rowCount()
    plugin.motion.dock.resize(1000, 330)
    iface.mainWindow().resizeDocks([plugin.motion.dock], [380], Qt.Orientation.Vertical)
    pause(1)
    picture("8-motion")
    report["clicked"] = feature["pid"]
    report["shown"] = [series.attributes.get("pid")
                       for series in plugin.motion.dock.model.spot.series]


def dark(plugin):
    QgsApplication.setUITheme("Night Mapping")
    plugin.desk.dock.show_tab("catalogue")
    pause(1.5)
    picture("9-dark")
    QgsApplication.setUITheme("default")
    pause(0.5)


def traces():
    """Return what of the plugin is left in the window.

    The empty submenu that QGIS itself keeps, hidden, after its last entry is gone does not count.
    """
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    window = iface.mainWindow()
    docks = [dock.objectName() for dock in window.findChildren(QDockWidget)
             if "Clms" in dock.objectName() or "clms" in dock.objectName().lower()]
    actions = [f"{action.text()} in {action.parent().objectName() or action.parent()}"
               for action in window.findChildren(QAction)
               if action.text() in ("CLMS Explorer", "Motion history")
               and action.menu() is None]
    return docks + actions


def unload_and_reload(report):
    for name in ("first", "second"):
        qgis.utils.unloadPlugin("clms_explorer")
        pause(1)
        report[f"left_after_{name}_unload"] = traces()
        if name == "first":
            qgis.utils.updateAvailablePlugins()
            report["reloaded"] = qgis.utils.loadPlugin("clms_explorer") and \
                qgis.utils.startPlugin("clms_explorer")
            pause(1)


run_and_report(steps)
