"""Decode the attributes of a block: exact decimal text to the nearest float, as Python does.

A decimal number is an integer divided by a power of ten. Both are exact in a float here, and
one division rounds correctly, so the result equals Python's float(text) to the last bit. (A
CAST in SQLite goes through another precision and now and then misses that bit.)
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from .columns import PID, Header
from .text_block import DOT, MINUS, ZERO, BadRow, Bytes, Positions, TextBlock

_MOST_CHARACTERS = 15
"""Numbers up to here stay below 2^53 on the way, so every integer in between is exact."""

_POWERS = np.array([float(10 ** power) for power in range(_MOST_CHARACTERS + 1)])
_NOTHING = frozenset({"", "nan", "na", "n/a", "null", "none", "-nan"})
_NO_DATA = -9999.0
_LONGEST_PID = 64


class AttributeDecoder:
    """Decodes the numeric columns that the store keeps; `names` gives their order."""

    def __init__(self, header: Header) -> None:
        self.names = header.numbers
        self._width = header.width
        self._places = np.array([header.fields[name] for name in self.names], np.intp)
        self._pid = header.fields[PID]

    def numbers(self, block: TextBlock) -> NDArray[np.float64]:
        """Return the values, shape (rows, columns); empty, NaN and -9999 are NaN.

        Raise BadRow for anything else that is no number.
        """
        shape = (block.rows, self._width)
        ends = block.ends.reshape(shape)[:, self._places].ravel()
        previous = block.previous.reshape(shape)[:, self._places].ravel()
        lengths = ends - previous - 1
        values, good = _decimal_numbers(block, ends, previous, lengths)
        values[(lengths == 0) | (values == _NO_DATA)] = np.nan
        for cell in np.flatnonzero(~good & (lengths > 0)).tolist():
            row, column = divmod(cell, len(self.names))
            text = block.cell(row * self._width + int(self._places[column]))
            try:
                values[cell] = _single_number(text)
            except ValueError as err:
                raise BadRow(
                    block.line_of(row), "row", f"{self.names[column]}: {text[:40]!r}"
                ) from err
        return values.reshape(block.rows, len(self.names))

    def pids(self, block: TextBlock) -> list[str]:
        """Return the point ids of all rows; BadRow if one is missing or absurd."""
        shape = (block.rows, self._width)
        ends = block.ends.reshape(shape)[:, self._pid]
        starts = block.previous.reshape(shape)[:, self._pid] + 1
        lengths = ends - starts
        wrong = (lengths == 0) | (lengths > _LONGEST_PID)
        if wrong.any():
            raise BadRow(block.line_of(int(np.argmax(wrong))), "row", "no point id")
        length = int(lengths[0])
        if (lengths == length).all():
            together = block.behind(0)[starts[:, None] + np.arange(length)].tobytes()
            cells = [together[at:at + length] for at in range(0, len(together), length)]
        else:
            cells = [block.cell(row * self._width + self._pid) for row in range(block.rows)]
        try:
            return [cell.decode("utf-8") for cell in cells]
        except UnicodeDecodeError as err:
            raise BadRow(block.line_of(0), "row", "a point id is no text") from err


def _decimal_numbers(
    block: TextBlock, ends: Positions, previous: Positions, lengths: Positions
) -> tuple[NDArray[np.float64], NDArray[np.bool_]]:
    """Return the numbers in all cells and whether each has the form [-]digits[.digits].

    The characters stand in a matrix, one column for each cell, the last character in row 0.
    """
    longest = int(np.clip(lengths.max(initial=1), 1, _MOST_CHARACTERS))
    height = -(-longest // 4) * 4
    characters = np.empty((height, ends.size), np.uint8)
    for distance in range(height):
        characters[distance] = block.behind(distance + 1)[ends]
    from_end = np.arange(height, dtype=np.uint8)[:, None]
    inside = from_end < np.minimum(lengths, 255).astype(np.uint8)
    dots = (characters == DOT) & inside
    digits = characters  # in place: the text is not needed any more
    np.subtract(characters, ZERO, out=digits)
    is_digit = (digits < np.uint8(10)) & inside
    np.multiply(digits, is_digit.view(np.uint8), out=digits)
    negative = block.behind(-1)[previous] == MINUS

    dot_count = _count(dots)
    digit_count = _count(is_digit)
    good = (
        (digit_count + dot_count + negative == lengths) & (digit_count > 0) & (dot_count < 2)
        & (lengths <= _MOST_CHARACTERS)
    )
    decimals = _count(dots.view(np.uint8) * from_end)
    decimals[~good] = 0

    # The dot counts as a digit 0 in `whole`, which is I·10^(decimals+1) + F.
    whole = _joined(digits)
    power = _POWERS[decimals]
    above_dot = np.floor(whole / (power * 10.0)) * dot_count
    values = (whole - 9.0 * power * above_dot) / power
    np.negative(values, out=values, where=negative)
    return values, good


def _count(matrix: NDArray[np.bool_] | Bytes) -> Bytes:
    """Return the sum over each cell's characters."""
    total: Bytes = np.add.reduce(matrix.view(np.uint8), axis=0, dtype=np.uint8)
    return total


def _joined(digits: Bytes) -> NDArray[np.float64]:
    """Return the integers whose digits stand in the columns, last digit in row 0."""
    pairs = digits[0::2] + digits[1::2] * np.uint8(10)
    fours = pairs[0::2].astype(np.uint16) + pairs[1::2].astype(np.uint16) * np.uint16(100)
    whole: NDArray[np.float64] = fours[0].astype(np.float64)
    for group in range(1, len(fours)):
        whole += fours[group] * np.float64(10.0 ** (4 * group))
    return whole


def _single_number(cell: bytes) -> float:
    """Return a number in any form that Python reads; NaN for the words for nothing."""
    text = cell.decode("ascii", "replace").strip().lower()
    if text in _NOTHING:
        return float("nan")
    value = float(text)
    if "_" in text or not np.isfinite(value):
        raise ValueError(text)
    return float("nan") if value == _NO_DATA else value
