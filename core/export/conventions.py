"""What every exported file says: signs of motion, and the credit that CLMS asks for."""

from __future__ import annotations

import re
from typing import Iterable, Sequence

from ..egms.series import Series

CREDIT = (
    "Generated using European Union's Copernicus Land Monitoring Service information")

PLUS = {
    "los_ascending": "towards satellite", "los_descending": "towards satellite",
    "up": "up", "east": "east",
}
"""Which way + is, by direction of motion."""

_RELEASE = re.compile(r"(\d{4})\D(\d{4})")


def credits_of(series_list: Iterable[Series]) -> list[str]:
    """Return the lines that must go with the data: CLMS, and Sentinel with its years."""
    years = {
        match.groups()
        for series in series_list
        for match in [_RELEASE.fullmatch(series.provenance.get("release", ""))] if match
    }
    sentinel = [
        f"Contains modified Copernicus Sentinel data {first}-{last}" for first, last in
        sorted(years)
    ]
    return [CREDIT, *sentinel]


def value_label(series_list: Iterable[Series]) -> str:
    """Return what the values are and which way is plus: "Motion, mm (+ up, east)"."""
    units, plus = [], []
    for series in series_list:
        units.append(series.unit)
        if series.direction in PLUS:
            plus.append(PLUS[series.direction])
    label = ", ".join(dict.fromkeys(units)) or "mm"
    if plus:
        label = f"Motion, {label} (+ {', '.join(dict.fromkeys(plus))})"
    return label


def unique_names(series_list: Sequence[Series]) -> list[str]:
    """Return a one-line name for each series; equal ones get the point id, or else a number."""
    names: list[str] = []
    plain = [" ".join(series.name.split()) or "Series" for series in series_list]
    for series, name in zip(series_list, plain):
        pid = str(series.attributes.get("pid") or "")
        if plain.count(name) > 1 and pid:
            name = f"{name}, {pid}"
        unique, number = name, 1
        while unique in names:
            number += 1
            unique = f"{name} ({number})"
        names.append(unique)
    return names
