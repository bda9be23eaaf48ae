"""Put product files on the map: styled, named, grouped, cited."""

from __future__ import annotations

import logging
from dataclasses import dataclass
from pathlib import Path
from typing import Iterable, List, Optional, Sequence

from qgis.core import (
    QgsBox3d,
    QgsLayerMetadata,
    QgsLayerTreeGroup,
    QgsMapLayer,
    QgsProject,
    QgsProviderRegistry,
    QgsRasterLayer,
    QgsVectorLayer,
)
from qgis.PyQt.QtCore import QCoreApplication

from ...core.cart.item import CartItem
from ...core.clms.metadata import credit as general_credit
from ...core.clms.titles import split
from ...core.errors import FileBroken
from ...core.jobs.job import Job
from ...core.products.legend import read_legend
from ...core.products.recognise import Product, recognise
from ..compat import set_attribution
from .clip import RASTERS, VECTORS
from .styles import style_polygons, style_raster

LOG = logging.getLogger("clms_explorer.layers")

PRODUCT = "clms_explorer/product"
"""Custom property of every layer that we style: the product of the legend tables."""


@dataclass(frozen=True)
class Origin:
    """Where files come from, for names, metadata and attribution.

    dataset: full title. area: name of the area. ordered: ISO date. credit: the line that the
    licence asks to show on every map. link: web page of the dataset.
    """

    dataset: str
    area: str = ""
    ordered: str = ""
    version: str = ""
    citation: str = ""
    credit: str = ""
    link: str = ""


def origin_of(job: Job) -> Origin:
    """Return where the files of a job come from."""
    item = CartItem.from_json(job.item)
    return Origin(
        dataset=item.title, area=item.area.name if item.area else "", ordered=job.created[:10],
        version=str(item.extra.get("version", "")), citation=item.citation,
        credit=str(item.extra.get("credit") or general_credit("")),
        link=str(item.extra.get("page", "")))


def product_files(results: Iterable[Path]) -> List[Path]:
    """Return the files and geodatabases among results that open as layers."""
    found: List[Path] = []
    for path in results:
        database = next((folder for folder in path.parents if folder.suffix == ".gdb"), None)
        if database is not None:
            path = database
        if path.suffix.lower() in RASTERS + VECTORS and path not in found:
            found.append(path)
    return found


def add_product_files(
    results: Iterable[Path], origin: Origin, project: QgsProject
) -> List[QgsMapLayer]:
    """Open files as styled layers in a group named after dataset and area.

    Main thread. Raise FileBroken if there is nothing that opens.
    """
    files = product_files(results)
    layers = [layer for path in files for layer in _open(path)]
    if not layers:
        raise FileBroken("empty", name=origin.dataset)
    group = group_for(project, origin)
    for layer in layers:
        dress(layer, origin, alone=len(layers) == 1)
        project.addMapLayer(layer, False)
        group.addLayer(layer)
    return layers


def group_for(project: QgsProject, origin: Origin) -> QgsLayerTreeGroup:
    """Return the group "dataset · area", made on top of the tree if it is not there."""
    name = " · ".join(part for part in (split(origin.dataset).name, origin.area) if part)
    root = project.layerTreeRoot()
    return root.findGroup(name) or root.insertGroup(0, name)


def cite(layer: QgsMapLayer, origin: Origin) -> None:
    """Fill a layer's metadata and attribution."""
    metadata = QgsLayerMetadata()
    metadata.setTitle(origin.dataset)
    metadata.setType("dataset")
    metadata.setIdentifier(origin.link or origin.dataset)
    metadata.setAbstract(origin.citation or origin.dataset)
    metadata.setRights([line for line in (origin.credit, origin.citation) if line])
    metadata.setLicenses([_tr("Copernicus data policy: free, full and open. Name the source.")])
    metadata.setCrs(layer.crs())
    metadata.setKeywords({"CLMS": [word for word in (origin.area, origin.version) if word]})
    if origin.ordered:
        metadata.addHistoryItem(_tr("Ordered on {date}").format(date=origin.ordered))
    if origin.link:
        link = QgsLayerMetadata.Link(split(origin.dataset).name, "WWW:LINK", origin.link)
        metadata.setLinks([link])
    extent = QgsLayerMetadata.SpatialExtent()
    extent.extentCrs, extent.bounds = layer.crs(), QgsBox3d(layer.extent())
    whole = QgsLayerMetadata.Extent()
    whole.setSpatialExtents([extent])
    metadata.setExtent(whole)
    layer.setMetadata(metadata)
    set_attribution(layer, origin.credit, origin.link)


def dress(layer: QgsMapLayer, origin: Origin, alone: bool) -> None:
    """Style, name and cite one layer; alone: it is the only one of its dataset and area."""
    fields = [field.name() for field in layer.fields()] if isinstance(
        layer, QgsVectorLayer) else []
    stem = Path(layer.source().split("|")[0]).stem
    product = recognise(stem, fields) or recognise(layer.name(), fields)
    if product is not None:
        _style(layer, product)
        layer.setCustomProperty(PRODUCT, product.product)
    if alone:
        layer.setName(_layer_name(layer, origin))
    cite(layer, origin)


def _open(path: Path) -> List[QgsMapLayer]:
    if path.suffix.lower() in RASTERS:
        layers: Sequence[QgsMapLayer] = [QgsRasterLayer(str(path), path.stem)]
    else:
        details = QgsProviderRegistry.instance().querySublayers(str(path))
        options = QgsVectorLayer.LayerOptions()
        layers = [
            QgsVectorLayer(detail.uri(), detail.name() or path.stem, "ogr", options)
            for detail in details
        ]
    for layer in layers:
        if not layer.isValid():
            LOG.warning("%s does not open", path)
    return [layer for layer in layers if layer.isValid()]


def _style(layer: QgsMapLayer, product: Product) -> None:
    legend = read_legend(product.product)
    if isinstance(layer, QgsRasterLayer):
        style_raster(layer, legend)
    elif product.field and legend.kind == "categorical":
        style_polygons(layer, legend, product.field)


def _layer_name(layer: QgsMapLayer, origin: Origin) -> str:
    name = split(origin.dataset).name
    resolution = _metres(layer)
    return f"{name} ({resolution})" if resolution else name


def _metres(layer: QgsMapLayer) -> Optional[str]:
    if not isinstance(layer, QgsRasterLayer) or layer.crs().isGeographic():
        return None
    return f"{layer.rasterUnitsPerPixelX():g} m"


def _tr(text: str) -> str:
    return QCoreApplication.translate("Layers", text)
