"""Searching the EGMS archive: what is asked, what is understood, what is left out."""

from __future__ import annotations

import json

import pytest
from sandbox.server import Sandbox
from shapely.geometry import MultiPolygon, Point, box

from clms_explorer.core.aoi.area import Area
from clms_explorer.core.clms.auth import TokenSource
from clms_explorer.core.clms.service_key import ServiceKey
from clms_explorer.core.egms.archive import EgmsArchive
from clms_explorer.core.egms.grid import tile_outline
from clms_explorer.core.egms.hits import Hit, hit_from_answer
from clms_explorer.core.errors import (
    BadAnswer, Cancelled, KeyMissing, KeyRefused, NotAllowed, ServiceError,
)
from clms_explorer.core.http.config import HttpConfig
from clms_explorer.core.http.session import Http
from clms_explorer.core.settings import origin

USTICA = Area.from_bbox(13.14, 38.68, 13.21, 38.73, "Ustica")
DESCENDING = "EGMS_L2b_022_0845_IW2_VV_2020_2024_1.zip"
ASCENDING = "EGMS_L2b_117_0227_IW2_VV_2020_2024_1.zip"


@pytest.fixture(scope="module")
def server():
    with Sandbox(speed=0.0) as box_:
        yield box_


@pytest.fixture
def sandbox(server):
    yield server
    server.faults.clear()


class Noting(Http):
    """An Http that notes what is posted as JSON."""

    def __init__(self, *given):
        super().__init__(*given)
        self.bodies = []

    def post_json(self, url, body, **how):
        self.bodies.append(body)
        return super().post_json(url, body, **how)


@pytest.fixture
def http(sandbox):
    session = Noting(HttpConfig(first_pause=0.0), frozenset({origin(sandbox.egms)}))
    yield session
    session.close()


@pytest.fixture
def archive(sandbox, http):
    key = ServiceKey.from_text(sandbox.key_text)
    return EgmsArchive(http, sandbox.egms + "/", TokenSource(http, key))


def test_releases_come_newest_first(archive):
    assert archive.releases() == ["2020-2024", "2019-2023", "2018-2022", "2015-2021"]


def test_the_files_of_ustica(archive):
    hits = {hit.filename: hit for hit in archive.search(USTICA, ["L2b"], ["2020-2024"])}
    assert {DESCENDING, ASCENDING} <= set(hits)
    hit = hits[DESCENDING]
    assert (hit.level, hit.release, hit.sub_release) == ("L2b", "2020-2024", 1)
    assert (hit.track, hit.burst, hit.swath, hit.direction) == (22, "0845", "IW2", "descending")
    assert (hit.tile, hit.component) == ("", "")
    assert hit.size > 0
    assert hit.footprint.contains(Point(13.17, 38.71))
    assert 0.98 < hit.coverage(USTICA) <= 1.0


def test_an_area_over_a_tile_edge_finds_both_tiles_and_knows_their_shares(archive):
    hits = archive.search(USTICA, ["L3"], ["2020-2024"])
    assert sorted({hit.tile for hit in hits}) == ["E45N17", "E46N17"]
    assert {hit.component for hit in hits} == {"E", "U"}
    shares = {hit.tile: hit.coverage(USTICA) for hit in hits}
    assert 0.2 < shares["E46N17"] < shares["E45N17"] < 0.9
    assert sum(shares.values()) == pytest.approx(1.0, abs=1e-4)


def test_one_component_only(archive):
    hits = archive.search(USTICA, ["L3"], ["2020-2024"], components=["U"])
    assert len(hits) == 2 and {hit.component for hit in hits} == {"U"}


def test_one_direction_or_one_track_only(archive):
    up = archive.search(USTICA, ["L2a", "L2b"], ["2020-2024"], direction="ascending")
    assert {hit.direction for hit in up} == {"ascending"}
    assert {hit.level for hit in up} == {"L2a", "L2b"}
    one = archive.search(USTICA, ["L2b"], ["2020-2024"], track=22)
    assert {hit.track for hit in one} == {22}


