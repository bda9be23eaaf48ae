"""The smaller calls of the portal: map viewer, time series, token test, names."""

from __future__ import annotations

from datetime import date, datetime, timedelta, timezone
from typing import TYPE_CHECKING, Any

from .answers import Answer, Request, compact, refusal, reply, unauthorized
from .formats import token
from .order_rules import AREA_LIMIT
from .portal_records import COMPONENTS

if TYPE_CHECKING:
    from .server import Sandbox

Record = dict[str, Any]


class PortalServices:
    """Calls that look things up."""

    def __init__(self, sandbox: Sandbox) -> None:
        self.sandbox = sandbox

    def validate(self, request: Request, parent: str) -> Answer:
        """Answer @validate-access."""
        kept = self.sandbox.auth.tokens.get(request.bearer or "")
        if kept is None:
            return reply({"valid": False, "msg": "Invalid token"}, 401)
        ends = datetime.fromtimestamp(kept.ends).isoformat()
        return reply({"valid": True, "expires": ends, "msg": "Token is valid"})

    def service_keys(self, request: Request, parent: str) -> Answer:
        """Answer GET @service-keys."""
        user = self.sandbox.auth.user(request.bearer)
        if user is None:
            return compact({}, 401)
        items = [{"client_id": key.client_id, "title": "CLMS Explorer", "ip_range": None}
                 for key in self.sandbox.auth.keys.values() if key.user_id == user]
        return reply({"@id": request.base + request.path, "items": items})

    def registry(self, request: Request, parent: str) -> Answer:
        """Answer @anon-registry/<key> for the one key that matters."""
        if request.path.endswith("/clms.types.download_limits.area_extent"):
            return reply(AREA_LIMIT)
        return compact(None, 401)

    def by_uid(self, request: Request, parent: str) -> Answer:
        """Answer @datasets_by_uid."""
        names = [uid for value in request.values("UID") for uid in value.split(",")]
        records = [record for record in map(self.sandbox.portal_site.catalogue.by_uid, names)
                   if record and record["@type"] == "DataSet"]
        items = [{
            "title": record["title"], "UID": record["UID"],
            "dataset_download_information": record["dataset_download_information"],
            "downloadable_files": record["downloadable_files"],
            "original_projection": record["characteristics_projection"],
            "download_show_auxiliary_calendar": record["download_show_auxiliary_calendar"],
        } for record in records]
        return reply({"@id": request.base + request.raw, "items_total": len(items),
                      "items": items[:25]})

    def mapviewer(self, request: Request, parent: str) -> Answer:
        """Answer @mapviewer of the whole portal or of one dataset."""
        catalogue = self.sandbox.portal_site.catalogue
        record = catalogue.by_path(parent)
        single = record is not None and record["@type"] == "DataSet"
        if single and not _visible(record or {}):
            raise IndexError("list index out of range")
        chosen = [record] if single else [item for item in catalogue.datasets if _visible(item)]
        data = {"Map": {"div": "mapDiv", "center": [15, 50], "zoom": 3}, "Download": single,
                "Components": self._components([item for item in chosen if item], not single,
                                               request.base)}
        return catalogue.with_host(reply(data), request)

    def _components(self, records: list[Record], whole: bool, base: str) -> list[Record]:
        catalogue = self.sandbox.portal_site.catalogue
        found: dict[str, dict[str, Record]] = {}
        for record in records:
            product = catalogue.by_path(record["path"].rpartition("/")[0]) or {}
            component = token(product.get("mapviewer_component"))
            products = found.setdefault(component, {})
            entry = products.setdefault(str(product.get("UID")), {
                "ProductTitle": product.get("title", ""), "ProductDescription": "",
                "ProductId": product.get("UID", ""), "PositionInParent": len(products),
                "Datasets": []})
            view = _viewed(record, product, len(entry["Datasets"]), whole)
            entry["Datasets"].append(view | {"DatasetURL": base + record["path"]})
        return [{"ComponentTitle": COMPONENTS.get(key, "00#Default")[3:],
                 "ComponentDescription": "", "ComponentPosition": place,
                 "Products": list(found[key].values())}
                for place, key in enumerate(key for key in [*COMPONENTS, ""] if key in found)]

    def nuts_name(self, request: Request, user: str) -> Answer:
        """Answer @nuts_name."""
        codes = [code for value in request.values("nuts_ids") for code in value.split(",")]
        return reply({code: self.sandbox.gisco_site.name(code) for code in codes if code})

    def time_series(self, request: Request, user: str) -> Answer:
        """Answer @get-time-series-metadata."""
        uid = request.value("dataset")
        if not uid:
            return refusal("dataset is required")
        record = self.sandbox.portal_site.catalogue.by_uid(uid)
        if record is None or record["@type"] != "DataSet":
            return refusal("The requested dataset is not valid")
        data: Record = {name: record[name] for name in
                        ("download_limit_temporal_extent", "mapviewer_istimeseries")}
        days = _dates(record) if record["mapviewer_istimeseries"] else []
        if days:
            data.update(start=days[0], end=days[-1], period="P1D", data_arrays=days)
        return reply(data)

    def catalogue_dates(self, request: Request, parent: str) -> Answer:
        """Answer @get_catalogapi_dates."""
        byoc = request.value("byoc")
        if not byoc:
            return refusal("byoc is required")
        for record in self.sandbox.portal_site.catalogue.datasets:
            parts = record["dataset_download_information"]["items"]
            if any(part.get("byoc_collection") == byoc for part in parts):
                box = record["geographicBoundingBox"]["items"][0]
                corners = [float(box[side]) for side in ("west", "south", "east", "north")]
                today = f"{datetime.now(timezone.utc):%Y-%m-%d}-15"
                return reply({"metadata": {"bbox": corners}, "dates": _dates(record),
                              "cached": today})
        return reply({"metadata": None, "dates": [], "cached": ""})

    def direct_links(self, request: Request, user: str) -> Answer:
        """Answer @get-download-file-urls as far as its refusals."""
        record = self.sandbox.portal_site.catalogue.by_uid(request.value("dataset_uid"))
        part = request.value("download_information_id")
        missing = "Required parameters are missing: {} is mandatory"
        if not request.value("dataset_uid"):
            return _auxiliary(missing.format("dataset_uid"))
        if record is None:
            return _auxiliary("Dataset does not exist")
        if not part:
            return _auxiliary(missing.format("download_information_id"))
        parts = record["dataset_download_information"]["items"]
        if part not in [item["@id"] for item in parts]:
            return _auxiliary("Dataset collection does not exist")
        return refusal("There is no content between the selected dates, expand the date range"
                       " to get links.", 200)

    def patch(self, request: Request, user: str) -> Answer:
        """Answer @datarequest_status_patch, which only the processing system may call."""
        return unauthorized()


