"""Records of the CLMS catalogue as plain, frozen objects."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Collection:
    """One way in which a dataset can be ordered by area.

    id: DatasetDownloadInformationID. format: token of the conversion table ("Geotiff", "GDB"…).
    source: "EEA", "CDSE", "LANDCOVER"…. layers: bands, verbatim, blanks included.
    """

    id: str
    name: str
    title: str
    format: str
    source: str
    layers: tuple[str, ...] = ()
    byoc: str = ""


@dataclass(frozen=True)
class PackagedFile:
    """A ready file of a dataset. columns: the dataset's own columns, in their order."""

    id: str
    title: str
    size: str
    columns: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True)
class MapService:
    """A map service of a dataset. kind: "wms", "wmts", "arcgis-map", "arcgis-feature", "json"."""

    kind: str
    url: str
    layers: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True)
class Dataset:
    """One entry of the catalogue. Empty strings and tuples stand for what the record lacks.

    For name and facts of a title ("Raster 100 m") see core.clms.titles.
    path: path of the record below the portal's API, without host ("/en/products/…").
    boxes: (west, south, east, north) in degrees, one or more.
    start, end: ISO dates, "" = not known or going on.
    thumbnail: path of a small picture below the portal's API, "" = none.
    modified, published: ISO dates of the record and of its publication.
    limit_days: longest time range of an order in days, 0 = no time range allowed.
    raw: the record as it came, for what has no field of its own.
    """

    uid: str
    title: str
    path: str
    product: str = ""
    component: str = ""
    description: str = ""
    resolution: str = ""
    representation: str = ""
    projection: str = ""
    update_frequency: str = ""
    start: str = ""
    end: str = ""
    boxes: tuple[tuple[float, float, float, float], ...] = ()
    collections: tuple[Collection, ...] = ()
    files: tuple[PackagedFile, ...] = ()
    services: tuple[MapService, ...] = ()
    downloadable: bool = False
    by_area: bool = False
    time_series: bool = False
    limit_days: int = 0
    version: str = ""
    doi: str = ""
    citation: str = ""
    licence: str = ""
    thumbnail: str = ""
    modified: str = ""
    published: str = ""
    raw: Any = None

    @property
    def is_egms(self) -> bool:
        """Return whether it belongs to the European Ground Motion Service."""
        return "european-ground-motion-service" in self.path or self.title.startswith(
            "European Ground Motion Service")

    @property
    def in_archive(self) -> bool:
        """Return whether its files come from the EGMS archive; EGMS's GNSS model does not."""
        return self.is_egms and "gnss" not in self.title.lower()

    @property
    def elsewhere(self) -> bool:
        """Return whether nothing of it can be ordered here."""
        return not (self.by_area or self.files or self.in_archive)
