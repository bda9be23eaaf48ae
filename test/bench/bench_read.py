"""Points and series from a store of 1.8 million points."""

from __future__ import annotations

import random
import time
from pathlib import Path
from typing import Any

import data
from measure import Row, alternate, in_child, percentile

COUNT = 1000


def rows() -> list[Row]:
    """Return how long it takes to open a store and to read one series from it."""
    store = data.store(6)
    (runs,) = alternate(lambda: in_child("bench_read.read", store))
    last = sorted(runs, key=lambda run: run["median"])[len(runs) // 2]
    return [
        Row("open the store (file only)", last["open"], "ms", most=5),
        Row("nearest point + its series, median", last["median"], "ms", most=1),
        Row("nearest point + its series, 95 %", last["slow"], "ms", most=1),
        Row("neighbours within 100 m, 95 %", last["neighbours"], "ms"),
    ]


def read(path: str) -> dict[str, Any]:
    """Look up places near points, all over the store; milliseconds."""
    from clms_explorer.core.egms.store import PointStore

    PointStore(Path(path)).close()  # the first one of a process imports things
    begin = time.perf_counter()
    store = PointStore(Path(path))
    opened = time.perf_counter() - begin
    chance = random.Random(0)
    places = [
        (point.easting + chance.uniform(-40, 40), point.northing + chance.uniform(-40, 40))
        for point in store.points(data.TABLE, fids=chance.sample(
            range(1, store.info.facts(data.TABLE).rows), COUNT))]
    both, around = [], []
    for x, y in places:
        begin = time.perf_counter()
        point, = store.nearest(data.TABLE, x, y, 100)
        store.series(point)
        middle = time.perf_counter()
        store.neighbours(point, 100)
        both.append(middle - begin)
        around.append(time.perf_counter() - middle)
    store.close()
    return {"open": opened * 1e3, "median": percentile(both, 50) * 1e3,
            "slow": percentile(both, 95) * 1e3, "neighbours": percentile(around, 95) * 1e3}
