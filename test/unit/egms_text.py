"""Small EGMS tables as text, for tests that need every character under control."""

from __future__ import annotations

import zipfile
from pathlib import Path

L2_COLUMNS = (
    "pid,mp_type,latitude,longitude,easting,northing,height,height_wgs84,line,pixel,rmse,"
    "temporal_coherence,amplitude_dispersion,incidence_angle,track_angle,los_east,los_north,"
    "los_up,mean_velocity,mean_velocity_std,acceleration,acceleration_std,seasonality,"
    "seasonality_std")
L3_COLUMNS = (
    "pid,easting,northing,height,rmse,mean_velocity,mean_velocity_std,acceleration,"
    "acceleration_std,seasonality,seasonality_std")
DATES = "20180105,20180111,20180117,20180129"
L2_NAME = "EGMS_L2b_088_0282_IW2_VV_2018_2022_1"
L3_NAME = "EGMS_L3_E45N17_100km_U_2018_2022_1"


def l2_row(number: int, values: str = "0.1,-1.2,12.3,-0.0", los_east: float = 0.594,
           velocity: str = "-2.1") -> str:
    """Return a row of the burst; points lie 10 m apart."""
    return (f"3ODTn{number:05d},0,38.69{number:04d},13.171103,{4598600 + 10 * number}.43,"
            f"1739722.{number % 100:02d},-46.6,-3.0,1217,{4670 + number},2.4,0.86,0.48,37.31,"
            f"191.42,{los_east},-0.12,0.795,{velocity},0.1,0.24,0.19,1.0,0.2,{values}")


def l3_row(number: int, values: str = "0.1,-1.2,12.3,-0.0", velocity: str = "-2.1") -> str:
    """Return a row of the tile; cells lie side by side."""
    return (f"10LDTj{number:04d},{4500050 + 100 * number},1739750,-47.8,3.5,{velocity},0.1,"
            f"-0.36,0.22,0.9,0.2,{values}")


def l2_text(rows=3, header=f"{L2_COLUMNS},{DATES}", **facts) -> str:
    """Return a table of so many rows, or of these rows."""
    return _text(header, rows, l2_row, facts)


def l3_text(rows=3, header=f"{L3_COLUMNS},{DATES}", **facts) -> str:
    """Return a table of so many rows, or of these rows."""
    return _text(header, rows, l3_row, facts)


def write(path: Path, text) -> Path:
    """Write text or bytes as they are; the path again."""
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return path


def write_zip(path: Path, **members) -> Path:
    """Write an archive of members, given by extension; their stem is that of the archive."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for extension, text in members.items():
            archive.writestr(f"{path.stem}.{extension}", text)
    return path


def _text(header, rows, make, facts) -> str:
    if isinstance(rows, int):
        rows = [make(number, **facts) for number in range(rows)]
    return "\n".join([header, *rows]) + "\n"
