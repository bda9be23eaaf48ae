"""The answer of a service, and what can be read from it."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass, field
from typing import Any, Mapping
from urllib.parse import urlsplit

from ..errors import BadAnswer, NotAllowed, ServiceError
from .waiting import retry_after

TEMPORARY = frozenset({429, 502, 503, 504})
"""Status codes after which the same request may succeed a little later."""
_LONGEST_TEXT = 300
_SECRETS = (
    re.compile(r"-----BEGIN[^-]*-----.*?(-----END[^-]*-----|$)", re.S),
    re.compile(r"\beyJ[\w-]+\.[\w-]+\.[\w-]*"),
    re.compile(r"\bbearer\s+\S+", re.I),
    re.compile(r"\b(token|assertion|access_token|password|signature)=[^\s&\"']+", re.I),
    re.compile(r"(?<=://)[^/@\s]+@"),
)


@dataclass(frozen=True)
class Answer:
    """Status, headers (any case) and body of an answer. url: after redirects, may hold an id."""

    status: int
    url: str = field(repr=False)
    headers: Mapping[str, str] = field(repr=False)
    body: bytes = field(repr=False)

    @property
    def host(self) -> str:
        """Return the host name, for sentences."""
        return urlsplit(self.url).hostname or ""

    @property
    def is_html(self) -> bool:
        """Return whether this is a web page, whatever the header says."""
        return looks_like_html(self.headers.get("Content-Type", ""), self.body[:256])

    def json(self) -> Any:
        """Return the parsed body; raise BadAnswer("html" or "json")."""
        if self.is_html:
            raise BadAnswer("html", host=self.host)
        try:
            return json.loads(self.body)
        except (ValueError, RecursionError) as err:
            raise BadAnswer("json", type(err).__name__, host=self.host) from None

    def error_text(self) -> str:
        """Return the service's own words about an error, short and without secrets."""
        if self.is_html:
            return ""
        try:
            data = json.loads(self.body)
        except (ValueError, RecursionError):
            data = self.body[:2000].decode("utf-8", "replace")
        return clean(_words(data))

    def checked(self) -> Answer:
        """Return self; raise NotAllowed (401) or ServiceError for an error status."""
        if self.status < 400:
            return self
        raise self.error()

    def error(self) -> ServiceError | NotAllowed:
        """Return the error that this answer is."""
        text = self.error_text()
        if self.status == 401:
            return NotAllowed("", text, host=self.host, status=self.status)
        error = ServiceError("", text, host=self.host, status=self.status)
        wanted = retry_after(self.headers.get("Retry-After", ""), self.headers.get("Date", ""))
        if wanted is not None:
            error.facts["retry_after"] = wanted
        error.retryable = self.status in TEMPORARY or self.status == 500
        return error


def looks_like_html(content_type: str, start: bytes) -> bool:
    """Return whether an answer is a web page, by its header or its first bytes."""
    if "html" in content_type.lower():
        return True
    head = start.lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    return head.startswith((b"<!doctype html", b"<html"))


def clean(text: str) -> str:
    """Return a text on one line, cut to a sane length, with anything secret taken out."""
    for pattern in _SECRETS:
        text = pattern.sub("…", text)
    text = " ".join("".join(c if c.isprintable() else " " for c in text).split())
    return text if len(text) <= _LONGEST_TEXT else text[:_LONGEST_TEXT - 1] + "…"


def _words(data: Any) -> str:
    """Return the message of any of the six error shapes that the portal is known to use."""
    if isinstance(data, str):
        return data
    if not isinstance(data, dict):
        return ""
    for key in ("msg", "message", "error_description", "error", "error_type"):
        value = data.get(key)
        if isinstance(value, dict):
            value = value.get("message")
        if isinstance(value, str) and value.strip():
            return value
    return ""
