"""The list of cards, by mouse and by keyboard."""

from __future__ import annotations

from typing import Optional

from qgis.PyQt.QtCore import QModelIndex, QPoint, Qt, pyqtSignal
from qgis.PyQt.QtGui import QContextMenuEvent, QKeyEvent, QMouseEvent
from qgis.PyQt.QtWidgets import QAbstractItemView, QFrame, QListView, QMenu, QWidget

from .. import look
from ..compat import event_position
from ..icons import own_icon, theme_icon
from .card_delegate import ADD_TO_MAP, CardDelegate
from .catalogue_model import CardRole, CatalogueModel

_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


class DatasetList(QListView):
    """Shows a CatalogueModel. Every signal carries a UID."""

    opened = pyqtSignal(str)
    cart_wanted = pyqtSignal(str)
    map_wanted = pyqtSignal(str)

    def __init__(self, model: CatalogueModel, parent: Optional[QWidget] = None) -> None:
        super().__init__(parent)
        self.setModel(model)
        self._delegate = CardDelegate(self)
        self._pressed = False
        self.setItemDelegate(self._delegate)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setMouseTracking(True)
        self.setUniformItemSizes(True)
        self.setResizeMode(QListView.ResizeMode.Adjust)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setAccessibleName(self.tr("Datasets"))
        self.clicked.connect(self._clicked)

    def select(self, uid: str) -> None:
        """Make a dataset the current one, if it is shown."""
        index = self.model().index_of(uid)
        if index.isValid():
            self.setCurrentIndex(index)

    def current_uid(self) -> str:
        """Return the current dataset, "" if there is none."""
        return self._uid(self.currentIndex())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter opens, Ctrl+Enter adds to the cart."""
        uid = self.current_uid()
        if event.key() in _ENTER and uid:
            control = event.modifiers() & Qt.KeyboardModifier.ControlModifier
            (self.cart_wanted if control else self.opened).emit(uid)
            return
        super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Remember that an icon was pressed; the row is then not opened."""
        self._pressed = self._action_at(event_position(event)) is not None
        super().mousePressEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Do what the icon under the pointer stands for."""
        position = event_position(event)
        action = self._action_at(position) if self._pressed else None
        super().mouseReleaseEvent(event)
        if action is not None and event.button() == Qt.MouseButton.LeftButton:
            uid = self._uid(self.indexAt(position))
            (self.map_wanted if action == ADD_TO_MAP else self.cart_wanted).emit(uid)
        self._pressed = False

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """Offer what the painted icons do, for the keyboard too."""
        by_key = event.reason() == QContextMenuEvent.Reason.Keyboard
        index = self.currentIndex() if by_key else self.indexAt(event.pos())
        if index.isValid():
            place = self.visualRect(index).center() if by_key else event.pos()
            self._menu(index).exec(self.viewport().mapToGlobal(place))

    def _menu(self, index: QModelIndex) -> QMenu:
        uid, menu = self._uid(index), QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.addAction(self.tr("Show details")).triggered.connect(lambda: self.opened.emit(uid))
        if index.data(CardRole.CAN_ADD_TO_MAP):
            action = menu.addAction(theme_icon("mActionAddWmsLayer"), self.tr("Add to map"))
            action.triggered.connect(lambda: self.map_wanted.emit(uid))
        if index.data(CardRole.CAN_ADD_TO_CART):
            action = menu.addAction(own_icon("cart"), self.tr("Add to cart"))
            action.triggered.connect(lambda: self.cart_wanted.emit(uid))
        return menu

    def _clicked(self, index: QModelIndex) -> None:
        if not self._pressed:
            self.opened.emit(self._uid(index))

    def _action_at(self, position: QPoint) -> Optional[str]:
        index = self.indexAt(position)
        if not index.isValid():
            return None
        return self._delegate.action_at(
            self.visualRect(index), look.unit(self.font()), index, position)

    def _uid(self, index: QModelIndex) -> str:
        return str(index.data(CardRole.UID) or "")
