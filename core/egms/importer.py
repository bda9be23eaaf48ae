"""Import EGMS tables into a point store."""

from __future__ import annotations

import shutil
import time
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Sequence

from ..aoi.area import Area
from ..errors import AreaError, Cancelled, CsvError, DiskFull
from ..ports import Progress, Stop, never
from .clip import Clip
from .displacements import NeedsFormat, SeriesFormat
from .import_plan import Plan, Reading, area_key, make_plan
from .line_blocks import LineBlocks
from .products import Product, fail
from .row_stream import RowStream
from .schema import Source, StoreInfo
from .store import PointStore
from .store_files import generations
from .store_writer import StoreWriter, new_store, utc_now
from .table_pages import TooLong
from .table_writer import DoublePoint, SourceWriter, TableWriter
from .text_block import BadRow

_READING = 0.9
"""Share of the time; the rest goes into indexes and onto the disk."""

_STORE_SHARE = 0.7
"""Bytes of a store for each byte of CSV, at most; usually 0.5 to 0.65."""


@dataclass(frozen=True)
class ImportReport:
    """What an import did.

    store: where the store is now: under another name than asked for if that file was in use
    (see store_files). rows: points read and kept. sources: names of the products read. skipped:
    of those that changed nothing. tables: table -> points in the store. bytes: of CSV read.
    """

    store: Path
    rows: int
    sources: tuple[str, ...]
    skipped: tuple[str, ...]
    tables: dict[str, int]
    seconds: float
    bytes: int


def import_files(
    inputs: Sequence[Path], store: Path, *, area: Area | None = None,
    progress: Progress = lambda share: None, stop: Stop = never,
) -> ImportReport:
    """Bring zips, CSVs and folders of both into a store; make it or extend it.

    All or nothing: after an error, a cancel or a crash the store is as it was. A product that is
    in it already is skipped (see import_plan). area: only points in it are kept; what was
    imported before stays.

    Raise CsvError and FileBroken (both name the file); StoreError "level" (products of another
    level or release), "newer", "not_a_store", "locked"; AreaError "outside" if no point at all
    lies in the area; DiskFull, Cancelled.
    """
    begin = time.monotonic()
    current, old = _current(store)
    plan = make_plan(inputs, old, area)
    path, info = current, old
    read: list[Source] = []
    if plan.readings:
        size = _size(plan, current)
        _check_room(store, size)
        with new_store(store, current, size, stop) as writer:
            work = _Import(writer, plan, progress, stop)
            read = [source for source in work.run() if source.kept]
            if read:
                path, info = writer.finish(_info(plan, read, old, work.areas))
    if path is None or info is None:
        raise AreaError("outside")
    progress(1.0)
    names = {source.name for source in read}
    empty = [item.product.name for item in plan.readings if item.product.name not in names]
    return ImportReport(
        path, sum(source.kept for source in read), tuple(source.name for source in read),
        (*plan.skipped, *empty), {facts.name: facts.rows for facts in info.table_facts},
        time.monotonic() - begin, plan.size)


class _Import:
    """The reading part of one import. areas: what sources were cut to, by key."""

    def __init__(self, writer: StoreWriter, plan: Plan, progress: Progress, stop: Stop) -> None:
        self._writer, self._plan = writer, plan
        self._progress, self._stop = progress, stop
        self._done = 0
        self.areas: dict[str, Any] = {}

    def run(self) -> list[Source]:
        """Fill all tables; return the sources that were read."""
        sources: list[Source] = []
        for table in self._plan.tables():
            readings = [item for item in self._plan.readings if item.product.table == table]
            kept = [source.id for source in self._plan.kept if source.table == table]
            columns = [name for item in readings for name in item.product.header.numbers]
            try:
                with self._writer.table(table, columns, kept) as rows:
                    sources += [self._read(item, rows) for item in readings]
            except DoublePoint as err:
                file = next(
                    item.product.file.file for item in readings if item.number == err.source)
                raise CsvError("mixed", f"point {err.pid} twice", name=file) from err
        return sources

    def _read(self, reading: Reading, table: TableWriter) -> Source:
        """Read a table, in the first format that holds all its values."""
        form, file = SeriesFormat(), reading.product.file
        while True:
            rows = table.begin(reading.number, reading.product.header.numbers)
            try:
                source = self._read_as(reading, rows, form)
            except NeedsFormat as err:
                rows.forget()
                form = err.format
            except TooLong as err:
                raise CsvError("dates", "too many", name=file.file) from err
            else:
                self._done += file.size
                return source

    def _read_as(self, reading: Reading, rows: SourceWriter, form: SeriesFormat) -> Source:
        product, file, area = reading.product, reading.product.file, reading.area
        clip = Clip(area) if area else None
        count, line = 0, 1
        with file.open() as stream:
            lines = LineBlocks(stream)
            try:
                lines.header()
                for part in RowStream(lines, product.header, form, product.table, clip):
                    rows.add(part)
                    count += part.read
                    line += part.lines
                    self._tell(lines.read)
            except BadRow as err:
                fail(err, file, line)
            crc = stream.crc if file.crc is None else file.crc
        if area:
            self.areas[area_key(area)] = area.to_json()
        return _source(reading, form, crc, count, rows.count)

    def _tell(self, read: int) -> None:
        if self._stop():
            raise Cancelled()
        self._progress(_READING * (self._done + read) / max(self._plan.size, 1))


def _current(store: Path) -> tuple[Path | None, StoreInfo | None]:
    """Return the newest generation of a store and what is in it."""
    existing = generations(store)
    if not existing:
        return None, None
    with closing(PointStore(existing[-1])) as opened:
        return existing[-1], opened.info


def _size(plan: Plan, current: Path | None) -> int:
    """Return the bytes of the new store, roughly; what is cut to an area counts nothing."""
    whole = sum(item.product.file.size for item in plan.readings if item.area is None)
    return int(_STORE_SHARE * whole) + (current.stat().st_size if current else 0)


def _check_room(store: Path, needed: int) -> None:
    """Raise DiskFull if the new store will surely not fit beside the old one."""
    folder = next(path for path in store.absolute().parents if path.exists())
    if shutil.disk_usage(folder).free < needed:
        raise DiskFull("full", folder=str(store.parent), needed=needed)


def _info(
    plan: Plan, read: Sequence[Source], old: StoreInfo | None, areas: dict[str, Any]
) -> StoreInfo:
    sources = (*plan.kept, *read)
    known = {**(old.areas if old else {}), **areas}
    used = {source.area for source in sources if source.area}
    return StoreInfo(
        plan.level, plan.release, sources, areas={key: known[key] for key in sorted(used)})


def _source(reading: Reading, form: SeriesFormat, crc: int, count: int, kept: int) -> Source:
    product: Product = reading.product
    provenance = dict(product.facts)
    if product.header.ignored:
        provenance["left_out"] = ", ".join(product.header.ignored)
    return Source(
        id=reading.number, name=product.name, file=product.file.file,
        csv_size=product.file.size, csv_crc=crc, rows=count, kept=kept, table=product.table,
        track=product.track, burst=product.burst, swath=product.swath,
        component=product.component, tile=product.tile, sub_release=product.sub_release,
        dates=product.dates, bytes=form.bytes, decimals=form.decimals,
        clipped=reading.area.name if reading.area else "", area=area_key(reading.area),
        provenance=provenance, imported=utc_now(),
    )
