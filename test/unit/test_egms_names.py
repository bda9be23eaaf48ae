"""File names, tiles and point ids of EGMS."""

from __future__ import annotations

import numpy as np
import pytest
import ustica
from clms_explorer.core.aoi.area import Area
from clms_explorer.core.egms import grid, names, pids
from shapely.geometry import MultiPolygon, Point, box


def test_a_burst_name_says_where_and_when():
    name = names.parse("EGMS_L2b_022_0845_IW2_VV_2020_2024_1.zip")
    assert (name.level, name.track, name.burst, name.swath) == ("L2b", 22, "0845", "IW2")
    assert (name.polarisation, name.release, name.sub_release) == ("VV", "2020-2024", 1)
    assert (name.tile, name.component, name.extension) == ("", "", "zip")
    assert name.source == "EGMS_L2b_022_0845_IW2_VV_2020_2024_1"


def test_a_tile_name_says_where_and_which_component():
    name = names.parse("EGMS_L3_E47N19_100km_U_2020_2025_2.tiff")
    assert (name.level, name.tile, name.component) == ("L3", "E47N19", "U")
    assert (name.release, name.sub_release, name.extension) == ("2020-2025", 2, "tiff")
    assert (name.track, name.burst, name.swath) == (0, "", "")


def test_a_name_without_years_is_the_baseline():
    for text in ("EGMS_L2a_001_0280_IW3_VV.zip", "EGMS_L3_E32N34_100km_U.zip"):
        name = names.parse(text)
        assert (name.release, name.sub_release) == ("2015-2021", 0)


def test_the_case_of_a_name_does_not_matter():
    name = names.parse("egms_l2B_117_0227_iw2_vv_2020_2024_1.CSV")
    assert (name.level, name.swath, name.polarisation) == ("L2b", "IW2", "VV")
    assert name.extension == "csv"
    assert names.parse("EGMS_L3_e45n17_100km_e.TIF").tile == "E45N17"
    assert names.parse("EGMS_L3_e45n17_100km_e.TIF").extension == "tiff"


@pytest.mark.parametrize("text", [
    "", "EGMS_L2b_022_0845_IW2_VV_2020_2024_1", "EGMS_L2b_22_845_IW2_VV.zip",
    "EGMS_L3_E45N17_100km_E_2020.zip",
    "EGMS_L2b_022_0845_IW4_VV.zip", "EGMS_L3_E45N17_100km_N.zip",
    "xEGMS_L3_E45N17_100km_E.zip", "EGMS_L3_E45N17_100km_E.zip.part", "EGMS_AEPND_V2022.0.csv",
    "EGMS_L2b_022_0845_IW2_VV.tiff", "folder/EGMS_L3_E45N17_100km_E.zip",
    "EGMS_L3_E45N17_100km_E.zip\n", "CLMS_EGMS-L3-U_T20190101P5Y_V100m_E27N48_3035_V01-R00.csv",
])
def test_other_names_are_not_taken_for_egms(text):
    assert names.parse(text) is None


def test_levels_are_understood_in_both_spellings():
    assert [names.level_name(text) for text in ("L2A", " l2b", "L3", "L4", "")] == [
        "L2a", "L2b", "L3", "", ""]


@pytest.mark.parametrize("place, easting, northing, tile", [
    ("Essen", 4113349, 3153678, "E41N31"),
    ("Dublin", 3248600, 3481195, "E32N34"),
    ("Paris", 3760772, 2889485, "E37N28"),
    ("Turku", 4994313, 4208476, "E49N42"),
    ("Vorarlberg", 4302550, 2704550, "E43N27"),
    ("Official example", 4041441.25, 2810445.25, "E40N28"),
    ("Ustica", 4597550, 1739750, "E45N17"),
])
def test_e_is_easting_and_n_is_northing(place, easting, northing, tile):
    assert grid.tile_of(easting, northing) == tile
    west, south, east, north = grid.tile_box(tile)
    assert west <= easting < east and south <= northing < north


