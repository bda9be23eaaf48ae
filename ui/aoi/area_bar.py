"""The top of the dock: what the area is, and the menu to change it."""

from __future__ import annotations

from typing import Optional

from qgis.core import (
    QgsCoordinateReferenceSystem,
    QgsCoordinateTransform,
    QgsCsException,
    QgsProject,
)
from qgis.gui import QgsMapCanvas
from qgis.PyQt.QtCore import QEvent, QSize, Qt, pyqtSignal
from qgis.PyQt.QtGui import QResizeEvent
from qgis.PyQt.QtWidgets import (
    QHBoxLayout,
    QLabel,
    QMenu,
    QProgressBar,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from ...core.aoi.area import Area
from ...core.aoi.nuts import NutsIndex
from ..icons import theme_icon
from ..labels import ElidedLabel
from ..look import bold, unit
from ..parts import icon_button
from ..qgis_bridge.area_from_qgis import qgis_geometry
from ..qgis_bridge.recent_areas import RecentAreas
from .area_menu import AreaMenu
from .area_ways import AreaWays, RegionShape
from .area_words import facts_line, icon_name
from .rubber_band import AreaBand


class AreaBar(QWidget):
    """Icon, name, kind and size of the area; zoom; and the ways to choose another.

    region_shape: called as region_shape(code, done, failed); gets an outline without blocking.
    """

    area_changed = pyqtSignal(object)
    """There is another area (Area) or none, whoever set it."""
    area_chosen = pyqtSignal(object)
    """The user has chosen this area; area_changed comes with it."""
    area_refused = pyqtSignal(object)
    """What the user chose cannot be the area, or could not be got (ClmsError)."""

    def __init__(
        self, canvas: QgsMapCanvas, index: NutsIndex, region_shape: RegionShape,
        recent: RecentAreas, parent: Optional[QWidget] = None,
    ) -> None:
        super().__init__(parent)
        self._canvas = canvas
        self._recent = recent
        self._area: Optional[Area] = None
        self._hint = ("", "")
        self._busy = ""
        self.ways = AreaWays(canvas, index, region_shape, self)
        self._band = AreaBand(canvas, self)
        self._icon = QLabel(self)
        self._name = ElidedLabel(parent=self)
        self._facts = ElidedLabel(rank="secondary", parent=self)
        self._zoom = icon_button(
            theme_icon("mActionZoomToLayer"), self.tr("Zoom to the area"), self)
        self._change = QPushButton(self)
        self._menu = AreaMenu(self.ways, recent, self)
        self._change.setMenu(self._menu)
        self._bar = QProgressBar(self)
        self._bar.setRange(0, 0)
        self._bar.setTextVisible(False)
        self._lay_out()
        self._connect()
        self._show()

    @property
    def area(self) -> Optional[Area]:
        """Return the area, None if there is none yet."""
        return self._area

    @property
    def menu(self) -> QMenu:
        """Return the menu with all ways, for "More ways…" elsewhere."""
        return self._menu

    def set_area(self, area: Optional[Area]) -> None:
        """Take an area that the user has not just chosen, such as that of the project."""
        self._area = area
        self._band.show_area(area)
        self._show()
        self.area_changed.emit(area)

    def zoom_to_area(self) -> None:
        """Show the whole area on the map."""
        if self._area is None:
            return
        outline = qgis_geometry(self._area.geometry)
        settings = self._canvas.mapSettings()
        try:
            outline.transform(QgsCoordinateTransform(
                QgsCoordinateReferenceSystem("EPSG:4326"), settings.destinationCrs(),
                QgsProject.instance().transformContext()))
        except QgsCsException:
            return
        box = outline.boundingBox()
        box.scale(1.1)
        self._canvas.setExtent(box)
        self._canvas.refresh()

    def remove_from_map(self) -> None:
        """Take outline and tools off the map and close all dialogs: for unload."""
        self.ways.remove()
        self._band.remove()

    def changeEvent(self, event: QEvent) -> None:
        """Follow another font or theme."""
        super().changeEvent(event)
        if event.type() in (QEvent.Type.FontChange, QEvent.Type.StyleChange):
            self._size()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep the line of progress at the lower edge."""
        super().resizeEvent(event)
        height = max(2, unit(self.font()) // 2)
        self._bar.setGeometry(0, self.height() - height, self.width(), height)

    def _lay_out(self) -> None:
        lines = QVBoxLayout()
        lines.setSpacing(0)
        lines.addStretch(1)
        lines.addWidget(self._name)
        lines.addWidget(self._facts)
        lines.addStretch(1)
        self._layout = QHBoxLayout(self)
        self._layout.addWidget(self._icon)
        self._layout.addLayout(lines, 1)
        self._layout.addWidget(self._zoom)
        self._layout.addWidget(self._change)
        self._size()

    def _size(self) -> None:
        """Set every distance as a multiple of the unit of the font."""
        u = unit(self.font())
        self.setMinimumHeight(10 * u)
        self._layout.setContentsMargins(2 * u, u, 2 * u, u)
        self._layout.setSpacing(round(1.5 * u))
        self._name.setFont(bold(self.font()))
        self._icon.setFixedSize(5 * u, 5 * u)
        self._zoom.setIconSize(QSize(4 * u, 4 * u))
        self._show_icon()

    def _connect(self) -> None:
        self._zoom.clicked.connect(self.zoom_to_area)
        self.ways.chosen.connect(self._choose)
        self.ways.refused.connect(self.area_refused)
        self.ways.hint_changed.connect(self._set_hint)
        self.ways.busy_changed.connect(self._set_busy)

    def _choose(self, area: Area) -> None:
        self._recent.add(area)
        self.set_area(area)
        self.area_chosen.emit(area)

    def _set_hint(self, text: str, way_out: str) -> None:
        self._hint = (text, way_out)
        self._show()

    def _set_busy(self, text: str) -> None:
        self._busy = text
        self._show()

    def _show(self) -> None:
        area = self._area
        hint, way_out = self._hint
        name = self.tr("No area yet") if area is None else area.name
        facts = self.tr("The whole catalogue is shown") if area is None else facts_line(area)
        self._name.setText(hint or name)
        self._facts.setText(way_out or self._busy or facts)
        self._zoom.setVisible(area is not None)
        self._change.setText(self.tr("Set area") if area is None else self.tr("Change"))
        self._bar.setVisible(bool(self._busy))
        self._show_icon()

    def _show_icon(self) -> None:
        size = self._icon.size()
        name = icon_name("polygon" if self._area is None else self._area.kind)
        self._icon.setPixmap(theme_icon(name).pixmap(size))
        self._icon.setAlignment(Qt.AlignmentFlag.AlignCenter)
