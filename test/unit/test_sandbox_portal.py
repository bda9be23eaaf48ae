"""The sandbox searches, takes and refuses orders as the recorded portal did."""

from __future__ import annotations

import json
from typing import Any

import pytest
import requests

from sandbox.geodesy import michigan_area
from sandbox.server import Sandbox

JSON = {"Accept": "application/json"}
CLC, CLC_RASTER = "a5ee71470be04d66bcff498f94ceb5dc", "b1027c88-6256-435b-98a3-62f019cbb381"
# datasets and collections of the recorded test portal -> a title that starts the same way here
ALIKE = {
    "ba46bd49fc8257a7b3f216c0256ddf27": "CORINE Land Cover 2012",
    "c9816238b8005011a5f57c20ece20dd1": "Normalised Difference Vegetation Index 2020-2025",
    "8c53e328270d5131a6f408d07a8c1304": "CORINE Land Cover 2018",
    "0bb655bdcf6d534aade16e2db70f9fd6": "Soil Water Index 2015-2025 (raster 1 km)",
    "4c592b7408a655e79f950e67d76541e1": "Coastal Zones Land Cover/Land Use 2018",
}
COLLECTIONS = {
    "5680a787-4def-5332-a12e-fd005ff1444c": ("CORINE Land Cover 2012", "RASTER"),
    "5f2fdc8c-6ed6-55d2-b665-cef7bfc48338": (
        "Normalised Difference Vegetation Index 2020-2025", "RASTER"),
    "98e5e164-8983-5b4f-967b-ca01c66ead8d": ("Soil Water Index 2015-2025 (raster 1", "RASTER"),
    "41bfd2af-3ec2-54c4-9d7f-fecaf8704b5f": ("Coastal Zones Land Cover/Land Use 2018", ""),
}
FILES = {"0a000000-0000-4000-8000-000000000001": "3d9e2413-46ca-4f6e-abf8-b6eb429a4e48"}
PRODUCT = "ea57e54681524f75b4d2f94cca05a038"


@pytest.fixture(scope="module")
def sandbox():
    with Sandbox(speed=60) as running:
        yield running


def get(sandbox: Sandbox, path: str, user: str = "", **headers: str) -> requests.Response:
    if user:
        headers["Authorization"] = "Bearer " + sandbox.token(user)
    return requests.get(sandbox.portal + path, headers={**JSON, **headers}, timeout=10)


def post(sandbox: Sandbox, items: Any, user: str = "alice") -> requests.Response:
    headers = {**JSON, "Authorization": "Bearer " + sandbox.token(user)}
    return requests.post(sandbox.portal + "/@datarequest_post", json={"Datasets": items},
                         headers=headers, timeout=10)


def found(sandbox: Sandbox, title: str) -> dict[str, Any]:
    return next(record for record in sandbox.portal_site.catalogue.datasets
                if record["title"].startswith(title))


def translated(sandbox: Sandbox, item: Any) -> Any:
    """Return a recorded item with the identifiers of this sandbox."""
    if not isinstance(item, dict):
        return item
    item = dict(item)
    if item.get("DatasetID") in ALIKE:
        item["DatasetID"] = found(sandbox, ALIKE[item["DatasetID"]])["UID"]
    elif item.get("DatasetID") == PRODUCT:
        item["DatasetID"] = sandbox.portal_site.catalogue.by_path(
            "/en/products/corine-land-cover")["UID"]
    title, name = COLLECTIONS.get(item.get("DatasetDownloadInformationID", ""), ("", ""))
    if title:
        parts = found(sandbox, title)["dataset_download_information"]["items"]
        item["DatasetDownloadInformationID"] = next(
            part["@id"] for part in parts if name in (part.get("name") or ""))
    item["FileID"] = FILES.get(item.get("FileID", ""), item.get("FileID"))
    return item if item["FileID"] else {k: v for k, v in item.items() if k != "FileID"}


RECORDED = """
post-bad-layer post-bad-nuts-punctuation post-bbox-at-limit-iberia post-bbox-latlon-swapped
post-bbox-null-value post-bbox-ok post-bbox-under-one-degree-truncated post-cdse-mixed-with-eea
post-cdse-no-area post-cdse-ok post-combined post-fileid-without-path post-five-items
post-item-not-object post-lifecycle post-missing-uid post-netcdf-to-geotiff-ok
post-not-downloadable post-nuts-and-bbox post-nuts-empty-string post-nuts-ok
post-outputformat-netcdf-from-geotiff post-outputformat-wrong-case post-outputgcs-empty
post-outputgcs-missing post-six-items post-temporal-bbox-ok post-temporal-exactly-limit
post-temporal-huge-number post-temporal-missing-end post-temporal-on-non-timeseries
post-timeseries-without-temporal post-uid-of-other-content-type
post-unknown-download-information
""".split()


