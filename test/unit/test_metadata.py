"""metadata.txt is what the plugin repository and QGIS ask for."""

import re
from configparser import ConfigParser
from pathlib import Path

from clms_explorer.core.version import plugin_version

ROOT = Path(__file__).resolve().parents[2]
REQUIRED = ("name", "description", "version", "qgisMinimumVersion", "author", "email", "about",
            "tracker", "repository", "icon")


def metadata():
    parser = ConfigParser(interpolation=None)
    parser.optionxform = str
    parser.read(ROOT / "metadata.txt", encoding="utf-8")
    return parser["general"]


def test_the_required_keys_are_there():
    general = metadata()
    assert all(general.get(key) for key in REQUIRED)
    assert general["name"] == "CLMS Explorer"
    assert general["qgisMinimumVersion"] == "3.22" and general["qgisMaximumVersion"] == "4.99"
    assert general["hasProcessingProvider"] == "yes"
    assert "supportsQt6" not in general


def test_the_version_is_numeric_and_known_to_the_code():
    assert re.fullmatch(r"\d+\.\d+\.\d+", metadata()["version"])
    assert plugin_version() == metadata()["version"]


def test_texts_are_plain_and_name_the_packages():
    general = metadata()
    assert not re.search(r"<[a-z]", general["about"] + general["description"])
    assert all(word in general["about"] for word in ("numpy", "requests", "pyproj", "shapely"))


def test_icon_and_licence_exist():
    assert (ROOT / metadata()["icon"]).is_file()
    assert "GNU GENERAL PUBLIC LICENSE" in (ROOT / "LICENSE").read_text(encoding="utf-8")
