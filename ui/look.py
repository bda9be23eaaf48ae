"""Sizes and colours of the interface, all from the widget's own font and palette.

Rules: design/README.md sections 1 to 3.
"""

from __future__ import annotations

from qgis.PyQt.QtGui import QColor, QFont, QFontMetrics, QPalette

_ROLES = {
    "error": ("#b3261e", "#ff9a8d"),
    "good": ("#2c7d3f", "#7fc98b"),
    "warning": ("#8a5a00", "#f0c46a"),
    "ascending": ("#8445b3", "#c49be4"),
    "descending": ("#147a63", "#58cdb1"),
    "note": ("#4878be", "#86b3ec"),
}


def unit(font: QFont) -> int:
    """Return the length u that every distance is a multiple of: 4 px at 9 pt and 96 dpi."""
    return max(4, round(QFontMetrics(font).height() / 4.5))


def mixed(colour: QColor, into: QColor, share: float) -> QColor:
    """Return colour with `share` (0…1) of `into` mixed in."""
    keep = 1 - share
    return QColor(
        round(colour.red() * keep + into.red() * share),
        round(colour.green() * keep + into.green() * share),
        round(colour.blue() * keep + into.blue() * share),
    )


def is_dark(palette: QPalette) -> bool:
    """Return whether the palette belongs to a dark theme."""
    return palette.color(QPalette.ColorRole.Base).lightness() < 128


def secondary(
    palette: QPalette, background: QPalette.ColorRole = QPalette.ColorRole.Base
) -> QColor:
    """Return the colour of second lines, labels and hints."""
    share = 0.10 if is_dark(palette) else 0.36
    return mixed(palette.color(QPalette.ColorRole.Text), palette.color(background), share)


def line(palette: QPalette, background: QPalette.ColorRole = QPalette.ColorRole.Base) -> QColor:
    """Return the colour of the 1 px lines between rows and parts."""
    return mixed(palette.color(QPalette.ColorRole.Text), palette.color(background), 0.84)


def role(name: str, palette: QPalette) -> QColor:
    """Return the colour of a role: error, good, warning, ascending, descending, note."""
    return QColor(_ROLES[name][1 if is_dark(palette) else 0])


def on_highlight(palette: QPalette) -> QColor:
    """Return a readable text colour for selected rows, whatever the theme says."""
    background = palette.color(QPalette.ColorRole.Highlight)
    text = palette.color(QPalette.ColorRole.HighlightedText)
    if contrast(text, background) >= 3.5:
        return text
    white, black = QColor("white"), QColor("black")
    return white if contrast(white, background) >= contrast(black, background) else black


def contrast(one: QColor, other: QColor) -> float:
    """Return the WCAG 2 contrast ratio of two colours, 1…21."""
    high, low = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


def _luminance(colour: QColor) -> float:
    parts = []
    for value in (colour.redF(), colour.greenF(), colour.blueF()):
        parts.append(value / 12.92 if value <= 0.03928 else ((value + 0.055) / 1.055) ** 2.4)
    return 0.2126 * parts[0] + 0.7152 * parts[1] + 0.0722 * parts[2]


def bold(font: QFont, points: float = 0) -> QFont:
    """Return a bold copy of a font, larger by some points."""
    copy = QFont(font)
    copy.setBold(True)
    if points:
        copy.setPointSizeF(font.pointSizeF() + points)
    return copy
