"""The filters as a tree: groups, their options, the products of a component."""

from __future__ import annotations

from enum import IntEnum
from typing import Iterator, List, Optional

from qgis.PyQt.QtCore import QObject, Qt, pyqtSignal
from qgis.PyQt.QtGui import QStandardItem, QStandardItemModel

from ...core.clms.facets import Counts
from .filter_choice import FLAGS, FilterChoice, Places, component_words, flag_words

_ON, _OFF, _PART = (
    Qt.CheckState.Checked, Qt.CheckState.Unchecked, Qt.CheckState.PartiallyChecked)


class FilterRole(IntEnum):
    """What the delegate needs beside text and check state."""

    KEY = Qt.ItemDataRole.UserRole + 1
    COUNT = Qt.ItemDataRole.UserRole + 2
    """How many datasets a click would leave; of a group: how many of its filters are on."""


class FilterModel(QStandardItemModel):
    """Groups at the top. A group of another kind is one more top row, filled by its owner."""

    choice_changed = pyqtSignal(object)
    """A FilterChoice, when the user ticked something."""

    def __init__(self, parent: Optional[QObject] = None) -> None:
        super().__init__(parent)
        self._choice = FilterChoice()
        self._quiet = False
        self._has_area = False
        self.availability = self._group(self.tr("Availability"))
        self.components = self._group(self.tr("Component"))
        for flag in FLAGS:
            self.availability.appendRow(_option(flag, flag_words(flag)))
        self.itemChanged.connect(self._ticked)
        self._show()

    def set_places(self, places: Places) -> None:
        """Show these components and products."""
        known = {item.data(FilterRole.KEY): [child.data(FilterRole.KEY) for child in _rows(item)]
                 for item in _rows(self.components)}
        if known == {component: list(products) for component, products in places.items()}:
            return
        self.components.removeRows(0, self.components.rowCount())
        for component, products in places.items():
            item = _option(component, component_words(component))
            for product in products:
                item.appendRow(_option(product, product))
            self.components.appendRow(item)
        self._show()

    def set_choice(self, choice: FilterChoice) -> None:
        """Tick what is on, without telling anybody."""
        self._choice = choice
        self._show()

    def set_counts(self, counts: Counts, has_area: bool) -> None:
        """Show how many datasets each filter would leave; what would leave none is grey."""
        self._has_area = has_area
        self._show()
        self._quiet = True
        for item in _rows(self.availability):
            self._count(item, counts.flags.get(item.data(FilterRole.KEY), 0))
        for component in _rows(self.components):
            name = component.data(FilterRole.KEY)
            self._count(component, counts.components.get(name, 0))
            for product in _rows(component):
                self._count(product, counts.products.get((name, product.data(FilterRole.KEY)), 0))
        self._quiet = False

    def _group(self, title: str) -> QStandardItem:
        item = QStandardItem(title)
        item.setFlags(Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable)
        item.setData(0, FilterRole.COUNT)
        self.appendRow(item)
        return item

    def _count(self, item: QStandardItem, count: int) -> None:
        item.setData(count, FilterRole.COUNT)
        possible = bool(count) or item.checkState() != _OFF
        if item.data(FilterRole.KEY) == "covers":
            possible = self._has_area
        item.setEnabled(possible)
        words = self.tr("{filter}, {count} datasets").format(filter=item.text(), count=count)
        item.setAccessibleText(words)

    def _show(self) -> None:
        """Set all check states from the choice."""
        self._quiet = True
        for item in _rows(self.availability):
            item.setCheckState(_ON if self._is_on(item.data(FilterRole.KEY)) else _OFF)
        for component in _rows(self.components):
            self._show_component(component)
        ticked = [item for item in _rows(self.availability) if item.checkState() == _ON]
        self.availability.setData(len(ticked), FilterRole.COUNT)
        self.components.setData(
            len(self._choice.components) + len(self._choice.products), FilterRole.COUNT)
        self._quiet = False

    def _is_on(self, flag: str) -> bool:
        """Return whether a filter works: the wish for the area waits until there is one."""
        return bool(getattr(self._choice, flag)) and (self._has_area or flag != "covers")

    def _show_component(self, component: QStandardItem) -> None:
        name = component.data(FilterRole.KEY)
        whole = name in self._choice.components
        some = False
        for product in _rows(component):
            on = whole or (name, product.data(FilterRole.KEY)) in self._choice.products
            product.setCheckState(_ON if on else _OFF)
            some = some or on
        component.setCheckState(_ON if whole else _PART if some else _OFF)

    def _ticked(self, item: QStandardItem) -> None:
        """Read the choice from the check states after the user changed one of them."""
        if self._quiet:
            return
        self._quiet = True
        for product in _rows(item):
            product.setCheckState(item.checkState())
        self._quiet = False
        choice = self._read()
        if choice != self._choice:
            self._choice = choice
            self._show()
            self.choice_changed.emit(choice)

    def _read(self) -> FilterChoice:
        flags = {item.data(FilterRole.KEY): item.checkState() == _ON
                 for item in _rows(self.availability)}
        if not self._has_area:
            flags["covers"] = self._choice.covers
        whole, some = [], []
        for component in _rows(self.components):
            name = component.data(FilterRole.KEY)
            ticked = [product.data(FilterRole.KEY) for product in _rows(component)
                      if product.checkState() == _ON]
            if ticked and len(ticked) == component.rowCount():
                whole.append(name)
            else:
                some += [(name, product) for product in ticked]
        return FilterChoice(components=tuple(whole), products=tuple(some), **flags)


def _rows(item: QStandardItem) -> Iterator[QStandardItem]:
    rows: List[QStandardItem] = [item.child(row) for row in range(item.rowCount())]
    return iter(rows)


def _option(key: str, text: str) -> QStandardItem:
    item = QStandardItem(text)
    item.setFlags(Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
                  | Qt.ItemFlag.ItemIsUserCheckable)
    item.setCheckState(_OFF)
    item.setData(key, FilterRole.KEY)
    item.setData(0, FilterRole.COUNT)
    item.setToolTip(text)
    return item
