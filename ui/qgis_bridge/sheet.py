"""Where things stand on a printed map, and what of the legend is needed: all but the drawing."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import List, NamedTuple, Optional, Sequence, Tuple

from qgis.core import (
    QgsCoordinateReferenceSystem,
    QgsCoordinateTransformContext,
    QgsMapLayer,
    QgsProject,
    QgsRectangle,
    QgsScaleCalculator,
)
from qgis.PyQt.QtGui import QImage

from ...core.ports import Stop, never
from .classes_in_view import LEGEND_LINE, Keys, LayerFacts, Place
from .pages import PAGES

MARGIN, GAP = 10.0, 4.0
HEAD, PANEL_HEAD, STRIP = 15.0, 7.0, 11.0
CREDIT_POINTS = 6.0
CREDIT_LINE = 2.8
_CREDIT_LETTER = 1.15  # mm, a wide letter at 6 points
_LEGEND_COLUMN = 62.0  # mm, at the usual size of letters


class Box(NamedTuple):
    """A rectangle on the page in mm from the upper left corner."""

    left: float
    top: float
    width: float
    height: float


@dataclass(frozen=True)
class View:
    """One map of a page. layers: the topmost first. title: shown if there are several maps."""

    layers: Tuple[QgsMapLayer, ...]
    extent: QgsRectangle
    crs: QgsCoordinateReferenceSystem
    title: str = ""


@dataclass(frozen=True)
class Shown:
    """A layer that is seen in a map. number: its place among the layers of the view.

    picture: the legend of a map service, which has no classes that we know.
    """

    number: int
    classes: Keys
    picture: Optional[QImage] = None


@dataclass(frozen=True)
class Panel:
    """Where one map goes. extent: the view's, widened to the shape of the map's box."""

    whole: Box
    map: Box
    legend: Box
    extent: QgsRectangle
    shown: Tuple[Shown, ...]


@dataclass(frozen=True)
class Sheet:
    """A page with its panels and the credit lines that must be on it. width, height: mm."""

    width: float
    height: float
    panels: Tuple[Panel, ...]
    credits: Tuple[str, ...]

    @property
    def credit_box(self) -> Box:
        """Return where the credit lines go: the foot of the page, as high as they need."""
        height = _credit_height(self.credits, self.width - 2 * MARGIN)
        return Box(MARGIN, self.height - MARGIN - height, self.width - 2 * MARGIN, height)


def visible_layers(project: QgsProject) -> List[QgsMapLayer]:
    """Return the layers that the project's map shows, the topmost first."""
    checked = {layer.id() for layer in project.layerTreeRoot().checkedLayers()}
    return [layer for layer in project.layerTreeRoot().layerOrder()
            if layer.id() in checked and layer.isValid()]


def view_of(
    project: QgsProject, layers: Sequence[QgsMapLayer], extent: Optional[QgsRectangle] = None,
    title: str = "",
) -> View:
    """Return a view of layers in the project's coordinate system.

    extent: in that system; without it, all of the layers with a small margin.
    """
    crs = project.crs() if project.crs().isValid() else layers[0].crs()
    if extent is None or extent.isEmpty():
        extent = QgsRectangle()
        for layer in layers:
            place = Place(layer.extent(), layer.crs(), project.transformContext())
            extent.combineExtentWith(place.box_in(crs))
        extent.scale(1.04)
    return View(tuple(layers), extent, crs, title)


