"""The node “CLMS Explorer” in the browser of QGIS."""
