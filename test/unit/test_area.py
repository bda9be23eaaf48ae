"""An area knows its box, its true surface and the side of longitude 180 it lies on."""

import json
import math

import pytest
from clms_explorer.core.aoi.area import Area
from clms_explorer.core.aoi.split import boxes, sides
from clms_explorer.core.errors import AreaError
from pyproj import Geod, Transformer
from shapely.geometry import LineString, MultiPolygon, Point, Polygon, box
from shapely.ops import unary_union

FIJI = Area("Fiji", "polygon", MultiPolygon([box(177, -19, 180, -16), box(-180, -18, -178, -16)]))


def test_the_surface_of_a_small_area_is_that_of_the_geodesic_polygon():
    triangle = Polygon([(-25.8, 37.7), (-25.4, 37.7), (-25.6, 37.9)])
    expected = abs(Geod(ellps="GRS80").geometry_area_perimeter(triangle)[0]) / 1e6
    assert Area("T", "polygon", triangle).km2 == pytest.approx(expected, rel=1e-4)


def test_the_surface_of_a_wide_box_follows_the_parallels():
    to_equal_area = Transformer.from_crs(
        "+proj=longlat +ellps=GRS80", "+proj=cea +ellps=GRS80", always_xy=True)
    (left, right), (low, high) = to_equal_area.transform([0, 60], [40, 60])
    assert Area.from_bbox(0, 40, 60, 60).km2 == pytest.approx(
        (right - left) * (high - low) / 1e6, rel=1e-9)


def test_the_surface_of_the_world_is_that_of_the_ellipsoid():
    assert Area.from_bbox(-180, -90, 180, 90).km2 == pytest.approx(510_065_621.7, abs=1)


def test_holes_do_not_count():
    ring = Polygon(box(0, 0, 2, 2).exterior, [box(0.5, 0.5, 1.5, 1.5).exterior])
    whole, hole = Area.from_bbox(0, 0, 2, 2), Area.from_bbox(0.5, 0.5, 1.5, 1.5)
    assert Area("Ring", "polygon", ring).km2 == pytest.approx(whole.km2 - hole.km2)


def test_the_portal_wants_west_north_east_south():
    assert Area.from_bbox(2.35, 45.88, 4.64, 46.85).portal_box() == [2.35, 46.85, 4.64, 45.88]


def test_the_portals_box_never_cuts_the_area():
    third = Polygon([(1 / 3, 1 / 3), (2 / 3, 1 / 3), (1 / 3, 2 / 3)])
    assert Area("T", "polygon", third).portal_box() == [0.333333, 0.666667, 0.666667, 0.333333]


@pytest.mark.parametrize(("values", "reason"), [
    ((3, 45, 2, 46), "invalid"), ((2, 46, 3, 45), "invalid"), ((2, 45, 2, 46), "invalid"),
    ((2, 45, 3, 91), "range"), ((-181, 45, 3, 46), "range"), ((math.nan, 45, 3, 46), "invalid"),
])
def test_boxes_that_the_portal_would_oddly_accept_are_refused(values, reason):
    with pytest.raises(AreaError) as caught:
        Area.from_bbox(*values)
    assert caught.value.reason == reason


@pytest.mark.parametrize("shape", [Point(1, 2), LineString([(1, 2), (3, 4)]), Polygon()])
def test_an_area_is_a_surface(shape):
    with pytest.raises(AreaError):
        Area("No area", "polygon", shape)


def test_an_area_survives_json():
    area = Area("São Miguel", "nuts", box(-25.9, 37.7, -25.1, 37.9), "PT200")
    assert Area.from_json(json.loads(json.dumps(area.to_json()))) == area


@pytest.mark.parametrize("broken", [
    None, [], {}, {"properties": {}, "geometry": {}}, {"properties": None, "geometry": None},
    {"properties": {"name": "A", "kind": "box"}, "geometry": {"type": "Point",
                                                              "coordinates": [1, 2]}},
    {"properties": {"name": "A", "kind": "cave"}, "geometry": {
        "type": "Polygon", "coordinates": [[[0, 0], [1, 0], [1, 1], [0, 0]]]}},
    {"properties": {"name": "A", "kind": "box"}, "geometry": {
        "type": "Polygon", "coordinates": [[[0, 0], [2, 2], [2, 0], [0, 2], [0, 0]]]}},
    {"properties": {"name": "A", "kind": "box"}, "geometry": {
        "type": "Polygon", "coordinates": [[[0, 0], [1]]]}},
    {"properties": {"name": "A", "kind": "box"}, "geometry": {
        "type": "Polygon", "coordinates": [[[0, 0], [900, 0], [900, 1], [0, 0]]]}},
])
def test_json_that_is_no_area_is_refused(broken):
    with pytest.raises(AreaError):
        Area.from_json(broken)


def test_an_area_across_longitude_180_has_no_box_but_two_sides():
    assert FIJI.crosses_antimeridian
    with pytest.raises(AreaError) as caught:
        FIJI.portal_box()
    assert caught.value.reason == "antimeridian"
    assert [side.portal_box() for side in sides(FIJI)] == [
        [177, -16, 180, -19], [-180, -16, -178, -18]]
    assert {side.name for side in sides(FIJI)} == {"Fiji"}


@pytest.mark.parametrize("area", [
    Area.from_bbox(-180, -90, 180, 90), Area.from_bbox(10, 50, 11, 51),
    Area("South", "polygon", MultiPolygon([box(-180, -90, 180, -70), box(-70, -69, -60, -65)])),
])
def test_other_areas_have_one_side(area):
    assert sides(area) == [area]


def test_a_large_area_is_covered_by_boxes_of_the_allowed_size():
    italy_like = Area("Boot", "polygon", Polygon([(7, 44), (13, 47), (18, 40), (15, 37)]))
    found = boxes(italy_like, 5)
    assert all(east - west <= 5 and north - south <= 5 for west, south, east, north in found)
    covered = unary_union([box(*one) for one in found])
    assert covered.buffer(1e-9).contains(italy_like.geometry)


def test_boxes_leave_out_the_sea_between_two_islands():
    islands = Area("Two", "polygon", MultiPolygon([box(0, 0, 1, 1), box(40, 20, 41, 21)]))
    assert sorted(boxes(islands, 5)) == [(0, 0, 1, 1), (40, 20, 41, 21)]


def test_boxes_across_longitude_180_stay_on_their_side():
    assert {west < 0 for west, _south, _east, _north in boxes(FIJI, 5)} == {True, False}
    assert all(east - west <= 3 for west, _south, east, _north in boxes(FIJI, 5))


def test_a_small_area_is_its_own_box():
    assert boxes(Area.from_bbox(10, 50, 11, 51), 5) == [(10, 50, 11, 51)]
