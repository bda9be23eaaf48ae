"""CLMS Explorer: the Copernicus Land Monitoring Service inside QGIS."""


def classFactory(iface):  # noqa: N802 - the name QGIS calls
    """Return the plugin object; called by QGIS, with iface None in qgis_process."""
    from .plugin import ClmsExplorerPlugin

    return ClmsExplorerPlugin(iface)