class Survey:
    """Finds the places of everything on a page, and the classes in view.

    views: one or more, side by side. page: a key of PAGES. Made on the main thread, where it
    takes what it needs of the layers; plan() reads the data and may run on any thread.
    """

    def __init__(
        self, views: Sequence[View], page: str, transforms: QgsCoordinateTransformContext
    ) -> None:
        self._views = tuple(views)
        self._facts = [[LayerFacts(layer) for layer in view.layers] for view in views]
        self._size = PAGES[page]
        self._transforms = QgsCoordinateTransformContext(transforms)

    def plan(self, stop: Stop = never) -> Sheet:
        """Return the finished plan."""
        width, height = self._size
        credits = self._credits()
        across = width - 2 * MARGIN
        tall = height - 2 * MARGIN - HEAD - GAP - _credit_height(credits, across)
        each = (across - GAP * (len(self._views) - 1)) / len(self._views)
        wholes = [Box(MARGIN + number * (each + GAP), MARGIN + HEAD, each, tall)
                  for number in range(len(self._views))]
        lines = max(self._legend_lines(number, _inner(self._views[number], whole), stop)
                    for number, whole in enumerate(wholes))
        panels = tuple(self._panel(number, whole, lines, stop)
                       for number, whole in enumerate(wholes))
        return Sheet(width, height, panels, credits)

    def _credits(self) -> Tuple[str, ...]:
        lines = [
            fact.credit for view, facts in zip(self._views, self._facts) for fact in facts
            if fact.credit and fact.touches(Place(view.extent, view.crs, self._transforms))]
        return tuple(dict.fromkeys(lines))

    def _legend_lines(self, number: int, inner: Box, stop: Stop) -> int:
        """Return about how many lines a legend has, judged by the widest map that may come."""
        extent = widened(self._views[number].extent, inner.width, inner.height)
        return sum(self._facts[number][item.number].lines(item.classes)
                   for item in self._shown(number, extent, inner.width, stop))

    def _panel(self, number: int, whole: Box, lines: int, stop: Stop) -> Panel:
        view = self._views[number]
        map_box, legend = _split(_inner(view, whole), lines)
        extent = widened(view.extent, map_box.width, map_box.height)
        return Panel(whole, map_box, legend, extent,
                     self._shown(number, extent, map_box.width, stop))

    def _shown(
        self, number: int, extent: QgsRectangle, width: float, stop: Stop
    ) -> Tuple[Shown, ...]:
        """Return the layers that are drawn in an extent at its scale, with their classes."""
        crs = self._views[number].crs
        scale = QgsScaleCalculator(25.4, crs.mapUnits()).calculate(extent, width)
        place = Place(extent, crs, self._transforms)
        found: List[Shown] = []
        for position, fact in enumerate(self._facts[number]):
            if fact.is_drawn_at(scale) and fact.touches(place):
                classes = fact.classes_in(place, stop)
                if classes is None or classes:
                    found.append(Shown(position, classes, fact.picture()))
        return tuple(found)


def _inner(view: View, whole: Box) -> Box:
    """Return a panel without its heading."""
    head = PANEL_HEAD if view.title else 0.0
    return Box(whole.left, whole.top + head, whole.width, whole.height - head)


def _split(inner: Box, lines: int) -> Tuple[Box, Box]:
    """Divide a panel between map and legend, by how long the legend is.

    A wide panel has the legend at the right, a tall one below.
    """
    left, top, width, height = inner
    if width > 1.1 * height:
        share = 0.24 if lines <= 12 else 0.29 if lines <= 30 else 0.4
        legend_width = width * share
        map_width = width - legend_width - GAP
        return (Box(left, top, map_width, height - STRIP),
                Box(left + map_width + GAP, top, legend_width, height))
    columns = max(1, int(width / _LEGEND_COLUMN))
    wanted = (math.ceil(lines / columns) + 3) * LEGEND_LINE
    legend_height = min(max(wanted, 0.14 * height), 0.5 * height)
    map_height = height - legend_height - STRIP
    return (Box(left, top, width, map_height),
            Box(left, top + map_height + STRIP, width, legend_height))


def widened(extent: QgsRectangle, width: float, height: float) -> QgsRectangle:
    """Return an extent grown around its centre to the shape of width × height."""
    centre = extent.center()
    across = max(extent.width(), extent.height() * width / height)
    tall = across * height / width
    return QgsRectangle(
        centre.x() - across / 2, centre.y() - tall / 2,
        centre.x() + across / 2, centre.y() + tall / 2)


def _credit_height(credits: Sequence[str], width: float) -> float:
    lines = sum(math.ceil(len(line) * _CREDIT_LETTER / width) for line in credits)
    return lines * CREDIT_LINE
