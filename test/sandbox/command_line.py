"""The command that starts the sandbox."""

from __future__ import annotations

import argparse
import signal
import threading
from pathlib import Path
from typing import Sequence

from .server import Sandbox
from .service_keys import read_key


def main(arguments: Sequence[str] | None = None) -> int:
    """Run until interrupted; return the exit code."""
    options = _parser().parse_args(arguments)
    stopped = threading.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda *_: stopped.set())
    sandbox = Sandbox(options.port, options.speed, options.data)
    if options.key_file:
        keep_key(sandbox, options.key_file)
    with sandbox:
        for name, value in sandbox.addresses().items():
            print(f"{name:<10} {value}", flush=True)
        stopped.wait()
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="sandbox", description="A loopback stand-in for the CLMS and EGMS services.")
    parser.add_argument("--port", type=int, default=8770, help="port; results use the next one")
    parser.add_argument("--speed", type=float, default=2.0,
                        help="seconds that an order stays in each state")
    parser.add_argument("--data", type=Path, default=None,
                        help="folder of the shared sample data (default: beside the checkout)")
    parser.add_argument("--key-file", type=Path, default=None,
                        help="where the service key is written; an older one there stays valid")
    return parser


def keep_key(sandbox: Sandbox, path: Path) -> None:
    """Accept the key that lies there if it fits this port, else write a new one."""
    try:
        key = read_key(path.read_text(encoding="utf-8"))
        if key.token_uri == sandbox.token_uri:
            sandbox.auth.register(key)
            return
    except (OSError, ValueError):
        print(f"writing a new key to {path}")
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(sandbox.key_text, encoding="utf-8")
