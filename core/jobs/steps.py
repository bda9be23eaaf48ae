"""Steps: pieces of work in threads of their own, that can be counted, halted and ended."""

from __future__ import annotations

import logging
import threading
import time
from dataclasses import dataclass
from typing import Callable

from ..errors import Cancelled, ClmsError
from ..ports import Stop

_LOG = logging.getLogger("clms_explorer.jobs")
REST = 10.0
"""Seconds to leave a step alone that could not even note its outcome."""


@dataclass(frozen=True)
class Step:
    """lane: what is counted together. name: tells steps apart. job: its id, 0 for none."""

    lane: str
    name: str
    job: int = 0


class Steps:
    """The steps that are running. Used by one thread; the steps run in others.

    is_over: tells the steps to stop, asked often. done: called after each step.
    """

    def __init__(self, is_over: Stop, done: Callable[[], None]) -> None:
        self._is_over = is_over
        self._done = done
        self._ended = threading.Event()
        self._halted: frozenset[int] = frozenset()
        self._running: dict[Step, threading.Thread] = {}
        self._rest: dict[Step, float] = {}

    def start(self, step: Step, work: Callable[[Stop], None]) -> bool:
        """Start work(stop), unless the step is running or at rest; return whether it started."""
        if self._ended.is_set() or step in self.running():
            return False
        if self._rest.get(step, 0.0) > time.monotonic():
            return False
        thread = threading.Thread(
            target=self._run, args=(step, work), name=f"clms-{step.lane}", daemon=True)
        self._running[step] = thread
        thread.start()
        return True

    def running(self) -> list[Step]:
        """Return the steps that are running."""
        self._running = {
            step: thread for step, thread in self._running.items() if thread.is_alive()}
        return list(self._running)

    def count(self, lane: str) -> int:
        """Return how many steps of a lane are running."""
        return sum(step.lane == lane for step in self.running())

    def work_on(self, job: int) -> bool:
        """Return whether a step of this job is running."""
        return any(step.job == job for step in self.running())

    def halt(self, jobs: frozenset[int]) -> None:
        """Stop the steps of these jobs, and of no others any more."""
        self._halted = jobs

    def end(self, seconds: float) -> None:
        """Stop all steps and wait for them, but not for ever."""
        self._ended.set()
        end = time.monotonic() + seconds
        for thread in self._running.values():
            thread.join(max(0.0, end - time.monotonic()))

    def _run(self, step: Step, work: Callable[[Stop], None]) -> None:
        def stop() -> bool:
            return self._ended.is_set() or step.job in self._halted or self._is_over()

        try:
            work(stop)
        except Cancelled:
            return
        except Exception as err:  # noqa: BLE001 - the border of the thread
            self._rest[step] = time.monotonic() + REST
            _LOG.warning("%s: %s", step.lane, err, exc_info=not isinstance(err, ClmsError))
        finally:
            self._done()
