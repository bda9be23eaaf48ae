"""About: what a dataset is, in one screen."""

from __future__ import annotations

from typing import Optional, Sequence

from qgis.PyQt.QtCore import QPoint, QSize, Qt, pyqtSignal
from qgis.PyQt.QtGui import QGuiApplication
from qgis.PyQt.QtWidgets import QHBoxLayout, QToolButton, QToolTip, QVBoxLayout, QWidget

from ...core.aoi.area import Area
from ...core.clms.bibtex import bibtex
from ...core.clms.coverage import intersects
from ...core.clms.formats import LABELS
from ...core.clms.models import Dataset
from ...core.clms.values import text, texts
from .. import look
from ..icons import theme_icon
from ..labels import NoteLabel
from ..parts import Line, link, section
from . import dataset_words as words
from .flow_layout import FlowLayout
from .form_parts import Body, Box, Facts, clear

MOST_RELATIVES = 6
"""Datasets of the same family that are named; the rest is in the list."""


class AboutForm(Body):
    """Description, facts, citation, other datasets of the same product."""

    dataset_requested = pyqtSignal(str)
    """The key of another dataset of the family."""
    family_requested = pyqtSignal(str, str)
    """Component and product, to show them in the list."""

    def __init__(self, parent: Optional[QWidget] = None) -> None:
        super().__init__(parent)
        self._dataset: Optional[Dataset] = None
        self._page = ""

    def set_dataset(
        self, dataset: Dataset, family: Sequence[Dataset], area: Optional[Area], page: str
    ) -> None:
        """Show a dataset. family: all of its product. page: its address on the web."""
        self._dataset, self._page = dataset, page
        clear(self.column)
        if dataset.description:
            description = NoteLabel(dataset.description, "text")
            self.column.addWidget(description)
        self.column.addLayout(self._facts(dataset, area))
        self._add_citation(dataset)
        others = [other for other in family if words.key(other) != words.key(dataset)]
        if others:
            self._add_family(dataset, others)

    def copy_citation(self) -> None:
        """Put the citation on the clipboard."""
        if self._dataset is not None:
            QGuiApplication.clipboard().setText(self._dataset.citation)

    def copy_bibtex(self) -> None:
        """Put the BibTeX entry on the clipboard."""
        if self._dataset is not None:
            QGuiApplication.clipboard().setText(bibtex(self._dataset, self._page))

    def _facts(self, dataset: Dataset, area: Optional[Area]) -> Facts:
        facts = Facts()
        formats = [collection.format for collection in dataset.collections]
        formats += [value for file in dataset.files for label, value in file.columns
                    if label.lower() == "format"]
        rhythm = words.rhythm(dataset)
        for label, value in (
            (self.tr("Coverage"), self._coverage(dataset, area)),
            (self.tr("Years"), self._years(dataset)),
            (self.tr("Update rhythm"), rhythm[:1].upper() + rhythm[1:]),
            (self.tr("Resolution"), words.form(dataset)),
            (self.tr("Formats"), ", ".join(
                dict.fromkeys(LABELS.get(token, token) for token in formats if token))),
            (self.tr("Projection"), dataset.projection),
            (self.tr("Version"), words.version(dataset)),
            (self.tr("Product"), dataset.product),
            (self.tr("Licence"), self.tr("Free, full and open. Name the source.")),
        ):
            facts.add_fact(label, value)
        return facts

    def _coverage(self, dataset: Dataset, area: Optional[Area]) -> str:
        raw = dataset.raw if isinstance(dataset.raw, dict) else {}
        told = text(raw.get("characteristics_spatial_coverage"))
        coverage = told or ", ".join(texts(raw.get("geographicCoverage")))
        if area is None or not dataset.boxes or intersects(area.bbox, dataset.boxes):
            return coverage
        return self.tr("{coverage}; does not reach {area}").format(
            coverage=coverage, area=area.name)

    def _years(self, dataset: Dataset) -> str:
        shown = words.years(dataset)
        start, end = dataset.start[:4], dataset.end[:4]
        if shown.isdigit() and start and end and start != end:
            return self.tr("{year} (images {start}–{end})").format(
                year=shown, start=start, end=end)
        return shown

    def _add_citation(self, dataset: Dataset) -> None:
        if not dataset.citation:
            return
        unit = look.unit(self.font())
        box = Box()
        inside = QVBoxLayout(box)
        inside.setContentsMargins(2 * unit, 2 * unit, 2 * unit, unit)
        inside.addWidget(NoteLabel(_breakable(dataset.citation), "text"))
        buttons = QHBoxLayout()
        for words_, copy in ((self.tr("Copy citation"), self.copy_citation),
                             (self.tr("Copy BibTeX"), self.copy_bibtex)):
            button = QToolButton()
            button.setText(words_)
            button.setIcon(theme_icon("mActionEditCopy"))
            button.setIconSize(QSize(4 * unit, 4 * unit))
            button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
            button.setAutoRaise(True)
            button.clicked.connect(copy)
            button.clicked.connect(lambda _checked, b=button: self._say_copied(b))
            buttons.addWidget(button)
        buttons.addStretch()
        inside.addLayout(buttons)
        for widget in (Line(), section(self.tr("Citation")), box):
            self.column.addWidget(widget)

    def _say_copied(self, button: QToolButton) -> None:
        place = button.mapToGlobal(QPoint(0, button.height()))
        QToolTip.showText(place, self.tr("Copied"), button)

    def _add_family(self, dataset: Dataset, others: Sequence[Dataset]) -> None:
        self.column.addWidget(section(self.tr("In the same family")))
        row = QWidget()
        flow = FlowLayout(row, 3 * look.unit(self.font()))
        for other in others[:MOST_RELATIVES]:
            button = link(_short(words.name_of(other), words.name_of(dataset)))
            button.setToolTip(other.title)
            button.clicked.connect(
                lambda _checked, key=words.key(other): self.dataset_requested.emit(key))
            flow.addWidget(button)
        if len(others) > MOST_RELATIVES:
            button = link(self.tr("all {count}").format(count=len(others) + 1))
            button.clicked.connect(
                lambda: self.family_requested.emit(dataset.component, dataset.product))
            flow.addWidget(button)
        self.column.addWidget(row)


def _breakable(text: str) -> str:
    """Return a text whose long addresses may be broken: a space without width after / and -."""
    return text.replace("/", "/\u200b").replace("-", "-\u200b")


def _short(name: str, beside: str) -> str:
    """Return what a name has that another one has not: "2012" beside "CORINE Land Cover 2018"."""
    mine, theirs = name.split(), beside.split()
    same = 0
    while same < min(len(mine) - 1, len(theirs)) and mine[same] == theirs[same]:
        same += 1
    return " ".join(mine[same:]) if same > 1 else name
