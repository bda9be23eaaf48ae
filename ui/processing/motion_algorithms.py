"""clms:motionhistory: the series of points as a table and a chart."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any, Dict, List

from qgis.core import (
    QgsCoordinateReferenceSystem,
    QgsCoordinateTransform,
    QgsProcessing,
    QgsProcessingContext,
    QgsProcessingException,
    QgsProcessingFeedback,
    QgsProcessingParameterFeatureSource,
    QgsProcessingParameterFile,
    QgsProcessingParameterFileDestination,
    QgsProcessingParameterNumber,
    QgsProcessingParameterString,
)

from .base import ClmsAlgorithm, tr

if TYPE_CHECKING:
    from ...core.egms.series import Series
    from ...core.egms.store import Point, PointStore


class MotionHistory(ClmsAlgorithm):
    """Series of points of a store, chosen by id or by place."""

    ID = "motionhistory"
    GROUP_ID = "motion"
    needs_workspace = False

    def displayName(self) -> str:
        """Return the name in the toolbox."""
        return tr("Motion history")

    def shortHelpString(self) -> str:
        """Return the help text."""
        return tr(
            "Writes how points of a ground motion point store have moved: a CSV table with one "
            "row per date and one column per point, and a chart with trend lines. Choose the "
            "points by their ids, or by a layer of places: for each place the nearest point of "
            "every direction within the tolerance is taken.\n\nMotion is in mm; + is towards the "
            "satellite (line of sight), up, or east. A gap in the dates is a gap in the line. "
            "The log gives each velocity in mm/yr ± one standard deviation, which allows for "
            "correlated noise.")

    def initAlgorithm(self, configuration: Dict[str, Any]) -> None:
        """Define the parameters."""
        self.add(QgsProcessingParameterFile(
            "INPUT", tr("Point store"), QgsProcessingParameterFile.Behavior.File, "gpkg"))
        self.add(
            QgsProcessingParameterString("PIDS", tr("Point ids"), optional=True),
            tr("Separated by commas."))
        self.add(
            QgsProcessingParameterFeatureSource(
                "POINTS", tr("Places"), [QgsProcessing.SourceType.TypeVectorPoint],
                optional=True))
        self.add(QgsProcessingParameterNumber(
            "TOLERANCE", tr("Tolerance (m)"), QgsProcessingParameterNumber.Type.Double, 50.0,
            minValue=0.0))
        self.add(QgsProcessingParameterFileDestination(
            "OUTPUT_CSV", tr("Table"), "CSV (*.csv)"))
        self.add(QgsProcessingParameterFileDestination(
            "OUTPUT_PLOT", tr("Chart"), "SVG (*.svg);;PNG (*.png)", optional=True))

    def work(
        self, parameters: Dict[str, Any], context: QgsProcessingContext,
        feedback: QgsProcessingFeedback,
    ) -> Dict[str, Any]:
        """Read the series and write both files."""
        from ...core.egms.store import PointStore
        from ...core.export.csv_export import write_series
        from ...core.export.svg_chart import svg
        from ..qgis_bridge.svg_image import write_image

        store = PointStore(Path(self.parameterAsFile(parameters, "INPUT", context)))
        try:
            points = self._points(store, parameters, context, feedback)
            series = [store.series(point) for point in points]
            level = store.info.level
        finally:
            store.close()
        if not series:
            raise QgsProcessingException(
                tr("No point of the store matches. Check the ids, or raise the tolerance."))
        for one in series:
            _tell(one, level, feedback)
        table = Path(self.parameterAsFileOutput(parameters, "OUTPUT_CSV", context))
        write_series(table, series)
        results = {"OUTPUT_CSV": str(table)}
        plot = self.parameterAsFileOutput(parameters, "OUTPUT_PLOT", context)
        if plot:
            write_image(svg(series), Path(plot))
            results["OUTPUT_PLOT"] = plot
        return results

    def _points(
        self, store: PointStore, parameters: Dict[str, Any], context: QgsProcessingContext,
        feedback: QgsProcessingFeedback,
    ) -> List[Point]:
        text = self.parameterAsString(parameters, "PIDS", context)
        found: List[Point] = []
        for pid in filter(None, (part.strip() for part in text.split(","))):
            points = store.find(pid)
            if not points:
                feedback.pushWarning(tr("The store has no point {pid}.").format(pid=pid))
            found += points
        source = self.parameterAsSource(parameters, "POINTS", context)
        if source is not None:
            tolerance = self.parameterAsDouble(parameters, "TOLERANCE", context)
            transform = QgsCoordinateTransform(
                source.sourceCrs(), QgsCoordinateReferenceSystem("EPSG:3035"),
                context.transformContext())
            for feature in source.getFeatures():
                if feedback.isCanceled():
                    return []
                geometry = feature.geometry()
                if geometry.isEmpty():
                    continue
                place = transform.transform(geometry.centroid().asPoint())
                for table in store.info.tables:
                    found += store.nearest(table, place.x(), place.y(), tolerance)
        return list({(point.table, point.fid): point for point in found}.values())


def _tell(series: Series, level: str, feedback: QgsProcessingFeedback) -> None:
    """Write one line about a series to the log."""
    from ...core.egms.fit import alpha_for, fit_trend

    fit = fit_trend(series, alpha_for(level))
    feedback.pushInfo(tr("{name}, point {pid}: {velocity:+.1f} ± {sigma:.1f} mm/yr").format(
        name=series.name, pid=series.attributes.get("pid", ""), velocity=fit.velocity,
        sigma=fit.sigma))
