"""QGIS without a screen, in a process of its own."""

from __future__ import annotations

import time
from typing import Any

from qgis.core import (
    QgsApplication,
    QgsMapRendererParallelJob,
    QgsMapSettings,
    QgsProject,
)
from qgis.PyQt.QtCore import QSize
from qgis.PyQt.QtWidgets import QMainWindow

WIDTH, HEIGHT = 1600, 900


def start() -> QgsApplication:
    """Return the running application."""
    app = QgsApplication([], True)
    app.setOrganizationName("CLMS Explorer bench")
    app.initQgis()
    return app


def draw(layers: list[Any]) -> float:
    """Draw the full extent of the first layer as the map window does; return seconds."""
    settings = QgsMapSettings()
    settings.setLayers(layers)
    settings.setDestinationCrs(layers[0].crs())
    settings.setOutputSize(QSize(WIDTH, HEIGHT))
    settings.setExtent(layers[0].extent())
    settings.setTransformContext(QgsProject.instance().transformContext())
    for flag in (QgsMapSettings.Flag.Antialiasing, QgsMapSettings.Flag.UseRenderingOptimization):
        settings.setFlag(flag, True)
    job = QgsMapRendererParallelJob(settings)
    begin = time.perf_counter()
    job.start()
    job.waitForFinished()
    seconds = time.perf_counter() - begin
    image = job.renderedImage()
    corner = image.pixel(0, 0)
    if all(image.pixel(x, y) == corner for x in range(0, WIDTH, 7) for y in range(0, HEIGHT, 7)):
        raise RuntimeError("nothing was drawn")
    return seconds


class Window(QMainWindow):
    """The part of QgisInterface that the motion history uses, around a real canvas."""

    def __init__(self) -> None:
        from qgis.gui import QgsMapCanvas

        super().__init__()
        self.canvas = QgsMapCanvas(self)
        self.setCentralWidget(self.canvas)
        self.resize(WIDTH, HEIGHT)

    def mainWindow(self) -> QMainWindow:
        """Return the window itself."""
        return self

    def mapCanvas(self) -> Any:
        """Return the canvas."""
        return self.canvas

    def activeLayer(self) -> Any:
        """Return the first layer of the canvas."""
        return self.canvas.layers()[0]
