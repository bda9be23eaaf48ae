"""The library is what is on disk, and tells what the user already has."""

from __future__ import annotations

import json

import pytest
from fake_service import an_item

from clms_explorer.core.aoi.area import Area
from clms_explorer.core.library.entry import LibraryEntry
from clms_explorer.core.library.library import SIDE_CAR, Library


def put(root, item, *names, folder="CORINE/São Miguel 2026-11-22", ordered="2026-11-22"):
    """Put files of an order into a download folder, with their side-car."""
    where = root / folder
    for name in names:
        (where / name).parent.mkdir(parents=True, exist_ok=True)
        (where / name).write_bytes(name.encode())
    results = tuple(str(where / name) for name in names)
    entry = LibraryEntry.of_order(item, where, results, ordered)
    Library(root).write(entry)
    return entry


def test_an_order_is_found_again_with_all_that_is_known_of_it(tmp_path):
    put(tmp_path, an_item(start="2018-01-01", end="2018-12-31"), "clc.tif", "Legend/clc.txt")

    entry, = Library(tmp_path).entries()
    assert entry.folder == tmp_path / "CORINE" / "São Miguel 2026-11-22"
    assert (entry.dataset, entry.format, entry.crs) == ("uid-clc", "Geotiff", "EPSG:3035")
    assert (entry.start, entry.end, entry.version) == ("2018-01-01", "2018-12-31", "2020_20u1")
    assert entry.ordered == "2026-11-22"
    assert entry.citation == "CLMS, CORINE Land Cover 2018"
    assert entry.area.name == "São Miguel"
    assert [(file.name, file.size) for file in entry.files] == [
        ("clc.tif", 7), ("Legend/clc.txt", 14)]
    assert entry.size == 21 and entry.is_complete


def test_newest_first(tmp_path):
    put(tmp_path, an_item(), "a.tif", folder="CLC/a", ordered="2026-01-05")
    put(tmp_path, an_item(), "b.tif", folder="CLC/b", ordered="2026-11-22")
    assert [entry.folder.name for entry in Library(tmp_path).entries()] == ["b", "a"]


def test_it_is_known_what_the_user_already_has(tmp_path):
    put(tmp_path, an_item(), "clc.tif")
    library = Library(tmp_path)
    inside = Area.from_bbox(-25.5, 37.75, -25.4, 37.8)
    beyond = Area.from_bbox(-25.5, 37.75, -24.0, 37.8)

    assert library.find("uid-clc", an_item().area)
    assert library.find("uid-clc", inside)
    assert library.find("uid-clc")
    assert library.find("uid-clc", inside, "raster")
    assert not library.find("uid-clc", inside, "vector")
    assert not library.find("uid-clc", beyond)
    assert not library.find("uid-other", inside)


def test_a_region_is_known_by_its_code_even_if_its_outline_was_drawn_anew(tmp_path):
    old = Area("Açores", "nuts", Area.from_bbox(-31, 37, -25, 40).geometry, "PT20")
    new = Area("Açores", "nuts", Area.from_bbox(-31.1, 37, -25, 40).geometry, "PT20")
    put(tmp_path, an_item(area=old), "clc.tif")
    assert Library(tmp_path).find("uid-clc", new)


def test_files_that_are_gone_or_cut_are_not_had(tmp_path):
    entry = put(tmp_path, an_item(), "clc.tif")
    library = Library(tmp_path)
    (entry.folder / "clc.tif").write_bytes(b"short")
    assert not library.find("uid-clc")
    (entry.folder / "clc.tif").unlink()
    assert not library.find("uid-clc")
    assert len(library.entries()) == 1


def test_files_that_were_not_ordered_by_area_cover_every_area(tmp_path):
    put(tmp_path, an_item(area=None), "ua.gpkg")
    assert Library(tmp_path).find("uid-clc", Area.from_bbox(5, 45, 6, 46))


def test_a_folder_that_several_orders_share_has_one_entry(tmp_path):
    west = Area.from_bbox(13.1, 38.65, 13.18, 38.75, name="West")
    east = Area.from_bbox(13.18, 38.65, 13.25, 38.75, name="East")
    for area, name in ((west, "EGMS_a.zip"), (east, "EGMS_b.zip"), (east, "EGMS_b.zip")):
        put(tmp_path, an_item(area=area), name, folder="EGMS/L2b 2020-2024")

    library = Library(tmp_path)
    entry, = library.entries()
    assert [file.name for file in entry.files] == ["EGMS_a.zip", "EGMS_b.zip"]
    assert library.find("uid-clc", Area.from_bbox(13.12, 38.66, 13.2, 38.7))
    assert library.find_file("EGMS_a.zip") == entry.folder / "EGMS_a.zip"
    assert library.find_file("EGMS_c.zip") is None


def test_another_dataset_in_the_same_folder_takes_the_side_car_over(tmp_path):
    put(tmp_path, an_item(), "a.tif")
    put(tmp_path, an_item(dataset="uid-2"), "b.tif")
    entry, = Library(tmp_path).entries()
    assert (entry.dataset, len(entry.files)) == ("uid-2", 1)


@pytest.mark.parametrize("text", [
    "", "{", "null", "[]", "7", '{"dataset": "x"}', '{"dataset": "x", "files": 3}',
    '{"dataset": "x", "files": [{"name": "../../etc/passwd", "size": 1}]}',
    '{"dataset": "x", "files": [{"name": "C:/x", "size": 1}]}',
    '{"dataset": "x", "files": [{"name": "a", "size": "big"}]}',
    '{"dataset": "x", "files": [], "area": {"type": "Feature"}}', "[" * 100_000])
def test_a_damaged_side_car_is_skipped_and_stays(tmp_path, text):
    put(tmp_path, an_item(), "good.tif", folder="CLC/good")
    bad = tmp_path / "CLC" / "bad" / SIDE_CAR
    bad.parent.mkdir()
    bad.write_text(text)
    library = Library(tmp_path)
    assert [entry.folder.name for entry in library.entries()] == ["good"]
    assert bad.read_text() == text


def test_changes_on_disk_are_seen(tmp_path):
    library = Library(tmp_path / "not there yet")
    assert library.entries() == []
    entry = put(library.folder, an_item(), "clc.tif")
    assert len(library.entries()) == 1
    data = json.loads((entry.folder / SIDE_CAR).read_text())
    data["title"] = "Changed by hand, longer than before"
    (entry.folder / SIDE_CAR).write_text(json.dumps(data))
    assert library.entries()[0].title == data["title"]
    (entry.folder / SIDE_CAR).unlink()
    assert library.entries() == []


def test_only_order_folders_are_looked_at(tmp_path):
    put(tmp_path, an_item(), "clc.tif", folder="a/b/c/d")
    put(tmp_path, an_item(), "clc.tif", folder="a")
    assert Library(tmp_path).entries() == []
