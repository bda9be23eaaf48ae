"""The sandbox's EGMS archive: lists, search, expiring ids and downloads."""

from __future__ import annotations

import csv
import io
import zipfile
from typing import Any

import pytest
import requests

from sandbox.egms_inventory import NETS, Inventory, l2_product
from sandbox.regions import Regions
from sandbox.server import Sandbox

USTICA = [[13.15, 38.69], [13.2, 38.72]]
BOTH = {"EGMS_L2b_022_0845_IW2_VV_2020_2024_1.zip", "EGMS_L2b_117_0227_IW2_VV_2020_2024_1.zip"}


@pytest.fixture(scope="module")
def sandbox():
    with Sandbox() as running:
        yield running


def headers(sandbox: Sandbox, **more: str) -> dict[str, str]:
    return {"Accept": "application/json", "Authorization": "Bearer " + sandbox.token(), **more}


def search(sandbox: Sandbox, **wish: Any) -> dict[str, Any]:
    body = {"id": None, "levels": ["L2B"], "releases": ["2020-2024"], **wish}
    return requests.post(sandbox.egms + "/search", json=body, headers=headers(sandbox),
                         timeout=20).json()


def download(sandbox: Sandbox, name: str, ticket: str, **more: str) -> requests.Response:
    return requests.get(f"{sandbox.egms}/download/{name}?id={ticket}",
                        headers=headers(sandbox, **more), timeout=60)


def test_lists(sandbox):
    def listed(name: str) -> Any:
        return requests.get(f"{sandbox.egms}/{name}", headers=headers(sandbox), timeout=20).json()

    assert listed("levels") == ["L2A", "L2B", "L3"]
    assert sorted(listed("releases")) == ["2015-2021", "2018-2022", "2019-2023", "2020-2024"]
    assert listed("product_types") == ["BASIC", "CALIBRATED", "ORTHO-EAST", "ORTHO-UP"]
    assert "E45N17" in listed("tile_ids") and len(listed("tile_ids")) > 500
    assert listed("swaths") == ["IW1", "IW2", "IW3"]


def test_not_logged_in_is_a_200(sandbox):
    for answer in (requests.get(sandbox.egms + "/levels", timeout=5),
                   requests.post(sandbox.egms + "/search", json={}, timeout=5)):
        assert answer.status_code == 200
        assert answer.json()["status"] is False
        assert answer.json()["message"].startswith("Please log in")


def test_ustica_has_two_calibrated_files(sandbox, shared_data):
    found = search(sandbox, bbox=USTICA)
    assert found["status"] is True and len(found["id"]) == 32
    assert {hit["filename"] for hit in found["hits"]} == BOTH
    folder = shared_data / "egms" / "ustica_2020_2024"
    for hit in found["hits"]:
        assert hit["filesize"] == (folder / hit["filename"]).stat().st_size
        assert hit["release"] == "2020-2024" and hit["sub_release"] == 1
        assert hit["bbox"][0][0] < USTICA[0][0] and hit["bbox"][1][1] > USTICA[1][1]
        assert hit["poly"][0] == hit["poly"][-1]


@pytest.mark.parametrize("wish, count", [
    ({"direction": "ascending"}, 1), ({"relativeOrbit": "22"}, 1), ({"burst_cycle": "0227"}, 1),
    ({"swath": "IW3"}, 0), ({"productType": "BASIC"}, 0), ({"levels": ["L2A", "L2B"]}, 4),
    ({"levels": ["L3"]}, 4), ({"levels": ["L3"], "productType": "ORTHO-UP"}, 2),
    ({"levels": ["L3"], "bbox": None, "tileId": "E45N17"}, 2),
    ({"releases": ["2019-2023", "2020-2024"]}, 4), ({"bbox": [[13.17, 38.7]]}, 2),
    ({"bbox": [[-30, 45], [-29, 46]]}, 0),
])
def test_filters(sandbox, wish, count):
    found = search(sandbox, **{"bbox": USTICA, **wish})
    assert len(found["hits"]) == count


@pytest.mark.parametrize("wish, message", [
    ({"levels": ["L3"], "tileId": "E20N20"}, "Invalid tile ID"),
    ({"levels": ["L3"], "tileId": "nonsense"}, "Invalid tile ID"),
    ({"levels": ["L3"]}, "L3 products need a bounding box or a tile ID"),
    ({"bbox": [[0, 40], [5.1, 44]]}, "The bounding box is too large: at most 5 degrees per side"),
    ({"levels": []}, "Invalid levels"), ({"releases": ["2020_2024"]}, "Invalid releases"),
])
def test_searches_that_are_refused(sandbox, wish, message):
    found = search(sandbox, **wish)
    assert (found["status"], found["message"]) == (False, message)


def test_an_id_lives_on_when_it_is_sent_back(sandbox):
    first = search(sandbox, bbox=USTICA)["id"]
    assert search(sandbox, bbox=USTICA, id=first)["id"] == first
    assert search(sandbox, bbox=USTICA)["id"] != first


def test_the_real_files_are_served_unchanged(sandbox, shared_data):
    found = search(sandbox, bbox=USTICA)
    for name in BOTH:
        answer = download(sandbox, name, found["id"])
        assert answer.headers["Content-Type"] == "application/zip"
        assert answer.content == (
            shared_data / "egms" / "ustica_2020_2024" / name).read_bytes()


