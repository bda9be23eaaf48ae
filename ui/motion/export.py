"""Save the chart as a picture or a drawing, and the series as a table."""

from __future__ import annotations

from pathlib import Path
from typing import Any, List, Sequence

from qgis.PyQt.QtCore import QBuffer, QByteArray, QCoreApplication, QIODevice, QSize
from qgis.PyQt.QtGui import QColor, QFont, QFontMetrics, QImage, QPainter, QPalette

from ...core.export.conventions import credits_of
from ...core.export.csv_export import write_series
from ...core.export.svg_chart import svg
from ...core.files import write_whole
from .. import look
from . import facts, words
from .colours import series_colour
from .shown import Shown


def export(
    kind: str, path: Path, chart: Any, shown: Sequence[Shown], title: str
) -> None:
    """Write what is visible to a file: "png" from the chart, "svg" and "csv" from the series.

    Raise DiskFull if it cannot be written; a file of that name is then as it was.
    """
    rows = [row for row in shown if row.visible]
    series = [row.series for row in rows]
    if kind == "png":
        write_whole(path, _png(chart, rows, title))
    elif kind == "svg":
        write_whole(path, _svg(rows, title).encode("utf-8"))
    else:
        write_series(path, series)


def _svg(rows: Sequence[Shown], title: str) -> str:
    """Return the drawing in the colours for a light background: its own is white."""
    paper = QPalette(QColor("white"))
    return svg(
        [row.series for row in rows], title=title, fits=[row.fit for row in rows],
        names=[row.name for row in rows],
        colours=[series_colour(row.series.direction, row.shade, paper).name() for row in rows],
        label=words.axis_labels([row.series.direction for row in rows])[0])


def _png(chart: Any, rows: Sequence[Shown], title: str) -> bytes:
    content = QByteArray()
    buffer = QBuffer(content)
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    captioned(chart.image(), title, _lines(rows), chart.colours(), chart.font()).save(
        buffer, "PNG")
    buffer.close()
    return bytes(content)


def _lines(rows: Sequence[Shown]) -> List[str]:
    """Return what stands below the picture: the series, what is drawn, the credits."""
    series = [" · ".join(dict.fromkeys((
        row.name, str(row.series.attributes.get("pid", row.name)), facts.velocity(row))))
        for row in rows]
    note = QCoreApplication.translate(
        "MotionExport", "Line: trend. Band: 95 % of the trend. ±: one standard deviation.")
    return series + [note] + credits_of([row.series for row in rows])


def captioned(
    image: QImage, title: str, lines: Sequence[str], palette: QPalette, font: QFont
) -> QImage:
    """Return a picture with a bold title above it and lines of text below it."""
    scale = image.devicePixelRatio()
    unit, height = look.unit(font), QFontMetrics(font).height()
    above, below = height + 2 * unit, len(lines) * height + 2 * unit
    size = QSize(image.width(), image.height() + round((above + below) * scale))
    whole = QImage(size, QImage.Format.Format_RGB32)
    whole.setDevicePixelRatio(scale)
    whole.fill(palette.color(QPalette.ColorRole.Base))
    painter = QPainter(whole)
    painter.drawImage(0, above, image)
    painter.setPen(palette.color(QPalette.ColorRole.Text))
    painter.setFont(look.bold(font))
    baseline = QFontMetrics(font).ascent() + unit
    painter.drawText(2 * unit, baseline, title)
    painter.setFont(font)
    painter.setPen(look.secondary(palette))
    top = above + round(image.height() / scale)
    for number, line in enumerate(lines):
        painter.drawText(2 * unit, top + baseline + number * height, line)
    painter.end()
    return whole
