"""Append rows to a table in an SQLite file as whole pages of its b-tree.

An INSERT takes each value from Python and puts the row together by itself; where rows come by
the million, writing pages is four times as fast, and other threads go on meanwhile. The format:
https://www.sqlite.org/fileformat2.html, sections 1.3 and 1.6; "PRAGMA integrity_check" proves it.
"""

from __future__ import annotations

import struct
from dataclasses import dataclass
from typing import BinaryIO

import numpy as np

from .row_cells import varint
from .text_block import Bytes

_LEAF, _INTERIOR = 0x0D, 0x05
_LEAF_HEADER, _INTERIOR_HEADER = 8, 12
_LOCK_BYTES = 1 << 30
"""Where locks are: the page with this byte is never used."""
_LONGEST_INTERIOR_CELL = 4 + 9 + 2
_OVERFLOW = 35
"""A cell must leave so much room on a page of its own, or SQLite expects it on several pages."""

_NOTHING: Bytes = np.empty((0, 0), np.uint8)


class TooLong(Exception):
    """A row does not fit on a page."""


@dataclass(frozen=True)
class Mark:
    """A state of the pages to come back to."""

    leaves: int
    next: int
    row: int
    waiting: Bytes


class TablePages:
    """The b-tree of one table, to be used while nobody writes to the file through SQLite.

    The connection must come back to the file with its cache emptied: the change counter says so.
    """

    def __init__(self, file: BinaryIO, root: int, rows: int) -> None:
        """root: the table's root page. rows: the rows that it has, with ids 1…rows."""
        self._file, self._root, self._row = file, root, rows
        file.seek(0)
        header = file.read(100)
        size = int.from_bytes(header[16:18], "big")
        self._size = 65536 if size == 1 else size
        self._usable = self._size - header[20]
        self._next = int.from_bytes(header[28:32], "big") + 1
        self._spare: list[int] = []
        self._leaves: list[tuple[int, int]] = []
        if rows:
            self._leaves = self._found(root, rows)
        self._waiting: Bytes = _NOTHING
        self._pages: Bytes = _NOTHING

    def append(self, cells: Bytes) -> None:
        """Append rows; cells: see CellMaker; their row ids go on from those before."""
        if cells.shape[1] != self._waiting.shape[1]:
            self._write_waiting()
            self._prepare(cells.shape[1])
        if len(self._waiting):
            cells = np.concatenate((self._waiting, cells))
        per_page = self._per_page(cells.shape[1])
        full = len(cells) // per_page * per_page
        self._write_leaves(cells[:full], per_page)
        self._waiting = cells[full:].copy()

    def mark(self) -> Mark:
        """Return the present state."""
        return Mark(len(self._leaves), self._next, self._row, self._waiting)

    def back_to(self, mark: Mark) -> None:
        """Forget all rows after a mark."""
        del self._leaves[mark.leaves:]
        self._next, self._row, self._waiting = mark.next, mark.row, mark.waiting
        self._prepare(self._waiting.shape[1])

    def finish(self) -> None:
        """Write what waits, then the pages above the leaves; tell SQLite that all has changed."""
        self._write_waiting()
        children = self._leaves
        if len(children) == 1:  # it is the last page of the file
            self._next -= 1
            self._put((self._root - 1) * self._size, self._read(self._next))
        while len(children) > 1:
            most = (self._usable - _INTERIOR_HEADER) // _LONGEST_INTERIOR_CELL
            count = -(-len(children) // most)
            bounds = np.linspace(0, len(children), count + 1).astype(int).tolist()
            children = [
                self._write_interior(children[start:end], is_root=count == 1)
                for start, end in zip(bounds, bounds[1:])]
        self._file.truncate((self._next - 1) * self._size)
        self._file.seek(24)
        counter = int.from_bytes(self._file.read(4), "big") + 1
        self._put(24, struct.pack(">II", counter, self._next - 1))
        self._put(92, struct.pack(">I", counter))
        self._file.flush()

    # --- inside

    def _found(self, page: int, last: int) -> list[tuple[int, int]]:
        """Return the leaves below a page, each with its greatest row id; last: that of the page.

        The pages above them will be written anew.
        """
        content = self._read(page)
        if content[0] == _LEAF:
            if page != self._root:
                return [(page, last)]
            moved = self._take()
            self._put((moved - 1) * self._size, content)
            return [(moved, last)]
        if page != self._root:
            self._spare.append(page)
        count, right = struct.unpack(">H3xI", content[3:12])
        leaves = []
        for (start,) in struct.iter_unpack(">H", content[12:12 + 2 * count]):
            child = int.from_bytes(content[start:start + 4], "big")
            leaves += self._found(child, _read_varint(content, start + 4))
        return leaves + self._found(right, last)

    def _per_page(self, length: int) -> int:
        return (self._usable - _LEAF_HEADER) // (length + 2)

    def _prepare(self, length: int) -> None:
        """Make room for pages of rows of one length."""
        self._waiting = self._waiting if self._waiting.shape[1] == length else np.empty(
            (0, length), np.uint8)
        self._pages = _NOTHING
        if length > self._usable - _OVERFLOW:
            raise TooLong()

    def _write_waiting(self) -> None:
        """Write the rows that do not fill a page."""
        rows, self._waiting = self._waiting, self._waiting[:0]
        self._pages = _NOTHING
        if len(rows):
            self._write_leaves(rows, len(rows))
        self._pages = _NOTHING

    def _write_leaves(self, cells: Bytes, per_page: int) -> None:
        """Write pages that hold so many rows each."""
        count, length = len(cells) // per_page, cells.shape[1]
        if not count:
            return
        pages = self._leaf_pages(cells.reshape(count, per_page, length))
        start = 0
        while start < count:
            first = self._take()
            run = count - start
            lock = self._lock_page
            if first < lock:
                run = min(run, lock - first)
            self._put((first - 1) * self._size, pages[start:start + run].data)
            for page in range(first, first + run):
                self._row += per_page
                self._leaves.append((page, self._row))
            self._next = first + run
            start += run

    def _leaf_pages(self, cells: Bytes) -> Bytes:
        """Return pages of cells of shape (pages, rows, bytes); the array is used again."""
        count, per_page, length = cells.shape
        start = self._usable - per_page * length
        if len(self._pages) < count:
            pages = np.zeros((count, self._size), np.uint8)
            places = start + length * np.arange(per_page)
            head = struct.pack(">BHHHB", _LEAF, 0, per_page, start % 65536, 0)
            head += places.astype(">u2").tobytes()
            pages[:, :len(head)] = np.frombuffer(head, np.uint8)
            self._pages = pages
        pages = self._pages[:count]
        pages[:, start:self._usable] = cells.reshape(count, per_page * length)
        return pages

    def _write_interior(
        self, children: list[tuple[int, int]], is_root: bool
    ) -> tuple[int, int]:
        """Write a page above others; return it with its greatest row id."""
        if is_root:
            page = self._root
        else:
            page = self._spare.pop() if self._spare else self._take()
        cells = [struct.pack(">I", child) + varint(last) for child, last in children[:-1]]
        places, end = [], self._usable
        for cell in cells:
            end -= len(cell)
            places.append(end)
        right, last = children[-1]
        content = struct.pack(">BHHHBI", _INTERIOR, 0, len(cells), end % 65536, 0, right)
        content += struct.pack(f">{len(places)}H", *places)
        content += bytes(end - len(content)) + b"".join(reversed(cells))
        self._put((page - 1) * self._size, content.ljust(self._size, b"\0"))
        return page, last

    @property
    def _lock_page(self) -> int:
        return _LOCK_BYTES // self._size + 1

    def _take(self) -> int:
        """Return the next unused page."""
        if self._next == self._lock_page:
            self._next += 1
        self._next += 1
        return self._next - 1

    def _read(self, page: int) -> bytes:
        self._file.seek((page - 1) * self._size)
        return self._file.read(self._size)

    def _put(self, offset: int, content: bytes | memoryview) -> None:
        self._file.seek(offset)
        self._file.write(content)


def _read_varint(content: bytes, start: int) -> int:
    number = 0
    for byte in content[start:start + 8]:
        number = number << 7 | byte & 0x7F
        if byte < 0x80:
            break
    return number
