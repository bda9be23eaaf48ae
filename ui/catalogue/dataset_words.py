"""What cards and details say about a dataset, in the few words they have room for."""

from __future__ import annotations

import re
from datetime import date, timedelta
from typing import Any, Mapping

from qgis.PyQt.QtCore import QCoreApplication, QDate, QLocale

from ...core.clms.metadata import plain_text
from ...core.clms.models import Dataset
from ...core.clms.titles import split

NEW_FOR = timedelta(days=90)
"""How long a published dataset is marked as new."""
DOT = " · "
_EGMS = re.compile(r"^European Ground Motion Service(?: \(EGMS\))?[:\s–-]*", re.I)
_YEAR = re.compile(r"\b(?:19|20)\d\d\b")
_RHYTHM = re.compile(r"every \d+ |(?:year|month|week|dai|hour|quarter)ly$", re.I)
_FORM = re.compile(r"(?:raster|vector|discrete)\b", re.I)


def tr(text: str) -> str:
    """Return the translation of a text of this module."""
    return QCoreApplication.translate("Dataset", text)


def key(dataset: Dataset) -> str:
    """Return what signals name a dataset by: its UID, or its path where a record lacks one."""
    return dataset.uid or dataset.path


def name_of(dataset: Dataset) -> str:
    """Return the short title: "CORINE Land Cover 2018", "EGMS Calibrated 2016–present"."""
    name = split(dataset.title).name
    rest = _EGMS.sub("", name)
    return f"EGMS {rest}" if rest and rest != name else name


def facts_line(dataset: Dataset) -> str:
    """Return "Raster 100 m, vector · 2018 · every 6 years": what it is, when, how often."""
    return DOT.join(filter(None, (form(dataset), years(dataset), rhythm(dataset))))


def access_line(dataset: Dataset) -> str:
    """Return "By area · 3 prepackaged files · map layer", or where it is if not here."""
    parts = []
    if dataset.in_archive:
        parts.append(tr("By area"))
    elif dataset.by_area:
        parts.append(_by_area(dataset))
    if len(dataset.files) == 1:
        parts.append(tr("1 prepackaged file"))
    elif dataset.files:
        parts.append(tr("{count} prepackaged files").format(count=len(dataset.files)))
    if not parts:
        parts.append(only_where(dataset))
    if dataset.services:
        parts.append(tr("map layer"))
    return DOT.join(parts)


def head_line(dataset: Dataset) -> str:
    """Return the facts below the title of the details: coverage, years, rhythm and more."""
    others = [
        fact for fact in split(dataset.title).facts
        if not _RHYTHM.match(fact) and not _FORM.match(fact)
    ]
    parts = [form(dataset), *others, years(dataset), rhythm(dataset)]
    return DOT.join(dict.fromkeys(filter(None, parts)))


def form(dataset: Dataset) -> str:
    """Return form and resolution: "Raster 100 m, vector", "Points", "Vector"."""
    if dataset.is_egms:
        return tr("Grid 100 m") if egms_level(dataset) == "L3" else tr("Points")
    told = next((fact for fact in split(dataset.title).facts if _FORM.match(fact)), "")
    if told:
        return told
    kind = {"Grid": tr("Raster"), "Vector": tr("Vector"), "Vector and Grid": tr("Raster, vector")}
    return " ".join(filter(None, (kind.get(dataset.representation, ""), dataset.resolution)))


def years(dataset: Dataset) -> str:
    """Return the years of the data: "2018", "2012–2018", "2016 to today".

    A title that names one year names the reference year; the images may be a little older.
    """
    in_title = _YEAR.findall(split(dataset.title).name)
    if len(in_title) == 1 and "present" not in dataset.title:
        return str(in_title[0])
    start, end = dataset.start[:4], dataset.end[:4]
    if not start:
        return "–".join(in_title)
    if not end:
        return tr("{year} to today").format(year=start)
    return start if start == end else f"{start}–{end}"


def rhythm(dataset: Dataset) -> str:
    """Return how often it is updated: "every 6 years", "daily"."""
    return next((fact for fact in split(dataset.title).facts if _RHYTHM.match(fact)), "")


def version(dataset: Dataset) -> str:
    """Return the version without the letter before it: "2020_20u1"."""
    return re.sub(r"^[Vv](?=\d)", "", dataset.version)


def is_new(dataset: Dataset, today: date) -> bool:
    """Return whether a dataset was published a short time ago."""
    try:
        published = date.fromisoformat(dataset.published)
    except ValueError:
        return False
    return timedelta(0) <= today - published <= NEW_FOR


def stand_in(dataset: Dataset) -> str:
    """Return the theme icon in the place of a missing thumbnail."""
    return "mIconPolygonLayer" if dataset.representation == "Vector" else "mIconRaster"


def egms_level(dataset: Dataset) -> str:
    """Return the level that an EGMS dataset is about: "L2a", "L2b" or "L3"."""
    words = dataset.title.lower()
    return "L2a" if "basic" in words else "L3" if "ortho" in words else "L2b"


def only_where(dataset: Dataset) -> str:
    """Return where a dataset is that cannot be ordered here."""
    return {
        "cdse": tr("Only in the Copernicus Data Space"), "wekeo": tr("Only in WEkEO"),
    }.get(elsewhere(dataset), tr("Only elsewhere"))


def elsewhere(dataset: Dataset) -> str:
    """Return the place that the record names for it: "cdse", "wekeo", "" if none we know."""
    told = other_ways(dataset).lower() + _html(dataset).lower()
    if "dataspace" in told or "data space" in told:
        return "cdse"
    return "wekeo" if "wekeo" in told else ""


def other_ways(dataset: Dataset) -> str:
    """Return what the record says about other ways to the data, as plain text."""
    return plain_text(_raw(dataset).get("download_other_ways_access_dataset"))


def other_links(dataset: Dataset) -> tuple[str, ...]:
    """Return the web addresses in what the record says about other ways."""
    return tuple(dict.fromkeys(re.findall(r"href=[\"'](https?://[^\"']+)", _html(dataset))))


def month_words(day: str) -> str:
    """Return "September 2016" for an ISO date, "" for none."""
    parsed = QDate.fromString(day[:10], "yyyy-MM-dd")
    return QLocale().toString(parsed, "MMMM yyyy") if parsed.isValid() else ""


def _by_area(dataset: Dataset) -> str:
    if not (dataset.time_series and dataset.limit_days):
        return tr("By area")
    if dataset.limit_days >= 365:
        return tr("By area, up to 1 year per order")
    return tr("By area, up to {days} days per order").format(days=dataset.limit_days)


def _raw(dataset: Dataset) -> Mapping[str, Any]:
    return dataset.raw if isinstance(dataset.raw, dict) else {}


def _html(dataset: Dataset) -> str:
    field = _raw(dataset).get("download_other_ways_access_dataset")
    html = field.get("data") if isinstance(field, Mapping) else field
    return html if isinstance(html, str) else ""
