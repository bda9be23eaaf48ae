"""Decode the displacements of a block: text such as "-12.3" to integer steps, without loss.

Nearly every cell has exactly one decimal and is below one metre. Those are decoded with
numpy for the whole block at once, and every one of their characters is checked on the way.
The rest (empty, NaN, -9999, other decimals, metres) is read cell by cell, exactly.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from typing import Any

import numpy as np
from numpy.typing import NDArray

from .columns import Header
from .text_block import DOT, MINUS, ZERO, BadRow, TextBlock

_NOTHING = frozenset({"", "nan", "na", "n/a", "null", "none", "-nan"})
_NO_DATA = Decimal(-9999)
_MOST_DECIMALS = 6
_REMEMBERED = 100_000


@dataclass(frozen=True)
class SeriesFormat:
    """How the series of one source are kept: little-endian integers, missing = the minimum.

    bytes: 2 or 4 for each value. decimals: one step is 10^-decimals mm; EGMS has one.
    """

    bytes: int = 2
    decimals: int = 1

    @property
    def dtype(self) -> np.dtype[Any]:
        """Return the type of the values in the BLOB."""
        return np.dtype(f"<i{self.bytes}")

    @property
    def missing(self) -> int:
        """Return the value that means "no value"."""
        return int(np.iinfo(self.dtype).min)

    def millimetres(self, steps: NDArray[Any]) -> NDArray[np.float64]:
        """Return displacements in mm, NaN where there is no value.

        The division rounds correctly, so the result equals Python's float of the CSV's text.
        """
        values = steps / np.float64(10 ** self.decimals)
        values[steps == self.missing] = np.nan
        return np.asarray(values, np.float64)


class NeedsFormat(Exception):
    """A source holds a value that its format cannot keep; `format` can."""

    def __init__(self, wanted: SeriesFormat) -> None:
        super().__init__()
        self.format = wanted


class DisplacementDecoder:
    """Decodes one source's blocks; keeps its arrays between them. One for each thread."""

    def __init__(self, header: Header, form: SeriesFormat) -> None:
        self._width = header.width
        self._places = header.date_fields
        first, count = int(self._places[0]), self._places.size
        if (np.diff(self._places) == 1).all():
            self._columns: Any = slice(first, first + count)
        else:
            self._columns = self._places
        self._format = form
        self._known: dict[bytes, int] = {}
        self._bytes: list[NDArray[np.uint8]] = []
        self._lengths = np.empty(0, np.intp)

    def decode(self, block: TextBlock) -> NDArray[Any]:
        """Return the steps of all rows, shape (rows, dates), in the format's type.

        Raise BadRow for what is no number, NeedsFormat for what does not fit.
        """
        ends = block.ends
        steps, good, lengths = self._common(block, ends.size)
        shape = (block.rows, self._width)
        result = np.empty((block.rows, self._places.size), self._format.dtype)
        result[:] = steps.reshape(shape)[:, self._columns]
        if self._format.decimals > 1:
            result *= 10 ** (self._format.decimals - 1)
        good_cells = good.reshape(shape)[:, self._columns]
        if not good_cells.all():
            empty = lengths.reshape(shape)[:, self._columns] == 0
            result[empty] = self._format.missing
            self._decode_rare(block, result, good_cells | empty)
        return result

    def _common(
        self, block: TextBlock, count: int
    ) -> tuple[NDArray[np.int16], NDArray[np.bool_], NDArray[np.uint8]]:
        """Decode every field as if it were [-]d.d, [-]dd.d or [-]ddd.d.

        Return the tenths, whether a field really has that form, and its length. All steps are
        on vectors of bytes (uint8), where a processor does many at once; a field's characters
        are fetched by their distance from its end.
        """
        self._make_room(count)
        ends = block.ends
        # Plain indexing: numpy 2 takes three times as long for take() with out=.
        tenth, dot, one, ten, hundred = (
            block.behind(distance)[ends] for distance in range(1, 6))
        first = block.behind(-1)[block.previous]
        length, digits, flag = (array[:count] for array in self._bytes)
        lengths = self._lengths[:count]
        np.subtract(ends, block.previous, out=lengths)
        if lengths.max() > 256:
            np.minimum(lengths, 256, out=lengths)
        np.copyto(length, lengths, casting="unsafe")
        np.subtract(length, np.uint8(1), out=length)  # the separator; 256 wraps twice, to 255

        negative = np.equal(first, MINUS)
        for array in (tenth, one, ten, hundred):
            np.subtract(array, ZERO, out=array)
        # Digits before the dot. Too short fields wrap around to large numbers: not good.
        np.subtract(length, np.uint8(2), out=digits)
        np.subtract(digits, negative.view(np.uint8), out=digits)

        good = np.equal(dot, DOT)
        np.subtract(digits, np.uint8(1), out=flag)
        good &= flag < np.uint8(3)
        good &= tenth < np.uint8(10)
        good &= one < np.uint8(10)
        has_ten, has_hundred = digits > np.uint8(1), digits > np.uint8(2)
        np.multiply(ten, has_ten.view(np.uint8), out=ten)
        np.multiply(hundred, has_hundred.view(np.uint8), out=hundred)
        good &= ten < np.uint8(10)
        good &= hundred < np.uint8(10)

        np.multiply(one, np.uint8(10), out=one)
        np.add(one, tenth, out=one)
        np.multiply(hundred, np.uint8(10), out=hundred)
        np.add(hundred, ten, out=hundred)
        # From here on the numbers need 16 bits. The casts are spelt out: uint8 * int16(100)
        # would stay within 8 bits in numpy 1.
        steps = hundred.astype(np.int16)
        np.multiply(steps, np.int16(100), out=steps)
        np.add(steps, one.astype(np.int16), out=steps)
        sign = negative.astype(np.int16)
        np.multiply(sign, np.int16(-2), out=sign)
        np.add(sign, np.int16(1), out=sign)
        np.multiply(steps, sign, out=steps)
        return steps, good, length

    def _make_room(self, count: int) -> None:
        if self._lengths.size < count:
            self._bytes = [np.empty(count, np.uint8) for _ in range(3)]
            self._lengths = np.empty(count, np.intp)

    def _decode_rare(
        self, block: TextBlock, result: NDArray[Any], done: NDArray[np.bool_]
    ) -> None:
        """Decode the cells that are not done one by one. Equal texts are decoded once."""
        for row, date in zip(*(indices.tolist() for indices in np.nonzero(~done))):
            cell = block.cell(row * self._width + int(self._places[date]))
            steps = self._known.get(cell)
            if steps is None:
                try:
                    steps = exact_steps(cell, self._format)
                except ValueError as err:
                    raise BadRow(block.line_of(row), *err.args) from err
                if len(self._known) < _REMEMBERED:
                    self._known[cell] = steps
            result[row, date] = steps