@pytest.mark.parametrize("name", RECORDED)
def test_orders_are_answered_as_recorded(sandbox, shared_data, name):
    real = json.loads((shared_data / "clms-responses" / f"{name}.json").read_text())
    items = [translated(sandbox, item) for item in real["request"]["body"]["Datasets"]]
    answer = post(sandbox, items, user=name)
    body = answer.json()
    assert answer.status_code == real["status"]
    if real["status"] != 201:
        assert body == real["body"]
        return
    for key in ("TaskIds", "ErrorTaskIds"):
        assert len(body[key]) == len(real["body"][key])
        assert all(set(task) == {"TaskID"} and task["TaskID"].isdigit() for task in body[key])


def raster(**changes: Any) -> dict[str, Any]:
    """Return a good item with changes; None takes a key out."""
    item = {"DatasetID": CLC, "DatasetDownloadInformationID": CLC_RASTER,
            "OutputFormat": "Geotiff", "OutputGCS": "EPSG:4326", "NUTS": "LU", **changes}
    return {key: value for key, value in item.items() if value is not None}


def box(*corners: Any) -> dict[str, Any]:
    return raster(NUTS=None, BoundingBox=list(corners))


@pytest.mark.parametrize("item, text", [
    (raster(DatasetID=""), "Error, DatasetID is not defined"),
    (raster(DatasetID="0" * 32), "Error, the DatasetID is not valid"),
    (raster(NUTS="it"), "NUTS country error"),
    (raster(NUTS="XX1"), "NUTS country error"),
    (box(1, 2, 3), "Error, BoundingBox is not valid"),
    (box("1", "2", "3", "4"), "Error, BoundingBox is not valid"),
    (box(-10, 60, 20, 40),
     "Error, the requested BoundingBox is too big. The limit is 1600000000000."),
    (raster(OutputGCS="EPSG:32632"), "Error, defined GCS not in the list"),
    (raster(OutputGCS="epsg:3035"), "Error, defined GCS not in the list"),
    (raster(DatasetDownloadInformationID=None),
     "Error, DatasetDownloadInformationID is not defined."),
    (raster(OutputFormat=None), "Error, the specified output format is not valid"),
    (raster(NUTS=None), "To download the full dataset, please download it through the"
     " corresponding pre-packaged data collection"),
])
def test_refusals_and_their_texts(sandbox, item, text):
    answer = post(sandbox, [item])
    assert (answer.status_code, answer.json()) == (400, {"status": "error", "msg": text})


@pytest.mark.parametrize("item", [
    raster(NUTS="ITZZZ"), box(4, 45, 2, 46), box(10, 40, 10, 40), box(2, 95, 3, 94), box(),
    box(True, True, False, False), raster(NUTS=""), raster(OutputGCS=""), raster(Unknown="key"),
    box(-180, 40, 180, 40.5),
])
def test_what_the_server_oddly_accepts(sandbox, item):
    answer = post(sandbox, [item], user=json.dumps(item))
    assert answer.status_code == 201
    assert len(answer.json()["TaskIds"]) == 1


def series(**span: Any) -> dict[str, Any]:
    record = {"DatasetID": ALIKE["c9816238b8005011a5f57c20ece20dd1"], "NUTS": "LU",
              "OutputFormat": "Netcdf", "OutputGCS": "EPSG:4326"}
    return {**record, "TemporalFilter": span}


@pytest.mark.parametrize("span, text", [
    ({}, "Error, TemporalFilter does not have StartDate or EndDate"),
    ({"StartDate": 1, "EndDate": 2, "x": 3}, "Error, TemporalFilter has too many fields"),
    ({"StartDate": "2024-01-01", "EndDate": "2024-01-02"}, "Error, date format is not correct"),
    ({"StartDate": 2000, "EndDate": 1000},
     "Error, difference between StartDate and EndDate is not coherent"),
    ({"StartDate": 1704067200000, "EndDate": 1706659201000},
     "You are requesting to download a time series enabled dataset and the requested date range"
     " is bigger than the allowed range of 30 days. Please check the download documentation to"
     " get more information"),
])
def test_dates_of_time_series(sandbox, span, text):
    record = found(sandbox, ALIKE["c9816238b8005011a5f57c20ece20dd1"])
    part = record["dataset_download_information"]["items"][0]["@id"]
    item = {**series(**span), "DatasetID": record["UID"], "DatasetDownloadInformationID": part}
    assert post(sandbox, [item]).json()["msg"] == text


