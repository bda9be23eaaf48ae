"""Draw the demo's map: land cover on the left, ground motion on the right, with legends."""

from __future__ import annotations

from pathlib import Path

from qgis.core import QgsMapLayer, QgsProject


def write_map(
    project: QgsProject, land: list[QgsMapLayer], motion: list[QgsMapLayer], target: Path
) -> None:
    """Write an A4 page as PNG."""
    from clms_explorer.ui.qgis_bridge.layouts import export_layout, make_layout
    from clms_explorer.ui.qgis_bridge.sheet import view_of

    views = [view_of(project, land, title=land[0].name()),
             view_of(project, motion, title="Ground motion")]
    export_layout(make_layout(project, views, "CLMS Explorer", ""), target, 150)
