"""The Processing provider "clms"."""

from __future__ import annotations

from qgis.core import QgsProcessingProvider
from qgis.PyQt.QtGui import QIcon

from ...core.version import plugin_version
from ..icons import own_icon


class ClmsProvider(QgsProcessingProvider):
    """Offers the algorithms; they are imported when Processing asks for them."""

    def id(self) -> str:
        """Return the id, part of every algorithm's full name."""
        return "clms"

    def name(self) -> str:
        """Return the name in the toolbox."""
        return "CLMS Explorer"

    def longName(self) -> str:
        """Return the name with the version."""
        return f"CLMS Explorer {plugin_version()}"

    def icon(self) -> QIcon:
        """Return the plugin's icon."""
        return own_icon("plugin")

    def loadAlgorithms(self) -> None:
        """Make every algorithm once."""
        from .catalogue_algorithms import SearchCatalogue
        from .download_algorithms import DownloadDataset
        from .egms_algorithms import EgmsDownload, EgmsImport, EgmsSearch
        from .layout_algorithm import MapLayout
        from .motion_algorithms import MotionHistory

        for algorithm in (SearchCatalogue, DownloadDataset, EgmsSearch, EgmsDownload, EgmsImport,
                          MotionHistory, MapLayout):
            self.addAlgorithm(algorithm())
