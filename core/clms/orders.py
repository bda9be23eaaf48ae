"""From a cart item to what the portal is sent.

The portal accepts much that makes no sense (inverted boxes, flat ones, an empty region) and then
works on it for hours or delivers the wrong thing; that is refused here.
"""

from __future__ import annotations

import re
from datetime import date, datetime, timezone
from typing import Any

from ..aoi.area import Area
from ..cart.item import CartItem
from ..errors import AreaError, OrderRefused
from .formats import (
    BASE_SYSTEMS, LABELS, TARGETS, ZONE_SYSTEMS, default_format, default_system, offered_systems,
)
from .models import Collection, Dataset
from .values import items, text

MOST_FILES = 100
_CODE = re.compile(r"[A-Z]{2}[A-Z0-9]{0,3}")
_DECIMALS = 7


def request_of(item: CartItem, dataset: Dataset | None) -> dict[str, Any]:
    """Return {"Datasets": […]} as the portal reads it, and what is needed to find it again.

    dataset: the catalogue's record; without it only what the item itself tells is checked.
    Raise AreaError or OrderRefused("invalid") with the reason in detail.
    """
    if not item.dataset:
        raise _refused("the dataset is not known")
    if item.files:
        return {"Datasets": _file_items(item, dataset)}
    if not item.collection:
        raise _refused("no collection is chosen")
    collection = _collection(item, dataset)
    row: dict[str, Any] = {
        "DatasetID": item.dataset,
        "DatasetDownloadInformationID": item.collection,
        "OutputFormat": _format(item, collection),
        "OutputGCS": _system(item, dataset),
        **area_of(item.area),
        **_dates(item, dataset, collection),
        **_layer(item, collection),
    }
    request: dict[str, Any] = {"Datasets": [row]}
    if collection and collection.source == "CDSE":
        request["asynchronous"] = True
    elif dataset:
        request["path"] = _stored_path(dataset, item.collection)
    return request


def area_of(area: Area | None) -> dict[str, Any]:
    """Return {"NUTS": code} or {"BoundingBox": [west, north, east, south]}.

    Raise AreaError: "empty" (no area), "unknown" (a code the portal cannot know), "invalid" (a
    box without surface). An Area is never out of range.
    """
    if area is None:
        raise AreaError("empty")
    if area.kind in ("nuts", "country"):
        if not _CODE.fullmatch(area.code):
            raise AreaError("unknown", code=area.code)
        return {"NUTS": area.code}
    if _crosses_antimeridian(area):
        raise _refused("the area lies on both sides of the antimeridian: order its parts alone")
    west, south, east, north = (round(side, _DECIMALS) for side in area.bbox)
    if not west < east or not south < north:
        raise AreaError("invalid")
    return {"BoundingBox": [west, north, east, south]}


def _crosses_antimeridian(area: Area) -> bool:
    """Return whether an area is cut at ±180°, so that its box would go around the world."""
    parts = getattr(area.geometry, "geoms", [area.geometry])
    spans = [(part.bounds[0], part.bounds[2]) for part in parts]
    ends = any(east >= 180 for _west, east in spans), any(west <= -180 for west, _east in spans)
    return all(ends) and all(east - west < 180 for west, east in spans)


def _file_items(item: CartItem, dataset: Dataset | None) -> list[dict[str, Any]]:
    ids = list(dict.fromkeys(item.files))
    if not all(isinstance(one, str) and one.strip() for one in ids):
        raise _refused("a file without an id")
    if len(ids) > MOST_FILES:
        raise _refused(f"more than {MOST_FILES} files in one order")
    if dataset and not set(ids) <= {file.id for file in dataset.files}:
        raise _refused("a file that the dataset does not have")
    return [{"DatasetID": item.dataset, "FileID": one} for one in ids]


def _collection(item: CartItem, dataset: Dataset | None) -> Collection | None:
    if dataset is None:
        return None
    for collection in dataset.collections:
        if collection.id == item.collection:
            return collection
    raise _refused("a collection that the dataset does not have")


def _format(item: CartItem, collection: Collection | None) -> str:
    if collection is None:
        if item.format not in LABELS:
            raise _refused(f"no such format: “{item.format}”")
        return item.format
    wanted = item.format or default_format(collection.format)
    if wanted not in TARGETS.get(collection.format, ()):
        raise _refused(f"{collection.format} cannot be delivered as “{wanted}”")
    return wanted


def _system(item: CartItem, dataset: Dataset | None) -> str:
    offered = offered_systems(dataset.projection) if dataset else BASE_SYSTEMS + ZONE_SYSTEMS
    wanted = item.crs or default_system(dataset.projection if dataset else "")
    if wanted not in offered:
        raise _refused(f"not offered as projection: “{wanted}”")
    return wanted


def _dates(
    item: CartItem, dataset: Dataset | None, collection: Collection | None
) -> dict[str, Any]:
    """Return {"TemporalFilter": …} in milliseconds since 1970, or {}."""
    needed = bool(dataset and dataset.time_series) or bool(
        collection and collection.source == "CDSE")
    if not item.start and not item.end:
        if needed:
            raise _refused("a first and a last day are needed")
        return {}
    try:
        start, end = date.fromisoformat(item.start), date.fromisoformat(item.end)
    except ValueError:
        raise _refused("a first and a last day are needed") from None
    if start > end or start.year < 1970:
        raise _refused("the first day is after the last, or before 1970")
    if dataset and not dataset.limit_days:
        raise _refused("this dataset has no time range")
    if dataset and (end - start).days > dataset.limit_days:
        raise _refused(f"more than {dataset.limit_days} days in one order")
    return {"TemporalFilter": {"StartDate": _milliseconds(start), "EndDate": _milliseconds(end)}}


def _layer(item: CartItem, collection: Collection | None) -> dict[str, Any]:
    """Return {"Layer": …}, blanks and all, or {} for all layers."""
    if not item.layer:
        return {}
    if collection and collection.layers and item.layer not in collection.layers:
        raise _refused(f"no such layer: “{item.layer}”")
    return {"Layer": item.layer}


def _stored_path(dataset: Dataset, collection: str) -> str:
    """Return the path on the server: the only thing by which a task tells its collection."""
    raw = dataset.raw if isinstance(dataset.raw, dict) else {}
    for row in items(raw.get("dataset_download_information")):
        if text(row.get("@id")) == collection:
            return text(row.get("full_path"))
    return ""


def _milliseconds(day: date) -> int:
    return int(datetime(day.year, day.month, day.day, tzinfo=timezone.utc).timestamp()) * 1000


def _refused(detail: str) -> OrderRefused:
    return OrderRefused("invalid", detail)
