"""What the plugin adds to the start of QGIS."""

from __future__ import annotations

import sys
import time
from statistics import median
from typing import Any

from measure import ROOT, Row, alternate, in_child

HEAVY = ("numpy", "requests", "pyproj", "shapely", "pyqtgraph")


def rows() -> list[Row]:
    """Return the time, and how many of the heavy packages were imported."""
    (runs,) = alternate(lambda: in_child("bench_load.load"), times=5)
    return [
        Row("load the plugin", median(run["milliseconds"] for run in runs), "ms", most=60),
        Row("heavy packages it imports", max(len(run["imported"]) for run in runs), "", most=0),
    ]


def load() -> dict[str, Any]:
    """Load and start the plugin as QGIS does, in a QGIS that has its own plugins."""
    import qgis_child

    app = qgis_child.start()
    from qgis.core import QgsApplication

    sys.path.append(f"{QgsApplication.pkgDataPath()}/python/plugins")
    import processing  # noqa: F401 - QGIS has loaded it long before
    import qgis.gui  # noqa: F401
    import qgis.utils  # noqa: F401

    window = _interface()
    app.processEvents()
    sys.modules.pop("clms_explorer", None)
    before = set(sys.modules)
    begin = time.perf_counter()
    package = _imported()
    plugin = package.classFactory(window)
    plugin.initGui()
    milliseconds = (time.perf_counter() - begin) * 1e3
    imported = sorted(set(HEAVY) & (set(sys.modules) - before))
    plugin.unload()
    return {"milliseconds": milliseconds, "imported": imported}


def _imported() -> Any:
    """Import the checkout as the package."""
    import importlib.util

    spec = importlib.util.spec_from_file_location(
        "clms_explorer", ROOT / "__init__.py", submodule_search_locations=[str(ROOT)])
    if spec is None or spec.loader is None:
        raise RuntimeError("no package")
    module = importlib.util.module_from_spec(spec)
    sys.modules["clms_explorer"] = module
    spec.loader.exec_module(module)
    return module


def _interface() -> Any:
    """Return a window that answers what QgisInterface answers; what is only told goes nowhere."""
    import qgis_child
    from qgis.PyQt.QtCore import pyqtSignal

    class Interface(qgis_child.Window):
        initializationCompleted = pyqtSignal()

        def __getattr__(self, name: str) -> Any:
            if name.startswith("_"):
                raise AttributeError(name)
            return lambda *_told: None

    return Interface()
