"""Version gates of QGIS and Qt, each with the version that removes the need."""

from __future__ import annotations

from typing import Any

from qgis.core import Qgis
from qgis.PyQt.QtCore import QMetaType, QVariant

_TYPES = QMetaType.Type if Qgis.QGIS_VERSION_INT >= 33800 else QVariant.Type  # QGIS 3.38
FIELD_TEXT = _TYPES.QString if _TYPES is QMetaType.Type else _TYPES.String
FIELD_INT = _TYPES.Int
FIELD_BOOL = _TYPES.Bool
FIELD_REAL = _TYPES.Double


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


def attribution(layer: Any) -> str:
    """Return the credit line of a layer (since QGIS 3.38 kept in its server properties)."""
    server = layer.serverProperties()
    return server.attribution() if hasattr(server, "attribution") else layer.attribution()


def set_attribution(layer: Any, text: str, url: str) -> None:
    """Set the credit line of a layer and the page it leads to."""
    server = layer.serverProperties()
    keeper = server if hasattr(server, "setAttribution") else layer
    keeper.setAttribution(text)
    keeper.setAttributionUrl(url)
