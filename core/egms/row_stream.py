"""From the stream of a CSV to decoded rows, in order, decoded in threads beside the caller."""

from __future__ import annotations

import threading
from collections import deque
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from typing import Any, Iterator

import numpy as np
from numpy.typing import NDArray

from .attributes import AttributeDecoder
from .clip import Clip
from .columns import Header
from .displacements import DisplacementDecoder, SeriesFormat
from .line_blocks import BLOCK_BYTES, LineBlocks
from .noise import Floats
from .text_block import BadRow, TextBlock

_DECODERS = 2
_AHEAD = 4
"""Blocks that are read or decoded before the caller has taken their rows."""
_FARTHEST = 20_000_000.0
"""No place on Earth has greater coordinates in EPSG:3035, in metres."""


@dataclass(frozen=True)
class Rows:
    """Decoded rows of one block.

    lines: lines of text in the block. read: rows in it. All else is of the rows that are kept:
    pids; numbers: shape (kept, columns), NaN = no value; steps: shape (kept, dates).
    x, y: EPSG:3035.
    """

    lines: int
    read: int
    pids: list[str]
    numbers: Floats
    steps: NDArray[Any]
    x: Floats
    y: Floats


class RowDecoder:
    """Decodes blocks of one table, with arrays of its own: one for each thread."""

    def __init__(self, header: Header, form: SeriesFormat, table: str, clip: Clip | None) -> None:
        self._width = header.width
        self._attributes = AttributeDecoder(header)
        self._displacements = DisplacementDecoder(header, form)
        self._clip = clip
        names = self._attributes.names
        self._x, self._y = names.index("easting"), names.index("northing")
        self._los = names.index("los_east") if "los_east" in names else None
        self._sign = -1.0 if table == "los_ascending" else 1.0

    def decode(self, block: TextBlock) -> Rows:
        """Return the rows of a block; raise BadRow, or NeedsFormat for a value that is too big."""
        block.split(self._width)
        numbers = self._attributes.numbers(block)
        x, y = numbers[:, self._x].copy(), numbers[:, self._y].copy()
        self._check(block, numbers, x, y)
        pids = self._attributes.pids(block)
        if self._clip is None:
            steps = self._displacements.decode(block)
            return Rows(block.lines, block.rows, pids, numbers, steps, x, y)
        kept = np.flatnonzero(self._clip.inside(x, y))
        # Most blocks of a burst lie outside a small area; their series need not be decoded.
        steps = self._displacements.decode(block)[kept] if kept.size else np.empty((0, 0))
        return Rows(
            block.lines, block.rows, [pids[row] for row in kept.tolist()], numbers[kept], steps,
            x[kept], y[kept])

    def _check(self, block: TextBlock, numbers: Floats, x: Floats, y: Floats) -> None:
        """Raise BadRow for rows without a place, or of the other direction of flight."""
        lost = ~((np.abs(x) <= _FARTHEST) & (np.abs(y) <= _FARTHEST))
        if lost.any():
            raise BadRow(block.line_of(int(np.argmax(lost))), "row", "no coordinates")
        if self._los is not None:
            other = numbers[:, self._los] * self._sign < 0
            if other.any():
                raise BadRow(block.line_of(int(np.argmax(other))), "mixed", "los_east")


class RowStream:
    """Iterates over the rows of a table, block by block.

    One thread reads (and unzips), two decode, the caller works on what comes out. Errors come
    in order too: all rows before a bad line have been given when it is raised.
    """

    def __init__(self, lines: LineBlocks, header: Header, form: SeriesFormat, table: str,
                 clip: Clip | None) -> None:
        self._lines, self._form = lines, form
        self._parts = header, form, table, clip
        self._own = threading.local()

    def __iter__(self) -> Iterator[Rows]:
        with ThreadPoolExecutor(_DECODERS) as decoders, ThreadPoolExecutor(1) as reader:
            def read(block: TextBlock) -> tuple[TextBlock, Future[Rows] | None]:
                if not self._lines.fill(block, self._form.decimals):
                    return block, None
                return block, decoders.submit(self._decode, block)

            waiting = deque(
                reader.submit(read, TextBlock(BLOCK_BYTES)) for _ in range(_AHEAD))
            while True:
                block, rows = waiting.popleft().result()
                if rows is None:
                    return
                result = rows.result()
                waiting.append(reader.submit(read, block))
                yield result

    def _decode(self, block: TextBlock) -> Rows:
        if not hasattr(self._own, "decoder"):
            self._own.decoder = RowDecoder(*self._parts)
        decoder: RowDecoder = self._own.decoder
        return decoder.decode(block)
