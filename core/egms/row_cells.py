"""Encode rows as SQLite keeps them: cells of a table b-tree, all of a block at once in numpy.

Rows that have the same layout have the same length and stand in a matrix, one in each line. The
format: https://www.sqlite.org/fileformat2.html, sections 1.6 and 2.1.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby
from typing import Any, Iterator, Sequence

import numpy as np
from numpy.typing import NDArray

from .noise import Floats
from .row_stream import Rows
from .schema import GEOMETRY_BYTES, SRS
from .text_block import Bytes

_GEOMETRY = np.dtype([
    ("magic", "S2"), ("version", "u1"), ("flags", "u1"), ("srs", "<i4"),
    ("order", "u1"), ("type", "<u4"), ("x", "<f8"), ("y", "<f8"),
])
_LITTLE_ENDIAN = 1
_POINT = 1

_ABSENT, _REAL = 0, 8
"""Bytes of a number: none for a column that the source lacks; 8 for a real number."""

_SERIAL_TYPES = {_ABSENT: 0, 1: 1, 2: 2, 4: 4, _REAL: 7}
_TYPES = {1: ">i1", 2: ">i2", 4: ">i4", _REAL: ">f8"}
_SOURCE_BYTES = 4

_LONGER_IDS = 128 ** np.arange(1, 8)
"""From each of these on a row id takes one byte more."""


def varint(number: int) -> bytes:
    """Return SQLite's variable-length form of a number below 2^56."""
    groups = [number & 0x7F]
    while number > 0x7F:
        number >>= 7
        groups.append(number & 0x7F | 0x80)
    return bytes(reversed(groups))


class CellMaker:
    """Encodes the rows of one source.

    Whole numbers are kept in as few bytes as those of the rows before needed, real numbers and
    columns with empty cells in eight. (SQLite reads NaN as NULL, and a whole number in a REAL
    column as a real one.)
    """

    def __init__(self, source: int, columns: Sequence[str], names: Sequence[str]) -> None:
        """columns: numeric columns of the table; names: those that the source has."""
        self._source = source
        self._places = [columns.index(name) for name in names]
        self._widths = [_ABSENT] * len(columns)

    def cells(self, first: int, rows: Rows) -> Iterator[Bytes]:
        """Yield the rows as matrices of cells. first: row id of the first one."""
        self._widen(rows.numbers)
        pids = [pid.encode("utf-8") for pid in rows.pids]
        series_length = rows.steps.shape[1] * rows.steps.itemsize
        for start, end in _runs(first, pids):
            layout = _Layout.of(
                len(varint(first + start)), len(pids[start]), tuple(self._widths), series_length)
            cells = np.empty((end - start, layout.length), np.uint8)
            layout.fill(cells, first + start, self._source, rows.x[start:end], rows.y[start:end])
            layout.fill_texts(cells, b"".join(pids[start:end]), rows.steps[start:end])
            layout.fill_numbers(cells, rows.numbers[start:end], self._places)
            yield cells

    def _widen(self, numbers: Floats) -> None:
        """Let all numbers fit."""
        for column, place in enumerate(self._places):
            width = self._widths[place]
            if width != _REAL:
                self._widths[place] = max(width, _width(numbers[:, column]))


def _runs(first: int, pids: Sequence[bytes]) -> Iterator[tuple[int, int]]:
    """Yield start and end of neighbouring rows whose pids and row ids are equally long."""
    lengths = np.fromiter(map(len, pids), np.intp, len(pids))
    ids = np.searchsorted(_LONGER_IDS, np.arange(first, first + len(pids)), side="right")
    changes = np.flatnonzero((np.diff(lengths) != 0) | (np.diff(ids) != 0)) + 1
    bounds = [0, *changes.tolist(), len(pids)]
    return zip(bounds, bounds[1:])


def _width(values: Floats) -> int:
    """Return the bytes that hold each of these numbers."""
    if not (np.rint(values) == values).all():
        return _REAL
    greatest = max(-values.min() - 1, values.max())
    return next((width for width in (1, 2, 4) if greatest < 1 << (8 * width - 1)), _REAL)


