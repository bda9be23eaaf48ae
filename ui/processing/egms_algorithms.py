"""clms:egmssearch, clms:egmsdownload and clms:egmsimport: from archive to point store."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any, Dict, List, Tuple

from qgis.core import (
    QgsCoordinateReferenceSystem,
    QgsFeature,
    QgsFeatureSink,
    QgsField,
    QgsFields,
    QgsGeometry,
    QgsProcessing,
    QgsProcessingContext,
    QgsProcessingException,
    QgsProcessingFeedback,
    QgsProcessingLayerPostProcessorInterface,
    QgsProcessingOutputMultipleLayers,
    QgsProcessingParameterEnum,
    QgsProcessingParameterExtent,
    QgsProcessingParameterFeatureSink,
    QgsProcessingParameterFile,
    QgsProcessingParameterFileDestination,
    QgsProcessingParameterMultipleLayers,
    QgsProcessingParameterString,
    QgsWkbTypes,
)

from ..compat import FIELD_INT, FIELD_REAL, FIELD_TEXT
from .base import ClmsAlgorithm, tr

if TYPE_CHECKING:
    from ...core.aoi.area import Area
    from ...core.egms.hits import Hit
    from ..qgis_bridge.layers import Origin

LEVELS = ("L2a", "L2b", "L3")
COMPONENTS = ("up and east", "up", "east")
COLUMNS = (
    ("file", FIELD_TEXT), ("level", FIELD_TEXT), ("component", FIELD_TEXT),
    ("release", FIELD_TEXT), ("direction", FIELD_TEXT), ("track", FIELD_INT),
    ("swath", FIELD_TEXT), ("burst", FIELD_TEXT), ("tile", FIELD_TEXT), ("mb", FIELD_REAL),
    ("coverage", FIELD_REAL),
)


class _EgmsQuery(ClmsAlgorithm):
    """What search and download share: the parameters of a search in the archive."""

    GROUP_ID = "motion"

    def add_query_parameters(self) -> None:
        """Add area, level, component and release."""
        self.add_area_parameters(optional=False)
        self.add(
            QgsProcessingParameterEnum(
                "LEVEL", tr("Level"), list(LEVELS), defaultValue="L2b", usesStaticStrings=True),
            tr("L2a: points, relative to a local reference. L2b: points, tied to GNSS, best for "
               "single buildings and slopes. L3: 100 m cells, best for overview."))
        self.add(
            QgsProcessingParameterEnum(
                "COMPONENT", tr("Component"), list(COMPONENTS), defaultValue=COMPONENTS[0],
                usesStaticStrings=True, optional=True),
            tr("Only for L3."))
        self.add(
            QgsProcessingParameterString("RELEASE", tr("Release"), optional=True),
            tr("Such as 2020-2024. Empty: the newest that has files here."))

    def hits(
        self, parameters: Dict[str, Any], context: QgsProcessingContext,
        feedback: QgsProcessingFeedback,
    ) -> Tuple[List[Hit], Area]:
        """Return the files of the archive that touch the area, and the area."""
        area = self.area(parameters, context, feedback)
        if area is None:
            raise QgsProcessingException(tr("Give a region or an extent."))
        level = self.parameterAsString(parameters, "LEVEL", context)
        component = {"up": "U", "east": "E"}.get(
            self.parameterAsString(parameters, "COMPONENT", context), "")
        release = self.parameterAsString(parameters, "RELEASE", context).strip()
        found = self.workspace.archive.newest(
            area, level, release.replace("_", "-"), [component] if component else (),
            stop=feedback.isCanceled)
        if found:
            feedback.pushInfo(tr("{count} files of release {release}").format(
                count=len(found), release=found[0].release))
        else:
            feedback.pushWarning(tr("No EGMS files here. The area lies over sea or outside the "
                                    "measured land."))
        return found, area


class EgmsSearch(_EgmsQuery):
    """The footprints of what the archive has."""

    ID = "egmssearch"

    def displayName(self) -> str:
        """Return the name in the toolbox."""
        return tr("Search ground motion files")

    def shortHelpString(self) -> str:
        """Return the help text."""
        return tr(
            "Finds the files of the European Ground Motion Service (EGMS) that touch an area, "
            "and gives their footprints with track, direction, size and the share of the area "
            "that they cover (0 to 1). This takes a free service key from land.copernicus.eu.")

    def initAlgorithm(self, configuration: Dict[str, Any]) -> None:
        """Define the parameters."""
        self.add_query_parameters()
        self.add(QgsProcessingParameterFeatureSink(
            "OUTPUT", tr("Footprints"), QgsProcessing.SourceType.TypeVectorPolygon))

    def work(
        self, parameters: Dict[str, Any], context: QgsProcessingContext,
        feedback: QgsProcessingFeedback,
    ) -> Dict[str, Any]:
        """Search and write the footprints."""
        hits, area = self.hits(parameters, context, feedback)
        fields = QgsFields()
        for name, kind in COLUMNS:
            fields.append(QgsField(name, kind))
        sink, sink_id = self.parameterAsSink(
            parameters, "OUTPUT", context, fields, QgsWkbTypes.Type.MultiPolygon,
            QgsCoordinateReferenceSystem("EPSG:4326"))
        if sink is None:
            raise QgsProcessingException(self.invalidSinkError(parameters, "OUTPUT"))
        for hit in hits:
            feature = QgsFeature(fields)
            geometry = QgsGeometry.fromWkt(hit.footprint.wkt)
            geometry.convertToMultiType()
            feature.setGeometry(geometry)
            feature.setAttributes([
                hit.filename, hit.level, hit.component, hit.release, hit.direction,
                hit.track or None, hit.swath, hit.burst, hit.tile, round(hit.size / 1e6, 2),
                round(hit.coverage(area), 3)])
            sink.addFeature(feature, QgsFeatureSink.Flag.FastInsert)
        return {"OUTPUT": sink_id}


class EgmsDownload(_EgmsQuery):
    """The files themselves."""

    ID = "egmsdownload"

    def displayName(self) -> str:
        """Return the name in the toolbox."""
        return tr("Download ground motion files")

    def shortHelpString(self) -> str:
        """Return the help text."""
        return tr(
            "Finds the files of the European Ground Motion Service (EGMS) that touch an area and "
            "downloads them, two at a time as the service allows. An interrupted download goes "
            "on where it was; files that are on disk are not fetched again. “Make a ground "
            "motion point store” turns them into layers.")

    def initAlgorithm(self, configuration: Dict[str, Any]) -> None:
        """Define the parameters."""
        self.add_query_parameters()
        self.add(
            QgsProcessingParameterFile(
                "FOLDER", tr("Folder"), QgsProcessingParameterFile.Behavior.Folder,
                optional=True),
            tr("Where the files go. Empty: the download folder of the settings."))
        self.addOutput(QgsProcessingOutputMultipleLayers("FILES", tr("Files")))

    def work(
        self, parameters: Dict[str, Any], context: QgsProcessingContext,
        feedback: QgsProcessingFeedback,
    ) -> Dict[str, Any]:
        """Search, then download."""
        from ...core.cart.item import CartItem
        from ..qgis_bridge.finish import finish_jobs

        hits, area = self.hits(parameters, context, feedback)
        if not hits:
            return {"FILES": []}
        item = CartItem(
            service="egms", dataset="egms", open_when_ready=False, area=area,
            title=tr("EGMS {level} {release}").format(
                level=hits[0].level, release=hits[0].release),
            files=tuple(hit.to_json() for hit in hits), size=sum(hit.size for hit in hits))
        folder = self.parameterAsString(parameters, "FOLDER", context)
        jobs = finish_jobs(
            self.workspace, [item], Path(folder) if folder else None, feedback.isCanceled,
            lambda share: feedback.setProgress(100 * share), feedback.pushInfo)
        return {"FILES": [name for job in jobs for name in job.results]}


class EgmsImport(ClmsAlgorithm):
    """Zips and CSVs into a point store."""

    ID = "egmsimport"
    GROUP_ID = "motion"
    needs_workspace = False

    def displayName(self) -> str:
        """Return the name in the toolbox."""
        return tr("Make a ground motion point store")

    def shortHelpString(self) -> str:
        """Return the help text."""
        return tr(
            "Reads files of the European Ground Motion Service (EGMS), zipped or not, into one "
            "GeoPackage: a point layer per direction of motion with all columns and the whole "
            "series of each point, and an overview raster. All files must be of one level and "
            "release. A file that is in the store already changes nothing; an existing store "
            "grows. If it is stopped or fails the store stays as it was.")

    def initAlgorithm(self, configuration: Dict[str, Any]) -> None:
        """Define the parameters."""
        self.add(
            QgsProcessingParameterMultipleLayers(
                "INPUT", tr("Files or folders"), QgsProcessing.SourceType.TypeFile),
            tr("Zip files, CSV files, or folders of them."))
        self.add(
            QgsProcessingParameterExtent("EXTENT", tr("Keep only this extent"), optional=True))
        self.add(QgsProcessingParameterFileDestination(
            "OUTPUT", tr("Point store"), "GeoPackage (*.gpkg)"))

    def work(
        self, parameters: Dict[str, Any], context: QgsProcessingContext,
        feedback: QgsProcessingFeedback,
    ) -> Dict[str, Any]:
        """Import."""
        from ...core.egms.importer import import_files

        inputs = [Path(name) for name in self.parameterAsFileList(parameters, "INPUT", context)]
        area = self.area(parameters, context, feedback)
        output = Path(self.parameterAsFileOutput(parameters, "OUTPUT", context))
        report = import_files(
            inputs, output, area=area, progress=lambda share: feedback.setProgress(100 * share),
            stop=feedback.isCanceled)
        feedback.pushInfo(tr("{rows} points from {files} files").format(
            rows=report.rows, files=len(report.sources)))
        self._show_when_done(report.store, context)
        return {"OUTPUT": str(report.store)}

    def _show_when_done(self, store: Path, context: QgsProcessingContext) -> None:
        """Ask Processing to open one layer per direction, where it opens results at all."""
        if context.project() is None:
            return
        from ..qgis_bridge.store_layers import describe

        origin, names = describe(store)
        for table, name in names.items():
            details = QgsProcessingContext.LayerDetails(name, context.project(), "OUTPUT")
            styler = _StoreStyler(store, table, origin)
            self._keep.append(styler)
            details.setPostProcessor(styler)
            context.addLayerToLoadOnCompletion(f"{store}|layername={table}", details)


class _StoreStyler(QgsProcessingLayerPostProcessorInterface):
    """Style a loaded table of a store; kept alive by the algorithm."""

    def __init__(self, store: Path, table: str, origin: Origin) -> None:
        super().__init__()
        self._store, self._table, self._origin = store, table, origin

    def postProcessLayer(
        self, layer: Any, context: QgsProcessingContext, feedback: QgsProcessingFeedback
    ) -> None:
        """Style one layer; called on the main thread."""
        from ..qgis_bridge.layers import cite
        from ..qgis_bridge.store_layers import dress_points

        dress_points(layer, self._store, self._table)
        cite(layer, self._origin)
