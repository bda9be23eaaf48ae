"""Which EGMS files are enough for an area."""

from __future__ import annotations

import pytest
from shapely.geometry import box

from clms_explorer.core.aoi.area import Area
from clms_explorer.core.egms.choosing import about_points, covered, enough
from clms_explorer.core.egms.hits import Hit
from clms_explorer.core.errors import Cancelled

AREA = Area.from_bbox(10, 50, 11, 51)


def hit(name, west, east, direction="ascending", component="", level="L2b", size=320_000):
    return Hit(f"{name}.zip", size, box(west, 49, east, 52), level, component,
               direction=direction)


WHOLE, LEFT, RIGHT = hit("whole", 9, 12), hit("left", 9, 10.4), hit("right", 10.3, 12)
SLIVER = hit("sliver", 9, 10.002)


def test_files_come_by_direction_then_by_what_they_cover():
    down = hit("down", 9, 12, "descending")
    files = covered([down, LEFT, WHOLE], AREA)
    assert [one.hit.filename for one in files] == ["whole.zip", "left.zip", "down.zip"]
    assert files[0].share == pytest.approx(1) and files[1].share == pytest.approx(0.4, abs=0.01)


def test_one_file_is_enough_where_one_covers_all():
    assert enough(covered([LEFT, WHOLE, RIGHT], AREA), AREA) == {"whole.zip"}


def test_several_are_taken_where_none_covers_all_but_no_slivers():
    assert enough(covered([LEFT, RIGHT, SLIVER], AREA), AREA) == {"left.zip", "right.zip"}


def test_every_direction_and_component_is_covered():
    files = [WHOLE, hit("down", 9, 12, "descending"),
             hit("up", 9, 12, "", "U", "L3"), hit("east", 9, 12, "", "E", "L3")]
    assert enough(covered(files, AREA), AREA) == {
        "whole.zip", "down.zip", "up.zip", "east.zip"}


def test_nothing_is_enough_for_nothing():
    assert covered([], AREA) == [] and enough([], AREA) == frozenset()


def test_it_can_be_stopped():
    with pytest.raises(Cancelled):
        covered([WHOLE], AREA, lambda: True)


def test_points_follow_from_the_size():
    assert about_points([WHOLE, LEFT]) == 2000
    assert about_points([]) == 0


def test_the_real_sizes_of_ustica_give_the_real_number_of_points(shared_data):
    folder = shared_data / "egms" / "ustica_2020_2024"
    sizes = [path.stat().st_size for path in folder.rglob("EGMS_L2b*.zip")]
    if not sizes:
        pytest.skip("no zips in the sample data")
    files = [hit(str(number), 9, 12, size=size) for number, size in enumerate(sizes)]
    assert about_points(files) == pytest.approx(11_590 + 11_759, rel=0.1)
