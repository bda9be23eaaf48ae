"""A print layout of the map: title, map, legend, scale bar, north arrow, date, area, credits."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Callable, Optional, Sequence

from qgis.core import (
    QgsLayoutExporter,
    QgsLayoutItem,
    QgsLayoutItemLabel,
    QgsLayoutItemMap,
    QgsLayoutItemPicture,
    QgsLayoutItemScaleBar,
    QgsLayoutMeasurement,
    QgsLayoutPoint,
    QgsLayoutSize,
    QgsPrintLayout,
    QgsProject,
    QgsRectangle,
    QgsUnitTypes,
)
from qgis.PyQt.QtCore import QCoreApplication, QDate, QLocale, QSize, Qt
from qgis.PyQt.QtGui import QColor, QImage

from ...core.clms.titles import split
from ...core.errors import DiskFull, FileBroken
from ..compat import alive
from .classes_in_view import is_ours
from .layout_legend import add_legend
from .letters import set_letters
from .legend_picture import MM_PER_PIXEL, as_path
from .project import read_area
from .sheet import (
    CREDIT_POINTS,
    GAP,
    MARGIN,
    PANEL_HEAD,
    STRIP,
    Box,
    Panel,
    Sheet,
    Survey,
    View,
    view_of,
    visible_layers,
)
from .tasks import TaskRunner

MM = QgsUnitTypes.LayoutUnit.LayoutMillimeters
_ARROW = ":/images/north_arrows/layout_default_north_arrow.svg"
_GREY = QColor(85, 85, 85)
_SMALLEST = 6.0  # points, of a title that is too long for its line


def title_of(view: View) -> str:
    """Return a title for a view: the name of its topmost layer of ours, else of any layer."""
    ours = [layer for layer in view.layers if is_ours(layer)]
    for layer in ours or view.layers[:1]:
        return split(layer.metadata().title() or layer.name()).name
    return _tr("Map")


def make_layout(
    project: QgsProject, views: Sequence[View], title: str = "", area: Optional[str] = None,
    page: str = "A4 landscape", sheet: Optional[Sheet] = None,
) -> QgsPrintLayout:
    """Return a page with one map per view, not yet in the project's layout manager.

    area: its name for the line under the title; None = the area of the project.
    sheet: of a Survey of the same views and page, if it was made in a task. Main thread.
    """
    sheet = sheet or Survey(views, page, project.transformContext()).plan()
    layout = QgsPrintLayout(project)
    layout.initializeDefaults()
    layout.setName(title or title_of(views[0]))
    layout.pageCollection().page(0).setPageSize(QgsLayoutSize(sheet.width, sheet.height, MM))
    _head(layout, sheet, layout.name(), _area_name(project) if area is None else area)
    for view, panel in zip(views, sheet.panels):
        _panel(layout, view, panel)
    _credits(layout, sheet)
    return layout


def start_layout(
    runner: TaskRunner, project: QgsProject, extent: QgsRectangle,
    done: Callable[[QgsPrintLayout], None], failed: Callable[[BaseException], None],
    page: str = "A4 landscape",
) -> None:
    """Make a layout of the visible layers, reading their data beside the window.

    extent: in the project's coordinate system. done gets a layout that the project keeps.
    """
    view = view_of(project, visible_layers(project), extent)
    survey = Survey([view], page, project.transformContext())

    def finish(sheet: Sheet) -> None:
        if all(map(alive, view.layers)):
            done(keep_layout(project, make_layout(project, [view], page=page, sheet=sheet)))

    runner.start(_tr("Prepare the map layout"), lambda stop, _progress: survey.plan(stop), finish,
                 failed)


def keep_layout(project: QgsProject, layout: QgsPrintLayout) -> QgsPrintLayout:
    """Give a layout to the project's layout manager, under a name that is free."""
    manager = project.layoutManager()
    name, number = layout.name(), 1
    while manager.layoutByName(layout.name()) is not None:
        number += 1
        layout.setName(f"{name} ({number})")
    manager.addLayout(layout)
    return layout


def export_layout(layout: QgsPrintLayout, target: Path, dpi: float = 300.0) -> None:
    """Write a layout as PDF or as a picture, as the file's ending says.

    Whole or not at all. Raise DiskFull if it cannot be written, FileBroken("empty") if the page
    has too many pixels to be drawn.
    """
    part = target.with_name(f"{target.stem}.part{target.suffix}")
    exporter = QgsLayoutExporter(layout)
    if target.suffix.lower() == ".pdf":
        settings = QgsLayoutExporter.PdfExportSettings()
        settings.dpi = dpi
        done = exporter.exportToPdf(str(part), settings) == QgsLayoutExporter.ExportResult.Success
    else:
        picture = exporter.renderPageToImage(0, QSize(), dpi)
        if picture.isNull():
            raise FileBroken("empty", name=target.name)
        done = picture.save(str(part))
    if not done:
        part.unlink(missing_ok=True)
        raise DiskFull("denied", folder=str(target.parent))
    os.replace(part, target)


def _head(layout: QgsPrintLayout, sheet: Sheet, title: str, area: str) -> None:
    width = sheet.width - 2 * MARGIN
    _label(layout, title, Box(MARGIN, MARGIN - 2, width, 8), 16, bold=True, name="title")
    day = QLocale().toString(QDate.currentDate(), QLocale.FormatType.LongFormat)
    line = " · ".join(part for part in (area, day) if part)
    _label(layout, line, Box(MARGIN, MARGIN + 6.5, width, 6), 9, colour=_GREY, name="facts")


