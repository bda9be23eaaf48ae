"""Words and numbers of ground motion: signs, units, directions, verdicts."""

from __future__ import annotations

import math
from typing import Iterable, List

from qgis.PyQt.QtCore import QCoreApplication, QDate, QLocale


def _tr(text: str) -> str:
    return QCoreApplication.translate("MotionWords", text)


def number(value: float, digits: int) -> str:
    """Return a number with the real minus sign and no negative zero; "–" if there is none."""
    if not math.isfinite(value):
        return "–"
    locale = QLocale()
    locale.setNumberOptions(QLocale.NumberOption.OmitGroupSeparator)
    text = locale.toString(abs(value), "f", digits)
    return f"−{text}" if round(value, digits) < 0 else text


def amount(value: float, unit: str, digits: int = 1) -> str:
    """Return a value with its unit, such as "−13.3 mm"."""
    return f"{number(value, digits)} {unit}"


def with_error(value: float, error: float, digits: int, unit: str) -> str:
    """Return a value with its error, such as "−3.2 ± 0.4 mm/yr"."""
    return f"{number(value, digits)} ± {number(error, digits)} {unit}"


def place(longitude: float, latitude: float) -> str:
    """Return a place in degrees, such as "38.6972° N, 13.1651° E"."""
    north = _tr("N") if latitude >= 0 else _tr("S")
    east = _tr("E") if longitude >= 0 else _tr("W")
    return f"{number(abs(latitude), 4)}° {north}, {number(abs(longitude), 4)}° {east}"


def direction(name: str) -> str:
    """Return a direction of motion inside a sentence: "ascending", "vertical"…"""
    return {
        "los_ascending": _tr("ascending"), "los_descending": _tr("descending"),
        "up": _tr("vertical"), "east": _tr("east–west"),
    }.get(name, "")


def quality(code: str) -> str:
    """Return a quality word of core.egms.quality."""
    return {"very_good": _tr("very good"), "good": _tr("good"), "fair": _tr("fair"),
            "poor": _tr("poor")}.get(code, "")


def day_of_year(day: float) -> str:
    """Return a day of the year such as "12 August"; day: 0 = 1 January, of 365."""
    date = QDate(2001, 1, 1).addDays(int(day) % 365)
    return QLocale().toString(date, "d MMMM")


def axis_labels(directions: Iterable[str]) -> List[str]:
    """Return what the value axis measures and which way is plus, from long to short."""
    signs = {"los_ascending": _tr("towards satellite"), "los_descending": _tr("towards satellite"),
             "up": _tr("up"), "east": _tr("east")}
    plus = list(dict.fromkeys(signs[d] for d in directions if d in signs))
    if not plus:
        return [_tr("Motion, mm"), "mm"]
    ways = ", ".join(plus)
    return [_tr("Motion, mm (+ {directions})").format(directions=ways),
            _tr("mm (+ {directions})").format(directions=ways), "mm"]
