"""The plugin object that QGIS makes: registers everything, undoes everything."""

from __future__ import annotations

import importlib
import logging
from pathlib import Path
from typing import Any, Callable, Optional

from qgis.core import Qgis, QgsApplication, QgsProject
from qgis.PyQt.QtCore import QCoreApplication, QTranslator
from qgis.PyQt.QtWidgets import QAction

from .core.threads import in_python_thread
from .ui.icons import own_icon, theme_icon
from .ui.qgis_bridge.log import install_log_handler, remove_log_handler
from .ui.registrations import Registrations

LOG = logging.getLogger("clms_explorer.plugin")
MENU = "CLMS Explorer"
HEAVY = ("numpy", "requests", "pyproj", "shapely")
JOURNAL = "jobs.sqlite"


class ClmsExplorerPlugin:
    """QGIS entry point. iface is None in qgis_process, which only calls initProcessing().

    Loading is light: the dock and all of core are imported when the dock is first shown, in a
    task, so that the window never waits.
    """

    def __init__(self, iface: Any) -> None:
        self.iface = iface
        self._registrations = Registrations()
        self._provider: Any = None
        self._translator = _installed_translator()
        self._log = install_log_handler()
        self._runner: Any = None
        self._action: Optional[QAction] = None
        self.motion: Any = None
        self.browser: Any = None
        self.desk: Any = None

    def tr(self, text: str) -> str:
        """Return the translation of a text of this class."""
        return QCoreApplication.translate("ClmsExplorerPlugin", text)

    def initProcessing(self) -> None:  # noqa: N802 - the name QGIS calls
        """Register the algorithms."""
        from .ui.processing.provider import ClmsProvider

        self._provider = ClmsProvider()
        QgsApplication.processingRegistry().addProvider(self._provider)

    def initGui(self) -> None:  # noqa: N802 - the name QGIS calls
        """Add actions and ways in; the dock is made when it is first shown."""
        from .ui.motion.motion_history import MotionHistory
        from .ui.qgis_bridge.tasks import TaskRunner

        self.initProcessing()
        window = self.iface.mainWindow()
        self._runner = TaskRunner(window)
        self._registrations.add(self._runner.deleteLater)
        self._registrations.add(self._runner.stop_all)
        self.motion = MotionHistory(self.iface)
        self._registrations.add(self.motion.unregister)
        self.motion.failed.connect(self.show_error)
        self.motion.exported.connect(self._tell_exported)
        self.motion.files_wanted.connect(self._search_files)
        self._action = QAction(own_icon("plugin"), self.tr("CLMS Explorer"), window)
        self._action.setToolTip(self.tr("CLMS Explorer: find, order and map land data"))
        self._action.setCheckable(True)
        self._action.triggered.connect(self._toggle_dock)
        self._registrations.add(self._action.deleteLater)
        self._layout_action = QAction(
            theme_icon("mActionNewLayout"), self.tr("Print layout of the map"), window)
        self._layout_action.triggered.connect(self._make_layout)
        self._registrations.add(self._layout_action.deleteLater)
        for action in (self._action, self.motion.action):
            self._add_action(action)
        self._add_to_menu(self._layout_action)
        self._add_options_page()
        self._add_locator_and_browser()
        self._registrations.connect(self.iface.initializationCompleted, self.resume_downloads)

    def unload(self) -> None:
        """Take everything out of QGIS again."""
        if self.desk is not None:
            self.desk.remove()
            self.desk = None
        self._registrations.clear()
        self.motion = self._runner = self._action = self.browser = self._locator = None
        if self._provider is not None:
            QgsApplication.processingRegistry().removeProvider(self._provider)
            self._provider = None
        if self._translator is not None:
            QCoreApplication.removeTranslator(self._translator)
        remove_log_handler(self._log)

    def show_dock(self) -> None:
        """Open the dock; make it first if need be, without holding up the window."""
        self._with_desk(lambda: self.desk.dock.setUserVisible(True))

    def resume_downloads(self) -> None:
        """Go on with what an earlier session left; called when QGIS is up."""
        from .ui.qgis_bridge.profile import profile_folder

        if (profile_folder() / JOURNAL).exists():
            self._with_desk(lambda: self.desk.resume())

    def show_error(self, error: BaseException) -> None:
        """Tell the user what happened in the message bar."""
        from .ui.texts import sentence

        LOG.info("%s", error)
        self.iface.messageBar().pushMessage(
            self.tr("CLMS Explorer"), sentence(error), Qgis.MessageLevel.Warning, 0)

    def _search_files(self, longitude: float, latitude: float) -> None:
        self._with_desk(lambda: self.desk.search_files_at(longitude, latitude))

    def _toggle_dock(self, on: bool) -> None:
        if on:
            self.show_dock()
        elif self.desk is not None:
            self.desk.dock.setUserVisible(False)

    def _with_desk(self, then: Callable[[], None]) -> None:
        """Do something with the desk, made first if it is not there."""
        if self.desk is not None:
            then()
            return

        def made(_modules: object) -> None:
            if self._runner is not None and self.desk is None:
                from .ui.desk import Desk

                self.desk = Desk(self.iface, self._runner, self._action, self.show_error)
                self.desk.content_changed.connect(self.browser.refresh)
            if self.desk is not None:
                then()

        self._runner.start(
            self.tr("Start CLMS Explorer"), lambda _stop, _progress: _import_core(), made,
            self._not_started)

    def _not_started(self, error: BaseException) -> None:
        """Say which package is missing and how to get it."""
        self._action.setChecked(False)
        name = getattr(error, "name", None) or str(error)
        text = self.tr(
            "CLMS Explorer needs the Python package “{name}”. Install it for the Python of QGIS, "
            "for example with: python3 -m pip install {name}").format(name=name)
        if not isinstance(error, ImportError):
            self.show_error(error)
            return
        self.iface.messageBar().pushMessage(
            self.tr("CLMS Explorer"), text, Qgis.MessageLevel.Critical, 0)

    def _add_action(self, action: QAction) -> None:
        self.iface.addWebToolBarIcon(action)
        self._registrations.add(lambda: self.iface.removeWebToolBarIcon(action))
        self._add_to_menu(action)

    def _add_to_menu(self, action: QAction) -> None:
        self.iface.addPluginToWebMenu(MENU, action)
        self._registrations.add(lambda: self.iface.removePluginWebMenu(MENU, action))

    def _add_options_page(self) -> None:
        from .ui.qgis_bridge.secrets import QgisSecretStore
        from .ui.settings.options_page import ClmsOptionsFactory

        self._options = ClmsOptionsFactory(QgisSecretStore(), self._try_connection)
        self.iface.registerOptionsWidgetFactory(self._options)
        self._registrations.add(lambda: self.iface.unregisterOptionsWidgetFactory(self._options))
        self._options.settings_saved.connect(self._settings_changed)
        self._options.key_changed.connect(self._settings_changed)

    def _add_locator_and_browser(self) -> None:
        from .ui.browser.browser_node import BrowserNode
        from .ui.locator.locator import Locator
        from .ui.qgis_bridge.offline import OfflineData

        offline = OfflineData()
        self._locator, self.browser = Locator(offline), BrowserNode(offline)
        for part in (self._locator, self.browser):
            part.register(self.iface)
            self._registrations.add(part.unregister)
            part.dataset_chosen.connect(
                lambda uid: self._with_desk(lambda: self.desk.show_dataset(uid)))
            part.library_chosen.connect(
                lambda folder: self._with_desk(lambda: self.desk.open_from_library(folder)))
        self._locator.region_chosen.connect(
            lambda code: self._with_desk(lambda: self.desk.use_region(code)))
        self.browser.layer_requested.connect(
            lambda *wish: self._with_desk(lambda: self.desk.add_layer(*wish)))
        self.browser.failed.connect(self.show_error)

    def _make_layout(self) -> None:
        from .ui.qgis_bridge.layouts import start_layout

        start_layout(
            self._runner, QgsProject.instance(), self.iface.mapCanvas().extent(),
            self.iface.openLayoutDesigner, self.show_error)

    def _try_connection(
        self, settings: Any, done: Callable[[object], None],
        failed: Callable[[BaseException], None],
    ) -> None:
        from .ui.qgis_bridge.connection_test import start_connection_test

        start_connection_test(self._runner, settings, done, failed)

    def _settings_changed(self) -> None:
        if self.desk is not None:
            self.desk.use_new_settings()

    def _tell_exported(self, path: str) -> None:
        self.iface.messageBar().pushMessage(
            self.tr("CLMS Explorer"), self.tr("Saved as {path}").format(path=path),
            Qgis.MessageLevel.Success, 5)


@in_python_thread
def _import_core() -> list[Any]:
    """Import what the dock needs; on a pool thread, since it takes its time."""
    names = [*HEAVY, f"{__package__}.ui.desk"]
    return [importlib.import_module(name) for name in names]


def _installed_translator() -> Optional[QTranslator]:
    """Return the translator of QGIS's language, None if there is none or it is English."""
    language = (QgsApplication.locale() or "en")[:2]
    path = Path(__file__).resolve().parent / "i18n" / f"clms_explorer_{language}.qm"
    translator = QTranslator()
    if not path.exists() or not translator.load(str(path)):
        return None
    QCoreApplication.installTranslator(translator)
    return translator
