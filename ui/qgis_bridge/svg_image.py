"""Write an SVG text as a file, as it is or drawn to a PNG."""

from __future__ import annotations

import os
from pathlib import Path

from qgis.PyQt.QtCore import QByteArray
from qgis.PyQt.QtGui import QImage, QPainter
from qgis.PyQt.QtSvg import QSvgRenderer

from ...core.errors import DiskFull

SCALE = 2
"""Pixels of the PNG per unit of the SVG."""


def write_image(text: str, target: Path) -> Path:
    """Write to target; a name that ends in .png gives a picture, any other the SVG itself."""
    part = target.with_name(target.name + ".part")
    try:
        if target.suffix.lower() == ".png":
            if not _draw(text).save(str(part), "PNG"):
                raise DiskFull("denied", folder=str(target.parent))
        else:
            part.write_text(text, encoding="utf-8")
        os.replace(part, target)
    except OSError as err:
        raise DiskFull("denied", folder=str(target.parent)) from err
    return target


def _draw(text: str) -> QImage:
    renderer = QSvgRenderer(QByteArray(text.encode("utf-8")))
    image = QImage(renderer.defaultSize() * SCALE, QImage.Format.Format_RGB32)
    image.fill(0xFFFFFFFF)
    painter = QPainter(image)
    try:
        renderer.render(painter)
    finally:
        painter.end()
    return image
