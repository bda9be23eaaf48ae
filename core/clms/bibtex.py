"""A dataset as a BibTeX entry."""

from __future__ import annotations

import re
import unicodedata

from . import metadata
from .models import Dataset
from .titles import split

_SPECIAL = {
    "\\": r"\textbackslash{}", "{": r"\{", "}": r"\}", "&": r"\&", "%": r"\%", "#": r"\#",
    "$": r"\$", "_": r"\_", "~": r"\textasciitilde{}", "^": r"\textasciicircum{}",
}


def bibtex(dataset: Dataset, page: str) -> str:
    """Return an entry of type @misc. page: address of the dataset's web page."""
    raw = dataset.raw if isinstance(dataset.raw, dict) else {}
    year = metadata.year_of(raw)
    fields = {
        "author": "{European Union, Copernicus Land Monitoring Service}",
        "title": f"{{{_escaped(dataset.title)}}}",
        "publisher": _escaped("European Environment Agency (EEA)"),
        "year": year,
        "version": _escaped(dataset.version),
        "doi": dataset.doi,
        "url": page,
    }
    lines = [f"  {name} = {{{value}}}" for name, value in fields.items() if value]
    return f"@misc{{{_key(dataset, year)},\n" + ",\n".join(lines) + "\n}\n"


def _key(dataset: Dataset, year: str) -> str:
    """Return a key such as clms_corine_land_cover_2018."""
    plain = unicodedata.normalize("NFKD", split(dataset.title).name).encode("ascii", "ignore")
    words = re.findall(r"[a-z0-9]+", plain.decode().lower())[:6]
    return "_".join(["clms", *(words or filter(None, ["dataset", year]))])


def _escaped(text: str) -> str:
    return "".join(_SPECIAL.get(letter, letter) for letter in text)
