"""How an area is named and described."""

from __future__ import annotations

from qgis.PyQt.QtCore import QCoreApplication, QLocale

from ...core.aoi.area import Area
from ..words import surface_words

_ICONS = {
    "box": "mActionSelectRectangle", "view": "mActionSelectRectangle",
    "layer": "mActionSelectRectangle", "polygon": "mActionCapturePolygon",
}


def tr(text: str) -> str:
    """Return the translation of a text of this module."""
    return QCoreApplication.translate("AreaWords", text)


def icon_name(kind: str) -> str:
    """Return the theme icon of a kind of area."""
    return _ICONS.get(kind, "mIconPolygonLayer")


def kind_words(kind: str) -> str:
    """Return what kind of area this is, in a word or two; also the name of an unnamed one."""
    return {
        "nuts": tr("NUTS region"), "country": tr("Country"), "box": tr("Box"),
        "polygon": tr("Polygon"), "view": tr("Map view"), "layer": tr("Layer"),
        "selection": tr("Selected features"),
    }[kind]


def facts_line(area: Area) -> str:
    """Return the second line: "Polygon · 745 km²"; for an unnamed area, where it lies."""
    first, size = kind_words(area.kind), surface_words(area.km2)
    if area.name == first:
        return f"{size} · {_place(area)}"
    if area.kind == "nuts":
        first = tr("NUTS {code}").format(code=area.code)
    return f"{first} · {size}"


def _place(area: Area) -> str:
    """Return the middle of an area, such as "38.70° N, 13.17° E"."""
    point = area.geometry.centroid
    north = tr("{degrees}° N") if point.y >= 0 else tr("{degrees}° S")
    east = tr("{degrees}° E") if point.x >= 0 else tr("{degrees}° W")
    values = [QLocale().toString(abs(value), "f", 2) for value in (point.y, point.x)]
    return ", ".join(
        text.format(degrees=value) for text, value in zip((north, east), values))
