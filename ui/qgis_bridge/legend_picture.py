"""Legends that come as pictures from map services."""

from __future__ import annotations

from typing import List, Optional

from qgis.core import QgsMapSettings, QgsRasterDataProvider
from qgis.PyQt.QtCore import QBuffer, QByteArray, QEventLoop, QIODevice
from qgis.PyQt.QtGui import QImage

MM_PER_PIXEL = 25.4 / 96
"""The size that services draw their legends for."""


def fetch_legend(provider: QgsRasterDataProvider) -> Optional[QImage]:
    """Return the legend of a map service, None if it has none or does not answer.

    It waits for the service: any thread, with a provider of that thread.
    """
    fetcher = provider.getLegendGraphicFetcher(QgsMapSettings())
    if fetcher is None:
        return None
    pictures: List[QImage] = []
    loop = QEventLoop()
    fetcher.finish.connect(lambda picture: (pictures.append(QImage(picture)), loop.quit()))
    fetcher.error.connect(lambda _words: loop.quit())
    fetcher.start()
    loop.exec()
    return pictures[0] if pictures and not pictures[0].isNull() else None


def as_path(picture: QImage) -> str:
    """Return a picture as the text that layouts take in place of a file."""
    data = QByteArray()
    buffer = QBuffer(data)
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    picture.save(buffer, "PNG")
    return "base64:" + bytes(data.toBase64()).decode()
