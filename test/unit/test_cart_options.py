"""The same options for everything in the cart, as far as they fit."""

from __future__ import annotations

from fake_service import an_item

from clms_explorer.core.cart.item import CartItem
from clms_explorer.core.cart.options import same_options


def anything(_item):
    return True


def no_geopackage(item):
    return item.format != "GPKG" and item.crs != "EPSG:32626"


def test_all_options_are_taken_over():
    model = an_item(format="GPKG", crs="EPSG:4326", clip=False, open_when_ready=False)
    item, = same_options(model, [an_item("Pico")], anything)
    assert (item.format, item.crs, item.clip, item.open_when_ready) == (
        "GPKG", "EPSG:4326", False, False)
    assert item.area.name == "Pico"


def test_an_option_that_does_not_fit_is_left_as_it_is_and_the_others_are_taken():
    model = an_item(format="GPKG", crs="EPSG:4326")
    item, = same_options(model, [an_item("Pico")], no_geopackage)
    assert (item.format, item.crs) == ("Geotiff", "EPSG:4326")


def test_files_have_neither_format_nor_projection():
    files = CartItem("fake", "uid", "Urban Atlas 2018", files=("id",))
    item, = same_options(an_item(format="GPKG", clip=False), [files], anything)
    assert item == files.with_options(clip=False)
    item, = same_options(files, [an_item()], anything)
    assert item.format == "Geotiff"


def test_another_service_has_other_formats():
    egms = CartItem("egms", "egms", "EGMS", files=({"filename": "x.zip"},))
    item, = same_options(an_item(open_when_ready=False), [egms], anything)
    assert item == egms.with_options(open_when_ready=False)
