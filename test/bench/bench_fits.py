"""Fit every series of a store, beside a loop over numpy.linalg.lstsq."""

from __future__ import annotations

import time
from pathlib import Path
from typing import Any

import data
from measure import Row, alternate, beside, in_child

PEER_COUNT = 5000


def rows() -> list[Row]:
    """Return series per second."""
    store = data.store()
    ours, peer = alternate(lambda: in_child("bench_fits.all_fits", store),
                           lambda: in_child("bench_fits.one_by_one", store))
    return [beside(
        "trend, bend, season, errors of all series (peer: lstsq loop)",
        [run["rate"] for run in ours], [run["rate"] for run in peer], "/s", 1, "more",
        least=600_000)]


def all_fits(path: str) -> dict[str, Any]:
    """Read and fit all series of a store."""
    from clms_explorer.core.egms.fit import alpha_for, fit_many
    from clms_explorer.core.egms.store import PointStore

    store, count = PointStore(Path(path)), 0
    alpha = alpha_for(store.info.level)
    begin = time.perf_counter()
    for block in store.all_series(data.TABLE):
        count += fit_many(block.dates, block.steps, alpha, block.scale).velocity.size
    rate = count / (time.perf_counter() - begin)
    store.close()
    return {"rate": rate}


def one_by_one(path: str) -> dict[str, Any]:
    """Fit some series as a script would: read one, solve the same model once, white errors."""
    import numpy as np
    from clms_explorer.core.egms.basis import design
    from clms_explorer.core.egms.store import PointStore

    store = PointStore(Path(path))
    points = store.points(data.TABLE, fids=range(1, PEER_COUNT + 1))
    begin = time.perf_counter()
    for point in points:
        series = store.series(point)
        columns = design(series.years(), True)
        found = np.linalg.lstsq(columns, series.values, rcond=None)
        np.sqrt(found[1] / len(series))
        np.linalg.inv(columns.T @ columns)
    rate = len(points) / (time.perf_counter() - begin)
    store.close()
    return {"rate": rate}
