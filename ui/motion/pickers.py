"""Ways from the map to a motion history: context menu, Identify action, tool, selection."""

from __future__ import annotations

import importlib
from typing import Any, Dict, Iterable, Optional, Sequence

from qgis.core import (
    QgsCoordinateReferenceSystem,
    QgsCoordinateTransform,
    QgsCsException,
    QgsFeature,
    QgsFeatureRequest,
    QgsMapLayer,
    QgsPointXY,
    QgsProject,
    QgsRectangle,
    QgsVectorLayer,
)
from qgis.gui import QgsGui, QgsMapCanvas, QgsMapLayerAction, QgsMapMouseEvent
from qgis.PyQt.QtCore import QObject, QTimer, pyqtSignal
from qgis.PyQt.QtWidgets import QMenu, QWidget

from ...core.errors import StoreError
from ..icons import own_icon, theme_icon
from ..registrations import Registrations
from .pick_tool import PointPickTool
from .point_finder import PointFinder, is_point_layer

MOST_SELECTED = 10
"""Selected points that come into the chart at once."""

_NEEDED = ("numpy", "...core.egms.neighbours", ".motion_dock")
"""What the first right-click needs; imported one by one, so that no menu waits for all."""
_PAUSE = 500
"""Milliseconds between a new point layer and the first import, and between two of them."""

# Where EGMS measures: the participating countries with the Azores, Madeira and the Canaries.
_MEASURED = QgsRectangle(-32.0, 27.0, 36.0, 72.0)


