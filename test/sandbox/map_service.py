"""A WMS (OGC 06-042 and 01-068r3) that draws the datasets of the catalogue."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, Callable, Mapping
from xml.sax.saxutils import escape

import numpy as np

from .answers import Answer, Request, page
from .formats import BASE_SYSTEMS
from .geodesy import projection
from .grids import box_polygons, projected
from .land_cover import NODATA, classes, pattern
from .pictures import legend, palette, png, ramp
from .regions import box_of

if TYPE_CHECKING:
    from .server import Sandbox

Array = np.ndarray[Any, Any]
ROOT = "/arcgis/services"
XML_TYPE = "text/xml; charset=utf-8"
SYSTEMS = ("CRS:84", *BASE_SYSTEMS)
NORTH_FIRST = ("EPSG:4326", "EPSG:4258", "EPSG:3035")
LARGEST = 4096
PATCH = 0.003  # degrees per pixel from which on patches are drawn larger


class Wrong(Exception):
    """A request that the service refuses; code as the standard names it."""

    def __init__(self, text: str, code: str = "") -> None:
        super().__init__(text)
        self.code = code


class MapService:
    """Answers all map services of the sandbox; the path tells which dataset is meant."""

    def __init__(self, sandbox: Sandbox) -> None:
        self.sandbox = sandbox

    def answer(self, request: Request) -> Answer:
        """Return capabilities, a map, a legend or what lies under a pixel."""
        record = self._record(request.path)
        if record is None:
            return page("404", "Service not found", 404)
        fields = {key.upper(): value for key, value in request.query}
        calls: dict[str, Callable[..., Answer]] = {
            "getcapabilities": self._capabilities, "getmap": self._map,
            "getfeatureinfo": self._info, "getlegendgraphic": self._legend}
        try:
            call = calls.get(fields.get("REQUEST", "").lower())
            if call is None:
                raise Wrong("Request not supported", "OperationNotSupported")
            return call(request, record, fields)
        except Wrong as wrong:
            return _report(wrong, fields)

    def _record(self, path: str) -> Mapping[str, Any] | None:
        wanted = path.lower().rstrip("/")
        for record in self.sandbox.portal_site.catalogue.datasets:
            service = str(record.get("mapviewer_viewservice") or "").replace("{host}", "")
            if service.lower().rstrip("/") == wanted:
                return record
        return None

    def _capabilities(self, request: Request, record: Mapping[str, Any],
                      fields: Mapping[str, str]) -> Answer:
        new = fields.get("VERSION", "1.3.0") != "1.1.1"
        address = escape(request.base + request.path + "?")
        layers = "".join(_layer(layer, record, new, address) for layer in _layers(record))
        text = (_CAPABILITIES_NEW if new else _CAPABILITIES_OLD).format(
            title=escape(record["title"]), address=address, layers=layers)
        return Answer(200, text.encode(), XML_TYPE)

    def _map(self, request: Request, record: Mapping[str, Any],
             fields: Mapping[str, str]) -> Answer:
        _known_layers(fields.get("LAYERS", ""), record)
        if fields.get("FORMAT", "image/png") not in ("image/png", "image/png8"):
            raise Wrong("Format not supported", "InvalidFormat")
        lon, lat = _pixels(fields)
        pixels = _table(record)[self._values(record, lon, lat)]
        if fields.get("TRANSPARENT", "FALSE").upper() != "TRUE":
            pixels[pixels[..., 3] == 0] = 255
        return Answer(200, png(pixels), "image/png")

    def _info(self, request: Request, record: Mapping[str, Any],
              fields: Mapping[str, str]) -> Answer:
        _known_layers(fields.get("QUERY_LAYERS", ""), record)
        lon, lat = _pixels(fields)
        new = fields.get("VERSION", "1.3.0") != "1.1.1"
        column = _number(fields, "I" if new else "X")
        row = _number(fields, "J" if new else "Y")
        if not (0 <= row < lon.shape[0] and 0 <= column < lon.shape[1]):
            raise Wrong("I or J lies outside the map", "InvalidPoint")
        value = int(self._values(record, lon[row:row + 1, column:column + 1],
                                 lat[row:row + 1, column:column + 1])[0, 0])
        label = {item.value: f"{item.code} {item.label}" for item in classes()}
        facts: dict[str, Any] = {"value": value}
        if _is_clc(record) and value in label:
            facts["class"] = label[value]
        return _facts(facts, fields.get("INFO_FORMAT", "text/plain"),
                      (float(lon[row, column]), float(lat[row, column])))

    def _legend(self, request: Request, record: Mapping[str, Any],
                fields: Mapping[str, str]) -> Answer:
        _known_layers(fields.get("LAYER", ""), record)
        if _is_clc(record):
            return Answer(200, legend(classes()), "image/png")
        strip = np.repeat(_table(record)[:101][::-1, None, :], 20, axis=1)
        return Answer(200, png(strip), "image/png")

    def _values(self, record: Mapping[str, Any], lon: Array, lat: Array) -> Array:
        """Return pixel values; the sea is empty except where the real raster knows it."""
        cover = self.sandbox.cover
        real = cover.real_values(lon, lat) != NODATA
        step = float(abs(lon[0, -1] - lon[0, 0])) / lon.shape[1]
        size = max(1.0, step / PATCH)
        if _is_clc(record):
            found = cover.values(lon, lat, size)
        else:
            found = (pattern(lon / size, lat / size) * 5 % 101).astype(np.uint8)
        east, north = projection("EPSG:3035")[0](np.clip(lon, -60, 80), np.clip(lat, 10, 85))
        dry = self.sandbox.archive.inventory.land.at(east, north) & ~cover.near_real(lon, lat)
        found[~(dry | real)] = NODATA
        return found


def _is_clc(record: Mapping[str, Any]) -> bool:
    return str(record["title"]).startswith("CORINE")


def _table(record: Mapping[str, Any]) -> Array:
    if _is_clc(record):
        return palette(classes())
    table = ramp((245, 245, 235), (140, 20, 40))
    table[NODATA] = 0
    return table


def _layers(record: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    return [layer for layer in record["mapviewer_layers"]["items"]
            if layer.get("id") and not layer.get("hide")]


def _known_layers(text: str, record: Mapping[str, Any]) -> None:
    names = {str(layer["id"]) for layer in _layers(record)}
    if not text:
        raise Wrong("Parameter LAYERS is missing", "MissingParameterValue")
    for name in text.split(","):
        if name not in names:
            raise Wrong(f"Layer {escape(name)} is not defined", "LayerNotDefined")


def _number(fields: Mapping[str, str], name: str) -> int:
    try:
        return int(fields[name])
    except (KeyError, ValueError) as err:
        raise Wrong(f"Parameter {name} is missing or wrong", "MissingParameterValue") from err


def _pixels(fields: Mapping[str, str]) -> tuple[Array, Array]:
    """Return longitude and latitude of all pixel centres of the asked map."""
    width, height = _number(fields, "WIDTH"), _number(fields, "HEIGHT")
    if not (0 < width <= LARGEST and 0 < height <= LARGEST):
        raise Wrong("The map is too large", "MissingParameterValue")
    new = fields.get("VERSION", "1.3.0") != "1.1.1"
    system = fields.get("CRS" if new else "SRS", "")
    if system not in SYSTEMS:
        raise Wrong(f"{escape(system)} is not supported", "InvalidCRS" if new else "InvalidSRS")
    try:
        west, south, east, north = (float(part) for part in fields.get("BBOX", "").split(","))
    except ValueError as err:
        raise Wrong("Parameter BBOX is missing or wrong", "MissingParameterValue") from err
    if new and system in NORTH_FIRST:
        west, south, east, north = south, west, north, east
    if west >= east or south >= north:
        raise Wrong("The box has no surface", "MissingParameterValue")
    x = west + (np.arange(width) + 0.5) / width * (east - west)
    y = north - (np.arange(height) + 0.5) / height * (north - south)
    lon, lat = projection(system)[1](*np.meshgrid(x, y))
    return lon, lat


def _facts(facts: Mapping[str, Any], form: str, where: tuple[float, float]) -> Answer:
    if "json" in form:
        data = {"type": "FeatureCollection", "features": [
            {"type": "Feature", "properties": facts,
             "geometry": {"type": "Point", "coordinates": where}}]}
        return Answer(200, json.dumps(data).encode(), "application/json")
    if "html" in form:
        rows = "".join(f"<tr><th>{key}</th><td>{escape(str(value))}</td></tr>"
                       for key, value in facts.items())
        return Answer(200, f"<table>{rows}</table>".encode(), "text/html; charset=utf-8")
    text = "\n".join(f"{key} = {value}" for key, value in facts.items())
    return Answer(200, text.encode(), "text/plain; charset=utf-8")


def _report(wrong: Wrong, fields: Mapping[str, str]) -> Answer:
    version = "1.1.1" if fields.get("VERSION") == "1.1.1" else "1.3.0"
    code = f' code="{wrong.code}"' if wrong.code else ""
    name = ' xmlns="http://www.opengis.net/ogc"' if version == "1.3.0" else ""
    text = (f'<?xml version="1.0" encoding="UTF-8"?>\n<ServiceExceptionReport version="{version}"'
            f"{name}><ServiceException{code}>{wrong}</ServiceException></ServiceExceptionReport>")
    return Answer(200, text.encode(), XML_TYPE)


def _layer(layer: Mapping[str, Any], record: Mapping[str, Any], new: bool, address: str) -> str:
    """Return one layer of the capabilities."""
    box = record["geographicBoundingBox"]["items"][0]
    degrees = tuple(max(-180.0, min(180.0, float(box[side])))
                    for side in ("west", "south", "east", "north"))
    name, title = escape(str(layer["id"])), escape(str(layer["title"]).strip())
    picture = (f'<LegendURL width="52" height="708"><Format>image/png</Format><OnlineResource'
               ' xmlns:xlink="http://www.w3.org/1999/xlink" xlink:type="simple" xlink:href="'
               f'{address}request=GetLegendGraphic&amp;version=1.3.0&amp;format=image/png&amp;'
               f'layer={name}"/></LegendURL>')
    style = f"<Style><Name>default</Name><Title>default</Title>{picture}</Style>"
    head = f'<Layer queryable="1"><Name>{name}</Name><Title>{title}</Title>'
    tag, kind = ("CRS", "CRS") if new else ("SRS", "SRS")
    systems = SYSTEMS if new else BASE_SYSTEMS
    boxes = "".join(_bounding_box(system, degrees, kind, new) for system in systems)
    if new:
        names = ("westBoundLongitude", "southBoundLatitude", "eastBoundLongitude",
                 "northBoundLatitude")
        values = dict(zip(names, degrees))
        place = "".join(f"<{key}>{values[key]}</{key}>" for key in (names[0], names[2], names[1],
                                                                    names[3]))
        place = f"<EX_GeographicBoundingBox>{place}</EX_GeographicBoundingBox>"
    else:
        place = '<LatLonBoundingBox minx="{}" miny="{}" maxx="{}" maxy="{}"/>'.format(*degrees)
    listed = "".join(f"<{tag}>{system}</{tag}>" for system in systems)
    return f"{head}{listed}{place}{boxes}{style}</Layer>"


def _bounding_box(system: str, degrees: tuple[float, ...], kind: str, new: bool) -> str:
    west, south, east, north = degrees
    epsg = 4326 if system == "CRS:84" else int(system.rpartition(":")[2])
    if epsg == 3035:
        west, south, east, north = max(west, -35), max(south, 25), min(east, 45), min(north, 72)
    box = box_of(projected(box_polygons((west, south, east, north)), epsg, 2.0))
    if new and system in NORTH_FIRST:
        box = (box[1], box[0], box[3], box[2])
    return (f'<BoundingBox {kind}="{system}" minx="{box[0]:.6f}" miny="{box[1]:.6f}"'
            f' maxx="{box[2]:.6f}" maxy="{box[3]:.6f}"/>')


_ONLINE = ('<OnlineResource xmlns:xlink="http://www.w3.org/1999/xlink" xlink:type="simple"'
           ' xlink:href="{address}"/>')
_DCP = f"<DCPType><HTTP><Get>{_ONLINE}</Get></HTTP></DCPType>"
_REQUESTS = (
    "<Capability><Request>"
    f"<GetCapabilities><Format>%(xml)s</Format>{_DCP}</GetCapabilities>"
    f"<GetMap><Format>image/png</Format>{_DCP}</GetMap>"
    "<GetFeatureInfo><Format>application/json</Format><Format>text/html</Format>"
    f"<Format>text/plain</Format>{_DCP}</GetFeatureInfo></Request>"
    "<Exception><Format>%(errors)s</Format></Exception>"
    "<Layer><Title>{title}</Title>{layers}</Layer></Capability>")
_CAPABILITIES_NEW = (
    '<?xml version="1.0" encoding="UTF-8"?>\n'
    '<WMS_Capabilities version="1.3.0" xmlns="http://www.opengis.net/wms">'
    f"<Service><Name>WMS</Name><Title>{{title}}</Title>{_ONLINE}<MaxWidth>{LARGEST}</MaxWidth>"
    f"<MaxHeight>{LARGEST}</MaxHeight></Service>"
    + _REQUESTS % {"xml": "text/xml", "errors": "XML"} + "</WMS_Capabilities>")
_CAPABILITIES_OLD = (
    '<?xml version="1.0" encoding="UTF-8"?>\n<WMT_MS_Capabilities version="1.1.1">'
    f"<Service><Name>OGC:WMS</Name><Title>{{title}}</Title>{_ONLINE}</Service>"
    + _REQUESTS % {"xml": "application/vnd.ogc.wms_xml",
                   "errors": "application/vnd.ogc.se_xml"} + "</WMT_MS_Capabilities>")
