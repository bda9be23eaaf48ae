"""Switches for a sandbox that runs as another process: JSON below /sandbox/.

GET /sandbox/                 addresses
GET /sandbox/faults           the faults that are on
POST /sandbox/faults          {"path": "", "kind": "status", "times": 1, "code": 502, …}
DELETE /sandbox/faults        all off
GET /sandbox/requests         what has been asked
DELETE /sandbox/requests      forget that
POST /sandbox/tasks           {"task": id, "status": "Rejected", "message": ""}
                              or {"task": id, "expire": true}, or {"hold": true}
POST /sandbox/tokens          {"expire": true} or {"forget": true} or {"revoke": client_id}
POST /sandbox/ids             ids of EGMS searches end now
"""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING, Any, Callable

from .answers import Answer, Request, compact

if TYPE_CHECKING:
    from .server import Sandbox

ROOT = "/sandbox/"


class Control:
    """Answers the control calls; they are neither logged nor hit by faults."""

    def __init__(self, sandbox: Sandbox) -> None:
        self.sandbox = sandbox
        self._calls: dict[tuple[str, str], Callable[[dict[str, Any]], Any]] = {
            ("GET", ""): lambda wish: sandbox.addresses(),
            ("GET", "faults"): lambda wish: [_shown(fault) for fault in sandbox.faults],
            ("POST", "faults"): self._fault,
            ("DELETE", "faults"): lambda wish: sandbox.faults.clear(),
            ("GET", "requests"): lambda wish: [asdict(entry) for entry in sandbox.requests],
            ("DELETE", "requests"): lambda wish: sandbox.requests.clear(),
            ("POST", "tasks"): self._task,
            ("POST", "tokens"): self._token,
            ("POST", "ids"): lambda wish: sandbox.archive.expire_ids(),
        }

    def answer(self, request: Request) -> Answer:
        """Carry out one call."""
        call = self._calls.get((request.method, request.path[len(ROOT):].strip("/")))
        if call is None:
            return compact({"error": "unknown call"}, 404)
        try:
            return compact({"result": call(request.json())})
        except (ValueError, KeyError, TypeError) as err:
            return compact({"error": f"{type(err).__name__}: {err}"}, 400)

    def _fault(self, wish: dict[str, Any]) -> Any:
        fault = self.sandbox.faults.add(wish.pop("path", ""), wish.pop("kind"), **wish)
        return _shown(fault)

    def _task(self, wish: dict[str, Any]) -> None:
        tasks = self.sandbox.tasks
        if "hold" in wish:
            tasks.hold = bool(wish["hold"])
        elif wish.get("expire"):
            tasks.expire(wish["task"])
        else:
            tasks.set(wish["task"], wish["status"], wish.get("message", ""))

    def _token(self, wish: dict[str, Any]) -> None:
        auth = self.sandbox.auth
        if wish.get("expire"):
            auth.expire_tokens()
        if wish.get("forget"):
            auth.forget_tokens()
        if wish.get("revoke"):
            auth.revoke(wish["revoke"])


def _shown(fault: Any) -> dict[str, Any]:
    return {key: value for key, value in asdict(fault).items() if key != "until"}
