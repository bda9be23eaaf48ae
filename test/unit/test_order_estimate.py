"""Sizes and counts before an order is sent, and ranges in pieces."""

from __future__ import annotations

import pytest

from clms_explorer.core.aoi.area import Area
from clms_explorer.core.cart.estimate import date_count, order_bytes, packaged_bytes
from clms_explorer.core.cart.item import CartItem
from clms_explorer.core.cart.pieces import by_days
from clms_explorer.core.clms.models import Collection, Dataset

AREA = Area.from_bbox(-25.9, 37.7, -25.1, 37.95)


def dataset(title="CORINE Land Cover 2018 (raster 100 m), Europe, 6-yearly", resolution="100 m"):
    return Dataset("uid", title, "/x", resolution=resolution)


def collection(title="Raster 100 m", form="Geotiff", layers=()):
    return Collection("c", "RASTER", title, form, "EEA", layers)


def test_a_raster_has_about_a_byte_per_pixel():
    assert order_bytes(dataset(), collection(), AREA) == pytest.approx(AREA.km2 * 100, rel=0.01)


def test_the_collection_tells_the_resolution_before_the_dataset():
    fine = order_bytes(dataset(resolution="10 m/100 m"), collection("Raster 100 m"), AREA)
    assert fine == pytest.approx(AREA.km2 * 100, rel=0.01)
    told = order_bytes(dataset(resolution="10 m"), collection("Raster"), AREA)
    assert told == pytest.approx(AREA.km2 * 1e4, rel=0.01)


def test_layers_and_dates_multiply():
    one = order_bytes(dataset(), collection(layers=("A", "B")), AREA, layer="A")
    assert order_bytes(dataset(), collection(layers=("A", "B")), AREA) == 2 * one
    daily = dataset("Snow (raster 100 m), Europe, daily")
    ten = order_bytes(daily, collection(), AREA, start="2024-01-01", end="2024-01-10")
    assert ten == 10 * one


@pytest.mark.parametrize("form, resolution, title", [
    ("GDB", "100 m", "Vector"), ("Geotiff", "", "Raster"), ("Geotiff", "25 ha", "Raster")])
def test_what_cannot_be_told_is_zero(form, resolution, title):
    assert order_bytes(dataset(resolution=resolution), collection(title, form), AREA) == 0


@pytest.mark.parametrize("rhythm, count", [
    ("10-daily", 37), ("daily", 366), ("yearly", 1), ("6-yearly", 1), ("whenever", 0),
    ("hourly", 8784)])
def test_dates_follow_the_rhythm(rhythm, count):
    title = f"NDVI 2020-present (raster 300 m), global, {rhythm}"
    assert date_count(dataset(title), "2024-01-01", "2024-12-31") == count


@pytest.mark.parametrize("text, size", [
    ("125 MB", 125_000_000), ("3.5GB", 3_500_000_000), ("1,2 TB", 1_200_000_000_000),
    ("", 0), ("large", 0)])
def test_sizes_of_ready_files_are_read(text, size):
    assert packaged_bytes(text) == size


def item(start, end):
    return CartItem("portal", "uid", "Snow", AREA, start=start, end=end)


def test_a_long_range_becomes_ranges_that_follow_each_other():
    pieces = by_days(item("2024-01-01", "2024-03-15"), 30)
    assert [(piece.start, piece.end) for piece in pieces] == [
        ("2024-01-01", "2024-01-31"), ("2024-02-01", "2024-03-02"), ("2024-03-03", "2024-03-15")]


def test_what_fits_stays_whole():
    for one, most in ((item("2024-01-01", "2024-01-31"), 30), (item("", ""), 30),
                      (item("2024-01-01", "2026-01-31"), 0)):
        assert by_days(one, most) == [one]
