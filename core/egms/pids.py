"""What the 10 characters of a point id say (reference/egms.md 2.4)."""

from __future__ import annotations

from dataclasses import dataclass

_DIGITS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
_VALUE = {digit: value for value, digit in enumerate(_DIGITS)}
_POLARISATIONS = ("HH", "HV", "VH", "VV")
PRODUCERS = ("", "e-GEOS", "GAF", "NORCE", "TRE ALTAMIRA")


@dataclass(frozen=True)
class Pixel:
    """A point of L2a or L2b: its place in the image of one burst."""

    producer: str
    track: int
    burst: int
    swath: str
    polarisation: str
    line: int
    pixel: int


@dataclass(frozen=True)
class Cell:
    """A cell of L3; easting, northing: its centre in EPSG:3035, metres."""

    producer: str
    easting: float
    northing: float


def decode_pixel(pid: str) -> Pixel | None:
    """Read the id of an L2 point; None if it cannot be one."""
    if not _plausible(pid):
        return None
    burst, place = _number(pid[1:5]), _number(pid[5:])
    track, swath = burst >> 16, (burst >> 2) & 0b11
    if not (1 <= track <= 175 and swath):
        return None
    return Pixel(
        PRODUCERS[_number(pid[0])], track, (burst >> 4) & 0xFFF, f"IW{swath}",
        _POLARISATIONS[burst & 0b11], place >> 16, place & 0xFFFF,
    )


def decode_cell(pid: str) -> Cell | None:
    """Read the id of an L3 cell; None if it cannot be one."""
    if not _plausible(pid):
        return None
    number = _number(pid[1:])
    row, column = number >> 32, number & 0xFFFFFFFF
    return Cell(PRODUCERS[_number(pid[0])], column * 100.0 + 50.0, row * 100.0 + 50.0)


def _plausible(pid: str) -> bool:
    return (
        len(pid) == 10 and all(digit in _VALUE for digit in pid)
        and _VALUE[pid[0]] < len(PRODUCERS)
    )


def _number(digits: str) -> int:
    number = 0
    for digit in digits:
        number = number * 62 + _VALUE[digit]
    return number
