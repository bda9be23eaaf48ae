"""Motion histories in QGIS: the dock, the ways to a point, and the marker, wired together."""

from __future__ import annotations

from typing import TYPE_CHECKING, Optional

from qgis.core import QgsProject
from qgis.gui import QgisInterface
from qgis.PyQt.QtCore import QObject, Qt, pyqtSignal
from qgis.PyQt.QtWidgets import QAction

from ..compat import alive
from ..icons import own_icon
from ..registrations import Registrations
from .marker import Marker
from .pickers import Pickers
from .spot import Spot

if TYPE_CHECKING:
    from .motion_dock import MotionDock


class MotionHistory(QObject):
    """What the plugin makes at load; light until the first point is shown. unregister() undoes.

    action: for the tool bar; checked while the map tool is on that plots what is clicked.
    """

    failed = pyqtSignal(object)
    """A ClmsError that the user should read."""
    exported = pyqtSignal(str)
    """The file that an export has written."""
    files_wanted = pyqtSignal(float, float)
    """Longitude and latitude where EGMS files are looked for."""

    def __init__(self, iface: QgisInterface) -> None:
        super().__init__(iface.mainWindow())
        self._iface, self._canvas = iface, iface.mapCanvas()
        self._dock: Optional[MotionDock] = None
        self.marker = Marker(self._canvas)
        self.pickers = Pickers(self._canvas, iface.mainWindow(), self)
        self.action = QAction(own_icon("motion"), self.tr("Motion history"), self)
        self.action.setToolTip(
            self.tr("Motion history: click a point of a ground motion layer (Shift+click adds)"))
        self.action.setCheckable(True)
        self.pickers.tool.setAction(self.action)
        self.action.triggered.connect(self._choose_tool)
        self.pickers.found.connect(self._show)
        self.pickers.failed.connect(self.failed)
        self.pickers.files_wanted.connect(self.files_wanted)
        self.pickers.tool.point_clicked.connect(self._stop_following)
        self.pickers.tool.deactivated.connect(self._tool_left)
        self._registrations = Registrations()
        self._registrations.connect(self._canvas.destinationCrsChanged, self._mark)
        self._registrations.connect(QgsProject.instance().cleared, self._forget)

    @property
    def dock(self) -> MotionDock:
        """Return the dock, made at the first call (this imports numpy)."""
        if self._dock is None:
            from .motion_dock import MotionDock

            self._dock = MotionDock(self._iface.mainWindow())
            self._dock.follow_toggled.connect(self._follow)
            self._dock.spot_changed.connect(self._mark)
            self._dock.failed.connect(self.failed)
            self._dock.exported.connect(self.exported)
            self._iface.addDockWidget(Qt.DockWidgetArea.BottomDockWidgetArea, self._dock)
        return self._dock

    def show_selected(self) -> None:
        """Show the selected points of the active layer."""
        layer = self._iface.activeLayer()
        if layer is not None:
            self.pickers.show_selected(layer)

    def unregister(self) -> None:
        """Take dock, tool, menu, actions and marker out of QGIS."""
        self._registrations.clear()
        self.pickers.unregister()
        if alive(self.marker):
            self._canvas.scene().removeItem(self.marker)
        self.marker = None
        if self._dock is not None:
            self._iface.removeDockWidget(self._dock)
            self._dock.deleteLater()
            self._dock = None
        self.deleteLater()

    # --- inside

    def _show(self, spot: Spot, add: bool) -> None:
        self.dock.setUserVisible(True)
        self.dock.show_spot(spot, add)

    def _mark(self, *_changed: object) -> None:
        spot = self._dock.model.spot if self._dock is not None else None
        self.pickers.can_add = spot is not None
        self.marker.show_points(self.pickers.finder.on_map(spot) if spot else [])

    def _forget(self) -> None:
        """Show nothing when the project is closed."""
        if self._dock is not None:
            self._dock.model.clear()

    def _choose_tool(self, on: bool) -> None:
        """Take the map tool, or give the one before back."""
        if on:
            self.pickers.tool.take_over()
            self.dock.setUserVisible(True)
        else:
            self.pickers.tool.give_back()

    def _follow(self, on: bool) -> None:
        """Follow the pointer with the map tool; both end together."""
        if on:
            self.pickers.tool.take_over()
        else:
            self.pickers.tool.give_back()
        self.pickers.tool.set_following(on)

    def _stop_following(self, _place: object, add: bool) -> None:
        """Stay at the clicked point: the pointer goes to the chart next. Shift+click goes on."""
        if not add and self.pickers.tool.following:
            self.pickers.tool.set_following(False)
            self.dock.set_following(False)

    def _tool_left(self) -> None:
        if self._dock is not None:
            self._dock.set_following(False)
