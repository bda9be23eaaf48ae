"""The real files of Ustica through the store and back: nothing may change on the way."""

from __future__ import annotations

import sqlite3
import struct
import zipfile

import numpy as np
import pytest
import ustica

from clms_explorer.core.egms.columns import INTEGERS
from clms_explorer.core.egms.importer import import_files
from clms_explorer.core.egms.store import PointStore

POINTS = {
    ("L2b", ustica.ASCENDING): ("los_ascending", 11_759, 207),
    ("L2b", ustica.DESCENDING): ("los_descending", 11_590, 210),
    ("L3", ustica.UP): ("up", 522, 304),
    ("L3", ustica.EAST): ("east", 522, 304),
}
RENAMED = {
    "rmse_ts": "rmse", "gnss_velocity": "gnss_los", "gnss_velocity_n": "gnss_n",
    "gnss_velocity_e": "gnss_e", "gnss_velocity_u": "gnss_u",
}
CASES = [(level, source, *facts) for (level, source), facts in POINTS.items()]


@pytest.fixture(scope="module")
def stores(shared_data, tmp_path_factory):
    """Return the stores of both levels, each of two zips."""
    folder = tmp_path_factory.mktemp("ustica")
    paths = {}
    for level in ("L2b", "L3"):
        zips = [shared_data / "egms" / "ustica_2020_2024" / f"{source}.zip"
                for other, source in POINTS if other == level]
        report = import_files(zips, folder / f"{level}.gpkg")
        assert report.tables == {
            table: rows for (of, _s), (table, rows, _d) in POINTS.items() if of == level}
        paths[level] = report.store
    return paths


@pytest.fixture()
def table(shared_data):
    return lambda source: ustica.read(shared_data, source)


@pytest.mark.parametrize("level, source, name, rows, dates", CASES)
def test_every_displacement_equals_the_text(stores, table, level, source, name, rows, dates):
    truth = table(source)
    store = PointStore(stores[level])
    blocks = list(store.all_series(name))
    form = blocks[0].source.form
    store.close()

    values = form.millimetres(np.concatenate([block.steps for block in blocks]))
    assert values.shape == (rows, dates) == truth.series.shape
    assert (values == truth.series).all()
    assert (blocks[0].dates == truth.dates).all()
    assert form.bytes == 2


@pytest.mark.parametrize("level, source, name, rows, dates", CASES)
def test_every_attribute_and_place_equals_the_text_to_the_last_bit(
    stores, table, level, source, name, rows, dates
):
    truth = table(source)
    with sqlite3.connect(stores[level]) as connection:
        for column, texts in truth.columns.items():
            known = RENAMED.get(column, column)
            found = [row[0] for row in connection.execute(
                f"SELECT {known} FROM {name} ORDER BY fid")]
            if column == "pid":
                assert found == texts.tolist()
            else:
                assert found == [float(text) for text in texts.tolist()], column
            if column in INTEGERS:
                assert all(type(value) is int for value in found)
        places = [struct.unpack_from("<dd", row[0], 13) for row in connection.execute(
            f"SELECT geom FROM {name} ORDER BY fid")]
    connection.close()
    assert places == list(zip(truth.number("easting").tolist(), truth.number("northing").tolist()))


def test_the_facts_say_what_the_files_say(stores):
    store = PointStore(stores["L2b"])
    info = store.info
    store.close()
    assert (info.level, info.release) == ("L2b", "2020-2024")
    ascending, descending = sorted(info.sources, key=lambda source: -source.track)
    assert (ascending.track, ascending.burst, ascending.swath) == (117, "0227", "IW2")
    assert (ascending.sub_release, ascending.rows, ascending.kept) == (1, 11_759, 11_759)
    assert descending.provenance["production_facility"] == "1"
    assert descending.provenance["acquisition_time_utc"].startswith("05:1")
    facts = info.facts("los_descending")
    assert facts.velocity == (-11.5, 5.5)
    assert facts.quantiles["50"] == -1.6


@pytest.mark.parametrize("level", ["L2b", "L3"])
def test_sqlite_finds_no_fault(stores, level):
    with sqlite3.connect(stores[level]) as connection:
        assert connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        for (of, _source), (name, _rows, _dates) in POINTS.items():
            if of == level:
                assert connection.execute(
                    f"SELECT rtreecheck('rtree_{name}_geom')").fetchone() == ("ok",)
    connection.close()


def test_the_stores_of_both_bursts_are_small(stores, shared_data):
    folder = shared_data / "egms" / "ustica_2020_2024"
    text = 0
    for source in (ustica.ASCENDING, ustica.DESCENDING):
        with zipfile.ZipFile(folder / f"{source}.zip") as archive:
            text += archive.getinfo(f"{source}.csv").file_size
    assert stores["L2b"].stat().st_size <= 0.66 * text
