"""Polygons from a raster of classes: one per 4-connected patch, holes included."""

from __future__ import annotations

from typing import Any, Iterator

import numpy as np

Array = np.ndarray[Any, Any]
Vertex = tuple[int, int]


def patches(values: Array) -> Iterator[tuple[int, list[list[Vertex]]]]:
    """Yield (value, rings) of every patch; vertices are (column, row) of pixel corners.

    The first ring of a patch is its outline, the others are holes.
    """
    labels = _labelled(values)
    label, start, end = _edges(labels)
    order = np.argsort(label, kind="stable")
    label, start, end = label[order], start[order], end[order]
    first = np.flatnonzero(np.r_[True, label[1:] != label[:-1]])
    for low, high in zip(first, np.r_[first[1:], len(label)]):
        rings = _rings(start[low:high].tolist(), end[low:high].tolist())
        rings.sort(key=_area, reverse=True)
        row, column = divmod(int(label[low]), values.shape[1])
        yield int(values[row, column]), rings


def _labelled(values: Array) -> Array:
    """Return for every pixel the smallest pixel number of its patch."""
    labels = np.arange(values.size).reshape(values.shape)
    across, down = values[:, 1:] == values[:, :-1], values[1:] == values[:-1]
    while True:
        before = labels.copy()
        for axis, same in ((1, across), (0, down)):
            labels = _spread(labels, same, axis)
        if np.array_equal(before, labels):
            return labels


def _spread(labels: Array, same: Array, axis: int) -> Array:
    """Let the smallest label run through every unbroken line of equal pixels."""
    if axis == 0:
        return _spread(labels.T, same.T, 1).T
    breaks = np.ones(labels.shape, bool)
    breaks[:, 1:] = ~same
    starts = np.flatnonzero(breaks.ravel())
    smallest = np.minimum.reduceat(labels.ravel(), starts)
    lengths = np.diff(np.r_[starts, labels.size])
    return np.repeat(smallest, lengths).reshape(labels.shape)


def _edges(labels: Array) -> tuple[Array, Array, Array]:
    """Return label, first and last corner of all pixel edges that bound a patch."""
    rows, columns = labels.shape
    wide = columns + 1
    framed = np.full((rows + 2, columns + 2), -1)
    framed[1:-1, 1:-1] = labels
    corner = np.arange((rows + 1) * wide).reshape(rows + 1, wide)
    left, right = framed[1:-1, :-1], framed[1:-1, 1:]
    above, below = framed[:-1, 1:-1], framed[1:, 1:-1]
    parts = []
    for one, other, head, tail in (
            (left, right, corner[:-1, :], corner[1:, :]),
            (right, left, corner[1:, :], corner[:-1, :]),
            (above, below, corner[:, 1:], corner[:, :-1]),
            (below, above, corner[:, :-1], corner[:, 1:])):
        pick = (one != other) & (one >= 0)
        parts.append((one[pick], head[pick], tail[pick]))
    label, start, end = (np.concatenate(column) for column in zip(*parts))
    return label, _vertices(start, wide), _vertices(end, wide)


def _vertices(corner: Array, wide: int) -> Array:
    return np.stack([corner % wide, corner // wide], axis=1)


def _rings(starts: list[list[int]], ends: list[list[int]]) -> list[list[Vertex]]:
    """Chain directed edges to closed rings without needless vertices."""
    following: dict[Vertex, list[Vertex]] = {}
    for start, end in zip(starts, ends):
        following.setdefault((start[0], start[1]), []).append((end[0], end[1]))
    rings = []
    while following:
        first = here = next(iter(following))
        ring, step = [first], (0, 0)
        while True:
            there = _next(here, step, following)
            turn = (there[0] - here[0], there[1] - here[1])
            if turn == step:
                ring[-1] = there
            else:
                ring.append(there)
            here, step = there, turn
            if here == first:
                break
        rings.append(ring)
    return rings


def _next(here: Vertex, step: Vertex, following: dict[Vertex, list[Vertex]]) -> Vertex:
    """Take the way on; where two patches of one class touch at a corner, keep them apart."""
    ways = following[here]
    pick = 0
    if len(ways) > 1:
        turns = [(way[0] - here[0]) * step[1] - (way[1] - here[1]) * step[0] for way in ways]
        pick = turns.index(max(turns))
    there = ways.pop(pick)
    if not ways:
        del following[here]
    return there


def _area(ring: list[Vertex]) -> float:
    return abs(sum(x1 * y2 - x2 * y1 for (x1, y1), (x2, y2) in zip(ring, ring[1:])))
