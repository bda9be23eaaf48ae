"""Settings of the plugin as plain values; where they are kept is the bridge's business."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path
from typing import Mapping
from urllib.parse import urlsplit

from .errors import AddressError

ENV_ADDRESSES = {
    "portal": "CLMS_EXPLORER_PORTAL",
    "egms": "CLMS_EXPLORER_EGMS",
    "gisco": "CLMS_EXPLORER_GISCO",
}
ENV_KEY_FILE = "CLMS_EXPLORER_SERVICE_KEY"
LOOPBACK = ("127.0.0.1", "localhost", "::1")


@dataclass(frozen=True)
class Settings:
    """What the user can set. Addresses without a slash at the end; never a secret."""

    portal: str = "https://land.copernicus.eu/api"
    egms: str = "https://egms.land.copernicus.eu/insar-api/archive"
    gisco: str = "https://gisco-services.ec.europa.eu/distribution/v2/nuts"
    download_folder: str = ""

    def with_environment(self, environ: Mapping[str, str]) -> Settings:
        """Return a copy in which the addresses of the environment win."""
        addresses = {
            name: environ[variable].rstrip("/")
            for name, variable in ENV_ADDRESSES.items()
            if environ.get(variable)
        }
        return replace(self, **addresses)

    def checked(self) -> Settings:
        """Return self; raise AddressError for an address that is not safe to use."""
        for address in (self.portal, self.egms, self.gisco):
            check_address(address)
        return self

    @property
    def folder(self) -> Path:
        """Return where downloads go."""
        return Path(self.download_folder or Path.home() / "CLMS Explorer")

    @property
    def token_origins(self) -> frozenset[str]:
        """Return the origins that may see the portal's token: the portal and EGMS."""
        return frozenset(origin(address) for address in (self.portal, self.egms))


def origin(address: str) -> str:
    """Return "scheme://host:port" of an address, the default port written out."""
    parts = urlsplit(address)
    port = parts.port or {"https": 443, "http": 80}.get(parts.scheme, 0)
    return f"{parts.scheme}://{parts.hostname}:{port}"


def check_address(address: str) -> None:
    """Raise AddressError unless it is https, or plain http to this computer."""
    if not address:
        raise AddressError("empty")
    try:
        parts = urlsplit(address)
        host, scheme = parts.hostname or "", parts.scheme
        parts.port  # noqa: B018 - raises ValueError for a port that is no number
    except ValueError as err:
        raise AddressError("scheme", address=address) from err
    if scheme == "https" and host:
        return
    if scheme == "http" and host in LOOPBACK:
        return
    raise AddressError("scheme", address=address)
