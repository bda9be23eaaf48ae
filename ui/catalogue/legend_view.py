"""The legend of a dataset, before any of it is on the map."""

from __future__ import annotations

from typing import List, Optional, Tuple

from qgis.PyQt.QtCore import QRect, QSize
from qgis.PyQt.QtGui import QColor, QPainter, QPaintEvent, QPalette
from qgis.PyQt.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from ...core.clms.models import Dataset
from ...core.products.legend import Legend, LegendClass, read_legend
from ...core.products.of_dataset import product_of
from .. import look, painting
from ..parts import link, section

Row = Tuple[str, str, QColor]
"""Code, label, colour."""
FEW = 12
"""Classes that are shown before the user asks for all."""


class LegendView(QWidget):
    """Colour, code and label of each class; hidden for a dataset without a known legend."""

    def __init__(self, parent: Optional[QWidget] = None) -> None:
        super().__init__(parent)
        unit = look.unit(self.font())
        self._rows: List[Row] = []
        self.all = link("")
        self.all.clicked.connect(self.show_all)
        self.swatches = _Swatches()
        head = QHBoxLayout()
        self._title = section(self.tr("Legend"))
        head.addWidget(self._title)
        head.addStretch()
        head.addWidget(self.all)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(2 * unit)
        layout.addLayout(head)
        layout.addWidget(self.swatches)

    def set_dataset(self, dataset: Dataset) -> None:
        """Show the legend that the files of a dataset will have."""
        product = product_of(dataset)
        self._rows = _rows(read_legend(product.product)) if product is not None else []
        self.setVisible(bool(self._rows))
        self.all.setVisible(len(self._rows) > FEW)
        self.all.setText(self.tr("Show all {count}").format(count=len(self._rows)))
        self.swatches.set_rows(self._rows[:FEW])
        unit = read_legend(product.product).unit if product is not None else ""
        self._title.setText(
            self.tr("Legend ({unit})").format(unit=unit) if unit else self.tr("Legend"))

    def show_all(self) -> None:
        """Show every class."""
        self.all.hide()
        self.swatches.set_rows(self._rows)


class _Swatches(QLabel):
    """Paints the rows; a widget for each of 80 classes would be slow to make."""

    def __init__(self, parent: Optional[QWidget] = None) -> None:
        super().__init__("", parent)
        self.rows: List[Row] = []

    def set_rows(self, rows: List[Row]) -> None:
        self.rows = rows
        self.setMinimumHeight(self.sizeHint().height())
        self.setAccessibleName("\n".join(f"{code} {label}".strip() for code, label, _ in rows))
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        """Return the height of all rows."""
        return QSize(40 * look.unit(self.font()), len(self.rows) * self._row_height())

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw colour, code and label."""
        painter = QPainter(self)
        unit, height = look.unit(self.font()), self._row_height()
        text = self.palette().color(QPalette.ColorRole.WindowText)
        edge = look.line(self.palette(), QPalette.ColorRole.Window)
        codes = max((painting.width_of(code, self.font()) for code, _, _ in self.rows), default=0)
        left = 5 * unit + (codes + 2 * unit if codes else 0)
        for number, (code, label, colour) in enumerate(self.rows):
            top = number * height
            patch = QRect(0, top + (height - 3 * unit) // 2, 4 * unit, 3 * unit)
            painter.fillRect(patch, colour)
            painter.setPen(edge)
            painter.drawRect(patch.adjusted(0, 0, -1, -1))
            painting.draw_text(
                painter, QRect(5 * unit, top, codes + 1, height), code, self.font(), text)
            painting.draw_text(
                painter, QRect(left, top, self.width() - left, height), label, self.font(), text)

    def _row_height(self) -> int:
        return self.fontMetrics().height() + look.unit(self.font()) // 2


def _rows(legend: Legend) -> List[Row]:
    if legend.kind == "categorical":
        return [(_code(row), row.label, QColor(*row.colour)) for row in legend.classes()]
    return [("", row.label or f"{row.value:g}", QColor(*row.colour)) for row in legend.rows]


def _code(row: LegendClass) -> str:
    return row.code or ("" if row.value != row.value else f"{row.value:g}")
