"""The sandbox draws maps and pictures and serves NUTS shapes."""

from __future__ import annotations

import struct
import xml.etree.ElementTree as ElementTree
import zlib
from typing import Any

import numpy as np
import pyproj
import pytest
import requests
from shapely.geometry import shape

from sandbox.geodesy import michigan, projection
from sandbox.land_cover import classes
from sandbox.server import Sandbox

WMS = "/arcgis/services/Corine/CLC2018_WM/MapServer/WmsServer"


@pytest.fixture(scope="module")
def sandbox():
    with Sandbox() as running:
        yield running


def ask(sandbox: Sandbox, **fields: Any) -> requests.Response:
    return requests.get(sandbox.main.base + WMS, params={"SERVICE": "WMS", **fields}, timeout=20)


def pixels(png: bytes) -> np.ndarray[Any, Any]:
    """Decode an RGBA image without filters, as the sandbox writes it."""
    assert png[:8] == b"\x89PNG\r\n\x1a\n"
    width, height = struct.unpack(">II", png[16:24])
    start = png.index(b"IDAT")
    size, = struct.unpack(">I", png[start - 4:start])
    raw = np.frombuffer(zlib.decompress(png[start + 4:start + 4 + size]), np.uint8)
    return raw.reshape(height, 1 + 4 * width)[:, 1:].reshape(height, width, 4)


def a_map(sandbox: Sandbox, **fields: Any) -> np.ndarray[Any, Any]:
    answer = ask(sandbox, VERSION="1.3.0", REQUEST="GetMap", LAYERS="12", STYLES="",
                 FORMAT="image/png", TRANSPARENT="TRUE", **fields)
    assert answer.headers["Content-Type"] == "image/png", answer.text
    return pixels(answer.content)


@pytest.mark.parametrize("version, root", [
    ("1.3.0", "{http://www.opengis.net/wms}WMS_Capabilities"), ("1.1.1", "WMT_MS_Capabilities")])
def test_capabilities(sandbox, shared_data, version, root):
    tree = ElementTree.fromstring(ask(sandbox, REQUEST="GetCapabilities", VERSION=version).text)
    assert (tree.tag, tree.attrib["version"]) == (root, version)
    space = root[:-len("WMS_Capabilities")] if version == "1.3.0" else ""
    names = [layer.findtext(space + "Name") for layer in tree.iter(space + "Layer")]
    assert "12" in names and "13" in names


def test_a_map_in_the_official_colours(sandbox, shared_data):
    image = a_map(sandbox, CRS="EPSG:4326", BBOX="37.6,-25.9,38.0,-25.1", WIDTH=400, HEIGHT=200)
    assert image.shape == (200, 400, 4)
    official = {item.colour for item in classes()}
    drawn = {tuple(colour) for colour in image.reshape(-1, 4)[:, :3].tolist()}
    assert drawn <= official and len(drawn) > 10


def test_axes_of_degrees_are_turned_in_the_new_version_only(sandbox, shared_data):
    new = a_map(sandbox, CRS="EPSG:4326", BBOX="37.6,-25.9,38.0,-25.1", WIDTH=80, HEIGHT=40)
    plain = a_map(sandbox, CRS="CRS:84", BBOX="-25.9,37.6,-25.1,38.0", WIDTH=80, HEIGHT=40)
    old = ask(sandbox, VERSION="1.1.1", REQUEST="GetMap", LAYERS="12", SRS="EPSG:4326",
              BBOX="-25.9,37.6,-25.1,38.0", WIDTH=80, HEIGHT=40, TRANSPARENT="TRUE",
              FORMAT="image/png")
    assert np.array_equal(new, plain) and np.array_equal(new, pixels(old.content))


def test_the_sea_is_clear(sandbox):
    image = a_map(sandbox, CRS="EPSG:3857", BBOX="-2000000,5000000,-1900000,5100000",
                  WIDTH=10, HEIGHT=10)
    assert (image[..., 3] == 0).all()


def test_what_lies_under_a_pixel(sandbox, shared_data):
    answer = ask(sandbox, VERSION="1.3.0", REQUEST="GetFeatureInfo", LAYERS="12",
                 QUERY_LAYERS="12", CRS="EPSG:4326", BBOX="37.6,-25.9,38.0,-25.1", WIDTH=400,
                 HEIGHT=200, I=10, J=10, INFO_FORMAT="application/json")
    feature, = answer.json()["features"]
    assert feature["properties"] == {"value": 44, "class": "523 Sea and ocean"}


