"""Formats and coordinate reference systems that the portal can deliver (clms-api.md section 4)."""

from __future__ import annotations

import re
from typing import Mapping

_VECTOR = ("Shapefile", "GDB", "GPKG", "Geojson", "GML")
TARGETS: Mapping[str, tuple[str, ...]] = {
    "Shapefile": _VECTOR,
    "GDB": _VECTOR,
    "GPKG": _VECTOR,
    "Geojson": _VECTOR,
    "Geotiff": ("Geotiff",),
    "Netcdf": ("Geotiff", "Netcdf"),
    "GML": ("GML",),
    "WFS": (*_VECTOR, "WFS"),
}
"""Stored format → formats it can be delivered in. The letter case is part of the contract."""

LABELS: Mapping[str, str] = {
    "Shapefile": "Shapefile",
    "GDB": "Geodatabase",
    "GPKG": "GeoPackage",
    "Geojson": "GeoJSON",
    "Geotiff": "GeoTIFF",
    "Netcdf": "NetCDF",
    "GML": "GML",
    "WFS": "WFS",
}

BASE_SYSTEMS = ("EPSG:4326", "EPSG:3035", "EPSG:3857", "EPSG:4258")
_ZONES = (2740, 32620, 32622, *range(32625, 32639), 32738, 32740)
ZONE_SYSTEMS = tuple(f"EPSG:{number}" for number in _ZONES)
"""Systems that only datasets stored in several of them are delivered in."""


def stored_systems(projection: str) -> tuple[str, ...]:
    """Return the systems a dataset is stored in.

    projection: characteristics_projection, such as "EPSG:32625/ 32626/ 32627".
    """
    numbers = re.findall(r"\b\d{4,5}\b", projection)
    return tuple(dict.fromkeys(f"EPSG:{number}" for number in numbers))


def offered_systems(projection: str) -> tuple[str, ...]:
    """Return what @projections answers for a dataset; it needs no login this way."""
    stored = stored_systems(projection)
    zones = tuple(system for system in stored if system in ZONE_SYSTEMS)
    return BASE_SYSTEMS + (zones if len(stored) > 1 else ())


def default_system(projection: str) -> str:
    """Return the system that costs no reprojection, if the portal delivers it; else WGS 84."""
    stored = stored_systems(projection)
    if len(stored) == 1 and stored[0] in offered_systems(projection):
        return stored[0]
    return BASE_SYSTEMS[0]


def default_format(stored: str) -> str:
    """Return the format that costs no conversion, "" for an unknown one."""
    targets = TARGETS.get(stored, ())
    return stored if stored in targets else (targets[0] if targets else "")
