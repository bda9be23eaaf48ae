"""Import a service key from its file into QGIS's encrypted store."""

from __future__ import annotations

from pathlib import Path

from qgis.PyQt.QtCore import QCoreApplication
from qgis.PyQt.QtWidgets import QFileDialog, QMessageBox, QWidget

from ...core.clms.service_key import ServiceKey
from ..qgis_bridge.secrets import KEY_NAME, QgisSecretStore


def tr(text: str) -> str:
    """Return the translation of a text of this module."""
    return QCoreApplication.translate("KeyFile", text)


def ask_for_key_file(parent: QWidget) -> str:
    """Let the user choose a key file; return its path, "" if cancelled."""
    path, _filter = QFileDialog.getOpenFileName(
        parent, tr("Import service key"), "", tr("Service keys (*.json);;All files (*)"))
    return str(path)


def import_key(path: str, store: QgisSecretStore, parent: QWidget) -> bool:
    """Check a key file and keep the key; return whether it is in use now.

    If QGIS's store is locked, the user may use the key until QGIS ends. Raise KeyFileError.
    """
    text = ServiceKey.from_file(Path(path)).to_text()
    if store.save(KEY_NAME, text):
        return True
    if not wants_it_for_now(parent):
        return False
    store.use_for_now(KEY_NAME, text)
    return True


def wants_it_for_now(parent: QWidget) -> bool:
    """Ask whether to use the key without keeping it."""
    return _agrees(
        parent, QMessageBox.Icon.Question,
        tr("QGIS's password store is locked, so the key cannot be kept. It can be used until QGIS "
           "ends."), tr("Use for now only"), tr("Do not use it"))


def wants_to_remove(parent: QWidget) -> bool:
    """Ask whether to forget the key, which cannot be undone."""
    return _agrees(
        parent, QMessageBox.Icon.Warning,
        tr("Without its file the key cannot be imported again, and you need to make a new one on "
           "land.copernicus.eu. Orders and files are kept."), tr("Remove the key"), tr("Keep it"))


def _agrees(parent: QWidget, icon: QMessageBox.Icon, text: str, yes: str, no: str) -> bool:
    """Ask; the default is no."""
    box = QMessageBox(parent)
    box.setIcon(icon)
    box.setWindowTitle(tr("Service key"))
    box.setText(text)
    agree = box.addButton(yes, QMessageBox.ButtonRole.AcceptRole)
    box.setDefaultButton(box.addButton(no, QMessageBox.ButtonRole.RejectRole))
    box.exec()
    return bool(box.clickedButton() is agree)
