"""Version gates of QGIS and Qt, each with the version that removes the need."""

from __future__ import annotations

from typing import Any

from qgis.PyQt.QtCore import QVariant


def is_null(value: Any) -> bool:
    """Return whether an attribute is NULL: a null QVariant under Qt 5, None under Qt 6."""
    return value is None or (isinstance(value, QVariant) and value.isNull())


def event_position(event: Any) -> Any:
    """Return a mouse event's position as QPoint (Qt 6 has only position())."""
    return event.position().toPoint() if hasattr(event, "position") else event.pos()


def alive(obj: Any) -> bool:
    """Return whether the C++ half of a Qt object still exists."""
    from qgis.PyQt import sip

    return obj is not None and not sip.isdeleted(obj)
