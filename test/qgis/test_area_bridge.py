"""Areas come from QGIS's own things, stay with the project, and are remembered."""

import json

import pytest
from clms_explorer.core.aoi.area import Area
from clms_explorer.core.errors import AreaError, Cancelled
from clms_explorer.ui.qgis_bridge.area_from_qgis import (
    area_from_corners,
    area_from_features,
    area_from_layer_extent,
    area_from_map_view,
    area_from_rectangle,
    qgis_geometry,
)
from clms_explorer.ui.qgis_bridge.project import read_area, write_area
from clms_explorer.ui.qgis_bridge.recent_areas import RecentAreas
from qgis.core import (
    QgsCoordinateReferenceSystem,
    QgsCoordinateTransform,
    QgsFeature,
    QgsGeometry,
    QgsPointXY,
    QgsRectangle,
    QgsSettings,
    QgsVectorLayer,
)
from shapely.geometry import MultiPolygon, Point, Polygon, box

LAEA = QgsCoordinateReferenceSystem("EPSG:3035")
DEGREES = QgsCoordinateReferenceSystem("EPSG:4326")
BOX = Area.from_bbox(13, 38, 14, 39, "Box")


def layer_of(*texts, crs="EPSG:4326"):
    layer = QgsVectorLayer(f"Polygon?crs={crs}", "Municipalities", "memory")
    features = []
    for text in texts:
        feature = QgsFeature()
        feature.setGeometry(QgsGeometry.fromWkt(text))
        features.append(feature)
    layer.dataProvider().addFeatures(features)
    layer.updateExtents()
    return layer


@pytest.fixture
def no_recent(qgis_app):
    QgsSettings().remove("clms_explorer/recent_areas")
    yield
    QgsSettings().remove("clms_explorer/recent_areas")


def test_a_rectangle_agrees_with_qgis(qgis_project):
    rectangle = QgsRectangle(4_300_000, 3_200_000, 4_400_000, 3_300_000)
    area = area_from_rectangle(rectangle, LAEA, "Box")
    to_degrees = QgsCoordinateTransform(LAEA, DEGREES, qgis_project)
    corner = to_degrees.transform(QgsPointXY(4_400_000, 3_300_000))
    assert area.geometry.distance(Point(corner.x(), corner.y())) < 1e-9
    assert area.km2 == pytest.approx(10_000, rel=1e-5)


def test_a_system_without_a_number_works_too(qgis_app):
    own = QgsCoordinateReferenceSystem.fromProj("+proj=laea +lat_0=45 +lon_0=7 +datum=WGS84")
    area = area_from_rectangle(QgsRectangle(-1000, -1000, 1000, 1000), own, "Own")
    assert area.geometry.centroid.distance(Point(7, 45)) < 1e-5


def test_a_map_view_of_everything_is_the_world(qgis_app):
    view = area_from_map_view(QgsRectangle(-300, -150, 300, 150), DEGREES, "Map view")
    assert view.bbox == (-180, -90, 180, 90) and view.kind == "view"


def test_the_extent_of_a_layer_in_its_own_system(qgis_app):
    layer = layer_of("Polygon ((600000 4150000, 650000 4150000, 650000 4200000, 600000 4150000))",
                     crs="EPSG:32626")
    area = area_from_layer_extent(layer)
    assert (area.name, area.kind) == ("Municipalities", "layer")
    assert area.km2 == pytest.approx(2500, rel=1e-2)


def test_a_layer_with_nothing_in_it_is_no_area(qgis_app):
    with pytest.raises(AreaError) as caught:
        area_from_layer_extent(layer_of())
    assert caught.value.reason == "empty"


def test_a_layer_without_a_system_is_said_so(qgis_app):
    layer = layer_of("Polygon ((0 0, 1 0, 1 1, 0 0))")
    layer.setCrs(QgsCoordinateReferenceSystem())
    with pytest.raises(AreaError) as caught:
        area_from_layer_extent(layer)
    assert caught.value.reason == "crs"


def test_selected_features_become_one_area(qgis_app):
    layer = layer_of("Polygon ((0 0, 2 0, 2 2, 0 2, 0 0))", "Polygon ((1 0, 3 0, 3 2, 1 2, 1 0))",
                     "Polygon ((9 9, 10 9, 10 10, 9 9))")
    layer.selectByIds([1, 2])
    area = area_from_features(layer.getSelectedFeatures(), layer.crs(), "Selection")
    assert area.geometry.equals(box(0, 0, 3, 2))


