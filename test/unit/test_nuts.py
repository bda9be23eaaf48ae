"""Regions are found by code and by name in any spelling; outlines come from GISCO once."""

import json

import pytest
from clms_explorer.core.aoi.gisco import NutsShapes
from clms_explorer.core.aoi.nuts import NutsIndex, folded
from clms_explorer.core.aoi.shapes import area_from_geojson
from clms_explorer.core.errors import (
    AreaError,
    BadAnswer,
    Cancelled,
    NoConnection,
    ServiceError,
)
from clms_explorer.core.http.config import HttpConfig
from clms_explorer.core.http.session import Http
from sandbox.server import Sandbox
from shapely.geometry import box


@pytest.fixture(scope="module")
def index():
    return NutsIndex()


@pytest.fixture
def sandbox(tmp_path):
    with Sandbox(data=tmp_path / "none") as running:
        yield running


@pytest.fixture
def shapes(sandbox, tmp_path, index):
    http = Http(HttpConfig(retries=0))
    return NutsShapes(http, sandbox.gisco, tmp_path / "outlines", index)


def codes(found):
    return [region.code for region in found]


@pytest.mark.parametrize(("text", "first"), [
    ("milano", "ITC4C"), ("MILANO", "ITC4C"), ("itc4c", "ITC4C"), (" ITC4C ", "ITC4C"),
    ("Munchen", "DE212"), ("MÜNCHEN", "DE212"), ("münchen", "DE212"), ("Ísland", "IS"),
    ("Iceland", "IS"), ("germany", "DE"), ("София", "BG412"), ("lodz", "PL71"),
    ("bolzano bozen", "ITH10"), ("Bozen", "ITH1"), ("baden wurt", "DE1"), ("GR", "EL"),
])
def test_a_region_is_found_by_code_or_name(index, text, first):
    found = index.region(text)
    assert (found.code if found else index.search(text)[0].code) == first


def test_whole_names_come_first_then_beginnings_then_words_then_parts(index):
    found = codes(index.search("sofia"))
    assert found[:2] == ["BG412", "BG411"]              # Sofia, Sofia (stolitsa)
    wien = codes(index.search("wien"))
    assert wien[0] == "AT13" and wien.index("AT130") < wien.index("AT127")


def test_a_code_finds_its_regions_the_larger_first(index):
    assert codes(index.search("ITC4"))[:3] == ["ITC4", "ITC41", "ITC42"]


def test_a_part_of_a_code_finds_nothing_in_its_middle(index):
    assert "ITC4C" not in codes(index.search("C4C"))


@pytest.mark.parametrize("text", ["", "   ", "no such region", "🌍", "%", "(((", "\x00"])
def test_nothing_is_found_for_nonsense(index, text):
    assert index.search(text) == []


def test_the_answer_is_no_longer_than_wanted(index):
    assert len(index.search("a", limit=7)) == 7


def test_the_tree_goes_from_countries_to_small_regions(index):
    assert codes(index.children("IT")) == ["ITC", "ITF", "ITG", "ITH", "ITI"]
    assert "ITC4C" in codes(index.children("ITC4"))
    assert index.children("ITC4C") == [] and index.children("") == []
    assert all(index.region(region.parent) for region in index.regions if region.level)


def test_countries_are_in_the_order_of_their_names(index):
    names = [folded(region.name) for region in index.countries()]
    assert names == sorted(names)
    assert {"DE", "EL", "UK", "BR", "TW"} <= set(codes(index.countries()))


def test_regions_know_whether_the_portal_knows_them(index):
    assert index.region("ITC4C").portal_code == "ITC4C"
    assert index.region("PT1A0").releases == ("2024",)
    assert index.region("PT1A0").portal_code == ""        # the portal has NUTS 2021
    assert index.region("BR").portal_code == "BR" and not index.region("BR").in_nuts
    assert index.region("XK").portal_code == "XK"


def test_boxes_are_boxes(index):
    for region in index.regions:
        west, south, east, north = region.box
        assert -180 <= west < east <= 180 and -90 <= south < north <= 90, region.code


def test_the_index_says_where_it_is_from():
    from clms_explorer.core.aoi.nuts import INDEX

    head = INDEX.read_text(encoding="utf-8").splitlines()[:4]
    assert all(line.startswith("#") for line in head)
    assert "© EuroGeographics" in "".join(head) and "Natural Earth" in "".join(head)


def test_an_outline_is_fetched_once(shapes, sandbox):
    area = shapes.area("at130")
    assert (area.name, area.kind, area.code) == ("Wien", "nuts", "AT130")
    assert 16.1 < area.bbox[0] < area.bbox[2] < 16.6
    again = shapes.area("AT130")
    assert again.geometry.equals(area.geometry)
    assert len(sandbox.requests.to("/distribution/v2/nuts/")) == 1


def test_a_country_is_a_country(shapes):
    assert shapes.area("GR").code == "EL"
    assert shapes.area("EL").kind == "country"


