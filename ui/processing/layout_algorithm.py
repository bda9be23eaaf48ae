"""clms:maplayout: a printed map of layers, as PDF or PNG."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any, Dict, List

from qgis.core import (
    QgsMapLayer,
    QgsProcessing,
    QgsProcessingAlgorithm,
    QgsProcessingContext,
    QgsProcessingException,
    QgsProcessingFeedback,
    QgsProcessingParameterEnum,
    QgsProcessingParameterExtent,
    QgsProcessingParameterFileDestination,
    QgsProcessingParameterMultipleLayers,
    QgsProcessingParameterNumber,
    QgsProcessingParameterString,
    QgsProject,
)

from ..qgis_bridge.pages import PAGES
from .base import ClmsAlgorithm, tr

if TYPE_CHECKING:
    from ..qgis_bridge.sheet import View

MOST_DPI = 600


class MapLayout(ClmsAlgorithm):
    """One page: title, map, legend, scale bar, north arrow, date, area, credit lines."""

    ID = "maplayout"
    GROUP_ID = "data"
    needs_workspace = False

    def displayName(self) -> str:
        """Return the name in the toolbox."""
        return tr("Map layout")

    def shortHelpString(self) -> str:
        """Return the help text."""
        return tr(
            "Makes a page with a map, its title, legend, scale bar, arrow to true north, date, "
            "name of the area and the credit lines that the data in view require, and writes it "
            "as PDF or PNG.\n\nThe legend lists only the classes that occur in the map, where "
            "that can be told. The map has the coordinate reference system of the project.")

    def flags(self) -> QgsProcessingAlgorithm.Flag:
        """Return the flags: layouts and the project's layers belong to the main thread."""
        return super().flags() | QgsProcessingAlgorithm.Flag.FlagNoThreading

    def initAlgorithm(self, configuration: Dict[str, Any]) -> None:
        """Define the parameters."""
        self.add(
            QgsProcessingParameterMultipleLayers(
                "LAYERS", tr("Layers"), QgsProcessing.SourceType.TypeMapLayer, optional=True),
            tr("The topmost first. Without any, the visible layers of the project."))
        self.add(
            QgsProcessingParameterExtent("EXTENT", tr("Extent"), optional=True),
            tr("Without one, the full extent of the layers."))
        self.add(QgsProcessingParameterString("TITLE", tr("Title"), optional=True))
        self.add(
            QgsProcessingParameterString("AREA", tr("Name of the area"), optional=True),
            tr("Without one, the area that is set in the project."))
        page = QgsProcessingParameterEnum(
            "PAGE", tr("Page"), list(PAGES), defaultValue=next(iter(PAGES)),
            usesStaticStrings=True)
        self.add(page)
        self.add(QgsProcessingParameterNumber(
            "DPI", tr("Dots per inch"), QgsProcessingParameterNumber.Type.Integer, 300,
            minValue=50, maxValue=MOST_DPI))
        self.add(QgsProcessingParameterFileDestination(
            "OUTPUT", tr("File"), "PDF (*.pdf);;PNG (*.png)"))

    def work(
        self, parameters: Dict[str, Any], context: QgsProcessingContext,
        feedback: QgsProcessingFeedback,
    ) -> Dict[str, Any]:
        """Make the page and write it."""
        from ..qgis_bridge.layouts import export_layout, make_layout
        from ..qgis_bridge.sheet import Survey

        target = Path(self.parameterAsFileOutput(parameters, "OUTPUT", context))
        if target.suffix.lower() not in (".pdf", ".png"):
            raise QgsProcessingException(tr("Choose a file that ends in .pdf or .png."))
        project = context.project() or QgsProject.instance()
        view = self._view(parameters, context, project)
        page = self.parameterAsEnumString(parameters, "PAGE", context)
        sheet = Survey([view], page, context.transformContext()).plan(feedback.isCanceled)
        feedback.setProgress(30)
        area = self.parameterAsString(parameters, "AREA", context)
        layout = make_layout(
            project, [view], self.parameterAsString(parameters, "TITLE", context), area or None,
            sheet=sheet)
        if feedback.isCanceled():
            return {}
        export_layout(layout, target, self.parameterAsInt(parameters, "DPI", context))
        for line in sheet.credits:
            feedback.pushInfo(line)
        return {"OUTPUT": str(target)}

    def _view(
        self, parameters: Dict[str, Any], context: QgsProcessingContext, project: QgsProject
    ) -> View:
        from ..qgis_bridge.sheet import view_of, visible_layers

        layers: List[QgsMapLayer] = self.parameterAsLayerList(parameters, "LAYERS", context)
        layers = layers or visible_layers(project)
        if not layers:
            raise QgsProcessingException(
                tr("There is no layer to draw. Choose layers, or make some visible."))
        crs = project.crs() if project.crs().isValid() else layers[0].crs()
        return view_of(project, layers, self.parameterAsExtent(
            parameters, "EXTENT", context, crs))
