"""EGMS tables as text: columns of every level and release, point ids, cells (egms.md 2, 3)."""

from __future__ import annotations

from datetime import date
from typing import Any, BinaryIO, Sequence

import numpy as np

Array = np.ndarray[Any, Any]
DIGITS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
NEW_NAMES = ("2020-2024", "2020-2025")
_RENAMED = {"height": "height_ortho", "height_wgs84": "height_ellipse", "rmse": "rmse_ts"}
_L2 = ("pid", "mp_type", "latitude", "longitude", "easting", "northing", "height",
       "height_wgs84", "line", "pixel", "rmse", "temporal_coherence", "amplitude_dispersion",
       "incidence_angle", "track_angle", "los_east", "los_north", "los_up", "mean_velocity",
       "mean_velocity_std", "acceleration", "acceleration_std", "seasonality",
       "seasonality_std")
_L3 = ("pid", "easting", "northing", "height", "rmse", "mean_velocity", "mean_velocity_std",
       "acceleration", "acceleration_std", "seasonality", "seasonality_std")
DECIMALS = {"cluster_label": 0, "mp_type": 0, "latitude": 6, "longitude": 6, "easting": 2,
            "northing": 2, "line": 0, "pixel": 0, "temporal_coherence": 2,
            "amplitude_dispersion": 2, "incidence_angle": 2, "track_angle": 2, "los_east": 3,
            "los_north": 3, "los_up": 3, "acceleration": 2, "acceleration_std": 2}
_LOWEST = -32768
# text of every int16 number of tenths, with its comma
_TENTHS = [b",%.1f" % (value / 10) for value in range(_LOWEST, 32768)]


def l2_columns(level: str, release: str) -> list[str]:
    """Return the static columns of L2a or L2b files of a release, in this module's old names."""
    names = list(_L2)
    if level == "L2a" and release != "2015-2021":
        names.insert(1, "cluster_label")
    if level == "L2b" and release in NEW_NAMES:
        names.append("gnss_velocity")
    return names


def l3_columns(release: str) -> list[str]:
    """Return the static columns of L3 files of a release, in this module's old names."""
    gnss = ["gnss_velocity_n", "gnss_velocity_e", "gnss_velocity_u"]
    return [*_L3, *(gnss if release in NEW_NAMES else [])]


def header(columns: Sequence[str], dates: Sequence[date], release: str) -> bytes:
    """Return the header row with the names that a release uses."""
    names = [_RENAMED.get(name, name) if release in NEW_NAMES else name for name in columns]
    return ",".join([*names, *(f"{day:%Y%m%d}" for day in dates)]).encode() + b"\n"


def write_rows(handle: BinaryIO, columns: Sequence[str], values: dict[str, Any],
               tenths: Array, whole: Sequence[str] = ()) -> None:
    """Write rows; values: text or numbers by column. tenths: displacements in 0.1 mm, int.

    whole: columns written as integers although they usually have decimals (L3 coordinates).
    """
    texts = [_texts(values[name], 0 if name in whole else DECIMALS.get(name, 1))
             for name in columns]
    rows = (tenths.astype(np.int32) - _LOWEST).tolist()
    table = _TENTHS
    block = []
    for number, row in enumerate(rows):
        block.append(",".join([text[number] for text in texts]).encode())
        block.append(b"".join([table[value] for value in row]))
        block.append(b"\n")
        if len(block) > 3000:
            handle.write(b"".join(block))
            block.clear()
    handle.write(b"".join(block))


def base62(number: int, length: int) -> str:
    """Return a number in the alphabet of point ids, left-padded with 0."""
    text = ""
    while number:
        number, digit = divmod(number, 62)
        text = DIGITS[digit] + text
    return text.rjust(length, "0")


def l2_pid(producer: int, track: int, burst: int, swath: int, line: int, pixel: int) -> str:
    """Return the id of an L2 point in VV (egms.md 2.4)."""
    place = track << 16 | burst << 4 | swath << 2 | 3
    return str(producer) + base62(place, 4) + base62(line << 16 | pixel, 5)


def l3_pid(producer: int, easting: int, northing: int) -> str:
    """Return the id of an L3 cell."""
    return str(producer) + base62((northing // 100) << 32 | easting // 100, 9)


def _texts(values: Any, decimals: int) -> list[str]:
    """Return numbers as EGMS writes them: rounded, trailing zeros dropped; texts as they are."""
    if isinstance(values, list):
        return values
    if decimals == 0:
        return [str(value) for value in np.asarray(values).astype(np.int64).tolist()]
    return [repr(round(value, decimals)) for value in np.asarray(values, float).tolist()]
