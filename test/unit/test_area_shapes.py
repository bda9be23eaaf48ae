"""Shapes of any kind and coordinate system become areas, or a clear reason why not."""

import math

import numpy as np
import pytest
from clms_explorer.core.aoi.shapes import (
    area_from_bounds,
    area_from_geojson,
    area_from_geometry,
    area_from_points,
    area_from_view,
    area_from_wkb,
)
from clms_explorer.core.errors import AreaError
from pyproj import Transformer
from shapely import wkb
from shapely.geometry import GeometryCollection, LineString, MultiPolygon, Point, Polygon, box


def reason(call, *arguments):
    with pytest.raises(AreaError) as caught:
        call(*arguments)
    return caught.value.reason


def test_edges_stay_straight_in_their_own_system():
    """A square of 1000 km in EPSG:3035 is an equal-area square: exactly a million km²."""
    area = area_from_bounds((4e6, 2e6, 5e6, 3e6), "EPSG:3035", "Square")
    assert area.km2 == pytest.approx(1_000_000, rel=1e-6)
    back = Transformer.from_crs("EPSG:4326", "EPSG:3035", always_xy=True)
    x, y = np.array(back.transform(*np.asarray(area.geometry.exterior.coords).T))
    off = np.minimum.reduce([abs(x - 4e6), abs(x - 5e6), abs(y - 2e6), abs(y - 3e6)])
    assert off.max() < 0.01                          # every point lies on the drawn outline
    middles = np.asarray(area.geometry.exterior.coords)
    middles = (middles[1:] + middles[:-1]) / 2
    x, y = np.array(back.transform(*middles.T))
    off = np.minimum.reduce([abs(x - 4e6), abs(x - 5e6), abs(y - 2e6), abs(y - 3e6)])
    assert off.max() < 3                             # and so do the edges between them


def test_a_box_in_web_mercator_stays_a_plain_box():
    area = area_from_bounds((1e6, 5e6, 1.1e6, 5.1e6), "EPSG:3857", "Box")
    assert area.is_box
    assert len(area.geometry.exterior.coords) == 5


def test_x_is_the_easting_whatever_the_register_says():
    area = area_from_bounds((4321000, 3210000, 4322000, 3211000), "EPSG:3035", "Origin")
    assert area.bbox[:2] == pytest.approx((10, 52), abs=1e-4)


def test_a_box_across_longitude_180_is_cut_there():
    area = area_from_bounds((170, -20, -170, -10), "EPSG:4326", "Pacific")
    assert area.geometry.equals(MultiPolygon([box(170, -20, 180, -10), box(-180, -20, -170, -10)]))


@pytest.mark.parametrize("points", [
    [(179, -17), (-179, -17), (-179, -18), (179, -18)],        # drawn the short way
    [(179, -17), (181, -17), (181, -18), (179, -18)],          # longitudes that go on
    [(-181, -17), (-179, -17), (-179, -18), (-181, -18)],
])
def test_a_polygon_across_longitude_180_is_cut_there(points):
    area = area_from_points(points, "EPSG:4326", "Taveuni")
    assert area.geometry.equals(MultiPolygon([box(179, -18, 180, -17), box(-180, -18, -179, -17)]))


def test_a_projected_box_across_longitude_180_is_cut_there():
    area = area_from_bounds((1e6, 4.7e6, 2.5e6, 6.3e6), "EPSG:2193", "New Zealand")
    west = [part for part in area.polygons if part.bounds[0] < 0]
    assert west and area.crosses_antimeridian
    assert all(part.bounds[2] < -170 for part in west)


def test_a_map_moved_on_beyond_180_means_the_same_place():
    assert area_from_bounds((190, 0, 200, 10), "EPSG:4326", "East").bbox == (-170, 0, -160, 10)


def test_a_polygon_round_a_pole_includes_it():
    area = area_from_bounds((-2e6, -2e6, 2e6, 2e6), "EPSG:3413", "Arctic")
    assert area.geometry.contains(Point(0, 89.9)) and area.geometry.contains(Point(120, 89.9))
    assert area.bbox[3] == 90


def test_a_wide_box_is_not_taken_for_a_crossing():
    world = area_from_bounds((-180, -90, 180, 90), "EPSG:4326", "World")
    assert world.geometry.equals(box(-180, -90, 180, 90))
    assert area_from_bounds((-120, 0, 120, 10), "EPSG:4326", "Wide").bbox == (-120, 0, 120, 10)


def test_a_bow_tie_is_repaired():
    area = area_from_points([(0, 0), (2, 2), (2, 0), (0, 2)], "EPSG:4326", "Bow tie")
    assert area.geometry.is_valid
    assert area.geometry.area == pytest.approx(2)


def test_parts_that_overlap_count_once():
    parts = [wkb.dumps(box(0, 0, 2, 2)), wkb.dumps(box(1, 0, 3, 2))]
    assert area_from_wkb(parts, "EPSG:4326", "Two").geometry.equals(box(0, 0, 3, 2))


def test_heights_are_left_out():
    tent = Polygon([(0, 0, 5), (1, 0, 5), (1, 1, 9), (0, 0, 5)])
    assert not area_from_wkb([wkb.dumps(tent)], "EPSG:4326", "Tent").geometry.has_z


def test_lines_beside_a_polygon_are_left_out():
    mixed = GeometryCollection([Point(9, 9), LineString([(5, 5), (6, 6)]), box(0, 0, 1, 1)])
    assert area_from_geometry(mixed, "EPSG:4326", "Mixed").bbox == (0, 0, 1, 1)


