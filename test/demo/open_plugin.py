"""Run by QGIS at the start of "make run": load the plugin and open its dock at Ustica."""

import os

from qgis.core import QgsCoordinateReferenceSystem, QgsProject, QgsRectangle, QgsSettings
from qgis.PyQt.QtCore import QTimer
from qgis.utils import iface, loadPlugin, plugins, startPlugin, updateAvailablePlugins


def go():
    """Start the plugin unless the profile has done so, and show the dock."""
    QgsSettings().setValue("clms_explorer/download_folder", os.environ["CLMS_RUN_DOWNLOADS"])
    if "clms_explorer" not in plugins:
        updateAvailablePlugins()
        loadPlugin("clms_explorer")
        startPlugin("clms_explorer")
    QgsProject.instance().setCrs(QgsCoordinateReferenceSystem("EPSG:3035"))
    iface.mapCanvas().setExtent(QgsRectangle(4590000, 1732000, 4606000, 1746000))
    plugins["clms_explorer"].show_dock()


QTimer.singleShot(500, go)
