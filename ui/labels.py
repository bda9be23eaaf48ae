"""Labels in the ranks of design/README.md section 2 that follow the theme.

They paint their text themselves: a theme's style sheet would overrule a palette set from here.
"""

from __future__ import annotations

from typing import Optional

from qgis.PyQt.QtCore import QRectF, QSize, Qt
from qgis.PyQt.QtGui import QColor, QPainter, QPaintEvent, QPalette, QTextOption
from qgis.PyQt.QtWidgets import QLabel, QSizePolicy, QWidget

from . import look


class RankLabel(QLabel):
    """Plain text in the colour of its rank.

    rank: "text", "secondary", or a role of look.role() such as "error".
    """

    def __init__(
        self, text: str = "", rank: str = "text", parent: Optional[QWidget] = None
    ) -> None:
        super().__init__(text, parent)
        self._rank = rank
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setIndent(0)  # a theme that gives labels a border would move their text

    def set_rank(self, rank: str) -> None:
        """Show the text in the colour of another rank."""
        self._rank = rank
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the text."""
        painter = QPainter(self)
        painter.setPen(self.colour())
        option = QTextOption(self.alignment())
        option.setWrapMode(
            QTextOption.WrapMode.WordWrap if self.wordWrap() else QTextOption.WrapMode.NoWrap)
        painter.drawText(QRectF(self.contentsRect()), self.shown_text(), option)

    def shown_text(self) -> str:
        """Return what is drawn."""
        return self.text()

    def colour(self) -> QColor:
        """Return the colour of the text in the theme of the moment."""
        palette = self.palette()
        if self._rank == "text":
            return palette.color(QPalette.ColorRole.WindowText)
        if self._rank == "secondary":
            return look.secondary(palette, QPalette.ColorRole.Window)
        return look.role(self._rank, palette)


class ElidedLabel(RankLabel):
    """One line, cut at its end with "…" where it does not fit; the tool tip then holds it all."""

    def __init__(
        self, text: str = "", rank: str = "text", parent: Optional[QWidget] = None
    ) -> None:
        super().__init__(text, rank, parent)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)

    def minimumSizeHint(self) -> QSize:
        """Return the size of a few letters."""
        return QSize(self.fontMetrics().horizontalAdvance("x" * 4), super().sizeHint().height())

    def shown_text(self) -> str:
        """Return the text as far as it fits."""
        shown = self.fontMetrics().elidedText(
            self.text(), Qt.TextElideMode.ElideRight, self.contentsRect().width())
        self.setToolTip(self.text() if shown != self.text() else "")
        return shown


class NoteLabel(RankLabel):
    """Text that wraps: hints, and what went well or wrong."""

    def __init__(
        self, text: str = "", rank: str = "secondary", parent: Optional[QWidget] = None
    ) -> None:
        super().__init__(text, rank, parent)
        self.setWordWrap(True)

    def set_note(self, text: str, rank: str = "secondary") -> None:
        """Show a text in a rank."""
        self.setText(text)
        self.set_rank(rank)
