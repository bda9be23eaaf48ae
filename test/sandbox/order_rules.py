"""What @datarequest_post checks, in the server's order and with its texts (clms-api.md 6.3)."""

from __future__ import annotations

import base64
import re
from datetime import datetime, timedelta, timezone
from typing import Any, Callable, Mapping

from .formats import CONVERSIONS, COUNTRIES, systems, token
from .geodesy import michigan_area

AREA_LIMIT = 1600000000000
ITEM_LIMIT = 5
_INFORMATION = " Please check the download documentation to get more information"
_SPECIAL = ("7df9bdf94fe94cb5919c11c9ef5cac65", "0517fd1b7d944d8197a2eb5c13470db8",
            "/water-bodies/water-bodies-global-v1-0-100m",
            "/water-bodies/water-bodies-global-v2-0-300m")

Item = Mapping[str, Any]
Stored = dict[str, Any]


class Refused(Exception):
    """The request is refused; the text is the server's."""


class Rules:
    """Checks the items of one request, one after another.

    find: a published object by UID, or None. name: the name of a NUTS region.
    """

    def __init__(self, find: Callable[[Any], dict[str, Any] | None],
                 name: Callable[[str], str]) -> None:
        self.find = find
        self.name = name
        self.files: list[Stored] = []
        self.areas: list[Stored] = []
        self._special: list[str] = []

    def check(self, items: list[Item]) -> None:
        """Sort all items into files and areas; raise Refused for the first fault."""
        for number, item in enumerate(items, 1):
            if "DatasetID" not in item or not item["DatasetID"]:
                raise Refused("Error, DatasetID is not defined")
            record = self.find(item["DatasetID"])
            if record is None:
                raise Refused("Error, the DatasetID is not valid")
            stored = {"DatasetID": item["DatasetID"], "DatasetTitle": record["title"]}
            if "FileID" in item:
                self._file(item, record, stored)
            else:
                self._area(item, record, stored, last=number == len(items))

    def _file(self, item: Item, record: Stored, stored: Stored) -> None:
        if not item["FileID"]:
            return
        rows = record["downloadable_files"]["items"]
        row: Stored = next((row for row in rows if row["@id"] == item["FileID"]), {})
        if not row.get("path") or not row.get("source"):
            raise Refused("Error, the FileID is not valid")
        self.files.append(stored | {
            "FileID": item["FileID"], "DatasetPath": "", "FilePath": _encoded(row["path"]),
            "DatasetSource": row["source"], "FileStructure": _structure(record)})

    def _area(self, item: Item, record: Stored, stored: Stored, last: bool) -> None:
        self._where(item, stored)
        start, end = self._when(item, record)
        self._system(item, record, stored)
        collection = self._collection(item, record)
        source = token(collection.get("full_source"))
        if item.get("Layer"):
            stored["Layer"] = item["Layer"]
        self._time_series(item, record, start, end)
        if start and end:
            stored["TemporalFilter"] = _span(start, end, iso=source.startswith("CDSE"))
        special = _is_special(record) and item["OutputFormat"] == "Netcdf"
        if special:
            self._special.append(str(item["DatasetID"]))
        if last and self._special:
            raise Refused("Please choose the Geotiff format as the NetCDF format is not allowed"
                          f" for the dataset(s) {', '.join(self._special)}")
        _full_dataset(item, source)
        if special:
            return
        stored.update(_described(record, collection, source), OutputFormat=item["OutputFormat"])
        self.areas.append(stored)

    def _where(self, item: Item, stored: Stored) -> None:
        nuts = item.get("NUTS")
        if nuts:
            if not _known_country(nuts):
                raise Refused("NUTS country error")
            stored.update(NUTSID=nuts, NUTSName=self.name(nuts))
        box = item.get("BoundingBox")
        if not box:
            return
        if "NUTS" in item:
            raise Refused("Error, NUTS is also defined")
        if len(box) != 4 or not all(isinstance(value, (int, float)) for value in box):
            raise Refused("Error, BoundingBox is not valid")
        if michigan_area(box) > AREA_LIMIT:
            raise Refused("Error, the requested BoundingBox is too big. The limit is "
                          f"{AREA_LIMIT}.")
        stored["BoundingBox"] = box

    def _when(self, item: Item, record: Stored) -> tuple[datetime | None, datetime | None]:
        span = item.get("TemporalFilter")
        if not span:
            return None, None
        if (record["download_limit_temporal_extent"] or 0) <= 0:
            raise Refused("Error, temporal restriction is not allowed in not time-series"
                          " enabled datasets")
        if len(span.keys()) > 2:
            raise Refused("Error, TemporalFilter has too many fields")
        if "StartDate" not in span or "EndDate" not in span:
            raise Refused("Error, TemporalFilter does not have StartDate or EndDate")
        start, end = _date(span["StartDate"]), _date(span["EndDate"])
        if start is None or end is None:
            raise Refused("Error, date format is not correct")
        if start > end:
            raise Refused("Error, difference between StartDate and EndDate is not coherent")
        return start, end

    def _system(self, item: Item, record: Stored, stored: Stored) -> None:
        if "OutputGCS" not in item:
            raise Refused("The OutputGCS parameter is mandatory.")
        if record["@type"] != "DataSet":
            raise AttributeError("'RequestContainer' object has no attribute"
                                 " 'characteristics_projection'")
        if item["OutputGCS"]:
            if item["OutputGCS"] not in systems(record):
                raise Refused("Error, defined GCS not in the list")
            stored["OutputGCS"] = item["OutputGCS"]

    def _collection(self, item: Item, record: Stored) -> Stored:
        if "DatasetDownloadInformationID" not in item:
            raise Refused("Error, DatasetDownloadInformationID is not defined.")
        parts = record["dataset_download_information"]["items"]
        wanted = item["DatasetDownloadInformationID"]
        found: Stored = next((part for part in parts if part["@id"] == wanted), {})
        form = token(found.get("full_format"))
        if not form:
            raise Refused("Error, this dataset is not downloadable")
        target = item.get("OutputFormat")
        if target not in CONVERSIONS:
            raise Refused("Error, the specified output format is not valid")
        if not CONVERSIONS.get(form, {}).get(target):
            raise Refused("Error, specified formats are not compatible")
        if not token(found.get("full_source")):
            raise Refused("Error, the dataset source is not valid")
        if not found.get("full_path") and token(found["full_source"]) != "CDSE":
            raise Refused("Error, this dataset is not downloadable")
        layers = found.get("layers")
        if layers and "Layer" in item and item["Layer"] not in layers:
            raise Refused("Error, the requested band/layer is not valid")
        return found

    @staticmethod
    def _time_series(item: Item, record: Stored, start: datetime | None,
                     end: datetime | None) -> None:
        if not record["mapviewer_istimeseries"]:
            return
        asked = "You are requesting to download a time series enabled dataset and "
        if "TemporalFilter" not in item:
            raise Refused(f"{asked}you are required to request the download of an specific date"
                          f" range.{_INFORMATION}")
        limit = record["download_limit_temporal_extent"] or 0
        if limit > 0 and not item["TemporalFilter"]:
            raise Refused("Error, TemporalFilter does not have StartDate or EndDate")
        if start and end and end - start > timedelta(days=limit):
            raise Refused(f"{asked}the requested date range is bigger than the allowed range of"
                          f" {limit} days.{_INFORMATION}")


