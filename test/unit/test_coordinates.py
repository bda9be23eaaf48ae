"""Coordinates can be typed in the usual ways."""

import pytest
from clms_explorer.core.aoi.coordinates import read_number, read_points
from clms_explorer.core.errors import AreaError


@pytest.mark.parametrize(("text", "value"), [
    ("12.5", 12.5), (" 12,5 ", 12.5), ("-3", -3), ("−3,25", -3.25), ("4.3e6", 4.3e6),
])
def test_a_number_with_point_or_comma(text, value):
    assert read_number(text) == value


@pytest.mark.parametrize("text", ["", "abc", "1.2.3", "1,234,567", "nan", "inf", "12°"])
def test_what_is_no_number_is_refused(text):
    with pytest.raises(AreaError):
        read_number(text)


@pytest.mark.parametrize("text", [
    "13.1 38.7\n13.2 38.7\n13.2 38.8", "13.1,38.7\n13.2,38.7\n13.2,38.8",
    "13.1, 38.7\n13.2, 38.7\n13.2, 38.8\n", "13,1; 38,7\n\n13,2;38,7\n13,2 ;38,8",
    "13,1 38,7\r\n13,2 38,7\r\n13,2 38,8", "13.1\t38.7\n13.2\t38.7\n13.2\t38.8",
])
def test_points_one_per_line(text):
    assert read_points(text) == [(13.1, 38.7), (13.2, 38.7), (13.2, 38.8)]


@pytest.mark.parametrize(("text", "line"), [
    ("13.1", 1), ("1 2\n3 4 5", 2), ("1 2\n\nx y", 3), ("1 2\n3", 2), ("1,2,3", 1),
    ("0 nan", 1),
])
def test_a_wrong_line_is_named(text, line):
    with pytest.raises(AreaError) as caught:
        read_points(text)
    assert caught.value.facts["line"] == line


def test_an_empty_text_has_no_points():
    assert read_points(" \n ") == []
