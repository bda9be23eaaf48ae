"""@search and the records themselves."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

from . import portal_records
from .answers import Answer, Request, failure, not_found, reply, unauthorized
from .text_query import QueryError, is_empty, matcher, words_of

CONTROLS = ("b_size", "b_start", "sort_on", "sort_order")
# index of the portal -> field of the record
INDEXES = {
    "portal_type": "@type", "UID": "UID", "review_state": "review_state", "id": "id",
    "keywords": "keywords", "gemet": "gemet", "gemetInspireThemes": "gemetInspireThemes",
    "classificationTopicCategory": "classificationTopicCategory",
    "geographic_coverage": "geographicCoverage", "temporalCoverage": "temporalCoverage",
    "temporal_extent": "temporalCoverage", "update_frequency": "update_frequency",
    "coordinateReferenceSystemList": "coordinateReferenceSystemList",
    "distribution_format_list": "distribution_format_list",
    "spatial_representation_type": "spatial_representation_type",
    "dataset_characteristics_projections": "characteristics_projection",
    "characteristics_spatial_representation_type": "characteristics_spatial_representation_type",
}
SUMMARY = ("@type", "description", "effective", "getRemoteUrl", "image_field", "review_state",
           "title", "type_title")


class Catalogue:
    """All published objects of the sandbox portal."""

    def __init__(self, data: Path | None) -> None:
        self.records = portal_records.load(data)
        self._by_path = {record["path"]: record for record in self.records}
        self._by_uid = {record["UID"]: record for record in self.records
                        if record["review_state"] == "published"}
        self._words = {record["path"]: words_of(_text(record)) for record in self.records}

    @property
    def datasets(self) -> list[dict[str, Any]]:
        """Return the published datasets."""
        return [record for record in self._by_uid.values() if record["@type"] == "DataSet"]

    def by_uid(self, uid: Any) -> dict[str, Any] | None:
        """Return a published object, or None."""
        return self._by_uid.get(uid) if isinstance(uid, str) else None

    def by_path(self, path: str) -> dict[str, Any] | None:
        """Return any object, or None."""
        return self._by_path.get(path)

    def title(self, path: str) -> str:
        """Return the title of the object at a path, "" if there is none."""
        return str(self._by_path.get(path.rstrip("/"), {}).get("title", ""))

    def record(self, request: Request, path: str) -> Answer:
        """Answer a GET of an object."""
        record = self._by_path.get(path)
        if record is None or request.method != "GET":
            return not_found(request)
        if record["review_state"] != "published":
            return unauthorized()
        return self.with_host(reply(self.full(record)), request)

    def full(self, record: dict[str, Any]) -> dict[str, Any]:
        """Return an object with all its fields."""
        data = {key: value for key, value in record.items()
                if key not in ("path", "image_field", "getRemoteUrl")}
        parent = self._by_path.get(record["path"].rpartition("/")[0])
        data["@id"] = portal_records.HOST + record["path"]
        data["parent"] = self.summary(parent, []) if parent else {}
        return data

    def summary(self, record: dict[str, Any], fields: list[str]) -> dict[str, Any]:
        """Return an object as a hit of @search."""
        data = {name: record.get(name) for name in SUMMARY}
        data["@id"] = portal_records.HOST + record["path"]
        data["image_scales"] = _scales(record)
        for name in fields:
            if name != "_all":
                data[name] = _plain(record.get(name))
        return data

    def search(self, request: Request, parent: str) -> Answer:
        """Answer @search below an object."""
        texts = request.values("SearchableText")
        if len(texts) > 1:
            return failure(500, "TypeError", "expected string or bytes-like object, got 'list'")
        if texts and is_empty(texts[0]):
            return reply([])
        try:
            size, start = int(request.value("b_size", "25")), int(request.value("b_start", "0"))
            hits = self._hits(request, parent)
        except (ValueError, QueryError) as err:
            kind = "ParseError" if isinstance(err, QueryError) else "ValueError"
            return failure(500, kind, str(err))
        if size < 0 or start < 0:
            return failure(500, "ValueError", "Batch size and start must not be negative")
        whole = bool(request.value("fullobjects"))
        fields = request.values("metadata_fields")
        items = [self.full(hit) if whole else self.summary(hit, fields)
                 for hit in hits[start:start + size]]
        data: dict[str, Any] = {"@id": _address(request, without=CONTROLS), "items": items,
                                "items_total": len(hits)}
        if size < len(hits) or start:
            data["batching"] = _batching(request, size, start, len(hits))
        return self.with_host(reply(data), request)

    @staticmethod
    def with_host(answer: Answer, request: Request) -> Answer:
        """Put the address that the client used in place of the marker."""
        api = next((part for part in ("/api", "/++api++") if request.path.startswith(part)), "")
        host = request.base.encode()
        for folder in (b"/en/", b'/en"'):
            answer.body = answer.body.replace(b"{host}" + folder, host + api.encode() + folder)
        answer.body = answer.body.replace(b"{host}", host)
        return answer

    def _hits(self, request: Request, parent: str) -> list[dict[str, Any]]:
        hits = [record for record in self._by_uid.values() if record["path"].startswith(parent)]
        for name, field in INDEXES.items():
            wanted = set(request.values(name)) | set(request.values(name + ".query"))
            if wanted:
                hits = [record for record in hits if wanted & set(_tokens(record, field))]
        hits = [record for record in hits if _inside(record["path"], request)]
        text = request.value("SearchableText")
        if text:
            test = matcher(text)
            hits = [record for record in hits if test(self._words[record["path"]])]
            first = words_of(text)[0]
            hits.sort(key=lambda record: first not in words_of(record["title"]))
        return _sorted(hits, request)


def _text(record: dict[str, Any]) -> str:
    """Return all that the portal's text index sees of an object."""
    parts = [record["title"], record["description"], *(record.get("keywords") or [])]
    parts += [str(_plain(value)) for key, value in record.items()
              if key.startswith("characteristics_") and value]
    return " ".join(parts)


