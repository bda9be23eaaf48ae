"""A legend that fits its place on a page: only the classes in view, wrapped, in columns."""

from __future__ import annotations

import textwrap
from typing import List, Sequence, Tuple

from qgis.core import (
    QgsLayerTree,
    QgsLayerTreeLayer,
    QgsLayerTreeModel,
    QgsLayoutItemLegend,
    QgsLayoutSize,
    QgsLegendRenderer,
    QgsLegendStyle,
    QgsMapLayer,
    QgsMapLayerLegendUtils,
    QgsPalettedRasterRenderer,
    QgsPrintLayout,
    QgsRasterLayer,
    QgsRenderContext,
    QgsSimpleLegendNode,
    QgsUnitTypes,
)
from qgis.core import QgsLayerTreeModelLegendNode as LegendNode
from qgis.PyQt.QtCore import QObject, QSizeF

from .classes_in_view import Keys, value_key
from .letters import set_letters

SIZES = (8.0, 7.5, 7.0, 6.5, 6.0, 5.5, 5.0, 4.5)
SMALLEST = 1.0
_COLUMNS, _FEWEST, _TRIES = 6, 16, 3
_SYMBOL = 1.7  # width of a symbol with its space, in mm per point of the letters
_LETTER = 0.165  # mean width of a letter, in mm per point
_RENDERING = 300 / 25.4  # dots per mm, for measuring


class LegendTree(QObject):
    """Keeps the tree of a legend alive as long as its layout, which does not own it."""

    def __init__(self, layout: QgsPrintLayout) -> None:
        super().__init__(layout)
        self.tree = QgsLayerTree()


def add_legend(
    layout: QgsPrintLayout, layers: Sequence[Tuple[QgsMapLayer, Keys]], width: float,
    height: float,
) -> QgsLayoutItemLegend:
    """Add a legend of layers with their classes in view that is no larger than width × height mm.

    Letters have 8 points, or as many as fit.
    """
    item = QgsLayoutItemLegend(layout)
    item.setAutoUpdateModel(False)
    keeper = LegendTree(layout)
    for layer, _classes in layers:
        keeper.tree.addLayer(layer)
    item.model().setRootGroup(keeper.tree)
    item.setSplitLayer(True)
    item.setBoxSpace(0)
    item.setBackgroundEnabled(False)
    labels = [
        _keep_classes(item.model(), node, classes)
        for node, (_layer, classes) in zip(keeper.tree.findLayers(), layers)]
    _fit(item, keeper.tree.findLayers(), labels, width, height)
    layout.addLayoutItem(item)
    size = _size(item)
    item.attemptResize(QgsLayoutSize(
        size.width(), size.height(), QgsUnitTypes.LayoutUnit.LayoutMillimeters))
    return item


def _keep_classes(
    model: QgsLayerTreeModel, tree_layer: QgsLayerTreeLayer, classes: Keys
) -> List[str]:
    """Take from a legend what is not in view; return the labels of the rest."""
    nodes = model.layerLegendNodes(tree_layer)
    order = [
        number for number, key in enumerate(_keys(tree_layer.layer(), nodes))
        if key is not None and (classes is None or key in classes)]
    if nodes and isinstance(tree_layer.layer(), QgsRasterLayer) or len(order) < len(nodes):
        QgsMapLayerLegendUtils.setLegendNodeOrder(tree_layer, order)
        model.refreshLayerLegend(tree_layer)
        nodes = model.layerLegendNodes(tree_layer)
    return [str(node.data(0) or "") for node in nodes]


def _keys(layer: QgsMapLayer, nodes: Sequence[LegendNode]) -> List[object]:
    """Return the key of each legend node; None for the line "Band 1", which tells nothing."""
    if not isinstance(layer, QgsRasterLayer):
        return [str(node.data(LegendNode.LegendNodeRoles.RuleKeyRole)) for node in nodes]
    if len(nodes) > 1 and isinstance(nodes[0], QgsSimpleLegendNode):
        return [None, *_keys(layer, nodes[1:])]
    if isinstance(layer.renderer(), QgsPalettedRasterRenderer):
        return [value_key(item.value) for item in layer.renderer().classes()]
    return [str(number) for number in range(len(nodes))]


