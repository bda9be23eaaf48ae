"""Import of ×1, ×2 and ×6 rows: the time per row and the memory must not grow."""

from __future__ import annotations

from statistics import median
from typing import Any

import data
from bench_ingest import remove
from measure import BUILD, Row, alternate, in_child

SIZES = (1, 2, 6)
MEGABYTE = 1e6


def rows() -> list[Row]:
    """Return time, time per row and peak memory."""
    for times in SIZES:
        data.csv(times)
    runs = dict(zip(SIZES, alternate(*(_import(times) for times in SIZES))))
    seconds = {times: median(run["seconds"] for run in found) for times, found in runs.items()}
    peaks = {times: median(run["peak"] for run in found) for times, found in runs.items()}
    found = [
        Row(f"import of {data.ROWS * times:,} rows", seconds[times], "s") for times in SIZES]
    found.append(Row("time per row at ×6, in times of that at ×1",
                     seconds[6] / 6 / seconds[1], "×", most=1.25))
    found += [
        Row(f"peak memory at {data.ROWS * times:,} rows", peaks[times] / MEGABYTE, "MB",
            most=300) for times in SIZES]
    return found


def _import(times: int) -> Any:
    def work() -> dict[str, Any]:
        store = BUILD / "scaling.gpkg"
        remove(store)
        found = in_child("bench_ingest.import_table", data.csv(times), store)
        remove(store)
        return found

    return work
