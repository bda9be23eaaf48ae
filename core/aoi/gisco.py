"""Outlines of NUTS regions and countries, fetched once from Eurostat's GISCO and kept."""

from __future__ import annotations

import json
import logging
from pathlib import Path
from typing import Any, Mapping, Protocol
from urllib.parse import urlsplit

from ..errors import AreaError, BadAnswer, DiskFull, ServiceError
from ..files import write_whole
from ..ports import Stop, never
from .area import Area
from .nuts import NutsIndex, Region
from .shapes import area_from_geojson

ATTRIBUTION = "© EuroGeographics for the administrative boundaries"
"""What every map that shows these outlines must say."""
LOG = logging.getLogger("clms_explorer.aoi")
_COUNTRY_EDITION = "2020"


class JsonSource(Protocol):
    """The part of core.http that is needed here."""

    def get_json(self, url: str, *, stop: Stop = never) -> Any:
        """Return the parsed answer."""
        ...


class NutsShapes:
    """Areas by code. base: GISCO's NUTS address; the country outlines lie beside it."""

    def __init__(
        self, http: JsonSource, base: str, cache_folder: Path, index: NutsIndex | None = None
    ) -> None:
        self._http = http
        self._base = base.rstrip("/")
        self._folder = cache_folder
        self._index = index or NutsIndex()

    def area(self, code: str, stop: Stop = never) -> Area:
        """Return the area of a region, from the folder or from GISCO.

        Raise AreaError("unknown") for a code that does not exist; NoConnection, ServiceError,
        BadAnswer, Cancelled.
        """
        region = self._index.region(code)
        if region is None:
            raise AreaError("unknown", code=code)
        name = _file_name(region)
        kept = self._folder / name
        area = _read(kept, region)
        if area is None:
            url = f"{self._address(region)}/distribution/{name}"
            data = self._fetch(url, region, stop)
            try:
                area = _area(data, region)
            except AreaError as err:
                raise BadAnswer("shape", err.reason, host=urlsplit(url).hostname) from err
            _write(kept, data)
        return area

    def _address(self, region: Region) -> str:
        if region.in_nuts:
            return self._base
        return f"{self._base.rsplit('/', 1)[0]}/countries"

    def _fetch(self, url: str, region: Region, stop: Stop) -> Mapping[str, Any]:
        try:
            data = self._http.get_json(url, stop=stop)
        except ServiceError as err:
            if err.facts.get("status") == 404:
                raise AreaError("unknown", code=region.code) from err
            raise
        if not isinstance(data, dict):
            raise BadAnswer("shape", host=urlsplit(url).hostname)
        return data


def _file_name(region: Region) -> str:
    """Return the name of the file with the finest outline (1:1 million, degrees)."""
    edition = _COUNTRY_EDITION
    if region.in_nuts:
        edition = "2021" if "2021" in region.releases else region.releases[-1]
    return f"{region.code}-region-01m-4326-{edition}.geojson"


def _area(data: Mapping[str, Any], region: Region) -> Area:
    """Return the area; a region that the portal does not know by code is a mere polygon."""
    kind = "nuts" if region.level else "country"
    return area_from_geojson(
        data, region.name, kind if region.portal_code else "polygon", code=region.portal_code)


def _read(path: Path, region: Region) -> Area | None:
    """Return the area of a kept file; None if there is none or it is damaged."""
    try:
        return _area(json.loads(path.read_text(encoding="utf-8")), region)
    except (OSError, ValueError, AreaError):
        return None


def _write(path: Path, data: Mapping[str, Any]) -> None:
    """Keep an answer; a folder that cannot be written to only costs the next fetch."""
    try:
        write_whole(path, json.dumps(data).encode())
    except DiskFull as err:
        LOG.warning("The outline %s is not kept: %s", path.name, err)
