"""Portal titles taken apart for cards."""

from __future__ import annotations

import json

import pytest

from clms_explorer.core.clms.titles import spaced, split


@pytest.mark.parametrize("title, name, facts", [
    ("CORINE Land Cover 2018 (vector/raster 100 m), Europe, 6-yearly",
     "CORINE Land Cover 2018", ("Raster 100 m, vector", "Europe", "every 6 years")),
    ("Tree Cover Density 2018-present (raster 10 m), Europe, yearly",
     "Tree Cover Density 2018–present", ("Raster 10 m", "Europe", "yearly")),
    ("Small Woody Features 2015 (vector/raster 5 m and 100 m), Europe, 3-yearly",
     "Small Woody Features 2015", ("Raster 5 m and 100 m, vector", "Europe", "every 3 years")),
    ("Land Cover 2020 (raster 10 m), global, annual - version 1",
     "Land Cover 2020", ("Raster 10 m", "Global", "yearly", "Version 1")),
    ("Land Surface Temperature (Synthesis and Thermal Condition Index) 2017-2021 (raster 5 km),"
     " global, 10-daily – version 1",
     "Land Surface Temperature (Synthesis and Thermal Condition Index) 2017–2021",
     ("Raster 5 km", "Global", "every 10 days", "Version 1")),
    ("Lake Surface Water Temperature 2016-present (raster 1 km), global, 10-daily, Near Real Time"
     " – version 1",
     "Lake Surface Water Temperature 2016–present",
     ("Raster 1 km", "Global", "every 10 days", "Near Real Time", "Version 1")),
    ("CORINE Land Cover 2018 (raster 100 m), Europe, 6-yearly - version 2020_20u1, May 2020",
     "CORINE Land Cover 2018",
     ("Raster 100 m", "Europe", "every 6 years", "Version 2020_20u1", "May 2020")),
    ("Surface Reflectance 2018 – present (raster 300 m), global, daily – version 2.3",
     "Surface Reflectance 2018–present", ("Raster 300 m", "Global", "daily", "Version 2.3")),
    ("Land Surface Temperature 2018-present (raster 3km), global, hourly – version 3",
     "Land Surface Temperature 2018–present", ("Raster 3 km", "Global", "hourly", "Version 3")),
    ("Soil Water Index Time Series 2007-2024 (discrete global grid), global, daily, version 3",
     "Soil Water Index Time Series 2007–2024",
     ("Discrete global grid", "Global", "daily", "Version 3")),
    ("Satellite images (raster 30 m), Hot Spots globally", "Satellite images",
     ("Raster 30 m", "Hot Spots globally")),
    ("DEPRECATED - River and Lake Ice Extent - Sentinel-2 Based",
     "River and Lake Ice Extent - Sentinel-2 Based", ("Deprecated",)),
    ("CLC 2018", "CLC 2018", ()),
    ("Global  Image Mosaic", "Global Image Mosaic", ()),
    ("", "", ()), ("(raster 10 m)", "(raster 10 m)", ()), ("DEPRECATED - ", "DEPRECATED", ()),
    ("Odd (raster", "Odd (raster", ()), (" , ", ",", ()),
])
def test_name_and_facts(title, name, facts):
    assert split(title) == (name, facts)


def test_every_title_of_the_real_catalogue_has_a_name_of_its_own(shared_data):
    path = shared_data / "catalogue" / "clms_catalogue_snapshot.json"
    titles = [item["title"] for item in json.loads(path.read_text(encoding="utf-8"))["items"]]
    assert len(titles) == 256
    for title in titles:
        name, facts = split(title)
        assert name and name == name.strip() and "(raster" not in name and "(vector" not in name
        assert all(fact and fact == fact.strip() for fact in facts)
        assert len(facts) == len(set(facts))
        if "(raster" in title or "(vector" in title:
            assert len(facts) >= 2, title


def test_numbers_and_units_stand_apart():
    assert spaced("100m – Part 1") == "100 m – Part 1"
    assert spaced(" 25ha/100m ") == "25 ha/100 m"
    assert spaced("v2020_20u1 10mm") == "v2020_20u1 10mm"
