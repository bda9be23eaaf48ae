"""Cart and downloads, wired to the job queue. Used by ui/desk.py alone."""

from __future__ import annotations

import logging
import shutil
from pathlib import Path
from typing import Any, Callable, List, Optional

from qgis.core import QgsProject
from qgis.PyQt.QtCore import QObject, QUrl, pyqtSignal
from qgis.PyQt.QtGui import QDesktopServices

from ..core.cart.item import CartItem
from ..core.cart.pieces import by_days
from ..core.errors import ClmsError
from ..core.jobs.job import Job, State
from .cart.cart_panel import CartPanel
from .downloads.downloads_panel import DownloadsPanel
from .qgis_bridge.download_runner import DownloadRunner
from .qgis_bridge.tasks import TaskRunner
from .qgis_bridge.workspace import Workspace

LOG = logging.getLogger("clms_explorer.orders")


class OrdersDesk(QObject):
    """Sends what is in the cart, shows what becomes of it, fulfils wishes about downloads."""

    failed = pyqtSignal(object)
    """A ClmsError that the user should read."""
    ready = pyqtSignal(str)
    """The title of a job that is ready and on the map."""

    def __init__(
        self, iface: Any, workspace: Workspace, runner: TaskRunner,
        picture: Callable[[CartItem], Any], parent: QObject,
    ) -> None:
        super().__init__(parent)
        self._iface = iface
        self._workspace = workspace
        self.cart = CartPanel(workspace.cart, self.pieces, self.check, picture)
        self.downloads = DownloadsPanel(workspace.journal.events)
        self.runner = DownloadRunner(workspace, runner, self)
        self.runner.changed.connect(self._show_job)
        self.runner.failed.connect(self.failed)
        self.runner.opened.connect(self._tell_opened)
        self.cart.orders_sent.connect(self.send)
        self._connect_wishes()
        self.show_all()

    def show_all(self) -> None:
        """Show the jobs and the space as they are now."""
        self.downloads.set_jobs(self._workspace.journal.jobs())
        self._show_surroundings()

    def send(self, items: List[CartItem]) -> bool:
        """Order items; return whether all were taken. Main thread: may ask for the password."""
        try:
            self._workspace.ensure_key()
        except ClmsError as err:
            self.failed.emit(err)
            return False
        taken = [item for item in items if self._order(item)]
        self.cart.take_out(taken)
        self.runner.start()
        self._show_surroundings()
        return len(taken) == len(items)

    def pieces(self, item: CartItem) -> List[CartItem]:
        """Return the orders that an item becomes: the service limits the days of one."""
        dataset = self._workspace.catalogue.find(item.dataset)
        return by_days(item, dataset.limit_days if dataset else 0)

    def check(self, item: CartItem) -> Optional[ClmsError]:
        """Return why an item cannot be ordered, None if it can."""
        try:
            for piece in self.pieces(item):
                self._workspace.services[item.service].order(piece)
        except ClmsError as err:
            return err
        return None

    def resume(self) -> None:
        """Go on with the jobs of an earlier session, and open what became ready."""
        jobs = self._workspace.journal.jobs()
        if any(job.state.at_work and not job.paused for job in jobs):
            self._work_with_key()
        self.runner.open_unopened()

    def show_folder(self, folder: Path) -> None:
        """Open a folder of files in the system's file manager."""
        while not folder.is_dir() and folder != folder.parent:
            folder = folder.parent
        QDesktopServices.openUrl(QUrl.fromLocalFile(str(folder)))

    def _order(self, item: CartItem) -> bool:
        """Put the orders of an item into the queue; say why not."""
        error = self.check(item)
        if error is not None:
            self.failed.emit(error)
            return False
        self.runner.add(self.pieces(item))
        return True

    def _connect_wishes(self) -> None:
        queue, panel = self._workspace.queue, self.downloads
        for signal, wish in (
            (panel.pause_requested, queue.pause), (panel.resume_requested, queue.resume),
            (panel.cancel_requested, queue.cancel), (panel.retry_requested, queue.retry),
            (panel.first_requested, queue.first), (panel.removal_requested, queue.remove),
            (panel.resend_requested, lambda job_id: queue.decide(job_id, True)),
        ):
            signal.connect(self._wish(wish))
        panel.pause_all_requested.connect(self._wish_for_all(queue.pause_all))
        panel.resume_all_requested.connect(self._wish_for_all(queue.resume_all))
        panel.clearing_requested.connect(self._wish_for_all(queue.clear_done))
        panel.attempt_requested.connect(self._try_now)
        panel.opening_requested.connect(self._open)
        panel.zoom_requested.connect(self._zoom)
        panel.folder_requested.connect(
            lambda job_id: self.show_folder(Path(self._workspace.journal.job(job_id).folder)))
        panel.library_requested.connect(
            lambda: self.show_folder(self._workspace.settings.folder))

    def _wish(self, wish: Callable[[int], None]) -> Callable[[int], None]:
        def fulfil(job_id: int) -> None:
            try:
                wish(job_id)
            except ClmsError as err:
                self.failed.emit(err)
            self._show_job(job_id)
            self._work_with_key()

        return fulfil

    def _wish_for_all(self, wish: Callable[[], None]) -> Callable[[], None]:
        def fulfil() -> None:
            try:
                wish()
            except ClmsError as err:
                self.failed.emit(err)
            self.show_all()
            self._work_with_key()

        return fulfil

    def _try_now(self, service: str) -> None:
        self._workspace.queue.try_now(service)
        self._work_with_key()

    def _work_with_key(self) -> None:
        """Let the queue be worked on; without a key the jobs say so themselves."""
        try:
            self._workspace.ensure_key()
        except ClmsError as err:
            LOG.info("no service key: %s", err)
        self.runner.start()

    def _show_job(self, job_id: int) -> None:
        try:
            self.downloads.put_job(self._workspace.journal.job(job_id))
        except ClmsError as err:
            LOG.debug("job %s is off the list: %s", job_id, err)
            self.downloads.remove_job(job_id)
        self._show_surroundings()

    def _show_surroundings(self) -> None:
        folder = self._workspace.settings.folder
        while not folder.exists() and folder != folder.parent:
            folder = folder.parent
        free = shutil.disk_usage(folder).free
        self.downloads.set_free_space(free)
        self.cart.set_free_space(free)
        self.downloads.set_troubles(self._workspace.journal.troubles())
        self.downloads.set_elsewhere(self._workspace.queue.is_worked_elsewhere())

    def _open(self, job_id: int) -> None:
        self.runner.open_job(self._workspace.journal.job(job_id))

    def _zoom(self, job_id: int) -> None:
        """Show a job's layers on the map, opened again if they are gone."""
        project = QgsProject.instance()
        layers = [project.mapLayer(name) for name in self.runner.layers_of(job_id)]
        layers = [layer for layer in layers if layer is not None]
        if not layers:
            self._open(job_id)
            return
        canvas = self._iface.mapCanvas()
        extent = canvas.mapSettings().layerExtentToOutputExtent(layers[0], layers[0].extent())
        extent.scale(1.1)
        canvas.setExtent(extent)
        canvas.refresh()

    def _tell_opened(self, job_id: int, layers: List[str]) -> None:
        job: Job = self._workspace.journal.job(job_id)
        if layers and job.state in (State.READY, State.OPENED):
            self.ready.emit(job.title)
