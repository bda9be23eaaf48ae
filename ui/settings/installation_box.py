"""The list of programs and packages that the plugin runs on."""

from __future__ import annotations

from typing import Optional

from qgis.gui import QgsCollapsibleGroupBox
from qgis.PyQt.QtWidgets import (
    QApplication,
    QHBoxLayout,
    QHeaderView,
    QPushButton,
    QTreeWidget,
    QTreeWidgetItem,
    QVBoxLayout,
    QWidget,
)

from ..icons import theme_icon
from ..labels import NoteLabel
from ..look import unit
from . import installation


class InstallationBox(QgsCollapsibleGroupBox):
    """Closed at first; reads the versions when it is opened."""

    def __init__(self, parent: Optional[QWidget] = None) -> None:
        super().__init__(parent)
        self.setTitle(self.tr("Check installation"))
        self._parts: list[installation.Part] = []
        self._list = QTreeWidget(self)
        self._list.setHeaderLabels([self.tr("Part"), self.tr("Version"), self.tr("Remark")])
        self._list.setRootIsDecorated(False)
        self._list.setAccessibleName(self.tr("Installed parts"))
        self._list.header().setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        self._what_to_do = NoteLabel(parent=self)
        self._copy = QPushButton(theme_icon("mActionEditCopy"), self.tr("Copy"), self)
        self._copy.clicked.connect(self._copy_text)
        u = unit(self.font())
        foot = QHBoxLayout()
        foot.addWidget(self._what_to_do, 1)
        foot.addWidget(self._copy)
        layout = QVBoxLayout(self)
        layout.setSpacing(round(1.5 * u))
        layout.addWidget(self._list)
        layout.addLayout(foot)
        self._list.setMinimumHeight(60 * u)
        self.setCollapsed(True)
        self.collapsedStateChanged.connect(self._fill)

    def _fill(self) -> None:
        if self._parts:
            return
        self._parts = installation.parts()
        for part in self._parts:
            missing = not part.version
            item = QTreeWidgetItem(
                [part.name, self.tr("missing") if missing else part.version,
                 part.loss if missing else ""])
            item.setIcon(0, theme_icon("mIconWarning" if missing else "mTaskComplete"))
            self._list.addTopLevelItem(item)
        todo = installation.how_to_install(self._parts)
        self._what_to_do.set_note(todo, "warning" if todo else "secondary")

    def _copy_text(self) -> None:
        QApplication.clipboard().setText(installation.as_text(self._parts))
