"""clms:downloaddataset: order one dataset for an area, wait, and get its files."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any, Dict, List, Optional

from qgis.core import (
    QgsProcessing,
    QgsProcessingContext,
    QgsProcessingException,
    QgsProcessingFeedback,
    QgsProcessingLayerPostProcessorInterface,
    QgsProcessingOutputMultipleLayers,
    QgsProcessingParameterCrs,
    QgsProcessingParameterDateTime,
    QgsProcessingParameterDefinition,
    QgsProcessingParameterFeatureSource,
    QgsProcessingParameterFile,
    QgsProcessingParameterString,
)

from .base import ClmsAlgorithm, tr

if TYPE_CHECKING:
    from ...core.aoi.area import Area
    from ...core.cart.item import CartItem
    from ...core.clms.models import Collection, Dataset
    from ..qgis_bridge.layers import Origin


class DownloadDataset(ClmsAlgorithm):
    """Order, wait, download, unpack; the job goes on in the dock if QGIS is closed meanwhile."""

    ID = "downloaddataset"
    GROUP_ID = "data"

    def displayName(self) -> str:
        """Return the name in the toolbox."""
        return tr("Download a dataset")

    def shortHelpString(self) -> str:
        """Return the help text."""
        return tr(
            "Orders a dataset for an area, waits until the service has prepared it, downloads "
            "and unpacks it. This takes a free service key from land.copernicus.eu: import it in "
            "the settings of CLMS Explorer, or name its file in the environment variable "
            "CLMS_EXPLORER_SERVICE_KEY.\n\nThe order is kept in the list of downloads: if it is "
            "interrupted it goes on there, and nothing is ordered or downloaded twice. With a "
            "mask the files are cut to the outline of its polygons.")

    def initAlgorithm(self, configuration: Dict[str, Any]) -> None:
        """Define the parameters."""
        self.add(
            QgsProcessingParameterString("DATASET", tr("Dataset")),
            tr("Its uid or its exact title, as “Search the catalogue” gives them."))
        self.add(
            QgsProcessingParameterString("COLLECTION", tr("Collection"), optional=True),
            tr("Title or id of one of the dataset's collections, such as RASTER 100m. Empty: the "
               "first one."))
        self.add_area_parameters(optional=True)
        self.add(
            QgsProcessingParameterFeatureSource(
                "MASK", tr("Polygons"), [QgsProcessing.SourceType.TypeVectorPolygon],
                optional=True),
            tr("The area as polygons; the result is cut to their outline."))
        self.add(
            QgsProcessingParameterString("FORMAT", tr("Format"), optional=True),
            tr("Geotiff, GPKG, Shapefile, GDB, Geojson, Netcdf or GML. Empty: as stored."))
        self.add(
            QgsProcessingParameterCrs("CRS", tr("Projection"), optional=True),
            tr("Empty: as stored."))
        for name, title in (("START", tr("First day")), ("END", tr("Last day"))):
            parameter = QgsProcessingParameterDateTime(
                name, title, QgsProcessingParameterDateTime.Type.Date, optional=True)
            parameter.setFlags(
                parameter.flags() | QgsProcessingParameterDefinition.Flag.FlagAdvanced)
            self.add(parameter, tr("Only for datasets that are time series."))
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
        """Order and wait."""
        from ..qgis_bridge.finish import finish_jobs, finished_files
        from ..qgis_bridge.layers import origin_of, product_files

        item = self._item(parameters, context, feedback)
        jobs = finish_jobs(
            self.workspace, [item], self._folder(parameters, context), feedback.isCanceled,
            lambda share: feedback.setProgress(100 * share), feedback.pushInfo)
        files: List[Path] = []
        for job in jobs:
            files += finished_files(job, feedback.isCanceled)
            self._show_when_done(product_files(files), origin_of(job), context)
        return {"FILES": [str(path) for path in files]}

    def _item(
        self, parameters: Dict[str, Any], context: QgsProcessingContext,
        feedback: QgsProcessingFeedback,
    ) -> CartItem:
        """Return the order as a cart item."""
        from ...core.cart.item import CartItem

        dataset = self._dataset(parameters, context, feedback)
        collection = _collection(dataset, self.parameterAsString(
            parameters, "COLLECTION", context))
        area = self._mask(parameters, context) or self.area(parameters, context, feedback)
        if area is None:
            raise QgsProcessingException(tr("Give a region, an extent or polygons."))
        crs = self.parameterAsCrs(parameters, "CRS", context)
        return CartItem(
            service="portal", dataset=dataset.uid, title=dataset.title, area=area,
            collection=collection.id, collection_title=collection.title,
            format=self.parameterAsString(parameters, "FORMAT", context),
            crs=crs.authid() if crs.isValid() else "",
            start=self._day(parameters, "START", context),
            end=self._day(parameters, "END", context),
            clip=area.kind == "layer", open_when_ready=False, citation=dataset.citation,
            extra={"page": "https://land.copernicus.eu" + dataset.path,
                   "version": dataset.version, "credit": dataset.licence},
        )

    def _dataset(
        self, parameters: Dict[str, Any], context: QgsProcessingContext,
        feedback: QgsProcessingFeedback,
    ) -> Dataset:
        wanted = self.parameterAsString(parameters, "DATASET", context).strip()
        dataset = self.workspace.fresh_catalogue(feedback.isCanceled).find(wanted)
        if dataset is None:
            raise QgsProcessingException(
                tr("There is no dataset “{name}” in the catalogue.").format(name=wanted))
        return dataset

    def _mask(
        self, parameters: Dict[str, Any], context: QgsProcessingContext
    ) -> Optional[Area]:
        from ..qgis_bridge.area_from_qgis import area_from_features

        source = self.parameterAsSource(parameters, "MASK", context)
        if source is None:
            return None
        return area_from_features(
            source.getFeatures(), source.sourceCrs(), source.sourceName(), "layer")

    def _day(
        self, parameters: Dict[str, Any], name: str, context: QgsProcessingContext
    ) -> str:
        if not parameters.get(name):
            return ""
        return self.parameterAsDateTime(parameters, name, context).date().toString("yyyy-MM-dd")

    def _folder(
        self, parameters: Dict[str, Any], context: QgsProcessingContext
    ) -> Optional[Path]:
        text = self.parameterAsString(parameters, "FOLDER", context)
        return Path(text) if text else None

    def _show_when_done(
        self, files: List[Path], origin: Origin, context: QgsProcessingContext
    ) -> None:
        """Ask Processing to open the files, styled, where it opens results at all."""
        if context.project() is None:
            return
        for path in files:
            details = QgsProcessingContext.LayerDetails(path.stem, context.project(), "FILES")
            styler = _Styler(origin, alone=len(files) == 1)
            self._keep.append(styler)
            details.setPostProcessor(styler)
            context.addLayerToLoadOnCompletion(str(path), details)


class _Styler(QgsProcessingLayerPostProcessorInterface):
    """Give a loaded result its style, name and citation; kept alive by the algorithm."""

    def __init__(self, origin: Origin, alone: bool) -> None:
        super().__init__()
        self._origin, self._alone = origin, alone

    def postProcessLayer(
        self, layer: Any, context: QgsProcessingContext, feedback: QgsProcessingFeedback
    ) -> None:
        """Style one layer; called on the main thread."""
        from ..qgis_bridge.layers import dress

        dress(layer, self._origin, self._alone)


def _collection(dataset: Dataset, wanted: str) -> Collection:
    """Return the wanted collection, or the first."""
    if not dataset.collections:
        raise QgsProcessingException(
            tr("“{name}” cannot be ordered by area.").format(name=dataset.title))
    wanted = wanted.strip().casefold()
    if not wanted:
        return dataset.collections[0]
    for collection in dataset.collections:
        if wanted in (collection.id.casefold(), collection.title.casefold()):
            return collection
    raise QgsProcessingException(
        tr("“{name}” has no collection “{wanted}”. It has: {titles}.").format(
            name=dataset.title, wanted=wanted,
            titles=", ".join(collection.title for collection in dataset.collections)))
