"""A spatial index written in one go: SQLite's R-tree nodes, packed by sort-tile-recursive.

Inserting points one by one costs eight times as much and gives a worse tree. The layout of
nodes and shadow tables is that of SQLite (https://www.sqlite.org/rtree.html, section 6).
"""

from __future__ import annotations

import math
import sqlite3
from typing import Any, Iterator

import numpy as np
from numpy.typing import NDArray

from .noise import Floats

CELLS = 51
"""Cells in a node: as many as SQLite puts there in files with pages of 2048 bytes and more."""

_NODE_BYTES = 4 + 24 * CELLS
_CELL = np.dtype([("id", ">i8"), ("box", ">f4", (4,))])
_NODE = np.dtype([("depth", ">u2"), ("count", ">u2"), ("cells", _CELL, (CELLS,))])
_ROWS = 256

Boxes = NDArray[np.float32]
"""minx, maxx, miny, maxy of each cell, shape (n, 4)."""


def pack(
    connection: sqlite3.Connection, table: str, column: str, fids: NDArray[np.int64],
    x: Floats, y: Floats,
) -> None:
    """Fill the empty R-tree of a table's points. Needs about 30 bytes a point beside the input.

    fids: increasing. x, y: coordinates of all of them.
    """
    _Packer(connection, f"rtree_{table}_{column}").pack(fids, x, y)


class _Packer:
    """Writes the nodes level by level, from the leaves to the root; the leaves by strips of x.

    Node 1 is the root, the others are numbered as they are written.
    """

    def __init__(self, connection: sqlite3.Connection, name: str) -> None:
        self._connection, self._name = connection, name
        self._next = 2

    def pack(self, fids: NDArray[np.int64], x: Floats, y: Floats) -> None:
        self._connection.execute(f"DELETE FROM {self._name}_node")  # nosec B608
        if fids.size <= CELLS:
            self._write_root(fids, _boxes(x, y), depth=0)
            self._write_rows(fids, np.ones(fids.size, np.int32))
            return
        nodes, boxes, home = self._write_leaves(fids, x, y)
        self._write_rows(fids, home)
        depth = 1
        while nodes.size > CELLS:
            nodes, boxes = self._write_level(nodes, boxes)
            depth += 1
        self._write_root(nodes, boxes, depth)
        self._write_parents(nodes, np.ones(nodes.size, np.int64))

    def _write_leaves(
        self, fids: NDArray[np.int64], x: Floats, y: Floats
    ) -> tuple[NDArray[np.int64], Boxes, NDArray[np.int32]]:
        """Return numbers and boxes of the leaves, and of each point the leaf it lies in."""
        home = np.empty(fids.size, np.int32)
        numbers, boxes = [], []
        for strip in _strips(x, y):
            leaves, around = self._write_nodes(fids[strip], _boxes(x[strip], y[strip]))
            home[strip] = np.repeat(leaves, CELLS)[:strip.size]
            numbers.append(leaves)
            boxes.append(around)
        return np.concatenate(numbers), np.concatenate(boxes), home

    def _write_level(
        self, children: NDArray[np.int64], boxes: Boxes
    ) -> tuple[NDArray[np.int64], Boxes]:
        numbers, above = [], []
        middle = (boxes[:, 0] + boxes[:, 1]) / 2, (boxes[:, 2] + boxes[:, 3]) / 2
        for strip in _strips(*middle):
            nodes, around = self._write_nodes(children[strip], boxes[strip])
            self._write_parents(children[strip], np.repeat(nodes, CELLS)[:strip.size])
            numbers.append(nodes)
            above.append(around)
        return np.concatenate(numbers), np.concatenate(above)

    def _write_nodes(
        self, ids: NDArray[np.int64], boxes: Boxes
    ) -> tuple[NDArray[np.int64], Boxes]:
        """Write full nodes, the last one perhaps not; return their numbers and boxes."""
        nodes = _nodes(ids, boxes)
        numbers = np.arange(self._next, self._next + nodes.size)
        self._next += nodes.size
        raw = memoryview(nodes.tobytes())
        self._connection.executemany(
            f"INSERT INTO {self._name}_node VALUES (?, ?)",  # nosec B608
            ((number, raw[start:start + _NODE_BYTES]) for number, start in zip(
                numbers.tolist(), range(0, len(raw), _NODE_BYTES))))
        starts = np.arange(0, ids.size, CELLS)
        around = np.column_stack([
            (np.maximum if side % 2 else np.minimum).reduceat(boxes[:, side], starts)
            for side in range(4)])
        return numbers, around

    def _write_root(self, ids: NDArray[np.int64], boxes: Boxes, depth: int) -> None:
        root = _nodes(ids, boxes) if ids.size else np.zeros(1, _NODE)
        root["depth"] = depth
        self._connection.execute(
            f"INSERT INTO {self._name}_node VALUES (1, ?)",  # nosec B608
            (root.tobytes(),))

    def _write_parents(
        self, children: NDArray[np.int64], parents: NDArray[np.int64]
    ) -> None:
        self._connection.executemany(
            f"INSERT INTO {self._name}_parent VALUES (?, ?)",  # nosec B608
            zip(children.tolist(), parents.tolist()))

    def _write_rows(self, fids: NDArray[np.int64], home: NDArray[np.int32]) -> None:
        """Write which leaf holds which row, in the order of the rows, many in a statement."""
        start = 0
        for rows in (_ROWS, 1):
            statement = " ".join((
                f"INSERT INTO {self._name}_rowid VALUES", ", ".join(["(?, ?)"] * rows)))
            while fids.size - start >= rows:
                some = slice(start, start + rows)
                pairs = np.column_stack((fids[some], home[some]))
                self._connection.execute(statement, pairs.ravel().tolist())
                start += rows


def _strips(x: NDArray[Any], y: NDArray[Any]) -> Iterator[NDArray[np.intp]]:
    """Yield the positions of about √(number of nodes) strips along x, each sorted by y."""
    nodes = math.ceil(x.size / CELLS)
    width = CELLS * math.ceil(math.sqrt(nodes))
    order = np.argsort(x, kind="stable")
    for start in range(0, order.size, width):
        strip = order[start:start + width]
        yield strip[np.argsort(y[strip], kind="stable")]


def _boxes(x: Floats, y: Floats) -> Boxes:
    """Return boxes of single precision that hold the points."""
    boxes = np.empty((x.size, 4), np.float32)
    for side, values in ((0, x), (2, y)):
        nearest = values.astype(np.float32)
        below, above = np.float32(-np.inf), np.float32(np.inf)
        boxes[:, side] = np.where(nearest > values, np.nextafter(nearest, below), nearest)
        boxes[:, side + 1] = np.where(nearest < values, np.nextafter(nearest, above), nearest)
    return boxes


def _nodes(ids: NDArray[np.int64], boxes: Boxes) -> NDArray[np.void]:
    """Return nodes that hold these cells one after the other."""
    cells = np.zeros(math.ceil(ids.size / CELLS) * CELLS, _CELL)
    cells["id"][:ids.size] = ids
    cells["box"][:ids.size] = boxes
    nodes = np.zeros(cells.size // CELLS, _NODE)
    nodes["cells"] = cells.reshape(-1, CELLS)
    nodes["count"] = CELLS
    nodes["count"][-1] = ids.size - (nodes.size - 1) * CELLS
    return nodes
