"""Read the real EGMS files of Ustica with numpy alone, independent of the plugin's reader."""

from __future__ import annotations

import csv
import io
import zipfile
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import numpy as np

ASCENDING = "EGMS_L2b_117_0227_IW2_VV_2020_2024_1"
DESCENDING = "EGMS_L2b_022_0845_IW2_VV_2020_2024_1"
EAST = "EGMS_L3_E45N17_100km_E_2020_2024_1"
UP = "EGMS_L3_E45N17_100km_U_2020_2024_1"


@dataclass(frozen=True)
class Table:
    """columns: name → text values; dates: datetime64[D]; series: millimetres, (points, dates)."""

    columns: dict[str, np.ndarray]
    dates: np.ndarray
    series: np.ndarray

    def number(self, name: str) -> np.ndarray:
        return self.columns[name].astype(float)


@lru_cache(maxsize=4)
def read(folder: Path, source: str) -> Table:
    """Return the CSV inside one of the zips."""
    with zipfile.ZipFile(folder / "egms" / "ustica_2020_2024" / f"{source}.zip") as file:
        name = next(name for name in file.namelist() if name.endswith(".csv"))
        rows = csv.reader(io.TextIOWrapper(file.open(name), encoding="utf-8", newline=""))
        header = next(rows)
        first = next(i for i, column in enumerate(header) if column.isdigit())
        cells = np.array(list(rows))
    dates = np.array([f"{d[:4]}-{d[4:6]}-{d[6:]}" for d in header[first:]], "datetime64[D]")
    columns = {column: cells[:, i] for i, column in enumerate(header[:first])}
    return Table(columns, dates, cells[:, first:].astype(float))
