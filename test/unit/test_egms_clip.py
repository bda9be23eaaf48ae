"""Which points lie in an area: the quick way must find what shapely finds."""

from __future__ import annotations

import math

import numpy as np
import pytest
from pyproj import Transformer
from shapely.geometry import MultiPolygon, Point, Polygon, box
from shapely.prepared import prep

from clms_explorer.core.aoi.area import Area
from clms_explorer.core.egms.clip import Clip
from clms_explorer.core.egms.grid import to_laea
from clms_explorer.core.errors import AreaError


def star(points, x, y, size):
    """Return a jagged outline, as coasts are."""
    random = np.random.default_rng(points)
    angles = np.linspace(0, 2 * math.pi, points, endpoint=False)
    radii = size * (0.4 + 0.6 * random.random(points))
    return Polygon(np.column_stack([x + radii * np.cos(angles), y + radii * np.sin(angles)]))


def area(geometry):
    return Area("Test", "polygon", geometry)


SHAPES = {
    "triangle": Polygon([(12, 38), (14, 38.2), (13, 39)]),
    "box": box(12, 38, 14, 39),
    "with holes": Polygon(
        box(12, 38, 14, 39).exterior.coords,
        [box(12.2, 38.2, 12.8, 38.8).exterior.coords, star(50, 13.5, 38.5, 0.3).exterior.coords]),
    "islands": MultiPolygon([star(30, 12.3, 38.3, 0.3), star(9, 13.3, 38.7, 0.3), box(
        12.9, 38.05, 12.95, 38.9)]),
    "coast": star(6000, 13, 38.5, 0.7),
    "sliver": Polygon([(12, 38.5), (14, 38.5001), (14, 38.5002)]),
}


@pytest.mark.parametrize("name", SHAPES)
def test_the_same_points_as_shapely(name):
    shape = to_laea(SHAPES[name])
    west, south, east, north = shape.bounds
    random = np.random.default_rng(1)
    x = random.uniform(west - 5_000, east + 5_000, 20_000)
    y = random.uniform(south - 5_000, north + 5_000, 20_000)
    holds = prep(shape).contains
    truth = np.array([holds(Point(place)) for place in zip(x, y)])

    found = Clip(area(SHAPES[name])).inside(x, y)
    assert found.dtype == np.bool_
    assert (found == truth).all()
    assert truth.any() and not truth.all()


def test_rays_through_corners_count_once():
    change = Transformer.from_crs(4326, 3035, always_xy=True)
    diamond = Polygon([(12, 38.5), (13, 38), (14, 38.5), (13, 39)])
    clip = Clip(area(diamond))
    corners_y = np.array(change.transform([12, 13, 14, 13], [38.5, 38, 38.5, 39])[1])
    x, y = change.transform(13.0, 38.5)
    for level in (*corners_y, y):
        inside = clip.inside(np.array([x - 300_000, x + 300_000]), np.array([level, level]))
        assert inside.tolist() == [False, False]
    assert clip.inside(np.array([x]), np.array([y])).tolist() == [True]


def test_long_edges_follow_their_parallel():
    """The middle of a parallel bulges by kilometres in EPSG:3035."""
    clip = Clip(area(box(0, 50, 20, 52)))
    change = Transformer.from_crs(4326, 3035, always_xy=True)
    lon = np.linspace(0.5, 19.5, 100)
    for lat, wanted in ((50.001, True), (49.999, False), (51.999, True), (52.001, False)):
        x, y = change.transform(lon, np.full(100, lat))
        assert (clip.inside(np.asarray(x), np.asarray(y)) == wanted).all()


def test_no_points_and_points_far_away():
    clip = Clip(area(SHAPES["box"]))
    assert clip.inside(np.empty(0), np.empty(0)).tolist() == []
    assert clip.inside(np.array([0.0, 9e6]), np.array([0.0, 9e6])).tolist() == [False, False]


def test_an_area_that_egms_cannot_cover():
    with pytest.raises(AreaError) as caught:
        Clip(area(box(-170, -40, -160, -30)))
    assert caught.value.reason == "outside"