def _panel(layout: QgsPrintLayout, view: View, panel: Panel) -> None:
    if view.title:
        head = Box(panel.whole.left, panel.whole.top, panel.whole.width, PANEL_HEAD)
        _label(layout, view.title, head, 11, bold=True, name="map title")
    page_map = _map(layout, view, panel)
    strip = Box(panel.map.left, panel.map.top + panel.map.height + 1.5, panel.map.width, STRIP)
    _north_arrow(layout, page_map, strip)
    _scale_bar(layout, page_map, strip)
    words = Box(strip.left + strip.width / 2, strip.top, strip.width / 2 - 9, 6)
    _label(layout, _tr("1 : {scale} · {system}").format(
        scale=QLocale().toString(round(page_map.scale())), system=view.crs.authid()),
        words, 7, colour=_GREY, name="scale", right=True)
    _legend(layout, view, panel, page_map)


def _legend(
    layout: QgsPrintLayout, view: View, panel: Panel, page_map: QgsLayoutItemMap
) -> None:
    """Add the legend of what we know the classes of, and below it the pictures of services."""
    left, top, width, height = panel.legend
    drawn = [item for item in panel.shown if item.picture is not None]
    known = [(view.layers[item.number], item.classes)
             for item in panel.shown if item.picture is None]
    if known:
        room = height * 0.5 if drawn else height
        legend = add_legend(layout, known, width, room)
        legend.setLinkedMap(page_map)
        legend.setId("legend")
        legend.attemptMove(QgsLayoutPoint(left, top, MM))
        used = legend.sizeWithUnits().height() + GAP
        top, height = top + used, height - used
    for number, item in enumerate(drawn):
        each = width / len(drawn)
        box = Box(left + number * each, top, each - GAP / 2, height)
        _legend_picture(layout, view.layers[item.number].name(), item.picture, box)


def _legend_picture(layout: QgsPrintLayout, name: str, picture: QImage, box: Box) -> None:
    """Add the picture of a legend with its name, in its own size or as large as fits."""
    _label(layout, name, Box(box.left, box.top, box.width, 5), 8, bold=True, name="legend title")
    room = box.height - 5
    wanted = (picture.width() * MM_PER_PIXEL, picture.height() * MM_PER_PIXEL)
    share = min(1.0, box.width / wanted[0], room / wanted[1])
    item = QgsLayoutItemPicture(layout)
    item.setId("legend picture")
    item.setPicturePath(as_path(picture), QgsLayoutItemPicture.Format.FormatRaster)
    layout.addLayoutItem(item)
    _place(item, Box(box.left, box.top + 5, wanted[0] * share, wanted[1] * share))


def _map(layout: QgsPrintLayout, view: View, panel: Panel) -> QgsLayoutItemMap:
    item = QgsLayoutItemMap(layout)
    item.setId("map")
    layout.addLayoutItem(item)
    _place(item, panel.map)
    item.setCrs(view.crs)
    item.setLayers(list(view.layers))
    item.setKeepLayerSet(True)
    item.setExtent(panel.extent)
    item.setFrameEnabled(True)
    item.setFrameStrokeWidth(QgsLayoutMeasurement(0.2, MM))
    return item


def _scale_bar(layout: QgsPrintLayout, page_map: QgsLayoutItemMap, strip: Box) -> None:
    item = QgsLayoutItemScaleBar(layout)
    item.setId("scale bar")
    item.setStyle("Line Ticks Up")
    item.setLinkedMap(page_map)
    item.applyDefaultSize(item.guessUnits())
    item.setNumberOfSegments(2)
    item.setNumberOfSegmentsLeft(0)
    item.setHeight(1.5)
    item.setBoxContentSpace(0.5)
    format_ = item.textFormat()
    format_.setSize(7)
    item.setTextFormat(format_)
    layout.addLayoutItem(item)
    item.attemptMove(QgsLayoutPoint(strip.left, strip.top, MM))
    item.update()


def _north_arrow(layout: QgsPrintLayout, page_map: QgsLayoutItemMap, strip: Box) -> None:
    """Add an arrow to true north: in a European grid the top of the map is not north."""
    item = QgsLayoutItemPicture(layout)
    item.setId("north arrow")
    item.setPicturePath(_ARROW)
    layout.addLayoutItem(item)
    _place(item, Box(strip.left + strip.width - 7, strip.top, 7, 8))
    item.setLinkedMap(page_map)
    item.setNorthMode(QgsLayoutItemPicture.NorthMode.TrueNorth)


def _credits(layout: QgsPrintLayout, sheet: Sheet) -> None:
    _label(layout, "\n".join(sheet.credits), sheet.credit_box, CREDIT_POINTS, colour=_GREY,
           name="credits")


def _label(
    layout: QgsPrintLayout, text: str, box: Box, points: float, bold: bool = False,
    colour: Optional[QColor] = None, name: str = "", right: bool = False,
) -> None:
    item = QgsLayoutItemLabel(layout)
    item.setId(name)
    item.setText(text)
    item.setMarginX(0)
    item.setMarginY(0)
    item.setHAlign(Qt.AlignmentFlag.AlignRight if right else Qt.AlignmentFlag.AlignLeft)
    set_letters(item, points, bold, colour or QColor("black"))
    while bold and item.sizeForText().width() > 0.96 * box.width and points > _SMALLEST:
        points -= 0.5
        set_letters(item, points, bold, colour or QColor("black"))
    layout.addLayoutItem(item)
    _place(item, box)


def _place(item: QgsLayoutItem, box: Box) -> None:
    item.attemptMove(QgsLayoutPoint(box.left, box.top, MM))
    item.attemptResize(QgsLayoutSize(box.width, box.height, MM))


def _area_name(project: QgsProject) -> str:
    area = read_area(project)
    return area.name if area else ""


def _tr(text: str) -> str:
    return QCoreApplication.translate("Layouts", text)
