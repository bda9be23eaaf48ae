"""Tasks as the portal lists them: what state they are in, and which order they belong to."""

from __future__ import annotations

import base64
import binascii
import re
from collections import Counter
from datetime import datetime, timedelta, timezone
from typing import Any, Hashable, Mapping
from urllib.parse import unquote, urlsplit

from ..ports import RemoteFile, Status
from .values import items, number, text, whole

TOLERANCE = timedelta(minutes=1)
"""By how much our clock and the portal's may differ."""
_STATES = {
    "queued": "queued", "inprogress": "preparing", "finishedok": "preparing",
    "finishednok": "failed", "rejected": "failed", "cancelled": "cancelled",
}
_UNSAFE = re.compile(r"[^\w.+ -]")


def status_of(task: Mapping[str, Any]) -> Status:
    """Return how a task stands.

    An address of the result means ready, whatever the status says: late updates of the server
    set it back to an earlier one. Finished without an address is not ready yet.
    """
    message = text(task.get("Message"))
    url = text(task.get("DownloadURL"))
    if url:
        file = RemoteFile(file_name(url), whole(task.get("FileSize")), url)
        return Status("ready", message, (file,))
    plain = re.sub(r"[\s_]", "", text(task.get("Status"))).lower()
    return Status(_STATES.get(plain, "preparing"), message)


def file_name(url: str) -> str:
    """Return a safe name for the file at an address."""
    name = unquote(urlsplit(url).path).replace("\\", "/").rpartition("/")[2]
    name = _UNSAFE.sub("_", name).strip(" .")[-100:]
    return name or "result.zip"


def is_child(task: Mapping[str, Any]) -> bool:
    """Return whether a task is a part of another, which is the one that counts."""
    return text(task.get("cdse_task_role")) == "child" or not isinstance(
        task.get("Datasets"), list)


def registered(task: Mapping[str, Any]) -> datetime | None:
    """Return when a task was registered, None if it does not tell."""
    return _moment(task.get("RegistrationDateTime"))


def finished(task: Mapping[str, Any]) -> datetime | None:
    """Return when a task ended, None if it has not or does not tell."""
    return _moment(task.get("FinalizationDateTime"))


def find_equal(
    request: Mapping[str, Any], tasks: Mapping[str, Mapping[str, Any]], since: datetime
) -> list[str]:
    """Return the ids of the tasks that order what request orders, newest first.

    request: as request_of() made it. since: aware; older tasks do not count.
    """
    found: list[tuple[datetime, str]] = []
    for task_id, task in tasks.items():
        moment = registered(task)
        if moment is None or is_child(task) or moment < since - TOLERANCE:
            continue
        if _is_equal(request, task):
            found.append((moment, task_id))
    return [task_id for _moment, task_id in sorted(found, reverse=True)]


def _is_equal(request: Mapping[str, Any], task: Mapping[str, Any]) -> bool:
    rows = items(task.get("Datasets"))
    ours = Counter(_ordered(item) for item in request["Datasets"])
    if ours != Counter(_listed(row) for row in rows):
        return False
    wanted = text(request.get("path"))
    paths = {path for path in (_path(row) for row in rows) if path}
    return not wanted or not paths or paths == {wanted}


def _ordered(item: Mapping[str, Any]) -> Hashable:
    """Return what makes an item of an order the same as another."""
    if "FileID" in item:
        return text(item.get("DatasetID")), text(item.get("FileID"))
    times = item.get("TemporalFilter") or {}
    return (
        text(item.get("DatasetID")), text(item.get("OutputFormat")),
        text(item.get("OutputGCS")), text(item.get("NUTS")), _box(item.get("BoundingBox")),
        tuple(_day_of(times.get(key)) for key in ("StartDate", "EndDate")),
        item.get("Layer") or "",
    )


def _listed(row: Mapping[str, Any]) -> Hashable:
    """Return the same for an item of a task: other names, and dates as text."""
    if text(row.get("FileID")):
        return text(row.get("DatasetID")), text(row.get("FileID"))
    times = row.get("TemporalFilter")
    times = times if isinstance(times, Mapping) else {}
    return (
        text(row.get("DatasetID")), text(row.get("OutputFormat")), text(row.get("OutputGCS")),
        text(row.get("NUTSID")), _box(row.get("BoundingBox")),
        tuple(text(times.get(key))[:10] for key in ("StartDate", "EndDate")),
        row.get("Layer") if isinstance(row.get("Layer"), str) else "",
    )


def _moment(value: Any) -> datetime | None:
    """Return a time; those without zone are UTC."""
    try:
        moment = datetime.fromisoformat(text(value).replace("Z", ""))
    except ValueError:
        return None
    return moment.replace(tzinfo=timezone.utc) if moment.tzinfo is None else moment


def _box(value: Any) -> tuple[float, ...]:
    return tuple(round(number(side), 6) for side in value) if isinstance(value, list) else ()


def _day_of(milliseconds: Any) -> str:
    if not isinstance(milliseconds, (int, float)):
        return ""
    return datetime.fromtimestamp(milliseconds / 1000, timezone.utc).date().isoformat()


def _path(row: Mapping[str, Any]) -> str:
    """Return the decoded path of a task's data, "" if it has none that can be compared."""
    try:
        path = base64.b64decode(text(row.get("DatasetPath")), validate=True).decode()
    except (binascii.Error, ValueError):
        return ""
    return "" if path.startswith("[") else path
