"""All ways to choose an area: the menu, the map tools and the dialogs behind it."""

from __future__ import annotations

from typing import Callable, List, Optional

from qgis.core import (
    QgsFeatureRequest,
    QgsPointXY,
    QgsProject,
    QgsRectangle,
    QgsVectorLayer,
    QgsVectorLayerFeatureSource,
    QgsVectorLayerUtils,
)
from qgis.gui import QgsMapCanvas
from qgis.PyQt.QtCore import QObject, pyqtSignal
from qgis.PyQt.QtWidgets import QDialog, QWidget

from ...core.aoi.area import Area
from ...core.aoi.nuts import NutsIndex
from ...core.errors import AreaError
from ..compat import alive
from ..qgis_bridge.area_from_qgis import (
    area_from_corners,
    area_from_features,
    area_from_layer_extent,
    area_from_map_view,
    area_from_rectangle,
)
from ..qgis_bridge.recent_areas import RecentArea
from ..qgis_bridge.tasks import CoreTask, TaskRunner
from .area_words import kind_words
from .coordinates_dialog import CoordinatesDialog
from .layer_dialog import LayerDialog
from .map_tools import BoxTool, PolygonTool
from .region_dialog import RegionDialog

RegionShape = Callable[
    [str, Callable[[Area], None], Callable[[BaseException], None]], None]
"""region_shape(code, done, failed): get the outline of a region without blocking."""


