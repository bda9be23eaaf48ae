"""The first lines beside the chart: does the ground move here, and against what?"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Dict, List, Optional, Sequence, Tuple

from qgis.PyQt.QtCore import QCoreApplication

from ...core.egms import quality
from ...core.egms.decompose import EastUp, Sight, east_up
from ...core.egms.gaps import date_facts
from ...core.egms.reference import Reference, choose
from . import words
from .shown import Shown


@dataclass(frozen=True)
class VerdictWords:
    """headline: one bold sentence. detail: what stands behind it. tip: how it was computed."""

    headline: str = ""
    detail: str = ""
    tip: str = ""


def verdict(rows: Sequence[Shown]) -> VerdictWords:
    """Sum up the series of one place; of an orbit or component that is there twice, the first."""
    if not rows:
        return VerdictWords()
    by_direction: Dict[str, Shown] = {}
    for row in rows:
        by_direction.setdefault(row.series.direction, row)
    components, behind, both = _components(by_direction)
    if not components:
        return VerdictWords(_tr("Too few dates to tell"))
    word = _worst([quality.word(row.fit.s, date_facts(row.series)) for row in behind])
    found = quality.verdict(components, word)
    return VerdictWords(_headline(found), _detail(found, behind), _tip(both))


def _components(
    rows: Dict[str, Shown]
) -> Tuple[List[quality.Stability], List[Shown], Optional[EastUp]]:
    """Return up and east from two orbits or as delivered, else what one orbit sees."""
    pair = [rows[name] for name in ("los_ascending", "los_descending") if name in rows]
    combined = _combined(pair) if len(pair) == 2 else None
    if combined is not None:
        name = _reference(pair[0]).name
        enough = all(quality.enough(date_facts(row.series)) for row in pair)
        agree = _agreeing_with_both(pair)
        return ([quality.judge(combined.up, combined.sigma_up, "up", name, enough, agree),
                 quality.judge(combined.east, combined.sigma_east, "east", name, enough, agree)],
                pair, combined)
    ortho = [rows[name] for name in ("up", "east") if name in rows]
    single = ortho or pair[:1] or [row for row in rows.values() if row.series.direction in
                                   quality.DIRECTIONS]
    return [_stability(row) for row in single], single, None


def _combined(pair: Sequence[Shown]) -> Optional[EastUp]:
    """Return east and up against the reference of both orbits."""
    sights = []
    for row in pair:
        reference = _reference(row)
        sights.append(Sight.of(
            row.fit.velocity - reference.velocity, math.hypot(row.fit.sigma, reference.sigma),
            row.series.attributes))
    if any(sight is None or not math.isfinite(sight.velocity) for sight in sights):
        return None
    return east_up(sights[0], sights[1])


def _stability(row: Shown) -> quality.Stability:
    return quality.stability(
        row.fit, date_facts(row.series), row.series.direction, _reference(row), _agreeing(row))


def _agreeing(row: Shown) -> Optional[int]:
    """Return how many points around move as this one, None if nobody has looked."""
    return row.neighbours.agreeing(row.fit, _reference(row)) if row.neighbours else None


def _agreeing_with_both(pair: Sequence[Shown]) -> Optional[int]:
    """Return how many points around move as seen from each orbit that sees motion at all.

    An orbit may look across the motion: then its neighbours cannot tell.
    """
    counts = []
    for row in pair:
        reference = _reference(row)
        error = math.hypot(row.fit.sigma, reference.sigma)
        if abs(row.fit.velocity - reference.velocity) >= quality.AGREES * error:
            counts.append(_agreeing(row))
    return min((count for count in counts if count is not None), default=None)


def _reference(row: Shown) -> Reference:
    series = row.series
    return choose(series.provenance.get("level", ""), series.direction, series.attributes)


def _worst(found: Sequence[str]) -> str:
    ranks = [quality.WORDS.index(word) for word in found if word]
    return quality.WORDS[max(ranks)] if ranks else ""


def _headline(found: quality.Verdict) -> str:
    if found.code in ("moving", "moving_point_only"):
        return _tr("Moving {parts} mm/yr").format(parts=_parts(found))
    if found.code == "slow":
        return _tr("Moving slowly {parts} mm/yr").format(parts=_parts(found))
    if found.code == "not_measurable":
        return _tr("Not moving measurably (within ± {limit} mm/yr)").format(
            limit=words.number(found.within, 1))
    if found.code == "too_noisy":
        return _tr("Too noisy to tell")
    return _tr("Too few dates to tell")


def _parts(found: quality.Verdict) -> str:
    ways = {
        "up": _tr("up"), "down": _tr("down"), "east": _tr("east"), "west": _tr("west"),
        "towards": _tr("towards the satellite"), "away": _tr("away from the satellite"),
    }
    parts = [f"{ways[part.way]} {words.number(part.speed, 1)} ± {words.number(part.sigma, 1)}"
             for part in found.parts]
    if len(parts) == 2:
        return _tr("{first} and {second}").format(first=parts[0], second=parts[1])
    return parts[0]


def _detail(found: quality.Verdict, rows: Sequence[Shown]) -> str:
    sentences = []
    if found.code == "too_little_data":
        return _tr("A word about motion needs 3 years and 40 dates without a gap of more than "
                   "180 days.")
    if found.code == "too_noisy":
        sentences.append(_tr("The error alone is ± {error} mm/yr.").format(
            error=words.number(found.within, 1)))
    if found.parts and found.one_orbit:
        sentences.append(_tr("With one orbit the direction stays open."))
    if found.code == "slow":
        sentences.append(_tr("Significant, but slower than 2 mm/yr."))
    sentences.append(_against(found.reference))
    sentences += [_pace(row) for row in rows]
    if found.code == "moving_point_only":
        sentences.append(_tr("The points around do not move like this: it may be a single object "
                             "or noise.") if _looked_around(rows) else
                         _tr("Compare with the points around."))
    return " ".join(sentence for sentence in sentences if sentence)


def _looked_around(rows: Sequence[Shown]) -> bool:
    return any(row.neighbours is not None for row in rows)


def _against(reference: str) -> str:
    return {
        "gnss": _tr("Compared with the motion of the region (GNSS model)."),
        "europe": _tr("Compared with stable Europe."),
        "local": _tr("Compared with the unknown reference of the Basic product."),
        "median": _tr("Compared with the surroundings."),
        "user": _tr("Compared with your reference."),
    }.get(reference, "")


def _pace(row: Shown) -> str:
    """Return whether a series changes its pace, if it does so significantly."""
    fit = row.fit
    if not abs(fit.acceleration) >= quality.SIGNIFICANT * fit.acceleration_sigma:
        return ""
    if fit.acceleration * fit.velocity > 0:
        text = _tr("The {series} series is getting faster, by {change} mm/yr each year.")
    else:
        text = _tr("The {series} series is getting slower, by {change} mm/yr each year.")
    return text.format(series=words.direction(row.series.direction),
                       change=words.number(abs(fit.acceleration), 1))


def _tip(both: Optional[EastUp]) -> str:
    tip = _tr("± is one standard deviation and allows for correlated noise.")
    if both is None:
        return tip
    combined = _tr("Up and east come from both orbits; north–south motion counts as zero.")
    floor = _tr("The error of each orbit counts as at least 0.7 mm/yr.") if both.floored else ""
    return "\n".join(line for line in (combined, floor, tip) if line)


def _tr(text: str) -> str:
    return QCoreApplication.translate("MotionVerdict", text)
