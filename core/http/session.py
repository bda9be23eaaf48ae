"""Requests to services: bounded, cancellable, and careful with the token."""

from __future__ import annotations

import json
import queue
from typing import Any, Callable, Mapping, Sequence, Union
from urllib.parse import urljoin, urlsplit

import requests
from requests.structures import CaseInsensitiveDict

from ..errors import AddressError, Cancelled, ClmsError, NoConnection, ServiceError
from ..ports import Stop, never
from ..settings import check_address, origin
from .answers import TEMPORARY, Answer
from .config import HttpConfig
from .stream import Stream, whole_body
from .transport import FAULTS, new_session, no_connection
from .waiting import Line, call, pause, pause_before, retry_after

REPEATABLE = frozenset({"GET", "HEAD"})
REDIRECTS = frozenset({301, 302, 303, 307, 308})
MOST_REDIRECTS = 5

Params = Union[Mapping[str, Any], Sequence[tuple[str, Any]]]


class Http:
    """Talks to services. Safe to use from several threads.

    token_origins: the only origins ("https://host:443") that ever see a bearer token.
    """

    def __init__(
        self, config: HttpConfig, token_origins: frozenset[str] = frozenset()
    ) -> None:
        self.config = config
        self._token_origins = token_origins
        self._idle: queue.LifoQueue[requests.Session] = queue.LifoQueue()

    def get_json(
        self, url: str, *, params: Params | None = None,
        headers: Mapping[str, str] | None = None, token: str | None = None, stop: Stop = never,
    ) -> Any:
        """Return the parsed answer of a GET request; errors as in checked() and json()."""
        answer = self.request("GET", url, params=params, headers=headers, token=token, stop=stop)
        return answer.checked().json()

    def post_json(
        self, url: str, body: Any, *, params: Params | None = None,
        headers: Mapping[str, str] | None = None, token: str | None = None,
        repeat: bool = False, stop: Stop = never,
    ) -> Any:
        """Return the parsed answer of a POST request with a JSON body.

        repeat: whether sending it twice does no harm, so that it may be repeated.
        """
        answer = self.request(
            "POST", url, params=params, headers=headers, json_body=body, token=token,
            repeat=repeat, stop=stop)
        return answer.checked().json()

    def post_form(
        self, url: str, fields: Mapping[str, str], *,
        headers: Mapping[str, str] | None = None, repeat: bool = False, stop: Stop = never,
    ) -> Any:
        """Return the parsed answer of a POST request with form fields."""
        answer = self.request(
            "POST", url, headers=headers, form=fields, repeat=repeat, stop=stop)
        return answer.checked().json()

    def request(
        self, method: str, url: str, *, params: Params | None = None,
        headers: Mapping[str, str] | None = None, json_body: Any = None,
        form: Mapping[str, str] | None = None, token: str | None = None,
        repeat: bool | None = None, retries: int | None = None, stop: Stop = never,
    ) -> Answer:
        """Return the answer, whatever its status.

        repeat: may be sent again after a fault that can pass; by default GET and HEAD.
        retries: repetitions instead of those of the configuration.
        Raise NoConnection, BadAnswer("shape") for an endless body, AddressError, Cancelled.
        """
        request = self._prepared(method, url, params, headers, json_body, form)
        repeat = method in REPEATABLE if repeat is None else repeat
        most = (self.config.retries if retries is None else retries) if repeat else 0
        attempt = 0
        while True:
            try:
                answer = self._exchange(request, token, stop)
            except NoConnection as err:
                wait = self.pause_after_fault(err, attempt)
                if wait is None or attempt >= most:
                    raise
            else:
                wait = self.pause_after(answer.status, answer.headers, attempt)
                if wait is None or attempt >= most:
                    return answer
            pause(wait, stop)
            attempt += 1

    def open(
        self, url: str, *, headers: Mapping[str, str] | None = None, token: str | None = None,
        stop: Stop = never,
    ) -> Stream:
        """Return the answer of one GET request with its body still to be read, to be closed."""
        request = self._prepared("GET", url, None, headers, None, None)
        line = Line()
        session = self._session()

        def work() -> requests.Response:
            return self._send(session, request, token, line)

        response = self._guarded(work, session, request.url, line, stop)

        def done(usable: bool) -> None:
            if usable:
                self._idle.put(session)
            else:
                session.close()

        return Stream(response, line, stop, done)

    def pause_after(
        self, status: int, headers: Mapping[str, str], attempt: int
    ) -> float | None:
        """Return the seconds to wait before asking again, None if that is of no use."""
        if status not in TEMPORARY:
            return None
        wanted = None
        if "Retry-After" in headers:
            wanted = retry_after(headers["Retry-After"], headers.get("Date", ""))
        return pause_before(attempt, self.config.first_pause, wanted)

    def pause_after_fault(self, fault: NoConnection, attempt: int) -> float | None:
        """Return the seconds to wait before trying again, None if that is of no use."""
        if fault.reason in ("tls", "proxy"):
            return None
        return pause_before(attempt, self.config.first_pause, None)

    def close(self) -> None:
        """Close the connections that are kept open. More requests may follow."""
        while True:
            try:
                self._idle.get_nowait().close()
            except queue.Empty:
                return

    def _session(self) -> requests.Session:
        try:
            return self._idle.get_nowait()
        except queue.Empty:
            return new_session(self.config)

    def _prepared(
        self, method: str, url: str, params: Params | None,
        headers: Mapping[str, str] | None, json_body: Any, form: Mapping[str, str] | None,
    ) -> requests.PreparedRequest:
        check_address(url)
        all_headers = CaseInsensitiveDict(
            {"Accept": "application/json", "Accept-Encoding": "gzip, deflate",
             "User-Agent": self.config.user_agent})
        all_headers.update(headers or {})
        data: Any = form
        if json_body is not None:
            all_headers["Content-Type"] = "application/json"
            data = json.dumps(json_body).encode()
        try:
            return requests.Request(
                method, url, params=params, headers=all_headers, data=data).prepare()
        except (requests.RequestException, UnicodeError) as err:
            raise AddressError("scheme", type(err).__name__, address=url) from None

    def _exchange(
        self, request: requests.PreparedRequest, token: str | None, stop: Stop
    ) -> Answer:
        """Send one request and read its answer."""
        line = Line()
        session = self._session()

        def work() -> Answer:
            response = self._send(session, request, token, line)
            try:
                body = whole_body(response, self.config.read_timeout)
            finally:
                response.close()
            return Answer(response.status_code, response.url, response.headers, body)

        answer: Answer = self._guarded(work, session, request.url, line, stop)
        self._idle.put(session)
        return answer

    def _guarded(
        self, work: Callable[[], Any], session: requests.Session, url: str | None, line: Line,
        stop: Stop,
    ) -> Any:
        """Return work() with network faults as NoConnection; then the session is not kept."""
        try:
            return call(work, line, stop)
        except FAULTS as err:
            session.close()
            if stop():
                raise Cancelled() from None
            raise no_connection(err, url or "") from None
        except ClmsError:
            session.close()
            raise

    def _send(
        self, session: requests.Session, request: requests.PreparedRequest, token: str | None,
        line: Line,
    ) -> requests.Response:
        """Send, follow redirects; runs in a thread of its own."""
        for _ in range(MOST_REDIRECTS + 1):
            self._authorize(request, token)
            here = origin(request.url or "")
            response = session.send(
                request, stream=True, allow_redirects=False,
                timeout=(self.config.connect_timeout, self.config.read_timeout),
                verify=self.config.ca_bundle or True,
                proxies=dict(self.config.proxies.get(here, {})))
            if line.is_cut:
                response.close()
                raise ConnectionAbortedError("stopped")
            target = response.headers.get("Location", "")
            if response.status_code not in REDIRECTS or not target:
                return response
            response.close()
            request = _redirected(request, response, target)
        raise ServiceError("", "too many redirects", host=_host(request), status=310)

    def _authorize(self, request: requests.PreparedRequest, token: str | None) -> None:
        """Give the token to origins on the list, and take it from all others."""
        request.headers.pop("Authorization", None)
        if token and origin(request.url or "") in self._token_origins:
            request.headers["Authorization"] = f"Bearer {token}"


def _redirected(
    request: requests.PreparedRequest, response: requests.Response, target: str
) -> requests.PreparedRequest:
    """Return the request that a redirect asks for; only GET and HEAD are sent on."""
    url = urljoin(request.url or "", target)
    if request.method not in REPEATABLE:
        raise ServiceError("", "moved", host=_host(request), status=response.status_code)
    if urlsplit(request.url or "").scheme == "https" and urlsplit(url).scheme != "https":
        raise AddressError("scheme", address=url)
    check_address(url)
    again = request.copy()
    again.prepare_url(url, None)
    again.headers.pop("Authorization", None)
    return again


def _host(request: requests.PreparedRequest) -> str:
    return urlsplit(request.url or "").hostname or ""
