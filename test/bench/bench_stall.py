"""How late a heartbeat of the window's thread is while an import of 450 MB runs beside it."""

from __future__ import annotations

import time
from pathlib import Path
from statistics import median
from typing import Any

import data
from bench_ingest import remove
from measure import BUILD, Row, alternate, in_child

BEAT = 5


def rows() -> list[Row]:
    """Return the longest time without a heartbeat."""
    (runs,) = alternate(lambda: in_child("bench_stall.import_beside", data.csv()))
    return [
        Row("window held up during an import, at most",
            median(run["import"] for run in runs), "ms", most=50),
        Row("window held up when the store's layers open",
            median(run["open"] for run in runs), "ms", most=250),
    ]


def import_beside(table: str) -> dict[str, Any]:
    """Import in a task, as the dock does, then open the layers; longest waits in ms."""
    import qgis_child

    app = qgis_child.start()
    from clms_explorer.core.egms.importer import import_files
    from clms_explorer.ui.qgis_bridge.store_layers import add_store
    from clms_explorer.ui.qgis_bridge.tasks import TaskRunner
    from qgis.core import QgsProject
    from qgis.PyQt.QtCore import QObject, Qt, QTimer

    store, ended, beats = BUILD / "stall.gpkg", [], [time.perf_counter()]
    remove(store)
    heart = QTimer()
    heart.setTimerType(Qt.TimerType.PreciseTimer)
    heart.setInterval(BEAT)
    heart.timeout.connect(lambda: beats.append(time.perf_counter()))
    heart.start()
    owner = QObject()
    TaskRunner(owner).start(
        "import", lambda stop, progress: import_files(
            [Path(table)], store, progress=progress, stop=stop),
        ended.append, ended.append)
    while not ended:
        app.processEvents()
        time.sleep(0.001)
    if isinstance(ended[0], BaseException):
        raise ended[0]
    waits = [after - before for before, after in zip(beats, beats[1:])]
    begin = time.perf_counter()
    add_store(store, QgsProject.instance())
    opened = time.perf_counter() - begin
    QgsProject.instance().clear()
    remove(store)
    return {"import": max(waits) * 1e3 - BEAT, "open": opened * 1e3}
