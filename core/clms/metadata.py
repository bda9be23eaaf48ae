"""Citation, DOI and credit of a dataset, out of the rich text of its record."""

from __future__ import annotations

import re
from html.parser import HTMLParser
from typing import Any, Mapping

from .values import date

_DOI = re.compile(r"\b10\.\d{4,9}/[^\s\"'<>()]+[^\s\"'<>().,;]")
_GENERAL = re.compile(r"how to cite|data policy", re.I)
_LABEL = re.compile(r"^[\w .,/()-]{0,60}:?\s*$")
_BLOCKS = {"p", "div", "br", "li", "ul", "ol", "tr", "table", "h1", "h2", "h3", "h4", "h5"}
_HIDDEN = {"script", "style", "head", "title", "template"}


class _Reader(HTMLParser):
    """Collects the text that a browser would show."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.parts: list[str] = []
        self._hidden = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in _HIDDEN:
            self._hidden += 1
        if tag in _BLOCKS:
            self.parts.append("\n")

    def handle_endtag(self, tag: str) -> None:
        if tag in _HIDDEN and self._hidden:
            self._hidden -= 1
        if tag in _BLOCKS:
            self.parts.append("\n")

    def handle_data(self, data: str) -> None:
        if not self._hidden:
            self.parts.append(data)


def plain_text(rich: Any) -> str:
    """Return a rich-text field ({"data": html}), or HTML, as lines of text without markup."""
    html = rich.get("data") if isinstance(rich, Mapping) else rich
    if not isinstance(html, str):
        return ""
    reader = _Reader()
    reader.feed(html)
    reader.close()
    lines = (" ".join(line.split()) for line in "".join(reader.parts).splitlines())
    return "\n".join(line for line in lines if line)


def dois(raw: Mapping[str, Any]) -> tuple[str, ...]:
    """Return the DOIs of a record ("10.2909/…"), in their order."""
    citation = raw.get("citation")
    html = citation.get("data") if isinstance(citation, Mapping) else citation
    return tuple(dict.fromkeys(_DOI.findall(html))) if isinstance(html, str) else ()


def year_of(raw: Mapping[str, Any]) -> str:
    """Return the year in which the present version was published, "" if it is not told."""
    fields = ("resourceModified", "resourceEffective", "effective")
    return next((found[:4] for found in map(date, map(raw.get, fields)) if found), "")


def credit(year: str) -> str:
    """Return the credit line that the terms of use ask for."""
    words = ("© European Union, Copernicus Land Monitoring Service", year)
    return " ".join(filter(None, words)) + ", European Environment Agency (EEA)"


def citation(raw: Mapping[str, Any], title: str) -> str:
    """Return how to cite a dataset: the record's own words, else one made of title and DOI."""
    lines = [
        line for line in plain_text(raw.get("citation")).splitlines()
        if not _GENERAL.search(line) and not _LABEL.match(_without_links(line))
    ]
    if lines:
        return " ".join(lines)
    found = dois(raw)
    doi = f" https://doi.org/{found[0]}" if found else ""
    return f"{title}. {credit(year_of(raw))}.{doi}"


def _without_links(line: str) -> str:
    return re.sub(r"https?://\S+|10\.\d{4,9}/\S+", "", line)
