"""What core asks of its surroundings, and what a service offers to the job queue."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, Callable, Mapping, Protocol, Sequence

if TYPE_CHECKING:
    from .cart.item import CartItem

Stop = Callable[[], bool]
"""Return True when the caller wants the work to end; asked often, from any thread."""

Progress = Callable[[float], None]
"""Take the share that is done, 0…1."""

Received = Callable[[int, int], None]
"""Take (bytes on disk so far, bytes in all or 0 if unknown) of one file."""


def never() -> bool:
    """Return False: a Stop for work that is not cancelled."""
    return False


class SecretStore(Protocol):
    """Where the service key lives; QGIS's authentication database in the plugin."""

    def load(self, name: str) -> str | None:
        """Return the secret, or None if there is none or the store is locked."""
        ...

    def save(self, name: str, value: str) -> bool:
        """Keep the secret; return False if the store refused (locked, cancelled)."""
        ...

    def delete(self, name: str) -> None:
        """Forget the secret."""
        ...


@dataclass(frozen=True)
class Order:
    """What is sent to a service in one go. `request` is plain JSON that only the service reads."""

    service: str
    request: Mapping[str, Any]


@dataclass(frozen=True)
class RemoteFile:
    """One file that a service offers. size: bytes, 0 if unknown; url: "" if made at fetch time."""

    name: str
    size: int = 0
    url: str = ""


@dataclass(frozen=True)
class Status:
    """How an order stands at its service.

    state: "queued", "preparing", "ready", "failed", "cancelled" or "unknown" (not listed).
    """

    state: str
    message: str = ""
    files: tuple[RemoteFile, ...] = field(default=())


class Service(Protocol):
    """A place data comes from. The job queue knows services only through this protocol."""

    name: str
    parallel: int
    """Downloads that the service allows at once."""
    poll_seconds: float
    """Pause between two calls of poll()."""
    unpack: bool
    """Whether a fetched file is an archive that the queue unpacks."""

    def order(self, item: CartItem) -> Order:
        """Return what will be sent for a cart item; no network.

        Raise AreaError or OrderRefused for what the service would refuse or oddly accept.
        """
        ...

    def submit(self, order: Order, stop: Stop) -> str:
        """Send an order; return its handle.

        Raise OrderRefused, KeyMissing, NotAllowed (nothing was ordered), NoConnection,
        ServiceError (it may have been ordered: the queue then asks find()).
        """
        ...

    def find(self, order: Order, since: datetime, stop: Stop) -> list[str]:
        """Return the handles of orders on the service that equal this one, newest first.

        since: aware, UTC; when the order was first about to be sent.
        """
        ...

    def poll(self, handles: Sequence[str], stop: Stop) -> dict[str, Status]:
        """Return the status of all handles, with one call where the service allows it."""
        ...

    def fetch(
        self, order: Order, file: RemoteFile, folder: Path, received: Received, stop: Stop
    ) -> Path:
        """Download one file into folder, going on from what is there; return its path.

        Raise LinkExpired, FileMissing, FileBroken, DiskFull, NoConnection, Cancelled.
        """
        ...

    def cancel(self, handle: str, stop: Stop) -> None:
        """Take an order back, as far as the service can."""
        ...
