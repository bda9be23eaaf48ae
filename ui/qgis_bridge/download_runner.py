"""Work on the job queue beside the window, and open what is ready."""

from __future__ import annotations

import logging
from pathlib import Path
from typing import Any, Dict, List, Sequence

from qgis.core import QgsMapLayer, QgsProject, QgsVectorLayer
from qgis.PyQt.QtCore import QCoreApplication, QObject, pyqtSignal

from ...core.cart.item import CartItem
from ...core.errors import ClmsError
from ...core.jobs.job import Job, State
from ...core.library.entry import LibraryEntry
from ...core.ports import Progress, Stop
from ..words import count_words
from .finish import finished_files, import_job
from .layers import add_product_files, origin_of
from .library_layers import add_entry
from .store_layers import add_store, is_store_layer
from .tasks import TaskRunner
from .workspace import Workspace

LOG = logging.getLogger("clms_explorer.downloads")


class DownloadRunner(QObject):
    """One task serves the queue while there is something to do; another opens finished jobs."""

    changed = pyqtSignal(int)
    """The id of a job that changed; from any thread, arrives on the main one."""
    opened = pyqtSignal(int, list)
    """A job's id and the ids of its layers."""
    failed = pyqtSignal(object)
    """An error that concerns all downloads, or the opening of one."""

    def __init__(self, workspace: Workspace, runner: TaskRunner, parent: QObject) -> None:
        super().__init__(parent)
        self._workspace = workspace
        self._runner = runner
        self._working = False
        self._again = False
        self._opening: set[int] = set()
        self._given_up: set[int] = set()
        self._layers: Dict[int, List[str]] = {}
        self.changed.connect(self._open_if_ready)

    def start(self) -> None:
        """Work on the queue until nothing goes on by itself; more work may come meanwhile."""
        if self._working:
            self._again = True
            return
        self._working, self._again = True, False
        self._runner.start(_tr("Downloads of CLMS Explorer"), self._work, self._done, self._broke)

    def add(self, items: List[CartItem]) -> None:
        """Add orders and work on them; OrderRefused or AreaError if one makes no sense."""
        for item in items:
            self.changed.emit(self._workspace.queue.add(item).id)
        self.start()

    def open_job(self, job: Job) -> None:
        """Put a finished job on the map; cutting and importing happen beside the window."""
        if job.id in self._opening:
            return
        self._opening.add(job.id)
        self._runner.start(
            _tr("Open {name}").format(name=job.title),
            lambda stop, progress: self._prepare(job, progress, stop),
            lambda paths: self._show(job, paths),
            lambda error: self._not_opened(job, error))

    def open_entry(self, entry: LibraryEntry) -> None:
        """Put what an order left on disk on the map."""
        dataset = self._workspace.catalogue.find(entry.dataset)
        try:
            add_entry(
                entry, QgsProject.instance(), credit=dataset.licence if dataset else "")
        except ClmsError as err:
            self.failed.emit(err)

    def layers_of(self, job_id: int) -> List[str]:
        """Return the ids of the layers that a job's opening has made in this session."""
        return self._layers.get(job_id, [])

    def open_unopened(self) -> None:
        """Open what became ready while QGIS was closed."""
        for job in self._workspace.journal.jobs():
            self._open_if_ready(job.id)

    def _work(self, stop: Stop, _progress: Progress) -> None:
        self._workspace.queue.run(stop, self.changed.emit, until_idle=True)

    def _done(self, _result: Any) -> None:
        self._working = False
        if self._again:
            self.start()

    def _broke(self, error: BaseException) -> None:
        self._working = False
        self.failed.emit(error)

    def _open_if_ready(self, job_id: int) -> None:
        try:
            job = self._workspace.journal.job(job_id)
        except ClmsError as err:
            LOG.debug("job %s is gone: %s", job_id, err)
            return
        if job.state is not State.READY or job.id in self._given_up:
            return
        if job.item.get("open_when_ready"):
            self.open_job(job)

    def _prepare(self, job: Job, progress: Progress, stop: Stop) -> List[Path]:
        if job.order.service == "egms":
            return import_job(job, self._workspace.settings.folder, progress, stop)
        return finished_files(job, stop)

    def _show(self, job: Job, paths: List[Path]) -> None:
        self._opening.discard(job.id)
        project = QgsProject.instance()
        try:
            if job.order.service == "egms":
                name = origin_of(job).area
                layers = [layer for path in paths for layer in add_store(path, project, name)]
            else:
                layers = add_product_files(paths, origin_of(job), project)
        except ClmsError as err:
            self._not_opened(job, err)
            return
        self._workspace.queue.opened(job.id, _content_words(layers))
        self._layers[job.id] = [layer.id() for layer in layers]
        self.opened.emit(job.id, self._layers[job.id])
        self.changed.emit(job.id)

    def _not_opened(self, job: Job, error: BaseException) -> None:
        self._opening.discard(job.id)
        self._given_up.add(job.id)
        self.failed.emit(error)


def _content_words(layers: Sequence[QgsMapLayer]) -> str:
    """Return how many points were opened, "" for other layers."""
    points = [
        layer for layer in layers
        if isinstance(layer, QgsVectorLayer) and is_store_layer(layer)]
    if not points:
        return ""
    count = sum(layer.featureCount() for layer in points)
    return _tr("{count} points").format(count=count_words(count))


def _tr(text: str) -> str:
    return QCoreApplication.translate("Downloads", text)
