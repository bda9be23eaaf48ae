"""Run core calls in QGIS's thread pool and report on the main thread."""

from __future__ import annotations

import logging
from typing import Any, Callable, Optional

from qgis.core import QgsApplication, QgsTask
from qgis.PyQt.QtCore import QObject, pyqtSignal

from ...core.errors import Cancelled

LOG = logging.getLogger("clms_explorer.tasks")

Work = Callable[[Callable[[], bool], Callable[[float], None]], Any]


class CoreTask(QgsTask):
    """One core call: work(stop, progress), progress from 0 to 1. It never raises."""

    done = pyqtSignal(object)
    failed = pyqtSignal(object)

    def __init__(self, title: str, work: Work) -> None:
        super().__init__(title, QgsTask.Flag.CanCancel)
        self._work = work
        self._result: Any = None
        self._error: Optional[BaseException] = None

    def run(self) -> bool:
        """Do the work; called by QGIS on a pool thread."""
        try:
            self._result = self._work(self.isCanceled, self._report)
            return True
        except Cancelled as err:
            self._error = err
            return False
        except Exception as err:  # noqa: BLE001 - the border of the thread
            LOG.exception("%s failed", self.description())
            self._error = err
            return False

    def finished(self, ok: bool) -> None:
        """Tell the outcome; called by QGIS on the main thread."""
        result, error = self._result, self._error
        self._work = self._result = self._error = None
        if ok:
            self.done.emit(result)
        elif error is not None and not isinstance(error, Cancelled):
            self.failed.emit(error)

    def _report(self, share: float) -> None:
        self.setProgress(100 * share)


class TaskRunner(QObject):
    """Start tasks, keep them alive, and end them all at unload."""

    def __init__(self, parent: Optional[QObject] = None) -> None:
        super().__init__(parent)
        self._live: set[CoreTask] = set()

    def start(
        self,
        title: str,
        work: Work,
        done: Optional[Callable[[Any], None]] = None,
        failed: Optional[Callable[[BaseException], None]] = None,
    ) -> CoreTask:
        """Start work(stop, progress); done(result) or failed(error) follow on the main thread."""
        task = CoreTask(title, work)
        if done is not None:
            task.done.connect(done)
        if failed is not None:
            task.failed.connect(failed)
        task.taskCompleted.connect(lambda: self._live.discard(task))
        task.taskTerminated.connect(lambda: self._live.discard(task))
        self._live.add(task)
        QgsApplication.taskManager().addTask(task)
        return task

    def stop_all(self, milliseconds: int = 1000) -> None:
        """Cancel every live task, without their outcomes, and wait for each a moment."""
        tasks = list(self._live)
        for task in tasks:
            for signal in (task.done, task.failed):
                try:
                    signal.disconnect()
                except TypeError:
                    LOG.debug("nobody listened to %s", task.description())
            task.cancel()
        for task in tasks:
            if task in self._live:
                task.waitForFinished(milliseconds)
        self._live.clear()
