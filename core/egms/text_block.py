"""A piece of CSV text in numpy: whole lines, and where their fields end."""

from __future__ import annotations

import re
from decimal import Decimal, InvalidOperation

import numpy as np
from numpy.typing import NDArray

Bytes = NDArray[np.uint8]
Positions = NDArray[np.intp]

MARGIN = 32
"""Bytes kept free before the text, so that looking back from a field's end never leaves it."""

LF, COMMA, MINUS, DOT, ZERO = (np.uint8(ord(char)) for char in "\n,-.0")
_BLANK = b" \t\r"


class BadRow(Exception):
    """A line of a block cannot be read; line 0 is the block's first.

    reason: one of CsvError's. detail: what is wrong, in technical words.
    """

    def __init__(self, line: int, reason: str, detail: str = "") -> None:
        super().__init__(reason, detail)
        self.line = line
        self.reason = reason
        self.detail = detail


class TextBlock:
    """A buffer for whole lines that is filled again and again.

    Fresh arrays for every block would cost more than the decoding (page faults), so the
    arrays are kept and only their beginnings are used.
    """

    def __init__(self, capacity: int) -> None:
        self.capacity = capacity
        self.size = 0
        self.rows = 0
        self.lines = 0
        self._bytes = np.zeros(MARGIN + capacity, np.uint8)
        # A field ends at its separator; the first field needs one before it as well.
        self._bytes[MARGIN - 1] = LF
        self._is_separator = np.empty(capacity + 1, np.bool_)
        self._ends = np.empty(0, np.intp)
        self._line_of_row: list[int] = []

    @property
    def room(self) -> memoryview:
        """Return the free part of the buffer, to be read into."""
        return self._bytes[MARGIN + self.size:].data

    @property
    def text(self) -> Bytes:
        """Return the text that is in the buffer."""
        return self._bytes[MARGIN:MARGIN + self.size]

    def put(self, text: bytes) -> None:
        """Replace the content; BadRow if it does not fit."""
        if len(text) > self.capacity:
            raise BadRow(0, "row", "a line is too long")
        self._bytes[MARGIN:MARGIN + len(text)] = np.frombuffer(text, np.uint8)
        self.size = len(text)

    def split(self, width: int) -> None:
        """Find the rows and their fields, `width` in each. Raise BadRow.

        Every byte below "-" counts as a separator: in a plain EGMS table these are comma and
        line end alone, and one comparison finds both. Where that does not hold (CRLF, quotes,
        blanks, a plus sign, blank lines) the text is tidied first.
        """
        self._line_of_row = []
        if self._plain(width):
            self.lines = self.rows
            return
        self.put(self.text.tobytes().replace(b"\r\n", b"\n"))
        if self._plain(width):
            self.lines = self.rows
            return
        lines = self.text.tobytes().split(b"\n")[:-1]
        self._line_of_row = [number for number, line in enumerate(lines) if line.strip(_BLANK)]
        tidy = [_tidied(lines[number], width, number) for number in self._line_of_row]
        self.put(b"".join(tidy))
        if not self._plain(width):
            raise BadRow(0, "row", "unexpected characters")
        self.lines = len(lines)

    def _plain(self, width: int) -> bool:
        """Find the separators; return whether every line has exactly `width` plain fields."""
        scanned = self._bytes[MARGIN - 1:MARGIN + self.size]
        found = self._is_separator[:scanned.size]
        np.less(scanned, MINUS, out=found)
        self._ends = np.flatnonzero(found)
        fields = self._ends.size - 1
        self.rows = fields // width
        if self.rows * width != fields:
            return False
        # All line ends are where they belong, and there are as many commas as places for
        # commas: then every other separator is a comma.
        if not (scanned[self._ends[width::width]] == LF).all():
            return False
        np.equal(scanned, COMMA, out=found)
        return int(np.count_nonzero(found)) == self.rows * (width - 1)

    @property
    def ends(self) -> Positions:
        """Return the position of the separator after each field, all rows in one vector."""
        return self._ends[1:]

    @property
    def previous(self) -> Positions:
        """Return the position of the separator before each field."""
        return self._ends[:-1]

    def behind(self, count: int) -> Bytes:
        """Return bytes such that index `end` gives the one `count` places before that end.

        A negative count looks ahead.
        """
        return self._bytes[MARGIN - 1 - count:MARGIN + self.size]

    def cell(self, field: int) -> bytes:
        """Return the text of one field, counted through all rows."""
        start, end = int(self._ends[field]) + 1, int(self._ends[field + 1])
        return self._bytes[MARGIN - 1 + start:MARGIN - 1 + end].tobytes()

    def line_of(self, row: int) -> int:
        """Return the line of a row, counted from the block's first line."""
        return self._line_of_row[row] if self._line_of_row else row


def _tidied(line: bytes, width: int, number: int) -> bytes:
    """Return a line without quotes, blanks around cells and plus signs."""
    cells = [_tidy_cell(cell, number) for cell in line.split(b",")]
    if len(cells) != width:
        raise BadRow(number, "row", f"{len(cells)} fields instead of {width}")
    return b",".join(cells) + b"\n"


def _tidy_cell(cell: bytes, number: int) -> bytes:
    cell = cell.strip(_BLANK)
    if len(cell) > 1 and cell[:1] == cell[-1:] == b'"':
        cell = cell[1:-1].strip(_BLANK)
    if b"+" in cell:
        cell = _without_exponent(cell)
    if re.search(rb"[\x00-\x2c]", cell):
        raise BadRow(number, "row", "unexpected characters")
    return cell


def _without_exponent(cell: bytes) -> bytes:
    """Return a number without plus sign and exponent, exactly; other text unchanged."""
    try:
        value = Decimal(cell.decode("ascii"))
    except (InvalidOperation, UnicodeDecodeError):
        return cell
    if not value.is_finite() or abs(value.adjusted()) > 30:
        return cell
    return f"{value:f}".encode("ascii")
