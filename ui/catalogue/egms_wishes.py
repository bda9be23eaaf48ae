"""What is looked for in the EGMS archive: level, component, release, direction, track."""

from __future__ import annotations

from typing import Dict, Optional, Sequence

from qgis.PyQt.QtCore import QEvent, QSize, Qt, pyqtSignal
from qgis.PyQt.QtGui import QShowEvent
from qgis.PyQt.QtWidgets import (
    QButtonGroup,
    QCheckBox,
    QComboBox,
    QSizePolicy,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from ...core.egms.hits import Hit
from .. import look, painting
from ..parts import section
from .flow_layout import FlowLayout
from .form_parts import Choice, Facts

LEVELS = ("L2a", "L2b", "L3")


class EgmsWishes(QWidget):
    """Level and release ask the archive anew; the rest chooses among what was found."""

    search_changed = pyqtSignal()
    filter_changed = pyqtSignal()

    def __init__(self, parent: Optional[QWidget] = None) -> None:
        super().__init__(parent)
        unit = look.unit(self.font())
        self._level = "L2b"
        self.directions: Dict[str, QToolButton] = {}
        self.levels: Dict[str, Choice] = {
            "L2a": Choice(self.tr("Basic (L2a)"), self.tr(
                "Points, relative to a local reference")),
            "L2b": Choice(self.tr("Calibrated (L2b)"), self.tr(
                "Points, tied to GNSS. Best for single buildings and slopes.")),
            "L3": Choice(self.tr("Ortho (L3)"), self.tr(
                "100 m grid cells. Best for overview.")),
        }
        self.up = QCheckBox(self.tr("Up"))
        self.east = QCheckBox(self.tr("East–west"))
        self.release = QComboBox()
        self.release.addItem(self.tr("Newest"), "")
        self.track = QComboBox()
        self.track.addItem(self.tr("All tracks"), 0)
        for combo in (self.release, self.track):
            combo.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._facts = Facts()
        self._components = _row(self.up, self.east)
        self._component_label = self._facts.add_field(self.tr("Component"), self._components)
        self._facts.add_field(self.tr("Release"), self.release)
        self._segments = self._direction_row()
        self._direction_label = self._facts.add_field(self.tr("Direction"), self._segments)
        self._track_label = self._facts.add_field(self.tr("Track"), self.track)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(2 * unit)
        layout.addWidget(section(self.tr("What")))
        for level, choice in self.levels.items():
            layout.addWidget(choice)
            choice.chosen.connect(lambda one=level: self.set_level(one))
        layout.addLayout(self._facts)
        for box in (self.up, self.east):
            box.setChecked(True)
            box.toggled.connect(lambda _on: self.filter_changed.emit())
        self.release.currentIndexChanged.connect(lambda _index: self.search_changed.emit())
        self.track.currentIndexChanged.connect(lambda _index: self.filter_changed.emit())
        self._show_level()

    @property
    def level(self) -> str:
        """Return "L2a", "L2b" or "L3"."""
        return self._level

    @property
    def direction(self) -> str:
        """Return "ascending", "descending", or "" for both."""
        return next((name for name, button in self.directions.items() if button.isChecked()), "")

    def search(self) -> dict[str, str]:
        """Return what to ask the archive: level, and release unless the newest will do."""
        wishes = {"level": self._level}
        if self.release.currentData():
            wishes["release"] = self.release.currentData()
        return wishes

    def passes(self, hit: Hit) -> bool:
        """Return whether a file is among what the rest of the form leaves."""
        if hit.level == "L3":
            return self.up.isChecked() if hit.component == "U" else self.east.isChecked()
        if self.direction and hit.direction not in ("", self.direction):
            return False
        return not self.track.currentData() or hit.track == self.track.currentData()

    def set_level(self, level: str) -> None:
        """Choose another level."""
        changed = level != self._level
        self._level = level
        self._show_level()
        if changed:
            self.search_changed.emit()

    def set_releases(self, releases: Sequence[str]) -> None:
        """Offer these releases, the newest first."""
        known = [self.release.itemData(row) for row in range(1, self.release.count())]
        if known == list(releases):
            return
        current = self.release.currentData()
        self.release.blockSignals(True)
        while self.release.count() > 1:
            self.release.removeItem(1)
        for release in releases:
            self.release.addItem(_years(release), release)
        self.release.setCurrentIndex(max(0, self.release.findData(current)))
        self.release.blockSignals(False)

    def set_found(self, hits: Sequence[Hit]) -> None:
        """Offer the tracks of what was found, and name the release that was taken."""
        releases = {hit.release for hit in hits if hit.release}
        newest = self.tr("{years}, newest").format(years=_years(releases.pop())) \
            if len(releases) == 1 and not self.release.currentData() else self.tr("Newest")
        self.release.setItemText(0, newest)
        tracks = sorted({hit.track for hit in hits if hit.track})
        current = self.track.currentData()
        self.track.blockSignals(True)
        self.track.clear()
        every = self.tr("All tracks ({count})").format(count=len(tracks)) if tracks \
            else self.tr("All tracks")
        self.track.addItem(every, 0)
        for track in tracks:
            self.track.addItem(self.tr("Track {number}").format(number=track), track)
        self.track.setCurrentIndex(max(0, self.track.findData(current)))
        self.track.blockSignals(False)

    def _show_level(self) -> None:
        for level, choice in self.levels.items():
            choice.button.setChecked(level == self._level)
        is_grid = self._level == "L3"
        for widget in (self._component_label, self._components):
            widget.setVisible(is_grid)
        for widget in (self._direction_label, self._segments, self._track_label, self.track):
            widget.setVisible(not is_grid)

    def _direction_row(self) -> QWidget:
        unit = look.unit(self.font())
        group = QButtonGroup(self)
        for name, words in (("", self.tr("Both")), ("ascending", self.tr("Ascending")),
                            ("descending", self.tr("Descending"))):
            button = QToolButton()
            button.setText(words)
            button.setIconSize(QSize(4 * unit, 4 * unit))
            button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
            button.setCheckable(True)
            button.setAutoRaise(True)
            button.setChecked(not name)
            button.toggled.connect(lambda on: self.filter_changed.emit() if on else None)
            group.addButton(button)
            self.directions[name] = button
        self._colour_arrows()
        return _row(*self.directions.values())

    def changeEvent(self, event: QEvent) -> None:
        """Follow the theme."""
        super().changeEvent(event)
        if event.type() in (QEvent.Type.PaletteChange, QEvent.Type.StyleChange):
            self._colour_arrows()

    def showEvent(self, event: QShowEvent) -> None:
        """Take the colours of the theme, which are known only now."""
        super().showEvent(event)
        self._colour_arrows()

    def _colour_arrows(self) -> None:
        for name, button in self.directions.items():
            if name:
                button.setIcon(painting.orbit_icon(
                    name, self.track.palette(), button.iconSize().width()))


def _years(release: str) -> str:
    return release.replace("-", "–")


def _row(*widgets: QWidget) -> QWidget:
    """Return widgets beside each other, below each other where it is narrow."""
    row = QWidget()
    layout = FlowLayout(row, look.unit(row.font()))
    for widget in widgets:
        layout.addWidget(widget)
    return row
