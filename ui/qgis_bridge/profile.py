"""Where this plugin keeps its things in the QGIS profile."""

from __future__ import annotations

from pathlib import Path

from qgis.core import QgsApplication


def profile_folder() -> Path:
    """Return the folder of this plugin in the QGIS profile; it exists."""
    folder = Path(QgsApplication.qgisSettingsDirPath()) / "clms_explorer"
    folder.mkdir(parents=True, exist_ok=True)
    return folder
