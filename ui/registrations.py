"""What was registered with QGIS, and how to undo it, in reverse order."""

from __future__ import annotations

import logging
from typing import Any, Callable, List

LOG = logging.getLogger("clms_explorer.unload")


class Registrations:
    """A list of undo calls for unload()."""

    def __init__(self) -> None:
        self._undo: List[Callable[[], Any]] = []

    def add(self, undo: Callable[[], Any]) -> None:
        """Remember how to undo what was just done."""
        self._undo.append(undo)

    def connect(self, signal: Any, slot: Callable[..., Any]) -> None:
        """Connect a signal of something that outlives the plugin."""
        signal.connect(slot)
        self.add(lambda: signal.disconnect(slot))

    def clear(self) -> None:
        """Undo everything, the last first; what is gone already is no error."""
        while self._undo:
            undo = self._undo.pop()
            try:
                undo()
            except (RuntimeError, TypeError) as err:
                LOG.debug("unload: %s", err)
