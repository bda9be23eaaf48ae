"""What the dialogs of the area bar share."""

from __future__ import annotations

from typing import Optional

from qgis.PyQt.QtCore import Qt
from qgis.PyQt.QtWidgets import QDialog, QDialogButtonBox, QVBoxLayout, QWidget

from ..look import unit


class ChoiceDialog(QDialog):
    """A dialog with one decision. Not modal, so that the map stays usable; gone when closed."""

    def __init__(self, parent: Optional[QWidget] = None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Cancel, self)
        self._use = self._buttons.addButton("", QDialogButtonBox.ButtonRole.AcceptRole)
        self._use.setDefault(True)
        self._buttons.accepted.connect(self.accept)
        self._buttons.rejected.connect(self.reject)

    def name(self, title: str, use: str) -> None:
        """Set the title and the words of the button that decides."""
        self.setWindowTitle(title)
        self._use.setText(use)

    def column(self) -> QVBoxLayout:
        """Return the layout of the dialog; the buttons go last."""
        u = unit(self.font())
        layout = QVBoxLayout(self)
        layout.setContentsMargins(2 * u, 2 * u, 2 * u, 2 * u)
        layout.setSpacing(round(1.5 * u))
        return layout
