"""Everything that needs QGIS or Qt."""
