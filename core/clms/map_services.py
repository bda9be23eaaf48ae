"""Which map services a dataset has (clms-api.md section 10.2)."""

from __future__ import annotations

from typing import Any, Mapping
from urllib.parse import urlsplit

from .models import MapService
from .values import flag, items, text

_DUMMY = ("https://trial.discomap.eea.europa.eu/arcgis/services/clms/worldcountries/mapserver/"
          "wmsserver")
_FIELDS = ("metadata_wms_url", "metadata_wmts_url", "metadata_rest_api_url",
           "mapviewer_viewservice")


def services_of(raw: Mapping[str, Any]) -> tuple[MapService, ...]:
    """Return the map services of a record, the ones meant for reuse first."""
    layers = _layers(raw)
    viewed = _bare(text(raw.get("mapviewer_viewservice")))
    found: dict[str, MapService] = {}
    for field in _FIELDS:
        url = text(raw.get(field))
        bare = _bare(url)
        usable = urlsplit(url).scheme in ("http", "https") and not bare.startswith(_DUMMY)
        if usable and bare not in found:
            found[bare] = MapService(kind_of(url), url, layers if bare == viewed else ())
    return tuple(found.values())


def kind_of(url: str) -> str:
    """Return the kind of a service as the portal's viewer tells it from the address alone."""
    lower = url.lower()
    path = lower.partition("?")[0].rstrip("/")
    if path.endswith("file"):
        return "json"
    if path.endswith("mapserver"):
        return "arcgis-map"
    if "wms" in lower:
        return "wms"
    if "wmts" in lower:
        return "wmts"
    return "arcgis-feature"


def _layers(raw: Mapping[str, Any]) -> tuple[tuple[str, str], ...]:
    """Return (id, title) of the layers that the viewer shows."""
    rows = items(raw.get("mapviewer_layers"))
    return tuple(
        (text(row.get("id")), text(row.get("title"))) for row in rows
        if text(row.get("id")) and not flag(row.get("hide"), False))


def _bare(url: str) -> str:
    """Return an address without its query and letter case, to recognise it again."""
    return url.lower().partition("?")[0].rstrip("/")
