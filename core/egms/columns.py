"""Columns of an EGMS CSV: one canonical name for each, whatever the release calls it.

Header generations and the names of other tools: reference/egms.md 3.2 to 3.4.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from ..errors import CsvError

PID = "pid"
INTEGERS = frozenset({"cluster_label", "mp_type", "line", "pixel"})
"""Columns of whole numbers; all others but the pid are real numbers."""

# Canonical name -> other spellings. The 10-character ones come from shapefiles and WFS, where
# a second column with the same beginning becomes "…_1". The order is that of the store's columns.
_SPELLINGS: dict[str, tuple[str, ...]] = {
    PID: (),
    "cluster_label": ("cluster_la",),
    "mp_type": (),
    "latitude": (),
    "longitude": (),
    "easting": (),
    "northing": (),
    "height_ortho": ("height", "height_ort"),
    "height_ellipse": ("height_wgs84", "height_wgs", "height_ell"),
    "line": (),
    "pixel": (),
    "rmse": ("rmse_ts",),
    "temporal_coherence": ("temporal_c",),
    "amplitude_dispersion": ("amplitude_",),
    "incidence_angle": ("incidence_",),
    "track_angle": ("track_angl",),
    "los_east": (),
    "los_north": (),
    "los_up": (),
    "mean_velocity": ("mean_veloc", "velocity", "vel"),
    "mean_velocity_std": ("mean_vel_1",),
    "acceleration": ("accelerati",),
    "acceleration_std": ("accelera_1",),
    "seasonality": ("seasonalit",),
    "seasonality_std": ("seasonal_1",),
    "gnss_los": ("gnss_velocity",),
    "gnss_n": ("gnss_velocity_n",),
    "gnss_e": ("gnss_velocity_e", "gnss_vel_1"),
    "gnss_u": ("gnss_velocity_u", "gnss_vel_2"),
}
CANONICAL = tuple(_SPELLINGS)
_BY_SPELLING = {
    spelling: name for name, others in _SPELLINGS.items() for spelling in (name, *others)
}
_CUT_GNSS = "gnss_veloc"
_DATE = re.compile(r"(?:d_?)?(\d{4})(\d{2})(\d{2})", re.IGNORECASE)
_NEEDED = (PID, "easting", "northing", "mean_velocity")


@dataclass(frozen=True)
class Header:
    """What the first line of a CSV says.

    width: number of fields in every row.
    fields: canonical name -> position of its field.
    dates: datetime64[D], strictly increasing; date_fields: position of each date's field.
    ignored: columns that are not EGMS's and are not kept.
    """

    width: int
    fields: dict[str, int]
    dates: NDArray[np.datetime64]
    date_fields: NDArray[np.intp]
    ignored: tuple[str, ...] = ()

    @property
    def numbers(self) -> list[str]:
        """Return the canonical names of the numeric columns, in the store's order."""
        return [name for name in CANONICAL if name in self.fields and name != PID]

    @property
    def line_of_sight(self) -> bool:
        """Return whether this is a level 2 table: level 3 has no direction of sight."""
        return "los_east" in self.fields


def parse_header(line: str, name: str) -> Header:
    """Read the header line of the file called name.

    Raise CsvError "header" (no EGMS table), "column" (one that is needed is absent),
    "dates" (none, twice the same, or impossible).
    """
    titles = [title.strip().strip('"').strip() for title in line.lstrip("\ufeff").split(",")]
    fields: dict[str, int] = {}
    spelt: dict[str, str] = {}
    dated: list[tuple[str, int]] = []
    ignored = []
    lowered = [title.lower() for title in titles]
    cut_gnss = "gnss_n" if "gnss_vel_1" in lowered else "gnss_los"
    for position, title in enumerate(lowered):
        date = _DATE.fullmatch(title)
        if date is not None:
            dated.append(("-".join(date.groups()), position))
            continue
        canonical = cut_gnss if title == _CUT_GNSS else _BY_SPELLING.get(title)
        # A table may carry both a canonical name and another spelling of it: that name wins.
        if canonical is None or (canonical in fields and title != canonical):
            ignored.append(titles[position])
            continue
        if spelt.get(canonical) == canonical:
            raise CsvError("header", f"column {canonical} twice", name=name, line=1)
        if canonical in spelt:
            ignored.append(titles[fields[canonical]])
        fields[canonical], spelt[canonical] = position, title
    if PID not in fields and len(fields) < 3:
        raise CsvError("header", name=name, line=1)
    for needed in _NEEDED:
        if needed not in fields:
            raise CsvError("column", name=name, line=1, column=needed)
    dates, places = _in_order(dated, name)
    return Header(len(titles), fields, dates, places, tuple(ignored))


def _in_order(
    dated: list[tuple[str, int]], name: str
) -> tuple[NDArray[np.datetime64], NDArray[np.intp]]:
    """Return the dates in increasing order with the positions of their fields."""
    try:
        dates = np.array([text for text, _position in dated], "datetime64[D]")
    except ValueError as err:
        raise CsvError("dates", str(err), name=name, line=1) from err
    order = np.argsort(dates, kind="stable")
    dates = dates[order]
    if not dates.size or not (np.diff(dates) > np.timedelta64(0, "D")).all():
        raise CsvError("dates", name=name, line=1)
    return dates, np.array([position for _text, position in dated], np.intp)[order]
