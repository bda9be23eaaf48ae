"""The portal as a service of the job queue: order, wait, fetch."""

from __future__ import annotations

import json
from datetime import datetime, timedelta, timezone
from pathlib import Path
from typing import Any, Callable, Mapping, Sequence

from ..cart.item import CartItem
from ..errors import LinkExpired
from ..http.download import fetch
from ..http.session import Http
from ..ports import Order, Received, RemoteFile, Status, Stop
from .client import PortalClient
from .models import Dataset
from .orders import request_of
from .tasks import file_name, find_equal, finished, is_child, status_of
from .values import text

_PENDING = "pending:"
"""Begins the handle of an order whose task the portal makes later, without telling its id."""
LOST_AFTER = timedelta(minutes=30)
SETTLED_AFTER = timedelta(minutes=10)
"""So long after its end an order's link may answer 403 or 404, as others have seen."""
Tasks = Mapping[str, Mapping[str, Any]]


class PortalService:
    """Orders data by area and prepackaged files from the portal; see core.ports.Service.

    lookup: finds a dataset by its UID, such as Catalogue.find, so that orders can be checked
    against it before they are sent. poll_seconds: pause between two looks at the tasks.
    """

    name = "portal"
    parallel = 3
    unpack = True

    def __init__(
        self, client: PortalClient, http: Http,
        lookup: Callable[[str], Dataset | None] = lambda _uid: None, poll_seconds: float = 30.0,
    ) -> None:
        self._client = client
        self._http = http
        self._lookup = lookup
        self.poll_seconds = poll_seconds
        self._finished: dict[str, datetime] = {}

    def order(self, item: CartItem) -> Order:
        """Return the order of a cart item; AreaError or OrderRefused if it makes no sense."""
        return Order(self.name, request_of(item, self._lookup(item.dataset)))

    def submit(self, order: Order, stop: Stop) -> str:
        """Send an order once; return the task id."""
        later = bool(order.request.get("asynchronous"))
        since = datetime.now(timezone.utc)
        ids = self._client.order(list(order.request["Datasets"]), stop, asynchronous=later)
        if ids:
            return ids[0]
        return _PENDING + json.dumps({"since": since.isoformat(), "request": dict(order.request)})

    def find(self, order: Order, since: datetime, stop: Stop) -> list[str]:
        """Return the ids of tasks equal to an order, newest first, also of other jobs."""
        return find_equal(order.request, self._client.tasks(stop=stop), since)

    def poll(self, handles: Sequence[str], stop: Stop) -> dict[str, Status]:
        """Return the status of all handles with one call."""
        if not handles:
            return {}
        tasks = self._client.tasks(stop=stop)
        for task in tasks.values():
            moment = finished(task)
            if moment is not None:
                self._finished[text(task.get("DownloadURL"))] = moment
        return {handle: _status(handle, tasks) for handle in handles}

    def fetch(
        self, order: Order, file: RemoteFile, folder: Path, received: Received, stop: Stop
    ) -> Path:
        """Download a result. Its address is on another host, which never sees the token.

        LinkExpired is retryable while the order has only just ended.
        """
        target = folder / file_name(file.name)
        try:
            return fetch(
                self._http, file.url, target, size=file.size, received=received, stop=stop)
        except LinkExpired as err:
            ended = self._finished.get(file.url, datetime.min.replace(tzinfo=timezone.utc))
            fresh = datetime.now(timezone.utc) - ended < SETTLED_AFTER
            err.retryable = fresh and not err.facts["kept"] and err.facts["status"] != 410
            raise

    def cancel(self, handle: str, stop: Stop) -> None:
        """Take an order back; one that is gone is no error."""
        task_id: str | None = handle
        if handle.startswith(_PENDING):
            task_id = _task_of(handle, self._client.tasks(stop=stop))
        if task_id:
            self._client.delete(task_id, stop)


def _status(handle: str, tasks: Tasks) -> Status:
    if handle.startswith(_PENDING):
        task_id = _task_of(handle, tasks)
        if task_id is None:
            waited = datetime.now(timezone.utc) - _since(handle)
            return Status("queued" if waited < LOST_AFTER else "unknown")
        return status_of(tasks[task_id])
    task = tasks.get(handle)
    return status_of(task) if task is not None and not is_child(task) else Status("unknown")


def _task_of(handle: str, tasks: Tasks) -> str | None:
    """Return the task that the portal has made for a pending order by now."""
    request = json.loads(handle[len(_PENDING):])["request"]
    return next(iter(find_equal(request, tasks, _since(handle))), None)


def _since(handle: str) -> datetime:
    return datetime.fromisoformat(json.loads(handle[len(_PENDING):])["since"])
