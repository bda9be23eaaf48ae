"""What a dataset's title says: years, representation, resolutions, area, frequency."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

EUROPE = (-31.561261, 27.405827, 44.820775, 71.409109)
_AREAS = (
    ("northern hemisphere", (-180.0, 0.0, 180.0, 84.0)),
    ("pantropical", (-180.0, -23.5, 180.0, 23.5)),
    ("baltic", (9.0, 53.0, 31.0, 66.5)),
    ("africa", (-20.0, -35.0, 55.0, 38.0)),
    ("glob", (-180.0, -60.0, 180.0, 80.0)),
)
_FREQUENCIES = {
    "yearly": "Annually", "annual": "Annually", "2-yearly": "Biannually", "daily": "Daily",
    "3-yearly": "3-yearly", "6-yearly": "6-yearly", "monthly": "Monthly", "hourly": "Continual",
    "10-daily": "Fortnightly", "5-daily": "Weekly", "near real time": "Continual",
}
SERIES = ("Daily", "Weekly", "Fortnightly", "Monthly", "Continual")


@dataclass(frozen=True)
class Facts:
    """Facts of one title. years: first and last, last 0 = going on. box: W, S, E, N."""

    years: tuple[int, int]
    vector: bool
    raster: bool
    resolutions: tuple[str, ...]
    box: tuple[float, float, float, float]
    coverage: str
    frequency: str

    @property
    def series(self) -> bool:
        """Return whether such data are ordered by dates."""
        return self.raster and self.frequency in SERIES and self.years[1] != self.years[0]


def facts(title: str) -> Facts:
    """Read a title."""
    inside = " ".join(re.findall(r"\(([^)]*)\)", title)).lower()
    numbers = [match.replace(" ", "") for match in
               re.findall(r"\d+(?:\.\d+)?\s?k?m\b", inside)]
    vector = "vector" in inside
    coverage, box = "Europe", EUROPE
    for word, extent in _AREAS:
        if word in title.lower():
            coverage, box = ("Global" if word == "glob" else word.title()), extent
            break
    return Facts(_years(title), vector, "raster" in inside or not vector,
                 tuple(re.sub(r"(\d)(k?m)", r"\1 \2", number) for number in numbers),
                 box, coverage, _frequency(title))


def slug(text: str) -> str:
    """Return a text as part of an address."""
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9]+", "-", plain).strip("-")


def _years(title: str) -> tuple[int, int]:
    match = re.search(r"\b((?:19|20)\d\d)(?:\s*[-–]\s*((?:19|20)\d\d|present))?", title)
    if not match:
        return 0, 0
    first, last = int(match.group(1)), match.group(2)
    return first, first if not last else 0 if last == "present" else int(last)


def _frequency(title: str) -> str:
    words = [part.strip().lower() for part in re.split(r"[,–(]| - ", title)]
    return next((_FREQUENCIES[word] for word in words if word in _FREQUENCIES), "NotPlanned")
