"""Series as a table and as a drawing: complete, honest about gaps, readable elsewhere."""

from __future__ import annotations

import csv
import re
import xml.etree.ElementTree as ElementTree

import numpy as np
import pytest
import ustica
from clms_explorer.core.egms.fit import fit_trend
from clms_explorer.core.egms.series import Series
from clms_explorer.core.errors import DiskFull
from clms_explorer.core.export import axes
from clms_explorer.core.export.conventions import unique_names, value_label
from clms_explorer.core.export.csv_export import write_series
from clms_explorer.core.export.svg_chart import svg

CREDIT = "Generated using European Union's Copernicus Land Monitoring Service information"


def series(days, values, direction="los_ascending", name="Ascending 117", **more):
    dates = np.datetime64("2020-01-01") + np.array(days, dtype=int)
    return Series(dates, np.array(values, float), direction=direction, name=name, **more)


def of_ustica(shared_data, source, row, **more):
    table = ustica.read(shared_data, source)
    return Series(table.dates, table.series[row], provenance={
        "level": source.split("_")[1], "release": "2020-2024", "file": source}, **more)


# CSV -----------------------------------------------------------------------------------------

def read(path):
    """Return (explanation, header, rows) of a written table."""
    lines = path.read_text(encoding="utf-8").splitlines()
    head = [line[2:] for line in lines if line.startswith("# ")]
    rows = list(csv.reader(line for line in lines if not line.startswith("#")))
    return head, rows[0], rows[1:]


def test_dates_of_all_series_side_by_side_with_empty_cells(tmp_path):
    one = series([0, 6, 12], [0.1, np.nan, -0.3])
    other = series([6, 18], [1.0, -0.0], "los_descending", "Descending 22")
    _head, header, rows = read(write_series(tmp_path / "history.csv", [one, other]))
    assert header == ["date", "Ascending 117 (mm)", "Descending 22 (mm)"]
    assert rows == [
        ["2020-01-01", "0.1", ""], ["2020-01-07", "", "1.0"], ["2020-01-13", "-0.3", ""],
        ["2020-01-19", "", "0.0"]]


def test_the_table_says_where_it_comes_from_and_which_way_is_plus(tmp_path):
    one = series([0], [1.0], provenance={"release": "2020-2024", "file": "EGMS_L2b_x.zip"},
                 attributes={"pid": "1WBfX4snpW", "mean_velocity": -3.2, "gnss_los": np.nan,
                             "cluster_label": None})
    head, _header, _rows = read(write_series(tmp_path / "h.csv", [one]))
    assert head[:2] == [CREDIT, "Contains modified Copernicus Sentinel data 2020-2024"]
    for line in ("unit: mm", "sign: + is towards satellite", "direction: los_ascending",
                 "file: EGMS_L2b_x.zip", "pid: 1WBfX4snpW", "mean_velocity: -3.2",
                 "Series 1: Ascending 117"):
        assert line in head
    assert not [line for line in head if line.startswith(("gnss_los", "cluster_label"))]


def test_every_value_of_a_real_series_comes_back(tmp_path, shared_data):
    one = of_ustica(shared_data, ustica.ASCENDING, 3, direction="los_ascending", name="A")
    other = of_ustica(shared_data, ustica.DESCENDING, 5, direction="los_descending", name="D")
    _head, _header, rows = read(write_series(tmp_path / "h.csv", [one, other]))
    for column, source in ((1, one), (2, other)):
        found = {row[0]: row[column] for row in rows if row[column]}
        assert found == {str(date): repr(float(value) + 0.0)
                         for date, value in zip(source.dates, source.values)}


def test_numbers_that_were_computed_are_short(tmp_path):
    one = series([0, 6], [0.1 * 13, 2 / 3])
    assert [row[1] for row in read(write_series(tmp_path / "h.csv", [one]))[2]] == [
        "1.3", "0.6667"]


def test_awkward_names_stay_in_their_cell(tmp_path):
    one = series([0], [1.0], name='A, "B"\nC')
    head, header, _rows = read(write_series(tmp_path / "h.csv", [one, one]))
    assert 'Series 1: A, "B" C' in head
    assert header == ["date", 'A, "B" C (mm)', 'A, "B" C (2) (mm)']


def test_no_series_is_a_table_without_rows(tmp_path):
    head, header, rows = read(write_series(tmp_path / "h.csv", []))
    assert head[0] == CREDIT and header == ["date"] and rows == []


