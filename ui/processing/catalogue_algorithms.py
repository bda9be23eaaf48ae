"""clms:searchcatalogue: the catalogue as a table."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Dict

from qgis.core import (
    QgsFeature,
    QgsFeatureSink,
    QgsField,
    QgsFields,
    QgsProcessing,
    QgsProcessingContext,
    QgsProcessingException,
    QgsProcessingFeedback,
    QgsProcessingParameterExtent,
    QgsProcessingParameterFeatureSink,
    QgsProcessingParameterString,
    QgsWkbTypes,
)

from ..compat import FIELD_BOOL, FIELD_INT, FIELD_TEXT
from .base import ClmsAlgorithm, tr

if TYPE_CHECKING:
    from ...core.clms.models import Dataset

COLUMNS = (
    ("title", FIELD_TEXT), ("uid", FIELD_TEXT), ("component", FIELD_TEXT),
    ("product", FIELD_TEXT), ("start", FIELD_TEXT), ("end", FIELD_TEXT),
    ("resolution", FIELD_TEXT), ("update_frequency", FIELD_TEXT), ("by_area", FIELD_BOOL),
    ("collections", FIELD_TEXT), ("files", FIELD_INT), ("page", FIELD_TEXT),
)


class SearchCatalogue(ClmsAlgorithm):
    """Find datasets by words and by place."""

    ID = "searchcatalogue"
    GROUP_ID = "data"

    def displayName(self) -> str:
        """Return the name in the toolbox."""
        return tr("Search the catalogue")

    def shortHelpString(self) -> str:
        """Return the help text."""
        return tr(
            "Finds datasets of the Copernicus Land Monitoring Service. Several words must all "
            "occur; words in quotes must follow each other. No account is needed. The catalogue "
            "is kept on disk, so that later searches work without a connection.\n\nThe result is "
            "a table with one row per dataset. “Download a dataset” takes its title or uid.")

    def initAlgorithm(self, configuration: Dict[str, Any]) -> None:
        """Define the parameters."""
        self.add(
            QgsProcessingParameterString("QUERY", tr("Words"), optional=True),
            tr("Leave empty for the whole catalogue."))
        self.add(
            QgsProcessingParameterExtent("EXTENT", tr("Covers this extent"), optional=True))
        self.add(QgsProcessingParameterFeatureSink(
            "OUTPUT", tr("Datasets"), QgsProcessing.SourceType.TypeVector))

    def work(
        self, parameters: Dict[str, Any], context: QgsProcessingContext,
        feedback: QgsProcessingFeedback,
    ) -> Dict[str, Any]:
        """Search and write the table."""
        from ...core.clms.query import CatalogueQuery

        area = self.area(parameters, context, feedback)
        query = CatalogueQuery(
            text=self.parameterAsString(parameters, "QUERY", context),
            covers=area.bbox if area else None)
        found = self.workspace.fresh_catalogue(feedback.isCanceled).search(query)
        feedback.pushInfo(tr("{count} datasets found").format(count=len(found)))
        fields = QgsFields()
        for name, kind in COLUMNS:
            fields.append(QgsField(name, kind))
        sink, sink_id = self.parameterAsSink(
            parameters, "OUTPUT", context, fields, QgsWkbTypes.Type.NoGeometry)
        if sink is None:
            raise QgsProcessingException(self.invalidSinkError(parameters, "OUTPUT"))
        for dataset in found:
            feature = QgsFeature(fields)
            feature.setAttributes(_row(dataset))
            sink.addFeature(feature, QgsFeatureSink.Flag.FastInsert)
        return {"OUTPUT": sink_id}


def _row(dataset: Dataset) -> list[Any]:
    collections = "; ".join(
        f"{collection.title} ({collection.format})" for collection in dataset.collections)
    return [
        dataset.title, dataset.uid, dataset.component, dataset.product, dataset.start, dataset.end,
        dataset.resolution, dataset.update_frequency, dataset.by_area, collections,
        len(dataset.files), "https://land.copernicus.eu" + dataset.path,
    ]
