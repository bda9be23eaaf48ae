"""How large an order will be, before it is sent.

The portal tells no sizes of orders by area. One byte per pixel of the area is what its
compressed land cover and density rasters come to, within a factor of two or so.
"""

from __future__ import annotations

import math
import re
from datetime import date

from ..aoi.area import Area
from ..clms.models import Collection, Dataset
from ..clms.titles import split
from ..clms.values import metres

_RASTERS = ("Geotiff", "Netcdf")
_EVERY = re.compile(r"every (\d+) (day|month|year|hour)s?$")
_DAYS = {"hour": 1 / 24, "day": 1.0, "month": 30.4, "year": 365.0}
_RHYTHMS = {"hourly": 1 / 24, "daily": 1.0, "weekly": 7.0, "monthly": 30.4, "yearly": 365.0}
_SIZE = re.compile(r"(\d+(?:[.,]\d+)?)\s*(kB|MB|GB|TB)", re.I)
_FACTORS = {"kb": 1e3, "mb": 1e6, "gb": 1e9, "tb": 1e12}


def order_bytes(
    dataset: Dataset, collection: Collection, area: Area, layer: str = "", start: str = "",
    end: str = "",
) -> int:
    """Return about how many bytes an order by area brings, 0 if that cannot be told.

    layer: "" = all layers of the collection. start, end: ISO dates of a time series.
    """
    length = metres(collection.title)
    if math.isinf(length):
        length = metres(dataset.resolution)
    if collection.format not in _RASTERS or math.isinf(length):
        return 0
    layers = 1 if layer else max(1, len(collection.layers))
    dates = date_count(dataset, start, end) if start and end else 1
    return round(area.km2 * 1e6 / length ** 2) * layers * dates


def date_count(dataset: Dataset, start: str, end: str) -> int:
    """Return about how many dates a time series has in a range; 0 if its rhythm is not known."""
    for fact in split(dataset.title).facts:
        every = _EVERY.match(fact)
        step = float(every.group(1)) * _DAYS[every.group(2)] if every else _RHYTHMS.get(fact)
        if step:
            days = (date.fromisoformat(end) - date.fromisoformat(start)).days + 1
            return max(1, round(days / step))
    return 0


def packaged_bytes(size: str) -> int:
    """Return the bytes of a prepackaged file from the portal's text ("125 MB"), 0 if unknown."""
    match = _SIZE.search(size)
    if match is None:
        return 0
    return round(float(match.group(1).replace(",", ".")) * _FACTORS[match.group(2).lower()])
