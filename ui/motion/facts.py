"""The figures of one series in words, as the information column shows them."""

from __future__ import annotations

import math
from dataclasses import dataclass
from html import escape
from typing import Any, Dict, Optional, Sequence

from qgis.PyQt.QtCore import QCoreApplication

from ...core.egms import quality
from ...core.egms.fit import WAVELENGTH
from ...core.egms.gaps import date_facts
from . import words
from .shown import Shown
from .spot import Spot


@dataclass(frozen=True)
class Fact:
    """A value in words, rich text; tip: where it comes from."""

    text: str
    tip: str = ""


def _tr(text: str) -> str:
    return QCoreApplication.translate("MotionFacts", text)


def labels() -> Dict[str, str]:
    """Return the names of the rows, in their order."""
    return {
        "velocity": _tr("Velocity"), "acceleration": _tr("Acceleration"),
        "seasonal": _tr("Seasonal"), "coherence": _tr("Coherence"), "rmse": _tr("RMSE"),
        "height": _tr("Height"), "incidence": _tr("Incidence"),
        "dates": _tr("Dates"), "level": _tr("Level"), "release": _tr("Release"),
        "point": _tr("Point"),
    }


def facts(row: Shown) -> Dict[str, Fact]:
    """Return the figures of a series by row; what a level does not have is not there."""
    found = {
        "velocity": _velocity(row), "acceleration": _acceleration(row),
        "seasonal": _seasonal(row), "coherence": _coherence(row), "rmse": _rmse(row),
        "height": _attribute(row, "height_ortho", 1, _tr("{value} m"), _tr(
            "Height above sea level as EGMS delivers it")),
        "incidence": _attribute(row, "incidence_angle", 2, _tr("{value}°"), _tr(
            "Angle between the line of sight and the vertical")),
        "dates": _dates(row), "level": _level(row),
        "release": _release(row), "point": _text(row.series.attributes.get("pid")),
    }
    return {key: fact for key, fact in found.items() if fact is not None}


def velocity(row: Shown) -> str:
    """Return the velocity with its error as plain text: "−3.2 ± 0.4 mm/yr"."""
    if not row.has_trend:
        return _tr("too few dates")
    return words.with_error(row.fit.velocity, row.fit.sigma, 1, "mm/yr")


def title(spot: Optional[Spot]) -> str:
    """Return the title of the dock: "Motion history · 38.6972° N, 13.1651° E"."""
    if spot is None:
        return _tr("Motion history")
    return _tr("Motion history · {place}").format(
        place=words.place(spot.longitude, spot.latitude))


def file_stem(rows: Sequence[Shown]) -> str:
    """Return a file name for exports, from the ids of the points."""
    pids = [str(row.series.attributes.get("pid", "")) for row in rows]
    return "-".join(["motion-history"] + [pid for pid in pids if pid.isalnum()])


def _velocity(row: Shown) -> Fact:
    tip = _tr("± is one standard deviation and allows for correlated noise.")
    if not row.has_trend:
        return Fact(velocity(row), tip)
    number, unit = velocity(row).rsplit(" ", 1)
    delivered = _delivered(row, "mean_velocity", 1, "mm/yr")
    return Fact(f"<b>{number}</b> {unit}", f"{tip}\n{delivered}" if delivered else tip)


def _acceleration(row: Shown) -> Optional[Fact]:
    fit = row.fit
    if not math.isfinite(fit.acceleration):
        return None
    tip = _tr("± is one standard deviation and allows for correlated noise.")
    delivered = _delivered(row, "acceleration", 2, "mm/yr²")
    return Fact(words.with_error(fit.acceleration, fit.acceleration_sigma, 2, "mm/yr²"),
                f"{tip}\n{delivered}" if delivered else tip)


def _delivered(row: Shown, name: str, digits: int, unit: str) -> str:
    """Return what EGMS delivers, with its formal error, or nothing."""
    value = row.series.attributes.get(name)
    error = row.series.attributes.get(f"{name}_std")
    if not _is_number(value) or not _is_number(error):
        return ""
    return _tr("EGMS delivers {value} (formal error, too small by far).").format(
        value=words.with_error(value, error, digits, unit))


def _seasonal(row: Shown) -> Optional[Fact]:
    fit = row.fit
    if not math.isfinite(fit.amplitude):
        return None
    delivered = _delivered(row, "seasonality", 1, "mm")
    if not fit.seasonal:
        text = _tr("below {limit}").format(limit=words.amount(fit.amplitude_limit, "mm"))
        tip = _tr("No annual motion stands out of the noise (95 %).")
    else:
        text = words.amount(fit.amplitude, "mm")
        tip = _tr("Half of peak to peak, highest about {day}.").format(
            day=words.day_of_year(fit.phase_day))
    return Fact(text, f"{tip}\n{delivered}" if delivered else tip)


def _coherence(row: Shown) -> Optional[Fact]:
    value = row.series.attributes.get("temporal_coherence")
    if not _is_number(value) or not 0 < value <= 1:
        return None
    # coherence and noise are one quantity (egms.md 3.6), so one scale of words serves both
    noise = WAVELENGTH / (4 * math.pi) * math.sqrt(-2 * math.log(value))
    word = words.quality(quality.word(noise))
    return Fact(f"{words.number(value, 2)}, {word}", _tr(
        "Temporal coherence, 0 to 1, as EGMS delivers it. Seasonal and changing motion lower it."))


def _rmse(row: Shown) -> Optional[Fact]:
    value = row.series.attributes.get("rmse", row.fit.rmse)
    if not _is_number(value):
        return None
    word = words.quality(quality.word(row.fit.s, date_facts(row.series)))
    text = words.amount(value, "mm")
    return Fact(f"{text}, {word}" if word else text, _tr(
        "What is left of the series after trend, bend and annual motion. The word is about the "
        "noise: below 2.0 mm very good, below 3.7 good, below 5.2 fair."))


def _dates(row: Shown) -> Optional[Fact]:
    dates = date_facts(row.series)
    if not dates.count:
        return None
    first, last = (str(day)[:4] for day in (dates.first, dates.last))
    years = first if first == last else f"{first}–{last}"
    tip = _tr("Longest gap {days} days").format(days=dates.largest_gap)
    return Fact(f"{dates.count}, {years}", tip)


def _level(row: Shown) -> Optional[Fact]:
    levels = {"L2a": _tr("L2a basic"), "L2b": _tr("L2b calibrated"), "L3": _tr("L3 ortho")}
    level = row.series.provenance.get("level", "")
    return Fact(levels.get(level, level)) if level else None


def _release(row: Shown) -> Optional[Fact]:
    known = row.series.provenance
    release = known.get("release", "").replace("-", "–")
    if not release:
        return None
    if known.get("delivery"):
        release = _tr("{years}, delivery {number}").format(
            years=release, number=known["delivery"])
    return Fact(release, known.get("source", ""))


def _text(value: Any) -> Optional[Fact]:
    return Fact(escape(str(value))) if value not in (None, "") else None


def _attribute(row: Shown, name: str, digits: int, text: str, tip: str) -> Optional[Fact]:
    value = row.series.attributes.get(name)
    if not _is_number(value):
        return None
    return Fact(text.format(value=words.number(value, digits)), tip)


def _is_number(value: Any) -> bool:
    return isinstance(value, (int, float)) and math.isfinite(value)