def test_holes_stay_holes():
    ring = Polygon(box(0, 0, 4e5, 4e5).exterior, [box(1e5, 1e5, 2e5, 2e5).exterior])
    area = area_from_geometry(ring, "EPSG:3857", "Ring")
    assert len(area.geometry.interiors) == 1


@pytest.mark.parametrize(("data", "expected"), [
    ({"type": "Point", "coordinates": [1, 2]}, "point"),
    ({"type": "MultiPoint", "coordinates": [[1, 2], [2, 3]]}, "point"),
    ({"type": "LineString", "coordinates": [[1, 2], [3, 4]]}, "line"),
    ({"type": "FeatureCollection", "features": []}, "empty"),
    ({"type": "Feature", "geometry": None}, "empty"),
    ({"type": "Polygon", "coordinates": []}, "empty"),
    ({"type": "GeometryCollection", "geometries": [
        {"type": "LineString", "coordinates": [[0, 0], [1, 1]]}]}, "line"),
    ({"type": "Polygon", "coordinates": [[[0, 0], [1, 1], [2, 2], [0, 0]]]}, "line"),
    ({"type": "Polygon", "coordinates": [[[1, 1], [1, 1], [1, 1], [1, 1]]]}, "point"),
    ({"type": "Polygon", "coordinates": [[[0, 0], [1, 95], [2, 0], [0, 0]]]}, "range"),
    ({"type": "Polygon", "coordinates": [[[5e5, 4e6], [6e5, 4e6], [6e5, 5e6], [5e5, 4e6]]]},
     "range"),
    ({"type": "Polygon", "coordinates": [[["a", "b"], [1, 2], [3, 4], ["a", "b"]]]}, "invalid"),
    ({"type": "Polygon", "coordinates": [[[1, 2], [3, 4]]]}, "invalid"),
    ({"type": "Polygon", "coordinates": [[1, 2]]}, "invalid"),
    ({"type": "Polygon", "coordinates": "abc"}, "invalid"),
    ({"type": "Cave"}, "invalid"),
    ({"features": []}, "invalid"),
    ([], "invalid"),
    (None, "invalid"),
])
def test_what_is_no_surface_says_why(data, expected):
    assert reason(area_from_geojson, data, "Broken") == expected


def test_numbers_must_be_numbers():
    assert reason(area_from_points, [(0, 0), (1, 0), (math.nan, 1)], "EPSG:4326", "X") == "invalid"
    assert reason(area_from_bounds, (0, 0, math.inf, 1), "EPSG:3035", "X") == "invalid"


def test_one_or_two_points_are_no_polygon():
    assert reason(area_from_points, [], "EPSG:4326", "X") == "empty"
    assert reason(area_from_points, [(1, 1)], "EPSG:4326", "X") == "point"
    assert reason(area_from_points, [(1, 1), (2, 2)], "EPSG:4326", "X") == "line"


def test_an_inverted_or_flat_box_is_refused():
    assert reason(area_from_bounds, (5e6, 2e6, 4e6, 3e6), "EPSG:3035", "X") == "invalid"
    assert reason(area_from_bounds, (0, 5, 1, 4), "EPSG:4326", "X") == "invalid"
    assert reason(area_from_bounds, (0, 4, 0, 5), "EPSG:4326", "X") == "line"


@pytest.mark.parametrize("crs", ["EPSG:99999", "", "no system"])
def test_an_unknown_system_is_said_so(crs):
    assert reason(area_from_bounds, (0, 0, 1, 1), crs, "X") == "crs"


def test_bytes_that_are_no_geometry_are_refused():
    assert reason(area_from_wkb, [b"abc"], "EPSG:4326", "X") == "invalid"
    assert reason(area_from_wkb, [], "EPSG:4326", "X") == "empty"


def test_a_projected_shape_outside_the_systems_world_is_refused():
    assert reason(area_from_bounds, (9e7, 9e7, 9.1e7, 9.1e7), "EPSG:3035", "X") == "range"


def test_a_view_of_more_than_the_world_is_the_world():
    view = area_from_view((-250, -130, 250, 130), "EPSG:4326", "Map view")
    assert view.bbox == (-180, -90, 180, 90)
    mercator = area_from_view((-3e7, -3e7, 3e7, 3e7), "EPSG:3857", "Map view")
    assert mercator.bbox[0] == -180 and mercator.bbox[2] == 180 and mercator.bbox[3] > 88


@pytest.mark.parametrize("crs", ["EPSG:3035", "EPSG:32626"])
def test_a_view_beyond_a_projections_reach_is_the_box_of_what_can_be_seen(crs):
    view = area_from_view((-1e7, -1e7, 2e7, 2e7), crs, "Map view")
    assert view.is_box and view.kind == "view"
    assert view.geometry.contains(box(-30, 30, 40, 75))


def test_a_usual_view_is_its_outline():
    view = area_from_view((600000, 4150000, 650000, 4200000), "EPSG:32626", "Map view")
    assert view.km2 == pytest.approx(2500, rel=1e-2)


def test_a_view_of_nothing_is_refused():
    assert reason(area_from_view, (9e8, 9e8, 9.1e8, 9.1e8), "EPSG:3035", "X") == "range"
    assert reason(area_from_view, (0, 95, 10, 99), "EPSG:4326", "X") == "range"
