"""Write small point stores with plain SQL, for tests of reading and drawing them."""

from __future__ import annotations

import sqlite3
import struct
from pathlib import Path

import numpy as np

from clms_explorer.core.egms.geopackage import create_geopackage, register_table, write_info
from clms_explorer.core.egms.rtree import pack
from clms_explorer.core.egms.schema import (
    PAGE_SIZE,
    Source,
    StoreInfo,
    TableFacts,
    feature_table_sql,
    pid_index_sql,
    rtree_sql,
)

NOW = "2026-01-01T00:00:00Z"
COLUMNS = ["easting", "northing", "rmse", "mean_velocity"]
DATES = ("2020-01-03", "2020-01-09", "2020-01-21")


def source(number=1, table="los_ascending", **facts):
    """Return a source of this number with made-up facts; 16-bit tenths unless told otherwise."""
    known = {
        "name": f"EGMS_L2b_117_0227_IW{number}_VV_2020_2024_1", "file": "points.csv",
        "csv_size": 1, "csv_crc": 1, "rows": 4, "kept": 4, "table": table, "track": 117,
        "burst": "0227", "swath": f"IW{number}", "component": "", "tile": "", "sub_release": 1,
        "dates": DATES, "bytes": 2, "decimals": 1, "clipped": "",
        "provenance": {"facility": "1"}, "imported": NOW}
    return Source(**{"id": number, **known, **facts})


def point(pid, x, y, steps, source=1, **numbers):
    """Return a row; steps: as they are kept."""
    return {"pid": pid, "easting": x, "northing": y, "steps": steps, "source": source, **numbers}


def write_store(path: Path, sources, tables, level="L2b", version=1, columns=COLUMNS) -> Path:
    """Write a store. tables: name → rows made by point(); fids count from 1."""
    by_id = {item.id: item for item in sources}
    facts = tuple(_facts(name, rows) for name, rows in tables.items())
    connection = sqlite3.connect(path, isolation_level=None)
    connection.execute(f"PRAGMA page_size = {PAGE_SIZE}")
    connection.execute("BEGIN")
    create_geopackage(connection)
    for one in facts:
        rows = tables[one.name]
        connection.execute(feature_table_sql(one.name, columns))
        connection.executemany(
            f"INSERT INTO {one.name} VALUES ({', '.join('?' * (len(columns) + 5))})",
            [_row(fid, row, by_id[row["source"]], columns) for fid, row in enumerate(rows, 1)])
        connection.execute(pid_index_sql(one.name))
        connection.execute(rtree_sql(one.name))
        pack(connection, one.name, "geom", np.arange(1, len(rows) + 1),
             *(np.array([row[name] for row in rows]) for name in ("easting", "northing")))
        register_table(connection, one, one.name, NOW)
    write_info(connection, StoreInfo(level, "2020-2024", tuple(sources), facts, {}, version), NOW)
    connection.execute("COMMIT")
    connection.close()
    return path


def _facts(name, rows):
    x, y, v = (np.array([row.get(key, 0.0) for row in rows], float)
               for key in ("easting", "northing", "mean_velocity"))
    quantiles = {str(share): float(np.percentile(v, share)) for share in (2, 10, 50, 90, 98)}
    return TableFacts(
        name, len(rows), (x.min(), y.min(), x.max(), y.max()), (v.min(), v.max()), quantiles)


def _row(fid, row, source, columns):
    geometry = struct.pack(
        "<2sBBiBIdd", b"GP", 0, 1, 3035, 1, 1, row["easting"], row["northing"])
    packed = np.array(row["steps"], source.form.dtype).tobytes()
    return (fid, geometry, row["pid"], row["source"], *(row.get(name) for name in columns), packed)
