"""Sizes and times as the interface says them."""

from __future__ import annotations

from datetime import date, datetime, timedelta, timezone

import pytest

NOW = datetime(2026, 11, 22, 9, 30).astimezone()


@pytest.fixture
def words(qgis_app):
    """Return the module; it needs a running QGIS for its translations."""
    from clms_explorer.ui import words

    return words


@pytest.mark.parametrize("size, text", [
    (0, "0 kB"), (400, "0.4 kB"), (12_300, "12 kB"), (60_000, "0.1 MB"), (131_000, "0.1 MB"),
    (9_000_000, "9 MB"), (6_440_000, "6.4 MB"), (21_800_000, "22 MB"), (212e6, "212 MB"),
    (2.93e9, "2.9 GB"), (212e9, "212 GB"), (1.5e12, "1.5 TB")])
def test_sizes_have_two_digits_at_most(words, size, text):
    assert words.size_words(size) == text


def test_a_part_has_the_unit_of_the_whole(words):
    assert words.part_words(13_400_000, 21_800_000) == "13.4 of 21.8 MB"
    assert words.part_words(3_400_000, 9_000_000) == "3.4 of 9.0 MB"
    assert words.part_words(40_000, 2_900_000_000) == "0.0 of 2.9 GB"
    assert words.part_words(13_400_000, 0) == "13 MB"


def test_speed_and_rest(words):
    assert words.speed_words(2_100_000) == "2.1 MB/s"
    assert words.left_words(3.6) == "4 s left"
    assert words.left_words(0.01) == "1 s left"
    assert words.left_words(200) == "3 min left"
    assert words.left_words(7800) == "2 h 10 min left"
    assert words.left_words(3599) == "1 h 0 min left"


@pytest.mark.parametrize("seconds, text", [
    (5, "just now"), (70, "1 minute ago"), (250, "4 minutes ago"), (4000, "1 hour ago"),
    (3 * 3600, "3 hours ago"), (30 * 3600, "yesterday"), (72 * 3600, "19 November")])
def test_how_long_ago(words, seconds, text):
    assert words.ago_words(NOW - timedelta(seconds=seconds), NOW) == text


@pytest.mark.parametrize("seconds, text", [
    (-5, "in a moment"), (20, "in 20 seconds"), (70, "in 1 minute"), (240, "in 4 minutes"),
    (7300, "in 2 hours")])
def test_how_long_until(words, seconds, text):
    assert words.in_words(NOW + timedelta(seconds=seconds), NOW) == text


def test_moments_are_local(words):
    utc = NOW.astimezone(timezone.utc)
    assert words.moment_words(utc - timedelta(minutes=18), NOW) == "09:12"
    assert words.moment_words(utc - timedelta(days=1), NOW) == "yesterday"
    assert words.day_words(date(2025, 3, 7), NOW.date()) == "7 March 2025"
    assert words.day_words(NOW.date(), NOW.date()) == "today"


def test_surfaces(words):
    assert words.surface_words(744.8) == "745 km²"
    assert words.surface_words(214_600.4) == "214\u202f600 km²"
    assert words.surface_words(2.34) == "2.3 km²"
    assert words.surface_words(0.0001) == "0.01 km²"
