"""The last line of the dock: how old the catalogue is, and whether orders are possible."""

from __future__ import annotations

from datetime import datetime
from typing import Optional

from qgis.PyQt.QtCore import QSize, pyqtSignal
from qgis.PyQt.QtGui import QPainter, QPaintEvent
from qgis.PyQt.QtWidgets import QHBoxLayout, QSizePolicy, QWidget

from .. import look
from ..icons import theme_icon
from ..labels import ElidedLabel, RankLabel
from ..parts import icon_button
from ..words import clock_words, day_words

CONNECTIONS = ("ready", "no_key", "offline")


class Dot(QWidget):
    """A round mark in the colour of a role; the words beside it say the same."""

    def __init__(self, parent: Optional[QWidget] = None) -> None:
        super().__init__(parent)
        self._role = "good"
        size = 2 * look.unit(self.font())
        self.setFixedSize(QSize(size, size))

    def set_role(self, role: str) -> None:
        """Show another colour."""
        self._role = role
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the dot."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(look.role(self._role, self.palette()))
        painter.setBrush(look.role(self._role, self.palette()))
        painter.drawEllipse(self.rect().adjusted(0, 0, -1, -1))


class StatusLine(QWidget):
    """Refresh, age of the catalogue, connection, settings."""

    refresh_requested = pyqtSignal()
    settings_requested = pyqtSignal()

    def __init__(self, parent: Optional[QWidget] = None) -> None:
        super().__init__(parent)
        unit = look.unit(self.font())
        self._fetched: Optional[datetime] = None
        self._busy = ""
        self._connection = ""
        self.refresh = icon_button(
            theme_icon("mActionRefresh"), self.tr("Read the catalogue again"))
        self.settings = icon_button(theme_icon("mActionOptions"), self.tr("Settings"))
        self.refresh.clicked.connect(lambda: self.refresh_requested.emit())
        self.settings.clicked.connect(lambda: self.settings_requested.emit())
        self.age = ElidedLabel(rank="secondary")
        self.dot = Dot()
        self.connection = RankLabel(rank="secondary")
        for button in (self.refresh, self.settings):
            button.setFixedWidth(5 * unit)
        for label in (self.age, self.connection):
            label.setSizePolicy(label.sizePolicy().horizontalPolicy(), QSizePolicy.Policy.Fixed)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(unit, 0, unit, 0)
        layout.setSpacing(unit)
        layout.addWidget(self.refresh)
        layout.addWidget(self.age, 1)
        layout.addWidget(self.dot)
        layout.addWidget(self.connection)
        layout.addWidget(self.settings)
        self.setMinimumHeight(6 * unit)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.set_connection("ready")
        self._show()

    def set_fetched(self, fetched: Optional[datetime]) -> None:
        """Say when the catalogue was read; aware, None = never."""
        self._fetched = fetched
        self._show()

    def set_busy(self, words: str) -> None:
        """Say what is going on in the place of the age, "" when it is over."""
        self._busy = words
        self.refresh.setEnabled(not words)
        self._show()

    def set_connection(self, connection: str) -> None:
        """Show one of CONNECTIONS."""
        if connection == self._connection:
            return
        self._connection = connection
        self.dot.set_role("good" if connection == "ready" else "warning")
        self.connection.setText({
            "ready": self.tr("Service key set"), "no_key": self.tr("No service key"),
            "offline": self.tr("Offline")}[connection])

    def _show(self) -> None:
        self.age.setText(self._busy or self._age())

    def _age(self) -> str:
        if self._fetched is None:
            return self.tr("No catalogue yet")
        local, today = self._fetched.astimezone(), datetime.now().date()
        day = day_words(local.date(), today)
        if local.date() != today:
            return self.tr("Catalogue of {day}").format(day=day)
        return self.tr("Catalogue of {day}, {time}").format(
            day=day, time=clock_words(self._fetched))
