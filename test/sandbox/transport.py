"""HTTP/1.1 on a loopback port: reads requests, lets faults strike, sends answers."""

from __future__ import annotations

import os
import socket
import threading
import time
from email.utils import formatdate
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import TYPE_CHECKING, Any, Iterator
from urllib.parse import unquote

from .answers import Answer, Request, failure
from .control import ROOT as CONTROL_ROOT
from .faults import Fault
from .mischief import spoil
from .request_log import Entry

if TYPE_CHECKING:
    from .server import Sandbox

CHUNK = 1 << 18


class Origin(ThreadingHTTPServer):
    """One listening port of the sandbox. name: "main" or "results"."""

    daemon_threads = True
    block_on_close = False
    request_queue_size = 64

    def __init__(self, sandbox: Sandbox, name: str, port: int) -> None:
        self.sandbox = sandbox
        self.name = name
        self.closing = threading.Event()
        self._open: set[socket.socket] = set()
        self._started = False
        super().__init__(("127.0.0.1", port), Handler)

    @property
    def base(self) -> str:
        """Return scheme, host and port."""
        return f"http://127.0.0.1:{self.server_address[1]}"

    def start(self) -> None:
        """Answer requests in the background."""
        self._started = True
        threading.Thread(target=self.serve_forever, args=(0.05,), daemon=True).start()

    def stop(self) -> None:
        """Close the port and all connections."""
        self.closing.set()
        if self._started:
            self.shutdown()
        self.server_close()
        for connection in list(self._open):
            try:
                connection.shutdown(socket.SHUT_RDWR)
            except OSError:
                continue

    def process_request(self, request: Any, client_address: Any) -> None:
        self._open.add(request)
        super().process_request(request, client_address)

    def shutdown_request(self, request: Any) -> None:
        self._open.discard(request)
        super().shutdown_request(request)

    def handle_error(self, request: Any, client_address: Any) -> None:
        """Say nothing: clients of a sandbox leave in the middle of an answer all the time."""


class Handler(BaseHTTPRequestHandler):
    """One connection."""

    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True
    wbufsize = 1 << 16
    timeout = 300
    server: Origin

    def do_any(self) -> None:
        """Answer one request."""
        request = self._read()
        entry = _entry(request, self.server.name)
        sandbox = self.server.sandbox
        logged = request.path.startswith(CONTROL_ROOT)  # control calls never are
        faults = {} if logged else sandbox.faults.strike(request)
        answer: Answer | None = None
        try:
            if "refuse" in faults:
                self._hang_up()
                return
            if "delay" in faults:
                self.server.closing.wait(float(faults["delay"].option("delay", 1)))
            answer = spoil(request, faults, lambda: self._answer(request, faults))
            if "drop" in faults:
                self._hang_up()
                return
            entry.status, entry.start = answer.status, answer.start
            if not logged:
                sandbox.requests.add(entry)
                logged = True
            self._send(answer, faults, entry)
        except OSError:
            self.close_connection = True
        finally:
            if answer is not None:
                answer.finish()
            if not logged:
                sandbox.requests.add(entry)

    do_GET = do_POST = do_PUT = do_DELETE = do_HEAD = do_PATCH = do_OPTIONS = do_any

    def log_message(self, format: str, *args: Any) -> None:
        """Keep standard error for what matters; the request log has the rest."""

    def version_string(self) -> str:
        return "waitress"

    def date_time_string(self, timestamp: float | None = None) -> str:
        return formatdate(timestamp or self.server.sandbox.now(), usegmt=True)

    def _read(self) -> Request:
        length = int(self.headers.get("Content-Length") or 0)
        body = self.rfile.read(length) if length else b""
        host = self.headers.get("Host") or self.server.base.partition("//")[2]
        path = unquote(self.path.partition("?")[0])
        return Request(self.command, path, self.path, self.headers, body,
                       self.server.name, f"http://{host}")

    def _answer(self, request: Request, faults: dict[str, Fault]) -> Answer:
        if "no_range" in faults:
            del request.headers["Range"]
        try:
            return self.server.sandbox.route(request)
        except Exception as err:  # the real server, too, reports its crashes this way
            return failure(500, type(err).__name__, str(err))

    def _send(self, answer: Answer, faults: dict[str, Fault], entry: Entry) -> None:
        self.send_response(answer.status)
        for name, value in answer.headers.items():
            self.send_header(name, value)
        self.send_header("Via", "waitress")
        if answer.status == 204:
            self.send_header("Connection", "close")
        else:
            self.send_header("Content-Type", answer.type)
            self.send_header("Content-Length", str(answer.length))
        if "cut" in faults:
            self.send_header("Connection", "close")
        self.end_headers()
        self.wfile.flush()
        if self.command != "HEAD" and answer.status != 204:
            self._send_body(answer, faults, entry)

    def _send_body(self, answer: Answer, faults: dict[str, Fault], entry: Entry) -> None:
        end = int(faults["cut"].option("after", 0)) if "cut" in faults else None
        stall = faults.get("stall")
        for block in _blocks(answer, faults):
            if end is not None:
                block = block[:max(0, end - entry.sent)]
            if stall and entry.sent + len(block) > int(stall.option("after", 0)):
                head = int(stall.option("after", 0)) - entry.sent
                self._write(block[:head], entry)
                self.server.closing.wait(float(stall.option("delay", 60)))
                block, stall = block[head:], None
            if "slow" in faults:
                time.sleep(len(block) / float(faults["slow"].option("rate", 1e6)))
            if entry.sent + len(block) >= answer.length:
                answer.finish()  # who has the last byte may count on it
            self._write(block, entry)
            if end is not None and entry.sent >= end:
                self._hang_up()
                return

    def _write(self, block: bytes, entry: Entry) -> None:
        """Send and count, in the log first: who has the last byte may look there at once."""
        if self.server.closing.is_set():
            raise OSError("the sandbox is closing")
        entry.sent += len(block)
        self.connection.sendall(block)

    def _hang_up(self) -> None:
        """Close the connection so that the client gets what was sent, then an end."""
        self.close_connection = True
        try:
            self.connection.shutdown(socket.SHUT_WR)
        except OSError:
            return


