"""The menu of the area bar."""

from __future__ import annotations

from typing import Callable, Optional

from qgis.PyQt.QtWidgets import QAction, QMenu, QWidget

from ..icons import theme_icon
from ..qgis_bridge.recent_areas import RecentArea, RecentAreas
from .area_ways import AreaWays
from .area_words import facts_line, icon_name, kind_words


class AreaMenu(QMenu):
    """One entry for each way, and the areas used before."""

    def __init__(
        self, ways: AreaWays, recent: RecentAreas, parent: Optional[QWidget] = None
    ) -> None:
        super().__init__(parent)
        self._ways = ways
        self._recent = recent
        self.setToolTipsVisible(True)
        self._add(self.tr("Draw a box"), "mActionSelectRectangle", ways.draw_box)
        self._add(self.tr("Draw a polygon"), "mActionCapturePolygon", ways.draw_polygon)
        self.addSeparator()
        self._add(self.tr("NUTS region…"), "mIconPolygonLayer", ways.choose_region)
        self._add(self.tr("Country…"), "mIconPolygonLayer", ways.choose_country)
        self.addSeparator()
        self._add(self.tr("Use the map view"), "mActionZoomFullExtent", ways.use_map_view)
        self._selection = self._add(
            self.tr("Selected features"), "mActionSelectPolygon", ways.use_selection)
        self._add(self.tr("Layer extent…"), "mActionZoomToLayer", ways.choose_layer)
        self._add(self.tr("Coordinates…"), "mActionSetProjection", ways.type_coordinates)
        self.addSeparator()
        self._earlier = QMenu(self.tr("Recent areas"), self)
        self.addMenu(self._earlier)
        self.aboutToShow.connect(self._refresh)

    def _add(self, text: str, icon: str, slot: Callable[[], None]) -> QAction:
        action = self.addAction(theme_icon(icon), text)
        action.triggered.connect(lambda _checked=False: slot())
        return action

    def _refresh(self) -> None:
        """Offer what is possible now."""
        possible = self._ways.can_use_selection()
        self._selection.setEnabled(possible)
        self._selection.setToolTip(
            "" if possible else self.tr("Select features in the current layer first"))
        self._earlier.clear()
        for entry in self._recent.entries():
            action = self._earlier.addAction(theme_icon(icon_name(entry.kind)), _words(entry))
            action.triggered.connect(
                lambda _checked=False, wanted=entry: self._ways.use_recent(wanted))
        self._earlier.setEnabled(not self._earlier.isEmpty())


def _words(entry: RecentArea) -> str:
    """Return a line such as "São Miguel · Polygon · 745 km²", safe as the text of an action."""
    facts = f"{kind_words(entry.kind)} {entry.code}" if entry.area is None else facts_line(
        entry.area)
    return f"{entry.name} · {facts}".replace("&", "&&")
