"""What can go wrong, as types. The sentence for the user is made in ui/texts.py."""

from __future__ import annotations

from typing import Any


class ClmsError(Exception):
    """Base of every error of this package.

    reason: a stable word that picks the sentence within the type ("" = the type says it all).
    detail: the service's own words or a technical cause; never a secret.
    facts: values that the sentence needs (sizes in bytes, names, numbers).
    """

    retryable = False

    def __init__(self, reason: str = "", detail: str = "", **facts: Any) -> None:
        self.reason = reason
        self.detail = detail
        self.facts = facts
        words = [type(self).__name__, reason, detail]
        super().__init__(": ".join(word for word in words if word))


class Cancelled(ClmsError):
    """The user asked to stop; neither success nor failure."""


class NoConnection(ClmsError):
    """The service cannot be reached. reason: "offline", "timeout", "tls", "proxy", "cut".

    facts: host.
    """

    retryable = True


class ServiceError(ClmsError):
    """The service answered with an error. facts: host, status; detail: its own words."""

    retryable = True


class BadAnswer(ClmsError):
    """The answer is not what the contract says. reason: "html", "json", "shape"; facts: host."""

    retryable = True


class NotAllowed(ClmsError):
    """The service wants a (new) token or refuses this account. facts: host, status."""


class AddressError(ClmsError):
    """A service address is unusable. reason: "scheme", "empty"; facts: address."""


class KeyFileError(ClmsError):
    """A service key file is unusable.

    reason: "unreadable", "json", "field" (facts: field), "pem", "address".
    """


class KeyMissing(ClmsError):
    """No service key is set, and the call needs one."""


class KeyRefused(ClmsError):
    """The portal refuses the service key. reason: "revoked", "user", "signature", "other"."""


class ClockWrong(ClmsError):
    """This computer's clock differs too much from the portal's. facts: seconds (ours − theirs)."""


class OrderRefused(ClmsError):
    """The service refuses an order for good.

    reason: "invalid" or "duplicate"; detail: the service's text.
    """


class OrderUnclear(ClmsError):
    """Nobody can tell whether an order reached the service: the user decides."""


class OrderFailed(ClmsError):
    """The service took an order and could not fulfil it. detail: its message."""


class LinkExpired(ClmsError):
    """A result link no longer works. facts: kept, size (bytes)."""


class FileMissing(ClmsError):
    """The service does not have this file. facts: name."""


class FileBroken(ClmsError):
    """A downloaded or chosen file is unusable.

    reason: "size", "type", "zip", "crc", "unsafe", "bomb", "empty"; facts: name.
    """


class DiskFull(ClmsError):
    """No room, or no right, to write. reason: "full", "denied"; facts: folder, needed (bytes)."""


class AreaError(ClmsError):
    """An area cannot be used.

    reason: "empty", "point", "line", "invalid", "range", "unknown" (facts: code), "outside",
    "crs" (no or an unknown coordinate system), "antimeridian" (both sides of longitude 180).
    """


class CsvError(ClmsError):
    """An EGMS table cannot be read.

    reason: "header", "column" (facts: column), "dates", "row" (facts: line), "empty", "mixed",
    "precision" (line; more decimals than a store can keep), "component" (nothing says whether the
    motion is east or up). facts: name of the file.
    """


class StoreError(ClmsError):
    """A point store cannot be used.

    reason: "not_a_store", "newer", "level" (file of another level or release), "locked".
    """


class JournalError(ClmsError):
    """The job journal cannot be used. reason: "newer", "broken", "locked"."""
