"""How fast bytes arrive, from how many there were when."""

from __future__ import annotations

from collections import deque
from typing import Deque, Tuple

WINDOW = 6.0
"""Seconds that a speed is the mean of."""
_SHORTEST = 0.5
"""Seconds after which a first speed is told."""


class SpeedMeter:
    """Measures one job. Times are seconds of a monotonic clock."""

    def __init__(self) -> None:
        self._samples: Deque[Tuple[float, int]] = deque()

    def note(self, now: float, received: int) -> None:
        """Take a figure; one that is smaller than before begins anew."""
        if self._samples and received < self._samples[-1][1]:
            self._samples.clear()
        if not self._samples or received != self._samples[-1][1]:
            self._samples.append((now, received))
        while len(self._samples) > 2 and now - self._samples[1][0] > WINDOW:
            self._samples.popleft()

    def stop(self) -> None:
        """Forget what was measured, such as after a pause."""
        self._samples.clear()

    def speed(self, now: float) -> float:
        """Return bytes per second, 0 while nothing arrives or too little is known."""
        if len(self._samples) < 2 or now - self._samples[-1][0] > WINDOW:
            return 0.0
        first, last = self._samples[0], self._samples[-1]
        seconds = max(now, last[0]) - first[0]
        return (last[1] - first[1]) / seconds if seconds >= _SHORTEST else 0.0