def too_many(areas: list[Stored], waiting: list[Stored]) -> None:
    """Raise Refused for more than five items, or for two equal ones.

    waiting: all items of the user's queued and running tasks.
    """
    if len(areas) > ITEM_LIMIT:
        raise Refused("The download queue can only process 5 items at a time."
                      " Please try again with fewer items.")
    every = areas + waiting
    if any(item in every[:number] for number, item in enumerate(every)):
        raise Refused("You have requested to download the same thing at least twice."
                      " Please check your download cart and remove any duplicates.")


def _full_dataset(item: Item, source: str) -> None:
    """Raise Refused for requests without an area."""
    if "NUTS" in item or "BoundingBox" in item:
        return
    if "TemporalFilter" not in item:
        if source == "EEA":
            raise Refused("To download the full dataset, please download it through the"
                          " corresponding pre-packaged data collection")
        raise Refused("You are requesting to download the full dataset but this dataset is not"
                      " an EEA dataset and thus you need to query an specific endpoint to"
                      " request its download. Please check the API documentation to get more"
                      " information about this specific endpoint.")
    if source != "EEA":
        raise Refused("You have to select a specific area of interest. In case you want to"
                      " download the full dataset, please use the Auxiliary API.")


def _described(record: Stored, collection: Stored, source: str) -> Stored:
    """Return what a task keeps of the dataset and its collection."""
    stored: Stored = {
        "DatasetFormat": token(collection["full_format"]), "DatasetSource": source,
        "DatasetPath": _encoded(collection.get("full_path") or ""),
        "WekeoChoices": collection.get("wekeo_choices") or "",
        "FileStructure": _structure(record),
        "Metadata": ["https://sdi.eea.europa.eu/catalogue/copernicus/api/records/"
                     f"{part['id']}/formatters/xml?approved=true"
                     for part in (record.get("geonetwork_identifiers") or {}).get("items", [])],
    }
    if source == "CDSE":
        size = re.search(r"raster (\d+(?:\.\d+)? ?k?m)", record["title"])
        stored.update(ByocCollection=collection.get("byoc_collection", ""),
                      SpatialResolution=size.group(1) if size else "")
    return stored


def _known_country(nuts: str) -> bool:
    """Return whether the server takes this code: it looks at the first two letters only."""
    match = re.match(r"[A-Za-z]+", nuts) if nuts.isalnum() else None
    return bool(match) and nuts[:2] in COUNTRIES


def _is_special(record: Stored) -> bool:
    return record["UID"] in _SPECIAL or record["path"].replace("/en/products", "") in _SPECIAL


def _structure(record: Stored) -> str:
    return token(record.get("characteristics_file_structure"))


def _encoded(path: str) -> str:
    return base64.urlsafe_b64encode(path.encode()).decode()


def _date(value: Any) -> datetime | None:
    """Return milliseconds since 1970 as a date, or None where the server cannot."""
    try:
        return datetime.fromtimestamp(value / 1000, timezone.utc)
    except (TypeError, ValueError, OverflowError, OSError):
        return None


def _span(start: datetime, end: datetime, iso: bool) -> dict[str, str]:
    if iso:
        return {"StartDate": f"{start:%Y-%m-%dT%H:%M:%SZ}", "EndDate": f"{end:%Y-%m-%dT23:59:59Z}"}
    return {"StartDate": f"{start:%Y-%m-%d %H:%M:%S}", "EndDate": f"{end:%Y-%m-%d %H:%M:%S}"}