def test_only_what_the_outline_touches_counts_not_its_box(archive):
    # A thin diagonal: its box covers tiles that the polygon itself does not reach.
    thin = Point(9.0, 45.0).buffer(0.05).union(Point(12.0, 47.0).buffer(0.05))
    hits = archive.search(Area("Two towns", "polygon", thin), ["L3"], ["2020-2024"], ["U"])
    assert len(hits) == 2
    assert all(hit.footprint.intersects(thin) for hit in hits)


def test_a_neighbour_that_only_touches_the_edge_does_not_count(archive):
    tile = Area("Tile", "polygon", tile_outline("E44N26"))
    hits = archive.search(tile, ["L3"], ["2020-2024"], ["U"])
    assert {hit.tile for hit in hits} == {"E44N26"}


def test_a_large_area_is_asked_for_in_pieces_and_each_file_comes_once(http, archive):
    shares = []
    hits = archive.search(
        Area.from_bbox(6.0, 44.0, 13.0, 47.0), ["L3"], ["2020-2024"], ["U"],
        progress=shares.append)
    boxes = [body["bbox"] for body in http.bodies]
    assert len(boxes) == 2
    for (west, south), (east, north) in boxes:
        assert east - west <= 5 and north - south <= 5
    names = [hit.filename for hit in hits]
    assert len(names) == len(set(names)) > 10 and names == sorted(names)
    assert shares == [0.0, 0.5, 1.0]


def test_the_search_says_what_the_archive_asks_for(http, archive):
    archive.search(USTICA, ["L2a", "L3"], ["2019-2023", "2020-2024"])
    assert http.bodies == [{
        "id": None, "levels": ["L2A", "L3"], "releases": ["2019-2023", "2020-2024"],
        "bbox": [[pytest.approx(13.14), pytest.approx(38.68)],
                 [pytest.approx(13.21), pytest.approx(38.73)]]}]


def test_an_area_across_the_antimeridian_is_not_asked_for_around_the_world(http, archive):
    far = MultiPolygon([box(179, 60, 180, 61), box(-180, 60, -179, 61)])
    assert archive.search(Area("Chukotka", "polygon", far), ["L3"], ["2020-2024"]) == []
    assert http.bodies == []


def test_the_part_in_europe_of_a_larger_area_is_asked_for(http, archive):
    both = MultiPolygon([box(13.14, 38.68, 13.21, 38.73), box(-100, 30, -60, 40)])
    hits = archive.search(Area("Two", "polygon", both), ["L3"], ["2020-2024"])
    assert {hit.tile for hit in hits} == {"E45N17", "E46N17"}
    assert all(west > 0 for ((west, _), _) in [body["bbox"] for body in http.bodies])


def test_the_sea_has_no_files_and_that_is_no_error(archive):
    assert archive.search(Area.from_bbox(-20, 50, -19, 51), ["L2b", "L3"], ["2020-2024"]) == []


# The archive's answers -----------------------------------------------------------------------

class Scripted:
    """An Http that gives prepared answers."""

    def __init__(self, *answers):
        self.answers = list(answers)
        self.tokens = []

    def post_json(self, url, body, *, token, repeat, stop):
        return self._next(token)

    def get_json(self, url, *, token, stop):
        return self._next(token)

    def _next(self, token):
        self.tokens.append(token)
        answer = self.answers.pop(0)
        if isinstance(answer, Exception):
            raise answer
        return answer


class Tokens:
    """A source of numbered tokens."""

    def __init__(self):
        self.number = 1

    def token(self, stop):
        return f"token{self.number}"

    def renew(self, stop, refused=None):
        self.number += 1
        return self.token(stop)


def search_with(*answers):
    http = Scripted(*answers)
    archive = EgmsArchive(http, "https://egms.example/insar-api/archive", Tokens())
    return archive.search(USTICA, ["L3"], ["2020-2024"]), http.tokens


@pytest.mark.parametrize("answer", [
    {"status": False, "message": "Invalid tile ID"}, {"status": False, "message": ""},
    {"status": False}, {"status": False, "message": "No data found"},
    {"status": True, "hits": []}, {"status": True, "hits": None, "id": None}, {},
])
def test_nothing_there_in_all_its_forms(answer):
    assert search_with(answer) == ([], ["token1"])