@pytest.mark.parametrize(("text", "reason"), [
    ("Point (1 2)", "point"), ("LineString (1 2, 3 4)", "line"),
    ("Polygon EMPTY", "empty"), ("MultiPoint ((1 1), (2 2))", "point"),
])
def test_features_that_are_no_surface_say_why(qgis_app, text, reason):
    feature = QgsFeature()
    feature.setGeometry(QgsGeometry.fromWkt(text))
    with pytest.raises(AreaError) as caught:
        area_from_features([feature], DEGREES, "Selection")
    assert caught.value.reason == reason


def test_features_without_geometry_are_empty(qgis_app):
    with pytest.raises(AreaError) as caught:
        area_from_features([QgsFeature()], DEGREES, "Selection")
    assert caught.value.reason == "empty"


@pytest.mark.parametrize("text", [
    "CurvePolygon (CircularString (0 0, 1 1, 2 0, 1 -1, 0 0))",
    "PolygonZM ((0 0 5 1, 2 0 5 1, 2 2 5 1, 0 0 5 1))",
    "MultiSurface (Polygon ((0 0, 2 0, 2 2, 0 0)))",
    "MultiPolygonZ (((0 0 1, 2 0 1, 2 2 1, 0 0 1)))",
])
def test_arcs_heights_and_measures_are_understood(qgis_app, text):
    feature = QgsFeature()
    feature.setGeometry(QgsGeometry.fromWkt(text))
    area = area_from_features([feature], DEGREES, "Selection")
    assert 1.9 < area.geometry.area < 3.2 and not area.geometry.has_z


def test_collecting_features_can_be_stopped(qgis_app):
    layer = layer_of("Polygon ((0 0, 2 0, 2 2, 0 0))")
    with pytest.raises(Cancelled):
        area_from_features(layer.getFeatures(), layer.crs(), "X", "layer", lambda: True)


def test_corners_become_a_polygon(qgis_app):
    corners = [QgsPointXY(0, 0), QgsPointXY(2, 0), QgsPointXY(1, 2)]
    assert area_from_corners(corners, DEGREES, "Polygon").geometry.area == pytest.approx(2)


def test_an_area_goes_back_to_qgis_as_it_is():
    ring = Area("Ring", "polygon", MultiPolygon([
        Polygon(box(0, 0, 4, 4).exterior, [box(1, 1, 2, 2).exterior]), box(5, 5, 6, 6)]))
    assert qgis_geometry(ring.geometry).area() == pytest.approx(ring.geometry.area)


def test_an_area_stays_with_the_project(qgis_project, tmp_path):
    write_area(qgis_project, BOX)
    assert qgis_project.isDirty()
    path = str(tmp_path / "with area.qgz")
    qgis_project.write(path)
    qgis_project.clear()
    assert read_area(qgis_project) is None
    qgis_project.read(path)
    assert read_area(qgis_project) == BOX
    write_area(qgis_project, None)
    assert read_area(qgis_project) is None


@pytest.mark.parametrize("text", ["{", "[]", "null", '{"type": "Feature"}', "12"])
def test_a_damaged_area_in_the_project_is_no_area(qgis_project, text):
    qgis_project.writeEntry("clms_explorer", "/area", text)
    assert read_area(qgis_project) is None


def test_recent_areas_are_remembered_newest_first(no_recent):
    torino = Area("Torino", "nuts", box(6.6, 44.7, 8.2, 45.6), "ITC11")
    for area in (BOX, torino, BOX):
        RecentAreas().add(area)
    newest, older = RecentAreas().entries()
    assert newest.area == BOX
    assert (older.name, older.code, older.area) == ("Torino", "ITC11", None)


def test_ten_recent_areas_are_enough(no_recent):
    for number in range(12):
        RecentAreas().add(Area.from_bbox(number, 0, number + 1, 1, f"Box {number}"))
    names = [entry.name for entry in RecentAreas().entries()]
    assert names == [f"Box {number}" for number in range(11, 1, -1)]


def test_a_huge_outline_is_not_put_into_the_settings(no_recent):
    circle = Point(10, 50).buffer(1, 2000)
    RecentAreas().add(Area("Circle", "polygon", circle))
    assert RecentAreas().entries() == []


@pytest.mark.parametrize("text", [
    "{", "null", "7", '{"a": 1}', "[1, null, {}]", '[{"name": 1}]', '[{"geometry": null}]',
])
def test_damaged_settings_are_no_recent_areas(no_recent, text):
    QgsSettings().setValue("clms_explorer/recent_areas", text)
    assert RecentAreas().entries() == []
    RecentAreas().add(BOX)
    assert len(json.loads(QgsSettings().value("clms_explorer/recent_areas"))) == 1
