"""Overview rasters: the mean velocity of every cell at its place, in a file that all can read."""

from __future__ import annotations

import struct
import zlib

import numpy as np
import pytest
import ustica
from sandbox import geotiff as other_reader

from clms_explorer.core.egms.importer import import_files
from clms_explorer.core.egms.overview import Accumulator

WEST, SOUTH = 4_500_000.0, 1_700_000.0
FORMS = {2: "s", 3: "H", 4: "I", 12: "d"}


def images(path):
    """Return (tags, values) of the raster and its overviews, read by the words of TIFF 6.0."""
    data = path.read_bytes()
    magic, version, at = struct.unpack_from("<2sHI", data)
    assert (magic, version) == (b"II", 42)
    found = []
    while at:
        number, = struct.unpack_from("<H", data, at)
        entries = [struct.unpack_from("<HHI", data, at + 2 + 12 * i) for i in range(number)]
        assert [entry[0] for entry in entries] == sorted(entry[0] for entry in entries)
        tags = {}
        for i, (tag, kind, count) in enumerate(entries):
            form = f"<{count}{FORMS[kind]}"
            place = at + 2 + 12 * i + 8
            if struct.calcsize(form) > 4:
                place, = struct.unpack_from("<I", data, place)
                assert place % 2 == 0
            tags[tag] = struct.unpack_from(form, data, place)
        found.append((tags, values_of(data, tags)))
        at, = struct.unpack_from("<I", data, at + 2 + 12 * number)
    return found


