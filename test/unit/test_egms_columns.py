"""Headers of every level and release, and of tools that rewrite them."""

from __future__ import annotations

import csv

import pytest
from egms_text import DATES, L2_COLUMNS, L3_COLUMNS

from clms_explorer.core.egms.columns import CANONICAL, parse_header
from clms_explorer.core.errors import CsvError

MEANING = {
    "height": "height_ortho", "height_wgs84": "height_ellipse", "rmse_ts": "rmse",
    "gnss_velocity": "gnss_los", "gnss_velocity_n": "gnss_n", "gnss_velocity_e": "gnss_e",
    "gnss_velocity_u": "gnss_u",
}


def test_every_known_variant_is_understood(shared_data):
    with open(shared_data / "egms" / "header_variants.csv", newline="") as file:
        variants = list(csv.DictReader(file))
    assert len(variants) == 6
    for variant in variants:
        titles = variant["static_columns"].split("|")
        header = parse_header(",".join([*titles, DATES]), "a.csv")
        assert len(header.fields) == len(titles) == int(variant["n_static"])
        for position, title in enumerate(titles):
            assert header.fields[MEANING.get(title, title)] == position
        assert header.line_of_sight == variant["level"].startswith("L2")
        assert header.ignored == ()
        assert header.dates.astype(str).tolist() == [
            "2018-01-05", "2018-01-11", "2018-01-17", "2018-01-29"]


def test_names_cut_to_ten_characters():
    titles = "pid,easting,northing,height_ort,rmse_ts,mean_veloc,mean_vel_1,accelerati," \
             "accelera_1,seasonalit,seasonal_1,gnss_veloc,gnss_vel_1,gnss_vel_2"
    header = parse_header(f"{titles},D_20200103", "a.csv")
    assert list(header.fields) == [
        "pid", "easting", "northing", "height_ortho", "rmse", "mean_velocity",
        "mean_velocity_std", "acceleration", "acceleration_std", "seasonality",
        "seasonality_std", "gnss_n", "gnss_e", "gnss_u"]


def test_names_of_level_2_cut_to_ten_characters():
    cut = ",".join(title[:10] for title in L2_COLUMNS.split(",")[:18])
    header = parse_header(f"{cut},mean_veloc,mean_vel_1,gnss_veloc,D20200103", "a.csv")
    assert set(header.fields) >= {
        "height_ellipse", "temporal_coherence", "amplitude_dispersion", "incidence_angle",
        "track_angle", "los_east", "mean_velocity", "mean_velocity_std", "gnss_los"}
    assert len(header.fields) == 21


@pytest.mark.parametrize("dates", [DATES, "D20180105,D20180111,D20180117,D20180129",
                                   "D_20180105,d_20180111,D_20180117,D_20180129"])
def test_dates_as_other_tools_spell_them(dates):
    header = parse_header(f"{L3_COLUMNS},{dates}", "a.csv")
    assert str(header.dates[3]) == "2018-01-29"
    assert header.date_fields.tolist() == [11, 12, 13, 14]


def test_a_byte_order_mark_quotes_blanks_and_capitals():
    header = parse_header('\ufeff"PID", "Easting","northing" ,VEL,"20200103"', "a.csv")
    assert header.fields == {"pid": 0, "easting": 1, "northing": 2, "mean_velocity": 3}


def test_columns_in_any_order_with_strangers_between():
    header = parse_header(
        "20200109,station,mean_velocity,20200103,northing,easting,pid,dist_m,20200101", "a.csv")
    assert header.dates.astype(str).tolist() == ["2020-01-01", "2020-01-03", "2020-01-09"]
    assert header.date_fields.tolist() == [8, 3, 0]
    assert header.ignored == ("station", "dist_m")
    assert header.width == 9


def test_the_canonical_name_wins_over_another_spelling():
    start = "pid,easting,northing,"
    first = parse_header(start + "velocity,mean_velocity,20200103", "a.csv")
    second = parse_header(start + "mean_velocity,velocity,20200103", "a.csv")
    assert (first.fields["mean_velocity"], second.fields["mean_velocity"]) == (4, 3)
    assert first.ignored == second.ignored == ("velocity",)


def test_numbers_come_in_the_order_of_the_store():
    header = parse_header("20200103,mean_velocity,rmse,northing,easting,pid", "a.csv")
    assert header.numbers == ["easting", "northing", "rmse", "mean_velocity"]
    assert [name for name in CANONICAL if name in header.numbers] == header.numbers


@pytest.mark.parametrize("line, reason, column", [
    ("<!DOCTYPE html>", "header", None),
    ("", "header", None),
    ("name,population", "header", None),
    (f"easting,northing,mean_velocity,rmse,{DATES}", "column", "pid"),
    (f"pid,easting,mean_velocity,{DATES}", "column", "northing"),
    (f"pid,easting,northing,{DATES}", "column", "mean_velocity"),
    (f"pid,pid,easting,northing,mean_velocity,{DATES}", "header", None),
    (L3_COLUMNS, "dates", None),
    (f"{L3_COLUMNS},20201301", "dates", None),
    (f"{L3_COLUMNS},20200101,D20200101", "dates", None),
    (f"{L3_COLUMNS},20200230", "dates", None),
])
def test_what_is_no_header_is_refused_by_name(line, reason, column):
    with pytest.raises(CsvError) as caught:
        parse_header(line, "a.csv")
    assert caught.value.reason == reason
    assert caught.value.facts["name"] == "a.csv"
    assert caught.value.facts["line"] == 1
    assert caught.value.facts.get("column") == column
