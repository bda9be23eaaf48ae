"""What a row of the cart says."""

from __future__ import annotations

from datetime import date
from typing import Sequence

from qgis.PyQt.QtCore import QCoreApplication, QDate, QLocale

from ...core.cart.item import CartItem
from ...core.clms.formats import LABELS
from ...core.clms.titles import split
from ..words import surface_words

DOT = " · "
_ISO = "yyyy-MM-dd"


def tr(text: str) -> str:
    """Return the translation of a text of this module."""
    return QCoreApplication.translate("Cart", text)


def title_of(item: CartItem) -> str:
    """Return the short title: "CORINE Land Cover 2018"."""
    return split(item.title).name or item.title


def place_of(item: CartItem) -> str:
    """Return "São Miguel · 745 km²", or what kind of files it is."""
    if item.area is not None:
        return DOT.join((item.area.name, surface_words(item.area.km2)))
    if len(item.files) == 1:
        return tr("Prepackaged file")
    return tr("{count} prepackaged files").format(count=len(item.files))


def facts_of(item: CartItem) -> str:
    """Return "Raster 100 m · GeoTIFF · EPSG:3035 · March 2024 to June 2026"."""
    parts = [item.collection_title, item.layer.strip(), LABELS.get(item.format, item.format),
             item.crs, time_of(item), _version(item)]
    if item.area is not None and item.files:
        parts.append(_files(len(item.files)))
    return DOT.join(filter(None, parts))


def time_of(item: CartItem) -> str:
    """Return "2018 to 2024", "March 2024 to June 2026" or days, as whole as the range is."""
    if not item.start:
        return ""
    start = QDate.fromString(item.start, _ISO)
    end = QDate.fromString(item.end or item.start, _ISO)
    first, last = (QLocale().toString(day, _layout(start, end)) for day in (start, end))
    return first if first == last else tr("{start} to {end}").format(start=first, end=last)


def split_of(pieces: Sequence[CartItem]) -> str:
    """Return "Split into 3 orders of at most 365 days", "" for one order."""
    if len(pieces) < 2:
        return ""
    if len({(piece.start, piece.end) for piece in pieces}) == len(pieces):
        return tr("Split into {count} orders of at most {days} days").format(
            count=len(pieces), days=max(map(_days, pieces)))
    return tr("Split into {count} orders").format(count=len(pieces))


def _files(count: int) -> str:
    return tr("1 file") if count == 1 else tr("{count} files").format(count=count)


def _version(item: CartItem) -> str:
    version = str(item.extra.get("version") or "") if item.files and item.area is None else ""
    return tr("version {number}").format(number=version) if version else ""


def _days(item: CartItem) -> int:
    """Return the length of a time range as the portal counts it: last day minus first day."""
    return (date.fromisoformat(item.end) - date.fromisoformat(item.start)).days


def _layout(start: QDate, end: QDate) -> str:
    """Return how to write the ends of a range: as years, as months or as days."""
    if start.day() != 1 or end.day() != end.daysInMonth():
        return "d MMMM yyyy"
    return "yyyy" if start.month() == 1 and end.month() == 12 else "MMMM yyyy"
