"""Get data from the EGMS archive: what, which files, decision."""

from __future__ import annotations

from typing import Any, Collection, List, Optional, Sequence, Tuple

from qgis.PyQt.QtCore import QModelIndex, pyqtSignal
from qgis.PyQt.QtWidgets import QCheckBox, QHBoxLayout, QVBoxLayout, QWidget

from ...core.aoi.area import Area
from ...core.cart.item import CartItem
from ...core.clms.models import Dataset
from ...core.egms.choosing import Covered, about_points, covered, enough
from ...core.egms.hits import Hit
from ...core.ports import Progress, Stop
from .. import look
from ..footer import Footer
from ..labels import ElidedLabel
from ..parts import Note, link
from ..words import count_words, size_words
from .dataset_words import DOT, egms_level
from .egms_wishes import EgmsWishes
from .form_parts import Body
from .hit_list import HitList
from .hit_model import HitModel
from .thumbnails import Start


class EgmsForm(QWidget):
    """Searches only while it is on screen; whoever listens searches and answers.

    start: runs work(stop, progress) beside the GUI, then done(result) or failed(error).
    """

    search_requested = pyqtSignal(dict)
    """"level", and "release" unless the newest with files will do."""
    footprints_changed = pyqtSignal(list)
    """(Hit, chosen, under the pointer) of every row; [] when they are to disappear."""
    item_added = pyqtSignal(object)
    order_requested = pyqtSignal(list)

    def __init__(self, start: Start, parent: Optional[QWidget] = None) -> None:
        super().__init__(parent)
        self._start = start
        self._dataset: Optional[Dataset] = None
        self._area: Optional[Area] = None
        self._page = ""
        self._asked: Optional[Tuple[Any, ...]] = None
        self._state = "new"
        self._hovered = ""
        self.wishes = EgmsWishes()
        self.model = HitModel(self)
        self.list = HitList(self.model)
        self.note = Note()
        self.title = ElidedLabel()
        self.title.setFont(look.bold(self.title.font()))
        self.both = link(self.tr("Select both orbits"))
        self.inside = QCheckBox(self.tr("Keep only points inside the area"))
        self.inside.setChecked(True)
        self.footer = Footer([self.tr("Get now"), self.tr("Add to cart")])
        self._lay_out()
        self._connect()
        self._show()

    def set_dataset(self, dataset: Dataset, page: str) -> None:
        """Offer the archive for a dataset, which names the level to begin with."""
        self._dataset, self._page = dataset, page
        self.wishes.set_level(egms_level(dataset))

    def set_area(self, area: Optional[Area]) -> None:
        """Follow the area."""
        self._area = area
        self.search_if_needed()

    def set_releases(self, releases: Sequence[str]) -> None:
        """Offer the releases that the archive has, the newest first."""
        self.wishes.set_releases(releases)

    def set_hits(self, hits: Sequence[Hit]) -> None:
        """Show what the archive found for the search asked for last."""
        area, asked = self._area, self._asked
        if area is None or self._state != "busy":
            return

        def work(stop: Stop, _progress: Progress) -> Tuple[List[Covered], Collection[str]]:
            files = covered(hits, area, stop)
            return files, enough(files, area)

        def done(result: Tuple[List[Covered], Collection[str]]) -> None:
            if asked == self._asked:
                self._show_files(*result)

        self._start(work, done, lambda _error: None)

    def set_error(self, sentence: str) -> None:
        """Say why the search failed."""
        self._state = "failed"
        self.model.set_files([], ())
        self._show()
        self.note.show_note("error", sentence, [self.tr("Try again")])

    def set_on_disk(self, names: Collection[str]) -> None:
        """Say which files of the archive are on disk, by file name."""
        self.model.set_on_disk(names)

    def search_if_needed(self) -> None:
        """Ask for a search if the form is on screen and wants another one than last time."""
        if not self.isVisible():
            return
        if self._area is None:
            self._asked, self._state = None, "new"
            self.model.set_files([], ())
            self._show()
            return
        wishes = self.wishes.search()
        asked = (self._area, *sorted(wishes.items()))
        if asked != self._asked:
            self._search(asked, wishes)

    def item(self) -> CartItem:
        """Return what the form asks for."""
        dataset, hits = self._dataset, self.model.ticked
        if dataset is None or not hits:
            raise ValueError("no files are chosen")
        release = hits[0].release
        words = self.wishes.levels[hits[0].level].button.text()
        return CartItem(
            "egms", dataset.uid, dataset.title, self._area,
            collection_title=f"{words}, {release.replace('-', '–')}",
            files=tuple(hit.to_json() for hit in hits), clip=self.inside.isChecked(),
            size=sum(hit.size for hit in self._to_load()), citation=dataset.citation,
            extra={"level": hits[0].level, "release": release, "version": release,
                   "page": self._page})

    def showEvent(self, event: Any) -> None:
        """Search, and show the footprints again."""
        super().showEvent(event)
        self.search_if_needed()
        self._tell_footprints()

    def hideEvent(self, event: Any) -> None:
        """Take the footprints off the map."""
        super().hideEvent(event)
        self.footprints_changed.emit([])

    def select_enough(self) -> None:
        """Tick the few files that cover the area in each direction."""
        if self._area is not None:
            self.model.tick(enough(self.model.shown, self._area))

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.addWidget(self.title, 1)
        head.addWidget(self.both)
        body = Body()
        body.column.addWidget(self.wishes)
        body.column.addLayout(head)
        for widget in (self.list, self.note, self.inside):
            body.column.addWidget(widget)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(body, 1)
        layout.addWidget(self.footer)

    def _connect(self) -> None:
        self.wishes.search_changed.connect(self.search_if_needed)
        self.wishes.filter_changed.connect(self._filter)
        self.model.ticked_changed.connect(self._choice_changed)
        self.list.hovered.connect(self._set_hovered)
        self.both.clicked.connect(self.select_enough)
        self.inside.toggled.connect(lambda _on: self._show())
        self.note.activated.connect(self._note_activated)
        get, add = self.footer.buttons
        get.clicked.connect(lambda: self.order_requested.emit([self.item()]))
        add.clicked.connect(lambda: self.item_added.emit(self.item()))

    def _search(self, asked: Tuple[Any, ...], wishes: dict[str, str]) -> None:
        self._asked, self._state = asked, "busy"
        self.model.set_files([], ())
        self.note.clear()
        self._show()
        self.search_requested.emit(wishes)

    def _show_files(self, files: Sequence[Covered], ticked: Collection[str]) -> None:
        self._state = "found"
        self.wishes.set_found([one.hit for one in files])
        self.model.set_filter(self.wishes.passes)
        self.model.set_files(files, ticked)
        if not files:
            several = self.wishes.release.currentData()
            self.note.show_note(
                "info", self.tr("No EGMS files here. The area lies over sea or outside the "
                                "measured land."),
                [self.tr("Search all releases")] if several else [])
        self._show()

    def _note_activated(self, _number: int) -> None:
        if self._state == "failed":
            self._asked = None
            self.search_if_needed()
        else:
            self.wishes.release.setCurrentIndex(0)

    def _filter(self) -> None:
        self.model.set_filter(self.wishes.passes)
        self._show()

    def _choice_changed(self) -> None:
        self._show()
        self._tell_footprints()

    def _set_hovered(self, index: QModelIndex) -> None:
        row = index.row() if index.isValid() else -1
        shown = self.model.shown
        name = shown[row].hit.filename if 0 <= row < len(shown) else ""
        if name != self._hovered:
            self._hovered = name
            self._tell_footprints()

    def _tell_footprints(self) -> None:
        if self.isVisible():
            self.footprints_changed.emit([
                (one.hit, self.model.is_ticked(one.hit), one.hit.filename == self._hovered)
                for one in self.model.shown])

    def _to_load(self) -> List[Hit]:
        return [hit for hit in self.model.ticked if not self.model.is_on_disk(hit)]

    def _show(self) -> None:
        """Show title, list and footer for the state of the moment."""
        count = len(self.model.shown)
        self.title.setText({
            "new": self.tr("Choose an area first") if self._area is None else "",
            "busy": self.tr("Searching the archive…"), "failed": self.tr("No files"),
        }.get(self._state, self._count_words(count)))
        self.title.setVisible(bool(self.title.text()))
        self.list.setVisible(count > 0)
        self.list.fit()
        self.both.setVisible(count > 1 and self.wishes.level != "L3")
        self.inside.setVisible(count > 0)
        chosen = self.model.ticked
        for button in self.footer.buttons:
            button.setEnabled(bool(chosen))
        self.footer.set_texts(*self._footer_words(chosen))

    def _count_words(self, count: int) -> str:
        if not self.model.files:
            return ""
        if count == 1:
            return self.tr("1 file touches your area")
        return self.tr("{count} files touch your area").format(count=count)

    def _footer_words(self, chosen: Sequence[Hit]) -> Tuple[str, str]:
        if not chosen:
            reason = self.tr("Choose an area first") if self._area is None else \
                self.tr("Choose a file first") if self.model.shown else ""
            return self.tr("No files chosen"), reason
        load = self._to_load()
        count = len(chosen)
        size = size_words(sum(hit.size for hit in load))
        files = self.tr("1 file, {size} to load") if count == 1 \
            else self.tr("{count} files, {size} to load")
        return files.format(count=count, size=size), self._hint_words(count, count - len(load))

    def _hint_words(self, count: int, on_disk: int) -> str:
        points = _rounded(about_points(self.model.ticked))
        amount = self.tr("up to {points} points") if self.inside.isChecked() \
            else self.tr("about {points} points")
        disk = ""
        if on_disk == count:
            disk = self.tr("on disk") if count == 1 else self.tr("all are on disk")
        elif on_disk == 1:
            disk = self.tr("1 of {count} is on disk").format(count=count)
        elif on_disk:
            disk = self.tr("{some} of {count} are on disk").format(some=on_disk, count=count)
        return DOT.join(filter(None, (disk, amount.format(points=points))))


def _rounded(points: int) -> str:
    """Return a number with two significant digits and narrow spaces: "23 000"."""
    digits = max(0, len(str(points)) - 2)
    return count_words(round(points, -digits))