class Pickers(QObject):
    """Registers every way to a point and tells what was found; unregister() undoes all."""

    found = pyqtSignal(object, bool)
    """A Spot, and whether to add it to the chart instead of replacing the last one."""
    failed = pyqtSignal(object)
    """A StoreError: the store of a chosen point cannot be read."""
    files_wanted = pyqtSignal(float, float)
    """Longitude and latitude where EGMS files are looked for."""

    def __init__(self, canvas: QgsMapCanvas, main_window: QWidget, parent: QObject) -> None:
        super().__init__(parent)
        self._canvas, self._main_window = canvas, main_window
        self.finder = PointFinder(canvas)
        self.tool = PointPickTool(canvas)
        self.can_add = False
        """Whether the chart shows something that another point can be added to."""
        self._actions: Dict[str, QgsMapLayerAction] = {}
        self._registrations = Registrations()
        self._needed = list(_NEEDED)
        self._warm_up = QTimer(self)
        self._warm_up.setInterval(_PAUSE)
        self._warm_up.timeout.connect(self._import_next)
        self._register()

    def unregister(self) -> None:
        """Take everything back: menu, actions, tool, open stores."""
        self._remove_actions(list(self._actions))
        self._registrations.clear()
        self._warm_up.stop()
        self.tool.give_back()
        self.tool.deleteLater()
        self.finder.close()

    def actions(self) -> Dict[str, QgsMapLayerAction]:
        """Return the Identify actions by layer id."""
        return dict(self._actions)

    def show_feature(self, layer: QgsVectorLayer, feature: QgsFeature, *_context: Any) -> None:
        """Show one feature of a point layer. QGIS 3.30 and later add a context."""
        self._tell_features(layer, [feature.id()])

    def show_selected(self, layer: QgsVectorLayer) -> None:
        """Show the selected features of a point layer, the first ten of them."""
        request = QgsFeatureRequest().setLimit(MOST_SELECTED).setNoAttributes()
        request.setFlags(QgsFeatureRequest.Flag.NoGeometry)
        self._tell_features(layer, [f.id() for f in layer.getSelectedFeatures(request)])

    # --- inside

    def _register(self) -> None:
        project = QgsProject.instance()
        connect = self._registrations.connect
        connect(self._canvas.contextMenuAboutToShow, self._extend_menu)
        connect(project.layersAdded, self._add_actions)
        connect(project.layersWillBeRemoved, self._remove_actions)
        connect(project.readProject, self._project_read)
        connect(self.tool.point_clicked, self._tell_place)
        connect(self.tool.point_passed, self._tell_place)
        self._add_actions(project.mapLayers().values())

    def _import_next(self) -> None:
        if self._needed:
            importlib.import_module(self._needed.pop(0), __package__)
        if not self._needed:
            self._warm_up.stop()

    def _project_read(self, *_document: Any) -> None:
        self._add_actions(QgsProject.instance().mapLayers().values())

    def _extend_menu(self, menu: QMenu, event: QgsMapMouseEvent) -> None:
        place = event.mapPoint()
        spot = self.finder.spot_at(place)
        if spot is not None:
            show = menu.addAction(own_icon("motion"), self.tr("Motion history here"))
            show.triggered.connect(lambda _on=False: self.found.emit(spot, False))
            if self.can_add:
                add = menu.addAction(
                    theme_icon("symbologyAdd"), self.tr("Add to the chart") + "\t"
                    + self.tr("Shift+click"))
                add.triggered.connect(lambda _on=False: self.found.emit(spot, True))
        for layer in self.finder.layers():
            if layer.selectedFeatureCount():
                self._offer_selected(menu, layer)
        world = self._in_degrees(place)
        if world is not None and _MEASURED.contains(world):
            menu.addSeparator()
            search = menu.addAction(own_icon("plugin"), self.tr("Search EGMS files here…"))
            search.triggered.connect(
                lambda _on=False: self.files_wanted.emit(world.x(), world.y()))

    def _offer_selected(self, menu: QMenu, layer: QgsVectorLayer) -> None:
        key = layer.id()
        text = self.tr("Motion history of the selected points in {layer}")
        action = menu.addAction(own_icon("motion"), text.format(layer=layer.name()))
        action.triggered.connect(
            lambda _on=False: self.show_selected(QgsProject.instance().mapLayer(key)))

    def _tell_place(self, place: QgsPointXY, add: bool = False) -> None:
        spot = self.finder.spot_at(place)
        if spot is not None:
            self.found.emit(spot, add)

    def _tell_features(self, layer: QgsVectorLayer, fids: Sequence[int]) -> None:
        try:
            spots = [self.finder.spot_of(layer, fid) for fid in fids[:MOST_SELECTED]]
        except StoreError as error:
            self.failed.emit(error)
            return
        for number, spot in enumerate(spot for spot in spots if spot is not None):
            self.found.emit(spot, number > 0)

    def _add_actions(self, layers: Iterable[QgsMapLayer]) -> None:
        """Give each point layer its own action: one for all would show on foreign layers."""
        target = QgsMapLayerAction.Target
        # from QGIS 3.30 on two targets joined by "|" are a number; QGIS 4 has one class for both
        flags = getattr(QgsMapLayerAction, "Targets", target)
        targets = flags(target.SingleFeature) | target.MultipleFeatures
        for layer in layers:
            if not is_point_layer(layer) or layer.id() in self._actions:
                continue
            action = QgsMapLayerAction(
                self.tr("Motion history"), self._main_window, layer, targets, own_icon("motion"))
            for name, slot in (("triggeredForFeature", self.show_feature),
                               ("triggeredForFeatures", self._show_features)):
                # QGIS 3.30 replaced both signals; the old ones are still there
                signal = getattr(action, f"{name}V2", None) or getattr(action, name)
                signal.connect(slot)
            QgsGui.mapLayerActionRegistry().addMapLayerAction(action)
            self._actions[layer.id()] = action
            self._warm_up.start()

    def _show_features(
        self, layer: QgsVectorLayer, features: Iterable[QgsFeature], *_context: Any
    ) -> None:
        self._tell_features(layer, [feature.id() for feature in features])

    def _remove_actions(self, layer_ids: Iterable[str]) -> None:
        self.finder.close()  # an open file could be neither replaced nor deleted on Windows
        for layer_id in layer_ids:
            action = self._actions.pop(layer_id, None)
            if action is not None:
                QgsGui.mapLayerActionRegistry().removeMapLayerAction(action)
                action.deleteLater()

    def _in_degrees(self, place: QgsPointXY) -> Optional[QgsPointXY]:
        to_world = QgsCoordinateTransform(
            self._canvas.mapSettings().destinationCrs(),
            QgsCoordinateReferenceSystem("EPSG:4326"), QgsProject.instance())
        try:
            return to_world.transform(place)
        except QgsCsException:
            return None
