"""The cart keeps what the user wants to order, whatever happens."""

from __future__ import annotations

import json

import pytest
from fake_service import an_item

from clms_explorer.core.cart.cart import Cart
from clms_explorer.core.cart.item import CartItem
from clms_explorer.core.errors import DiskFull


@pytest.fixture
def path(tmp_path):
    return tmp_path / "profile" / "cart.json"


def test_a_cart_survives_a_restart(path):
    cart = Cart(path)
    cart.add(an_item())
    cart.add(an_item("Terceira", start="2024-03-01", end="2025-02-28"))

    again = Cart(path).items
    assert [item.area.name for item in again] == ["São Miguel", "Terceira"]
    assert again[1].end == "2025-02-28"
    assert again[0].area.bbox == an_item().area.bbox


def test_the_same_item_is_kept_once(path):
    cart = Cart(path)
    assert cart.add(an_item())
    assert not cart.add(an_item())
    assert cart.add(an_item(format="GPKG"))
    assert len(cart.items) == 2


def test_files_and_extras_do_not_make_a_read_item_another(path):
    item = an_item(files=("a", {"filename": "b.zip", "size": 3}), extra={"layers": ("x", "y")})
    Cart(path).add(item)
    cart = Cart(path)
    assert not cart.add(item)
    cart.remove([item])
    assert cart.items == ()


def test_options_are_changed_in_place_and_equal_items_become_one(path):
    cart = Cart(path)
    tiff, gpkg, other = an_item(), an_item(format="GPKG"), an_item("Faial")
    for item in (tiff, gpkg, other):
        cart.add(item)

    cart.replace([(tiff, tiff.with_options(crs="EPSG:4326"))])
    assert [item.crs for item in Cart(path).items] == ["EPSG:4326", "EPSG:3035", "EPSG:3035"]

    cart.replace([(cart.items[0], gpkg)])
    assert [item.area.name for item in cart.items] == ["São Miguel", "Faial"]


def test_many_items_are_changed_in_one_step(path):
    cart = Cart(path)
    for name in ("Pico", "Faial"):
        cart.add(an_item(name))
    cart.replace([(item, item.with_options(format="GPKG")) for item in cart.items])
    assert [(item.area.name, item.format) for item in Cart(path).items] == [
        ("Pico", "GPKG"), ("Faial", "GPKG")]


def test_removing_and_clearing(path):
    cart = Cart(path)
    for name in ("Pico", "Faial", "Flores"):
        cart.add(an_item(name))
    cart.remove([an_item("Faial"), an_item("Corvo")])
    assert [item.area.name for item in cart.items] == ["Pico", "Flores"]
    cart.clear()
    assert Cart(path).items == ()


def test_two_windows_share_one_cart(path):
    here, there = Cart(path), Cart(path)
    here.add(an_item("Pico"))
    there.add(an_item("Faial"))
    assert [item.area.name for item in here.items] == ["Pico", "Faial"]


@pytest.mark.parametrize("text", [
    "", "{", "[]", '{"items": 3}', "null", '{"items": {"a": 1}}', "[" * 100_000])
def test_an_unreadable_cart_is_set_aside_and_a_new_one_begun(path, text):
    path.parent.mkdir()
    path.write_text(text)
    cart = Cart(path)
    assert cart.items == ()
    cart.add(an_item())
    assert len(Cart(path).items) == 1
    assert path.with_suffix(".unreadable").read_text() == text


def test_one_bad_item_does_not_cost_the_others(path):
    cart = Cart(path)
    cart.add(an_item())
    data = json.loads(path.read_text())
    data["items"] = [{"service": "x"}, None, {**data["items"][0], "area": {"type": "nonsense"}},
                     {**data["items"][0], "of_a_later_version": 1}]
    path.write_text(json.dumps(data))
    assert [item.area.name for item in Cart(path).items] == ["São Miguel"]


def test_a_cart_that_cannot_be_written_stays_as_it_was(path, monkeypatch):
    cart = Cart(path)
    cart.add(an_item())

    def full(*_args):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("os.replace", full)
    with pytest.raises(DiskFull) as caught:
        cart.add(an_item("Faial"))
    assert caught.value.reason == "full"
    assert len(cart.items) == 1
    assert len(Cart(path).items) == 1


def test_an_item_without_area_is_fine(path):
    Cart(path).add(CartItem("portal", "uid", "Urban Atlas 2018", files=("a-file-id",)))
    assert Cart(path).items[0].files == ("a-file-id",)
