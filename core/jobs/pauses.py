"""How long the queue rests before it tries again."""

from __future__ import annotations

from dataclasses import dataclass

from ..errors import ClmsError

_MOST_ASKED = 3600.0
"""Seconds that a service can make us wait; the user can always try now."""


@dataclass(frozen=True)
class Pauses:
    """In seconds.

    first: after the first failure, doubled for each further one in a row, up to longest.
    finds: before each further look for an order that may have arrived. tick: between two looks
    at the journal while there is work; idle: while there is none.
    """

    first: float = 5.0
    longest: float = 600.0
    finds: tuple[float, ...] = (5.0, 20.0)
    tick: float = 0.2
    idle: float = 1.0

    def after(self, attempts: int, error: ClmsError) -> float:
        """Return the pause after so many failures in a row, at least what the service asks."""
        wanted = error.facts.get("retry_after")
        asked = min(float(wanted), _MOST_ASKED) if isinstance(wanted, (int, float)) else 0.0
        return max(asked, min(self.longest, self.first * 2.0 ** min(attempts - 1, 20)))
