"""The locator filter: “clms corine” in Ctrl+K finds datasets, regions and what is on disk."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Iterator, Optional

from qgis.core import QgsFeedback, QgsLocatorContext, QgsLocatorFilter, QgsLocatorResult
from qgis.PyQt.QtCore import QObject, pyqtSignal

from ..icons import theme_icon
from ..qgis_bridge.offline import OfflineData

if TYPE_CHECKING:
    from ...core.aoi.nuts import Region
    from ...core.clms.models import Dataset
    from ...core.library.entry import LibraryEntry

PREFIX = "clms"
DATASET, REGION, LIBRARY = "dataset", "region", "library"
MOST = 12
"""Results of each kind."""


class Locator(QObject):
    """Registers the filter and tells what was chosen in it."""

    dataset_chosen = pyqtSignal(str)
    """UID of a dataset."""
    region_chosen = pyqtSignal(str)
    """Code of a NUTS region or country."""
    library_chosen = pyqtSignal(str)
    """Folder of a library entry."""

    def __init__(self, offline: OfflineData, parent: Optional[QObject] = None) -> None:
        super().__init__(parent)
        self._offline = offline
        self._iface: Any = None
        self._filter: Optional[ClmsFilter] = None

    def register(self, iface: Any) -> None:
        """Add the filter to the locator bar."""
        self._iface = iface
        self._filter = ClmsFilter(self._offline, self)
        iface.registerLocatorFilter(self._filter)

    def unregister(self) -> None:
        """Take the filter out; QGIS deletes it."""
        if self._filter is not None:
            self._iface.deregisterLocatorFilter(self._filter)
            self._filter = None

    def choose(self, key: str) -> None:
        """Tell that a result was chosen; key: the kind and its id, parted by a colon."""
        kind, _colon, name = key.partition(":")
        signal = {DATASET: self.dataset_chosen, REGION: self.region_chosen,
                  LIBRARY: self.library_chosen}.get(kind)
        if signal is not None and name:
            signal.emit(name)


class ClmsFilter(QgsLocatorFilter):
    """Searches what is on disk. QGIS fetches on a clone in another thread."""

    def __init__(self, offline: OfflineData, locator: Optional[Locator] = None) -> None:
        super().__init__()
        self._offline = offline
        self._locator = locator
        self.setUseWithoutPrefix(False)

    def clone(self) -> QgsLocatorFilter:
        """Return the filter for one search; it shares the data, which never change."""
        return ClmsFilter(self._offline)

    def name(self) -> str:
        """Return the id under which QGIS keeps the user's settings of the filter."""
        return "clms_explorer"

    def displayName(self) -> str:
        """Return the name in the locator's menu."""
        return self.tr("CLMS Explorer")

    def prefix(self) -> str:
        """Return what is typed before the words."""
        return PREFIX

    def flags(self) -> QgsLocatorFilter.Flag:
        """Return the flags: everything is in memory, so results may come at once."""
        return QgsLocatorFilter.Flag.FlagFast

    def fetchResults(
        self, string: str, context: QgsLocatorContext, feedback: QgsFeedback
    ) -> None:
        """Find what fits; called by QGIS in another thread."""
        if len(string.strip()) < 2:
            return
        for kind in (self._datasets, self._regions, self._library):
            for result in kind(string):
                if feedback.isCanceled():
                    return
                self.resultFetched.emit(result)

    def triggerResult(self, result: QgsLocatorResult) -> None:
        """Tell what was chosen; called by QGIS in the main thread."""
        if self._locator is not None:
            self._locator.choose(str(result.userData))

    def _datasets(self, text: str) -> Iterator[QgsLocatorResult]:
        from ...core.clms.query import CatalogueQuery

        found = self._offline.catalogue().search(CatalogueQuery(text=text))
        for number, dataset in enumerate(found[:MOST]):
            yield self._dataset(dataset, 1.0 - number / 1000)

    def _dataset(self, dataset: Dataset, score: float) -> QgsLocatorResult:
        from ...core.clms.titles import split

        title = split(dataset.title)
        return self._result(
            f"{DATASET}:{dataset.uid}", title.name, " · ".join(title.facts), self.tr("Datasets"),
            "mIconRaster", score)

    def _regions(self, text: str) -> Iterator[QgsLocatorResult]:
        for number, region in enumerate(self._offline.nuts().search(text, MOST)):
            yield self._region(region, 0.8 - number / 1000)

    def _region(self, region: Region, score: float) -> QgsLocatorResult:
        if region.level:
            level = self.tr("NUTS {level}, {country}").format(
                level=region.level, country=region.country)
        else:
            level = self.tr("Country")
        return self._result(
            f"{REGION}:{region.code}", region.name, f"{region.code} · {level}",
            self.tr("Areas"), "mIconPolygonLayer", score)

    def _library(self, text: str) -> Iterator[QgsLocatorResult]:
        from ...core.clms.query import folded, terms

        wanted = terms(text)
        number = 0
        for entry in self._offline.library_entries():
            area = entry.area.name if entry.area else ""
            words = folded(f"{entry.title} {area} {entry.collection_title} {entry.ordered}")
            if number < MOST and wanted and all(term in words for term in wanted):
                yield self._entry(entry, area, 0.6 - number / 1000)
                number += 1

    def _entry(self, entry: LibraryEntry, area: str, score: float) -> QgsLocatorResult:
        from ...core.clms.titles import split

        facts = " · ".join(filter(None, [area, entry.collection_title, entry.ordered]))
        return self._result(
            f"{LIBRARY}:{entry.folder}", split(entry.title).name, facts, self.tr("On disk"),
            "mIconFolderOpen", score)

    def _result(
        self, key: str, title: str, facts: str, group: str, icon: str, score: float
    ) -> QgsLocatorResult:
        """Return a result. Its key is text: a dict that crosses the threads crashes QGIS."""
        result = QgsLocatorResult()
        result.filter = self
        result.displayString = title
        result.description = facts
        result.group = group
        result.icon = theme_icon(icon)
        result.score = score
        result.userData = key
        return result
