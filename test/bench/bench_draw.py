"""Open and draw 300 000 points and 1.8 million, beside QGIS's own reading of the CSV."""

from __future__ import annotations

import time
from pathlib import Path
from statistics import median
from typing import Any, Callable

import data
from measure import Row, alternate, beside, in_child


def rows() -> list[Row]:
    """Return the first picture at full extent: overview, every point, the large store."""
    table, store, large = data.csv(), data.store(), data.store(6)
    overview, points, text, whole = alternate(
        lambda: in_child("bench_draw.from_store", store),
        lambda: in_child("bench_draw.every_point", store),
        lambda: in_child("bench_draw.delimited_text", table),
        lambda: in_child("bench_draw.from_store", large))
    peer = [run["seconds"] for run in text]
    return [
        beside("open + first picture (peer: delimited text)",
               [run["seconds"] for run in overview], peer, "s", 150),
        beside("the same, every point drawn", [run["seconds"] for run in points], peer, "s", 25),
        Row("1.8 million points at full extent",
            median(run["picture"] for run in whole), "s", most=0.15),
        Row("open the store of 1.8 million points with its layers",
            median(run["opened"] for run in whole), "s"),
    ]


def from_store(store: str) -> dict[str, float]:
    """Open a store as the plugin does and draw it: the scale decides what is shown."""
    import qgis_child

    application = qgis_child.start()  # noqa: F841 - lives as long as the layers
    from clms_explorer.ui.qgis_bridge.store_layers import add_store
    from qgis.core import QgsProject

    return _timed(lambda: add_store(Path(store), QgsProject.instance()))


def every_point(store: str) -> dict[str, float]:
    """Open the points alone, in the plugin's style, visible at every scale."""
    import qgis_child

    application = qgis_child.start()  # noqa: F841 - lives as long as the layers
    from clms_explorer.ui.qgis_bridge.styles import style_velocity_points
    from qgis.core import QgsVectorLayer

    def open_points() -> list[Any]:
        layer = QgsVectorLayer(f"{store}|layername={data.TABLE}", "points", "ogr")
        style_velocity_points(layer)
        return [layer]

    return _timed(open_points)


def delimited_text(table: str) -> dict[str, float]:
    """Open the CSV with the options that QGIS proposes, in the same style."""
    import qgis_child

    application = qgis_child.start()  # noqa: F841 - lives as long as the layers
    from clms_explorer.ui.qgis_bridge.styles import style_velocity_points
    from qgis.core import QgsVectorLayer

    def open_text() -> list[Any]:
        address = (
            f"{Path(table).as_uri()}?type=csv&maxFields=10000&detectTypes=yes&xField=easting"
            "&yField=northing&crs=EPSG:3035&spatialIndex=no&subsetIndex=no&watchFile=no")
        layer = QgsVectorLayer(address, "text", "delimitedtext")
        style_velocity_points(layer)
        return [layer]

    return _timed(open_text)


def _timed(open_layers: Callable[[], list[Any]]) -> dict[str, float]:
    import qgis_child

    begin = time.perf_counter()
    layers = open_layers()
    opened = time.perf_counter() - begin
    if not all(layer.isValid() for layer in layers):
        raise RuntimeError("a layer could not be opened")
    picture = qgis_child.draw(layers)
    return {"opened": opened, "picture": picture, "seconds": opened + picture}
