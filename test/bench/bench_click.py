"""From a right-click on the map to the drawn chart, in a store of 1.8 million points."""

from __future__ import annotations

import random
import time
from pathlib import Path
from typing import Any

import data
from measure import Row, alternate, in_child, percentile

CLICKS, MOVES, SERIES = 200, 200, 10
TITLE = "Motion history here"


def rows() -> list[Row]:
    """Return both ways to a chart."""
    store = data.store(6)
    clicks, moves = alternate(lambda: in_child("bench_click.right_clicks", store),
                              lambda: in_child("bench_click.pointer_moves", store))
    last = sorted(clicks, key=lambda run: run["median"])[len(clicks) // 2]
    return [
        Row("right-click → chart drawn, median", last["median"], "ms", most=15),
        Row("right-click → chart drawn, 95 %", last["slow"], "ms", most=40),
        Row("chart following the pointer, 10 series",
            sorted(run["rate"] for run in moves)[len(moves) // 2], "/s", least=30),
    ]


def right_clicks(store: str) -> dict[str, Any]:
    """Right-click point after point and choose the motion history; milliseconds."""
    scene = _Scene(Path(store))
    times = []
    for place in scene.places(CLICKS):
        scene.look_at(place)
        begin = time.perf_counter()
        scene.right_click(place)
        scene.wait_for_paint()
        times.append((time.perf_counter() - begin) * 1e3)
    return {"median": percentile(times, 50), "slow": percentile(times, 95)}


def pointer_moves(store: str) -> dict[str, Any]:
    """Keep nine series, the first of them the scene's, and let the tenth follow the pointer."""
    scene = _Scene(Path(store))
    places = scene.places(SERIES - 2 + MOVES)
    for place in places[:SERIES - 2]:
        scene.look_at(place)
        scene.motion.pickers.tool.point_clicked.emit(place, True)
    scene.motion.dock.model.set_kept(True)
    begin = time.perf_counter()
    for place in places[SERIES - 2:]:
        scene.look_at(place)
        scene.motion.pickers.tool.point_passed.emit(place)
        scene.wait_for_paint()
    seconds = time.perf_counter() - begin
    if len(scene.motion.dock.model.shown) != SERIES:
        raise RuntimeError(f"{len(scene.motion.dock.model.shown)} series are shown")
    return {"rate": MOVES / seconds}


class _Scene:
    """A window with a map of the store and the motion dock, with its chart."""

    def __init__(self, store: Path) -> None:
        import qgis_child

        self.app = qgis_child.start()
        from clms_explorer.ui.motion.motion_history import MotionHistory
        from clms_explorer.ui.qgis_bridge.store_layers import add_store
        from qgis.core import QgsCoordinateReferenceSystem, QgsProject, QgsVectorLayer
        from qgis.PyQt.QtWidgets import QGraphicsView

        project = QgsProject.instance()
        project.setCrs(QgsCoordinateReferenceSystem("EPSG:3035"))
        self.window = qgis_child.Window()
        self.canvas = self.window.canvas
        self.canvas.setRenderFlag(False)  # the map is not what is measured
        self.canvas.setDestinationCrs(project.crs())
        layers = add_store(store, project)
        self.canvas.setLayers(layers)
        self.layer = next(layer for layer in layers if isinstance(layer, QgsVectorLayer))
        self.window.show()
        self.motion = MotionHistory(self.window)
        first = self.places(1)[0]
        self.look_at(first)
        self.right_click(first)
        while self.motion.dock.chart is None:
            self.app.processEvents()
        self.view = self.motion.dock.chart.findChild(QGraphicsView).viewport()
        self.painted = _Paints(self.view)
        self.app.processEvents()

    def places(self, count: int) -> list[Any]:
        """Return places of points from all over the store."""
        from qgis.core import QgsFeatureRequest

        fids = random.Random(1).sample(range(1, self.layer.featureCount()), count)
        request = QgsFeatureRequest().setFilterFids(fids).setNoAttributes()
        found = [feature.geometry().asPoint() for feature in self.layer.getFeatures(request)]
        random.Random(2).shuffle(found)
        return found

    def look_at(self, place: Any) -> None:
        """Move the map to a place, at a scale at which points are shown."""
        self.canvas.setCenter(place)
        self.canvas.zoomScale(5000)

    def right_click(self, place: Any) -> None:
        """Open the map's menu at a place and choose the motion history."""
        from qgis.gui import QgsMapMouseEvent
        from qgis.PyQt.QtCore import QEvent, QPointF, Qt
        from qgis.PyQt.QtGui import QMouseEvent
        from qgis.PyQt.QtWidgets import QMenu

        pixel = QPointF(self.canvas.getCoordinateTransform().transform(place).toQPointF())
        event = QgsMapMouseEvent(self.canvas, QMouseEvent(
            QEvent.Type.MouseButtonPress, pixel, Qt.MouseButton.RightButton,
            Qt.MouseButton.RightButton, Qt.KeyboardModifier.NoModifier))
        menu = QMenu(self.window)
        self.canvas.contextMenuAboutToShow.emit(menu, event)
        next(action for action in menu.actions() if action.text() == TITLE).trigger()
        menu.deleteLater()

    def wait_for_paint(self) -> None:
        """Handle events until the chart has been painted."""
        self.painted.count = 0
        self.view.update()
        while not self.painted.count:
            self.app.processEvents()
        self.app.processEvents()


def _Paints(view: Any) -> Any:  # noqa: N802 - makes an object, like a class
    """Return an event filter that counts the paint events of a widget."""
    from qgis.PyQt.QtCore import QEvent, QObject

    class Counter(QObject):
        count = 0

        def eventFilter(self, watched: QObject, event: QEvent) -> bool:
            self.count += event.type() == QEvent.Type.Paint
            return False

    counter = Counter(view)
    view.installEventFilter(counter)
    return counter
