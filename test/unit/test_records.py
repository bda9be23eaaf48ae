"""Records of the portal as datasets: every field may be null, absent or of another type."""

from __future__ import annotations

import itertools
import json
import math

import pytest

from clms_explorer.core.clms import metadata
from clms_explorer.core.clms.coverage import intersects
from clms_explorer.core.clms.formats import (
    LABELS, TARGETS, default_format, default_system, offered_systems, stored_systems,
)
from clms_explorer.core.clms.map_services import kind_of
from clms_explorer.core.clms.models import Dataset, MapService
from clms_explorer.core.clms.records import FIELDS, dataset_from_record
from clms_explorer.core.clms.values import metres, path_of

ODD = [None, "", "text", 0, -1, 3.5, True, [], ["x"], [None], {}, {"items": None},
       {"items": [None, 5, {}]}, {"token": None}, {"data": None}, {"items": {"a": 1}}]


@pytest.fixture(scope="module")
def examples(shared_data):
    folder = shared_data.parent / "reference" / "clms-api-examples"
    pages = [json.loads((folder / name).read_text(encoding="utf-8"))
             for name in ("search-page.json", "search-page-last.json")]
    return {item["title"]: item for page in pages for item in page["items"]}


@pytest.fixture(scope="module")
def recorded(shared_data):
    def read(name):
        path = shared_data / "catalogue" / "responses" / f"dataset_{name}.json"
        return json.loads(path.read_text(encoding="utf-8"))
    return read


def test_a_full_record_of_the_portal(recorded):
    clc = dataset_from_record(recorded("clc2018"))
    assert clc.uid == "0407d497d3c44bcd93ce8fd5bf78596a"  # pragma: allowlist secret
    assert clc.path == "/en/products/corine-land-cover/clc2018"
    assert clc.product == "CORINE Land Cover"
    assert (clc.start, clc.end) == ("2017-01-01", "2018-12-31")
    assert clc.boxes == ((-31.561261, 27.405827, 44.820775, 71.409109),)
    assert [(one.title, one.format, one.source) for one in clc.collections] == [
        ("Vector", "GDB", "EEA"), ("Raster 100 m", "Geotiff", "EEA")]
    assert [file.size for file in clc.files][:1] == ["125 MB"]
    assert dict(clc.files[0].columns)["File"] == "u2018_clc2018_v2020_20u1_raster100m"
    assert clc.by_area and not clc.time_series and clc.limit_days == 365
    assert (clc.projection, clc.resolution, clc.version) == (
        "EPSG:3035", "25 ha/100 m", "V2020_20u1")
    assert clc.doi == "10.2909/960998c1-1870-4e82-8051-6485205ebbac"
    assert clc.citation == (
        "CORINE Land Cover 2018 (vector/raster 100 m), Europe, 6-yearly. © European Union, "
        "Copernicus Land Monitoring Service 2020, European Environment Agency (EEA). "
        "https://doi.org/10.2909/960998c1-1870-4e82-8051-6485205ebbac")
    assert clc.licence == ("© European Union, Copernicus Land Monitoring Service 2020, "
                           "European Environment Agency (EEA)")
    assert clc.thumbnail.startswith("/en/products/corine-land-cover/clc2018/@@images/")
    assert [service.kind for service in clc.services] == ["wms", "arcgis-map"]
    assert clc.services[0].layers[0] == ("12", "Corine Land Cover 2018 LAEA - raster100m")


def test_bands_are_kept_to_the_last_blank(recorded):
    cover = dataset_from_record(recorded("lc2019"))
    assert "Cover Fraction: Built-up " in cover.collections[0].layers
    assert cover.files == () and cover.services[0].kind == "json"


def test_a_time_series_that_goes_on(recorded):
    snow = dataset_from_record(recorded("fsc2016p20med"))
    assert snow.time_series and snow.limit_days == 7
    assert (snow.start, snow.end) == ("2016-09-01", "")
    assert snow.files == (), "a placeholder row is not a file"
    assert len(stored_systems(snow.projection)) == 14


def test_search_items_give_the_same(examples):
    clc = dataset_from_record(examples["CLC 2018"])
    assert clc.thumbnail == "/en/products/corine-land-cover/clc2018/@@images/image/preview"
    assert [one.format for one in clc.collections] == ["GDB", "Geotiff"]
    assert len(clc.boxes) == 2, "overseas parts have boxes of their own"
    assert len(clc.files) == 3 and clc.files[1].title == "u2018_clc2018_v2020_20u1_fgdb"
    assert ("Footprint" in str(clc.services)) is False, "hidden layers are not shown"
    assert clc.doi == "10.0000/example"
    title = "High Resolution Layer Imperviousness Change 2015-2018"
    density = dataset_from_record(examples[title])
    assert [one.title for one in density.collections] == ["Raster 20 m", "Raster 100 m"]
    assert density.files == ()


def test_a_collection_of_cdse_needs_no_path(examples):
    lakes = [dataset_from_record(item) for item in examples.values()]
    cdse = [one for item in lakes for one in item.collections if one.source == "CDSE"]
    assert len(cdse) == 1 and cdse[0].byoc


