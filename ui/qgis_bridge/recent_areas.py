"""The last areas of the user, in QGIS's settings."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any, List, Optional

from qgis.core import QgsSettings

from ...core.aoi.area import Area
from ...core.errors import AreaError

_KEY = "clms_explorer/recent_areas"
MOST = 10
MOST_POINTS = 1500
"""Points of an outline that the settings are good for; longer ones are not kept."""


@dataclass(frozen=True)
class RecentArea:
    """An area used before. area: None for regions, whose outline is got by their code."""

    name: str
    kind: str
    code: str
    area: Optional[Area] = None


class RecentAreas:
    """The list, newest first."""

    def entries(self) -> List[RecentArea]:
        """Return at most ten areas; entries that cannot be read are left out."""
        try:
            rows = json.loads(QgsSettings().value(_KEY, "[]", type=str))
        except ValueError:
            rows = []
        if not isinstance(rows, list):
            return []
        found = [_entry(row) for row in rows if isinstance(row, dict)]
        return [entry for entry in found if entry is not None][:MOST]

    def add(self, area: Area) -> None:
        """Put an area first; an equal one further down is taken out."""
        new = _kept(area)
        if new is None:
            return
        entries = [new, *(entry for entry in self.entries() if entry != new)]
        QgsSettings().setValue(_KEY, json.dumps([_row(entry) for entry in entries[:MOST]]))


def _kept(area: Area) -> Optional[RecentArea]:
    if area.code:
        return RecentArea(area.name, area.kind, area.code)
    if area.point_count > MOST_POINTS:
        return None
    return RecentArea(area.name, area.kind, "", area)


def _row(entry: RecentArea) -> Any:
    if entry.area is not None:
        return entry.area.to_json()
    return {"name": entry.name, "kind": entry.kind, "code": entry.code}


def _entry(row: Any) -> Optional[RecentArea]:
    if "geometry" in row:
        try:
            area = Area.from_json(row)
        except AreaError:
            return None
        return RecentArea(area.name, area.kind, "", area)
    if all(isinstance(row.get(key), str) and row[key] for key in ("name", "kind", "code")):
        return RecentArea(row["name"], row["kind"], row["code"])
    return None
