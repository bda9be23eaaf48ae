"""Between core and QGIS, without widgets: also used by qgis_process."""
