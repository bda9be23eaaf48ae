"""A service for tests of the job queue: it does what a test tells it, without a network."""

from __future__ import annotations

import threading
from collections import deque
from datetime import datetime, timezone
from pathlib import Path

from clms_explorer.core.aoi.area import Area
from clms_explorer.core.cart.item import CartItem
from clms_explorer.core.errors import Cancelled
from clms_explorer.core.jobs.pauses import Pauses
from clms_explorer.core.ports import Order, RemoteFile, Status

QUICK = Pauses(first=0.001, longest=0.002, finds=(0.001, 0.001), tick=0.005, idle=0.005)


def an_item(name: str = "São Miguel", **changes) -> CartItem:
    """Return a cart item of the fake service."""
    area = Area.from_bbox(-25.9, 37.7, -25.1, 37.9, name=name)
    item = CartItem(
        "fake", "uid-clc", "CORINE Land Cover 2018 (vector/raster 100 m), Europe, 6-yearly",
        area=area, collection="raster", format="Geotiff", crs="EPSG:3035",
        citation="CLMS, CORINE Land Cover 2018", extra={"version": "2020_20u1"})
    return item.with_options(**changes)


class FakeService:
    """Takes orders, prepares and delivers them at once, unless told otherwise.

    fail(call, error): the next such call raises; with arrived=True the order is taken first.
    statuses: what poll() says before it says "ready". content: bytes by file name.
    gate: cleared, fetch() waits in the middle of the file until it is set or stopped.
    """

    name = "fake"
    parallel = 2
    poll_seconds = 0.0
    unpack = False

    def __init__(self, content: dict[str, bytes] | None = None) -> None:
        self.content = content or {"clc.tif": b"raster" * 1000}
        self.orders: dict[str, tuple[datetime, Order]] = {}
        self.cancelled: list[str] = []
        self.polls: list[list[str]] = []
        self.fetched: list[str] = []
        self.statuses: deque[Status] = deque()
        self.gate = threading.Event()
        self.gate.set()
        self.at_gate = threading.Event()
        self.most_at_once = 0
        self._at_once = 0
        self._lock = threading.Lock()
        self._faults: dict[str, deque] = {}

    def fail(self, call: str, *errors: Exception, arrived: bool = False) -> None:
        """Let the next calls raise these errors, one each."""
        self._faults.setdefault(call, deque()).extend((error, arrived) for error in errors)

    def order(self, item: CartItem) -> Order:
        """Return an order that tells items apart."""
        return Order(self.name, {"dataset": item.dataset, "area": item.area.name})

    def submit(self, order: Order, stop) -> str:
        """Take the order."""
        error, arrived = self._fault("submit")
        if error and not arrived:
            raise error
        handle = f"task-{len(self.orders) + 1}"
        self.orders[handle] = (datetime.now(timezone.utc), order)
        if error:
            raise error
        return handle

    def find(self, order: Order, since: datetime, stop) -> list[str]:
        """Return equal orders."""
        self._raise("find")
        return [handle for handle, (time, known) in reversed(self.orders.items())
                if known == order and time >= since.replace(microsecond=0)]

    def poll(self, handles, stop) -> dict[str, Status]:
        """Return what the script says, then that all is ready."""
        self.polls.append(list(handles))
        self._raise("poll")
        if self.statuses:
            status = self.statuses.popleft()
            return {} if status.state == "unknown" else dict.fromkeys(handles, status)
        files = tuple(RemoteFile(name, len(data), f"https://results.test/{name}")
                      for name, data in self.content.items())
        return {handle: Status("ready", files=files) for handle in handles}

    def fetch(self, order: Order, file: RemoteFile, folder: Path, received, stop) -> Path:
        """Write the file in two halves, going on from what is there."""
        with self._lock:
            self._at_once += 1
            self.most_at_once = max(self.most_at_once, self._at_once)
        try:
            return self._fetch(file, folder, received, stop)
        finally:
            with self._lock:
                self._at_once -= 1

    def cancel(self, handle: str, stop) -> None:
        """Take an order back."""
        self._raise("cancel")
        self.cancelled.append(handle)

    def _fetch(self, file: RemoteFile, folder: Path, received, stop) -> Path:
        data = self.content[file.name]
        target, part = folder / file.name, folder / (file.name + ".part")
        if target.exists():
            received(len(data), len(data))
            return target
        folder.mkdir(parents=True, exist_ok=True)
        have = part.stat().st_size if part.exists() else 0
        half = max(have, len(data) // 2)
        self._append(part, data[have:half], file.name)
        received(half, len(data))
        self.at_gate.set()
        while not self.gate.wait(0.005):
            if stop():
                raise Cancelled()
        self._raise("fetch")
        self._append(part, data[half:], file.name)
        received(len(data), len(data))
        part.replace(target)
        return target

    def _append(self, part: Path, data: bytes, name: str) -> None:
        if data:
            self.fetched.append(f"{name}:{len(data)}")
        with open(part, "ab") as out:
            out.write(data)

    def _fault(self, call: str):
        faults = self._faults.get(call)
        return faults.popleft() if faults else (None, False)

    def _raise(self, call: str) -> None:
        error, _arrived = self._fault(call)
        if error:
            raise error