def test_legend(sandbox):
    answer = ask(sandbox, REQUEST="GetLegendGraphic", LAYER="12", FORMAT="image/png")
    image = pixels(answer.content)
    assert tuple(image[10, 10, :3]) == classes()[0].colour


@pytest.mark.parametrize("fields, code", [
    ({"LAYERS": "unknown"}, "LayerNotDefined"), ({"CRS": "EPSG:9999"}, "InvalidCRS"),
    ({"FORMAT": "image/tiff"}, "InvalidFormat"), ({"BBOX": "1,2,3"}, "MissingParameterValue"),
    ({"WIDTH": "100000"}, "MissingParameterValue"), ({"REQUEST": "x"}, "OperationNotSupported"),
])
def test_reports_of_wrong_requests(sandbox, fields, code):
    answer = ask(sandbox, **{"VERSION": "1.3.0", "REQUEST": "GetMap", "LAYERS": "12",
                             "CRS": "EPSG:4326", "BBOX": "37,-26,38,-25", "WIDTH": 10,
                             "HEIGHT": 10, "FORMAT": "image/png", **fields})
    assert f'code="{code}"' in answer.text


def test_pictures_of_datasets(sandbox):
    page = sandbox.main.base + "/en/products/corine-land-cover/clc2018"
    answer = requests.get(page + "/@@images/image/preview", timeout=10)
    assert answer.headers["Content-Type"] == "image/png"
    assert pixels(answer.content).shape[:2] == (400, 400)
    html = requests.get(page, timeout=10)
    assert "CORINE Land Cover 2018" in html.text
    assert requests.get(page + "x/@@images/image/preview", timeout=10).status_code == 404
    record = requests.get(sandbox.portal + "/en/products/corine-land-cover/clc2018",
                          headers={"Accept": "application/json"}, timeout=10).json()
    image = record["image"]["download"].replace("/api/", "/")
    assert requests.get(image, timeout=10).status_code == 200


def test_regions_from_gisco(sandbox):
    answer = requests.get(sandbox.gisco + "/distribution/PT200-region-01m-4326-2021.geojson",
                          timeout=10)
    feature, = answer.json()["features"]
    assert feature["properties"]["NUTS_ID"] == "PT200"
    assert shape(feature["geometry"]).is_valid
    missing = requests.get(sandbox.gisco + "/distribution/ZZ-region-01m-4326-2021.geojson",
                           timeout=10)
    assert missing.status_code == 404


def test_the_island_has_its_true_outline(sandbox, shared_data):
    answer = requests.get(sandbox.gisco + "/distribution/PT200-region-01m-4326-2021.geojson",
                          timeout=10)
    geometry = shape(answer.json()["features"][0]["geometry"])
    areas = sorted(abs(pyproj.Geod(ellps="GRS80").geometry_area_perimeter(part)[0]) / 1e6
                   for part in geometry.geoms)
    assert areas[-1] == pytest.approx(744.6, abs=1)


def test_whole_levels(sandbox, shared_data):
    def level(name: str) -> int:
        answer = requests.get(f"{sandbox.gisco}/geojson/NUTS_RG_60M_2021_4326{name}.geojson",
                              timeout=10)
        return len(answer.json()["features"])

    assert level("_LEVL_0") == 37 and level("_LEVL_3") == 1514
    assert level("") == 2010


@pytest.mark.parametrize("epsg", [3035, 3857, 4258, 25830, 32632])
def test_projections_agree_with_proj(epsg):
    middle = {25830: -3, 32632: 9}.get(epsg, 10)
    lon, lat = np.meshgrid(np.linspace(middle - 4, middle + 4, 9), np.linspace(28, 71, 9))
    forward, back = projection(f"EPSG:{epsg}")
    proj = pyproj.Transformer.from_crs(4326, epsg, always_xy=True)
    x, y = proj.transform(lon, lat)
    assert np.allclose(forward(lon, lat), (x, y), atol=0.001)
    assert np.allclose(back(x, y), (lon, lat), atol=1e-8)


def test_the_portals_odd_grid_agrees_with_proj():
    proj = pyproj.Proj(3587)
    for lon in range(-180, 181, 30):
        for lat in (-95, -90, -60, 0, 45, 89, 90, 95):
            assert michigan(lon, lat) == pytest.approx(proj(lon, lat), rel=1e-9, abs=1e-3)