def test_another_refusal_is_an_error_with_its_words():
    with pytest.raises(ServiceError) as caught:
        search_with({"status": False, "message": "Invalid levels"})
    assert caught.value.detail == "Invalid levels"


def log_in():
    return {"status": False, "message": "Please log in to access the archive"}


@pytest.mark.parametrize("refusal", [
    log_in(), NotAllowed("", "", status=401), ServiceError("", "", status=403)])
def test_a_refused_token_is_renewed_once(refusal):
    found, tokens = search_with(refusal, {"status": True, "hits": []})
    assert found == [] and tokens == ["token1", "token2"]
    with pytest.raises(NotAllowed):
        search_with(refusal, refusal, {"status": True, "hits": []})


def test_a_list_that_is_an_object_means_not_logged_in():
    http = Scripted(log_in(), log_in())
    with pytest.raises(NotAllowed):
        EgmsArchive(http, "https://egms.example/a", Tokens()).releases()
    with pytest.raises(BadAnswer):
        EgmsArchive(Scripted({"oops": 1}), "https://egms.example/a", Tokens()).releases()


def test_releases_are_sorted_by_their_end():
    http = Scripted(["2019-2023", "2015-2021", "2020-2025", "2020-2024", "beta"])
    assert EgmsArchive(http, "https://egms.example/a", Tokens()).releases() == [
        "2020-2025", "2020-2024", "2019-2023", "2015-2021", "beta"]


def test_a_token_that_cannot_be_decoded_asks_for_a_new_key():
    with pytest.raises(KeyRefused):
        search_with(ServiceError("", "DecodeError: Not enough segments", status=500))
    with pytest.raises(ServiceError):
        search_with(ServiceError("", "Internal error", status=500))


@pytest.mark.parametrize("answer", ["text", [1, 2], {"hits": {"a": 1}}, {"hits": "x"}])
def test_an_answer_of_another_shape_is_an_error(answer):
    with pytest.raises(BadAnswer):
        search_with(answer)


def test_no_key_no_search(sandbox, http):
    with pytest.raises(KeyMissing):
        EgmsArchive(http, sandbox.egms, TokenSource(http, None)).releases()


def test_a_search_can_be_stopped(archive):
    with pytest.raises(Cancelled):
        archive.search(USTICA, ["L3"], ["2020-2024"], stop=lambda: True)


# Hits ----------------------------------------------------------------------------------------

def raw(**fields):
    found = {
        "filename": DESCENDING, "filesize": 3752500, "bbox": [[13.0, 38.5], [13.5, 39.0]],
        "poly": [[13.1, 38.6], [13.4, 38.6], [13.4, 38.9], [13.1, 38.9]],
        "productLevel": "L2B", "productType": "CALIBRATED", "release": "2020-2024",
        "sub_release": 1, "version": "2020-2024-1", "direction": "descending"}
    found.update(fields)
    return found


SQUARE = [[13.1, 38.6], [13.4, 38.6], [13.4, 38.9], [13.1, 38.9]]
CLOSED = [*SQUARE, SQUARE[0]]


@pytest.mark.parametrize("poly", [
    SQUARE, CLOSED, [SQUARE], [CLOSED], [[CLOSED]], [[x, y, 0.0] for x, y in CLOSED],
    {"type": "Polygon", "coordinates": [CLOSED]},
    {"type": "MultiPolygon", "coordinates": [[CLOSED]]},
    {"type": "Feature", "geometry": {"type": "Polygon", "coordinates": [CLOSED]}},
])
def test_the_outline_is_understood_in_any_nesting(poly):
    assert hit_from_answer(raw(poly=poly)).footprint.equals(box(13.1, 38.6, 13.4, 38.9))


@pytest.mark.parametrize("poly", [
    None, [], [[]], "POLYGON((1 2))", [[13.1, 38.6], [13.4, 38.6]], [[1]], {"a": 1},
    [[13.1, 38.6]] * 5, [[4599000, 1741400], [4609000, 1741400], [4609000, 1751400]],
    [[float("nan"), 1], [2, 3], [4, 5]], [[True, False], [False, True], [True, True]],
])
def test_a_box_stands_in_for_an_outline_that_is_none(poly):
    assert hit_from_answer(raw(poly=poly)).footprint.equals(box(13.0, 38.5, 13.5, 39.0))