def _fit(
    item: QgsLayoutItemLegend, tree_layers: Sequence[QgsLayerTreeLayer],
    labels: Sequence[Sequence[str]], width: float, height: float,
) -> None:
    """Choose size of letters, columns and wrapping: the largest letters, then fewest columns."""
    points = SIZES[0]
    while True:
        _set_letters(item, points)
        for columns in range(1, _COLUMNS + 1):
            item.setColumnCount(columns)
            letters = int((width / columns - _SYMBOL * points / 2 - 2) / (_LETTER * points))
            if _wraps_to_fit(item, tree_layers, labels, letters, width, height):
                return
        smaller = [size for size in SIZES if size < points]
        points = smaller[0] if smaller else points * 0.85
        if points < SMALLEST:
            return


def _wraps_to_fit(
    item: QgsLayoutItemLegend, tree_layers: Sequence[QgsLayerTreeLayer],
    labels: Sequence[Sequence[str]], letters: int, width: float, height: float,
) -> bool:
    """Wrap at a number of letters; if that is too wide but not too high, at fewer."""
    for _ in range(_TRIES):
        _wrap(item.model(), tree_layers, labels, max(_FEWEST, letters))
        size = _size(item)
        if size.height() > height:
            return False
        if size.width() <= width:
            return True
        letters = min(letters - 1, int(letters * width / size.width()))
        if letters < _FEWEST:
            return False
    return False


def _size(item: QgsLayoutItemLegend) -> QSizeF:
    """Return the size in mm that a legend will have; it resizes itself only when drawn."""
    context = QgsRenderContext()
    context.setScaleFactor(_RENDERING)
    return QgsLegendRenderer(item.model(), item.legendSettings()).minimumSize(context)


def _set_letters(item: QgsLayoutItemLegend, points: float) -> None:
    """Set the fonts, and symbols and spaces that go with them."""
    styles = QgsLegendStyle.Style
    for name, bold in ((styles.Group, True), (styles.Subgroup, True), (styles.SymbolLabel, False)):
        set_letters(item.rstyle(name), points, bold)
    millimetres = points * 0.3528
    sides = QgsLegendStyle.Side
    item.rstyle(styles.Subgroup).setMargin(sides.Top, millimetres)
    item.rstyle(styles.Symbol).setMargin(sides.Top, 0.3 * millimetres)
    item.rstyle(styles.SymbolLabel).setMargin(sides.Top, 0.3 * millimetres)
    item.rstyle(styles.SymbolLabel).setMargin(sides.Left, 0.5 * millimetres)
    item.setSymbolHeight(millimetres)
    item.setSymbolWidth(1.7 * millimetres)
    item.setColumnSpace(3.0)
    if not hasattr(QgsLegendStyle, "setTextFormat"):  # QGIS 3.30 has no such space
        item.setLineSpacing(0.15 * millimetres)


def _wrap(
    model: QgsLayerTreeModel, tree_layers: Sequence[QgsLayerTreeLayer],
    labels: Sequence[Sequence[str]], letters: int,
) -> None:
    """Break long names and labels into lines."""
    for tree_layer, texts in zip(tree_layers, labels):
        name = textwrap.fill(tree_layer.layer().name(), letters)
        tree_layer.setCustomProperty("legend/title-label", name)
        order = QgsMapLayerLegendUtils.legendNodeOrder(tree_layer) \
            if QgsMapLayerLegendUtils.hasLegendNodeOrder(tree_layer) else range(len(texts))
        for number, text in zip(order, texts):
            QgsMapLayerLegendUtils.setLegendNodeUserLabel(
                tree_layer, number, textwrap.fill(text, letters))
        model.refreshLayerLegend(tree_layer)
