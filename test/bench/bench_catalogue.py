"""What each key in the catalogue's search field costs: search, list, counts."""

from __future__ import annotations

import copy
import json
import tempfile
import time
from pathlib import Path
from statistics import median
from typing import Any

from measure import Row, alternate, in_child, percentile

TEXTS = ("corine land cover 2018", "vegetation 10 m", '"urban atlas" building', "snow italy",
         "imperviousness density")
MANY = 10_000


def rows() -> list[Row]:
    """Return the time per key at the size of the real catalogue and at 10 000 datasets."""
    few, many = alternate(lambda: in_child("bench_catalogue.keys", 0),
                          lambda: in_child("bench_catalogue.keys", MANY))
    found = []
    for runs, most in ((few, 5), (many, 50)):
        count = runs[0]["datasets"]
        found.append(Row(f"catalogue of {count:,} datasets: search per key, median",
                         median(run["search"] for run in runs), "ms", most=most))
        found.append(Row(f"catalogue of {count:,} datasets: list updated per key, median",
                         median(run["list"] for run in runs), "ms", most=most))
        found.append(Row(f"catalogue of {count:,} datasets: list updated per key, 95 %",
                         median(run["slow"] for run in runs), "ms"))
    return found


def keys(least: str) -> dict[str, Any]:
    """Type some texts key by key, in a catalogue of at least so many datasets; milliseconds."""
    import qgis_child

    app = qgis_child.start()
    from clms_explorer.core.clms.query import CatalogueQuery
    from clms_explorer.ui.catalogue.browse_page import BrowsePage
    from clms_explorer.ui.catalogue.thumbnails import Thumbnails

    catalogue = _catalogue(int(least))
    page = BrowsePage(Thumbnails(lambda path, stop: b"", lambda *work: None))
    page.resize(400, 700)
    page.show()
    page.set_catalogue(catalogue)
    app.processEvents()
    searched, listed = [], []
    for text in TEXTS:
        for end in range(1, len(text) + 1):
            begin = time.perf_counter()
            catalogue.search(CatalogueQuery(text=text[:end]))
            middle = time.perf_counter()
            page.search(text[:end])
            searched.append((middle - begin) * 1e3)
            listed.append((time.perf_counter() - middle) * 1e3)
            app.processEvents()
    return {"datasets": len(catalogue.datasets), "search": percentile(searched, 50),
            "list": percentile(listed, 50), "slow": percentile(listed, 95)}


def _catalogue(least: int) -> Any:
    """Return the sandbox's catalogue, with copies under other names if it is too small."""
    from clms_explorer.core.clms.auth import TokenSource
    from clms_explorer.core.clms.catalogue import Catalogue
    from clms_explorer.core.clms.client import PortalClient
    from clms_explorer.core.http.config import HttpConfig
    from clms_explorer.core.http.session import Http
    from sandbox.server import Sandbox

    folder = Path(tempfile.mkdtemp(prefix="clms-bench-"))
    catalogue = Catalogue(folder)
    with Sandbox() as sandbox:
        http = Http(HttpConfig())
        client = PortalClient(http, sandbox.portal, TokenSource(http, None))
        catalogue.refresh(client, lambda: False, lambda _share: None)
        http.close()
    if len(catalogue.datasets) < least:
        file = folder / "catalogue.json"
        content = json.loads(file.read_bytes())
        records = content["datasets"]
        content["datasets"] = [
            _renamed(records[number % len(records)], number // len(records))
            for number in range(least)]
        file.write_text(json.dumps(content))
        if not catalogue.load():
            raise RuntimeError("the large catalogue cannot be read")
    return catalogue


def _renamed(record: dict[str, Any], number: int) -> dict[str, Any]:
    if not number:
        return record
    changed = copy.copy(record)
    changed.update(UID=f"{record['UID']}{number}", title=f"{record['title']} part {number}")
    return changed
