"""The part of the options page that deals with the service key."""

from __future__ import annotations

import os
from typing import Callable, Optional

from qgis.PyQt.QtCore import QUrl, pyqtSignal
from qgis.PyQt.QtGui import QDesktopServices
from qgis.PyQt.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from ...core.errors import KeyFileError
from ...core.settings import ENV_KEY_FILE
from ..compat import alive
from ..labels import NoteLabel, RankLabel
from ..look import unit
from ..qgis_bridge.secrets import KEY_NAME, QgisSecretStore
from ..texts import sentence
from . import key_file

HOW_TO = ("https://land.copernicus.eu/en/how-to-guides/how-to-download-spatial-data/"
          "how-to-create-api-tokens")
TestConnection = Callable[
    [Callable[[object], None], Callable[[BaseException], None]], None]
"""test(done, failed): try the key without blocking."""


class ServiceKeyBox(QWidget):
    """State of the key in words, and what can be done with it."""

    key_changed = pyqtSignal()

    def __init__(
        self, store: QgisSecretStore, test: TestConnection, parent: Optional[QWidget] = None
    ) -> None:
        super().__init__(parent)
        self._store = store
        self._test = test
        self._dot = RankLabel("●", parent=self)
        self._state = NoteLabel(rank="text", parent=self)
        self._result = NoteLabel(parent=self)
        self._import = QPushButton(self.tr("Import key file…"), self)
        self._remove = QPushButton(self.tr("Remove"), self)
        self._how_to = QPushButton(self.tr("How to get one"), self)
        self._try = QPushButton(self.tr("Test connection"), self)
        self._lay_out()
        self._import.clicked.connect(self._import_file)
        self._remove.clicked.connect(self._remove_key)
        self._how_to.clicked.connect(lambda: QDesktopServices.openUrl(QUrl(HOW_TO)))
        self._try.clicked.connect(self._start_test)
        self._show_state()

    def import_file(self, path: str) -> None:
        """Import a key file and say how it went."""
        try:
            kept = key_file.import_key(path, self._store, self)
        except KeyFileError as err:
            self._result.set_note(sentence(err), "error")
            return
        if not kept:
            self._result.set_note(self.tr("The key was not imported."), "warning")
            return
        self._show_state()
        self._result.set_note(
            self.tr("The key is imported. The file is no longer needed; it holds your key in "
                    "plain text."), "good")
        self.key_changed.emit()

    def _lay_out(self) -> None:
        u = unit(self.font())
        state = QHBoxLayout()
        state.setSpacing(u)
        state.addWidget(self._dot)
        state.addWidget(self._state, 1)
        buttons = QHBoxLayout()
        buttons.setSpacing(round(1.5 * u))
        for button in (self._import, self._remove, self._how_to, self._try):
            buttons.addWidget(button)
        buttons.addStretch(1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(round(1.5 * u))
        layout.addLayout(state)
        layout.addLayout(buttons)
        layout.addWidget(self._result)

    def _import_file(self) -> None:
        path = key_file.ask_for_key_file(self)
        if path:
            self.import_file(path)

    def _remove_key(self) -> None:
        if key_file.wants_to_remove(self):
            self._store.delete(KEY_NAME)
            self._result.set_note("")
            self._show_state()
            self.key_changed.emit()

    def _start_test(self) -> None:
        self._try.setEnabled(False)
        self._result.set_note(self.tr("Testing the connection…"))
        self._test(self._worked, self._failed)

    def _worked(self, _nothing: object) -> None:
        if alive(self):
            self._try.setEnabled(True)
            self._show_state()
            self._result.set_note(
                self.tr("The connection works. The portal accepts your service key."), "good")

    def _failed(self, error: BaseException) -> None:
        if alive(self):
            self._try.setEnabled(True)
            self._show_state()
            self._result.set_note(sentence(error), "error")

    def _show_state(self) -> None:
        texts = {
            "kept": self.tr("Service key set"),
            "locked": self.tr("Service key set. QGIS asks for your master password when it is "
                              "needed."),
            "for_now": self.tr("Service key set for now only. It is gone when QGIS ends."),
            "none": self.tr("No service key. Searching and viewing work without it."),
        }
        state = self._store.state(KEY_NAME)
        self._remove.setEnabled(state != "none")
        path = os.environ.get(ENV_KEY_FILE, "")
        if path:
            words = self.tr("The key file {path} is used, because {variable} is set.")
            texts[state] = words.format(path=path, variable=ENV_KEY_FILE)
        self._dot.set_rank("good" if path or state != "none" else "warning")
        self._state.setText(texts[state])
