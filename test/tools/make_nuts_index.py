"""Make resources/nuts_index.csv: facts about NUTS regions and the countries of the world.

Usage: python3 test/tools/make_nuts_index.py [folder with nuts/ and countries/]

From the files named in ../shared/data/SOURCES.md it takes codes, names, levels and bounding
boxes. No outline goes into the index: the licence of the NUTS outlines forbids commercial use.
"""

from __future__ import annotations

import csv
import json
import sqlite3
import sys
from pathlib import Path

from shapely import wkb
from shapely.geometry import shape

ROOT = Path(__file__).resolve().parents[2]
TARGET = ROOT / "resources" / "nuts_index.csv"
HEAD = """\
# Codes, names, levels and bounding boxes (degrees) of NUTS regions and countries: facts only.
# NUTS 2021 and 2024: Eurostat GISCO, © EuroGeographics for the administrative boundaries.
# Countries outside NUTS and English country names: Natural Earth, public domain.
# Made by test/tools/make_nuts_index.py; do not edit.
"""
COLUMNS = ("code", "name", "national", "other", "level", "country",
           "west", "south", "east", "north", "releases")
WITHOUT_CODE = {"TWN": "TW"}
"""Two-letter codes of the portal for countries that Natural Earth's file leaves without one."""
FULL_NAMES = {
    "Bosnia and Herz.": "Bosnia and Herzegovina",
    "Central African Rep.": "Central African Republic",
    "Dem. Rep. Congo": "Democratic Republic of the Congo",
    "Dominican Rep.": "Dominican Republic",
    "Eq. Guinea": "Equatorial Guinea",
    "eSwatini": "Eswatini",
    "Falkland Is.": "Falkland Islands",
    "Fr. S. Antarctic Lands": "French Southern and Antarctic Lands",
    "S. Sudan": "South Sudan",
    "Solomon Is.": "Solomon Islands",
    "W. Sahara": "Western Sahara",
}


def clean(text):
    """Return a name without the stray line ends and blanks of the source."""
    return " ".join(str(text or "").split())


def nuts_2021(path):
    """Yield (properties, bounds) of the GeoJSON of NUTS 2021."""
    for feature in json.loads(path.read_text(encoding="utf-8"))["features"]:
        yield feature["properties"], shape(feature["geometry"]).bounds


def nuts_2024(path):
    """Yield (properties, bounds) of the GeoPackage of NUTS 2024, opened read-only."""
    names = ("NUTS_ID", "LEVL_CODE", "CNTR_CODE", "NAME_LATN", "NUTS_NAME")
    database = sqlite3.connect(f"file:{path}?mode=ro&immutable=1", uri=True)
    rows = database.execute(
        "SELECT geom, NUTS_ID, LEVL_CODE, CNTR_CODE, NAME_LATN, NUTS_NAME FROM nuts_2024")
    for blob, *values in rows:
        envelope = {0: 0, 1: 32, 2: 48, 3: 48, 4: 64}[(blob[3] >> 1) & 7]
        yield dict(zip(names, values)), wkb.loads(bytes(blob[8 + envelope:])).bounds
    database.close()


def add_release(regions, release, records):
    """Merge one release; later ones have the finer outlines and win, older names stay findable."""
    for properties, bounds in records:
        code = properties["NUTS_ID"]
        names = clean(properties["NAME_LATN"]), clean(properties["NUTS_NAME"])
        old = regions.get(code)
        other = [] if old is None else [*old["other"], old["name"], old["national"]]
        regions[code] = {
            "code": code, "name": names[0], "national": names[1], "other": other,
            "level": properties["LEVL_CODE"], "country": properties["CNTR_CODE"],
            "bounds": bounds, "releases": [*(old["releases"] if old else []), release],
        }


def add_countries(regions, path):
    """Give NUTS countries their English names, and add the countries outside NUTS."""
    for feature in json.loads(path.read_text(encoding="utf-8"))["features"]:
        properties = feature["properties"]
        code = properties["cntr_id"] or WITHOUT_CODE.get(properties["iso_a3"])
        name = FULL_NAMES.get(clean(properties["name"]), clean(properties["name"]))
        if code in regions:
            regions[code]["other"].append(name)
        elif code:
            regions[code] = {
                "code": code, "name": name, "national": "", "other": [], "level": "country",
                "country": code, "bounds": shape(feature["geometry"]).bounds, "releases": [],
            }


def row(region):
    """Return the values of one line, in the order of COLUMNS."""
    shown = {region["name"], region["national"], ""}
    other = dict.fromkeys(name for name in region["other"] if name not in shown)
    national = region["national"] if region["national"] != region["name"] else ""
    return [region["code"], region["name"], national, "|".join(other), region["level"],
            region["country"], *(f"{value:.3f}" for value in region["bounds"]),
            " ".join(region["releases"])]


def main(folder):
    """Write the index."""
    regions = {}
    add_release(regions, "2021", nuts_2021(folder / "nuts" / "NUTS_RG_60M_2021_4326.geojson"))
    add_release(regions, "2024", nuts_2024(folder / "nuts" / "nuts_2024_20m_4326.gpkg"))
    add_countries(regions, folder / "countries" / "ne_110m_admin_0_countries.geojson")
    with TARGET.open("w", encoding="utf-8", newline="") as file:
        file.write(HEAD)
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(COLUMNS)
        writer.writerows(row(regions[code]) for code in sorted(regions))
    print(f"{TARGET}: {len(regions)} regions, {TARGET.stat().st_size} bytes")


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else ROOT.parent / "shared" / "data")
