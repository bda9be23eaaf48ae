"""Get data from the portal: collection, options, estimate, decision."""

from __future__ import annotations

from typing import Optional, Sequence

from qgis.PyQt.QtCore import QDate, QLocale, pyqtSignal
from qgis.PyQt.QtWidgets import QVBoxLayout, QWidget

from ...core.aoi.area import Area
from ...core.cart.estimate import order_bytes, packaged_bytes
from ...core.cart.item import CartItem
from ...core.clms.models import Collection, Dataset
from ...core.library.entry import LibraryEntry
from .. import look
from ..footer import Footer
from ..parts import Line, Note, section
from ..words import size_words
from .collection_choice import CollectionChoice
from .dataset_words import DOT
from .file_table import FileTable
from .form_parts import Body
from .options_form import OptionsForm


class OrderForm(QWidget):
    """Makes cart items. It orders nothing itself."""

    item_added = pyqtSignal(object)
    """A CartItem for the cart."""
    order_requested = pyqtSignal(list)
    """CartItems to be sent at once."""
    library_requested = pyqtSignal(str)
    """The folder of an order on disk, to be opened on the map."""

    def __init__(self, parent: Optional[QWidget] = None) -> None:
        super().__init__(parent)
        self._dataset: Optional[Dataset] = None
        self._area: Optional[Area] = None
        self._page = ""
        self._entry: Optional[LibraryEntry] = None
        self.choice = CollectionChoice()
        self.options = OptionsForm()
        self.files = FileTable()
        self.note = Note()
        self.footer = Footer([self.tr("Order now"), self.tr("Add to cart")])
        self._options = self._part(self.tr("Options"), self.options)
        self._files = self._part(self.tr("Files"), self.files)
        body = Body()
        for widget in (section(self.tr("Collection")), self.choice, self._options, self._files,
                       self.note):
            body.column.addWidget(widget)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(body, 1)
        layout.addWidget(self.footer)
        self.choice.changed.connect(self._choice_changed)
        self.options.changed.connect(self._estimate)
        self.files.ticked_changed.connect(self._estimate)
        self.note.activated.connect(self._open_from_library)
        order, add = self.footer.buttons
        order.clicked.connect(lambda: self.order_requested.emit([self.item()]))
        add.clicked.connect(lambda: self.item_added.emit(self.item()))

    def set_dataset(self, dataset: Dataset, page: str) -> None:
        """Offer a dataset. page: its address on the web, kept with the order."""
        self._dataset, self._page = dataset, page
        self.choice.set_dataset(dataset)
        self.files.set_files(dataset.files)
        self.set_on_disk([])
        self._choice_changed()

    def set_area(self, area: Optional[Area]) -> None:
        """Follow the area."""
        self._area = area
        self.options.set_area(area)
        self._estimate()

    def set_on_disk(self, entries: Sequence[LibraryEntry]) -> None:
        """Say that the dataset is on disk for the area already; the newest comes first."""
        self._entry = entries[0] if entries else None
        if self._entry is None:
            self.note.clear()
            return
        self.note.show_note(
            "info", self._on_disk_words(self._entry), [self.tr("Open from library")])

    def can_order(self) -> bool:
        """Return whether the form is complete."""
        return self._dataset is not None and not self._obstacle()

    def item(self) -> CartItem:
        """Return what the form asks for; only while can_order()."""
        dataset, collection = self._dataset, self.choice.collection
        if dataset is None:
            raise ValueError("no dataset is shown")
        extra = {
            "version": dataset.version, "page": self._page, "credit": dataset.licence}
        if collection is None:
            files = self.files.model.ticked
            return CartItem(
                "portal", dataset.uid, dataset.title, files=tuple(file.id for file in files),
                collection_title=self.tr("Prepackaged files"), clip=False,
                open_when_ready=self.options.open.isChecked(), size=self._size(),
                citation=dataset.citation, extra=extra)
        start, end = self.options.days
        return CartItem(
            "portal", dataset.uid, dataset.title, self._area, collection.id, collection.title,
            format=self.options.format.currentData() or "",
            crs=self.options.projection.currentData() or "",
            layer=self.options.layer.currentData() or "", start=start, end=end,
            clip=self.options.clips(), open_when_ready=self.options.open.isChecked(),
            size=self._size(), citation=dataset.citation, extra=extra)

    def _part(self, title: str, widget: QWidget) -> QWidget:
        """Return a section with the line above it."""
        part = QWidget()
        column = QVBoxLayout(part)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(3 * look.unit(self.font()))
        for inside in (Line(), section(title), widget):
            column.addWidget(inside)
        return part

    def _choice_changed(self) -> None:
        collection = self.choice.collection
        if self._dataset is not None and collection is not None:
            self.options.set_collection(self._dataset, collection)
        self._options.setVisible(collection is not None)
        self._files.setVisible(collection is None)
        self._estimate()

    def _estimate(self) -> None:
        """Say what the order means, and whether it can be made."""
        obstacle = self._obstacle()
        for button in self.footer.buttons:
            button.setEnabled(not obstacle)
            button.setToolTip(obstacle)
        collection, size = self.choice.collection, self._size()
        words = self._size_words(size, collection)
        if obstacle:
            self.footer.set_texts(words, obstacle)
        elif collection is None:
            self.footer.set_texts(words, self._files_words())
        else:
            self.footer.set_texts(words, self._orders_words())

    def _obstacle(self) -> str:
        """Return what is missing, "" if nothing is."""
        if self.choice.collection is None:
            return "" if self.files.model.ticked else self.tr("Choose a file first")
        if self._area is None:
            return self.tr("Choose an area first")
        return self.options.obstacle

    def _size(self) -> int:
        """Return about how many bytes will come, 0 if that cannot be told."""
        collection = self.choice.collection
        if collection is None:
            sizes = [packaged_bytes(file.size) for file in self.files.model.ticked]
            return sum(sizes) if all(sizes) else 0
        if self._dataset is None or self._area is None or not self.options.days_are_right:
            return 0
        return order_bytes(
            self._dataset, collection, self._area, self.options.layer.currentData() or "",
            *self.options.days)

    def _size_words(self, size: int, collection: Optional[Collection]) -> str:
        if collection is None and not self.files.model.ticked:
            return self.tr("No file chosen")
        if not size:
            return self.tr("Size not known yet")
        if collection is None:
            return size_words(size)
        return self.tr("About {size}").format(size=size_words(size))

    def _orders_words(self) -> str:
        count = self.options.orders
        orders = self.tr("1 order") if count == 1 else self.tr("{count} orders").format(
            count=count)
        return DOT.join((orders, self.tr("usually ready in a few minutes")))

    def _files_words(self) -> str:
        count = len(self.files.model.ticked)
        files = self.tr("1 file") if count == 1 else self.tr("{count} files").format(count=count)
        return DOT.join((files, self.tr("no waiting")))

    def _on_disk_words(self, entry: LibraryEntry) -> str:
        ordered = QDate.fromString(entry.ordered[:10], "yyyy-MM-dd")
        day = QLocale().toString(ordered, "d MMMM yyyy") if ordered.isValid() else ""
        place = entry.area.name if entry.area is not None else self.tr("its whole extent")
        same = self._dataset is not None and entry.version == self._dataset.version
        if day and same:
            text = self.tr("You already have this dataset for {place}, ordered on {day}, in the "
                           "same version.")
        elif day:
            text = self.tr("You already have this dataset for {place}, ordered on {day}, in "
                           "another version.")
        else:
            text = self.tr("You already have this dataset for {place}.")
        return text.format(place=place, day=day)

    def _open_from_library(self, _number: int) -> None:
        if self._entry is not None:
            self.library_requested.emit(str(self._entry.folder))
