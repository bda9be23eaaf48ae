"""From a place on the map to the motion histories measured there.

Core is imported at the first question, not before: this module is loaded when the plugin is.
"""

from __future__ import annotations

import logging
import math
import os
from pathlib import Path
from typing import TYPE_CHECKING, Dict, Iterable, List, Optional, Tuple

from qgis.core import (
    QgsCoordinateReferenceSystem,
    QgsCoordinateTransform,
    QgsCsException,
    QgsMapLayer,
    QgsPointXY,
    QgsProject,
    QgsVectorLayer,
)
from qgis.gui import QgsMapCanvas

from ...core.errors import StoreError
from .spot import Spot

if TYPE_CHECKING:
    from ...core.egms.store import Point, PointStore

LOG = logging.getLogger("clms_explorer.motion")

TOLERANCE = 8
"""Pixels between the pointer and the farthest point that still counts as hit."""

_HALF_CELL = 50 * math.sqrt(2)
"""Metres from the middle of an Ortho cell to its corners: it is measured all over the cell."""
_CELLS = ("up", "east")

TABLE = "clms_explorer/table"
_TABLES = ("los_ascending", "los_descending", "up", "east")
_STORE_CRS, _WORLD = "EPSG:3035", "EPSG:4326"
_Stamp = Tuple[int, int, int]


class PointFinder:
    """Looks points up in the stores of the layers on the map; keeps the stores open."""

    def __init__(self, canvas: QgsMapCanvas) -> None:
        self._canvas = canvas
        self._stores: Dict[Path, Tuple[_Stamp, PointStore]] = {}

    def close(self) -> None:
        """Close all stores."""
        for _stamp, store in self._stores.values():
            store.close()
        self._stores.clear()

    def layers(self) -> List[QgsVectorLayer]:
        """Return the store layers that are switched on."""
        return [layer for layer in self._canvas.layers() if is_point_layer(layer)]

    def spot_at(self, place: QgsPointXY) -> Optional[Spot]:
        """Return what is measured at a point in the project's CRS, within the tolerance.

        Of every direction the nearest point. A store that cannot be read counts as empty.
        """
        layers = self.layers()
        there = self._in_store(place) if layers else None
        try:
            return self._spot(self._nearest(layers, *there)) if there else None
        except StoreError as err:
            LOG.warning("a store is damaged: %s", err)
            return None

    def spot_of(self, layer: QgsVectorLayer, fid: int) -> Optional[Spot]:
        """Return the history of one feature of a layer, and of the other directions beside it.

        Raise StoreError if the layer's store cannot be read.
        """
        path, table = source_of(layer)
        store = self._store(path)
        exact = [(store, point) for point in store.points(table, fids=[fid])]
        if not exact:
            return None
        here = QgsPointXY(exact[0][1].easting, exact[0][1].northing)
        there = self._in_store(self._canvas.center())
        others = [other for other in self.layers() if source_of(other) != (path, table)]
        beside = self._nearest(others, here, there[1]) if there else []
        return self._spot(exact + beside)

    def on_map(self, spot: Spot) -> List[QgsPointXY]:
        """Return the points of a spot in the project's CRS, for the marker."""
        to_map = self._transform(_STORE_CRS, self._canvas.mapSettings().destinationCrs())
        found = []
        for series in spot.series:
            try:
                found.append(to_map.transform(
                    series.attributes["easting"], series.attributes["northing"]))
            except (KeyError, QgsCsException):
                LOG.debug("a point has no place in the project's CRS")
        return found

    # --- inside

    def _nearest(
        self, layers: Iterable[QgsVectorLayer], here: QgsPointXY, radius: float
    ) -> List[Tuple[PointStore, Point]]:
        found: List[Tuple[PointStore, Point]] = []
        for path, table in dict.fromkeys(source_of(layer) for layer in layers):
            try:
                store = self._store(path)
                reach = max(radius, _HALF_CELL) if table in _CELLS else radius
                points = store.nearest(table, here.x(), here.y(), reach)
            except StoreError as err:
                LOG.warning("%s: %s", path, err)
                continue
            found += [(store, point) for point in points]
        return found

    def _spot(self, points: List[Tuple[PointStore, Point]]) -> Optional[Spot]:
        from ...core.egms.neighbours import neighbours_of

        if not points:
            return None
        nearest = min(points, key=lambda found: found[1].distance)[1]
        place = self._transform(_STORE_CRS, _WORLD).transform(nearest.easting, nearest.northing)
        points.sort(key=lambda found: _TABLES.index(found[1].table))
        series = tuple(store.series(point) for store, point in points)
        neighbours = tuple(neighbours_of(store, point) for store, point in points)
        return Spot(place.x(), place.y(), series, neighbours)

    def _in_store(self, place: QgsPointXY) -> Optional[Tuple[QgsPointXY, float]]:
        """Return a map point in the store's CRS and the tolerance there in metres.

        None if the point has no place in that CRS.
        """
        to_store = self._transform(self._canvas.mapSettings().destinationCrs(), _STORE_CRS)
        reach = TOLERANCE * self._canvas.mapUnitsPerPixel()
        try:
            here = to_store.transform(place)
            beside = to_store.transform(QgsPointXY(place.x() + reach, place.y()))
            above = to_store.transform(QgsPointXY(place.x(), place.y() + reach))
        except QgsCsException:
            return None
        radius = max(here.distance(beside), here.distance(above))
        return (here, radius) if math.isfinite(radius) else None

    def _store(self, path: Path) -> PointStore:
        """Return the open store of a file, opened anew if the file is another one now.

        Raise StoreError if it is missing or no store.
        """
        from ...core.egms.store import PointStore

        try:
            status = os.stat(path)
        except OSError as err:
            raise StoreError("missing", str(err)) from err
        stamp = (status.st_ino, status.st_mtime_ns, status.st_size)
        known = self._stores.get(path)
        if known is not None:
            if known[0] == stamp:
                return known[1]
            known[1].close()
            del self._stores[path]
        store = PointStore(path)
        self._stores[path] = (stamp, store)
        return store

    @staticmethod
    def _transform(source: object, target: object) -> QgsCoordinateTransform:
        ends = [QgsCoordinateReferenceSystem(end) for end in (source, target)]
        return QgsCoordinateTransform(*ends, QgsProject.instance())


def is_point_layer(layer: QgsMapLayer) -> bool:
    """Return whether a layer shows the points of a store."""
    return isinstance(layer, QgsVectorLayer) and layer.customProperty(TABLE) in _TABLES


def source_of(layer: QgsVectorLayer) -> Tuple[Path, str]:
    """Return the store's file and table of a point layer."""
    return Path(layer.source().split("|")[0]), str(layer.customProperty(TABLE))
