"""The information column: the verdict in words, then the figures side by side."""

from __future__ import annotations

from html import escape
from typing import Dict, List, Optional, Sequence, Tuple

from qgis.PyQt.QtCore import QEvent, Qt
from qgis.PyQt.QtGui import QTextDocumentFragment
from qgis.PyQt.QtWidgets import QFrame, QGridLayout, QLabel, QScrollArea, QVBoxLayout, QWidget

from .. import look
from ..labels import NoteLabel, RankLabel
from ..parts import Line
from . import facts
from .colours import series_colour
from .series_list import SeriesList
from .series_model import SeriesModel
from .shown import Shown
from .verdict import verdict

_BEHIND_ALL = 20
_LEAST_COLUMNS = 2  # the sentences need their room also beside one series
_NO_LIMIT = 16777215
_WIDEST = "−88.88 ± 88.88 mm/yr²"


class InfoPanel(QScrollArea):
    """What the series of the current place say; below, the list of all series if there are more.

    The labels are made once and filled again, so that it follows the pointer.
    """

    def __init__(self, model: SeriesModel, parent: Optional[QWidget] = None) -> None:
        super().__init__(parent)
        self._model = model
        self._unit = look.unit(self.font())
        self._most, self._fill = 2, False
        self._body = QWidget()
        self._headline, self._detail = NoteLabel(rank="text"), NoteLabel()
        self._grid = QGridLayout()
        self._cells: Dict[Tuple[int, int], QLabel] = {}
        self.series_list = SeriesList(model)
        self._build()
        model.changed.connect(self.refresh)

    @property
    def headline(self) -> str:
        """Return the verdict."""
        return self._headline.text()

    @property
    def detail(self) -> str:
        """Return what stands below the verdict."""
        return self._detail.text()

    def figures(self) -> Dict[str, List[str]]:
        """Return the visible figures as plain text, by the name of their row."""
        rows: Dict[str, List[str]] = {}
        for (line, column), label in sorted(self._cells.items()):
            if line and column and not label.isHidden():
                plain = QTextDocumentFragment.fromHtml(label.text()).toPlainText()
                rows.setdefault(self._cells[line, 0].text(), []).append(plain)
        return rows

    def set_room(self, width: int, fill: bool) -> None:
        """Use at most so many pixels, or exactly so many if `fill`; more series need more."""
        most = max(1, (width - self._width(0)) // self.column_width(self))
        if (most, fill) != (self._most, self._fill):
            self._most, self._fill = most, fill
            self.refresh()

    def refresh(self) -> None:
        """Show what the model holds."""
        rows = self._model.current[:self._most]
        found = verdict(self._model.current)
        self._headline.setText(found.headline)
        self._headline.setToolTip(found.tip)
        self._detail.setText(found.detail)
        self._fill_grid(rows)
        several = len(self._model.shown) > len(rows)
        self.series_list.setVisible(several)
        if several:
            height = self.series_list.sizeHintForRow(0) * (len(self._model.shown) + 2)
            self.series_list.setFixedHeight(height)
        self.setMinimumWidth(0 if self._fill else self._width(max(_LEAST_COLUMNS, len(rows))))
        self.setMaximumWidth(_NO_LIMIT if self._fill else self.minimumWidth())

    def changeEvent(self, event: QEvent) -> None:
        """Follow the palette."""
        super().changeEvent(event)
        if event.type() in (QEvent.Type.PaletteChange, QEvent.Type.StyleChange):
            self.refresh()

    @staticmethod
    def column_width(widget: QWidget) -> int:
        """Return the width of one series, in the font of a widget."""
        return widget.fontMetrics().horizontalAdvance(_WIDEST) + 2 * look.unit(widget.font())

    # --- inside

    def _build(self) -> None:
        unit = self._unit
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setAccessibleName(self.tr("What the motion history says"))
        self._headline.setFont(look.bold(self.font()))
        self._grid.setHorizontalSpacing(3 * unit)
        self._grid.setVerticalSpacing(unit // 2)
        self._grid.setColumnStretch(_BEHIND_ALL, 1)
        layout = QVBoxLayout(self._body)
        layout.setContentsMargins(3 * unit, 2 * unit, 2 * unit, 2 * unit)
        layout.setSpacing(unit)
        for widget in (self._headline, self._detail):
            layout.addWidget(widget)
        layout.addSpacing(unit)
        layout.addWidget(Line())
        layout.addLayout(self._grid)
        layout.addSpacing(unit)
        layout.addWidget(self.series_list)
        layout.addStretch()
        self.setWidget(self._body)

    def _fill_grid(self, rows: Sequence[Shown]) -> None:
        columns = [facts.facts(row) for row in rows]
        labels = facts.labels()
        used = [key for key in labels if any(key in column for column in columns)]
        self._hide_rest(len(used), len(rows))
        for number, row in enumerate(rows, start=1):
            colour = series_colour(row.series.direction, row.shade, self.palette()).name()
            self._set_cell(0, number, f'<span style="color:{colour}">●</span> '
                           f"<b>{escape(row.series.name)}</b>")
        for line, key in enumerate(used, start=1):
            self._set_cell(line, 0, labels[key])
            for number, column in enumerate(columns, start=1):
                fact = column.get(key)
                self._set_cell(line, number, fact.text if fact else "–", fact.tip if fact else "")

    def _hide_rest(self, lines: int, columns: int) -> None:
        for (line, column), label in self._cells.items():
            label.setVisible(line <= lines and column <= columns)

    def _set_cell(self, line: int, column: int, text: str, tip: str = "") -> None:
        label = self._cells.get((line, column))
        if label is None:
            label = QLabel() if column else RankLabel(rank="secondary")
            if column:
                label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
            self._cells[line, column] = label
            self._grid.addWidget(label, line, column)
        if label.text() != text:
            label.setText(text)
        label.setToolTip(tip)

    def _width(self, columns: int) -> int:
        labels = max(self.fontMetrics().horizontalAdvance(t) for t in facts.labels().values())
        bar = self.verticalScrollBar().sizeHint().width()
        return labels + columns * self.column_width(self) + 8 * self._unit + bar