def _auxiliary(message: str) -> Answer:
    return reply({"status": "error", "message": message}, 400)


def _visible(record: Record) -> list[Record]:
    layers = (record.get("mapviewer_layers") or {}).get("items", [])
    return [layer for layer in layers if layer.get("id") and not layer.get("hide")]


def _viewed(record: Record, product: Record, place: int, whole: bool) -> Record:
    """Return a dataset as the map viewer gets it (clms-api.md 10.1)."""
    data = {
        "Product": product.get("title", ""), "ProductId": product.get("UID", ""),
        "DatasetId": record["UID"], "DatasetTitle": record["title"],
        "DatasetDescription": record["description"],
        "ViewService": record["mapviewer_viewservice"], "PositionInParent": place,
        "Default_active": record["mapviewer_default_active"],
        "Layer": [{"LayerId": layer["id"], "Title": layer["title"],
                   "Default_active": bool(layer.get("default_active")),
                   "StaticImageLegend": layer.get("static_legend_url") or "",
                   "FilterStaticImageLegend": layer.get("filter_static_legend_url") or "",
                   "Fields": layer.get("fields") or ""} for layer in _visible(record)],
        "IsTimeSeries": record["mapviewer_istimeseries"],
        "Downloadable": record["downloadable_full_dataset"],
        "HandlingLevel": record["mapviewer_handlinglevel"],
        "DownloadLimitAreaExtent": AREA_LIMIT,
        "Message": record.get("download_mapviewer_message") or "", "FamilyTitle": None}
    if whole:
        data["HasPrepackagedFiles"] = any(row.get("path")
                                          for row in record["downloadable_files"]["items"])
        data["dataset_download_information"] = record["dataset_download_information"]
    return data


def _dates(record: Record) -> list[str]:
    """Return made-up availability: every ten days of the time that the record covers."""
    start = str(record.get("temporalExtentStart") or "")[:10]
    if not start:
        return []
    day = date.fromisoformat(start)
    end = str(record.get("temporalExtentEnd") or "")[:10]
    last = min(date.fromisoformat(end) if end else date.today(), date.today())
    days = []
    while day <= last:
        days.append(day.isoformat())
        day += timedelta(days=10)
    return days