class AreaWays(QObject):
    """Each way ends in chosen or refused; a later choice wins over one still being fetched."""

    chosen = pyqtSignal(object)
    refused = pyqtSignal(object)
    busy_changed = pyqtSignal(str)
    """What is going on, "" when it is over."""
    hint_changed = pyqtSignal(str, str)
    """What to do with the tool in hand, and how to end; both "" when there is none."""

    def __init__(
        self, canvas: QgsMapCanvas, index: NutsIndex, region_shape: RegionShape, parent: QWidget
    ) -> None:
        super().__init__(parent)
        self._canvas = canvas
        self._index = index
        self._region_shape = region_shape
        self._runner = TaskRunner(self)
        self._task: Optional[CoreTask] = None
        self._choice = 0
        self._dialog: Optional[QDialog] = None
        self._box = BoxTool(canvas)
        self._polygon = PolygonTool(canvas)
        self._box.drawn.connect(self._box_drawn)
        self._polygon.drawn.connect(self._polygon_drawn)
        self._box.activated.connect(self._box_taken)
        self._polygon.activated.connect(self._polygon_taken)
        for tool in (self._box, self._polygon):
            tool.ended.connect(self._tool_ended)

    def draw_box(self) -> None:
        """Let the user drag a box on the map."""
        self._box.start()

    def draw_polygon(self) -> None:
        """Let the user click a polygon on the map."""
        self._polygon.start()

    def choose_region(self) -> None:
        """Open the list of NUTS regions."""
        self._open_regions(countries_only=False)

    def choose_country(self) -> None:
        """Open the list of countries."""
        self._open_regions(countries_only=True)

    def choose_layer(self) -> None:
        """Open the list of layers."""
        dialog = LayerDialog(self.parent())
        dialog.layer_chosen.connect(self._layer_chosen)
        self._open(dialog)

    def type_coordinates(self) -> None:
        """Open the form for coordinates."""
        dialog = CoordinatesDialog(self.parent())
        dialog.area_chosen.connect(self._choose)
        self._open(dialog)

    def use_map_view(self) -> None:
        """Take what the map shows."""
        crs = self._canvas.mapSettings().destinationCrs()
        self._try(lambda: area_from_map_view(self._canvas.extent(), crs, kind_words("view")))

    def use_selection(self) -> None:
        """Take the selected features of the current layer."""
        layer = self._canvas.currentLayer()
        if self.can_use_selection():
            self._collect(layer, layer.selectedFeatureIds(), _selection_name(layer), "selection")

    def can_use_selection(self) -> bool:
        """Return whether features are selected in the current layer."""
        layer = self._canvas.currentLayer()
        return isinstance(layer, QgsVectorLayer) and layer.selectedFeatureCount() > 0

    def use_recent(self, entry: RecentArea) -> None:
        """Take an area used before."""
        if entry.area is not None:
            self._choose(entry.area)
        else:
            self.use_region(entry.code)

    def use_region(self, code: str) -> None:
        """Get the outline of a region and take it."""
        number = self._next_choice()
        region = self._index.region(code)
        name = region.name if region else code
        self.busy_changed.emit(self.tr("Getting the outline of {name}").format(name=name))
        self._region_shape(
            code, lambda area: self._arrived(number, area),
            lambda error: self._failed(number, error))

    def remove(self) -> None:
        """Take everything off the map and close what is open."""
        self._choice += 1
        self._runner.stop_all()
        if alive(self._dialog):
            self._dialog.close()
        self._box.remove()
        self._polygon.remove()

    def _tool_ended(self) -> None:
        self.hint_changed.emit("", "")

    def _box_taken(self) -> None:
        self.hint_changed.emit(self.tr("Drag a box on the map"), self.tr("Esc stops"))

    def _polygon_taken(self) -> None:
        self.hint_changed.emit(
            self.tr("Click the corners"), self.tr("Right click ends · Esc stops"))

    def _box_drawn(self, box: QgsRectangle) -> None:
        crs = self._canvas.mapSettings().destinationCrs()
        self._try(lambda: area_from_rectangle(box, crs, kind_words("box")))

    def _polygon_drawn(self, corners: List[QgsPointXY]) -> None:
        crs = self._canvas.mapSettings().destinationCrs()
        self._try(lambda: area_from_corners(corners, crs, kind_words("polygon")))

    def _open_regions(self, countries_only: bool) -> None:
        dialog = RegionDialog(self._index, countries_only, self.parent())
        dialog.region_chosen.connect(self.use_region)
        self._open(dialog)

    def _open(self, dialog: QDialog) -> None:
        """Show a dialog; an earlier one is closed."""
        if alive(self._dialog):
            self._dialog.close()
        self._dialog = dialog
        dialog.show()

    def _layer_chosen(self, layer_id: str, outlines: bool) -> None:
        layer = QgsProject.instance().mapLayer(layer_id)
        if layer is None:
            return
        if outlines:
            self._collect(layer, None, layer.name(), "layer")
        else:
            self._try(lambda: area_from_layer_extent(layer))

    def _collect(
        self, layer: QgsVectorLayer, ids: Optional[List[int]], name: str, kind: str
    ) -> None:
        """Put features together on another thread; ids: None for all."""
        source = QgsVectorLayerFeatureSource(layer)
        request = QgsFeatureRequest().setNoAttributes()
        if ids is not None:
            request.setFilterFids(ids)
        crs = layer.crs()
        number = self._next_choice()
        self.busy_changed.emit(self.tr("Putting the features together"))
        self._task = self._runner.start(
            self.tr("Area from features"),
            lambda stop, _progress: area_from_features(
                source.getFeatures(request), crs, name, kind, stop),
            lambda area: self._arrived(number, area),
            lambda error: self._failed(number, error))

    def _try(self, make: Callable[[], Area]) -> None:
        try:
            area = make()
        except AreaError as err:
            self.refused.emit(err)
        else:
            self._choose(area)

    def _choose(self, area: Area) -> None:
        self._next_choice()
        self.chosen.emit(area)

    def _next_choice(self) -> int:
        """Begin a new choice: whatever is still under way no longer counts."""
        self._choice += 1
        if self._task is not None and alive(self._task):
            self._task.cancel()
        self._task = None
        self.busy_changed.emit("")
        return self._choice

    def _arrived(self, number: int, area: Area) -> None:
        if number == self._choice:
            self._choose(area)

    def _failed(self, number: int, error: BaseException) -> None:
        if number == self._choice:
            self._next_choice()
            self.refused.emit(error)


def _selection_name(layer: QgsVectorLayer) -> str:
    """Return the display name of a single selected feature, else the name of the layer."""
    if layer.selectedFeatureCount() == 1:
        feature = next(layer.getSelectedFeatures())
        name = QgsVectorLayerUtils.getFeatureDisplayString(layer, feature)
        if name:
            return str(name)
    return str(layer.name())