def test_an_l3_archive_holds_its_geotiff(sandbox, shared_data):
    found = search(sandbox, levels=["L3"], tileId="E45N17")
    for hit in found["hits"]:
        answer = download(sandbox, hit["filename"], found["id"])
        assert len(answer.content) == hit["filesize"]
        archive = zipfile.ZipFile(io.BytesIO(answer.content))
        stem = hit["filename"][:-4]
        assert sorted(archive.namelist()) == [stem + ".csv", stem + ".tiff", stem + ".xml"]
        tiff = shared_data / "egms" / "ustica_2020_2024" / f"{stem}.tiff"
        assert archive.read(stem + ".tiff") == tiff.read_bytes()


def test_basic_files_are_derived_from_calibrated_ones(sandbox, shared_data):
    found = search(sandbox, levels=["L2A"], bbox=USTICA, relativeOrbit="22")
    hit, = found["hits"]
    answer = download(sandbox, hit["filename"], found["id"])
    assert len(answer.content) == hit["filesize"]
    archive = zipfile.ZipFile(io.BytesIO(answer.content))
    rows = list(csv.DictReader(io.TextIOWrapper(archive.open(hit["filename"][:-4] + ".csv"))))
    assert len(rows) == 11590 and rows[0]["pid"] == "166ax5Ofja"
    assert rows[0]["cluster_label"] == "0" and "gnss_velocity" not in rows[0]
    assert rows[0]["20200103"] == "-1.0"


@pytest.mark.parametrize("level, release, columns, inside", [
    ("L2A", "2015-2021", 24, "height_wgs84"), ("L2A", "2018-2022", 25, "cluster_label"),
    ("L2B", "2019-2023", 24, "rmse"), ("L2B", "2020-2024", 25, "gnss_velocity"),
    ("L3", "2019-2023", 11, "height"), ("L3", "2020-2024", 14, "gnss_velocity_u"),
])
def test_generated_files_are_as_large_as_announced(sandbox, level, release, columns, inside):
    found = search(sandbox, levels=[level], releases=[release], bbox=[[11.0, 48.0], [11.1, 48.1]])
    hit = found["hits"][0]
    answer = download(sandbox, hit["filename"], found["id"])
    assert len(answer.content) == hit["filesize"]
    archive = zipfile.ZipFile(io.BytesIO(answer.content))
    assert archive.testzip() is None
    rows = csv.reader(io.TextIOWrapper(archive.open(hit["filename"][:-4] + ".csv")))
    head = next(rows)
    static = [name for name in head if not name.isdigit()]
    assert len(static) == columns and inside in static
    assert {len(row) for row in rows} == {len(head)}


def test_status_codes_of_downloads(sandbox):
    ticket, name = search(sandbox, bbox=USTICA)["id"], sorted(BOTH)[0]
    assert download(sandbox, "nonsense.zip", "0" * 32).status_code == 401
    assert download(sandbox, "nonsense.zip", ticket).status_code == 502
    assert requests.get(f"{sandbox.egms}/download/{name}?id={ticket}", timeout=5,
                        headers={"Authorization": "Bearer wrong"}).status_code == 401
    assert download(sandbox, name, ticket, Range="bytes=99999999-").status_code == 416
    assert requests.head(f"{sandbox.egms}/download/{name}?id={ticket}",
                         headers=headers(sandbox), timeout=5).status_code == 405
    part = download(sandbox, name, ticket, Range="bytes=0-0")
    assert (part.status_code, len(part.content)) == (206, 1)
    assert part.headers["Content-Range"].startswith("bytes 0-0/")


def test_ids_end(sandbox):
    ticket, name = search(sandbox, bbox=USTICA)["id"], sorted(BOTH)[0]
    assert download(sandbox, name, ticket, Range="bytes=0-0").status_code == 206
    sandbox.archive.expire_ids()
    assert download(sandbox, name, ticket, Range="bytes=0-0").status_code == 401


def test_only_two_downloads_at_once(sandbox):
    ticket, name = search(sandbox, bbox=USTICA)["id"], sorted(BOTH)[0]
    fault = sandbox.faults.add("/download/", "stall", times=2, after=1000, delay=60)
    url = f"{sandbox.egms}/download/{name}?id={ticket}"
    running = [requests.get(url, headers=headers(sandbox), stream=True, timeout=10)
               for _ in range(2)]
    assert [answer.status_code for answer in running] == [200, 200]
    assert download(sandbox, name, ticket).status_code == 429
    assert fault.used == 2
    for answer in running:
        answer.close()


def test_real_bursts_lie_where_ustica_is(shared_data):
    inventory = Inventory(Regions(shared_data))
    found = {(net.direction, *net.numbers(i, k), swath)
             for net, i, k, swath in inventory.bursts((13.15, 38.69, 13.2, 38.72))}
    assert {("ascending", 117, 227, 2), ("descending", 22, 845, 2)} <= found


def test_neighbouring_tracks_are_73_numbers_apart():
    ascending, descending = NETS
    assert ascending.numbers(1, 1) == (44, 228)       # to the right is to the east
    assert descending.numbers(0, -1)[0] == 124        # to the left of a southward pass is east
    product = l2_product(ascending, 0, 0, 2, "L2A", "2015-2021")
    assert product.filename == "EGMS_L2a_117_0227_IW2_VV.zip"


def test_a_clone_alone_has_ustica_too(tmp_path):
    with Sandbox(data=tmp_path / "nothing") as alone:
        found = search(alone, bbox=USTICA)
        assert BOTH <= {hit["filename"] for hit in found["hits"]}
        hit = next(hit for hit in found["hits"] if hit["filename"] in BOTH)
        answer = download(alone, hit["filename"], found["id"])
        assert len(answer.content) == hit["filesize"]