def values_of(data, tags):
    width, height, side = tags[256][0], tags[257][0], tags[322][0]
    across, down = -(-width // side), -(-height // side)
    whole = np.full((down * side, across * side), -9999, "<f4")
    assert len(tags[324]) == len(tags[325]) == across * down
    for number, (offset, size) in enumerate(zip(tags[324], tags[325])):
        row, column = divmod(number, across)
        if offset:
            tile = np.frombuffer(zlib.decompress(data[offset:offset + size]), "<f4")
            whole[row * side:(row + 1) * side, column * side:(column + 1) * side] = (
                tile.reshape(side, side))
    return whole[:height, :width]


def write(path, x, y, velocity):
    gathered = Accumulator()
    gathered.add(*(np.array(values, float) for values in (x, y, velocity)))
    gathered.write(path)


def overview(path, x, y, velocity):
    write(path, x, y, velocity)
    return images(path)


def test_one_point_makes_one_cell(tmp_path):
    (tags, values), = overview(tmp_path / "one.tif", [WEST + 130], [SOUTH + 250], [-3.5])
    assert values.tolist() == [[-3.5]]
    assert tags[33922][3:5] == (WEST + 100, SOUTH + 300)
    assert tags[33550][:2] == (100, 100)


def test_what_the_file_says_of_itself(tmp_path):
    (tags, _values), = overview(tmp_path / "one.tif", [WEST], [SOUTH], [1])
    keys = {tags[34735][i]: tags[34735][i + 3] for i in range(4, len(tags[34735]), 4)}
    assert keys == {1024: 1, 1025: 1, 3072: 3035, 3076: 9001}
    assert b"".join(tags[42113]) == b"-9999\0"
    assert (tags[258], tags[339], tags[277]) == ((32,), (3,), (1,))


def test_points_of_a_cell_are_averaged_and_those_without_a_value_left_out(tmp_path):
    (_tags, values), = overview(
        tmp_path / "a.tif", [WEST, WEST + 99.99, WEST + 100, WEST + 250, WEST],
        [SOUTH, SOUTH + 99.99, SOUTH, SOUTH + 150, SOUTH], [1.0, 2.0, 7.0, -4.0, np.nan])
    assert values.tolist() == [[-9999, -9999, -4], [1.5, 7, -9999]]


@pytest.mark.parametrize("seed, width, height", [
    (1, 300, 300), (2, 30_000, 20_000), (3, 90_000, 200), (4, 25_600, 25_600), (5, 200, 60_000)])
def test_every_cell_holds_the_mean_of_its_points(tmp_path, seed, width, height):
    random = np.random.default_rng(seed)
    x = WEST + random.uniform(0, 9_999) + random.random(5_000) * width
    y = SOUTH + random.uniform(0, 9_999) + random.random(5_000) * height
    velocity = np.round(random.normal(size=5_000), 1)
    gathered = Accumulator()
    for start in range(0, 5_000, 700):
        part = slice(start, start + 700)
        gathered.add(x[part], y[part], velocity[part])
    gathered.write(tmp_path / "a.tif")
    tags, values = images(tmp_path / "a.tif")[0]

    west, north = tags[33922][3:5]
    rows, columns = ((north - y) // 100).astype(int), ((x - west) // 100).astype(int)
    assert values.shape == (rows.max() + 1, columns.max() + 1)
    assert rows.min() == columns.min() == 0
    sums, counts = np.zeros(values.shape), np.zeros(values.shape)
    np.add.at(sums, (rows, columns), velocity)
    np.add.at(counts, (rows, columns), 1)
    assert (values[counts == 0] == -9999).all()
    there = counts > 0
    assert values[there] == pytest.approx(sums[there] / counts[there], abs=1e-6)


def test_more_points_than_are_gathered_at_once(tmp_path):
    count = 600_000
    x = WEST + np.arange(count) % 1000 * 50.0
    (_tags, values), *_overviews = overview(
        tmp_path / "a.tif", x, np.full(count, SOUTH), np.ones(count))
    assert values.tolist() == [[1.0] * 500]


def test_overviews_average_what_there_is_so_that_lone_points_stay_in_sight(tmp_path):
    base, first, second = overview(
        tmp_path / "a.tif", [WEST, WEST + 100, WEST + 60_000, WEST + 60_000],
        [SOUTH, SOUTH + 100, SOUTH, SOUTH + 100], [1.0, 2.0, 5.0, 7.0])
    assert [image[0][254][0] for image in (base, first, second)] == [0, 1, 1]
    assert [image[1].shape for image in (base, first, second)] == [(2, 601), (1, 301), (1, 151)]
    assert first[1][0, [0, 300]].tolist() == [1.5, 6.0]
    assert second[1][0, [0, 150]].tolist() == [1.5, 6.0]
    assert (first[1] != -9999).sum() == 2


def test_far_apart_places_cost_little(tmp_path):
    write(tmp_path / "a.tif", [1_000_050, 7_000_050], [900_050, 5_400_050], [1, 2])
    assert (tmp_path / "a.tif").stat().st_size < 2_000_000


def test_places_that_do_not_exist_do_not_blow_up_the_raster(tmp_path):
    (_tags, values), = overview(
        tmp_path / "a.tif", [WEST, 1e15, np.nan, WEST, -5], [SOUTH, SOUTH, SOUTH, np.inf, SOUTH],
        [1, 2, 3, 4, 5])
    assert values.tolist() == [[1.0]]


def test_without_points_there_is_a_file_without_values(tmp_path):
    (_tags, values), = overview(tmp_path / "a.tif", [], [], [])
    assert values.tolist() == [[-9999.0]]


@pytest.mark.parametrize("source", [ustica.UP, ustica.EAST])
def test_for_level_three_it_is_the_raster_that_egms_delivers(shared_data, tmp_path, source):
    table = ustica.read(shared_data, source)
    folder = shared_data / "egms" / "ustica_2020_2024"
    import_files([folder / f"{source}.zip"], tmp_path / "store.gpkg")
    raster, = tmp_path.glob("store.*.tif")
    (tags, values), = images(raster)
    delivered = other_reader.read(folder / f"{source}.tiff")

    rows = ((tags[33922][4] - table.number("northing")) // 100).astype(int)
    columns = ((table.number("easting") - tags[33922][3]) // 100).astype(int)
    velocity = table.number("mean_velocity").astype(np.float32)
    assert (values[rows, columns] == velocity).all()
    assert (values != -9999).sum() == (delivered.values != -9999).sum() == 522
    column = int((tags[33922][3] - delivered.west) / 100)
    row = int((delivered.north - tags[33922][4]) / 100)
    height, width = values.shape
    same = delivered.values[row:row + height, column:column + width]
    assert (values == same).all()