def exact_steps(cell: bytes, form: SeriesFormat) -> int:
    """Return the steps of one displacement, or the missing value for an empty or special cell.

    Raise NeedsFormat if the format cannot hold it without loss; ValueError("precision", text)
    if no format can, ValueError("row", text) if it is no number.
    """
    text = cell.decode("ascii", "replace").strip().lower()
    if text in _NOTHING:
        return form.missing
    try:
        value = Decimal(text)
    except InvalidOperation:
        raise ValueError("row", f"no displacement: {text[:40]}") from None
    if value == _NO_DATA:
        return form.missing
    if "_" in text or not value.is_finite():
        raise ValueError("row", f"no displacement: {text[:40]}")
    decimals = max(form.decimals, _decimals(value))
    steps = value.scaleb(decimals)
    if decimals > _MOST_DECIMALS or abs(steps) > np.iinfo(np.int32).max:
        raise ValueError("precision", f"cannot be kept without loss: {text[:40]}")
    size = form.bytes if decimals == form.decimals else 4
    if abs(steps) > np.iinfo(f"<i{size}").max:
        size = 4
    if (size, decimals) != (form.bytes, form.decimals):
        raise NeedsFormat(SeriesFormat(size, decimals))
    return int(steps)


def _decimals(value: Decimal) -> int:
    """Return the number of decimals that are not trailing zeros."""
    exponent = value.normalize().as_tuple().exponent
    return max(0, -exponent) if isinstance(exponent, int) else 0
