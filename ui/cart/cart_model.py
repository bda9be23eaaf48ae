"""The cart as an item model."""

from __future__ import annotations

from enum import IntEnum
from typing import Any, Callable, List, Optional, Sequence

from qgis.PyQt.QtCore import QAbstractListModel, QModelIndex, QObject, Qt

from ...core.cart.item import CartItem
from ...core.errors import ClmsError
from ..texts import sentence
from ..words import size_words
from .item_words import facts_of, place_of, split_of, title_of

Pieces = Callable[[CartItem], Sequence[CartItem]]
Check = Callable[[CartItem], Optional[ClmsError]]
Picture = Callable[[CartItem], Any]
_FLAGS = (Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
          | Qt.ItemFlag.ItemNeverHasChildren)


class CartRole(IntEnum):
    """What the delegate and tests ask for; the title is the display role."""

    ITEM = Qt.ItemDataRole.UserRole + 1
    PLACE = Qt.ItemDataRole.UserRole + 2
    FACTS = Qt.ItemDataRole.UserRole + 3
    HINT = Qt.ItemDataRole.UserRole + 4
    PROBLEM = Qt.ItemDataRole.UserRole + 5
    SIZE = Qt.ItemDataRole.UserRole + 6
    PICTURE = Qt.ItemDataRole.UserRole + 7
    STAND_IN = Qt.ItemDataRole.UserRole + 8


class _Row:
    """An item and what is said about it, worked out once."""

    def __init__(self, item: CartItem, pieces: Sequence[CartItem], problem: str) -> None:
        self.item = item
        self.orders = len(pieces)
        self.texts = {
            Qt.ItemDataRole.DisplayRole: title_of(item),
            CartRole.PLACE: place_of(item),
            CartRole.FACTS: facts_of(item),
            CartRole.HINT: split_of(pieces),
            CartRole.PROBLEM: problem,
            CartRole.SIZE: size_words(item.size) if item.size else "",
        }
        lines = [item.title, *(self.texts[role] for role in (
            CartRole.PLACE, CartRole.FACTS, CartRole.HINT, CartRole.PROBLEM))]
        self.texts[Qt.ItemDataRole.ToolTipRole] = "\n".join(filter(None, lines))
        self.texts[Qt.ItemDataRole.AccessibleTextRole] = ", ".join(
            filter(None, (*lines[1:], self.texts[CartRole.SIZE])))


class CartModel(QAbstractListModel):
    """Shows items. pieces: the orders that an item becomes; check: why it cannot be ordered."""

    def __init__(
        self, pieces: Pieces, check: Check, picture: Picture, parent: Optional[QObject] = None
    ) -> None:
        super().__init__(parent)
        self._pieces = pieces
        self._check = check
        self._picture = picture
        self._rows: List[_Row] = []

    def items(self) -> List[CartItem]:
        """Return the items in their order."""
        return [row.item for row in self._rows]

    def good_items(self) -> List[CartItem]:
        """Return the items that can be ordered."""
        return [row.item for row in self._rows if not row.texts[CartRole.PROBLEM]]

    def order_count(self) -> int:
        """Return how many orders the good items become."""
        return sum(row.orders for row in self._rows if not row.texts[CartRole.PROBLEM])

    def set_items(self, items: Sequence[CartItem]) -> None:
        """Show these items; rows that stay keep their place and selection."""
        for row in range(len(self._rows) - 1, -1, -1):
            if not any(self._rows[row].item is item for item in items):
                self.beginRemoveRows(QModelIndex(), row, row)
                del self._rows[row]
                self.endRemoveRows()
        for row, item in enumerate(items):
            if row < len(self._rows) and self._rows[row].item is item:
                continue
            self.beginInsertRows(QModelIndex(), row, row)
            self._rows.insert(row, self._row(item))
            self.endInsertRows()

    def refresh_pictures(self) -> None:
        """Ask for the thumbnails again."""
        if self._rows:
            self.dataChanged.emit(
                self.index(0), self.index(len(self._rows) - 1), [CartRole.PICTURE])

    def rowCount(self, parent: QModelIndex = QModelIndex()) -> int:
        """Return the number of items."""
        return 0 if parent.isValid() else len(self._rows)

    def flags(self, index: QModelIndex) -> Qt.ItemFlag:
        """Return that rows can be selected and have no children."""
        return _FLAGS if index.isValid() else Qt.ItemFlag.NoItemFlags

    def data(self, index: QModelIndex, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Return what a row says."""
        if not index.isValid():
            return None
        row = self._rows[index.row()]
        if role == CartRole.ITEM:
            return row.item
        if role == CartRole.PICTURE:
            return self._picture(row.item)
        if role == CartRole.STAND_IN:
            is_raster = row.item.format in ("Geotiff", "Netcdf")
            return "mIconRaster" if is_raster else "mIconPolygonLayer"
        return row.texts.get(role)

    def _row(self, item: CartItem) -> _Row:
        error = self._check(item)
        return _Row(item, self._pieces(item), sentence(error) if error else "")
