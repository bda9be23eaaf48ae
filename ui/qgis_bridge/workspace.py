"""Everything of core, put together from QGIS's settings: used by the dock and by Processing."""

from __future__ import annotations

import os
from functools import cached_property
from pathlib import Path
from typing import Dict, Optional
from urllib.parse import urlsplit

from ...core.aoi.area import Area
from ...core.aoi.gisco import NutsShapes
from ...core.aoi.nuts import NutsIndex
from ...core.cart.cart import Cart
from ...core.clms.auth import TokenSource
from ...core.clms.catalogue import Catalogue
from ...core.clms.client import PortalClient
from ...core.clms.service import PortalService
from ...core.clms.service_key import ServiceKey
from ...core.egms.archive import EgmsArchive
from ...core.egms.service import EgmsService
from ...core.errors import AreaError, KeyMissing
from ...core.http.session import Http
from ...core.jobs.journal import Journal
from ...core.jobs.queue import JobQueue
from ...core.library.library import Library
from ...core.ports import Service, Stop
from ...core.settings import ENV_KEY_FILE, LOOPBACK, Settings
from .network import http_config
from .profile import profile_folder
from .secrets import KEY_NAME, QgisSecretStore
from .settings_store import load_settings


class Workspace:
    """The parts of core with this profile's settings. Make it on the main thread, use it on any.

    Nothing is read, opened or imported before it is asked for, but the settings, the network
    configuration and the service key, which only the main thread may read.
    """

    def __init__(
        self, settings: Settings, http: Http, tokens: TokenSource, folder: Path
    ) -> None:
        self.settings = settings
        self.http = http
        self.tokens = tokens
        self.folder = folder

    @classmethod
    def open(cls, with_key: bool = True) -> Workspace:
        """Return the workspace of this QGIS profile.

        with_key: read the service key now, for which QGIS may ask for the master password; else
        ensure_key() does it when it is needed.
        Raise AddressError for an unusable service address, KeyFileError for a bad key file.
        """
        settings = load_settings().checked()
        folder = profile_folder()
        addresses = (settings.portal, settings.egms, settings.gisco)
        http = Http(http_config(addresses, folder), token_origins=settings.token_origins)
        return cls(settings, http, TokenSource(http, load_key() if with_key else None), folder)

    def ensure_key(self) -> None:
        """Read the service key if it was not read yet; raise KeyMissing if there is none.

        Main thread only, before work is started that needs the key.
        """
        if not self.tokens.has_key:
            self.tokens.use(load_key())
        if not self.tokens.has_key:
            raise KeyMissing()

    @cached_property
    def portal(self) -> PortalClient:
        """Return the client of the CLMS portal."""
        return PortalClient(self.http, self.settings.portal, self.tokens)

    @cached_property
    def archive(self) -> EgmsArchive:
        """Return the client of the EGMS archive."""
        return EgmsArchive(self.http, self.settings.egms, self.tokens)

    @cached_property
    def services(self) -> Dict[str, Service]:
        """Return the services by name: the one place that lists them."""
        return {
            service.name: service
            for service in (
                PortalService(self.portal, self.http, self.catalogue.find, self._poll_seconds()),
                EgmsService(self.archive, self.http))
        }

    @cached_property
    def catalogue(self) -> Catalogue:
        """Return the catalogue, read from disk if it was fetched before."""
        catalogue = Catalogue(self.folder / "catalogue")
        catalogue.load()
        return catalogue

    @cached_property
    def cart(self) -> Cart:
        """Return the cart of this profile."""
        return Cart(self.folder / "cart.json")

    @cached_property
    def library(self) -> Library:
        """Return what is in the download folder."""
        return Library(self.settings.folder)

    @cached_property
    def journal(self) -> Journal:
        """Return the journal of jobs; JournalError if a newer plugin wrote it."""
        return Journal(self.folder / "jobs.sqlite")

    @cached_property
    def queue(self) -> JobQueue:
        """Return the queue that works on the journal."""
        return JobQueue(self.journal, self.services, self.library)

    @cached_property
    def nuts(self) -> NutsIndex:
        """Return the index of NUTS regions and countries."""
        return NutsIndex()

    @cached_property
    def shapes(self) -> NutsShapes:
        """Return the source of region outlines."""
        return NutsShapes(self.http, self.settings.gisco, self.folder / "nuts", self.nuts)

    def region(self, text: str, stop: Stop) -> Area:
        """Return the region with this code or name; AreaError("unknown") if there is none."""
        region = self.nuts.region(text)
        if region is None:
            region = next(iter(self.nuts.search(text)), None)
        if region is None:
            raise AreaError("unknown", code=text)
        return self.shapes.area(region.code, stop)

    def fresh_catalogue(self, stop: Stop) -> Catalogue:
        """Return the catalogue; fetch it first if it was never fetched."""
        if self.catalogue.fetched_at is None:
            self.catalogue.refresh(self.portal, stop, lambda _share: None)
        return self.catalogue

    def close(self) -> None:
        """Close connections and files."""
        self.http.close()
        if "journal" in self.__dict__:
            self.journal.close()

    def _poll_seconds(self) -> float:
        """Return the pause between two looks at the portal's tasks; the sandbox is quick."""
        return 1.0 if urlsplit(self.settings.portal).hostname in LOOPBACK else 30.0


def load_key() -> Optional[ServiceKey]:
    """Return the service key of the environment's key file or of QGIS's secret store."""
    path = os.environ.get(ENV_KEY_FILE)
    if path:
        return ServiceKey.from_file(Path(path))
    text = QgisSecretStore().load(KEY_NAME)
    return ServiceKey.from_text(text) if text else None
