"""What travels between the HTTP layer and the services: requests and answers."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from email.message import Message
from pathlib import Path
from typing import Any, Callable, Mapping
from urllib.parse import parse_qsl

JSON_TYPE = "application/json"
HTML_TYPE = "text/html; charset=utf-8"


@dataclass
class Request:
    """One HTTP request.

    path: percent-decoded, without query. raw: path and query as sent.
    origin: "main" or "results". base: scheme, host and port as the client addressed them.
    """

    method: str
    path: str
    raw: str
    headers: Message
    body: bytes
    origin: str
    base: str

    @property
    def raw_query(self) -> str:
        """Return the query string as sent."""
        return self.raw.partition("?")[2]

    @property
    def query(self) -> list[tuple[str, str]]:
        """Return the query as pairs, in their order, empty values included."""
        return parse_qsl(self.raw_query, keep_blank_values=True)

    def values(self, name: str) -> list[str]:
        """Return all values of a query parameter; "name:list" counts as "name"."""
        return [value for key, value in self.query if key.partition(":")[0] == name]

    def value(self, name: str, default: str = "") -> str:
        """Return the first value of a query parameter."""
        return next(iter(self.values(name)), default)

    def json(self) -> Any:
        """Return the body as JSON; raise ValueError if it is none."""
        return json.loads(self.body.decode("utf-8")) if self.body else {}

    @property
    def bearer(self) -> str | None:
        """Return the bearer token of the Authorization header, or None."""
        scheme, _, token = (self.headers.get("Authorization") or "").partition(" ")
        return token.strip() if scheme.lower() == "bearer" else None


@dataclass
class Answer:
    """One HTTP answer. Its body is `body`, or the bytes start…stop of `file`.

    done: called once, just before the last byte is sent or after a failure.
    """

    status: int = 200
    body: bytes = b""
    type: str = JSON_TYPE
    headers: dict[str, str] = field(default_factory=dict)
    file: Path | None = None
    start: int = 0
    stop: int = 0
    done: Callable[[], None] | None = None

    @property
    def length(self) -> int:
        """Return the size of the body in bytes."""
        return self.stop - self.start if self.file else len(self.body)

    def finish(self) -> None:
        """Call `done`, the first time."""
        done, self.done = self.done, None
        if done:
            done()


def reply(data: Any, status: int = 200, headers: Mapping[str, str] | None = None) -> Answer:
    """Return JSON as plone.restapi writes it."""
    text = json.dumps(data, indent=2, sort_keys=True, separators=(", ", ": "))
    return Answer(status, text.encode(), headers=dict(headers or {}))


def failure(status: int, kind: str, message: str) -> Answer:
    """Return an error as Plone itself reports it."""
    text = json.dumps({"message": message, "type": kind}, indent=2, sort_keys=True)
    return Answer(status, text.encode())


def compact(data: Any, status: int = 200, headers: Mapping[str, str] | None = None) -> Answer:
    """Return JSON on one line, keys in the given order."""
    return Answer(status, json.dumps(data).encode(), headers=dict(headers or {}))


def refusal(message: str, status: int = 400) -> Answer:
    """Return an error as the download tool reports it."""
    return reply({"status": "error", "msg": message}, status)


def unauthorized() -> Answer:
    """Return the answer for callers that are not logged in or lack the right."""
    return failure(401, "Unauthorized", "You are not authorized to access this resource.")


def not_found(request: Request) -> Answer:
    """Return Plone's answer for an unknown path."""
    return failure(404, "NotFound", f"Resource not found: {request.base}{request.path}")


def page(title: str, text: str, status: int = 200) -> Answer:
    """Return a small HTML page."""
    html = (f"<!DOCTYPE html><html><head><title>{title}</title></head>"
            f"<body><h1>{title}</h1>{text}</body></html>")
    return Answer(status, html.encode(), HTML_TYPE)