@dataclass(frozen=True)
class _Layout:
    """Where everything stands in a cell: its beginning, geometry, pid, source, numbers, series.

    id_length: bytes of the row id. widths: of the numbers.
    """

    id_length: int
    pid_length: int
    widths: tuple[int, ...]
    series_length: int
    header: bytes
    payload: bytes

    @classmethod
    def of(
        cls, id_length: int, pid_length: int, widths: tuple[int, ...], series_length: int
    ) -> _Layout:
        types = b"".join((
            varint(0), varint(12 + 2 * GEOMETRY_BYTES), varint(13 + 2 * pid_length),
            varint(_SERIAL_TYPES[_SOURCE_BYTES]), bytes(_SERIAL_TYPES[width] for width in widths),
            varint(12 + 2 * series_length)))
        header = varint(len(types) + 1) + types
        body = GEOMETRY_BYTES + pid_length + _SOURCE_BYTES + sum(widths) + series_length
        return cls(id_length, pid_length, widths, series_length, header,
                   varint(len(header) + body))

    @property
    def length(self) -> int:
        """Return the bytes of a cell."""
        return self._numbers + sum(self.widths) + self.series_length

    @property
    def _geometry(self) -> int:
        return len(self.payload) + self.id_length + len(self.header)

    @property
    def _numbers(self) -> int:
        return self._geometry + GEOMETRY_BYTES + self.pid_length + _SOURCE_BYTES

    def fill(self, cells: Bytes, first: int, source: int, x: Floats, y: Floats) -> None:
        """Fill in the beginning of each cell, the geometry and the source."""
        start = len(self.payload)
        cells[:, :start] = np.frombuffer(self.payload, np.uint8)
        ids = np.arange(first, first + len(cells))
        for place in range(self.id_length):
            behind = self.id_length - 1 - place
            cells[:, start + place] = (ids >> 7 * behind) & 0x7F | (0x80 if behind else 0)
        cells[:, start + self.id_length:self._geometry] = np.frombuffer(self.header, np.uint8)
        points = _part(cells, self._geometry, 1, _GEOMETRY)
        points["magic"], points["version"], points["flags"] = b"GP", 0, _LITTLE_ENDIAN
        points["srs"], points["order"], points["type"] = SRS, _LITTLE_ENDIAN, _POINT
        points["x"], points["y"] = x[:, None], y[:, None]
        _part(cells, self._numbers - _SOURCE_BYTES, 1, np.dtype(">i4"))[:] = source

    def fill_texts(self, cells: Bytes, pids: bytes, steps: NDArray[Any]) -> None:
        """Fill in the point ids, one after the other in pids, and the series."""
        start = self._geometry + GEOMETRY_BYTES
        shape = (len(cells), self.pid_length)
        cells[:, start:start + self.pid_length] = np.frombuffer(pids, np.uint8).reshape(shape)
        series = np.ascontiguousarray(steps).view(np.uint8)
        cells[:, cells.shape[1] - self.series_length:] = series

    def fill_numbers(self, cells: Bytes, numbers: Floats, places: Sequence[int]) -> None:
        """Fill in the numbers; places: of their columns in the table."""
        widths = np.array(self.widths)
        starts = self._numbers + np.cumsum(widths) - widths
        column = 0
        for (width, _start), run in groupby(
            enumerate(places), key=lambda item: self._run(widths, *item)
        ):
            count = sum(1 for _column in run)
            part = _part(cells, int(starts[places[column]]), count, np.dtype(_TYPES[width]))
            part[:] = numbers[:, column:column + count]
            column += count

    @staticmethod
    def _run(widths: NDArray[np.intp], column: int, place: int) -> tuple[int, int]:
        """Return what neighbouring columns of equal width have in common."""
        return int(widths[place]), place - column


def _part(cells: Bytes, start: int, count: int, dtype: np.dtype[Any]) -> NDArray[Any]:
    """Return a part of each cell as `count` values."""
    return np.ndarray(
        (len(cells), count), dtype, cells.data, start, (cells.shape[1], dtype.itemsize))
