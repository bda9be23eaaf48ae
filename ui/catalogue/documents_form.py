"""Documents: the links that the record of a dataset holds, as a flat list."""

from __future__ import annotations

from typing import List, NamedTuple, Optional
from urllib.parse import quote, urlsplit

from qgis.PyQt.QtCore import Qt, pyqtSignal
from qgis.PyQt.QtGui import QKeyEvent
from qgis.PyQt.QtWidgets import QFrame, QListWidget, QListWidgetItem, QWidget

from ...core.clms.models import Dataset
from ...core.clms.values import items, text
from .. import look
from ..icons import theme_icon
from ..labels import NoteLabel
from ..parts import section
from . import dataset_words as words
from .form_parts import Body, clear
from .two_line_delegate import SECOND_LINE, TwoLineDelegate

_RECORDS = {
    "EEA": "https://sdi.eea.europa.eu/catalogue/srv/api/records/{id}/formatters/xsl-view"
           "?output=pdf&language=eng&approved=true",
    "VITO": "https://globalland.vito.be/geonetwork/srv/api/records/{id}/formatters/xsl-view"
            "?root=div&output=pdf",
}
"""Metadata records as PDF by their type (reference/clms-api.md 3.6); "other" is an address."""
_ADDRESS = Qt.ItemDataRole.UserRole


class Document(NamedTuple):
    """One link. kind: "pdf" or "page". origin: who keeps it."""

    title: str
    kind: str
    origin: str
    address: str


class DocumentsForm(Body):
    """Every row opens in the browser."""

    page_requested = pyqtSignal(str)

    def __init__(self, parent: Optional[QWidget] = None) -> None:
        super().__init__(parent)
        self.list = _List()

    def set_dataset(self, dataset: Dataset, page: str) -> None:
        """Show the links of a dataset. page: its own web page."""
        clear(self.column)
        documents = self._documents(dataset, page)
        if not documents:
            self.column.addWidget(NoteLabel(self.tr("The record names no documents.")))
            return
        self.column.addWidget(section(
            self.tr("Documents ({count})").format(count=len(documents))))
        self.list = _List()
        self.list.setAccessibleName(self.tr("Documents"))
        self.list.opened.connect(self.page_requested)
        for document in documents:
            item = QListWidgetItem(document.title, self.list)
            icon = "mActionSaveAsPDF" if document.kind == "pdf" else "mActionLink"
            item.setIcon(theme_icon(icon))
            item.setData(SECOND_LINE, self._second_line(document))
            item.setData(_ADDRESS, document.address)
            item.setToolTip(f"{document.title}\n{document.address}")
        self.list.fit()
        self.column.addWidget(self.list)

    def _second_line(self, document: Document) -> str:
        kind = self.tr("PDF") if document.kind == "pdf" else self.tr("Web page")
        return words.DOT.join((kind, document.origin))

    def _documents(self, dataset: Dataset, page: str) -> List[Document]:
        found = []
        if page:
            found.append(Document(
                self.tr("Documents and use cases on the dataset's page"), "page",
                urlsplit(page).hostname or "", page))
        if dataset.doi:
            found.append(Document(
                self.tr("DOI {number}").format(number=dataset.doi), "page", "doi.org",
                f"https://doi.org/{dataset.doi}"))
        raw = dataset.raw if isinstance(dataset.raw, dict) else {}
        for row in items(raw.get("geonetwork_identifiers")):
            record = self._record(text(row.get("type")), text(row.get("id")),
                                  text(row.get("title")))
            if record is not None:
                found.append(record)
        found += [
            Document(self.tr("Other way to the data"), "page", urlsplit(address).hostname or "",
                     address)
            for address in words.other_links(dataset)
        ]
        return found

    def _record(self, kind: str, identity: str, title: str) -> Optional[Document]:
        address = _RECORDS.get(kind, "").format(id=quote(identity, safe=""))
        if not address and urlsplit(identity).scheme in ("http", "https"):
            address = identity
        if not address or not identity:
            return None
        name = self.tr("Metadata record: {title}").format(title=title) if title \
            else self.tr("Metadata record")
        return Document(name, "pdf" if kind in _RECORDS else "page",
                        urlsplit(address).hostname or "", address)


class _List(QListWidget):
    """A click or Enter opens a row."""

    opened = pyqtSignal(str)

    def __init__(self, parent: Optional[QWidget] = None) -> None:
        super().__init__(parent)
        self.setItemDelegate(TwoLineDelegate(self))
        self.setFrameShape(QFrame.Shape.StyledPanel)
        self.setResizeMode(QListWidget.ResizeMode.Adjust)
        self.setMouseTracking(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.itemClicked.connect(self._open)

    def fit(self) -> None:
        """Take the height of all rows."""
        unit = look.unit(self.font())
        rows = sum(self.sizeHintForRow(row) for row in range(self.count()))
        self.setFixedHeight(rows + 2 * self.frameWidth() + unit)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Open the current row with Enter."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.currentItem():
            self._open(self.currentItem())
            return
        super().keyPressEvent(event)

    def _open(self, item: QListWidgetItem) -> None:
        self.opened.emit(item.data(_ADDRESS))
