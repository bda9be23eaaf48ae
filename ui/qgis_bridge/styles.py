"""Renderers from our legends: official colours and labels, special codes shown as such."""

from __future__ import annotations

import math
from typing import Sequence

from qgis.core import (
    QgsCategorizedSymbolRenderer,
    QgsColorRampShader,
    QgsFillSymbol,
    QgsGraduatedSymbolRenderer,
    QgsMarkerSymbol,
    QgsPalettedRasterRenderer,
    QgsRasterLayer,
    QgsRasterRange,
    QgsRasterShader,
    QgsRendererCategory,
    QgsRendererRange,
    QgsSingleBandPseudoColorRenderer,
    QgsVectorLayer,
)
from qgis.PyQt.QtCore import QCoreApplication
from qgis.PyQt.QtGui import QColor

from ...core.products.legend import Legend, LegendClass

VELOCITY_BREAKS = (-10.0, -6.0, -4.0, -2.0, 2.0, 4.0, 6.0, 10.0)
VELOCITY_COLOURS = (
    "#a50026", "#d73027", "#f46d43", "#fdae61", "#b7cfa0", "#abd9e9", "#74add1", "#4575b4",
    "#313695",
)


def style_raster(layer: QgsRasterLayer, legend: Legend) -> None:
    """Give a raster its legend; values without meaning become clear."""
    provider = layer.dataProvider()
    if legend.nodata:
        ranges = [QgsRasterRange(value, value) for value in legend.nodata]
        provider.setUserNoDataValue(1, ranges)
    if legend.kind == "categorical":
        layer.setRenderer(_paletted(layer, legend))
    else:
        _set_pseudo_colour(layer, _ramp(legend))


def style_polygons(layer: QgsVectorLayer, legend: Legend, field: str) -> None:
    """Give a vector layer one class per code of its column."""
    categories = []
    for row in legend.rows:
        code = row.code or f"{row.value:g}"
        if row.role == "nodata" and row.alpha == 0:
            continue
        symbol = QgsFillSymbol.createSimple({
            "color": _colour(row).name(QColor.NameFormat.HexArgb), "outline_style": "no"})
        categories.append(QgsRendererCategory(code, symbol, _label(row)))
    layer.setRenderer(QgsCategorizedSymbolRenderer(f'to_string("{field}")', categories))


def style_velocity_points(layer: QgsVectorLayer) -> None:
    """Colour points by mean velocity in nine classes; the fastest are drawn on top."""
    renderer = QgsGraduatedSymbolRenderer("mean_velocity", [])
    edges = (-1e4, *VELOCITY_BREAKS, 1e4)
    middle = len(VELOCITY_COLOURS) // 2
    for number, colour in enumerate(VELOCITY_COLOURS):
        symbol = QgsMarkerSymbol.createSimple({
            "name": "circle", "size": "2", "color": colour,
            "outline_color": QColor(colour).darker(130).name(), "outline_width": "0.1"})
        symbol.symbolLayer(0).setRenderingPass(abs(number - middle))
        renderer.addClassRange(QgsRendererRange(
            edges[number], edges[number + 1], symbol, velocity_labels()[number]))
    renderer.setUsingSymbolLevels(True)
    layer.setRenderer(renderer)


def style_velocity_raster(layer: QgsRasterLayer) -> None:
    """Colour an overview raster in the same nine classes as the points."""
    shader = QgsColorRampShader()
    shader.setColorRampType(QgsColorRampShader.Type.Discrete)
    uppers = (*VELOCITY_BREAKS, math.inf)
    shader.setColorRampItemList([
        QgsColorRampShader.ColorRampItem(upper, QColor(colour), label)
        for upper, colour, label in zip(uppers, VELOCITY_COLOURS, velocity_labels())
    ])
    _set_pseudo_colour(layer, shader)


def velocity_labels() -> Sequence[str]:
    """Return the words of the nine velocity classes, in mm/yr."""
    def tr(text: str) -> str:
        return QCoreApplication.translate("Styles", text)

    return (
        tr("Below −10"), tr("−10 to −6"), tr("−6 to −4"), tr("−4 to −2"), tr("−2 to +2, stable"),
        tr("+2 to +4"), tr("+4 to +6"), tr("+6 to +10"), tr("Above +10"),
    )


def _paletted(layer: QgsRasterLayer, legend: Legend) -> QgsPalettedRasterRenderer:
    classes = [
        QgsPalettedRasterRenderer.Class(int(row.value), _colour(row), _label(row))
        for row in legend.rows if row.alpha and row.role != "background"
    ]
    return QgsPalettedRasterRenderer(layer.dataProvider(), 1, classes)


def _ramp(legend: Legend) -> QgsColorRampShader:
    shader = QgsColorRampShader()
    kind = QgsColorRampShader.Type
    shader.setColorRampType(kind.Discrete if legend.discrete else kind.Interpolated)
    shader.setColorRampItemList([
        QgsColorRampShader.ColorRampItem(row.value, _colour(row), row.label)
        for row in legend.rows
    ])
    return shader


def _set_pseudo_colour(layer: QgsRasterLayer, shader: QgsColorRampShader) -> None:
    function = QgsRasterShader()
    function.setRasterShaderFunction(shader)
    layer.setRenderer(QgsSingleBandPseudoColorRenderer(layer.dataProvider(), 1, function))


def _label(row: LegendClass) -> str:
    return f"{row.code} {row.label}" if row.code else row.label


def _colour(row: LegendClass) -> QColor:
    return QColor(*row.colour, row.alpha)
