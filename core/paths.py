"""Where downloads go: folders and file names that people can read and every system accepts."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from datetime import date
from pathlib import Path
from typing import Any, Callable, Mapping

from .cart.item import CartItem
from .clms.titles import split
from .egms.names import parse

LONGEST_DATASET, LONGEST_AREA, LONGEST_FILE = 60, 40, 120
MOST_BYTES = 180
"""Names of more UTF-8 bytes are cut: file systems allow 255, encrypted ones as few as 143 to 200
in practice, and ".part" and a number must still fit."""
_FORBIDDEN = re.compile(r'[<>:"/\\|?*\x00-\x1f\x7f]+')
_RESERVED = re.compile(r"(con|prn|aux|nul|com\d|lpt\d)(\..*)?", re.I)
_MARK = 7
"""Length of the mark that tells cut names apart: "~" and six digits."""


def safe_name(text: str, longest: int = LONGEST_FILE) -> str:
    """Return text as a name for a file or folder on any system, "_" for nothing.

    longest: in characters. A name that must be cut ends in a mark of the whole text, so that
    two long names stay two.
    """
    name = " ".join(unicodedata.normalize("NFC", text).split())
    name = _FORBIDDEN.sub("-", name).strip(" .")
    if _RESERVED.fullmatch(name):
        name = f"_{name}"
    if len(name) > longest or len(name.encode()) > MOST_BYTES:
        mark = "~" + hashlib.sha256(text.encode()).hexdigest()[:_MARK - 1]
        name = name[:longest - _MARK]
        while len(name.encode()) > MOST_BYTES - _MARK:
            name = name[:-1]
        name = name.rstrip(" .") + mark
    return name or "_"


def order_folder(
    root: Path, item: CartItem, day: date, is_taken: Callable[[Path], bool]
) -> Path:
    """Return the folder for the files of an order.

    EGMS files lie together by level and release, root/EGMS/L2b 2020-2024, so that what is on
    disk is not fetched again. Every other order has a folder of its own,
    root/<dataset>/<area> <day>, with a number from the second one on.
    """
    archive = _archive_folder(item.files)
    if archive:
        return root / "EGMS" / archive
    dataset = safe_name(split(item.title).name or item.title, LONGEST_DATASET)
    place = item.area.name if item.area else item.collection_title or "complete"
    name = f"{safe_name(place, LONGEST_AREA)} {day.isoformat()}"
    folder, number = root / dataset / name, 2
    while is_taken(folder):
        folder, number = root / dataset / f"{name} {number}", number + 1
    return folder


def _archive_folder(files: tuple[Any, ...]) -> str:
    """Return "L2b 2020-2024" if these are hits of the EGMS archive, "" for other files."""
    first = files[0] if files else None
    name = parse(str(first.get("filename", ""))) if isinstance(first, Mapping) else None
    return safe_name(f"{name.level} {name.release}", LONGEST_AREA) if name else ""
