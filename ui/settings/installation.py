"""What the plugin runs on: versions, and what does not work without a missing part."""

from __future__ import annotations

import importlib.util
import platform
import sqlite3
from dataclasses import dataclass
from importlib import metadata
from typing import List, Sequence

from qgis.core import Qgis
from qgis.PyQt.QtCore import QT_VERSION_STR, QCoreApplication

from ...core.version import plugin_version

_PACKAGES = ("numpy", "requests", "pyproj", "shapely", "pyqtgraph")
_DEBIAN = "sudo apt install "
_ELSEWHERE = "python3 -m pip install "


def tr(text: str) -> str:
    """Return the translation of a text of this module."""
    return QCoreApplication.translate("Installation", text)


@dataclass(frozen=True)
class Part:
    """A program or package. version: "" if it is missing. loss: what then does not work."""

    name: str
    version: str
    loss: str = ""


def parts() -> List[Part]:
    """Return what is there and what is missing; imports nothing."""
    found = [
        Part("CLMS Explorer", plugin_version()),
        Part("QGIS", Qgis.QGIS_VERSION),
        Part("Qt", QT_VERSION_STR),
        Part("Python", platform.python_version()),
        Part("SQLite", sqlite3.sqlite_version),
    ]
    losses = {
        "numpy": tr("Nothing works without it"),
        "requests": tr("No catalogue, orders or downloads without it"),
        "pyproj": tr("No areas, orders or ground motion without it"),
        "shapely": tr("No areas, orders or ground motion without it"),
        "pyqtgraph": tr("No motion charts without it"),
    }
    return [*found, *(Part(name, package_version(name), losses[name]) for name in _PACKAGES)]


def package_version(name: str) -> str:
    """Return the version of a Python package, "?" if it does not tell, "" if it is missing."""
    if importlib.util.find_spec(name) is None:
        return ""
    try:
        return metadata.version(name)
    except metadata.PackageNotFoundError:
        return "?"


def how_to_install(found: Sequence[Part]) -> str:
    """Return what to do about missing parts, "" if there are none."""
    missing = [part.name for part in found if not part.version]
    if not missing:
        return ""
    debian = _DEBIAN + " ".join(f"python3-{name}" for name in missing)
    elsewhere = _ELSEWHERE + " ".join(missing)
    return tr("To install what is missing: “{debian}” on Debian and Ubuntu, “{elsewhere}” in the "
              "OSGeo4W shell on Windows. Then start QGIS again.").format(
                  debian=debian, elsewhere=elsewhere)


def as_text(found: Sequence[Part]) -> str:
    """Return the list for a bug report; the words are English on purpose."""
    lines = [f"{part.name}: {part.version or 'missing'}" for part in found]
    return "\n".join([*lines, f"System: {platform.platform()}"])
