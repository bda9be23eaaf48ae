"""The EGMS archive as a service of the job queue.

There is nothing to order: an order is a list of files that are there. Its handle therefore
carries their names and sizes, so that it means the same after a restart.
"""

from __future__ import annotations

import json
from datetime import datetime
from pathlib import Path
from typing import Sequence

from ..cart.item import CartItem
from ..errors import BadAnswer, FileBroken, FileMissing, OrderRefused
from ..http.archive import check_zip
from ..http.session import Http
from ..http.waiting import pause
from ..ports import Order, Received, RemoteFile, Status, Stop
from .archive import EgmsArchive
from .hits import Hit
from .transfer import SearchIds, Sleep, Transfer


class EgmsService:
    """Implements core.ports.Service. Safe to use from several threads."""

    name = "egms"
    parallel = 2
    poll_seconds = 1.0
    unpack = False

    def __init__(self, archive: EgmsArchive, http: Http, sleep: Sleep = pause) -> None:
        self._archive = archive
        self._http = http
        self._sleep = sleep
        self._ids = SearchIds(archive)

    def order(self, item: CartItem) -> Order:
        """Return the files of a cart item, each once; raise OrderRefused if there are none."""
        try:
            hits = {hit.filename: hit for hit in map(Hit.from_json, item.files)}
        except BadAnswer as err:
            raise OrderRefused("invalid", err.detail) from err
        if not hits:
            raise OrderRefused("invalid", "no files chosen")
        return Order(self.name, {"files": [hit.to_json() for hit in hits.values()]})

    def submit(self, order: Order, stop: Stop) -> str:
        """Return the handle of an order; nothing is sent, the files are there already."""
        return json.dumps(
            [[file["filename"], file["size"]] for file in order.request["files"]],
            separators=(",", ":"))

    def find(self, order: Order, since: datetime, stop: Stop) -> list[str]:
        """Return the one handle that an order always has."""
        return [self.submit(order, stop)]

    def poll(self, handles: Sequence[str], stop: Stop) -> dict[str, Status]:
        """Return "ready" with its files for every handle that submit() made."""
        return {handle: _status(handle) for handle in handles}

    def fetch(
        self, order: Order, file: RemoteFile, folder: Path, received: Received, stop: Stop
    ) -> Path:
        """Download one file, waiting and asking anew as the archive's answers demand.

        A complete file on disk is returned without a word to the archive.
        Raise FileMissing, FileBroken, NotAllowed, KeyMissing, KeyRefused, DiskFull,
        NoConnection, ServiceError, Cancelled.
        """
        hit = _hit_of(order, file.name)
        target = folder / hit.filename
        if _is_complete(target, stop):
            received(target.stat().st_size, target.stat().st_size)
            return target
        return Transfer(
            self._archive, self._http, self._ids, hit, target, received, stop, self._sleep
        ).run()

    def cancel(self, handle: str, stop: Stop) -> None:
        """Do nothing: the archive knows of no order."""


def _status(handle: str) -> Status:
    try:
        files = tuple(RemoteFile(str(name), int(size)) for name, size in json.loads(handle))
    except (ValueError, TypeError):
        return Status("unknown")
    return Status("ready", files=files)


def _hit_of(order: Order, filename: str) -> Hit:
    for data in order.request.get("files", ()):
        hit = Hit.from_json(data)
        if hit.filename == filename:
            return hit
    raise FileMissing(name=filename)


def _is_complete(target: Path, stop: Stop) -> bool:
    if not target.is_file():
        return False
    try:
        check_zip(target, stop)
    except FileBroken:
        return False
    return True
