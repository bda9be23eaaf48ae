"""Make pyqtgraph importable: QGIS's own, or the copy that the release zip carries."""

from __future__ import annotations

import importlib.util
import sys
from pathlib import Path

_CARRIED = Path(__file__).resolve().parents[2] / "libs"


def find() -> bool:
    """Return whether `import pyqtgraph` will work; nothing is imported.

    The carried copy goes to the end of sys.path, so that it never hides anything, and only if
    there is no other.
    """
    if importlib.util.find_spec("pyqtgraph") is not None:
        return True
    if _CARRIED.is_dir() and str(_CARRIED) not in sys.path:
        sys.path.append(str(_CARRIED))
        importlib.invalidate_caches()
    return importlib.util.find_spec("pyqtgraph") is not None


def forget() -> None:
    """Take the carried copy off sys.path again."""
    if str(_CARRIED) in sys.path:
        sys.path.remove(str(_CARRIED))
