"""Reading the portal's JSON, in which every field may be null, absent or of another type."""

from __future__ import annotations

import math
import re
from typing import Any, Mapping
from urllib.parse import urlsplit

_PREFIXES = ("/api", "/++api++")
_DATE = re.compile(r"\d{4}-\d{2}-\d{2}")
_LENGTH = re.compile(r"(\d+(?:[.,]\d+)?)\s*(km|m|deg(?:rees?)?|°)(?![a-z])", re.I)
_METRES = {"km": 1000.0, "m": 1.0}
METRES_PER_DEGREE = 10_007_566.8 / 90


def text(value: Any) -> str:
    """Return a field as text: choices by their token, numbers as digits, null as ""."""
    if isinstance(value, str):
        return value.strip()
    if isinstance(value, Mapping):
        return text(value.get("token")) or text(value.get("title"))
    if isinstance(value, (int, float)) and not isinstance(value, bool):
        return str(value)
    return ""


def texts(value: Any) -> tuple[str, ...]:
    """Return a field as texts; a single one counts as a list of one."""
    values = value if isinstance(value, (list, tuple)) else [value]
    return tuple(filter(None, map(text, values)))


def items(value: Any) -> list[Mapping[str, Any]]:
    """Return the rows of a JSON field ({"items": […]} or a bare list)."""
    rows = value.get("items") if isinstance(value, Mapping) else value
    return [row for row in rows if isinstance(row, Mapping)] if isinstance(rows, list) else []


def flag(value: Any, default: bool) -> bool:
    """Return a truth field; null and absent mean the portal's default."""
    if isinstance(value, str):
        return value.strip().lower() in ("true", "1", "yes")
    return default if value is None else bool(value)


def whole(value: Any) -> int:
    """Return a count as int, 0 for anything that is none."""
    try:
        number = float(value)
    except (TypeError, ValueError):
        return 0
    return int(number) if math.isfinite(number) and number > 0 else 0


def number(value: Any) -> float:
    """Return a number given as number or text, NaN for anything else."""
    try:
        return float(value)
    except (TypeError, ValueError):
        return math.nan


def date(value: Any) -> str:
    """Return the ISO date at the beginning of a field, "" if there is none."""
    match = _DATE.match(text(value))
    return match.group() if match else ""


def path_of(address: Any) -> str:
    """Return the path of an @id below the API, without host: hosts in records may be stale."""
    path = urlsplit(text(address)).path.rstrip("/")
    for prefix in _PREFIXES:
        if path == prefix or path.startswith(prefix + "/"):
            path = path[len(prefix):]
    return path if path.startswith("/") or not path else "/" + path


def metres(resolution: str) -> float:
    """Return the finest length in a text such as "25 ha/100 m" in metres; infinity if none."""
    found = [
        float(size.replace(",", ".")) * _METRES.get(unit.lower(), METRES_PER_DEGREE)
        for size, unit in _LENGTH.findall(resolution)
    ]
    return min(found, default=math.inf)
