"""Thumbnails: asked for when they are painted, shown when they arrive."""

from __future__ import annotations

from collections import deque
from typing import Any, Callable, Deque, Dict, Optional, Set

from qgis.PyQt.QtCore import QObject, QSize, Qt, pyqtSignal
from qgis.PyQt.QtGui import QImage, QPixmap

from ...core.errors import ClmsError
from ...core.ports import Progress, Stop

AT_ONCE = 2
"""Pieces of work that fetch pictures beside each other."""
_LARGEST = QSize(360, 270)
"""What is kept in memory: enough for a card at 400 %."""

Work = Callable[[Stop, Progress], Any]
Start = Callable[[Work, Callable[[Any], None], Callable[[BaseException], None]], Any]


class Thumbnails(QObject):
    """Pictures in memory; each is asked for once, the newest wish first.

    get: returns the bytes of a picture by its path (core.clms.pictures); may block.
    start: runs work(stop, progress) beside the GUI, then done(result) or failed(error).
    """

    loaded = pyqtSignal(str)
    """The path of a picture that can now be shown."""
    _arrived = pyqtSignal(str, object)

    def __init__(
        self, get: Callable[[str, Stop], bytes], start: Start, parent: Optional[QObject] = None
    ) -> None:
        super().__init__(parent)
        self._get = get
        self._start = start
        self._pictures: Dict[str, QPixmap] = {}
        self._asked: Set[str] = set()
        self._wanted: Deque[str] = deque()
        self._lanes = 0
        self._arrived.connect(self._keep)

    def picture(self, path: str) -> Optional[QPixmap]:
        """Return a picture; None while it is not there, and it is asked for."""
        if path and path not in self._asked:
            self._asked.add(path)
            self._wanted.append(path)
            if self._lanes < AT_ONCE:
                self._lanes += 1
                self._start(self._fetch_wanted, self._lane_ended, self._lane_ended)
        return self._pictures.get(path)

    def ask_again(self) -> None:
        """Forget which pictures failed, so that they are asked for once more."""
        self._asked = set(self._pictures) | set(self._wanted)

    def _fetch_wanted(self, stop: Stop, _progress: Progress) -> None:
        """Fetch what is wanted until nothing is; runs beside the GUI."""
        while not stop():
            try:
                path = self._wanted.pop()
            except IndexError:
                return
            try:
                image = QImage.fromData(self._get(path, stop))
            except ClmsError:
                continue
            if not image.isNull():
                self._arrived.emit(path, _small(image))

    def _lane_ended(self, _outcome: object) -> None:
        self._lanes -= 1
        if self._wanted and self._lanes < AT_ONCE:
            self._lanes += 1
            self._start(self._fetch_wanted, self._lane_ended, self._lane_ended)

    def _keep(self, path: str, image: QImage) -> None:
        self._pictures[path] = QPixmap.fromImage(image)
        self.loaded.emit(path)


def _small(image: QImage) -> QImage:
    if image.width() <= _LARGEST.width() and image.height() <= _LARGEST.height():
        return image
    return image.scaled(
        _LARGEST, Qt.AspectRatioMode.KeepAspectRatio,
        Qt.TransformationMode.SmoothTransformation)
