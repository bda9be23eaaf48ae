"""The calls of the portal's API, one method each."""

from __future__ import annotations

from typing import Any, Callable, Sequence, TypeVar
from urllib.parse import quote, urlsplit

from ..errors import BadAnswer, NotAllowed, OrderRefused, OrderUnclear, ServiceError
from ..http.answers import Answer
from ..http.session import Http, Params
from ..ports import Progress, Stop, never
from .auth import TokenSource
from .records import FIELDS
from .values import items, text

PAGE = 50
_MOST_PAGES = 1000
_DUPLICATE = "at least twice"
Result = TypeVar("Result")


class PortalClient:
    """Calls the portal. base: address of the API, such as https://land.copernicus.eu/api.

    Public calls carry no token: an expired one would make even them fail. Every method may
    raise NoConnection, ServiceError, BadAnswer and Cancelled; private ones also KeyMissing,
    KeyRefused, ClockWrong and NotAllowed.
    """

    def __init__(self, http: Http, base: str, tokens: TokenSource) -> None:
        self._http = http
        self._base = base.rstrip("/")
        self._tokens = tokens

    @property
    def host(self) -> str:
        """Return the host name of the portal, for sentences."""
        return urlsplit(self._base).hostname or ""

    def datasets(self, stop: Stop, progress: Progress) -> list[dict[str, Any]]:
        """Return the records of all published datasets (public)."""
        return self._search("DataSet", FIELDS, stop, progress)

    def products(self, stop: Stop) -> list[dict[str, Any]]:
        """Return the records of all products (public)."""
        return self._search("Product", ("UID", "mapviewer_component"), stop, lambda _share: None)

    def dataset(self, path: str, stop: Stop = never) -> dict[str, Any]:
        """Return the complete record at a path such as "/en/products/…" (public)."""
        data = self._http.get_json(self._url(quote(path, safe="/@")), stop=stop)
        if not isinstance(data, dict):
            raise self._bad_shape("record")
        return data

    def test(self, stop: Stop) -> None:
        """Get a new token and use it: return if the service key works, else raise why not."""
        token = self._tokens.renew(stop)
        answer = self._http.request("GET", self._url("@validate-access"), token=token, stop=stop)
        if answer.status == 404:  # a portal without this call: a list of our orders also tells
            answer = self._http.request(
                "GET", self._url("@datarequest_search"), token=token, stop=stop)
        answer.checked()

    def order(
        self, datasets: Sequence[dict[str, Any]], stop: Stop = never, asynchronous: bool = False
    ) -> list[str]:
        """Order items; return the ids of the tasks. Never repeated by itself (private).

        asynchronous: the portal makes the tasks later and tells no id (source CDSE).
        Raise OrderRefused ("duplicate", "invalid"; detail: the portal's text), OrderUnclear for
        an answer without ids, ServiceError if the processing refused it: a task may exist.
        """
        answer = self._private(
            lambda token: self._http.request(
                "POST", self._url("@datarequest_post"), json_body={"Datasets": list(datasets)},
                token=token, repeat=False, stop=stop), stop)
        if answer.status == 400:
            words = answer.error_text()
            raise OrderRefused("duplicate" if _DUPLICATE in words else "invalid", words)
        answer.checked()
        try:
            data = answer.json()
        except BadAnswer as err:
            raise OrderUnclear("", err.reason) from err
        accepted, failed = _task_ids(data, "TaskIds"), _task_ids(data, "ErrorTaskIds")
        if not accepted and failed:
            raise ServiceError("", "", host=self.host, status=answer.status)
        if not accepted and not asynchronous:
            raise OrderUnclear()
        return accepted

    def tasks(self, status: str = "", stop: Stop = never) -> dict[str, dict[str, Any]]:
        """Return all tasks of the user by id (private). status: "Queued", …, "" = all."""
        params = {"status": status} if status else None
        data = self._private_json("@datarequest_search", params, stop)
        if not isinstance(data, dict):
            raise self._bad_shape("tasks")
        return {str(key): task for key, task in data.items() if isinstance(task, dict)}

    def delete(self, task_id: str, stop: Stop = never) -> None:
        """Cancel a task; one that is gone, or never was ours, is no error (private)."""
        answer = self._private(
            lambda token: self._http.request(
                "DELETE", self._url("@datarequest_delete"), json_body={"TaskID": task_id},
                token=token, repeat=False, stop=stop), stop)
        if answer.status not in (403, 404):
            answer.checked()

    def projections(self, uid: str, stop: Stop = never) -> list[str]:
        """Return the systems that a dataset can be delivered in (private)."""
        data = self._private_json("@projections", {"uid": uid} if uid else None, stop)
        if not isinstance(data, list):
            raise self._bad_shape("projections")
        return [system for system in data if isinstance(system, str)]

    def time_series(self, uid: str, stop: Stop = never) -> dict[str, Any]:
        """Return the dates of a time series: start, end, period, data_arrays (private)."""
        data = self._private_json("@get-time-series-metadata", {"dataset": uid}, stop)
        if not isinstance(data, dict):
            raise self._bad_shape("dates")
        return data

    def _search(
        self, portal_type: str, fields: Sequence[str], stop: Stop, progress: Progress
    ) -> list[dict[str, Any]]:
        """Return all hits, page by page.

        The next page is asked for by position: addresses in answers may name a former host.
        """
        found: list[dict[str, Any]] = []
        for _page in range(_MOST_PAGES):
            params: Params = [
                ("portal_type", portal_type), ("sort_on", "sortable_title"),
                ("b_size", PAGE), ("b_start", len(found)),
                *(("metadata_fields", field) for field in fields),
            ]
            data = self._http.get_json(self._url("en/@search"), params=params, stop=stop)
            if isinstance(data, list) and not data:
                break
            if not isinstance(data, dict) or not isinstance(data.get("items"), list):
                raise self._bad_shape("search")
            page = data["items"]
            found += page
            total = data.get("items_total")
            if isinstance(total, int) and total > 0:
                progress(min(1.0, len(found) / total))
            batching = data.get("batching")
            if not page or not isinstance(batching, dict) or not batching.get("next"):
                break
        return [record for record in found if isinstance(record, dict)]

    def _private_json(self, call: str, params: Params | None, stop: Stop) -> Any:
        answer = self._private(
            lambda token: self._http.request(
                "GET", self._url(call), params=params, token=token, stop=stop), stop)
        return answer.checked().json()

    def _private(self, call: Callable[[str], Answer], stop: Stop) -> Answer:
        """Call with a token; after a 401 once more with a new one. A 401 has no side effect."""
        token = self._tokens.token(stop)
        answer = call(token)
        if answer.status == 401:
            answer = call(self._tokens.renew(stop, refused=token))
        if answer.status == 401:
            raise NotAllowed("", answer.error_text(), host=answer.host, status=401)
        return answer

    def _url(self, path: str) -> str:
        return f"{self._base}/{path.lstrip('/')}"

    def _bad_shape(self, what: str) -> BadAnswer:
        return BadAnswer("shape", what, host=self.host)


def _task_ids(data: Any, key: str) -> list[str]:
    """Return the ids of a list of an order's answer; older portals answered one bare id."""
    if not isinstance(data, dict):
        return []
    ids = [text(row.get("TaskID")) for row in items(data.get(key))]
    if key == "TaskIds" and not ids:
        ids = [text(data.get("TaskID"))]
    return [one for one in ids if one]
