"""Draw the demo's map: land cover on the left, ground motion on the right, with legends."""

from __future__ import annotations

from pathlib import Path

from qgis.core import (
    QgsCoordinateReferenceSystem,
    QgsCoordinateTransform,
    QgsLayerTree,
    QgsLayoutExporter,
    QgsLayoutItemLabel,
    QgsLayoutItemLegend,
    QgsLayoutItemMap,
    QgsLayoutPoint,
    QgsLayoutSize,
    QgsLegendStyle,
    QgsMapLayer,
    QgsPrintLayout,
    QgsProject,
    QgsRasterLayer,
    QgsUnitTypes,
)
from qgis.PyQt.QtGui import QFont

MM = QgsUnitTypes.LayoutUnit.LayoutMillimeters


def write_map(
    project: QgsProject, land: list[QgsMapLayer], motion: list[QgsMapLayer], target: Path
) -> None:
    """Write an A4 page as PNG."""
    layout = QgsPrintLayout(project)
    layout.initializeDefaults()
    points = [layer for layer in motion if not isinstance(layer, QgsRasterLayer)]
    for layers, left, words, columns in (
        (land, 8, land[0].name() if land else "", 3), (points, 152, "Ground motion", 2),
    ):
        _label(layout, words, left, 6)
        page = _map(layout, layers, left)
        _legend(layout, layers, left, columns)
        _label(layout, _credit(layers), left, 198, 5)
        page.refresh()
    exporter = QgsLayoutExporter(layout)
    settings = QgsLayoutExporter.ImageExportSettings()
    settings.dpi = 150
    result = exporter.exportToImage(str(target), settings)
    if result != QgsLayoutExporter.ExportResult.Success:
        raise RuntimeError(f"the map could not be drawn: {result}")


def _map(layout: QgsPrintLayout, layers: list[QgsMapLayer], left: float) -> QgsLayoutItemMap:
    item = QgsLayoutItemMap(layout)
    item.attemptMove(QgsLayoutPoint(left, 16, MM))
    item.attemptResize(QgsLayoutSize(137, 100, MM))
    item.setLayers(layers)
    item.setCrs(QgsCoordinateReferenceSystem("EPSG:3035"))
    extent = QgsCoordinateTransform(
        layers[0].crs(), item.crs(), layout.project()).transformBoundingBox(layers[0].extent())
    extent.scale(1.05)
    item.zoomToExtent(extent)
    item.setFrameEnabled(True)
    layout.addLayoutItem(item)
    return item


def _legend(
    layout: QgsPrintLayout, layers: list[QgsMapLayer], left: float, columns: int
) -> None:
    item = QgsLayoutItemLegend(layout)
    item.setAutoUpdateModel(False)
    tree = QgsLayerTree()
    for layer in layers:
        tree.addLayer(layer)
    item.model().setRootGroup(tree)
    layout.demo_trees = [*getattr(layout, "demo_trees", []), tree]
    item.setColumnCount(columns)
    item.setSplitLayer(True)
    for style in (QgsLegendStyle.Style.Subgroup, QgsLegendStyle.Style.SymbolLabel):
        changed = item.style(style)
        font = QFont(changed.font())
        font.setPointSizeF(6.0)
        changed.setFont(font)
        item.setStyle(style, changed)
    item.setSymbolHeight(2.2)
    item.setSymbolWidth(4)
    item.attemptMove(QgsLayoutPoint(left, 118, MM))
    layout.addLayoutItem(item)
    item.adjustBoxSize()


def _label(
    layout: QgsPrintLayout, text: str, left: float, top: float, points: float = 12
) -> None:
    item = QgsLayoutItemLabel(layout)
    item.setText(text)
    font = QFont()
    font.setPointSizeF(points)
    item.setFont(font)
    item.attemptMove(QgsLayoutPoint(left, top, MM))
    item.attemptResize(QgsLayoutSize(137, 9, MM))
    layout.addLayoutItem(item)


def _credit(layers: list[QgsMapLayer]) -> str:
    return "; ".join(sorted({layer.attribution() for layer in layers if layer.attribution()}))
