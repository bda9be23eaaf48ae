"""Stores grow, take the same file once, and refuse what does not belong to them."""

import csv
import io
import sqlite3
import zipfile

import numpy as np
import pytest
from clms_explorer.core.aoi.area import Area
from clms_explorer.core.egms.importer import import_files
from clms_explorer.core.egms.store import PointStore
from clms_explorer.core.errors import AreaError, StoreError
from egms_text import DATES, L2_COLUMNS, L2_NAME, L3_NAME, l2_row, l2_text, l3_text, write

OTHER = L2_NAME.replace("0282", "0283")


def content(path):
    """Return pid -> series of a store."""
    store = PointStore(path)
    found = {}
    for table in store.info.tables:
        for block in store.all_series(table):
            for point in store.points(table, fids=[int(fid) for fid in block.fids]):
                found[point.source, point.pid] = store.series(point)
    store.close()
    return found


@pytest.fixture
def first(tmp_path):
    """Return a store of one burst with three points."""
    table = write(tmp_path / f"{L2_NAME}.csv", l2_text(3))
    return table, import_files([table], tmp_path / "motion.gpkg").store


def test_the_same_file_twice_changes_nothing(first):
    table, store = first
    before = store.read_bytes()
    again = import_files([table], store)
    assert (again.rows, again.sources, again.skipped) == (0, (), (L2_NAME,))
    assert store.read_bytes() == before


def test_a_second_file_with_other_dates_keeps_its_own_dates(first, tmp_path):
    _table, store = first
    header = f"{L2_COLUMNS},20180105,20180117"
    other = write(tmp_path / f"{OTHER}.csv", l2_text([l2_row(9, "5.0,-6.5")], header=header))
    report = import_files([other], store)
    assert report.tables == {"los_descending": 4}
    series = content(store)
    assert sorted(len(one) for one in series.values()) == [2, 4, 4, 4]
    short = next(one for one in series.values() if len(one) == 2)
    assert list(short.values) == [5.0, -6.5]
    assert list(short.dates) == [np.datetime64("2018-01-05"), np.datetime64("2018-01-17")]


def test_a_new_delivery_of_a_burst_replaces_the_one_before(first, tmp_path):
    _table, store = first
    new = write(tmp_path / f"{L2_NAME[:-1]}2.csv",
                l2_text([l2_row(0, "9.9,9.8,9.7,9.6"), l2_row(1, "1.0,1.0,1.0,1.0")]))
    assert import_files([new], store).tables == {"los_descending": 2}
    assert {tuple(one.values) for one in content(store).values()} == {
        (9.9, 9.8, 9.7, 9.6), (1.0, 1.0, 1.0, 1.0)}


def test_both_directions_and_values_beyond_sixteen_bits(first, tmp_path):
    _table, store = first
    rows = [l2_row(5, "4000.1,-4000.2,0.0,0.1", los_east=-0.6)]
    report = import_files([write(tmp_path / f"{OTHER}.csv", l2_text(rows))], store)
    assert report.tables == {"los_ascending": 1, "los_descending": 3}
    wide = next(one for one in content(store).values() if one.direction == "los_ascending")
    assert list(wide.values) == [4000.1, -4000.2, 0.0, 0.1]


def test_empty_and_nan_cells_are_gaps(tmp_path):
    table = write(tmp_path / f"{L2_NAME}.csv", l2_text([l2_row(0, "0.1,,NaN,-9999")]))
    (series,) = content(import_files([table], tmp_path / "motion.gpkg").store).values()
    assert series.values[0] == 0.1 and np.isnan(series.values[1:]).all()


@pytest.mark.parametrize("name, text", [
    (L3_NAME, l3_text(2)),
    (L2_NAME.replace("2018_2022", "2019_2023"), l2_text(2)),
    (L2_NAME.replace("L2b", "L2a"), l2_text(2, header=f"{L2_COLUMNS},{DATES}")),
])
def test_another_level_or_release_is_refused(first, tmp_path, name, text):
    _table, store = first
    before = store.read_bytes()
    with pytest.raises(StoreError) as caught:
        import_files([write(tmp_path / f"{name}.csv", text)], store)
    assert caught.value.reason == "level"
    assert store.read_bytes() == before


def test_a_store_of_a_newer_version_is_left_alone(first, tmp_path):
    _table, store = first
    with sqlite3.connect(store) as connection:
        connection.execute("UPDATE gpkg_metadata SET metadata = "
                           "replace(metadata, '\"version\": 1', '\"version\": 99')")
        connection.execute("UPDATE gpkg_metadata SET metadata = "
                           "replace(metadata, '\"version\":1', '\"version\":99')")
    before = store.read_bytes()
    with pytest.raises(StoreError) as caught:
        import_files([write(tmp_path / f"{OTHER}.csv", l2_text(1))], store)
    assert caught.value.reason == "newer"
    assert store.read_bytes() == before


def test_only_points_in_the_area_are_kept(shared_data, tmp_path):
    archive = shared_data / "egms/ustica_2020_2024/EGMS_L2b_022_0845_IW2_VV_2020_2024_1.zip"
    west = Area.from_bbox(13.10, 38.60, 13.17, 38.80)
    report = import_files([archive], tmp_path / "motion.gpkg", area=west)
    with zipfile.ZipFile(archive) as opened:
        text = opened.read(next(n for n in opened.namelist() if n.endswith(".csv"))).decode()
    inside = sum(float(row["longitude"]) < 13.17 for row in csv.DictReader(io.StringIO(text)))
    # The edge is a meridian and coordinates are rounded to 0.1 m: a handful may fall either way.
    assert abs(report.rows - inside) <= 3 and 0 < inside < 11_590


def test_an_area_without_a_point_makes_no_store(first, tmp_path):
    table, _store = first
    with pytest.raises(AreaError) as caught:
        import_files([table], tmp_path / "other.gpkg", area=Area.from_bbox(20, 60, 21, 61))
    assert caught.value.reason == "outside"
    assert not (tmp_path / "other.gpkg").exists()
