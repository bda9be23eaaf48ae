"""Save the chart as a picture or a drawing, and the series as a table."""

from __future__ import annotations

from pathlib import Path
from typing import Any, Sequence

from qgis.PyQt.QtCore import QBuffer, QByteArray, QIODevice
from qgis.PyQt.QtGui import QColor, QPalette

from ...core.export.csv_export import write_series
from ...core.export.svg_chart import svg
from ...core.files import write_whole
from . import words
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
        write_whole(path, _png(chart))
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


def _png(chart: Any) -> bytes:
    content = QByteArray()
    buffer = QBuffer(content)
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    chart.image().save(buffer, "PNG")
    buffer.close()
    return bytes(content)
