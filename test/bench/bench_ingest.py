"""EGMS CSV → point store, beside ogr2ogr -f GPKG; bytes on disk."""

from __future__ import annotations

import subprocess
import sys
import time
from pathlib import Path
from statistics import median
from typing import Any

import data
from measure import BUILD, Row, alternate, beside, in_child

LEAST = 10 if sys.version_info < (3, 13) else 6
"""On Debian 12; on Debian 13 ogr2ogr is faster and numpy slower."""


def rows() -> list[Row]:
    """Return time and size."""
    table = data.csv()
    ours, peer = alternate(lambda: _ours(table), lambda: _peer(table))
    seconds = beside(
        "EGMS CSV → store, 450 MB (peer: ogr2ogr)", [run["seconds"] for run in ours],
        [run["seconds"] for run in peer], "s", LEAST)
    size, csv_size = median(run["bytes"] for run in ours), table.stat().st_size
    return [
        seconds,
        Row("store of 300 000 × 300: share of the CSV", size / csv_size, "×",
            median(run["bytes"] for run in peer) / csv_size, most=0.55),
        *_real_burst(),
    ]


def import_table(table: str, store: str) -> dict[str, Any]:
    """Import one file; runs in a process of its own."""
    from clms_explorer.core.egms.importer import import_files

    begin = time.perf_counter()
    report = import_files([Path(table)], Path(store))
    seconds = time.perf_counter() - begin
    return {"seconds": seconds, "rows": report.rows, "bytes": Path(store).stat().st_size}


def _ours(table: Path) -> dict[str, Any]:
    store = BUILD / "ingest.gpkg"
    remove(store)
    found = in_child("bench_ingest.import_table", table, store)
    remove(store)
    return found


def _peer(table: Path) -> dict[str, Any]:
    target = BUILD / "peer.gpkg"
    remove(target)
    begin = time.perf_counter()
    subprocess.run(
        ["ogr2ogr", "-f", "GPKG", target, table, "-oo", "AUTODETECT_TYPE=YES",
         "-oo", "X_POSSIBLE_NAMES=easting", "-oo", "Y_POSSIBLE_NAMES=northing",
         "-a_srs", "EPSG:3035"], check=True, capture_output=True)
    found = {"seconds": time.perf_counter() - begin, "bytes": target.stat().st_size}
    remove(target)
    return found


def _real_burst() -> list[Row]:
    """Return the size of a real L2b burst, where the sample data are."""
    from conftest import SHARED_DATA

    bursts = sorted((SHARED_DATA / "egms" / "ustica_2020_2024").glob("EGMS_L2b_022*.zip"))
    if not bursts:
        return []
    import zipfile

    store = BUILD / "burst.gpkg"
    remove(store)
    found = in_child("bench_ingest.import_table", bursts[0], store)
    remove(store)
    with zipfile.ZipFile(bursts[0]) as archive:
        csv_size = max(item.file_size for item in archive.infolist())
    return [Row("store of a real L2b burst: share of the CSV", found["bytes"] / csv_size, "×",
                most=0.66)]


def remove(store: Path) -> None:
    """Remove a store with its overviews and leftovers."""
    for path in store.parent.glob(f"{store.stem}.*"):
        path.unlink()
