"""View on map: the map services of a dataset, and its legend before anything is loaded."""

from __future__ import annotations

from typing import List, Optional, Tuple

from qgis.PyQt.QtCore import Qt, pyqtSignal
from qgis.PyQt.QtWidgets import (
    QHBoxLayout,
    QSlider,
    QTreeWidget,
    QTreeWidgetItem,
    QVBoxLayout,
    QWidget,
)

from ...core.clms.models import Dataset, MapService
from .. import look
from ..footer import Footer
from ..icons import theme_icon
from ..labels import NoteLabel, RankLabel
from ..parts import Line, section
from .form_parts import Body, Facts
from .legend_view import LegendView

_CHECKED, _EMPTY = Qt.CheckState.Checked, Qt.CheckState.Unchecked
_SERVICE = Qt.ItemDataRole.UserRole
_NAME = Qt.ItemDataRole.UserRole


class MapForm(QWidget):
    """Layers to tick, opacity, legend, Add to map."""

    layer_requested = pyqtSignal(object, object, object, float)
    """Dataset, MapService, names of its layers (none: the service as a whole), opacity 0…1."""

    def __init__(self, parent: Optional[QWidget] = None) -> None:
        super().__init__(parent)
        unit = look.unit(self.font())
        self._dataset: Optional[Dataset] = None
        self.tree = QTreeWidget()
        self.tree.setHeaderHidden(True)
        self.tree.setIndentation(4 * unit)
        self.tree.setTextElideMode(Qt.TextElideMode.ElideRight)
        self.tree.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.tree.setAccessibleName(self.tr("Layers"))
        self.tree.itemChanged.connect(lambda _item: self._enable())
        self.opacity = QSlider(Qt.Orientation.Horizontal)
        self.opacity.setRange(10, 100)
        self.opacity.setValue(100)
        self.opacity.setAccessibleName(self.tr("Opacity"))
        self.opacity.valueChanged.connect(self._show_opacity)
        self._percent = RankLabel("", "secondary")
        self._percent.setMinimumWidth(self.fontMetrics().horizontalAdvance("100 %"))
        self._show_opacity(100)
        self.legend = LegendView()
        self.none = NoteLabel(self.tr("The portal names no map service for this dataset."))
        self.footer = Footer([self.tr("Add to map")])
        self.footer.buttons[0].setIcon(theme_icon("mActionAddWmsLayer"))
        self.footer.buttons[0].clicked.connect(self._add)
        body = Body()
        self._choice = self._choice_part()
        for widget in (self.none, self._choice, self.legend):
            body.column.addWidget(widget)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(body, 1)
        layout.addWidget(self.footer)

    def set_dataset(self, dataset: Dataset) -> None:
        """Show the services of a dataset; its first layer is ticked."""
        self._dataset = dataset
        self.tree.blockSignals(True)
        self.tree.clear()
        for service in dataset.services:
            self._add_service(service)
        first = self._first_leaf()
        if first is not None:
            first.setCheckState(0, _CHECKED)
        self.tree.blockSignals(False)
        self._fit_tree()
        self.none.setVisible(not dataset.services)
        self._choice.setVisible(bool(dataset.services))
        self.footer.setVisible(bool(dataset.services))
        self.legend.set_dataset(dataset)
        self._enable()

    def chosen(self) -> List[Tuple[MapService, Tuple[str, ...]]]:
        """Return the services with ticked layers, and the names of these layers."""
        found = []
        for number in range(self.tree.topLevelItemCount()):
            top = self.tree.topLevelItem(number)
            service = top.data(0, _SERVICE)
            names = [top.child(row).data(0, _NAME) for row in range(top.childCount())
                     if top.child(row).checkState(0) == _CHECKED]
            whole = not top.childCount() and top.checkState(0) == _CHECKED
            if names or whole:
                found.append((service, tuple(names)))
        return found

    def _choice_part(self) -> QWidget:
        unit = look.unit(self.font())
        part = QWidget()
        column = QVBoxLayout(part)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(2 * unit)
        column.addWidget(NoteLabel(
            self.tr("Look at the dataset before you order it. No account is needed.")))
        column.addWidget(section(self.tr("Layers")))
        column.addWidget(self.tree)
        row = QWidget()
        inside = QHBoxLayout(row)
        inside.setContentsMargins(0, 0, 0, 0)
        inside.addWidget(self.opacity, 1)
        inside.addWidget(self._percent)
        facts = Facts()
        facts.add_field(self.tr("Opacity"), row)
        column.addLayout(facts)
        column.addWidget(Line())
        return part

    def _add_service(self, service: MapService) -> None:
        top = QTreeWidgetItem(self.tree, [self._service_words(service)])
        arcgis = service.kind.startswith("arcgis")
        top.setIcon(0, theme_icon("mIconAms" if arcgis else "mIconWms"))
        top.setToolTip(0, service.url)
        top.setData(0, _SERVICE, service)
        for name, title in service.layers:
            child = QTreeWidgetItem(top, [title.strip() or name])
            child.setToolTip(0, title.strip() or name)
            child.setData(0, _NAME, name)
            child.setCheckState(0, _EMPTY)
        if not service.layers:
            top.setCheckState(0, _EMPTY)
        top.setExpanded(True)

    def _service_words(self, service: MapService) -> str:
        kinds = {
            "wms": self.tr("WMS"), "wmts": self.tr("WMTS"),
            "arcgis-map": self.tr("ArcGIS map service"),
            "arcgis-feature": self.tr("ArcGIS feature service"), "json": self.tr("JSON"),
        }
        return self.tr("{name} ({kind})").format(
            name=service_name(service.url), kind=kinds.get(service.kind, service.kind))

    def _first_leaf(self) -> Optional[QTreeWidgetItem]:
        top = self.tree.topLevelItem(0)
        if top is None:
            return None
        return top.child(0) if top.childCount() else top

    def _fit_tree(self) -> None:
        """Give the tree the height of its rows, up to ten."""
        rows = sum(1 + self.tree.topLevelItem(number).childCount()
                   for number in range(self.tree.topLevelItemCount()))
        height = max(self.tree.sizeHintForRow(0), 4 * look.unit(self.font()))
        self.tree.setFixedHeight(min(max(rows, 3), 10) * height + 2 * self.tree.frameWidth() + 2)

    def _show_opacity(self, percent: int) -> None:
        self._percent.setText(self.tr("{percent} %").format(percent=percent))

    def _enable(self) -> None:
        ready = bool(self.chosen())
        self.footer.buttons[0].setEnabled(ready)
        self.footer.set_texts("", "" if ready else self.tr("Tick a layer first"))

    def _add(self) -> None:
        for service, names in self.chosen():
            self.layer_requested.emit(
                self._dataset, service, names, self.opacity.value() / 100)


def service_name(url: str) -> str:
    """Return the name of a service in its address: "CLC2018_WM"."""
    generic = ("mapserver", "imageserver", "wmsserver", "featureserver", "services", "wms", "wmts",
               "ows", "rest", "arcgis", "")
    parts = url.partition("?")[0].split("/")[3:]
    named = [part for part in parts if part.lower() not in generic]
    return named[-1] if named else url.partition("//")[2].partition("/")[0]