def test_two_rings_are_two_polygons():
    found = hit_from_answer(raw(poly=[SQUARE, [[14, 38], [15, 38], [15, 39]]]))
    assert found.footprint.area == pytest.approx(0.09 + 0.5)


def test_a_bow_tie_is_made_valid():
    found = hit_from_answer(raw(poly=[[13, 38], [14, 39], [14, 38], [13, 39]]))
    assert found.footprint.is_valid and found.footprint.area > 0


def test_a_tile_is_known_exactly_from_its_name():
    found = hit_from_answer(raw(
        filename="EGMS_L3_E45N17_100km_U_2020_2024_1.zip", poly=SQUARE, tileId="E45N17"))
    assert found.footprint.equals(tile_outline("E45N17"))
    assert (found.tile, found.component, found.direction) == ("E45N17", "U", "")


@pytest.mark.parametrize("value, direction", [
    ("ASCENDING", "ascending"), ("Descending", "descending"), ("A", "ascending"),
    ("desc", "descending"), ("", ""), (None, ""), (7, ""), ("north", ""),
])
def test_directions_in_any_spelling(value, direction):
    assert hit_from_answer(raw(direction=value)).direction == direction


@pytest.mark.parametrize("size, number", [
    (12, 12), ("12", 12), (None, 0), ("many", 0), (-5, 0), (float("inf"), 0)])
def test_sizes_that_are_none_are_unknown(size, number):
    assert hit_from_answer(raw(filesize=size)).size == number


def test_a_name_of_the_future_is_described_by_the_fields():
    found = hit_from_answer(raw(
        filename="CLMS_EGMS-L2b-D_T20200101P5Y_022-0845-IW2_V01-R00.zip",
        relativeOrbit="022", burstCycle="0845", swath="IW2", release="2020_2024"))
    assert (found.level, found.release, found.sub_release) == ("L2b", "2020-2024", 1)
    assert (found.track, found.burst, found.swath) == (22, "0845", "IW2")


@pytest.mark.parametrize("filename", [
    "../../EGMS_L3_E45N17_100km_U.zip", "/etc/passwd", "a/b.zip", "a\\b.zip", "..zip", "", None,
    7, "EGMS_L2b_022_0845_IW2_VV_2020_2024_1.csv", "x.zip\n",
])
def test_a_name_that_is_no_plain_zip_is_left_out(filename):
    assert hit_from_answer(raw(filename=filename)) is None


@pytest.mark.parametrize("hit", [None, "text", 5, [], {}, raw(poly=None, bbox=None)])
def test_what_is_no_hit_is_left_out(hit):
    assert hit_from_answer(hit) is None


def test_hits_are_kept_as_json():
    hit = hit_from_answer(raw())
    again = Hit.from_json(json.loads(json.dumps(hit.to_json())))
    assert again.footprint.equals(hit.footprint)
    assert again.to_json() == hit.to_json()


@pytest.mark.parametrize("change", [
    {"filename": "../x.zip"}, {"footprint": None}, {"footprint": {"type": "Polygon"}},
    {"size": "many"}, {"level": None, "filename": None},
])
def test_broken_json_is_refused(change):
    with pytest.raises(BadAnswer):
        Hit.from_json({**hit_from_answer(raw()).to_json(), **change})
    with pytest.raises(BadAnswer):
        Hit.from_json("text")


def test_coverage_goes_by_true_surface():
    # 60°N…80°N: half of the degrees, but more than half of the ground lies in the south.
    north_land = Area.from_bbox(10, 60, 20, 80)
    south = Hit("x.zip", 0, box(10, 60, 20, 70), "L3")
    share = south.coverage(north_land)
    radians = [0.8660254, 0.9396926, 0.9848078]  # sine of 60°, 70°, 80°
    assert share == pytest.approx(
        (radians[1] - radians[0]) / (radians[2] - radians[0]), abs=0.003)
    assert Hit("y.zip", 0, box(30, 60, 40, 70), "L3").coverage(north_land) == 0.0
