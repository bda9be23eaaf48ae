"""What an EGMS table is: by its file name, else by its XML, its header and its first rows."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import NoReturn, Sequence

import numpy as np
from numpy.typing import NDArray

from ..errors import CsvError, StoreError
from .attributes import AttributeDecoder
from .columns import Header, parse_header
from .line_blocks import BLOCK_BYTES, LineBlocks
from .names import BASELINE, EgmsName, level_name, parse
from .noise import Floats
from .pids import decode_pixel
from .table_files import TableFile
from .text_block import BadRow, TextBlock

_RELEASE_BY_LAST_YEAR = {
    2020: BASELINE, 2021: BASELINE, 2022: "2018-2022", 2023: "2019-2023", 2024: "2020-2024",
    2025: "2020-2025",
}
_COMPONENT_TABLES = {"E": "east", "U": "up"}
_COMPONENT_WORD = re.compile(r"(?:^|[-_. ])(E|EW|EAST|U|UP|V|VERTICAL)(?=[-_. ]|$)", re.IGNORECASE)
_LEVEL_WORD = re.compile(r"(?:^|[-_. ])(L2a|L2b|L3)(?=[-_. ]|$)", re.IGNORECASE)
_COPY = re.compile(r"(?: ?\(\d+\)| - copy|_copy)+$", re.IGNORECASE)
_XML_FACTS = ("product_level", "production_facility", "production_date", "track", "burst_id",
              "sub_swath", "orbit_type")
_XML_VERSIONS = ("dem", "gnss")
_SCENE_TIME = re.compile(r"_\d{8}T(\d{2})(\d{2})\d{2}_")


@dataclass(frozen=True)
class Product:
    """A table that can be imported: the fields of schema.Source that are known beforehand.

    identity: the same for all deliveries of a product. facts: what the product's XML says.
    """

    file: TableFile
    header: Header
    level: str
    release: str
    table: str
    track: int
    burst: str
    swath: str
    component: str
    tile: str
    sub_release: int
    facts: dict[str, str]

    @property
    def name(self) -> str:
        """Return the stem of the product file, without what a browser adds to a copy."""
        return _COPY.sub("", self.file.name)

    @property
    def identity(self) -> str:
        """Return what all deliveries of this product have in common."""
        return identity(self.name)

    @property
    def dates(self) -> tuple[str, ...]:
        """Return the dates in ISO form."""
        return tuple(str(date) for date in self.header.dates)


def identity(name: str) -> str:
    """Return what the names of all deliveries of a product have in common."""
    parsed = parse(f"{name}.csv")
    if parsed is None:
        return name.casefold()
    parts = (parsed.level, parsed.release, str(parsed.track), parsed.burst, parsed.swath,
             parsed.polarisation, parsed.tile, parsed.component)
    return "_".join(parts)


def describe(file: TableFile) -> Product:
    """Read the beginning of a table and say what it is.

    Raise CsvError for what is no EGMS table, FileBroken for what cannot be read.
    """
    header, pids, los_east = _beginning(file)
    parsed = parse(_COPY.sub("", file.name) + ".csv")
    facts = _xml_facts(file.xml())
    level = parsed.level if parsed else _level(file.name, facts, header)
    if header.line_of_sight == (level == "L3"):
        raise CsvError("column" if level != "L3" else "mixed", name=file.file, line=1,
                       column="los_east")
    if parsed is None:
        parsed = _unnamed(file, level, facts, header, pids)
    table = _COMPONENT_TABLES.get(parsed.component) or _direction_table(los_east, file)
    return Product(
        file, header, level, parsed.release, table, parsed.track, parsed.burst, parsed.swath,
        parsed.component, parsed.tile, parsed.sub_release, facts,
    )


def common_level(products: Sequence[Product]) -> tuple[str, str]:
    """Return the level and release of all products; StoreError("level") if they differ."""
    first = products[0]
    for other in products:
        if (other.level, other.release) != (first.level, first.release):
            raise StoreError("level", name=other.file.file)
    return first.level, first.release


def fail(err: BadRow, file: TableFile, lines_before: int = 0) -> NoReturn:
    """Raise the CsvError of a bad row of a block. lines_before: lines of the CSV before it."""
    line = lines_before + err.line + 1
    raise CsvError(err.reason, err.detail, name=file.file, line=line) from err


def _beginning(file: TableFile) -> tuple[Header, list[str], Floats]:
    """Return the header, and the point ids and los_east (level 2) of the first rows."""
    if not file.size:
        raise CsvError("empty", name=file.file, line=1)
    with file.open() as stream:
        lines = LineBlocks(stream)
        try:
            header = parse_header(lines.header(), file.file)
        except BadRow as err:
            fail(err, file)
        block = TextBlock(BLOCK_BYTES)
        try:
            if not lines.fill(block):
                raise CsvError("empty", name=file.file, line=1)
            block.split(header.width)
            decoder = AttributeDecoder(header)
            numbers, pids = decoder.numbers(block), decoder.pids(block) if block.rows else []
        except BadRow as err:
            fail(err, file, lines_before=1)
    if not block.rows:
        raise CsvError("empty", name=file.file, line=1)
    if not header.line_of_sight:
        return header, pids, np.empty(0)
    return header, pids, numbers[:, decoder.names.index("los_east")]


def _direction_table(los_east: NDArray[np.float64], file: TableFile) -> str:
    """Return the table of a line of sight: the satellite looks right, so it flies north where
    it is seen in the west."""
    known = los_east[np.isfinite(los_east) & (los_east != 0)]
    if not known.size:
        raise CsvError("column", name=file.file, line=1, column="los_east")
    return "los_ascending" if known[0] < 0 else "los_descending"


def _xml_facts(text: str) -> dict[str, str]:
    """Return the facts in the beginning of a product's XML, which is flat there."""
    facts = {}
    for key in _XML_FACTS:
        match = re.search(rf"<{key}>\s*([^<]{{1,80}}?)\s*</{key}>", text)
        if match:
            facts[key] = match.group(1)
    for key in _XML_VERSIONS:
        match = re.search(rf"<{key}>\s*<version>\s*([^<]{{1,80}}?)\s*</version>", text)
        if match:
            facts[f"{key}_version"] = match.group(1)
    # The satellite passes at the same time of the day; a burst lies within a few scenes.
    times = sorted(":".join(parts) for parts in _SCENE_TIME.findall(text))
    if times:
        facts["acquisition_time_utc"] = times[len(times) // 2]
    return facts


def _level(name: str, facts: dict[str, str], header: Header) -> str:
    """Return the level of a table whose name is none of EGMS's."""
    word = _LEVEL_WORD.search(name)
    level = level_name(facts.get("product_level", "")) or (level_name(word[1]) if word else "")
    if level:
        return level
    if not header.line_of_sight:
        return "L3"
    return "L2a" if "cluster_label" in header.fields else "L2b"


def _unnamed(
    file: TableFile, level: str, facts: dict[str, str], header: Header, pids: Sequence[str]
) -> EgmsName:
    """Return what a good name would say: the XML knows, or the ids of the first points."""
    release = _release(header)
    if level == "L3":
        words = _COMPONENT_WORD.findall(file.name)
        if not words:
            raise CsvError("component", name=file.file, line=1)
        component = "E" if words[-1][0] in "eE" else "U"
        return EgmsName(file.file, level, "csv", release, component=component)
    track, swath = facts.get("track", ""), facts.get("sub_swath", "")
    if track.isdecimal():
        return EgmsName(
            file.file, level, "csv", release, track=int(track), burst=facts.get("burst_id", ""),
            swath=f"IW{swath}" if swath else "")
    pixels = {
        (pixel.track, pixel.burst, pixel.swath) if pixel else None
        for pixel in map(decode_pixel, pids)}
    pixel = pixels.pop() if len(pixels) == 1 else None
    if pixel is None:
        return EgmsName(file.file, level, "csv", release)
    return EgmsName(
        file.file, level, "csv", release, track=pixel[0], burst=f"{pixel[1]:04d}", swath=pixel[2])


def _release(header: Header) -> str:
    """Return the release by its dates: real first and last dates may lie within its years."""
    first, last = (int(str(date)[:4]) for date in header.dates[[0, -1]])
    if first < 2018:
        return BASELINE
    return _RELEASE_BY_LAST_YEAR.get(last, f"{first}-{last}")
