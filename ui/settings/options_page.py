"""The page "CLMS Explorer" in QGIS's options."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import Callable, Optional

from qgis.gui import (
    QgsCollapsibleGroupBox,
    QgsFileWidget,
    QgsOptionsPageWidget,
    QgsOptionsWidgetFactory,
)
from qgis.PyQt.QtCore import pyqtSignal
from qgis.PyQt.QtGui import QIcon
from qgis.PyQt.QtWidgets import QFormLayout, QFrame, QScrollArea, QVBoxLayout, QWidget

from ...core.settings import Settings
from ..icons import own_icon
from ..look import unit
from ..parts import section
from ..qgis_bridge.secrets import QgisSecretStore
from ..qgis_bridge.settings_store import save_settings, stored_settings
from .address_fields import AddressFields
from .installation_box import InstallationBox
from .service_key_box import ServiceKeyBox

PAGE_NAME = "mOptionsPageClmsExplorer"
"""For iface.showOptionsDialog(parent, PAGE_NAME)."""
TestSettings = Callable[
    [Settings, Callable[[object], None], Callable[[BaseException], None]], None]
"""test(settings, done, failed): try the key at these addresses without blocking."""


class ClmsOptionsFactory(QgsOptionsWidgetFactory):
    """Makes the page for QGIS. Keep a reference; unregister it at unload."""

    settings_saved = pyqtSignal()
    """The user has confirmed the dialog; the settings may have changed."""
    key_changed = pyqtSignal()
    """A service key was imported or removed, which counts at once."""

    def __init__(self, store: QgisSecretStore, test: TestSettings) -> None:
        super().__init__()
        self.setTitle("CLMS Explorer")
        self._store = store
        self._test = test

    def icon(self) -> QIcon:
        """Return the icon of the page."""
        return own_icon("plugin")

    def createWidget(self, parent: Optional[QWidget] = None) -> QgsOptionsPageWidget:
        """Return a new page; QGIS owns it."""
        page = OptionsPage(self._store, self._test, parent)
        page.settings_saved.connect(self.settings_saved)
        page.key_changed.connect(self.key_changed)
        return page


class OptionsPage(QgsOptionsPageWidget):
    """Service key, download folder, and under "Advanced" the service addresses."""

    settings_saved = pyqtSignal()
    key_changed = pyqtSignal()

    def __init__(
        self, store: QgisSecretStore, test: TestSettings, parent: Optional[QWidget] = None
    ) -> None:
        super().__init__(parent)
        self.setObjectName(PAGE_NAME)
        self._settings = stored_settings()
        self._key = ServiceKeyBox(store, partial(self._try, test), self)
        self._key.key_changed.connect(self.key_changed)
        self._folder = self._new_folder()
        self._addresses = AddressFields(self._settings, self)
        self._advanced_box = self._new_advanced_box()
        self._lay_out()

    def apply(self) -> None:
        """Keep the settings; called by QGIS when the dialog is confirmed."""
        save_settings(self._entered())
        self.settings_saved.emit()

    def _entered(self) -> Settings:
        """Return what the fields say."""
        folder = self._folder.filePath().strip()
        return self._addresses.settings(replace(self._settings, download_folder=folder))

    def _try(
        self, test: TestSettings, done: Callable[[object], None],
        failed: Callable[[BaseException], None],
    ) -> None:
        test(self._entered(), done, failed)

    def _new_folder(self) -> QgsFileWidget:
        field = QgsFileWidget(self)
        field.setStorageMode(QgsFileWidget.StorageMode.GetDirectory)
        field.setFilePath(self._settings.download_folder)
        field.lineEdit().setPlaceholderText(str(Settings().folder))
        return field

    def _lay_out(self) -> None:
        u = unit(self.font())
        body = QWidget(self)
        layout = QVBoxLayout(body)
        layout.setContentsMargins(2 * u, 2 * u, 2 * u, 2 * u)
        layout.setSpacing(round(1.5 * u))
        layout.addWidget(section(self.tr("Service key")))
        layout.addWidget(self._key)
        layout.addSpacing(3 * u)
        layout.addWidget(section(self.tr("Downloads")))
        form = QFormLayout()
        form.addRow(self.tr("Folder"), self._folder)
        layout.addLayout(form)
        layout.addSpacing(3 * u)
        layout.addWidget(self._advanced_box)
        layout.addWidget(InstallationBox(self))
        layout.addStretch(1)
        scroll = QScrollArea(self)
        scroll.setWidgetResizable(True)
        scroll.setFrameShape(QFrame.Shape.NoFrame)
        scroll.setWidget(body)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(scroll)

    def _new_advanced_box(self) -> QgsCollapsibleGroupBox:
        box = QgsCollapsibleGroupBox(self)
        box.setTitle(self.tr("Advanced: service addresses"))
        layout = QVBoxLayout(box)
        layout.addWidget(self._addresses)
        box.setCollapsed(True)
        return box
