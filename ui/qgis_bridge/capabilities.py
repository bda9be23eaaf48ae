"""What a WMS or WMTS says it offers (OGC 06-042, 01-068r3, 07-057r7)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Dict, Iterator, List, Sequence, Tuple

from qgis.PyQt.QtCore import QByteArray, QXmlStreamReader

from ...core.errors import BadAnswer

_MERCATOR = ("googlemapscompatible", "3857", "900913", "webmercator", "popularwebmercator")


@dataclass(frozen=True)
class Offer:
    """A layer of a service.

    systems: coordinate reference systems (WMS) or tile matrix sets (WMTS). style: the default
    one of a WMTS; a WMS chooses its own. time: the text of its time dimension, as it came;
    dimension: the name of it, and default: the value it has if none is asked for.
    """

    name: str
    title: str
    systems: Tuple[str, ...]
    formats: Tuple[str, ...]
    style: str = ""
    dimension: str = ""
    time: str = ""
    default: str = ""


class Element:
    """An XML element without its name space."""

    def __init__(self, name: str, attributes: Dict[str, str]) -> None:
        self.name = name
        self.attributes = attributes
        self.text = ""
        self.children: List[Element] = []

    def all(self, *path: str) -> Iterator[Element]:
        """Yield the elements at a path below this one."""
        if not path:
            yield self
            return
        for child in self.children:
            if child.name == path[0]:
                yield from child.all(*path[1:])

    def words(self, *path: str) -> List[str]:
        """Return the texts of the elements at a path."""
        return [element.text.strip() for element in self.all(*path) if element.text.strip()]

    def word(self, *path: str) -> str:
        """Return the first text at a path, "" if there is none."""
        return next(iter(self.words(*path)), "")


def read_xml(data: bytes, host: str) -> Element:
    """Return the root of a document; BadAnswer if it is broken or no XML."""
    reader = QXmlStreamReader(QByteArray(data))
    top = Element("", {})
    open_elements = [top]
    while not reader.atEnd():
        token = reader.readNext()
        if token == QXmlStreamReader.TokenType.StartElement:
            attributes = {item.name(): item.value() for item in _attributes(reader)}
            element = Element(str(reader.name()), attributes)
            open_elements[-1].children.append(element)
            open_elements.append(element)
        elif token == QXmlStreamReader.TokenType.EndElement:
            open_elements.pop()
        elif token == QXmlStreamReader.TokenType.Characters:
            open_elements[-1].text += str(reader.text())
    if reader.hasError() or not top.children:
        kind = "html" if b"<html" in data[:2000].lower() else "shape"
        raise BadAnswer(kind, reader.errorString(), host=host)
    return top.children[0]


def read_wms(data: bytes, host: str) -> List[Offer]:
    """Return the layers of a WMS that can be drawn; BadAnswer if it names none."""
    root = read_xml(data, host)
    formats = tuple(root.words("Capability", "Request", "GetMap", "Format"))
    offers = [offer for layer in root.all("Capability", "Layer")
              for offer in _wms_layers(layer, (), _NO_TIME, formats)]
    if not offers:
        raise BadAnswer("shape", root.word("ServiceException") or "no layers", host=host)
    return offers


def read_wmts(data: bytes, host: str) -> List[Offer]:
    """Return the layers of a WMTS; BadAnswer if it names none."""
    root = read_xml(data, host)
    offers = []
    for layer in root.all("Contents", "Layer"):
        styles = list(layer.all("Style"))
        chosen = [style for style in styles if style.attributes.get("isDefault") == "true"]
        dimension = next(layer.all("Dimension"), _NO_TIME)
        offers.append(Offer(
            layer.word("Identifier"), layer.word("Title"),
            tuple(layer.words("TileMatrixSetLink", "TileMatrixSet")),
            tuple(layer.words("Format")),
            next((style.word("Identifier") for style in chosen or styles), ""),
            dimension.word("Identifier"), ",".join(dimension.words("Value")),
            dimension.word("Default") or next(iter(dimension.words("Value")), "")))
    if not offers:
        raise BadAnswer("shape", root.word("Exception", "ExceptionText") or "no layers",
                        host=host)
    return offers


def best_system(offered: Sequence[str], wanted: str) -> str:
    """Return the system to ask for: the map's, else the usual ones of the web."""
    for system in (wanted, "EPSG:3857", "EPSG:3035", "EPSG:4326", "CRS:84"):
        if system in offered:
            return system
    return offered[0] if offered else "EPSG:3857"


def best_matrix_set(offered: Sequence[str]) -> str:
    """Return the tile matrix set in web Mercator, else the first."""
    return next((name for name in offered if any(word in name.lower() for word in _MERCATOR)),
                next(iter(offered), ""))


def best_format(offered: Sequence[str]) -> str:
    """Return the picture format to ask for: one that can be clear."""
    wanted = ("image/png", "image/png32", "image/png; mode=8bit", "image/png8", "image/gif")
    return next((name for name in wanted if name in offered),
                next((name for name in offered if name.startswith("image/")), "image/png"))


_NO_TIME = Element("", {})


def _wms_layers(
    layer: Element, systems: Tuple[str, ...], time: Element, formats: Tuple[str, ...]
) -> Iterator[Offer]:
    """Yield the named layers; a layer inherits systems and dimensions from the ones around it."""
    own = [name for text in layer.words("CRS") + layer.words("SRS") for name in text.split()]
    systems = tuple(dict.fromkeys((*systems, *own)))
    time = _time_of(layer) or time
    children = list(layer.all("Layer"))
    if layer.word("Name") and not children:
        yield Offer(
            layer.word("Name"), layer.word("Title"), systems, formats, "",
            "time" if time.text.strip() else "", "".join(time.text.split()),
            time.attributes.get("default", ""))
    for child in children:
        yield from _wms_layers(child, systems, time, formats)


def _time_of(layer: Element) -> Element | None:
    """Return the time dimension of a layer: in 1.3.0 a Dimension, in 1.1.1 an Extent."""
    elements = [*layer.all("Extent"), *layer.all("Dimension")]
    return next((element for element in elements
                 if element.attributes.get("name", "").lower() == "time"
                 and element.text.strip()), None)


def _attributes(reader: QXmlStreamReader) -> Iterator[object]:
    attributes = reader.attributes()
    return (attributes.at(number) for number in range(attributes.count()))
