"""NUTS regions and countries as a tree, and as a list while searching."""

from __future__ import annotations

from typing import Any, List, Optional

from qgis.PyQt.QtCore import QAbstractItemModel, QModelIndex, QObject, Qt

from ...core.aoi.nuts import NutsIndex, Region, folded

NAME, CODE, LEVEL = range(3)
CODE_ROLE = int(Qt.ItemDataRole.UserRole)


class RegionModel(QAbstractItemModel):
    """Countries with their regions below them; with a text to search for, the hits.

    countries_only: a plain list of all countries of the world instead.
    """

    def __init__(
        self, index: NutsIndex, countries_only: bool = False, parent: Optional[QObject] = None
    ) -> None:
        super().__init__(parent)
        self._index = index
        self._countries_only = countries_only
        self._position = {region.code: n for n, region in enumerate(index.regions)}
        self._roots: List[Region] = []
        self._searching = False
        self.search("")

    @property
    def is_tree(self) -> bool:
        """Return whether regions may lie below others now."""
        return not self._searching and not self._countries_only

    def search(self, text: str) -> None:
        """Show what a text fits, or the whole tree for an empty one."""
        self.beginResetModel()
        self._searching = bool(text.strip())
        self._roots = self._hits(text) if self._searching else self._countries()
        self.endResetModel()

    def index(self, row: int, column: int, parent: QModelIndex = QModelIndex()) -> QModelIndex:
        """Return the index of a cell."""
        if not self.hasIndex(row, column, parent):
            return QModelIndex()
        region = self._below(parent)[row]
        return self.createIndex(row, column, self._position[region.code])

    def parent(self, child: QModelIndex = QModelIndex()) -> QModelIndex:  # type: ignore[override]
        """Return the index of the region that one belongs to."""
        region = self._region(child)
        if region is None or self._searching or not region.parent:
            return QModelIndex()
        above = self._index.region(region.parent)
        siblings = self._index.children(above.parent) if above.parent else self._roots
        return self.createIndex(siblings.index(above), 0, self._position[above.code])

    def rowCount(self, parent: QModelIndex = QModelIndex()) -> int:
        """Return how many regions lie below one."""
        return len(self._below(parent))

    def columnCount(self, parent: QModelIndex = QModelIndex()) -> int:
        """Return the number of columns: name, code, level."""
        return 3

    def data(self, index: QModelIndex, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Return the words of a cell."""
        region = self._region(index)
        if region is None:
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return (self._name, lambda one: one.code, self._level)[index.column()](region)
        if role == Qt.ItemDataRole.ToolTipRole:
            names = (region.name, region.national, *region.other)
            return " · ".join(name for name in names if name)
        return region.code if role == CODE_ROLE else None

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        """Return the titles of the columns."""
        if role != Qt.ItemDataRole.DisplayRole or orientation != Qt.Orientation.Horizontal:
            return None
        return (self.tr("Name"), self.tr("Code"), self.tr("Level"))[section]

    def _countries(self) -> List[Region]:
        countries = self._index.countries()
        if self._countries_only:
            return countries
        return [region for region in countries if region.in_nuts]

    def _hits(self, text: str) -> List[Region]:
        if not self._countries_only:
            return self._index.search(text)
        return [region for region in self._index.search(text, len(self._position))
                if region.level == 0]

    def _below(self, parent: QModelIndex) -> List[Region]:
        if not parent.isValid():
            return self._roots
        if not self.is_tree or parent.column() != NAME:
            return []
        return self._index.children(self._region(parent).code)

    def _region(self, index: QModelIndex) -> Optional[Region]:
        return self._index.regions[index.internalId()] if index.isValid() else None

    def _name(self, region: Region) -> str:
        english = region.other[0] if region.other and not region.level else ""
        if not english or folded(english) == folded(region.name):
            return region.name
        return f"{region.name} ({english})"

    def _level(self, region: Region) -> str:
        if not region.level:
            return self.tr("Country")
        words = (self.tr("NUTS 1, large region"), self.tr("NUTS 2, region"),
                 self.tr("NUTS 3, small region"))[region.level - 1]
        if region.portal_code:
            return words
        return self.tr("{level}, new in {year}").format(level=words, year=region.releases[0])
