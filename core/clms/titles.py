"""A portal title taken apart: a short name, and facts for the line under it."""

from __future__ import annotations

import re
from typing import NamedTuple

_FORM = re.compile(r"\s*\(((?:vector|raster|discrete)\b[^()]*)\)", re.I)
_YEARS = re.compile(r"\b(\d{4})\s*[-–]\s*(\d{4}|present)\b")
_EVERY = re.compile(r"(\d+)-(year|dai|month|hour)ly", re.I)
_UNITS = {"year": "years", "dai": "days", "month": "months", "hour": "hours"}
_RHYTHMS = {"annual": "yearly", "annually": "yearly"}
_SPLIT = re.compile(r",|\s[-–]\s+")
_OLD = re.compile(r"^DEPRECATED\s*[-–:]\s*", re.I)


class Title(NamedTuple):
    """name: short, for cards and layers. facts: what else the title says, worthiest first."""

    name: str
    facts: tuple[str, ...]


def split(title: str) -> Title:
    """Take a title apart.

    "CORINE Land Cover 2018 (vector/raster 100 m), Europe, 6-yearly" becomes
    ("CORINE Land Cover 2018", ("Raster 100 m, vector", "Europe", "every 6 years")).
    """
    plain = " ".join(title.split())
    facts: list[str] = []
    form = _FORM.search(plain)
    if form and form.start():
        name = plain[:form.start()]
        facts.append(_form(form.group(1)))
        facts += filter(None, map(_fact, _SPLIT.split(plain[form.end():])))
    else:
        name = plain
    current = _OLD.sub("", name)
    if current and current != name:
        name = current
        facts.append("Deprecated")
    name = _YEARS.sub(r"\1–\2", name).strip(" ,-–")
    return Title(name or plain or title, tuple(facts))


def spaced(text: str) -> str:
    """Return a text with a blank between number and unit: "100m" becomes "100 m"."""
    return re.sub(r"(\d)(k?m|ha)\b", r"\1 \2", " ".join(text.split()))


def _form(text: str) -> str:
    """Return "Raster 100 m, vector" for "vector/raster 100 m"."""
    text = spaced(text)
    if text.lower().startswith("vector/raster"):
        text = text[len("vector/"):] + ", vector"
    return text[:1].upper() + text[1:]


def _fact(text: str) -> str:
    text = text.strip()
    every = _EVERY.fullmatch(text)
    if every:
        return f"every {every.group(1)} {_UNITS[every.group(2).lower()]}"
    if text.lower() in _RHYTHMS:
        return _RHYTHMS[text.lower()]
    if text.lower().endswith("ly"):
        return text.lower() if " " not in text else text[:1].upper() + text[1:]
    return text[:1].upper() + text[1:]
