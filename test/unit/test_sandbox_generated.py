"""Generated EGMS files have the exact form of the real ones."""

from __future__ import annotations

import csv
import zipfile
from typing import Any

import numpy as np
import pytest

from sandbox import geotiff
from sandbox.egms_tables import l2_pid, l3_pid
from sandbox.generated import (
    bench_csv,
    write_l2_csv,
    write_l2_zip,
    write_l3_csv,
    write_l3_zip,
)
from sandbox.motion_model import l2_dates, l3_dates, statics


def rows_of(path: Any) -> list[dict[str, str]]:
    with open(path, encoding="ascii", newline="") as handle:
        return list(csv.DictReader(handle))


def series_of(rows: list[dict[str, str]]) -> np.ndarray[Any, Any]:
    days = [name for name in rows[0] if name.isdigit()]
    return np.array([[float(row[day]) for day in days] for row in rows])


@pytest.mark.parametrize("level, release", [
    ("L2a", "2018_2022"), ("L2b", "2019_2023"), ("L2b", "2020_2024"),
    ("L3", "2015_2021"), ("L3", "2019_2023"), ("L3", "2020_2024")])
def test_headers_are_the_collected_ones(shared_data, tmp_path, level, release):
    with open(shared_data / "egms" / "header_variants.csv", encoding="utf-8") as handle:
        known = {(row["level"], row["release"]): row["static_columns"].split("|")
                 for row in csv.DictReader(handle)}
    path, name = tmp_path / "a.csv", release.replace("_", "-")
    if level == "L3":
        write_l3_csv(path, 5, dates=3, release=name)
    else:
        write_l2_csv(path, 5, dates=3, release=name, level=level)
    head = path.read_text().splitlines()[0].split(",")
    assert head == known[(level, release)] + ["20200103", "20200109", "20200115"]


def test_the_same_seed_gives_the_same_file(tmp_path):
    for name, seed in (("a", 1), ("b", 1), ("c", 2)):
        write_l2_csv(tmp_path / name, 40, dates=20, seed=seed)
    one, same, other = ((tmp_path / name).read_bytes() for name in "abc")
    assert one == same != other


def test_the_form_of_the_text(tmp_path):
    write_l2_csv(tmp_path / "a.csv", 300, dates=30)
    data = (tmp_path / "a.csv").read_bytes()
    assert b"\r" not in data and b'"' not in data and data.endswith(b"\n")
    rows = rows_of(tmp_path / "a.csv")
    assert len(rows) == 300 and len({row["pid"] for row in rows}) == 300
    assert all(len(value.partition(".")[2]) == 1 for row in rows
               for name, value in row.items() if name.isdigit())
    assert not any(row["latitude"].endswith("0") for row in rows)


def test_point_ids_are_the_real_ones(shared_data):
    folder = shared_data / "egms" / "ustica_2020_2024"
    stem = "EGMS_L2b_117_0227_IW2_VV_2020_2024_1"
    with zipfile.ZipFile(folder / f"{stem}.zip") as archive:
        lines = archive.read(stem + ".csv").decode().splitlines()
    row = dict(zip(lines[0].split(","), lines[5000].split(",")))
    assert row["pid"] == l2_pid(1, 117, 227, 2, int(row["line"]), int(row["pixel"]))
    assert l3_pid(1, 4597550, 1739750) == "10LDTjEkDv"


def test_static_values_follow_from_the_series(shared_data, tmp_path):
    folder = shared_data / "egms" / "ustica_2020_2024"
    stem = "EGMS_L3_E45N17_100km_U_2020_2024_1"
    with zipfile.ZipFile(folder / f"{stem}.zip") as archive:
        archive.extract(stem + ".csv", tmp_path)
    rows = rows_of(tmp_path / (stem + ".csv"))
    found = statics(series_of(rows), l3_dates("2020-2024"))
    for name, values in (("mean_velocity", found.velocity), ("rmse_ts", found.rmse),
                         ("mean_velocity_std", found.velocity_std),
                         ("seasonality", found.seasonality)):
        real = np.array([float(row[name]) for row in rows])
        assert np.abs(values - real).max() < 0.07, name


def test_noise_is_correlated_in_time(tmp_path):
    write_l2_csv(tmp_path / "a.csv", 400, seed=4)
    series = series_of(rows_of(tmp_path / "a.csv"))
    t = np.arange(series.shape[1])
    left = series - np.array([np.polyval(np.polyfit(t, row, 2), t) for row in series])
    lag = np.mean([np.corrcoef(row[:-1], row[1:])[0, 1] for row in left])
    assert 0.2 < lag < 0.6


def test_dates_of_levels():
    acquired, regular = l2_dates("2020-2024"), l3_dates("2020-2024")
    gaps = {(b - a).days for a, b in zip(acquired, acquired[1:])}
    assert {6, 12, 24} <= gaps and len(acquired) == 210
    assert len(regular) == 304 and regular[0].isoformat() == "2020-01-03"


def test_a_tile_and_its_overview_agree(tmp_path):
    path = tmp_path / "EGMS_L3_E45N17_100km_U_2020_2024_1.zip"
    write_l3_zip(path, 200, dates=20)
    with zipfile.ZipFile(path) as archive:
        assert archive.testzip() is None
        archive.extractall(tmp_path)
    raster = geotiff.read(path.with_suffix(".tiff"))
    assert (raster.epsg, raster.west, raster.north, raster.cell) == (3035, 4.5e6, 1.8e6, 100)
    rows = rows_of(path.with_suffix(".csv"))
    for row in rows:
        x, y = int(row["easting"]), int(row["northing"])
        value = raster.values[(1800000 - y) // 100, (x - 4500000) // 100]
        assert value == np.float32(row["mean_velocity"])
    assert (raster.values != -9999).sum() == len(rows)


def test_archives_reach_a_wanted_size(tmp_path):
    path = tmp_path / "EGMS_L2b_022_0845_IW2_VV_2020_2024_1.zip"
    write_l2_zip(path, 50, size=100_000, dates=30)
    assert path.stat().st_size == 100_000
    with zipfile.ZipFile(path) as archive:
        assert archive.testzip() is None
        assert sorted(name[-4:] for name in archive.namelist()) == [".csv", ".xml"]


def test_the_bench_file_has_any_size(tmp_path):
    bench_csv(tmp_path / "a.csv", rows=1500, dates=40)
    rows = rows_of(tmp_path / "a.csv")
    assert len(rows) == 1500 and len(rows[0]) == 11 + 40
    assert len({(row["easting"], row["northing"]) for row in rows}) == 1500
    assert {row["easting"][-2:] for row in rows} == {"50"}
