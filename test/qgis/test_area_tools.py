"""A box and a polygon are drawn with the mouse; the map gets its former tool back."""

import pytest
from clms_explorer.core.aoi.area import Area
from clms_explorer.ui.aoi.map_tools import BoxTool, PolygonTool
from clms_explorer.ui.aoi.rubber_band import AreaBand
from qgis.core import QgsCoordinateReferenceSystem, QgsRectangle
from qgis.gui import QgsMapCanvas, QgsMapToolPan, QgsRubberBand
from qgis.PyQt.QtCore import QPoint, Qt
from qgis.PyQt.QtTest import QTest
from shapely.geometry import Point

LEFT, RIGHT = Qt.MouseButton.LeftButton, Qt.MouseButton.RightButton


@pytest.fixture
def canvas(qgis_app):
    """Return a map of 400 × 200 pixels that shows 40 × 20 degrees."""
    shown = QgsMapCanvas()
    shown.setDestinationCrs(QgsCoordinateReferenceSystem("EPSG:4326"))
    shown.resize(400, 200)
    shown.show()
    qgis_app.processEvents()
    shown.setExtent(QgsRectangle(0, 40, 40, 60))
    pan = QgsMapToolPan(shown)
    shown.setMapTool(pan)
    shown.former = pan
    yield shown
    shown.deleteLater()
    qgis_app.processEvents()


class Hand:
    """Uses the mouse and the keyboard over the map."""

    def __init__(self, canvas):
        self.canvas = canvas
        self.target = canvas.viewport()

    def place(self, lon, lat):
        pixel = self.canvas.getCoordinateTransform().transform(lon, lat)
        return QPoint(round(pixel.x()), round(pixel.y()))

    def click(self, lon, lat, button=LEFT):
        QTest.mouseClick(self.target, button, Qt.KeyboardModifier.NoModifier,
                         self.place(lon, lat))

    def double_click(self, lon, lat):
        """Send what Qt sends for a true double click: press, release, double click, release."""
        self.click(lon, lat)
        QTest.mouseDClick(self.target, LEFT, Qt.KeyboardModifier.NoModifier, self.place(lon, lat))
        QTest.mouseRelease(self.target, LEFT, Qt.KeyboardModifier.NoModifier, self.place(lon, lat))

    def drag(self, start, end):
        QTest.mousePress(self.target, LEFT, Qt.KeyboardModifier.NoModifier, self.place(*start))
        QTest.mouseMove(self.target, self.place(*end))
        QTest.mouseRelease(self.target, LEFT, Qt.KeyboardModifier.NoModifier, self.place(*end))

    def key(self, key):
        QTest.keyClick(self.canvas, key)


@pytest.fixture
def hand(canvas):
    return Hand(canvas)


def start(tool):
    """Put a tool in hand; return the lists of its shapes and of its ends."""
    shapes, ends = [], []
    tool.drawn.connect(shapes.append)
    tool.ended.connect(lambda: ends.append(True))
    tool.start()
    return shapes, ends


def near(point, lon, lat):
    return abs(point.x() - lon) < 0.2 and abs(point.y() - lat) < 0.2


def bands(canvas):
    return [item for item in canvas.scene().items() if isinstance(item, QgsRubberBand)]


def test_a_dragged_box(canvas, hand):
    tool = BoxTool(canvas)
    shapes, ends = start(tool)
    assert canvas.mapTool() is tool
    hand.drag((10, 45), (20, 50))
    box, = shapes
    assert near(QgsRectangle(box).center(), 15, 47.5) and abs(box.width() - 10) < 0.4
    assert canvas.mapTool() is canvas.former and ends == [True]


def test_a_box_can_be_dragged_in_any_direction(canvas, hand):
    shapes, _ends = start(BoxTool(canvas))
    hand.drag((20, 45), (10, 55))
    assert shapes[0].xMinimum() < shapes[0].xMaximum()
    assert shapes[0].yMinimum() < shapes[0].yMaximum()


def test_a_mere_click_is_no_box_and_the_tool_waits(canvas, hand):
    tool = BoxTool(canvas)
    shapes, _ends = start(tool)
    hand.click(10, 45)
    assert shapes == [] and canvas.mapTool() is tool


@pytest.mark.parametrize("tool_class", [BoxTool, PolygonTool])
def test_escape_stops(canvas, hand, tool_class):
    shapes, ends = start(tool_class(canvas))
    hand.click(10, 45)
    hand.key(Qt.Key.Key_Escape)
    assert canvas.mapTool() is canvas.former
    assert shapes == [] and ends == [True]


def test_a_polygon_ends_with_the_right_button(canvas, hand):
    shapes, _ends = start(PolygonTool(canvas))
    for place in ((10, 45), (20, 45), (15, 55)):
        hand.click(*place)
    hand.click(30, 58, RIGHT)
    corners, = shapes
    assert len(corners) == 3
    assert near(corners[0], 10, 45) and near(corners[2], 15, 55)
    assert canvas.mapTool() is canvas.former