@pytest.mark.parametrize("place, lon, lat, tile", [
    ("Official example", 6.228533, 48.343208, "E40N28"), ("Vorarlberg", 9.7555, 47.4543, "E43N27"),
    ("Naples", 14.27, 40.85, "E46N19"), ("Reykjavik", -21.94, 64.15, "E28N49"),
    ("Nicosia", 33.36, 35.17, "E64N16"), ("Las Palmas", -15.43, 28.12, "E18N09"),
    ("Funchal", -16.92, 32.65, "E18N15"), ("Ponta Delgada", -25.67, 37.74, "E12N23"),
])
def test_a_small_area_lies_in_the_tile_of_the_place(place, lon, lat, tile):
    assert grid.tiles_of(Area.from_bbox(lon - 1e-4, lat - 1e-4, lon + 1e-4, lat + 1e-4)) == [tile]
    assert grid.tile_outline(tile).contains(Point(lon, lat))


def test_an_area_over_a_tile_edge_needs_both_tiles():
    ustica_box = Area.from_bbox(13.14, 38.68, 13.21, 38.73)
    assert grid.tiles_of(ustica_box) == ["E45N17", "E46N17"]


def test_a_tile_is_left_out_when_only_its_box_touches():
    # A thin diagonal from the middle of one tile to the middle of the next but one up and right.
    thin = grid._reprojected(
        Point(4_010_000, 2_710_000).buffer(5_000).union(Point(4_190_000, 2_890_000).buffer(5_000)),
        3035, 4326, 1_000.0)
    assert grid.tiles_of(Area("Two discs", "polygon", thin)) == ["E40N27", "E41N28"]


def test_areas_beyond_europe_have_no_tiles():
    assert grid.tiles_of(Area.from_bbox(-80, -30, -60, -10)) == []
    split = MultiPolygon([box(179, 60, 180, 61), box(-180, 60, -179, 61)])
    assert grid.tiles_of(Area("Chukotka", "polygon", split)) == []


def test_the_whole_world_gives_the_grid_of_europe_only():
    tiles = grid.tiles_of(Area.from_bbox(-180, -90, 180, 90))
    assert {"E45N17", "E12N23", "E64N16", "E28N49"} <= set(tiles)
    assert len(tiles) == len(set(tiles)) <= 65 * 47


@pytest.mark.parametrize("text", ["", "E4N17", "N45E17", "E45N17x", "45,17"])
def test_no_box_for_what_is_no_tile(text):
    with pytest.raises(ValueError, match="no tile name"):
        grid.tile_box(text)


def test_the_official_point_id():
    assert pids.decode_pixel("3ODTn5TNYv") == pids.Pixel(
        "NORCE", 88, 282, "IW2", "VV", line=1234, pixel=12345)


@pytest.mark.parametrize("source", [ustica.ASCENDING, ustica.DESCENDING])
def test_every_point_id_of_ustica_says_burst_line_and_pixel(shared_data, source):
    table, name = ustica.read(shared_data, source), names.parse(source + ".csv")
    lines, pixels = table.columns["line"].astype(int), table.columns["pixel"].astype(int)
    for pid, line, pixel in zip(table.columns["pid"], lines, pixels):
        decoded = pids.decode_pixel(str(pid))
        assert (decoded.track, decoded.burst, decoded.swath, decoded.polarisation) == (
            name.track, int(name.burst), name.swath, name.polarisation)
        assert (decoded.line, decoded.pixel) == (line, pixel)
        assert decoded.producer == "e-GEOS"


@pytest.mark.parametrize("source", [ustica.EAST, ustica.UP])
def test_every_cell_id_of_ustica_says_its_centre(shared_data, source):
    table = ustica.read(shared_data, source)
    cells = [pids.decode_cell(str(pid)) for pid in table.columns["pid"]]
    assert np.array_equal([cell.easting for cell in cells], table.number("easting"))
    assert np.array_equal([cell.northing for cell in cells], table.number("northing"))


@pytest.mark.parametrize("pid", ["", "3ODTn5TNY", "3ODTn5TNYvv", "3ODTn5TN-v", "9ODTn5TNYv"])
def test_broken_ids_say_nothing(pid):
    assert pids.decode_pixel(pid) is None
    assert pids.decode_cell(pid) is None
