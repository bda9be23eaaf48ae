"""What a page needs to know of a layer, and which classes of its legend occur in a place."""

from __future__ import annotations

from typing import Callable, FrozenSet, Optional

from qgis.core import (
    Qgis,
    QgsCoordinateReferenceSystem,
    QgsCoordinateTransform,
    QgsCoordinateTransformContext,
    QgsCsException,
    QgsExpressionContext,
    QgsExpressionContextUtils,
    QgsFeatureRequest,
    QgsMapLayer,
    QgsPalettedRasterRenderer,
    QgsRasterDataProvider,
    QgsRasterLayer,
    QgsRasterProjector,
    QgsRectangle,
    QgsRenderContext,
    QgsVectorLayer,
    QgsVectorLayerFeatureSource,
)
from qgis.PyQt.QtGui import QImage

from ...core.clms.metadata import credit
from ...core.ports import Stop
from ..compat import attribution
from .layers import PRODUCT
from .legend_picture import MM_PER_PIXEL, fetch_legend
from .map_services import SERVICE

Keys = Optional[FrozenSet[str]]
"""Rule keys of a vector legend, or stored values of a paletted raster as text; None: all, since
nobody can tell."""

MOST_FEATURES = 20_000
LEGEND_LINE = 3.4
"""Height in mm of a line of a legend in letters of the usual size."""
_LONGEST, _STRIP = 1200, 200


class Place:
    """A rectangle of a map in the map's own coordinate system."""

    def __init__(
        self, extent: QgsRectangle, crs: QgsCoordinateReferenceSystem,
        transforms: QgsCoordinateTransformContext,
    ) -> None:
        self.extent = extent
        self.crs = crs
        self.transforms = transforms

    def box_in(self, crs: QgsCoordinateReferenceSystem) -> QgsRectangle:
        """Return the box around this place in other coordinates; empty if it has none there."""
        transform = QgsCoordinateTransform(self.crs, crs, self.transforms)
        try:
            return transform.transformBoundingBox(self.extent)
        except QgsCsException:
            return QgsRectangle()


class LayerFacts:
    """What a page needs of a layer, taken on the main thread for use on any."""

    def __init__(self, layer: QgsMapLayer) -> None:
        self.crs = QgsCoordinateReferenceSystem(layer.crs())
        self.extent = QgsRectangle(layer.extent())
        self.credit = credit_of(layer)
        self._scales = (
            (layer.minimumScale(), layer.maximumScale()) if layer.hasScaleBasedVisibility()
            else (0.0, 0.0))
        self._entries, self._scan = _legend_facts(layer)
        self._service = _service_of(layer)
        self._picture: Optional[QImage] = None

    def is_drawn_at(self, scale: float) -> bool:
        """Return whether the layer is visible at a scale, given by its denominator."""
        smallest, largest = self._scales
        return (not smallest or scale <= smallest) and (not largest or scale > largest)

    def touches(self, place: Place) -> bool:
        """Return whether the layer has data in a place, as far as its extent tells."""
        if not self.crs.isValid() or self.extent.isNull():
            return True
        seen = place.box_in(self.crs)
        return not seen.isEmpty() and seen.intersects(self.extent)

    def classes_in(self, place: Place, stop: Stop) -> Keys:
        """Return the keys of the classes that occur in a place.

        Rasters are read thinned, to about the pixels of a printed map; of more than
        MOST_FEATURES features nothing is said.
        """
        return self._scan(place, stop) if self._scan is not None else None

    def picture(self) -> Optional[QImage]:
        """Return the legend that a map service draws; it is asked once, and waited for."""
        if self._service is not None:
            self._picture = fetch_legend(self._service)
            self._service = None
        return self._picture

    def lines(self, classes: Keys) -> int:
        """Return about how many lines the layer has in a legend."""
        picture = self.picture()
        if picture is not None:
            return 2 + round(picture.height() * MM_PER_PIXEL / LEGEND_LINE)
        return 2 + (self._entries if classes is None else len(classes))


def credit_of(layer: QgsMapLayer) -> str:
    """Return the credit line of a layer; our own layers always have one."""
    line = attribution(layer).strip()
    return line or (credit("") if is_ours(layer) else "")


def is_ours(layer: QgsMapLayer) -> bool:
    """Return whether a layer was put on the map by the plugin."""
    return bool(layer.customProperty(PRODUCT) or layer.customProperty(SERVICE))


def value_key(value: float) -> str:
    """Return the key of a class of a paletted raster; its value is whole or not, by version."""
    return f"{value:.12g}"


