"""Everything that needs no QGIS: services, jobs, areas, ground motion."""
