"""Measure the bars of the design, each beside its peer in the same run.

"make bench" runs all; "python3 test/bench/bench.py ingest draw" some. Prints a table and writes
build/bench.json. The first run makes its data in build/bench, which takes some minutes more.
"""

from __future__ import annotations

import argparse
import importlib
import json
import os
import sys
import time
import traceback
from typing import Iterable

import measure
from measure import BUILD, Row, call

GROUPS = {
    "ingest": "import EGMS tables into a point store, beside ogr2ogr",
    "scaling": "import ×1, ×2 and ×6 rows: time and memory",
    "draw": "open and draw, beside QGIS's delimited text layer",
    "click": "right-click to chart, and the chart following the pointer",
    "read": "points and series from a large store",
    "fits": "fit every series of a store",
    "download": "download beside curl",
    "catalogue": "filter the catalogue with each key",
    "load": "load the plugin",
    "stall": "how long the window waits during an import",
}
HEAD = ("what", "ours", "peer", "ratio", "bar", "")


def main() -> int:
    """Run what was asked for; return 1 if a bar was missed or a row failed."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("names", nargs="*", metavar="name", help=", ".join(GROUPS))
    parser.add_argument("--call", nargs="+", help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.call:
        print(json.dumps(call(options.call[0], options.call[1:])), flush=True)
        os._exit(0)  # QGIS objects are not taken down in order here
    unknown = set(options.names) - set(GROUPS)
    if unknown:
        parser.error(f"unknown: {', '.join(sorted(unknown))}; there are {', '.join(GROUPS)}")
    rows, failed = [], []
    for name in options.names or GROUPS:
        begin = time.perf_counter()
        print(f"{name}: {GROUPS[name]} …", end=" ", flush=True)
        try:
            rows += importlib.import_module(f"bench_{name}").rows()
        except Exception:  # one row that cannot be measured must not hide the others
            failed.append(name)
            traceback.print_exc()
        print(f"{time.perf_counter() - begin:.0f} s")
    print()
    print_table(rows)
    write(rows)
    for name in failed:
        print(f"{name}: failed, see above")
    return int(bool(failed) or not all(row.met for row in rows))


def print_table(rows: Iterable[Row]) -> None:
    """Print aligned columns."""
    lines = [HEAD, *(row.cells() for row in rows)]
    widths = [max(len(line[i]) for line in lines) for i in range(len(HEAD))]
    for line in lines:
        print("  ".join(cell.ljust(width) for cell, width in zip(line, widths)).rstrip())


def write(rows: Iterable[Row]) -> None:
    """Put the rows into build/bench.json; those of other groups stay."""
    path = BUILD.parent / "bench.json"
    known = json.loads(path.read_text()) if path.exists() else {"rows": []}
    fresh = {row.what: row.to_json() for row in rows}
    kept = {row["what"]: row for row in known["rows"]}
    content = {"machine": measure.machine(), "rows": list({**kept, **fresh}.values())}
    path.write_text(json.dumps(content, indent=1, ensure_ascii=False) + "\n")


if __name__ == "__main__":
    sys.exit(main())
