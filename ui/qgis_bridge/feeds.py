"""What the panels show, fetched beside the window: the catalogue and the EGMS archive."""

from __future__ import annotations

import os
from typing import Any, Callable, List, Mapping, Optional, Tuple

from qgis.PyQt.QtCore import QCoreApplication, QObject, pyqtSignal

from ...core.aoi.area import Area
from ...core.egms.archive import Hit
from ...core.errors import NoConnection
from ...core.ports import Progress, Stop
from ...core.settings import ENV_KEY_FILE
from .secrets import KEY_NAME, QgisSecretStore
from .tasks import CoreTask, TaskRunner
from .workspace import Workspace


class CatalogueFeed(QObject):
    """Reads the catalogue from the portal; the copy on disk serves meanwhile."""

    updated = pyqtSignal()
    failed = pyqtSignal(object)
    busy_changed = pyqtSignal(bool)

    def __init__(self, workspace: Workspace, runner: TaskRunner, parent: QObject) -> None:
        super().__init__(parent)
        self._workspace = workspace
        self._runner = runner
        self._offline = False
        self._busy = False

    @property
    def connection(self) -> str:
        """Return "ready", "no_key" or "offline"."""
        if self._offline:
            return "offline"
        known = (
            self._workspace.tokens.has_key or bool(os.environ.get(ENV_KEY_FILE))
            or QgisSecretStore().state(KEY_NAME) != "none")
        return "ready" if known else "no_key"

    def refresh(self) -> None:
        """Read the whole catalogue again; updated or failed follows."""
        if self._busy:
            return
        self._set_busy(True)

        def work(stop: Stop, progress: Progress) -> None:
            self._workspace.catalogue.refresh(self._workspace.portal, stop, progress)

        self._runner.start(_tr("Read the CLMS catalogue"), work, self._done, self._broke)

    def _done(self, _result: Any) -> None:
        self._offline = False
        self._set_busy(False)
        self.updated.emit()

    def _broke(self, error: BaseException) -> None:
        self._offline = isinstance(error, NoConnection)
        self._set_busy(False)
        self.failed.emit(error)

    def _set_busy(self, busy: bool) -> None:
        self._busy = busy
        self.busy_changed.emit(busy)


class EgmsFeed(QObject):
    """Searches the archive; only the newest search counts."""

    found = pyqtSignal(list)
    """Hits of the search."""
    releases_known = pyqtSignal(list)
    """Releases, the newest first."""
    failed = pyqtSignal(object)

    def __init__(self, workspace: Workspace, runner: TaskRunner, parent: QObject) -> None:
        super().__init__(parent)
        self._workspace = workspace
        self._runner = runner
        self._task: Optional[CoreTask] = None

    def search(self, area: Area, wishes: Mapping[str, Any]) -> None:
        """Look for files. wishes: "level", and perhaps "release", "components", "direction",
        "track"; without a release the newest that has files here is taken.

        Main thread: may ask for the master password. found or failed follows.
        """
        try:
            self._workspace.ensure_key()
        except Exception as err:  # noqa: BLE001 - shown to the user, whatever it is
            self.failed.emit(err)
            return
        if self._task is not None:
            self._task.cancel()

        def work(stop: Stop, progress: Progress) -> Tuple[List[str], List[Hit]]:
            return _search(self._workspace, area, wishes, progress, stop)

        self._task = self._start(work)

    def _start(self, work: Callable[[Stop, Progress], Any]) -> CoreTask:
        task = self._runner.start(_tr("Search EGMS files"), work)

        def current(then: Callable[[Any], None]) -> Callable[[Any], None]:
            return lambda outcome: then(outcome) if task is self._task else None

        task.done.connect(current(self._tell))
        task.failed.connect(current(self.failed.emit))
        return task

    def _tell(self, outcome: Tuple[List[str], List[Hit]]) -> None:
        releases, hits = outcome
        self.releases_known.emit(releases)
        self.found.emit(hits)


def _search(
    workspace: Workspace, area: Area, wishes: Mapping[str, Any], progress: Progress, stop: Stop
) -> Tuple[List[str], List[Hit]]:
    archive = workspace.archive
    return archive.releases(stop), archive.newest(
        area, wishes["level"], wishes.get("release") or "", wishes.get("components") or (),
        wishes.get("direction") or "", wishes.get("track") or 0, progress, stop)


def _tr(text: str) -> str:
    return QCoreApplication.translate("Feeds", text)
