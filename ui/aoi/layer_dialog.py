"""Choose a layer whose extent, or whose polygons, become the area."""

from __future__ import annotations

from typing import Optional

from qgis.core import QgsMapLayer, QgsVectorLayer, QgsWkbTypes
from qgis.gui import QgsMapLayerComboBox
from qgis.PyQt.QtCore import pyqtSignal
from qgis.PyQt.QtWidgets import QCheckBox, QFormLayout, QWidget

from ...core.errors import AreaError
from ..labels import NoteLabel
from ..look import unit
from ..qgis_bridge.area_from_qgis import area_from_layer_extent
from ..texts import sentence
from .area_words import facts_line
from .choice_dialog import ChoiceDialog


class LayerDialog(ChoiceDialog):
    """Lists the layers of the project, which may come and go meanwhile."""

    layer_chosen = pyqtSignal(str, bool)
    """The id of the layer, and whether its polygons are wanted instead of its extent."""

    def __init__(self, parent: Optional[QWidget] = None) -> None:
        super().__init__(parent)
        self.name(self.tr("Layer extent"), self.tr("Use this layer"))
        self._layers = QgsMapLayerComboBox(self)
        self._layers.setAccessibleName(self.tr("Layer"))
        self._outlines = QCheckBox(self.tr("Use the outlines of its polygons"), self)
        self._result = NoteLabel(parent=self)
        self._lay_out()
        self._layers.layerChanged.connect(self._read)
        self._outlines.toggled.connect(self._read)
        self._read()

    def accept(self) -> None:
        """Tell the layer and close."""
        layer = self._layers.currentLayer()
        if layer is not None:
            self.layer_chosen.emit(layer.id(), self._outlines.isChecked())
            super().accept()

    def _lay_out(self) -> None:
        u = unit(self.font())
        layout = self.column()
        form = QFormLayout()
        form.addRow(self.tr("Layer"), self._layers)
        layout.addLayout(form)
        layout.addWidget(self._outlines)
        layout.addWidget(self._result)
        layout.addStretch(1)
        layout.addWidget(self._buttons)
        self.resize(90 * u, 40 * u)

    def _read(self) -> None:
        """Show what the layer would give."""
        layer = self._layers.currentLayer()
        polygons = _has_polygons(layer)
        self._outlines.setEnabled(polygons)
        if not polygons:
            self._outlines.setChecked(False)
        usable = layer is not None
        if layer is None:
            self._result.set_note(self.tr("The project has no layers yet."))
        elif self._outlines.isChecked():
            self._result.set_note(self.tr("All polygons of the layer together."))
        else:
            usable = self._describe_extent(layer)
        self._use.setEnabled(usable)

    def _describe_extent(self, layer: QgsMapLayer) -> bool:
        try:
            self._result.set_note(facts_line(area_from_layer_extent(layer)))
        except AreaError as err:
            self._result.set_note(sentence(err), "error")
            return False
        return True


def _has_polygons(layer: Optional[QgsMapLayer]) -> bool:
    return (isinstance(layer, QgsVectorLayer)
            and layer.geometryType() == QgsWkbTypes.GeometryType.PolygonGeometry)
