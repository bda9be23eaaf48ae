"""Orders as the portal keeps them, and how they move on over time."""

from __future__ import annotations

import secrets
import threading
import time
from dataclasses import dataclass, field
from datetime import datetime, timezone
from pathlib import Path
from typing import Any, Callable

STATES = ("Queued", "In_progress", "Finished_ok", "Finished_nok", "Rejected", "Cancelled")
FINAL = STATES[2:]
CHILD_STATES = {"In_progress": "IN PROGRESS"}
FIRST_JOB = 4051
Build = Callable[["Task"], Path]


@dataclass
class Task:
    """One task. job: number at the processing system, 0 = it refused or has not answered.

    visible: monotonic time from which it shows (CDSE tasks appear late).
    outcome: state in which it will end. moving: whether time moves it on.
    """

    id: str
    user: str
    items: list[dict[str, Any]]
    registered: datetime
    started: float
    role: str = ""
    group: str = ""
    visible: float = 0.0
    job: int = 0
    state: str = "Queued"
    outcome: str = "Finished_ok"
    message: str = ""
    moving: bool = True
    file: Path | None = None
    finished: datetime | None = None
    building: threading.Thread | None = None
    made: Path | None = None
    size: int = 0
    extra: dict[str, Any] = field(default_factory=dict)


class Tasks:
    """All tasks of all users.

    step: seconds in each state. build: makes the result archive of a task.
    hold: True stops all movement, for tests that move tasks by set().
    clock: seconds that pass; tests may put in their own.
    """

    def __init__(self, step: float, build: Build, results: str,
                 now: Callable[[], float]) -> None:
        self.step = step
        self.build = build
        self.results = results
        self.now = now
        self.hold = False
        self.clock = time.monotonic
        self._lock = threading.RLock()
        self._tasks: dict[str, Task] = {}
        self._jobs = FIRST_JOB

    def add(self, user: str, items: list[dict[str, Any]], refused: bool = False,
            role: str = "", delay: float = 0.0, **fields: Any) -> Task:
        """Register a task. refused: the processing system never takes it up."""
        with self._lock:
            start = self.clock() + delay
            task = Task(self._new_id(), user, items, self._date(), start, role=role,
                        visible=start, moving=not refused, **fields)
            self._tasks[task.id] = task
        return task

    def get(self, task_id: str) -> Task | None:
        """Return a task as it stands now, or None."""
        with self._lock:
            task = self._tasks.get(task_id)
        if task is None or task.visible > self.clock():
            return None
        self._move(task)
        return task

    def of(self, user: str) -> list[Task]:
        """Return all visible tasks of a user as they stand now."""
        with self._lock:
            ids = [task.id for task in self._tasks.values() if task.user == user]
        return [task for task in map(self.get, ids) if task is not None]

    def waiting_items(self, user: str) -> list[dict[str, Any]]:
        """Return the items of the user's queued and running tasks."""
        return [item for task in self.of(user) if task.state in ("Queued", "In_progress")
                for item in task.items if isinstance(item, dict)]

    def set(self, task_id: str, state: str, message: str = "") -> None:
        """Put a task into a state and keep it there."""
        task = self._tasks[task_id]
        with self._lock:
            task.moving = False
        if state == "Finished_ok":
            self._finish(task)
        else:
            task.state, task.message = state, message or task.message
            task.finished = self._date() if state in FINAL else None

    def cancel(self, task_id: str) -> None:
        """Take a task back, whatever its state."""
        task = self._tasks[task_id]
        with self._lock:
            task.moving, task.state, task.finished = False, "Cancelled", self._date()

    def expire(self, task_id: str) -> None:
        """Remove the result file; the record still says Finished_ok."""
        task = self._tasks[task_id]
        if task.file:
            task.file.unlink()

    def record(self, task: Task, state: str = "") -> dict[str, Any]:
        """Return a task as the API shows it; state replaces the true one."""
        data: dict[str, Any] = {
            "Datasets": task.items[0] if task.role == "child" else task.items,
            "RegistrationDateTime": task.registered.isoformat(),
            "Status": state or task.state, "UserID": task.user, **task.extra}
        if task.role:
            data.update(cdse_task_role=task.role, cdse_task_group_id=task.group)
        if task.role == "child":
            data["Status"] = CHILD_STATES.get(data["Status"], data["Status"].upper())
        if task.job:
            data["FMETaskId"] = task.job
        if task.finished:
            data["FinalizationDateTime"] = task.finished.isoformat()
        if task.message and task.finished:
            data["Message"] = task.message
        if task.file:
            data["DownloadURL"] = f"{self.results}/{task.job}.zip"
            data["FileSize"] = task.size
        return data

    def by_job(self, job: int) -> Task | None:
        """Return the task with this job number."""
        return next((task for task in list(self._tasks.values()) if task.job == job), None)

    def _new_id(self) -> str:
        """Return a task id: text, up to eleven digits, no leading zero."""
        while True:
            number = str(secrets.randbelow(99999999999) + 1)
            if number not in self._tasks:
                return number

    def _date(self) -> datetime:
        return datetime.fromtimestamp(self.now(), timezone.utc)

    def _take_up(self, task: Task) -> None:
        """Give a task to the processing system, which works in the background."""
        with self._lock:
            if task.job:
                return
            task.job, self._jobs = self._jobs, self._jobs + 1
            if task.outcome == "Finished_ok":
                task.building = threading.Thread(target=self._make, args=(task,), daemon=True)
                task.building.start()

    def _make(self, task: Task) -> None:
        try:
            path = self.build(task)
            task.size, task.made = path.stat().st_size, path
        except Exception as err:
            task.outcome, task.message = "Finished_nok", f"Processing failed: {err}"

    def _move(self, task: Task) -> None:
        """Let the time that has passed move a task on."""
        if not task.moving or self.hold:
            return
        age = self.clock() - task.started
        if age >= self.step / 3 and not task.job and task.role != "child":
            self._take_up(task)
        if age >= self.step:
            task.state = "In_progress"
        if age >= 2 * self.step:
            self._end(task)

    def _end(self, task: Task) -> None:
        if task.building:
            if self.step and task.building.is_alive():
                return
            task.building.join()
        with self._lock:
            if not task.moving:
                return
            task.moving = False
        if task.outcome == "Finished_ok":
            self._finish(task)
        else:
            task.state, task.finished = task.outcome, self._date()
            task.message = task.message or "There was an error processing your request"

    def _finish(self, task: Task) -> None:
        if not task.job and task.role != "child":
            self._take_up(task)
        if task.building:
            task.building.join()
        with self._lock:
            task.file = task.made
            task.state, task.finished = "Finished_ok", self._date()
            task.message = "Download process finished successfully"