def test_water_bodies_refuse_netcdf(sandbox):
    record = found(sandbox, "Water Bodies 2020-present (raster 300 m)")
    part = record["dataset_download_information"]["items"][0]["@id"]
    item = {"DatasetID": record["UID"], "DatasetDownloadInformationID": part, "NUTS": "LU",
            "OutputFormat": "Netcdf", "OutputGCS": "EPSG:4326",
            "TemporalFilter": {"StartDate": 1704067200000, "EndDate": 1704067200000}}
    assert post(sandbox, [item]).json()["msg"].endswith(
        "not allowed for the dataset(s) 0517fd1b7d944d8197a2eb5c13470db8")


def test_duplicates_are_refused_while_the_first_one_runs(sandbox):
    item = raster(NUTS="ES62")
    assert post(sandbox, [item, item], user="d1").status_code == 400
    assert post(sandbox, [item], user="d2").status_code == 201
    refused = post(sandbox, [item], user="d2")
    assert refused.json()["msg"].startswith("You have requested to download the same thing at")
    assert post(sandbox, [item], user="d3").status_code == 201
    sandbox.tasks.cancel(sandbox.tasks.of("d2")[0].id)
    assert post(sandbox, [item], user="d2").status_code == 201


def test_broken_requests_crash_as_the_server_does(sandbox):
    headers = {**JSON, "Authorization": "Bearer " + sandbox.token()}
    url = sandbox.portal + "/@datarequest_post"
    empty = requests.post(url, json={}, headers=headers, timeout=10)
    assert empty.status_code == 500
    assert empty.json() == {"message": "'NoneType' object is not iterable", "type": "TypeError"}
    for item in (raster(NUTS=7), raster(NUTS=["LU"]), raster(NUTS=None, BoundingBox=5)):
        assert post(sandbox, [item]).status_code == 500
    anonymous = requests.post(url, json={"Datasets": []}, headers=JSON, timeout=10)
    assert (anonymous.status_code, anonymous.json()["type"]) == (401, "Unauthorized")
    assert requests.put(url, headers=headers, timeout=10).status_code == 404


def test_areas_are_measured_in_the_portals_odd_grid():
    assert michigan_area([-10, 44, 4, 36]) == pytest.approx(0.742e12, rel=0.01)
    assert michigan_area([0, 10, 10, 0]) == pytest.approx(1.13e12, rel=0.01)
    assert michigan_area([2.1, 46.9, 2.9, 46.1]) == 0


# ---------------------------------------------------------------- catalogue

def test_the_catalogue_is_read_by_paging(sandbox, shared_data):
    titles, start = [], 0
    while True:
        page = get(sandbox, f"/@search?portal_type=DataSet&b_size=100&b_start={start}").json()
        titles += [item["title"] for item in page["items"]]
        if "next" not in page["batching"]:
            break
        assert f"b_start={start + 100}" in page["batching"]["next"]
        start += 100
    assert len(titles) == page["items_total"] == len(set(titles)) == 256


def test_batching_is_absent_when_all_fits(sandbox):
    page = get(sandbox, "/en/@search?portal_type=DataSet&b_size=999").json()
    assert "batching" not in page
    assert page["@id"] == sandbox.portal + "/en/@search?portal_type=DataSet"
    assert "UID" not in page["items"][0]


def test_links_of_a_page_beyond_the_end(sandbox):
    page = get(sandbox, "/@search?portal_type=DataSet&b_size=10&b_start=500").json()
    assert page["items"] == [] and "next" not in page["batching"]
    assert page["batching"]["prev"].endswith("?b_start=246&portal_type=DataSet&b_size=10")
    assert page["batching"]["last"].endswith("?b_start=250&portal_type=DataSet&b_size=10")


def test_named_fields_are_in_the_hits(sandbox):
    path = ("/@search?portal_type=DataSet&UID=0407d497d3c44bcd93ce8fd5bf78596a"
            "&metadata_fields=UID&metadata_fields=dataset_download_information"
            "&metadata_fields=characteristics_update_frequency&metadata_fields=nothing")
    item, = get(sandbox, path).json()["items"]
    assert item["UID"] == "0407d497d3c44bcd93ce8fd5bf78596a"
    assert item["characteristics_update_frequency"] == "6-yearly"
    assert item["nothing"] is None
    assert item["dataset_download_information"]["items"][1]["full_format"] == "Geotiff"
    assert item["@id"] == sandbox.portal + "/en/products/corine-land-cover/clc2018"


