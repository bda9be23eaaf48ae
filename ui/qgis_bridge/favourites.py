"""The user's favourite datasets, in QGIS's settings."""

from __future__ import annotations

import json
from typing import Set

from qgis.core import QgsSettings

_KEY = "clms_explorer/favourites"


def favourites() -> Set[str]:
    """Return the UIDs of the favourites; none if the setting is damaged."""
    try:
        return {str(uid) for uid in json.loads(QgsSettings().value(_KEY, "[]", type=str))}
    except (ValueError, TypeError):
        return set()


def set_favourite(uid: str, on: bool) -> None:
    """Add a dataset to the favourites, or take it out."""
    kept = favourites()
    (kept.add if on else kept.discard)(uid)
    QgsSettings().setValue(_KEY, json.dumps(sorted(kept)))
