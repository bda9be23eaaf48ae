"""450 MB over loopback, beside curl; ours checks the zip and survives interruptions."""

from __future__ import annotations

import subprocess
import sys
import time
import zipfile
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Iterator

import data
from measure import BUILD, HERE, Row, alternate, beside, in_child


TIMES = 9
"""Runs of half a second, which the disk disturbs: more of them than of others."""


def rows() -> list[Row]:
    """Return the time of one file."""
    target = BUILD / "download" / "table.zip"
    with _served(_archive()) as link:
        ours, peer = alternate(lambda: _ours(link, target), lambda: _peer(link, target),
                               times=TIMES)
    return [beside("download of 450 MB, checked (peer: curl)", ours, peer, "s", 1.2)]


def serve(path: str) -> None:
    """Offer a file as the result of an order; print the link; until the input ends."""
    from sandbox.server import Sandbox

    with Sandbox(speed=0.0, data=Path("nowhere")) as sandbox:
        task = sandbox.tasks.add("somebody", [], refused=True)
        task.job, task.file = int(task.id), Path(path)
        print(f"{sandbox.results_url}/{task.job}.zip", flush=True)
        sys.stdin.read()


def fetch(link: str, target: str) -> dict[str, Any]:
    """Download with the plugin's own code."""
    from clms_explorer.core.http.config import HttpConfig
    from clms_explorer.core.http.download import fetch as download
    from clms_explorer.core.http.session import Http

    http = Http(HttpConfig())
    # Right before, so that its memory serves again: getting new memory takes a virtual machine
    # longer than the download.
    Path(target).unlink(missing_ok=True)
    begin = time.perf_counter()
    download(http, link, Path(target))
    seconds = time.perf_counter() - begin
    http.close()
    return {"seconds": seconds}


def _ours(link: str, target: Path) -> float:
    return float(in_child("bench_download.fetch", link, target)["seconds"])


def _peer(link: str, target: Path) -> float:
    target.unlink(missing_ok=True)
    target.parent.mkdir(exist_ok=True)
    begin = time.perf_counter()
    subprocess.run(["curl", "-sf", "-o", target, link], check=True)
    return time.perf_counter() - begin


@contextmanager
def _served(path: Path) -> Iterator[str]:
    """Run serve() in a process of its own; yield the link."""
    code = f"import measure, bench_download; bench_download.serve({str(path)!r})"
    with subprocess.Popen([sys.executable, "-c", code], cwd=HERE, text=True,
                          stdin=subprocess.PIPE, stdout=subprocess.PIPE) as server:
        try:
            yield server.stdout.readline().strip() if server.stdout else ""
        finally:
            server.communicate("")


def _archive() -> Path:
    """Return the CSV in a zip that is not compressed."""
    path = BUILD / "stored.zip"
    if not path.exists():
        part = path.with_suffix(".part")
        with zipfile.ZipFile(part, "w", zipfile.ZIP_STORED) as archive:
            archive.write(data.csv(), data.csv().name)
        part.rename(path)
    return path
