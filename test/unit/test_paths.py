"""Folders and names that people can read and every system accepts."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from fake_service import an_item

from clms_explorer.core.cart.item import CartItem
from clms_explorer.core.paths import MOST_BYTES, order_folder, safe_name

DAY = date(2026, 11, 22)
ROOT = Path("/downloads")


def folder(item, taken=()):
    return order_folder(ROOT, item, DAY, lambda path: path in taken)


@pytest.mark.parametrize("text, name", [
    ("São Miguel", "São Miguel"),
    ("Raster/Vector: 100 m", "Raster-Vector- 100 m"),
    ("a\\b|c?d*e<f>g\"h", "a-b-c-d-e-f-g-h"),
    ("  many   blanks\t\n ", "many blanks"),
    ("ends in dots...", "ends in dots"),
    ("...", "_"), ("", "_"), ("..", "_"), (".hidden", "hidden"),
    ("CON", "_CON"), ("nul.tif", "_nul.tif"), ("Lpt1", "_Lpt1"), ("console", "console"),
    ("e\u0301", "\u00e9"),
    ("zero\x00byte", "zero-byte")])
def test_names_work_on_every_system(text, name):
    assert safe_name(text) == name


def test_long_names_are_cut_and_stay_different():
    one, two = safe_name("long " * 50 + "one", 60), safe_name("long " * 50 + "two", 60)
    assert one != two
    assert len(one) <= 60 and one.startswith("long long")
    assert safe_name("long " * 50 + "one", 60) == one


def test_names_are_short_enough_in_bytes_too():
    name = safe_name("Ж" * 119)
    assert len(name.encode()) <= MOST_BYTES
    name.encode().decode()


def test_an_order_has_a_folder_by_dataset_area_and_day():
    assert folder(an_item()) == ROOT / "CORINE Land Cover 2018" / "São Miguel 2026-11-22"


def test_the_second_order_of_a_day_has_a_number():
    first = folder(an_item())
    second = folder(an_item(), [first])
    assert second.name == "São Miguel 2026-11-22 2"
    assert folder(an_item(), [first, second]).name == "São Miguel 2026-11-22 3"


def test_no_name_leads_out_of_the_download_folder():
    path = folder(an_item("../../etc", title="../.."))
    assert ROOT in path.parents and ".." not in path.parts
    assert len(path.relative_to(ROOT).parts) == 2


def test_files_without_an_area():
    files = CartItem("portal", "uid", "Urban Atlas 2018", files=("id",))
    assert folder(files).name == "complete 2026-11-22"
    assert folder(files.with_options(collection_title="Ponta Delgada")).name \
        == "Ponta Delgada 2026-11-22"


def test_egms_files_lie_together_by_level_and_release():
    hit = {"filename": "EGMS_L2b_117_0227_IW2_VV_2020_2024_1.zip", "size": 1}
    item = CartItem("egms", "egms-l2b", "EGMS Calibrated", files=(hit,))
    where = ROOT / "EGMS" / "L2b 2020-2024"
    assert folder(item) == where
    assert folder(item, [where]) == where
