"""Letters of layout items: QGIS has moved from fonts to text formats one class at a time."""

from __future__ import annotations

from typing import Optional, Union

from qgis.core import QgsLayoutItemLabel, QgsLegendStyle, QgsTextFormat
from qgis.PyQt.QtGui import QColor, QFont


def set_letters(
    item: Union[QgsLayoutItemLabel, QgsLegendStyle], points: float, bold: bool,
    colour: Optional[QColor] = None,
) -> None:
    """Set size, weight and colour of a label (text format: QGIS 3.24) or legend style (3.30)."""
    font = QFont()
    font.setBold(bold)
    font.setPointSizeF(points)
    if hasattr(item, "setTextFormat"):
        text_format = QgsTextFormat()
        text_format.setFont(font)
        text_format.setSize(points)
        text_format.setColor(colour or QColor("black"))
        item.setTextFormat(text_format)
        return
    item.setFont(font)
    if colour is not None:
        item.setFontColor(colour)
