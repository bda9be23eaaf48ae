"""What the user wants to see of the catalogue."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import asdict, dataclass
from typing import Any, Mapping

from .coverage import Box

SORTS = ("relevance", "title", "newest", "finest")
_TERM = re.compile(r'"([^"]*)"?|(\S+)')
_WORDS = re.compile(r"[^\W_]+")
_LETTERS = str.maketrans({"ß": "ss", "ø": "o", "æ": "ae", "œ": "oe", "ł": "l", "đ": "d", "ı": "i"})


@dataclass(frozen=True)
class CatalogueQuery:
    """Words and filters; all of them must hold.

    text: words that must all occur, as beginnings of words; "quoted words" must follow each
    other. components, products: titles; () = all. covers: (west, south, east, north) in degrees
    that the data must touch. by_area, prepackaged, map_layer: can be ordered by area, has ready
    files, has a map layer. elsewhere: only what cannot be ordered here.
    sort: "relevance", "title", "newest" or "finest".
    """

    text: str = ""
    components: tuple[str, ...] = ()
    products: tuple[str, ...] = ()
    covers: Box | None = None
    by_area: bool = False
    prepackaged: bool = False
    map_layer: bool = False
    elsewhere: bool = False
    sort: str = "relevance"

    def to_json(self) -> dict[str, Any]:
        """Return plain data for JSON."""
        return asdict(self)

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> CatalogueQuery:
        """Read what to_json() wrote; what makes no sense (any more) is left out."""
        covers = data.get("covers")
        is_box = isinstance(covers, (list, tuple)) and len(covers) == 4 and all(
            isinstance(side, (int, float)) for side in covers)
        west, south, east, north = map(float, covers) if is_box and covers else (0.0,) * 4
        flags = {name: data.get(name) is True
                 for name in ("by_area", "prepackaged", "map_layer", "elsewhere")}
        sort = data.get("sort")
        return cls(
            text=str(data.get("text") or ""), components=_titles(data.get("components")),
            products=_titles(data.get("products")),
            covers=(west, south, east, north) if is_box else None,
            sort=sort if isinstance(sort, str) and sort in SORTS else "relevance", **flags)


def terms(text: str) -> tuple[str, ...]:
    """Return what must occur in a folded text, blanks included.

    " corin" is the beginning of a word, " land cover " a phrase of whole words.
    """
    found: list[str] = []
    for phrase, word in _TERM.findall(text):
        found += [folded(phrase)] if phrase else [f" {part}" for part in folded(word).split()]
    return tuple(dict.fromkeys(term for term in found if term.strip()))


def folded(text: str) -> str:
    """Return the words of a text without accents and case, one blank around each."""
    plain = unicodedata.normalize("NFKD", text.casefold().translate(_LETTERS))
    plain = "".join(letter for letter in plain if not unicodedata.combining(letter))
    return f" {' '.join(_WORDS.findall(plain))} "


def _titles(value: Any) -> tuple[str, ...]:
    return tuple(str(title) for title in value) if isinstance(value, (list, tuple)) else ()