def test_a_polygon_ends_with_a_double_click_that_adds_one_corner(canvas, hand):
    shapes, _ends = start(PolygonTool(canvas))
    hand.click(10, 45)
    hand.click(20, 45)
    hand.double_click(15, 55)
    assert len(shapes[0]) == 3 and near(shapes[0][2], 15, 55)
    assert canvas.mapTool() is canvas.former


@pytest.mark.parametrize("end", ["right", "double"])
def test_the_end_of_a_drawing_is_no_click_for_the_former_tool(canvas, hand, end):
    centre = canvas.center()                         # Pan moves the map at a click
    shapes, _ends = start(PolygonTool(canvas))
    hand.click(10, 45)
    hand.click(20, 45)
    if end == "double":
        hand.double_click(15, 55)
    else:
        hand.click(15, 55)
        hand.click(15, 55, RIGHT)
    assert shapes and canvas.center() == centre
    QTest.mouseRelease(hand.target, RIGHT, Qt.KeyboardModifier.NoModifier, hand.place(30, 50))
    assert canvas.mapTool() is canvas.former


def test_a_polygon_ends_with_enter(canvas, hand):
    shapes, _ends = start(PolygonTool(canvas))
    for place in ((10, 45), (20, 45), (15, 55)):
        hand.click(*place)
    hand.key(Qt.Key.Key_Return)
    assert len(shapes[0]) == 3


def test_backspace_takes_the_last_corner_back(canvas, hand):
    shapes, _ends = start(PolygonTool(canvas))
    for place in ((10, 45), (20, 45), (30, 58)):
        hand.click(*place)
    hand.key(Qt.Key.Key_Backspace)
    hand.click(15, 55)
    hand.click(15, 55, RIGHT)
    assert len(shapes[0]) == 3 and near(shapes[0][2], 15, 55)


def test_backspace_with_nothing_drawn_does_nothing(canvas, hand):
    tool = PolygonTool(canvas)
    start(tool)
    hand.key(Qt.Key.Key_Backspace)
    assert canvas.mapTool() is tool


def test_a_box_stops_with_the_right_button(canvas, hand):
    shapes, ends = start(BoxTool(canvas))
    hand.click(30, 50, RIGHT)
    assert shapes == [] and ends == [True] and canvas.mapTool() is canvas.former


def test_two_corners_are_not_enough(canvas, hand):
    tool = PolygonTool(canvas)
    shapes, _ends = start(tool)
    hand.click(10, 45)
    hand.click(20, 45)
    hand.click(20, 45, RIGHT)
    assert shapes == [] and canvas.mapTool() is tool
    hand.click(15, 55)
    hand.click(15, 55, RIGHT)
    assert len(shapes[0]) == 3


def test_another_tool_taken_in_hand_ends_the_drawing(canvas, hand):
    shapes, ends = start(PolygonTool(canvas))
    hand.click(10, 45)
    other = QgsMapToolPan(canvas)
    canvas.setMapTool(other)
    assert ends == [True] and shapes == []
    assert canvas.mapTool() is other


def test_a_second_drawing_begins_anew_and_keeps_the_first_way_back(canvas, hand):
    tool = PolygonTool(canvas)
    shapes, _ends = start(tool)
    hand.click(10, 45)
    tool.start()
    hand.click(5, 42)
    hand.click(20, 45)
    hand.click(15, 55)
    hand.click(15, 55, RIGHT)
    assert canvas.mapTool() is canvas.former


@pytest.mark.parametrize("tool_class", [BoxTool, PolygonTool])
def test_a_removed_tool_leaves_nothing_on_the_map(canvas, hand, tool_class):
    tool = tool_class(canvas)
    start(tool)
    hand.click(10, 45)
    tool.remove()
    assert bands(canvas) == [] and canvas.mapTool() is canvas.former


def test_the_outline_follows_the_area_and_the_map(canvas):
    shown = AreaBand(canvas)
    shown.show_area(Area.from_bbox(10, 45, 20, 50))
    band, = bands(canvas)
    assert band.asGeometry().boundingBox().width() == pytest.approx(10)
    canvas.setDestinationCrs(QgsCoordinateReferenceSystem("EPSG:3035"))
    box = band.asGeometry().boundingBox()
    assert box.width() > 500_000                     # metres now
    assert band.asGeometry().constGet().nCoordinates() > 50    # its edges are curved here
    shown.show_area(None)
    assert band.asGeometry().isEmpty()
    shown.remove()
    assert bands(canvas) == []
    canvas.setDestinationCrs(QgsCoordinateReferenceSystem("EPSG:4326"))


def test_an_outline_of_very_many_points_is_thinned_for_the_screen(canvas):
    shown = AreaBand(canvas)
    shown.show_area(Area("Circle", "polygon", Point(20, 50).buffer(5, 20_000)))
    band, = bands(canvas)
    assert 50 < band.asGeometry().constGet().nCoordinates() < 20_000
    shown.remove()
