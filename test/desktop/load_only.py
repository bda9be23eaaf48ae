"""Runs inside QGIS: load the plugin, make its chart library importable, unload."""

import qgis.utils
from qgis.core import QgsApplication
from steps import pause, run_and_report


def steps(report):
    qgis.utils.updateAvailablePlugins()
    report["loaded"] = qgis.utils.loadPlugin("clms_explorer")
    report["started"] = qgis.utils.startPlugin("clms_explorer")
    report["folder"] = qgis.utils.plugins["clms_explorer"].__module__
    provider = QgsApplication.processingRegistry().providerById("clms")
    report["algorithms"] = sorted(algorithm.name() for algorithm in provider.algorithms())
    report["icon"] = not qgis.utils.plugins["clms_explorer"]._action.icon().isNull()
    qgis.utils.unloadPlugin("clms_explorer")
    pause(0.5)


run_and_report(steps)
