"""Addresses of the services, with what is wrong with them."""

from __future__ import annotations

import os
from dataclasses import replace
from typing import Dict, Optional

from qgis.PyQt.QtWidgets import QFormLayout, QLineEdit, QWidget

from ...core.errors import AddressError
from ...core.settings import ENV_ADDRESSES, Settings, check_address
from ..labels import NoteLabel
from ..look import unit
from ..texts import sentence


class AddressFields(QWidget):
    """One field for each address; an empty one means the usual address."""

    def __init__(self, settings: Settings, parent: Optional[QWidget] = None) -> None:
        super().__init__(parent)
        self._stored = settings
        self._fields: Dict[str, QLineEdit] = {}
        self._notes: Dict[str, NoteLabel] = {}
        form = QFormLayout(self)
        form.setContentsMargins(0, 0, 0, 0)
        form.setSpacing(round(1.5 * unit(self.font())))
        words = {"portal": self.tr("CLMS portal"), "egms": self.tr("EGMS archive"),
                 "gisco": self.tr("Region outlines")}
        for name, title in words.items():
            self._add(form, name, title)

    def settings(self, settings: Settings) -> Settings:
        """Return settings with the addresses of the fields; unusable ones stay as they were."""
        for name in self._fields:
            address = self._address(name)
            if not self._wrong(address):
                settings = replace(settings, **{name: address})
        return settings

    def _add(self, form: QFormLayout, name: str, title: str) -> None:
        usual = getattr(Settings(), name)
        stored = getattr(self._stored, name)
        field = QLineEdit("" if stored == usual else stored, self)
        field.setPlaceholderText(usual)
        field.setClearButtonEnabled(True)
        note = NoteLabel(parent=self)
        form.addRow(title, field)
        form.addRow("", note)
        self._fields[name], self._notes[name] = field, note
        field.textChanged.connect(lambda _text: self._describe(name))
        self._describe(name)

    def _address(self, name: str) -> str:
        text = self._fields[name].text().strip().rstrip("/")
        return text or str(getattr(Settings(), name))

    def _describe(self, name: str) -> None:
        """Show what is wrong with an address, or that the environment overrules it."""
        wrong = self._wrong(self._address(name))
        variable = ENV_ADDRESSES[name]
        forced = os.environ.get(variable, "")
        note = self._notes[name]
        if wrong:
            note.set_note(wrong, "error")
        elif forced:
            note.set_note(self.tr("{address} is used, because {variable} is set.").format(
                address=forced, variable=variable), "warning")
        note.setVisible(bool(wrong or forced))

    @staticmethod
    def _wrong(address: str) -> str:
        try:
            check_address(address)
        except AddressError as err:
            return sentence(err)
        return ""