def _plain(value: Any) -> Any:
    """Return the bare token of a choice, anything else as it is."""
    if isinstance(value, dict) and set(value) == {"title", "token"}:
        return value["token"]
    return value


def _tokens(record: dict[str, Any], field: str) -> list[str]:
    value = _plain(record.get(field))
    if field == "characteristics_projection" and value:
        return ["EPSG:" + number for number in re.findall(r"\d{4,5}", value)]
    return list(value) if isinstance(value, list) else [value] if value else []


def _inside(path: str, request: Request) -> bool:
    """Return whether a path lies where path or path.query and path.depth say."""
    root = (request.value("path") or request.value("path.query")).rstrip("/")
    if not root:
        return True
    root = root[root.find("/en"):] if "/en" in root else root
    depth = request.value("path.depth")
    if path != root and not path.startswith(root + "/"):
        return False
    below = path[len(root):].count("/")
    return not depth or below == int(depth) or (int(depth) < 0)


def _sorted(hits: list[dict[str, Any]], request: Request) -> list[dict[str, Any]]:
    down = request.value("sort_order") in ("descending", "reverse")
    keys = {"sortable_title": lambda record: _sortable(record["title"]),
            "effective": lambda record: record["effective"],
            "modified": lambda record: record["modified"],
            "id": lambda record: record["id"]}
    for name in reversed(request.values("sort_on")):
        if name in keys:
            hits = sorted(hits, key=keys[name], reverse=down)
    return hits


def _sortable(title: str) -> str:
    """Return a title as Plone sorts it: lower case, numbers padded."""
    return re.sub(r"\d+", lambda match: match.group().zfill(6), title.lower())


def _scales(record: dict[str, Any]) -> dict[str, Any] | None:
    image = record.get("image")
    if not image:
        return None
    start = portal_records.HOST + record["path"] + "/"
    text = json.dumps({key: value for key, value in image.items() if key != "filename"})
    return {"image": [json.loads(text.replace(start, ""))]}


def _address(request: Request, without: tuple[str, ...] = (),
             first: dict[str, Any] | None = None) -> str:
    """Return the address of this call with other parameters."""
    pairs = [*(first or {}).items(), *((key, value) for key, value in request.query
                                       if key not in without and key not in (first or {}))]
    return request.base + request.path + ("?" + urlencode(pairs) if pairs else "")


def _batching(request: Request, size: int, start: int, total: int) -> dict[str, str]:
    """Return the links between pages as plone.batching makes them."""
    if size == 0:
        last, following, previous = 0, total - 1, start
    else:
        last = (total - 1) // size * size if total else 0
        following = start + size
        previous = max(0, (min(start, total) if start < total else total) - size)
    links = {"@id": request.base + request.raw, "first": 0, "last": last}
    if following < total:
        links["next"] = following
    if start > 0:
        links["prev"] = previous
    return {name: value if isinstance(value, str) else _address(request, first={"b_start": value})
            for name, value in links.items()}
