"""GISCO's distribution of NUTS shapes."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any, Iterable

from .answers import Answer, Request, page
from .regions import Region, Regions

ROOT = "/distribution/v2/nuts"
GEOJSON_TYPE = "application/geo+json"


class Gisco:
    """Serves single regions and whole levels."""

    def __init__(self, data: Path | None) -> None:
        self._data = data
        self._regions: Regions | None = None

    @property
    def regions(self) -> Regions:
        """Return all regions; read at first use."""
        if self._regions is None:
            self._regions = Regions(self._data)
        return self._regions

    def name(self, code: str) -> str:
        """Return the name of a region, or its code."""
        return self.regions.name(code)

    def answer(self, request: Request) -> Answer:
        """Return a region or a level; 404 for everything else."""
        name = request.path[len(ROOT):]
        if request.method not in ("GET", "HEAD"):
            return page("405", "Method Not Allowed", 405)
        one = re.fullmatch(r"/distribution/(\w+)-region-(01m|\d\dm)-4326-2021\.geojson", name)
        many = re.fullmatch(r"/geojson/NUTS_RG_\d\dM_2021_4326(?:_LEVL_([0-3]))?\.geojson", name)
        if one:
            region = self.regions.get(one.group(1))
            if region:
                return _collection([region])
        if many:
            level = many.group(1)
            return _collection(self.regions.all(int(level) if level else None))
        return page("404 Not Found", "<p>nginx</p>", 404)


def _collection(regions: Iterable[Region]) -> Answer:
    data: dict[str, Any] = {
        "type": "FeatureCollection", "features": [region.feature() for region in regions],
        "crs": {"type": "name", "properties": {"name": "urn:ogc:def:crs:EPSG::4326"}}}
    text = json.dumps(data, ensure_ascii=False, separators=(",", ":"))
    return Answer(200, text.encode(), GEOJSON_TYPE)
