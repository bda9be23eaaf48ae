"""The download tool: @datarequest_* and what it needs around it."""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING, Any

from .answers import Answer, Request, page, refusal, reply
from .files import file_answer
from .formats import BASE_SYSTEMS, CONVERSIONS, systems
from .order_rules import Refused, Rules, too_many
from .tasks import STATES, Task, Tasks

if TYPE_CHECKING:
    from .server import Sandbox

RESULTS = "/clmsdatadownload/results"


class Orders:
    """Takes orders, tells how they stand and serves their files."""

    def __init__(self, sandbox: Sandbox) -> None:
        self.sandbox = sandbox

    @property
    def tasks(self) -> Tasks:
        """Return all tasks."""
        return self.sandbox.tasks

    def post(self, request: Request, user: str) -> Answer:
        """Answer @datarequest_post."""
        try:
            body = request.json()
        except ValueError as err:
            raise ValueError("No JSON object could be decoded") from err
        items = body.get("Datasets")
        rules = Rules(self.sandbox.portal_site.catalogue.by_uid, self.sandbox.gisco_site.name)
        try:
            if items is None:
                raise TypeError("'NoneType' object is not iterable")
            rules.check(items)
            too_many(rules.areas, self.tasks.waiting_items(user))
        except Refused as refused:
            return refusal(str(refused))
        return self._accept(request, user, rules)

    def _accept(self, request: Request, user: str, rules: Rules) -> Answer:
        empty = self.sandbox.faults.take("empty_lists", request.raw, "POST")
        if empty and not empty.option("create", False):
            return reply({"TaskIds": [], "ErrorTaskIds": []}, 201)
        cdse = [item for item in rules.areas if item["DatasetSource"] == "CDSE"]
        plain = [item for item in rules.areas if item["DatasetSource"] != "CDSE"]
        good: list[Task] = []
        failed: list[Task] = []
        for items in (rules.files, plain):
            if items:
                task, refused = self._task(request, user, items)
                (failed if refused else good).append(task)
        for item in cdse:
            self._cdse(user, item)
        if failed and not good and not cdse:
            return refusal("Error, all requests failed", 500)
        if empty:
            good, failed = [], []
        return reply({"TaskIds": [{"TaskID": task.id} for task in good],
                      "ErrorTaskIds": [{"TaskID": task.id} for task in failed]}, 201)

    def _task(self, request: Request, user: str, items: list[Any]) -> tuple[Task, bool]:
        """Register one task; return it and whether the processing system refused it."""
        refuse = self.sandbox.faults.take("fme_refuses", request.raw, "POST")
        outcome = self.sandbox.faults.take("outcome", request.raw, "POST")
        fields: dict[str, Any] = {}
        if outcome:
            fields = {"outcome": str(outcome.option("status", "Finished_nok")),
                      "message": str(outcome.option("message", ""))}
        stuck = refuse is not None and refuse.option("later", None) != "finish"
        return self.tasks.add(user, items, refused=stuck, **fields), refuse is not None

    def _cdse(self, user: str, item: dict[str, Any]) -> None:
        """Let the parent and its child appear later, or never if no batch can be made."""
        if not item["SpatialResolution"] or "TemporalFilter" not in item:
            return
        group = "-".join(uuid.uuid4().hex[i:i + 4] for i in (0, 4, 8, 12))
        batch, name = str(uuid.uuid4()), f"{uuid.uuid4()}.gpkg"
        delay = self.tasks.step
        self.tasks.add(user, [item], role="parent", group=group, delay=delay,
                       extra={"CDSEBatchIDs": [batch], "GpkgFileNames": [name]})
        self.tasks.add(user, [item], role="child", group=group, delay=delay,
                       extra={"CDSEBatchID": batch, "GpkgFileName": name})

    def search(self, request: Request, user: str) -> Answer:
        """Answer @datarequest_search."""
        wanted = request.values("status")
        if len(wanted) > 1 or (wanted and wanted[0] and wanted[0] not in STATES):
            return refusal("Error, status not recognized")
        state = wanted[0] if wanted else ""
        back = self._backwards(request)
        tasks = {task.id: self.tasks.record(task, back) for task in self.tasks.of(user)
                 if not state or (task.state == state and task.role != "child")}
        return reply(tasks)

    def status(self, request: Request, user: str) -> Answer:
        """Answer @datarequest_status_get; any user may ask for any task."""
        task_id = request.value("TaskID")
        if not task_id:
            return refusal("Error, TaskID not defined")
        task = self.tasks.get(task_id)
        if task is None:
            return refusal("Error, the task does not exist", 404)
        return reply(self.tasks.record(task, self._backwards(request)))

    def delete(self, request: Request, user: str) -> Answer:
        """Answer @datarequest_delete."""
        task_id = str(request.json().get("TaskID") or "")
        if not task_id:
            return refusal("Error, TaskID not defined")
        task = self.tasks.get(task_id)
        if task is None:
            return refusal("Error, TaskID not registered", 403)
        if task.user != user:
            return refusal("Error, permission denied", 404)
        self.tasks.cancel(task_id)
        return Answer(204)

    def projections(self, request: Request, user: str) -> Answer:
        """Answer @projections."""
        uid = request.value("uid")
        record = self.sandbox.portal_site.catalogue.by_uid(uid)
        if not uid:
            return reply(BASE_SYSTEMS)
        return reply(systems(record) if record else [])

    def conversions(self, request: Request, user: str) -> Answer:
        """Answer @format_conversion_table."""
        return reply(CONVERSIONS)

    def result(self, request: Request) -> Answer:
        """Answer a result link: no login, ranges, gone after a while."""
        folder, _, name = request.path.rpartition("/")
        job = name[:-4] if name.endswith(".zip") else ""
        task = self.tasks.by_job(int(job)) if folder == RESULTS and job.isdigit() else None
        if task is None or task.file is None or not task.file.is_file():
            return page("404 - File or directory not found.", "", 404)
        return file_answer(request, task.file)

    def _backwards(self, request: Request) -> str:
        fault = self.sandbox.faults.take("backwards", request.raw)
        return str(fault.option("status", "Queued")) if fault else ""
