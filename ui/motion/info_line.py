"""The figures as one line, for a dock that is too narrow for the column."""

from __future__ import annotations

from html import escape
from typing import Optional

from qgis.PyQt.QtCore import QEvent, Qt
from qgis.PyQt.QtWidgets import QHBoxLayout, QLabel, QToolButton, QWidget

from .. import look
from . import facts
from .colours import series_colour
from .series_model import SeriesModel


class InfoLine(QWidget):
    """The velocity of each series of the current place, and a button for the rest."""

    def __init__(self, model: SeriesModel, parent: Optional[QWidget] = None) -> None:
        super().__init__(parent)
        self._model = model
        unit = look.unit(self.font())
        self._label = QLabel()
        self._label.setWordWrap(True)
        self.details = QToolButton()
        self.details.setText(self.tr("Details"))
        self.details.setToolTip(self.tr("Show all figures instead of the chart"))
        self.details.setCheckable(True)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(2 * unit, unit, 2 * unit, unit)
        layout.addWidget(self._label, 1)
        layout.addWidget(self.details, 0, Qt.AlignmentFlag.AlignTop)
        model.changed.connect(self.refresh)

    def refresh(self) -> None:
        """Show what the model holds."""
        parts = []
        for row in self._model.current:
            colour = series_colour(row.series.direction, row.shade, self.palette()).name()
            words = f"{escape(row.series.name)} <b>{escape(facts.velocity(row))}</b>"
            # a line may break between series, not inside one
            parts.append(f'<span style="color:{colour}">●</span>&nbsp;'
                         + words.replace(" ", "&nbsp;").replace("<b>&nbsp;", "<b>"))
        self._label.setText(" &nbsp; ".join(parts))

    def changeEvent(self, event: QEvent) -> None:
        """Follow the palette."""
        super().changeEvent(event)
        if event.type() in (QEvent.Type.PaletteChange, QEvent.Type.StyleChange):
            self.refresh()
