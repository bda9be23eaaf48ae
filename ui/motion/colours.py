"""Colours of series: by direction as everywhere, in shades when one direction is shown often."""

from __future__ import annotations

from qgis.PyQt.QtGui import QColor, QPalette

from .. import look

# Up and east have no colour in the design; these two are in neither the orbits nor the ramp.
_VERTICAL = {"up": ("#b0387a", "#f08fc0"), "east": ("#6b7419", "#c6cf6a")}
_ORBITS = {"los_ascending": "ascending", "los_descending": "descending"}
# hue in degrees and lightness in percent, one step per further series of a direction
_SHADES = ((0, 0), (-22, 14), (22, -10), (24, 16), (-24, -6))


def series_colour(direction: str, shade: int, palette: QPalette) -> QColor:
    """Return the colour of the shade-th series of a direction of motion, 0 = the first."""
    if direction in _ORBITS:
        base = look.role(_ORBITS[direction], palette)
    elif direction in _VERTICAL:
        base = QColor(_VERTICAL[direction][1 if look.is_dark(palette) else 0])
    else:
        base = look.role("note", palette)
    turn, lighter = _SHADES[shade % len(_SHADES)]
    hue, saturation, lightness, _alpha = base.getHsl()
    lightness = max(40, min(215, lightness + round(lighter * 2.55)))
    return QColor.fromHsl((hue + turn) % 360, saturation, lightness)