def _entry(request: Request, origin: str) -> Entry:
    headers = {key.lower(): value for key, value in request.headers.items()
               if key.lower() not in ("authorization", "cookie")}
    is_json = (request.headers.get("Content-Type") or "").startswith("application/json")
    body = request.body.decode("utf-8", "replace") if is_json else ""
    path, _, query = request.raw.partition("?")
    if "token=" in query:
        query = "&".join(part for part in query.split("&") if not part.startswith("token="))
    authorized = "Authorization" in request.headers or "token=" in request.raw
    return Entry(request.method, path + ("?" + query if query else ""), origin, headers,
                 authorized, body)


def _blocks(answer: Answer, faults: dict[str, Fault]) -> Iterator[bytes]:
    """Yield the body in pieces, with the bytes inverted that a corrupt fault names."""
    bad = _bad_bytes(answer, faults.get("corrupt"))
    for start, block in _pieces(answer, 1 << 14 if "slow" in faults else CHUNK):
        hits = [offset - start for offset in bad if start <= offset < start + len(block)]
        if hits:
            changed = bytearray(block)
            for hit in hits:
                changed[hit] ^= 0xFF
            block = bytes(changed)
        yield block


def _pieces(answer: Answer, size: int) -> Iterator[tuple[int, bytes]]:
    """Yield (offset in the whole file, bytes)."""
    if answer.file is None:
        for start in range(0, len(answer.body), size):
            yield start, answer.body[start:start + size]
        return
    with open(answer.file, "rb") as handle:
        handle.seek(answer.start)
        at = answer.start
        while at < answer.stop:
            block = handle.read(min(size, answer.stop - at))
            if not block:
                return
            yield at, block
            at += len(block)


def _bad_bytes(answer: Answer, fault: Fault | None) -> range:
    if fault is None:
        return range(0)
    size = os.path.getsize(Path(answer.file)) if answer.file else len(answer.body)
    at = int(fault.option("at", -1))
    first = size // 2 if at < 0 else at
    return range(first, first + int(fault.option("count", 1)))
