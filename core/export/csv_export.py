"""Series as a CSV table that explains itself."""

from __future__ import annotations

import csv
import io
import math
from datetime import date
from pathlib import Path
from typing import Iterator, Sequence

import numpy as np

from ..egms.series import Series
from ..files import write_whole
from ..version import plugin_version
from .conventions import PLUS, credits_of, unique_names

_DECIMALS = 4


def write_series(path: Path, series_list: Sequence[Series]) -> Path:
    """Write series side by side, one row per date of any of them; return path.

    Lines that begin with "#" tell where the values come from, their units and signs. Dates are
    ISO dates, numbers have a decimal point, an empty cell means that there is no value.
    Raise DiskFull if the file cannot be written; an older file of that name then stays.
    """
    names = unique_names(series_list)
    text = io.StringIO()
    for line in _explanation(series_list, names):
        text.write(f"# {' '.join(line.split())}\n")
    table = csv.writer(text, lineterminator="\n")
    table.writerow(["date"] + [
        f"{name} ({series.unit})" for name, series in zip(names, series_list)])
    columns = [dict(zip(series.dates.tolist(), series.values)) for series in series_list]
    for day in _all_dates(series_list):
        table.writerow([day.isoformat()] + [
            _number(column.get(day, math.nan)) for column in columns])
    write_whole(path, text.getvalue().encode("utf-8"))
    return path


def _explanation(series_list: Sequence[Series], names: Sequence[str]) -> Iterator[str]:
    yield from credits_of(series_list)
    yield f"Written by CLMS Explorer {plugin_version()}"
    yield "An empty cell means that there is no value at that date"
    for number, (name, series) in enumerate(zip(names, series_list), 1):
        yield f"Series {number}: {name}"
        yield f"unit: {series.unit}"
        if series.direction:
            yield f"direction: {series.direction}"
        if series.direction in PLUS:
            yield f"sign: + is {PLUS[series.direction]}"
        for key, value in {**series.provenance, **series.attributes}.items():
            if value is not None and value == value and value != "":
                yield f"{key}: {value}"


def _all_dates(series_list: Sequence[Series]) -> list[date]:
    if not series_list:
        return []
    dates = np.unique(np.concatenate([series.dates for series in series_list]))
    return list(dates.tolist())


def _number(value: float) -> str:
    """Return a value as short as it is exact to a ten-thousandth; "" if there is none."""
    if not math.isfinite(value):
        return ""
    return repr(round(float(value), _DECIMALS) + 0.0)
