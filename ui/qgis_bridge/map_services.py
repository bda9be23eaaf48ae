"""Map services of datasets as layers: right provider, name, legend, credit; no account needed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Callable, List, Sequence
from urllib.parse import urlsplit

from qgis.core import (
    QgsMapLayer,
    QgsProject,
    QgsRasterLayer,
    QgsVectorLayer,
)
from qgis.PyQt.QtCore import QCoreApplication

from ...core.clms.models import Dataset, MapService
from ...core.errors import BadAnswer, Cancelled
from ...core.ports import Stop, never
from ..compat import alive
from .layers import Origin, cite, group_for
from .service_addresses import Address, addresses
from .tasks import TaskRunner

SERVICE = "clms_explorer/map_service"
"""Custom property of a layer of a map service: the UID of its dataset."""
_PORTAL = "https://land.copernicus.eu"


@dataclass(frozen=True)
class Wish:
    """What to open. layer_ids: () = the service as a whole. system: of the map ("EPSG:3035")."""

    dataset: Dataset
    service: MapService
    layer_ids: Sequence[str] = ()
    system: str = ""


def add_map_service(
    dataset: Dataset, service: MapService, layer_ids: Sequence[str], project: QgsProject,
    opacity: float = 1.0,
) -> List[QgsMapLayer]:
    """Open layers of a map service and add them; it waits for the service.

    For scripts and algorithms; a window uses start_map_service(). Main thread.
    Raise NoConnection, ServiceError, NotAllowed, or BadAnswer if it is no such service or has
    none of the layers.
    """
    wish = Wish(dataset, service, tuple(layer_ids), project.crs().authid())
    return place_layers(open_layers(wish), dataset, project, opacity)


def start_map_service(
    runner: TaskRunner, dataset: Dataset, service: MapService, layer_ids: Sequence[str],
    project: QgsProject, done: Callable[[List[QgsMapLayer]], None],
    failed: Callable[[BaseException], None], opacity: float = 1.0,
) -> None:
    """Open layers of a map service in a task, then add them; done or failed follows."""
    wish = Wish(dataset, service, tuple(layer_ids), project.crs().authid())

    def work(stop: Stop, _progress: Callable[[float], None]) -> List[QgsMapLayer]:
        layers = open_layers(wish, stop)
        for layer in layers:
            layer.moveToThread(QCoreApplication.instance().thread())
        return layers

    def finish(layers: List[QgsMapLayer]) -> None:
        if alive(project):
            done(place_layers(layers, dataset, project, opacity))

    runner.start(_tr("Open a map service"), work, finish, failed)


def open_layers(wish: Wish, stop: Stop = never) -> List[QgsMapLayer]:
    """Return layers of a service, not in any project. Any thread; it waits for the service."""
    host = urlsplit(wish.service.url).hostname or wish.service.url
    layers = []
    for address in addresses(wish.service, wish.layer_ids, wish.system):
        if stop():
            raise Cancelled()
        layer = _open(address)
        if not layer.isValid():
            raise BadAnswer("shape", _trouble(layer), host=host)
        layers.append(layer)
    return layers


def place_layers(
    layers: Sequence[QgsMapLayer], dataset: Dataset, project: QgsProject, opacity: float = 1.0
) -> List[QgsMapLayer]:
    """Name, cite and add layers to the dataset's group. Main thread."""
    origin = Origin(
        dataset.title, citation=dataset.citation, credit=dataset.licence, version=dataset.version,
        link=_PORTAL + dataset.path if dataset.path else "")
    group = group_for(project, origin)
    for layer in layers:
        cite(layer, origin)
        layer.setCustomProperty(SERVICE, dataset.uid)
        layer.setOpacity(opacity)
        project.addMapLayer(layer, False)
        group.addLayer(layer)
    return list(layers)


def _open(address: Address) -> QgsMapLayer:
    if address.vector:
        return QgsVectorLayer(address.uri, address.name, address.provider)
    layer = QgsRasterLayer(address.uri, address.name, address.provider)
    time = layer.temporalProperties()
    if address.in_time and time is not None and layer.isValid():
        time.setIsActive(True)
    return layer


def _trouble(layer: QgsMapLayer) -> str:
    """Return why a layer does not open; asking a vector layer itself crashes QGIS 3.22."""
    provider = layer.dataProvider()
    return provider.error().summary() if provider is not None else ""


def _tr(text: str) -> str:
    return QCoreApplication.translate("MapServices", text)
