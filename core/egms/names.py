"""File names of the EGMS archive (reference/egms.md 2.1)."""

from __future__ import annotations

import re
from dataclasses import dataclass

LEVELS = ("L2a", "L2b", "L3")
BASELINE = "2015-2021"
"""The release of files without a release in their names."""

_RELEASE = r"(?:_(?P<first>\d{4})_(?P<last>\d{4})_(?P<delivery>\d+))?"
_L2 = re.compile(
    r"EGMS_(?P<level>L2[ab])_(?P<track>\d{3})_(?P<burst>\d{4})_(?P<swath>IW[123])"
    r"_(?P<polarisation>VV|VH|HH|HV)" + _RELEASE + r"\.(?P<extension>zip|csv|xml)",
    re.IGNORECASE,
)
_L3 = re.compile(
    r"EGMS_L3_(?P<tile>E\d{2}N\d{2})_100km_(?P<component>[EU])" + _RELEASE
    + r"\.(?P<extension>zip|csv|xml|tiff?)",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class EgmsName:
    """What a file name says.

    level: "L2a", "L2b" or "L3". release: as the archive spells it, "2020-2024".
    sub_release: number of the delivery, 0 for the baseline, whose names have none.
    track, burst ("0845", as the archive writes it), swath, polarisation: L2 only, else 0 and "".
    tile ("E45N17"), component ("E" east–west, "U" up): L3 only, else "".
    extension: "zip", "csv", "xml" or "tiff".
    """

    filename: str
    level: str
    extension: str
    release: str = BASELINE
    sub_release: int = 0
    track: int = 0
    burst: str = ""
    swath: str = ""
    polarisation: str = ""
    tile: str = ""
    component: str = ""

    @property
    def source(self) -> str:
        """Return the name without extension: the same for zip, CSV, XML and TIFF."""
        return self.filename.rpartition(".")[0]


def parse(filename: str) -> EgmsName | None:
    """Read a file name (without folders); return None if it is not one of EGMS's."""
    match = _L2.fullmatch(filename) or _L3.fullmatch(filename)
    if match is None:
        return None
    parts = match.groupdict()
    release, delivery = BASELINE, 0
    if parts["first"]:
        release, delivery = f"{parts['first']}-{parts['last']}", int(parts["delivery"])
    extension = parts["extension"].lower()
    extension = "tiff" if extension == "tif" else extension
    if "tile" in parts:
        return EgmsName(
            filename, "L3", extension, release, delivery,
            tile=parts["tile"].upper(), component=parts["component"].upper(),
        )
    return EgmsName(
        filename, level_name(parts["level"]), extension, release, delivery,
        track=int(parts["track"]), burst=parts["burst"], swath=parts["swath"].upper(),
        polarisation=parts["polarisation"].upper(),
    )


def level_name(text: str) -> str:
    """Return a level as files spell it: the archive says "L2A", files "L2a"; "" if unknown."""
    return next((level for level in LEVELS if level.lower() == text.strip().lower()), "")