def _service_of(layer: QgsMapLayer) -> Optional[QgsRasterDataProvider]:
    """Return a copy of the provider of a map service that draws its own legend."""
    if not isinstance(layer, QgsRasterLayer) or layer.providerType() == "gdal":
        return None
    provider = layer.dataProvider()
    return provider.clone() if provider is not None and provider.supportsLegendGraphic() else None


_Scan = Callable[[Place, Stop], Keys]


def _legend_facts(layer: QgsMapLayer) -> tuple[int, Optional[_Scan]]:
    """Return the number of entries of a layer's legend, and how to find those in a place."""
    renderer = layer.renderer() if isinstance(layer, (QgsRasterLayer, QgsVectorLayer)) else None
    if renderer is None:
        return 1, None
    if isinstance(layer, QgsVectorLayer):
        return len(renderer.legendSymbolItems()), _VectorScan(layer)
    if isinstance(renderer, QgsPalettedRasterRenderer):
        return len(renderer.classes()), _RasterScan(layer)
    return max(6, len(renderer.legendSymbologyItems())), None


class _RasterScan:
    """Reads the values of a paletted raster, strip by strip in the map's projection."""

    def __init__(self, layer: QgsRasterLayer) -> None:
        self._crs = layer.crs()
        self._provider = layer.dataProvider().clone()
        renderer = layer.renderer()
        self._band = renderer.inputBand() if hasattr(renderer, "inputBand") else renderer.band()
        self._known = {value_key(item.value) for item in renderer.classes()}

    def __call__(self, place: Place, stop: Stop) -> Keys:
        projector = QgsRasterProjector()
        projector.setInput(self._provider)
        projector.setCrs(self._crs, place.crs, place.transforms)
        extent = place.extent
        longest = max(extent.width(), extent.height())
        columns = max(1, round(_LONGEST * extent.width() / longest))
        rows = max(1, round(_LONGEST * extent.height() / longest))
        found: set[str] = set()
        for first in range(0, rows, _STRIP):
            if stop():
                return None
            count = min(_STRIP, rows - first)
            top = extent.yMaximum() - extent.height() * first / rows
            bottom = extent.yMaximum() - extent.height() * (first + count) / rows
            strip = QgsRectangle(extent.xMinimum(), bottom, extent.xMaximum(), top)
            values = _unique(projector.block(self._band, strip, columns, count))
            if values is None:
                return None
            found |= values
        return frozenset(found & self._known)


class _VectorScan:
    """Asks the renderer of a vector layer which of its rules apply to the features."""

    def __init__(self, layer: QgsVectorLayer) -> None:
        self._crs = layer.crs()
        self._fields = layer.fields()
        self._source = QgsVectorLayerFeatureSource(layer)
        self._renderer = layer.renderer().clone()
        self._expressions = QgsExpressionContext(
            QgsExpressionContextUtils.globalProjectLayerScopes(layer))

    def __call__(self, place: Place, stop: Stop) -> Keys:
        wanted = {item.ruleKey() for item in self._renderer.legendSymbolItems()}
        context = QgsRenderContext()
        context.setExpressionContext(QgsExpressionContext(self._expressions))
        request = QgsFeatureRequest(place.box_in(self._crs))
        request.setFlags(QgsFeatureRequest.Flag.ExactIntersect)
        request.setLimit(MOST_FEATURES + 1)
        self._renderer.startRender(context, self._fields)
        found: set[str] = set()
        try:
            request.setSubsetOfAttributes(
                list(self._renderer.usedAttributes(context)), self._fields)
            for number, feature in enumerate(self._source.getFeatures(request)):
                if found >= wanted:
                    break
                if stop() or number == MOST_FEATURES:
                    return None
                context.expressionContext().setFeature(feature)
                found |= self._renderer.legendKeysForFeature(feature, context)
        finally:
            self._renderer.stopRender(context)
        return frozenset(found)


def _unique(block: object) -> Optional[set[str]]:
    """Return the keys of the values of a raster block, None if they cannot be read."""
    import numpy as np

    kind = _DTYPES.get(block.dataType())
    if kind is None or not block.isValid():
        return None
    return set(map(value_key, np.unique(np.frombuffer(bytes(block.data()), kind)).tolist()))


_DTYPES = {
    Qgis.DataType.Byte: "u1", Qgis.DataType.UInt16: "u2", Qgis.DataType.Int16: "i2",
    Qgis.DataType.UInt32: "u4", Qgis.DataType.Int32: "i4", Qgis.DataType.Float32: "f4",
    Qgis.DataType.Float64: "f8",
}