def test_egms_is_recognised(examples):
    found = [item for item in map(dataset_from_record, examples.values()) if item.is_egms]
    assert len(found) == 1 and found[0].collections == () and not found[0].elsewhere


def test_every_item_of_the_snapshot_is_read(shared_data):
    path = shared_data / "catalogue" / "clms_catalogue_snapshot.json"
    items = json.loads(path.read_text(encoding="utf-8"))["items"]
    found = [dataset_from_record(item) for item in items]
    assert sum(bool(item.collections) for item in found) == 33
    assert sum(item.is_egms for item in found) == 4
    assert [item.elsewhere for item in found if item.is_egms and not item.in_archive] == [True]
    assert all(item.title for item in found)
    assert all(item.boxes for item in found if ", Europe" in item.title or "glob" in item.title)


@pytest.mark.parametrize("field", [
    *FIELDS, "@id", "parent", "image", "title"])
def test_nothing_odd_in_any_field_does_harm(field, examples):
    record = examples["CLC 2018"]
    for value in ODD:
        assert isinstance(dataset_from_record({**record, field: value}), Dataset)
    assert isinstance(dataset_from_record({key: value for key, value in record.items()
                                           if key != field}), Dataset)


def test_nothing_odd_in_rows_does_harm():
    for value, key in itertools.product(ODD, ("@id", "full_format", "full_source", "full_path",
                                              "layers", "name", "collection", "path", "source",
                                              "west", "id", "title", "hide")):
        rows = {"items": [{"@id": "a", "full_format": "Geotiff", "full_source": "EEA",
                           "path": "p", "source": "EEA", "id": "1", key: value}]}
        record = {"title": "X", "dataset_download_information": rows, "downloadable_files": rows,
                  "geographicBoundingBox": rows, "mapviewer_layers": rows}
        assert isinstance(dataset_from_record(record), Dataset)


def test_an_empty_record():
    assert dataset_from_record({}).title == ""


@pytest.mark.parametrize("row, usable", [
    ({"full_format": "Geotiff", "full_source": "EEA", "full_path": "H:\\x"}, True),
    ({"full_format": {"title": "Geotiff", "token": "Geotiff"}, "full_source": {"token": "EEA"}},
     True),
    ({"full_format": None, "full_source": "EEA", "full_path": "x"}, False),
    ({"full_format": "Geotiff", "full_source": None, "full_path": "x"}, False),
    ({"full_format": "Geotiff", "full_source": "EEA", "full_path": ""}, False),
    ({"full_format": "Geotiff", "full_source": "CDSE", "full_path": ""}, True)])
def test_what_can_be_ordered_by_area(row, usable):
    record = {"title": "X", "dataset_download_information": {"items": [{"@id": "a", **row}]}}
    assert dataset_from_record(record).by_area is usable
    assert not dataset_from_record({**record, "downloadable_dataset": False}).by_area
    assert not dataset_from_record({**record, "downloadable_full_dataset": False}).by_area


class TestBoxes:
    def boxes(self, *rows, **fields):
        return dataset_from_record(
            {"title": "X", "geographicBoundingBox": {"items": list(rows)}, **fields}).boxes

    def row(self, west, south, east, north):
        return {"west": west, "south": south, "east": east, "north": north}

    def test_numbers_come_as_text(self):
        assert self.boxes(self.row("-26.00", "34", "44.00", "66")) == ((-26, 34, 44, 66),)

    def test_a_box_over_the_antimeridian_is_two(self):
        assert self.boxes(self.row(170, -50, -170, -30)) == (
            (170, -50, 180, -30), (-180, -50, -170, -30))

    @pytest.mark.parametrize("row", [
        (0, 10, 10, 0), (0, 0, 999, 10), ("x", 0, 10, 10), (None, 0, 10, 10),
        (math.nan, 0, 10, 10), (math.inf, 0, 10, 10), (0, -91, 10, 10), (0, 0, 0, 0)])
    def test_nonsense_is_left_out(self, row):
        good = self.row(1, 2, 3, 4)
        assert self.boxes(self.row(*row), good) == ((1, 2, 3, 4),)

    def test_words_help_where_boxes_are_missing(self):
        assert self.boxes(characteristics_spatial_coverage="Global") == ((-180, -90, 180, 90),)
        assert self.boxes(geographicCoverage=["EEA39"])[0][0] == -31.6
        assert self.boxes(geographicCoverage=["Narnia"]) == ()

    def test_touching(self):
        assert intersects((0, 0, 1, 1), ((1, 1, 2, 2),))
        assert not intersects((0, 0, 1, 1), ((1.1, 0, 2, 1), (0, 2, 1, 3)))


