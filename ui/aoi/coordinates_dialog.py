"""Type the coordinates of a box or of a polygon, in any coordinate system."""

from __future__ import annotations

from typing import Dict, Optional

from qgis.core import QgsCoordinateReferenceSystem, QgsPointXY
from qgis.gui import QgsProjectionSelectionWidget
from qgis.PyQt.QtCore import pyqtSignal
from qgis.PyQt.QtWidgets import (
    QFormLayout,
    QLineEdit,
    QPlainTextEdit,
    QTabWidget,
    QVBoxLayout,
    QWidget,
)

from ...core.aoi.area import Area
from ...core.aoi.coordinates import read_number, read_points
from ...core.aoi.shapes import area_from_bounds
from ...core.errors import AreaError
from ..labels import NoteLabel
from ..look import unit
from ..qgis_bridge.area_from_qgis import area_from_corners, system_text
from ..texts import sentence
from .area_words import facts_line, kind_words
from .choice_dialog import ChoiceDialog


class CoordinatesDialog(ChoiceDialog):
    """Says at once what the typed coordinates are, or what is wrong with them."""

    area_chosen = pyqtSignal(object)

    def __init__(self, parent: Optional[QWidget] = None) -> None:
        super().__init__(parent)
        self.name(self.tr("Coordinates"), self.tr("Use this area"))
        self._area: Optional[Area] = None
        self._name = QLineEdit(self)
        self._crs = QgsProjectionSelectionWidget(self)
        self._crs.setCrs(QgsCoordinateReferenceSystem("EPSG:4326"))
        self._edges: Dict[str, QLineEdit] = {
            "west": QLineEdit(self), "south": QLineEdit(self), "east": QLineEdit(self),
            "north": QLineEdit(self),
        }
        self._points = QPlainTextEdit(self)
        self._tabs = QTabWidget(self)
        self._result = NoteLabel(parent=self)
        self._lay_out()
        self._connect()
        self._read()
        self._edges["west"].setFocus()

    def accept(self) -> None:
        """Tell the area and close."""
        if self._area is not None:
            self.area_chosen.emit(self._area)
            super().accept()

    def _lay_out(self) -> None:
        u = unit(self.font())
        layout = self.column()
        form = QFormLayout()
        form.setSpacing(round(1.5 * u))
        form.addRow(self.tr("Name"), self._name)
        form.addRow(self.tr("Coordinate system"), self._crs)
        layout.addLayout(form)
        self._tabs.addTab(self._box_page(u), self.tr("Box"))
        self._tabs.addTab(self._polygon_page(u), self.tr("Polygon"))
        layout.addWidget(self._tabs, 1)
        layout.addWidget(self._result)
        layout.addWidget(self._buttons)
        self.resize(100 * u, 80 * u)

    def _box_page(self, u: int) -> QWidget:
        page = QWidget(self)
        form = QFormLayout(page)
        form.setContentsMargins(2 * u, 2 * u, 2 * u, 2 * u)
        form.setSpacing(round(1.5 * u))
        words = {"west": self.tr("West"), "south": self.tr("South"), "east": self.tr("East"),
                 "north": self.tr("North")}
        for edge, field in self._edges.items():
            form.addRow(words[edge], field)
        return page

    def _polygon_page(self, u: int) -> QWidget:
        page = QWidget(self)
        layout = QVBoxLayout(page)
        layout.setContentsMargins(2 * u, 2 * u, 2 * u, 2 * u)
        layout.addWidget(NoteLabel(
            self.tr("One corner per line: east, then north, such as 13.17 38.70"), parent=page))
        self._points.setAccessibleName(self.tr("Corners"))
        self._points.setTabChangesFocus(True)
        layout.addWidget(self._points, 1)
        return page

    def _connect(self) -> None:
        for field in (self._name, *self._edges.values()):
            field.textChanged.connect(self._read)
        self._points.textChanged.connect(self._read)
        self._tabs.currentChanged.connect(self._read)
        self._crs.crsChanged.connect(self._read)

    def _read(self) -> None:
        """Show what the fields mean."""
        self._area = None
        try:
            self._area = self._box() if self._tabs.currentIndex() == 0 else self._polygon()
        except AreaError as err:
            self._result.set_note(self._wrong(err), "error")
        else:
            if self._area is None:
                self._result.set_note(self.tr("Fill in the coordinates."))
            else:
                self._result.set_note(facts_line(self._area))
        self._use.setEnabled(self._area is not None)

    def _box(self) -> Optional[Area]:
        texts = {edge: field.text() for edge, field in self._edges.items()}
        if not all(text.strip() for text in texts.values()):
            return None
        west, south, east, north = (read_number(text) for text in texts.values())
        return area_from_bounds(
            (west, south, east, north), system_text(self._crs.crs()), self._title("box"))

    def _polygon(self) -> Optional[Area]:
        text = self._points.toPlainText()
        if not text.strip():
            return None
        corners = [QgsPointXY(x, y) for x, y in read_points(text)]
        return area_from_corners(corners, self._crs.crs(), self._title("polygon"))

    def _title(self, kind: str) -> str:
        return self._name.text().strip() or kind_words(kind)

    def _wrong(self, error: AreaError) -> str:
        if "line" in error.facts:
            return self.tr("Line {line} does not hold two numbers.").format(
                line=error.facts["line"])
        if error.reason == "invalid" and self._tabs.currentIndex() == 0:
            return self.tr("The edges must be numbers, south below north, and west below east.")
        return sentence(error)
