"""Icons by name: QGIS's own theme icons, and the few that we draw ourselves."""

from __future__ import annotations

from pathlib import Path

from qgis.core import QgsApplication
from qgis.PyQt.QtGui import QIcon

_OWN = Path(__file__).resolve().parent.parent / "resources" / "icons"


def theme_icon(name: str) -> QIcon:
    """Return an icon of the QGIS theme, such as "mActionFilter2"."""
    return QgsApplication.getThemeIcon(f"/{name}.svg")


def own_icon(name: str) -> QIcon:
    """Return one of our icons: plugin, motion, follow, cart, ascending, descending."""
    return QIcon(str(_OWN / f"{name}.svg"))
