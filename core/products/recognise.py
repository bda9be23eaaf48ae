"""Recognise a product file by its name, its variables or its fields.

The patterns are those of resources/legends/index.csv (source: reference/products.md,
"Recognising a layer").
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Optional, Sequence

from .legend import index

Pattern = Optional["re.Pattern[str]"]
_YEAR = re.compile(r"(?:19|20)\d\d")
_CLC_STATUS = re.compile(r"(?i)CLC(\d{4})(?!\d*ACC)|CLC(\d{2})_")


@dataclass(frozen=True)
class Product:
    """What a file was recognised as. field: the vector column that holds the codes, or ""."""

    product: str
    title: str
    year: str = ""
    field: str = ""


def recognise(stem: str, fields: Sequence[str] = (), variable: str = "") -> Product | None:
    """Return the product of a file, or None if nothing fits.

    stem: file name without folder and extension. fields: columns of a vector layer.
    variable: of a netCDF file, which holds several products under one name.
    """
    for product, by_name, by_variable, by_field in _patterns():
        if variable and by_variable is not None and not by_variable.search(variable):
            continue
        if by_name is not None and by_name.search(stem):
            column = _matching(by_field, fields)
            return Product(product, index()[product]["title"], _year(stem), column)
    for product, _by_name, _by_variable, by_field in _patterns():
        column = _matching(by_field, fields)
        if column:
            return Product(product, index()[product]["title"], _field_year(column), column)
    return None


def _matching(pattern: Pattern, fields: Sequence[str]) -> str:
    if pattern is None:
        return ""
    return next((name for name in fields if pattern.search(name)), "")


def _year(stem: str) -> str:
    """Return the reference year in a file name; for CORINE the one after "CLC"."""
    status = _CLC_STATUS.search(stem)
    if status:
        return status.group(1) or _century(status.group(2))
    year = _YEAR.search(stem)
    return year.group() if year else ""


def _field_year(column: str) -> str:
    digits = re.search(r"(\d{4}|\d{2})$", column)
    if not digits:
        return ""
    return digits.group() if len(digits.group()) == 4 else _century(digits.group())


def _century(two_digits: str) -> str:
    """Return the year of two digits: CORINE began in 1990."""
    return ("19" if two_digits >= "90" else "20") + two_digits


@lru_cache(maxsize=1)
def _patterns() -> list[tuple[str, Pattern, Pattern, Pattern]]:
    def compiled(text: str) -> Pattern:
        return re.compile(text) if text else None

    return [
        (product, compiled(row["match_filename"]), compiled(row["match_variable"]),
         compiled(row["match_field"]))
        for product, row in index().items()
    ]