@pytest.mark.parametrize("text, count", [
    ("imperv", 0), ("imperv*", 26), ('"land cover" corine', 9), ('"cover corine"', 0),
    ("corine or imperviousness", 31), ("corine not change", 5), ("(corine)", 9),
])
def test_words_of_the_text_index(sandbox, shared_data, text, count):
    page = get(sandbox, "/@search?portal_type=DataSet&b_size=1&SearchableText="
               + requests.utils.quote(text)).json()
    assert page["items_total"] == count


@pytest.mark.parametrize("text", ["", "*", "(", "()"])
def test_an_empty_text_gives_a_bare_list(sandbox, text):
    assert get(sandbox, f"/@search?portal_type=DataSet&SearchableText={text}").json() == []


def test_texts_that_crash_the_index(sandbox):
    for query in ("SearchableText=%3F", "SearchableText=%22%22", "SearchableText=not+x",
                  "SearchableText=a&SearchableText=b", "b_size=-1"):
        assert get(sandbox, "/@search?" + query).status_code == 500


@pytest.mark.parametrize("name", ["search-b_size-not-a-number", "unknown-path",
                                  "search-accept-star", "projections-unauthenticated",
                                  "service-keys-anonymous", "timeseries-unauthenticated",
                                  "catalogapi-dates-no-param"])
def test_public_refusals_are_the_recorded_ones(sandbox, shared_data, name):
    real = json.loads((shared_data / "clms-responses" / f"{name}.json").read_text())
    path = real["request"]["url"].partition("/api")[2]
    answer = get(sandbox, path, **real["request"]["headers"])
    expected = json.loads(json.dumps(real["body"]).replace("http://127.0.0.1:8765",
                                                           sandbox.main.base))
    assert (answer.status_code, answer.json()) == (real["status"], expected)


@pytest.mark.parametrize("name", ["timeseries-no-param", "auxiliary-no-param",
                                  "status-no-task", "datarequest_search-status-QUEUED",
                                  "datarequest_search-no-tasks-yet"])
def test_private_refusals_are_the_recorded_ones(sandbox, shared_data, name):
    real = json.loads((shared_data / "clms-responses" / f"{name}.json").read_text())
    path = real["request"]["url"].partition("/api")[2]
    answer = get(sandbox, path, user="nobody")
    assert (answer.status_code, answer.json()) == (real["status"], real["body"])
    assert ["Content-Length", answer.headers["Content-Length"]] in real["headers"]


def test_drafts_are_hidden(sandbox):
    assert get(sandbox, "/@search?SearchableText=draft").json()["items_total"] == 0
    assert get(sandbox, "/en/products/corine-land-cover/draft-dataset").status_code == 401


def test_projections_and_conversions(sandbox, shared_data):
    snow = found(sandbox, "Fractional Snow Cover")["UID"]
    several = get(sandbox, f"/@projections?uid={snow}", user="a").json()
    assert several[:4] == get(sandbox, "/@projections", user="a").json()
    assert several[4:] == [f"EPSG:{zone}" for zone in range(32625, 32639)]
    assert get(sandbox, "/@projections?uid=unknown", user="a").json() == []
    table = get(sandbox, "/@format_conversion_table", user="a").json()
    example = shared_data.parent / "reference" / "clms-api-examples" / "formats.json"
    assert table == json.loads(example.read_text())


def test_a_whole_object_and_its_map_layers(sandbox):
    record = get(sandbox, "/en/products/corine-land-cover/clc2018").json()
    view = get(sandbox, "/en/products/corine-land-cover/clc2018/@mapviewer").json()
    dataset = view["Components"][0]["Products"][0]["Datasets"][0]
    assert record["UID"] == dataset["DatasetId"]
    assert record["parent"]["title"] == "CORINE Land Cover"
    assert record["characteristics_update_frequency"] == {"title": None, "token": "6-yearly"}
    assert dataset["ViewService"] == record["mapviewer_viewservice"]
    assert dataset["ViewService"].startswith(sandbox.main.base + "/arcgis/services/")


def test_a_clone_alone_has_a_small_catalogue_of_its_own(tmp_path):
    with Sandbox(data=tmp_path / "nothing") as alone:
        page = get(alone, "/@search?portal_type=DataSet&b_size=50&metadata_fields=UID").json()
        assert page["items_total"] == len(page["items"]) == 17
        assert "0407d497d3c44bcd93ce8fd5bf78596a" in [item["UID"] for item in page["items"]]
        assert post(alone, [raster()]).status_code == 201
