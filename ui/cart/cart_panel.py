"""The tab with what is about to be ordered."""

from __future__ import annotations

from typing import Callable, Iterable, List, Optional, Tuple

from qgis.PyQt.QtCore import QModelIndex, QPoint, Qt, pyqtSignal
from qgis.PyQt.QtGui import QKeyEvent
from qgis.PyQt.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QListView,
    QMenu,
    QStackedLayout,
    QVBoxLayout,
    QWidget,
)

from ...core.cart.cart import Cart
from ...core.cart.item import CartItem
from ...core.cart.options import same_options
from ...core.errors import ClmsError
from .. import look
from ..footer import Footer
from ..icons import own_icon, theme_icon
from ..parts import EmptyState, Note
from ..texts import sentence
from ..toolbar import ToolRow
from ..words import size_words
from .cart_delegate import CartDelegate
from .cart_model import CartModel, CartRole, Check, Picture, Pieces

_DELETE = (Qt.Key.Key_Delete, Qt.Key.Key_Backspace)


def _one_order(item: CartItem) -> Tuple[CartItem]:
    return (item,)


class CartPanel(QWidget):
    """Shows a cart and what sending it means.

    pieces: the orders that an item becomes. check: why an item cannot be ordered, None if it
    can. picture: a thumbnail as QPixmap, None while there is none. All are called on the main
    thread and must be quick.
    """

    orders_sent = pyqtSignal(list)
    """The CartItems that the user wants to order; take_out() them once they are in the queue."""
    catalogue_requested = pyqtSignal()
    items_changed = pyqtSignal(int)
    """How many items are in the cart."""

    def __init__(
        self, cart: Cart, pieces: Pieces = _one_order, check: Check = lambda _item: None,
        picture: Picture = lambda _item: None, parent: Optional[QWidget] = None,
    ) -> None:
        super().__init__(parent)
        self._cart = cart
        self._check = check
        self._free: Optional[int] = None
        self._count = 0
        self.model = CartModel(pieces, check, picture, self)
        self.list = _CartList(self.model)
        self.list.removal_wished.connect(self._remove_selected)
        self.list.selectionModel().selectionChanged.connect(lambda *_changes: self._enable())
        self.tools = ToolRow()
        self.remove = self.tools.add(
            theme_icon("mActionDeleteSelected"), self.tr("Remove"),
            self.tr("Take the selected datasets out of the cart"), self._remove_selected)
        self.same = self.tools.add(
            theme_icon("mActionEditCopy"), self.tr("Same options for all"),
            self.tr("Use format, projection and clipping of the current dataset for all others, "
                    "as far as they can be ordered so"), self._same_options)
        self.tools.add_space()
        self.note = Note()
        self.empty = EmptyState(own_icon("cart"))
        self.empty.activated.connect(lambda _way: self.catalogue_requested.emit())
        self.footer = Footer([self.tr("Send orders")])
        self.footer.buttons[0].clicked.connect(lambda _checked=False: self._send())
        self._lay_out()
        self.refresh()

    def refresh(self) -> None:
        """Show what is in the cart now; another window may have changed it."""
        self.model.set_items(self._cart.items)
        self._show_state()

    def add(self, item: CartItem) -> bool:
        """Put an item into the cart; return False if it is there already or cannot be kept."""
        added = self._change(lambda: self._cart.add(item))
        return bool(added)

    def take_out(self, items: Iterable[CartItem]) -> None:
        """Remove items, such as those that have been ordered."""
        self._change(lambda: self._cart.remove(items))

    def set_free_space(self, size: int) -> None:
        """Say how many bytes are free where the files will go."""
        self._free = size
        self._show_totals()

    def refresh_pictures(self) -> None:
        """Show thumbnails that have arrived."""
        self.model.refresh_pictures()

    def selected_items(self) -> List[CartItem]:
        """Return the selected items."""
        rows = sorted(self.list.selectedIndexes(), key=QModelIndex.row)
        return [index.data(CartRole.ITEM) for index in rows]

    def _lay_out(self) -> None:
        unit = look.unit(self.font())
        self.empty.say(
            self.tr("The cart is empty"),
            self.tr("Add datasets with “Add to cart” in the catalogue. One order can hold many."),
            [(self.tr("Go to the catalogue"), None)])
        note_frame = QVBoxLayout()
        note_frame.setContentsMargins(2 * unit, unit, 2 * unit, unit)
        note_frame.addWidget(self.note)
        filled = QWidget()
        column = QVBoxLayout(filled)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.tools)
        column.addWidget(self.list, 1)
        column.addWidget(self.footer)
        content = QWidget()
        self._pages = QStackedLayout(content)
        self._pages.addWidget(self.empty)
        self._pages.addWidget(filled)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addLayout(note_frame)
        layout.addWidget(content, 1)
        self._note_frame = note_frame
        self.note.shown_changed.connect(self._frame_note)
        self._frame_note(False)

    def _frame_note(self, shown: bool) -> None:
        unit = look.unit(self.font()) if shown else 0
        self._note_frame.setContentsMargins(2 * unit, 2 * unit, 2 * unit, unit)

    def _show_state(self) -> None:
        count = self.model.rowCount()
        self._pages.setCurrentIndex(1 if count else 0)
        self._show_totals()
        self._enable()
        if count != self._count:
            self._count = count
            self.items_changed.emit(count)

    def _show_totals(self) -> None:
        items = self.model.items()
        known = sum(item.size for item in items)
        size = size_words(known) if known else ""
        if len(items) == 1:
            title = self.tr("1 item, about {size}") if size else self.tr("1 item")
        else:
            title = self.tr("{count} items, about {size}") if size else self.tr("{count} items")
        self.footer.set_texts(
            title.format(count=len(items), size=size), " · ".join(self._consequences(items)))

    def _consequences(self, items: List[CartItem]) -> List[str]:
        """Return what the second line of the footer says."""
        bad = len(items) - len(self.model.good_items())
        orders = self.model.order_count()
        parts = [self.tr("1 order") if orders == 1
                 else self.tr("{count} orders").format(count=orders)]
        if bad:
            parts = [self.tr("1 cannot be ordered so") if bad == 1
                     else self.tr("{count} cannot be ordered so").format(count=bad)]
        if self._free is not None:
            parts.append(self.tr("{size} free on disk").format(size=size_words(self._free)))
        return parts

    def _enable(self) -> None:
        selected = len(self.list.selectedIndexes())
        self.remove.setEnabled(selected > 0)
        self.same.setEnabled(selected == 1 and self.model.rowCount() > 1)
        self.footer.buttons[0].setEnabled(bool(self.model.good_items()))

    def _remove_selected(self) -> None:
        row = self.list.currentIndex().row()
        self.take_out(self.selected_items())
        self._make_current(row)

    def _same_options(self) -> None:
        model, = self.selected_items()
        row = self.list.currentIndex().row()
        items = self.model.items()
        changed = same_options(model, items, lambda item: self._check(item) is None)
        changes = [(old, new) for old, new in zip(items, changed) if old is not new]
        self._change(lambda: self._cart.replace(changes))
        self._make_current(row)

    def _make_current(self, row: int) -> None:
        """Let the keyboard go on where it was."""
        last = self.model.rowCount() - 1
        if last >= 0:
            self.list.setCurrentIndex(self.model.index(max(0, min(row, last))))

    def _send(self) -> None:
        items = self.model.good_items()
        if items:
            self.orders_sent.emit(items)

    def _change(self, make: Callable[[], object]) -> object:
        """Change the cart; tell if it cannot be written."""
        try:
            result = make()
        except ClmsError as err:
            self.note.show_note("error", sentence(err))
            return False
        if self.note.text:
            self.note.clear()
        self.refresh()
        return result


class _CartList(QListView):
    """The rows of the cart, by mouse and by keyboard."""

    removal_wished = pyqtSignal()

    def __init__(self, model: CartModel) -> None:
        super().__init__()
        self.setModel(model)
        self.setItemDelegate(CartDelegate(self))
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setMouseTracking(True)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setResizeMode(QListView.ResizeMode.Adjust)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setAccessibleName(self.tr("Cart"))
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.customContextMenuRequested.connect(self._show_menu)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Delete takes the selected rows out."""
        if event.key() in _DELETE and self.selectedIndexes():
            self.removal_wished.emit()
            return
        super().keyPressEvent(event)

    def _show_menu(self, position: QPoint) -> None:
        if not self.indexAt(position).isValid():
            return
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        action = menu.addAction(theme_icon("mActionDeleteSelected"), self.tr("Remove"))
        action.triggered.connect(lambda _checked=False: self.removal_wished.emit())
        menu.popup(self.viewport().mapToGlobal(position))
