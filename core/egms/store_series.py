"""From the packed series of a point store to dates and millimetres."""

from __future__ import annotations

from typing import Any, Iterable, Iterator, Mapping, NamedTuple, Sequence

import numpy as np
from numpy.typing import NDArray

from ..errors import StoreError
from .schema import DIRECTIONS, Source, StoreInfo
from .series import Series


class SeriesBlock(NamedTuple):
    """Series of some points of one source, as they are kept.

    steps: integers, shape (points, dates); `scale` millimetres each, the type's minimum = no
    value. This is what fit.fit_many() takes.
    """

    fids: NDArray[np.int64]
    dates: NDArray[np.datetime64]
    steps: NDArray[Any]
    source: Source

    @property
    def scale(self) -> float:
        """Return the millimetres of one step."""
        return float(10.0 ** -self.source.decimals)


def series_of(
    info: StoreInfo, table: str, source_id: int, packed: bytes, attributes: Mapping[str, Any]
) -> Series:
    """Return one series with all that is known about it."""
    source = _source(info, source_id)
    steps = _unpack(source, [packed])[0]
    track = f" {source.track}" if source.track else ""
    return Series(
        source.date_axis, source.form.millimetres(steps), direction=table,
        name=DIRECTIONS[table] + track, attributes=attributes,
        provenance=provenance(info, source))


def provenance(info: StoreInfo, source: Source) -> dict[str, str]:
    """Return where the points of a source come from, as text; what is not known is not there."""
    known = {
        **source.provenance,
        "level": info.level, "release": info.release, "source": source.name,
        "file": source.file, "track": source.track or "", "burst": source.burst,
        "swath": source.swath, "component": source.component, "tile": source.tile,
        "delivery": source.sub_release or "", "clipped": source.clipped,
        "imported": source.imported,
    }
    return {key: str(value) for key, value in known.items() if value != ""}


def blocks(
    info: StoreInfo, chunks: Iterable[Sequence[tuple[int, int, bytes]]]
) -> Iterator[SeriesBlock]:
    """Turn rows of (fid, source, series) into blocks; a chunk of several sources is split."""
    for chunk in chunks:
        fids, sources, packed = zip(*chunk)
        starts = [0, len(chunk)]
        if sources.count(sources[0]) < len(chunk):
            starts[1:1] = (np.flatnonzero(np.diff(sources)) + 1).tolist()
        for start, end in zip(starts, starts[1:]):
            source = _source(info, sources[start])
            yield SeriesBlock(
                np.array(fids[start:end], np.int64), source.date_axis,
                _unpack(source, packed[start:end]), source)


def _source(info: StoreInfo, source_id: int) -> Source:
    try:
        return info.source(source_id)
    except KeyError as err:
        raise StoreError("not_a_store", f"no source {source_id}") from err


def _unpack(source: Source, packed: Sequence[bytes]) -> NDArray[Any]:
    """Return the steps of some series, shape (series, dates)."""
    size = len(source.dates) * source.bytes
    try:
        right = set(map(len, packed)) == {size}
    except TypeError:
        right = False
    if not right:
        raise StoreError("not_a_store", f"a series of {source.name} has not {size} bytes")
    return np.frombuffer(b"".join(packed), source.form.dtype).reshape(len(packed), -1)
