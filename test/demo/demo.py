"""make demo: the whole main job without a window, through the plugin's own algorithms.

Catalogue → order for a NUTS region → download → styled CORINE; EGMS search → download → point
store → motion history. Results and figures lie in build/demo.
"""

from __future__ import annotations

import json
import shutil
import sys
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent))

from services import ROOT, headless_qgis, sandbox  # noqa: E402

OUT = ROOT / "build" / "demo"
USTICA = "13.10,13.25,38.65,38.75 [EPSG:4326]"
DATASET = "CORINE Land Cover 2018"
REGION = "PT200"


class Report:
    """The steps with their figures; printed as a table and kept as JSON."""

    def __init__(self) -> None:
        self.steps: list[dict] = []

    def step(self, what: str, work, size=lambda result: 0, rows=lambda result: 0):
        """Do one step, measure it, remember it; return its result."""
        start = time.perf_counter()
        result = work()
        self.steps.append({
            "what": what, "bytes": size(result), "rows": rows(result),
            "seconds": round(time.perf_counter() - start, 2)})
        return result

    def write(self, path: Path) -> None:
        """Keep the report and print it."""
        path.write_text(json.dumps({"steps": self.steps}, indent=1), encoding="utf-8")
        print(f"\n{'step':<52}{'bytes':>12}{'rows':>9}{'seconds':>9}")
        for step in self.steps:
            print(f"{step['what']:<52}{step['bytes'] or '':>12}{step['rows'] or '':>9}"
                  f"{step['seconds']:>9.2f}")
        print(f"\nResults: {path.parent}")


def main() -> None:
    """Run the demo from an empty folder."""
    shutil.rmtree(OUT, ignore_errors=True)
    OUT.mkdir(parents=True)
    with sandbox(OUT / "sandbox") as environ:
        application, plugin = headless_qgis(OUT / "profile", environ)
        report = Report()
        clc, store = run_steps(report)
        draw(report, clc, store)
        report.write(OUT / "report.json")
        plugin.unload()
        application.exitQgis()


def run_steps(report: Report):
    """Do the main job; return (CORINE files, point store)."""
    import processing
    from clms_explorer.core.egms.store import PointStore
    from clms_explorer.ui.processing.base import tr  # noqa: F401 - proves it imports alone
    from qgis.core import QgsProcessingFeedback

    feedback = QgsProcessingFeedback(False)

    def run(name: str, **parameters):
        return processing.run(f"clms:{name}", parameters, feedback=feedback)

    def size_of(names) -> int:
        return sum(Path(name).stat().st_size for name in names)

    found = report.step(
        f"search the catalogue for “{DATASET}”",
        lambda: run("searchcatalogue", QUERY=f'"{DATASET}"', OUTPUT="memory:")["OUTPUT"],
        rows=lambda layer: layer.featureCount())
    uid = next(
        feature["uid"] for feature in found.getFeatures()
        if feature["title"].startswith(DATASET) and feature["by_area"])
    clc = report.step(
        f"order CORINE for {REGION}, wait, download, unpack",
        lambda: run("downloaddataset", DATASET=uid, COLLECTION="Raster 100 m", NUTS=REGION,
                    FOLDER=str(OUT / "files"))["FILES"], size=size_of, rows=len)
    report.step(
        "search EGMS files at Ustica",
        lambda: run("egmssearch", EXTENT=USTICA, LEVEL="L2b", RELEASE="2020-2024",
                    OUTPUT="memory:")["OUTPUT"], rows=lambda layer: layer.featureCount())
    zips = report.step(
        "download EGMS files",
        lambda: run("egmsdownload", EXTENT=USTICA, LEVEL="L2b", RELEASE="2020-2024",
                    FOLDER=str(OUT / "files"))["FILES"], size=size_of, rows=len)
    store = OUT / "ground-motion.gpkg"
    report.step(
        "import into a point store",
        lambda: run("egmsimport", INPUT=zips, EXTENT=USTICA, OUTPUT=str(store)),
        size=lambda result: store.stat().st_size, rows=lambda result: count_points(store))
    points = PointStore(store)
    pids = [points.nearest(table, 4_598_000, 1_739_700, 2000)[0].pid
            for table in points.info.tables]
    points.close()
    for picture in ("history.svg", "history.png"):
        report.step(
            f"motion history of {len(pids)} points ({picture})",
            lambda name=picture: run(
                "motionhistory", INPUT=str(store), PIDS=",".join(pids),
                OUTPUT_CSV=str(OUT / "history.csv"), OUTPUT_PLOT=str(OUT / name)),
            size=lambda result: Path(result["OUTPUT_PLOT"]).stat().st_size)
    return clc, store


def count_points(store: Path) -> int:
    """Return the points of all tables of a store."""
    from qgis.core import QgsProviderRegistry, QgsVectorLayer

    return sum(
        QgsVectorLayer(layer.uri(), layer.name(), "ogr").featureCount()
        for layer in QgsProviderRegistry.instance().querySublayers(str(store)))


def draw(report: Report, clc: list[str], store: Path) -> None:
    """Open everything in a project and draw the map with its legend."""
    from clms_explorer.ui.qgis_bridge.layers import Origin, add_product_files
    from clms_explorer.ui.qgis_bridge.store_layers import add_store
    from map_picture import write_map
    from qgis.core import QgsCoordinateReferenceSystem, QgsProject

    project = QgsProject.instance()
    project.setCrs(QgsCoordinateReferenceSystem("EPSG:3035"))
    origin = Origin(
        dataset=f"{DATASET} (raster 100 m), Europe, 6-yearly", area="São Miguel",
        credit="© European Union, Copernicus Land Monitoring Service 2018, "
               "European Environment Agency (EEA)")
    land = report.step(
        "open CORINE, styled", lambda: add_product_files(map(Path, clc), origin, project),
        rows=len)
    motion = report.step("open the point store", lambda: add_store(store, project, "Ustica"),
                         rows=len)
    report.step("draw map.png", lambda: write_map(project, land, motion, OUT / "map.png"))
    project.write(str(OUT / "project.qgz"))


if __name__ == "__main__":
    main()
