"""Rows, medians of alternate runs, and work in a process of its own."""

from __future__ import annotations

import importlib
import json
import os
import platform
import subprocess
import sys
from dataclasses import asdict, dataclass
from pathlib import Path
from statistics import median
from typing import Any, Callable, Optional, Sequence

HERE = Path(__file__).resolve().parent
ROOT = HERE.parents[1]
BUILD = ROOT / "build" / "bench"
TIMES = 3
sys.path.insert(1, str(HERE.parent))
import conftest  # noqa: E402, F401 - makes the checkout importable as clms_explorer


@dataclass(frozen=True)
class Row:
    """One line of the table.

    peer: in the same unit, None where there is none. ratio: how many times better than the peer
    we are. bar: the least ratio, or the most (faster = False: the least) of our own figure.
    """

    what: str
    ours: float
    unit: str
    peer: Optional[float] = None
    ratio: Optional[float] = None
    least_ratio: Optional[float] = None
    most: Optional[float] = None
    least: Optional[float] = None

    @property
    def met(self) -> bool:
        """Return whether the bar is reached; a row without a bar is for information."""
        return not (
            (self.least_ratio is not None and (self.ratio or 0) < self.least_ratio)
            or (self.most is not None and self.ours > self.most)
            or (self.least is not None and self.ours < self.least))

    def cells(self) -> tuple[str, ...]:
        """Return the row as text."""
        bars = [
            f"≥ {self.least_ratio:g} ×" if self.least_ratio is not None else "",
            f"≤ {self.most:g} {self.unit}" if self.most is not None else "",
            f"≥ {self.least:,.0f} {self.unit}" if self.least is not None else ""]
        bar = ", ".join(filter(None, bars))
        return (
            self.what, _figure(self.ours, self.unit), _figure(self.peer, self.unit),
            "" if self.ratio is None else f"{self.ratio:.1f} ×", bar,
            "" if not bar else "ok" if self.met else "MISSED")

    def to_json(self) -> dict[str, Any]:
        """Return the row with whether its bar was met."""
        return {**asdict(self), "met": self.met}


def beside(what: str, ours: Sequence[float], peer: Sequence[float], unit: str,
           least_ratio: float, faster_is: str = "less", **bars: float) -> Row:
    """Return a row of two series of runs. faster_is: "less" (seconds) or "more" (per second)."""
    mine, other = median(ours), median(peer)
    ratio = other / mine if faster_is == "less" else mine / other
    return Row(what, mine, unit, other, ratio, least_ratio, **bars)


def alternate(*works: Callable[[], Any], times: int = TIMES) -> list[list[Any]]:
    """Run several works in turn, several times, disks quiet before each; return their results."""
    results: list[list[Any]] = [[] for _work in works]
    for _time in range(times):
        for found, work in zip(results, works):
            os.sync()
            found.append(work())
    return results


def percentile(values: Sequence[float], share: float) -> float:
    """Return the value below which so many per cent of the values lie."""
    ordered = sorted(values)
    return ordered[min(int(len(ordered) * share / 100), len(ordered) - 1)]


def in_child(target: str, *arguments: Any) -> dict[str, Any]:
    """Call "module.function" in a new process; return its dict, with "peak" in bytes."""
    command = [sys.executable, str(HERE / "bench.py"), "--call", target,
               *(str(argument) for argument in arguments)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
                          env={**os.environ, "QT_QPA_PLATFORM": "offscreen"}) as process:
        output, errors = process.communicate()
    if process.returncode:
        raise RuntimeError(f"{target}: {errors[-2000:]}")
    found: dict[str, Any] = json.loads(output.splitlines()[-1])
    return found


def call(target: str, arguments: Sequence[str]) -> dict[str, Any]:
    """Do what in_child() asks, in the new process."""
    module, function = target.rsplit(".", 1)
    found: dict[str, Any] = getattr(importlib.import_module(module), function)(*arguments)
    found["peak"] = _peak()
    return found


def _peak() -> int:
    """Return the most memory that this process has had, in bytes.

    Not from getrusage(): a new process starts there with what its parent had.
    """
    status = Path("/proc/self/status").read_text()
    line = next(line for line in status.splitlines() if line.startswith("VmHWM"))
    return int(line.split()[1]) * 1024


def machine() -> dict[str, Any]:
    """Return what the figures depend on."""
    import numpy

    return {
        "cores": os.cpu_count(), "python": platform.python_version(),
        "numpy": numpy.__version__, "system": platform.platform()}


def _figure(value: Optional[float], unit: str) -> str:
    if value is None:
        return ""
    number = f"{value:,.0f}" if value >= 100 else f"{value:.3g}"
    return f"{number} {unit}"
