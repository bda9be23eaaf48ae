"""The sandbox: one object that starts everything and lets tests look inside."""

from __future__ import annotations

import shutil
import tempfile
from pathlib import Path
from types import TracebackType

from .answers import Answer, Request
from .control import ROOT as CONTROL_ROOT
from .control import Control
from .egms_archive import ROOT as EGMS_ROOT
from .egms_archive import Archive
from .faults import Faults
from .gisco import ROOT as GISCO_ROOT
from .gisco import Gisco
from .land_cover import LandCover
from .map_service import ROOT as MAP_ROOT
from .map_service import MapService
from .portal import Portal
from .portal_auth import Auth, system_clock
from .portal_orders import RESULTS, Orders
from .request_log import RequestLog
from .results import Results, spoil_archive
from .tasks import Task, Tasks
from .transport import Origin

SHARED = Path(__file__).resolve().parents[3] / "shared" / "data"
USER = "n00demo"


class Sandbox:
    """A loopback server for tests, the demo and people trying the plugin.

    port: 0 = any free one. speed: seconds that an order stays in each state.
    data: folder of the shared sample data; None = beside the checkout, if it exists;
    a folder that does not exist = everything is generated.
    """

    def __init__(self, port: int = 0, speed: float = 0.3, data: Path | None = None) -> None:
        folder = SHARED if data is None else Path(data)
        self.data = folder if folder.is_dir() else None
        self.folder = Path(tempfile.mkdtemp(prefix="clms-sandbox-"))
        self.faults = Faults()
        self.requests = RequestLog()
        self.auth = Auth(self.now)
        self.main = Origin(self, "main", port)
        self.results = Origin(self, "results", port + 1 if port else 0)
        self.cover = LandCover(self.data)
        self.gisco_site = Gisco(self.data)
        self.archive = Archive(self)
        self.map_site = MapService(self)
        self.control = Control(self)
        self.orders = Orders(self)
        self.tasks = Tasks(speed, self._result, self.results_url, self.now)
        self._makers = Results(self.folder, self.data, self.cover, self.gisco_site)
        self.portal_site = Portal(self)
        self._key = ""

    def __enter__(self) -> Sandbox:
        self.start()
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None,
                 trace: TracebackType | None) -> None:
        self.close()

    def start(self) -> None:
        """Answer requests from now on."""
        self.main.start()
        self.results.start()

    def close(self) -> None:
        """Close the ports and remove all files."""
        self.main.stop()
        self.results.stop()
        shutil.rmtree(self.folder, ignore_errors=True)

    def now(self) -> float:
        """Return the time on the server's clock."""
        return system_clock() + self.faults.clock_offset()

    @property
    def portal(self) -> str:
        """Return the address of the portal's API."""
        return self.main.base + "/api"

    def addresses(self) -> dict[str, str]:
        """Return what a client must know, by name."""
        return {"portal": self.portal, "egms": self.egms, "gisco": self.gisco,
                "results": self.results_url}

    @property
    def egms(self) -> str:
        """Return the address of the EGMS archive."""
        return self.main.base + EGMS_ROOT

    @property
    def gisco(self) -> str:
        """Return the address of the NUTS shapes."""
        return self.main.base + GISCO_ROOT

    @property
    def results_url(self) -> str:
        """Return where result files lie: another origin than the portal's."""
        return self.results.base + RESULTS

    @property
    def token_uri(self) -> str:
        """Return the address of the token endpoint as keys hold it."""
        return self.main.base + "/@@oauth2-token"

    @property
    def key_text(self) -> str:
        """Return the service key file of the usual user."""
        if not self._key:
            self._key = self.new_key()
        return self._key

    def new_key(self, user: str = USER) -> str:
        """Return the file of a new service key."""
        return self.auth.new_key(user, self.token_uri).text

    def token(self, user: str = USER) -> str:
        """Return an access token without an exchange."""
        return self.auth.issue(user)

    def revoke(self, client_id: str) -> None:
        """Make a service key, and the tokens got with it, worthless."""
        self.auth.revoke(client_id)

    def route(self, request: Request) -> Answer:
        """Return the answer of the service that a request is meant for."""
        if request.origin == "results":
            return self.orders.result(request)
        if request.path.startswith(CONTROL_ROOT):
            return self.control.answer(request)
        if request.path.startswith(EGMS_ROOT + "/"):
            return self.archive.answer(request)
        if request.path.startswith(MAP_ROOT + "/"):
            return self.map_site.answer(request)
        if request.path.startswith(GISCO_ROOT + "/"):
            return self.gisco_site.answer(request)
        return self.portal_site.answer(request)

    def _result(self, task: Task) -> Path:
        """Make the archive of a task."""
        find = self.portal_site.catalogue.by_uid
        rows = []
        for item in task.items:
            record = find(item["DatasetID"]) or {}
            files = record.get("downloadable_files", {"items": []})["items"]
            rows.append(next((row for row in files if row["@id"] == item.get("FileID")), None))
        path = self._makers.make(task.id, task.items, rows)
        fault = self.faults.take("zip", f"{RESULTS}/{task.id}.zip")
        if fault:
            spoil_archive(path, str(fault.option("what", "crc")))
        return path
