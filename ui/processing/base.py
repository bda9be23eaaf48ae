"""What all algorithms share: texts, errors as sentences, stop and progress, the area.

QGIS makes every algorithm when it starts, so the modules of algorithms import core inside their
functions: numpy, requests, pyproj and shapely are loaded when something is run, not before.
"""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING, Any, Dict, Optional

from qgis.core import (
    QgsProcessingAlgorithm,
    QgsProcessingContext,
    QgsProcessingException,
    QgsProcessingFeedback,
    QgsProcessingParameterExtent,
    QgsProcessingParameterString,
)
from qgis.PyQt.QtCore import QCoreApplication
from qgis.PyQt.QtGui import QIcon

from ...core.errors import Cancelled, ClmsError
from ..icons import own_icon
from ..texts import sentence

if TYPE_CHECKING:
    from ...core.aoi.area import Area
    from ..qgis_bridge.workspace import Workspace

LOG = logging.getLogger("clms_explorer.processing")


def tr(text: str) -> str:
    """Return the translation of a text of the algorithms."""
    return QCoreApplication.translate("Processing", text)


class ClmsAlgorithm(QgsProcessingAlgorithm):
    """Base of the algorithms: a subclass gives ID, GROUP_ID, its texts and work()."""

    ID = ""
    GROUP_ID = ""
    needs_workspace = True

    def __init__(self) -> None:
        super().__init__()
        self.workspace: Optional[Workspace] = None
        self._keep: list[Any] = []

    def createInstance(self) -> QgsProcessingAlgorithm:
        """Return a fresh copy; called by Processing."""
        return type(self)()

    def name(self) -> str:
        """Return the id within the provider; part of the public interface."""
        return self.ID

    def groupId(self) -> str:
        """Return the id of the group."""
        return self.GROUP_ID

    def group(self) -> str:
        """Return the words of the group."""
        return {"data": tr("Land data"), "motion": tr("Ground motion")}[self.GROUP_ID]

    def icon(self) -> QIcon:
        """Return the icon of the plugin."""
        return own_icon("motion" if self.GROUP_ID == "motion" else "plugin")

    def prepareAlgorithm(
        self, parameters: Dict[str, Any], context: QgsProcessingContext,
        feedback: QgsProcessingFeedback,
    ) -> bool:
        """Read settings and secrets; the main thread is the only place for it."""
        if self.needs_workspace:
            from ..qgis_bridge.workspace import Workspace

            try:
                self.workspace = Workspace.open()
            except ClmsError as err:
                feedback.reportError(sentence(err), True)
                return False
        return True

    def processAlgorithm(
        self, parameters: Dict[str, Any], context: QgsProcessingContext,
        feedback: QgsProcessingFeedback,
    ) -> Dict[str, Any]:
        """Run; every error becomes one sentence."""
        try:
            return self.work(parameters, context, feedback)
        except Cancelled:
            return {}
        except ClmsError as err:
            LOG.info("%s: %s", self.ID, err)
            raise QgsProcessingException(sentence(err)) from err
        finally:
            if self.workspace is not None:
                self.workspace.close()

    def work(
        self, parameters: Dict[str, Any], context: QgsProcessingContext,
        feedback: QgsProcessingFeedback,
    ) -> Dict[str, Any]:
        """Do the work of the algorithm; core errors may leave it."""
        raise NotImplementedError

    def add_area_parameters(self, optional: bool) -> None:
        """Add EXTENT and NUTS; one of them is the area."""
        self.add(
            QgsProcessingParameterString("NUTS", tr("NUTS region or country"), optional=True),
            tr("Code or name, such as PT200 or Milano. It wins over the extent."))
        self.add(
            QgsProcessingParameterExtent("EXTENT", tr("Extent"), optional=True),
            tr("A box, in any coordinate reference system.") if optional else
            tr("A box, in any coordinate reference system. Needed if no region is given."))

    def add(self, parameter: Any, help_text: str = "") -> None:
        """Add a parameter with its help."""
        if help_text:
            parameter.setHelp(help_text)
        self.addParameter(parameter)

    def area(
        self, parameters: Dict[str, Any], context: QgsProcessingContext,
        feedback: QgsProcessingFeedback,
    ) -> Optional[Area]:
        """Return the area of NUTS or EXTENT, None if neither is given."""
        from ..qgis_bridge.area_from_qgis import area_from_rectangle

        code = self.parameterAsString(parameters, "NUTS", context).strip()
        if code and self.workspace is not None:
            return self.workspace.region(code, feedback.isCanceled)
        rectangle = self.parameterAsExtent(parameters, "EXTENT", context)
        if rectangle.isNull() or rectangle.isEmpty():
            return None
        return area_from_rectangle(
            rectangle, self.parameterAsExtentCrs(parameters, "EXTENT", context), tr("Extent"))