def test_a_folder_that_cannot_be_written_keeps_the_old_file(tmp_path):
    blocked = tmp_path / "file"
    blocked.write_text("in the way")
    with pytest.raises(DiskFull):
        write_series(blocked / "h.csv", [series([0], [1.0])])
    assert blocked.read_text() == "in the way"


# Names and labels ----------------------------------------------------------------------------

def test_equal_names_get_the_point_or_a_number():
    first = series([0], [1], attributes={"pid": "aaa"})
    second = series([0], [1], attributes={"pid": "bbb"})
    bare = series([0], [1])
    assert unique_names([first]) == ["Ascending 117"]
    assert unique_names([first, second, bare, bare]) == [
        "Ascending 117, aaa", "Ascending 117, bbb", "Ascending 117", "Ascending 117 (2)"]
    assert unique_names([series([0], [1], name="")]) == ["Series"]


@pytest.mark.parametrize("directions, label", [
    (["los_ascending", "los_descending"], "Motion, mm (+ towards satellite)"),
    (["up", "east"], "Motion, mm (+ up, east)"), ([], "mm"), ([""], "mm")])
def test_the_label_says_unit_and_sign(directions, label):
    assert value_label([series([0], [1], direction) for direction in directions]) == label


# Axes ----------------------------------------------------------------------------------------

def test_round_values():
    assert axes.value_ticks(-47.0, 11.0, 8) == [-40, -30, -20, -10, 0, 10]
    assert axes.value_ticks(-0.3, 0.9, 8) == pytest.approx([-0.2, 0, 0.2, 0.4, 0.6, 0.8])
    assert [axes.tick_text(value, 0.2) for value in (-0.2, 0.0)] == ["−0.2", "0.0"]
    assert axes.tick_text(-40, 10) == "−40"


def days_since_1970(text):
    return float(np.datetime64(text, "D").astype(int))


@pytest.mark.parametrize("first, last, labels", [
    ("2020-01-03", "2024-12-31", ["2021", "2022", "2023", "2024"]),
    ("2015-02-01", "2025-12-31", ["2016", "2018", "2020", "2022", "2024"]),
    ("2020-01-03", "2020-07-10", ["2020-02", "2020-03", "2020-04", "2020-05", "2020-06",
                                  "2020-07"]),
    ("2020-01-03", "2021-07-10", ["2020-04", "2020-07", "2020-10", "2021-01", "2021-04",
                                  "2021-07"]),
    ("2020-01-03", "2020-01-20", ["2020-01-03", "2020-01-20"]),
    ("2020-01-03", "2020-01-03", ["2020-01-03"]),
])
def test_round_dates(first, last, labels):
    ticks = axes.date_ticks(days_since_1970(first), days_since_1970(last), 8)
    assert [label for _day, label in ticks] == labels
    for day, label in ticks:
        assert day == days_since_1970(label if len(label) > 4 else f"{label}-01-01")


# SVG -----------------------------------------------------------------------------------------

def parsed(text):
    """Return (root, texts, paths); fails if the text is no XML."""
    root = ElementTree.fromstring(text)
    name = "{http://www.w3.org/2000/svg}"
    return root, [one.text for one in root.iter(name + "text")], list(root.iter(name + "path"))


def strokes(paths, colour, width):
    return [path.get("d") for path in paths
            if path.get("stroke") == colour and path.get("stroke-width") == width]


PURPLE, GREEN = "#8445b3", "#147a63"


def test_two_real_series_with_trends_bands_and_names(shared_data):
    one = of_ustica(shared_data, ustica.ASCENDING, 3, direction="los_ascending",
                    name="Ascending 117", attributes={"pid": "1WBfX4snpW"})
    other = of_ustica(shared_data, ustica.DESCENDING, 5, direction="los_descending",
                      name="Descending 22")
    text = svg([one, other], title="Ustica <& co>")
    root, texts, paths = parsed(text)
    assert len(text) < 40_000
    assert {"Ustica <& co>", "Motion, mm (+ towards satellite)", "Ascending 117",
            "Descending 22", "2021", "2024", "0", CREDIT} <= set(texts)
    fitted = fit_trend(one, 0.85)
    words = f"Ascending 117 · 1WBfX4snpW · {fitted.velocity:+.1f} ± {fitted.sigma:.1f} mm/yr"
    assert words.replace("-", "−") in texts
    for colour, source in ((PURPLE, one), (GREEN, other)):
        [dots] = strokes(paths, colour, "3.6")
        assert dots.count("M") == len(source)
        assert len(strokes(paths, colour, "2")) == 1
        assert [path.get("fill-opacity") for path in paths if path.get("fill") == colour] == [
            "0.22"]
    assert not re.search(r"\b(nan|inf)\b|href|url\(", text)
    assert root.get("width") == "960"


