"""The addresses under which QGIS's providers open the layers of a map service."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any, Dict, List, Mapping, Sequence
from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit

from qgis.core import QgsDataSourceUri

from ...core.clms.models import MapService
from ...core.errors import BadAnswer
from .capabilities import (
    Offer,
    best_format,
    best_matrix_set,
    best_system,
    read_wms,
    read_wmts,
)
from .fetch import fetch

MOST_LAYERS = 20
"""So many layers are opened at most if a service is wanted as a whole."""
_OGC = {"service", "request", "version"}
_PLACES = {"{level}": "{z}", "{col}": "{x}", "{row}": "{y}"}


@dataclass(frozen=True)
class Address:
    """One layer to open. in_time: it has a time dimension that QGIS can follow.

    vector: it has features instead of pictures.
    """

    provider: str
    uri: str
    name: str
    in_time: bool = False
    vector: bool = False


def addresses(service: MapService, layer_ids: Sequence[str], system: str) -> List[Address]:
    """Ask a service what it offers and return the addresses of the wanted layers.

    layer_ids: ids of the record, none = all. system: the one of the map, taken where offered.
    Raise NoConnection, ServiceError, NotAllowed or BadAnswer.
    """
    makers = {"wms": _wms, "wmts": _wmts, "arcgis-map": _arcgis_map,
              "arcgis-feature": _arcgis_feature, "json": _tiles}
    return makers[service.kind](service, list(layer_ids), system)


def _wms(service: MapService, layer_ids: List[str], system: str) -> List[Address]:
    url = without(service.url, _OGC)
    asked = joined(url, {"service": "WMS", "request": "GetCapabilities", "version": "1.3.0"})
    host = _host(url)
    return [_wms_address(url, offer, system, name)
            for offer, name in _chosen(read_wms(fetch(asked), host), service, layer_ids, host)]


def _wms_address(url: str, offer: Offer, system: str, name: str) -> Address:
    fields = {
        "contextualWMSLegend": "0", "crs": best_system(offer.systems, system), "dpiMode": "7",
        "featureCount": "10", "format": best_format(offer.formats), "layers": offer.name,
        "styles": "", "url": url}
    if offer.time:
        fields.update({
            "type": "wmst", "timeDimensionExtent": offer.time, "allowTemporalUpdates": "true",
            "temporalSource": "provider"})
    return Address("wms", encoded(fields), name, in_time=bool(offer.time))


def _wmts(service: MapService, layer_ids: List[str], system: str) -> List[Address]:
    url, host = without(service.url, _OGC), _host(service.url)
    if not url.lower().endswith(".xml"):
        url = joined(url, {"service": "WMTS", "request": "GetCapabilities", "version": "1.0.0"})
    found = []
    for offer, name in _chosen(read_wmts(fetch(url), host), service, layer_ids, host):
        fields = {
            "crs": "EPSG:3857", "dpiMode": "7", "format": best_format(offer.formats),
            "layers": offer.name, "styles": offer.style,
            "tileMatrixSet": best_matrix_set(offer.systems), "url": url}
        if offer.dimension:
            fields["tileDimensions"] = f"{offer.dimension}={offer.default}"
        found.append(Address("wms", encoded(fields), name))
    return found


def _arcgis_map(service: MapService, layer_ids: List[str], system: str) -> List[Address]:
    url = _bare(service.url)
    answer = _json(joined(url, {"f": "json"}), _host(url))
    if not layer_ids or url.lower().endswith("imageserver"):
        name = dict(service.layers).get(layer_ids[0]) if layer_ids else ""
        name = name or answer.get("mapName") or answer.get("name") or url.split("/")[-2]
        return [Address("arcgismapserver", _arcgis_uri(url, ""), str(name))]
    return [Address("arcgismapserver", _arcgis_uri(url, offer.name), name)
            for offer, name in _chosen(_arcgis_offers(answer), service, layer_ids, _host(url))]


def _arcgis_feature(service: MapService, layer_ids: List[str], system: str) -> List[Address]:
    url = _bare(service.url)
    if url.lower().endswith("imageserver"):
        return _arcgis_map(service, layer_ids, system)
    offers = _arcgis_offers(_json(joined(url, {"f": "json"}), _host(url)))
    return [Address("arcgisfeatureserver", _arcgis_uri(f"{url}/{offer.name}", None), name,
                    vector=True)
            for offer, name in _chosen(offers, service, layer_ids, _host(url))]


def _arcgis_offers(answer: Mapping[str, Any]) -> List[Offer]:
    """Return the layers of the description of an ArcGIS service."""
    rows = answer.get("layers")
    return [Offer(str(row.get("id", "")), str(row.get("name", "")), (), ())
            for row in (rows if isinstance(rows, list) else ()) if isinstance(row, Mapping)]


def _tiles(service: MapService, layer_ids: List[str], system: str) -> List[Address]:
    """Return the tile layers of a JSON description (clms-api.md section 10.2, number 1)."""
    host = _host(service.url)
    layers = _json(service.url, host).get("Layers")
    if not isinstance(layers, Mapping):
        raise BadAnswer("shape", "no layers", host=host)
    offers = [Offer(str(key), str(key), (), ()) for key in layers]
    found = []
    for offer, name in _chosen(offers, service, layer_ids, host):
        found += _tile_addresses(layers[offer.name], name, host)
    return found


def _tile_addresses(value: Any, name: str, host: str) -> List[Address]:
    """Return one address, or two where far and near zooms have tiles of their own."""
    if isinstance(value, Mapping):
        parts = [(value.get("longZoom"), 0, 9), (value.get("shortZoom"), 10, 18)]
    else:
        parts = [(value, 0, 18)]
    found = []
    for template, lowest, highest in parts:
        url = str(template or "")
        for theirs, ours in _PLACES.items():
            url = url.replace(theirs, ours)
        if isinstance(value, Mapping):
            url = url.replace("{y}", "{-y}")
        if not ("{z}" in url and "{x}" in url and "y}" in url):
            raise BadAnswer("shape", "no tile address", host=host)
        found.append(Address("wms", encoded({
            "type": "xyz", "url": url, "zmin": str(lowest), "zmax": str(highest)}), name))
    return found


def _chosen(
    offers: Sequence[Offer], service: MapService, layer_ids: Sequence[str], host: str
) -> List[tuple[Offer, str]]:
    """Return the wanted ones of what is offered, each with the name that the record gives it."""
    titles = dict(service.layers)
    wanted = list(layer_ids) or [name for name, _title in service.layers]
    if not wanted:
        return [(offer, offer.title or offer.name) for offer in offers[:MOST_LAYERS]]
    by_name = {offer.name: offer for offer in reversed(offers)}
    by_title = {offer.title.casefold(): offer for offer in reversed(offers)}
    found = []
    for name in wanted:
        title = titles.get(name, "")
        offer = by_name.get(name) or by_title.get((title or name).casefold())
        if offer is not None:
            found.append((offer, title or offer.title or offer.name))
    if not found:
        raise BadAnswer("shape", f"no layer {', '.join(wanted)}", host=host)
    return found


def without(url: str, names: set[str]) -> str:
    """Return an address without some fields of its query."""
    parts = urlsplit(url)
    kept = [(key, value) for key, value in parse_qsl(parts.query, keep_blank_values=True)
            if key.lower() not in names]
    return urlunsplit((parts.scheme, parts.netloc, parts.path, urlencode(kept), ""))


def joined(url: str, fields: Dict[str, str]) -> str:
    """Return an address with fields added to its query."""
    return f"{url}{'&' if '?' in url else '?'}{urlencode(fields)}"


def encoded(fields: Mapping[str, str]) -> str:
    """Return fields as the WMS provider takes them."""
    uri = QgsDataSourceUri()
    for name, value in fields.items():
        uri.setParam(name, value)
    return bytes(uri.encodedUri()).decode()


def _arcgis_uri(url: str, layer: str | None) -> str:
    uri = QgsDataSourceUri()
    uri.setParam("crs", "EPSG:3857")
    if layer is not None:
        uri.setParam("format", "PNG32")
        uri.setParam("layer", layer)
    uri.setParam("url", url)
    return uri.uri(False)


def _json(url: str, host: str) -> Mapping[str, Any]:
    """Return the JSON object at an address; ArcGIS reports errors with status 200."""
    try:
        answer = json.loads(fetch(url))
    except (ValueError, RecursionError) as err:
        raise BadAnswer("json", type(err).__name__, host=host) from err
    if not isinstance(answer, Mapping) or "error" in answer:
        raise BadAnswer("shape", "the service reports an error", host=host)
    return answer


def _bare(url: str) -> str:
    """Return an address without query and last slash."""
    return url.partition("?")[0].rstrip("/")


def _host(url: str) -> str:
    return urlsplit(url).hostname or url
