"""The area in the project file, as GeoJSON."""

from __future__ import annotations

import json
import logging
from typing import Optional

from qgis.core import QgsProject

from ...core.aoi.area import Area
from ...core.errors import AreaError
from .area_from_qgis import qgis_geometry

LOG = logging.getLogger("clms_explorer.aoi")
_SCOPE, _KEY = "clms_explorer", "/area"


def write_area(project: QgsProject, area: Optional[Area]) -> None:
    """Keep the area with the project, which becomes unsaved: only after a user's action."""
    if area is None:
        project.removeEntry(_SCOPE, _KEY)
    else:
        project.writeEntry(_SCOPE, _KEY, _text_of(area))


def read_area(project: QgsProject) -> Optional[Area]:
    """Return the area of the project; None if it has none, or none that can be read."""
    text, _found = project.readEntry(_SCOPE, _KEY, "")
    if not text:
        return None
    try:
        return Area.from_json(json.loads(text))
    except (ValueError, AreaError) as err:
        LOG.warning("The area in the project cannot be read: %s", err)
        return None


def _text_of(area: Area) -> str:
    """Return the GeoJSON feature, coordinates to 0.1 mm; QGIS writes long outlines faster."""
    head = json.dumps({"properties": area.properties})[:-1]
    return f'{head}, "type": "Feature", "geometry": {qgis_geometry(area.geometry).asJson(9)}}}'
