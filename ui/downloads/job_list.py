"""The list of jobs, by mouse and by keyboard."""

from __future__ import annotations

from typing import Optional

from qgis.PyQt.QtCore import QEvent, QModelIndex, QPoint, Qt, QTimer, pyqtSignal
from qgis.PyQt.QtGui import QContextMenuEvent, QHideEvent, QKeyEvent, QMouseEvent, QShowEvent
from qgis.PyQt.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QListView,
    QMenu,
    QStyleOptionViewItem,
    QWidget,
)

from ..compat import event_position
from ..icons import theme_icon
from .job_delegate import JobDelegate
from .jobs_model import Bar, JobRole, JobsModel

_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
_FRAME_MS = 80
_PERIOD_FRAMES = 40
"""Frames in which a bar without end goes to and fro once."""


class JobList(QListView):
    """Shows a JobsModel."""

    wished = pyqtSignal(int, str)
    """A job's id and the name of an action (actions.action)."""

    def __init__(self, model: JobsModel, parent: Optional[QWidget] = None) -> None:
        super().__init__(parent)
        self.setModel(model)
        self._delegate = JobDelegate(self)
        self._frame = 0
        self.setItemDelegate(self._delegate)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setMouseTracking(True)
        self.setResizeMode(QListView.ResizeMode.Adjust)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setAccessibleName(self.tr("Downloads"))
        self._timer = QTimer(self)
        self._timer.setInterval(_FRAME_MS)
        self._timer.timeout.connect(self._move_bars)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Space pauses and goes on, Delete cancels or removes, Enter does what is next."""
        index = self.currentIndex()
        names = [action.name for action in index.data(JobRole.MENU) or ()]
        wanted = {Qt.Key.Key_Space: ("pause", "resume"),
                  Qt.Key.Key_Delete: ("cancel", "remove")}.get(event.key())
        if event.key() in _ENTER:
            wanted = ("import_key", "retry", "look_again", "open", "zoom", "resume")
        name = next((one for one in wanted or () if one in names), "")
        if name:
            self.wished.emit(index.data(JobRole.JOB_ID), name)
        if wanted is None:
            super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Press the painted icon or button under the pointer."""
        position = event_position(event)
        if event.button() == Qt.MouseButton.LeftButton:
            self._press(self.indexAt(position), self._action_at(position))
        super().mousePressEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Do what the icon or button stands for, if the pointer is still on it."""
        position = event_position(event)
        index, name = self.indexAt(position), self._action_at(position)
        is_click = bool(name) and self._delegate.pressed == (index.row(), name)
        job_id = index.data(JobRole.JOB_ID)
        self._press(QModelIndex(), "")
        super().mouseReleaseEvent(event)
        if is_click and event.button() == Qt.MouseButton.LeftButton:
            self.wished.emit(job_id, name)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """A fast second click on an icon is a click; elsewhere it opens what is done."""
        position = event_position(event)
        index = self.indexAt(position)
        name = self._action_at(position)
        if name:
            self._press(index, name)
            return
        names = [action.name for action in index.data(JobRole.MENU) or ()]
        name = next((one for one in ("open", "zoom") if one in names), "")
        if name:
            self.wished.emit(index.data(JobRole.JOB_ID), name)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """Offer all that can be done, for the keyboard too."""
        by_key = event.reason() == QContextMenuEvent.Reason.Keyboard
        index = self.currentIndex() if by_key else self.indexAt(event.pos())
        if index.data(JobRole.MENU):
            place = self.visualRect(index).center() if by_key else event.pos()
            self.menu_for(index).popup(self.viewport().mapToGlobal(place))

    def menu_for(self, index: QModelIndex) -> QMenu:
        """Return the menu of a job."""
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        job_id = index.data(JobRole.JOB_ID)
        for action in index.data(JobRole.MENU):
            entry = menu.addAction(theme_icon(action.icon), action.text)
            entry.triggered.connect(
                lambda _checked=False, name=action.name: self.wished.emit(job_id, name))
        return menu

    def showEvent(self, event: QShowEvent) -> None:
        """Move the bars while they can be seen."""
        super().showEvent(event)
        self._timer.start()

    def hideEvent(self, event: QHideEvent) -> None:
        """Let the bars rest."""
        super().hideEvent(event)
        self._timer.stop()

    def changeEvent(self, event: QEvent) -> None:
        """Lay the rows out again when the font or the theme is another one."""
        super().changeEvent(event)
        if event.type() in (QEvent.Type.FontChange, QEvent.Type.StyleChange):
            self.scheduleDelayedItemsLayout()

    def option_for(self, index: QModelIndex) -> QStyleOptionViewItem:
        """Return what the delegate is given for a row."""
        option = QStyleOptionViewItem()
        option.initFrom(self)
        option.font = self.font()
        option.rect = self.visualRect(index)
        option.widget = self
        return option

    def _action_at(self, position: QPoint) -> str:
        index = self.indexAt(position)
        return self._delegate.action_at(self.option_for(index), index, position)

    def _press(self, index: QModelIndex, name: str) -> None:
        self._delegate.pressed = (index.row(), name) if name else (-1, "")
        self.viewport().update()

    def _move_bars(self) -> None:
        """Move the bars without end one frame on; nothing else is painted again."""
        endless = [index for index in map(self.model().index, range(self.model().rowCount()))
                   if index.data(JobRole.BAR) is Bar.ENDLESS]
        if not endless:
            return
        self._frame = (self._frame + 1) % _PERIOD_FRAMES
        self._delegate.phase = abs(2 * self._frame / _PERIOD_FRAMES - 1)
        for index in endless:
            self.update(index)