def test_the_places_of_the_points_are_right():
    one = series([0, 100, 200], [0.0, 10.0, -10.0], "up", "Up")
    root, _texts, paths = parsed(svg([one], fits=()))
    [dots] = strokes(paths, "#b0387a", "3.6")
    places = [[float(part) for part in dot.split("h")[0].split()] for dot in dots[1:].split("M")]
    (x0, y0), (x1, y1), (x2, y2) = places
    assert x1 - x0 == pytest.approx(x2 - x1, abs=0.2)
    assert y0 - y1 == pytest.approx(y2 - y0, abs=0.2) and y1 < y0 < y2
    zero = [path.get("d") for path in paths if path.get("stroke") == "#8a8f94"][0]
    assert float(re.match(r"M[\d.]+ ([\d.]+)H", zero).group(1)) == pytest.approx(y0, abs=0.1)


def test_the_line_breaks_at_gaps():
    days = [*range(0, 60, 6), *range(120, 180, 6)]
    values = [float(number % 3) for number in range(20)]
    values[4] = np.nan
    _root, _texts, paths = parsed(svg([series(days, values)], fits=()))
    [line] = strokes(paths, PURPLE, "0.8")
    assert line.count("M") == 3
    [dots] = strokes(paths, PURPLE, "3.6")
    assert dots.count("M") == 19


def test_a_lone_value_between_gaps_is_a_dot_without_a_line():
    _root, _texts, paths = parsed(svg([series([0, 6, 12], [np.nan, 2.0, np.nan])]))
    assert strokes(paths, PURPLE, "0.8") == []
    assert strokes(paths, PURPLE, "3.6")[0].count("M") == 1


def test_short_series_have_no_trend():
    _root, texts, paths = parsed(svg([series([0, 6, 12], [1.0, 2.0, 3.0])]))
    assert strokes(paths, PURPLE, "2") == []
    assert not [text for text in texts if "trend" in text or "mm/yr" in text]


@pytest.mark.parametrize("given", [
    [], [series([], [])], [series([0, 6], [np.nan, np.nan])], [series([0], [0.0])]])
def test_nothing_to_draw_is_still_a_drawing(given):
    text = svg(given, title="Empty")
    assert "Empty" in parsed(text)[1]
    assert "nan" not in text


def test_words_colours_and_fits_of_the_caller():
    days = range(0, 1800, 6)
    one = series(days, [0.01 * day for day in days])
    fitted = fit_trend(one, 0.85, acceleration=True)
    text = svg([one], names=["Aufsteigend"], colours=["#112233"], label="Bewegung", notes=["Ende"],
               fits=[fitted])
    _root, texts, paths = parsed(text)
    assert {"Aufsteigend", "Bewegung", "Ende"} <= set(texts) and CREDIT not in texts
    assert len(strokes(paths, "#112233", "2")) == 1


def test_further_series_of_a_direction_get_other_shades():
    text = svg([series([0, 6], [number, 1]) for number in range(4)])
    dots = {path.get("stroke") for path in parsed(text)[2] if path.get("stroke-width") == "3.6"}
    assert len(dots) == 4 and PURPLE in dots


def test_names_at_the_ends_do_not_meet():
    many = [series([0, 6], [0.0, 0.01 * number], name=f"Name {number}") for number in range(12)]
    root = parsed(svg(many))[0]
    places = sorted(float(text.get("y")) for text in root.iter() if text.get("font-weight"))
    assert len(places) == 12 and min(np.diff(places)) >= 13.9
    assert places[-1] <= 34 + 420 + 6


def test_control_characters_do_not_break_the_file():
    text = svg([series([0], [1.0], name="A\x00\ufffe & <b>")])
    assert "A & <b>" in parsed(text)[1]


def test_other_quantities_keep_their_unit():
    one = Series(np.array(["2020-01-01", "2020-02-01"], "datetime64[D]"), np.array([10.0, 60.0]),
                 unit="%", name="Ice cover")
    _root, texts, _paths = parsed(svg([one]))
    assert "%" in texts and not [text for text in texts if "mm" in text]