class TestMapServices:
    @pytest.mark.parametrize("url, kind", [
        ("https://x/arcgis/services/Corine/CLC2018_WM/MapServer/WmsServer", "wms"),
        ("https://x/arcgis/rest/services/Corine/CLC2018_WM/MapServer", "arcgis-map"),
        ("https://x/product-json/globaldynamiclandcover_2019.json/@@download/file", "json"),
        ("https://sh.dataspace.copernicus.eu/ogc/wmts/abc", "wmts"),
        ("https://x/wmts?service=WMTS&layer=wmsdata", "wms"),
        ("https://x/arcgis/rest/services/HRL/ImageServer", "arcgis-feature"),
        ("https://cryo.land.copernicus.eu/wms/FSC/?", "wms")])
    def test_kinds(self, url, kind):
        assert kind_of(url) == kind

    def services(self, **fields):
        return dataset_from_record({"title": "X", **fields}).services

    def test_the_dummy_is_no_service(self):
        dummy = ("https://trial.discomap.eea.europa.eu/arcgis/services/CLMS/WorldCountries/"
                 "MapServer/WMSServer")
        assert self.services(mapviewer_viewservice=dummy) == ()
        assert self.services(mapviewer_viewservice=dummy.upper().replace("HTTPS", "https")) == ()

    def test_one_service_named_twice_is_one(self):
        found = self.services(
            metadata_wms_url="https://x/WMSServer?request=GetCapabilities&service=WMS",
            mapviewer_viewservice="https://X/wmsserver",
            mapviewer_layers={"items": [{"id": 12, "title": "a"}, {"id": "0", "hide": True}]})
        assert found == (MapService(
            "wms", "https://x/WMSServer?request=GetCapabilities&service=WMS", (("12", "a"),)),)

    @pytest.mark.parametrize("url", ["", "file:///etc/passwd", "javascript:x", "no url", None])
    def test_only_web_addresses(self, url):
        assert self.services(mapviewer_viewservice=url) == ()


class TestMetadata:
    def test_rich_text_is_read_as_a_browser_shows_it(self):
        html = ("<html><head><title>no</title></head><body><p>One &amp; <b>two</b></p>"
                "<script>alert(1)</script><ul><li>three</li><li>four</li></ul>5&lt;6</body>")
        assert metadata.plain_text({"data": html}) == "One & two\nthree\nfour\n5<6"

    @pytest.mark.parametrize("value", [*ODD, {"data": "<"}, {"data": "<p"}, {"data": "<![CDATA["},
                                       {"data": "</p></p>"}, {"data": "<script>"}])
    def test_broken_markup_does_no_harm(self, value):
        assert isinstance(metadata.plain_text(value), str)
        assert isinstance(metadata.citation({"citation": value}, "T"), str)

    def test_the_words_of_the_record_win(self):
        html = "<p>EEA (2020): CORINE Land Cover. https://doi.org/10.2909/abc.</p>"
        assert metadata.citation({"citation": {"data": html}}, "T") == (
            "EEA (2020): CORINE Land Cover. https://doi.org/10.2909/abc.")
        assert metadata.dois({"citation": {"data": html}}) == ("10.2909/abc",)

    def test_without_a_year(self):
        assert metadata.credit("") == ("© European Union, Copernicus Land Monitoring Service, "
                                       "European Environment Agency (EEA)")


class TestFormats:
    def test_the_table_is_the_one_of_the_portal(self, shared_data):
        path = shared_data.parent / "reference" / "clms-api-examples" / "formats.json"
        table = json.loads(path.read_text(encoding="utf-8"))
        assert {source: {one for one, able in row.items() if able}
                for source, row in table.items()} == {
                    source: set(targets) for source, targets in TARGETS.items()}
        assert set(LABELS) == set(table)

    def test_the_systems_are_those_of_the_portal(self, shared_data):
        folder = shared_data / "clms-responses"
        many = json.loads((folder / "projections-uid-multi.json").read_text())["body"]
        assert list(offered_systems("EPSG:32620/ 32622")) == many
        assert list(offered_systems("EPSG:32620")) == many[:4]

    def test_what_costs_no_conversion_is_chosen(self):
        assert default_system("EPSG:3035") == "EPSG:3035"
        assert default_system("EPSG:32632") == "EPSG:4326", "one zone alone is not delivered"
        assert default_system("EPSG:32625/ 32626") == "EPSG:4326"
        assert default_system("") == "EPSG:4326"
        assert (default_format("GDB"), default_format("odd")) == ("GDB", "")


@pytest.mark.parametrize("text, length", [
    ("25 ha/100 m", 100), ("10 m/100 m", 10), ("1 km", 1000), ("12.5 km", 12500), ("2.5 m", 2.5),
    ("20m,100m", 20), ("0.01 deg", 1111.95), ("", math.inf), ("fine", math.inf),
    ("3 mm", math.inf)])
def test_resolutions_in_metres(text, length):
    assert metres(text) == pytest.approx(length, abs=0.01)


@pytest.mark.parametrize("address, path", [
    ("https://clms-prod.eea.europa.eu/api/en/products/a/b", "/en/products/a/b"),
    ("https://land.copernicus.eu/++api++/en/products/a/b/", "/en/products/a/b"),
    ("https://land.copernicus.eu/en/products/api/b?x=1#y", "/en/products/api/b"),
    ("http://127.0.0.1:8770/api", ""), ("", ""), (None, ""), (5, "/5")])
def test_paths_without_hosts(address, path):
    assert path_of(address) == path
