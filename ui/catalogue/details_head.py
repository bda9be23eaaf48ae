"""The head of the details: the way back, favourite, web page, thumbnail, title, facts."""

from __future__ import annotations

from typing import Optional

from qgis.PyQt.QtCore import QSize, Qt, pyqtSignal
from qgis.PyQt.QtGui import QPainter, QPaintEvent, QPalette
from qgis.PyQt.QtWidgets import QHBoxLayout, QLabel, QToolButton, QVBoxLayout, QWidget

from ...core.clms.models import Dataset
from .. import look, painting
from ..icons import theme_icon
from ..labels import NoteLabel
from ..parts import icon_button
from . import dataset_words as words
from .thumbnails import Thumbnails


class PictureFrame(QLabel):
    """The thumbnail of a dataset. A label, because themes tell labels their colours."""

    def __init__(self, thumbnails: Thumbnails, parent: Optional[QWidget] = None) -> None:
        super().__init__("", parent)
        self._unit = look.unit(self.font())
        self._thumbnails = thumbnails
        self._dataset: Optional[Dataset] = None
        self.setFixedSize(20 * self._unit, 15 * self._unit)
        thumbnails.loaded.connect(lambda _path: self.update())

    def set_dataset(self, dataset: Dataset) -> None:
        """Show the picture of another dataset."""
        self._dataset = dataset
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the picture, or an icon in its place."""
        if self._dataset is None:
            return
        palette = QPalette(self.palette())
        palette.setColor(QPalette.ColorRole.Base, palette.color(QPalette.ColorRole.Window))
        palette.setColor(QPalette.ColorRole.Text, palette.color(QPalette.ColorRole.WindowText))
        painting.draw_picture(
            QPainter(self), self.rect(), self._thumbnails.picture(self._dataset.thumbnail),
            theme_icon(words.stand_in(self._dataset)), palette, self._unit)


class DetailsHead(QWidget):
    """Never scrolls."""

    back_requested = pyqtSignal()
    favourite_changed = pyqtSignal(bool)
    page_requested = pyqtSignal()

    def __init__(self, thumbnails: Thumbnails, parent: Optional[QWidget] = None) -> None:
        super().__init__(parent)
        unit = look.unit(self.font())
        self.back = QToolButton()
        self.back.setIcon(theme_icon("mActionArrowLeft"))
        self.back.setIconSize(QSize(4 * unit, 4 * unit))
        self.back.setText(self.tr("Catalogue"))
        self.back.setToolTip(self.tr("Back to the list (Backspace)"))
        self.back.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self.back.setAutoRaise(True)
        self.back.clicked.connect(lambda: self.back_requested.emit())
        self.star = icon_button(theme_icon("mIconFavorites"), self.tr("Favourite"))
        self.star.setCheckable(True)
        self.star.clicked.connect(self.favourite_changed)
        self.page = icon_button(theme_icon("mActionLink"), self.tr("Open the web page"))
        self.page.clicked.connect(lambda: self.page_requested.emit())
        self.picture = PictureFrame(thumbnails)
        self.title = NoteLabel("", "text")
        self.title.setFont(look.bold(self.title.font(), 1))
        self.facts = NoteLabel()
        for label in (self.title, self.facts):
            label.setAlignment(Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeft)
        top = QHBoxLayout()
        top.addWidget(self.back)
        top.addStretch()
        top.addWidget(self.star)
        top.addWidget(self.page)
        lines = QVBoxLayout()
        lines.setSpacing(0)
        lines.addWidget(self.title)
        lines.addWidget(self.facts)
        lines.addStretch()
        bottom = QHBoxLayout()
        bottom.setContentsMargins(unit, 0, unit, 0)
        bottom.setSpacing(3 * unit)
        bottom.addWidget(self.picture, 0, Qt.AlignmentFlag.AlignTop)
        bottom.addLayout(lines, 1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(unit, unit, unit, 2 * unit)
        layout.setSpacing(unit)
        layout.addLayout(top)
        layout.addLayout(bottom)

    def set_dataset(self, dataset: Dataset, is_favourite: bool) -> None:
        """Show another dataset."""
        self.picture.set_dataset(dataset)
        self.title.setText(words.name_of(dataset))
        self.title.setToolTip(dataset.title)
        self.facts.setText(words.head_line(dataset))
        self.star.setChecked(is_favourite)
        self.page.setVisible(bool(dataset.path))
