"""What the rows work on, made once in build/bench: 300 000 points × 300 dates, and more."""

from __future__ import annotations

from pathlib import Path

from measure import BUILD, in_child
from sandbox.generated import bench_csv

ROWS = 300_000
NAME = "EGMS_L3_E41N31_100km_U_2019_2023_1"
TABLE = "up"


def csv(times: int = 1) -> Path:
    """Return the table of 450 MB, or one with so many times as many rows."""
    path = BUILD / f"x{times}" / f"{NAME}.csv"
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        part = path.with_suffix(".part")
        bench_csv(part, ROWS * times)
        part.rename(path)
    return path


def store(times: int = 1) -> Path:
    """Return a point store of such a table."""
    path = BUILD / f"x{times}.gpkg"
    if not path.exists():
        part = path.with_name(f"part-{path.name}")
        part.unlink(missing_ok=True)
        in_child("bench_ingest.import_table", csv(times), part)
        raster = part.with_name(f"{part.stem}.{TABLE}.tif")
        raster.rename(path.with_name(f"{path.stem}.{TABLE}.tif"))
        part.rename(path)
    return path