def test_a_damaged_copy_is_fetched_again(shapes, tmp_path):
    shapes.area("AT130")
    kept, = (tmp_path / "outlines").iterdir()
    kept.write_text("{", encoding="utf-8")
    assert shapes.area("AT130").code == "AT130"
    assert json.loads(kept.read_text(encoding="utf-8"))["type"] == "FeatureCollection"


@pytest.mark.parametrize("code", ["", "XX", "AT999", "../../etc", "AT130/../x"])
def test_an_unknown_code_costs_no_request(shapes, sandbox, code):
    with pytest.raises(AreaError) as caught:
        shapes.area(code)
    assert caught.value.reason == "unknown" and caught.value.facts["code"] == code
    assert len(sandbox.requests) == 0


def test_a_region_that_gisco_lacks_is_unknown(shapes):
    with pytest.raises(AreaError) as caught:
        shapes.area("CH011")                # not among the regions that the sandbox makes up
    assert caught.value.reason == "unknown"


class Says:
    """A source that answers every request the same, and remembers the addresses."""

    def __init__(self, answer):
        self.answer = answer
        self.urls = []

    def get_json(self, url, *, stop=None):
        self.urls.append(url)
        if isinstance(self.answer, Exception):
            raise self.answer
        return self.answer


SQUARE = {"type": "FeatureCollection", "features": [{
    "type": "Feature", "properties": {},
    "geometry": {"type": "Polygon", "coordinates": [[[0, 0], [1, 0], [1, 1], [0, 1], [0, 0]]]}}]}


def test_outlines_of_other_countries_lie_beside_those_of_nuts(tmp_path, index):
    source = Says(SQUARE)
    area = NutsShapes(source, "https://gisco.eu/v2/nuts/", tmp_path, index).area("BR")
    assert source.urls == [
        "https://gisco.eu/v2/countries/distribution/BR-region-01m-4326-2020.geojson"]
    assert (area.kind, area.code, area.name) == ("country", "BR", "Brazil")


def test_a_region_of_2024_comes_from_that_edition_and_is_a_polygon_for_orders(tmp_path, index):
    source = Says(SQUARE)
    area = NutsShapes(source, "https://gisco.eu/v2/nuts", tmp_path, index).area("PT1A0")
    assert source.urls == [
        "https://gisco.eu/v2/nuts/distribution/PT1A0-region-01m-4326-2024.geojson"]
    assert (area.kind, area.code) == ("polygon", "")


@pytest.mark.parametrize("answer", [
    [], "text", None, {}, {"type": "FeatureCollection", "features": []},
    {"type": "Point", "coordinates": [1, 2]},
])
def test_an_answer_without_an_outline_is_not_kept(tmp_path, index, answer):
    with pytest.raises(BadAnswer):
        NutsShapes(Says(answer), "https://gisco.eu/v2/nuts", tmp_path, index).area("AT130")
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("error", [
    NoConnection("offline"), ServiceError("", status=502), BadAnswer("html"), Cancelled(),
])
def test_what_goes_wrong_on_the_way_is_passed_on(tmp_path, index, error):
    with pytest.raises(type(error)):
        NutsShapes(Says(error), "https://gisco.eu/v2/nuts", tmp_path, index).area("AT130")


def test_a_web_page_instead_of_an_outline(shapes, sandbox):
    sandbox.faults.add("/distribution/", "html")
    with pytest.raises(BadAnswer) as caught:
        shapes.area("AT130")
    assert caught.value.reason == "html"


def test_a_folder_that_cannot_be_written_only_costs_the_next_fetch(tmp_path, index):
    blocked = tmp_path / "file"
    blocked.write_text("in the way", encoding="utf-8")
    area = NutsShapes(Says(SQUARE), "https://gisco.eu/v2/nuts", blocked, index).area("AT130")
    assert area.code == "AT130"


def test_every_real_region_and_country_becomes_an_area(shared_data, index):
    for path, key in (("nuts/NUTS_RG_60M_2021_4326.geojson", "NUTS_ID"),
                      ("countries/ne_110m_admin_0_countries.geojson", "cntr_id")):
        for feature in json.loads((shared_data / path).read_text("utf-8"))["features"]:
            if feature["properties"].get("LEVL_CODE") == 3:
                continue                             # 1500 more of the same kind
            area = area_from_geojson(feature, "A", "nuts")
            region = index.region(feature["properties"][key] or "")
            assert area.geometry.is_valid and area.km2 > 0
            if region is not None:                   # boxes of finer outlines are a little larger
                west, south, east, north = region.box
                assert box(west - 0.2, south - 0.2, east + 0.2, north + 0.2).intersects(
                    area.geometry)


def test_the_surface_of_a_country_is_about_right(shared_data):
    countries = json.loads(
        (shared_data / "countries/ne_110m_admin_0_countries.geojson").read_text("utf-8"))
    found = {feature["properties"]["name"]: area_from_geojson(feature, "A", "country")
             for feature in countries["features"]}
    assert found["Poland"].km2 == pytest.approx(312_700, rel=0.04)
    assert found["Fiji"].crosses_antimeridian and found["Russia"].crosses_antimeridian
    assert found["Fiji"].km2 == pytest.approx(18_300, rel=0.1)
    assert not found["France"].crosses_antimeridian
