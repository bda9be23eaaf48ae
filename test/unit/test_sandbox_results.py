"""Orders move on over time and end in archives with honest files."""

from __future__ import annotations

import io
import json
import sqlite3
import zipfile
from typing import Any

import numpy as np
import pytest
import requests
from shapely.geometry import Polygon, shape

from sandbox import geotiff
from sandbox.grids import grid_over, inside, projected
from sandbox.polygonize import patches
from sandbox.server import Sandbox
from sandbox.wkb import polygons_of

CLC = "0407d497d3c44bcd93ce8fd5bf78596a"
RASTER, VECTOR = "7bcdf9d1-6ba0-4d4e-afa8-01451c7316cb", "1bda2fbd-3230-42ba-98cf-69c96ac063bc"
STEM = "Results/U2018_CLC2018_V2020_20u1/U2018_CLC2018_V2020_20u1"


@pytest.fixture(scope="module")
def sandbox():
    with Sandbox(speed=0) as running:
        yield running


def call(sandbox: Sandbox, method: str, path: str, user: str = "alice",
         **options: Any) -> requests.Response:
    headers = {"Accept": "application/json", "Authorization": "Bearer " + sandbox.token(user)}
    return requests.request(method, sandbox.portal + path, headers=headers, timeout=60, **options)


def order(sandbox: Sandbox, **item: Any) -> str:
    """Order from CLC 2018; return the task id."""
    item = {"DatasetID": CLC, "DatasetDownloadInformationID": RASTER, "OutputFormat": "Geotiff",
            "OutputGCS": "EPSG:3035", **item}
    answer = call(sandbox, "POST", "/@datarequest_post", json={"Datasets": [item]})
    assert answer.status_code == 201, answer.text
    return answer.json()["TaskIds"][0]["TaskID"]


def status(sandbox: Sandbox, task: str, user: str = "alice") -> dict[str, Any]:
    return call(sandbox, "GET", f"/@datarequest_status_get?TaskID={task}", user).json()


def content(sandbox: Sandbox, task: str) -> zipfile.ZipFile:
    record = status(sandbox, task)
    assert record["Status"] == "Finished_ok", record
    answer = requests.get(record["DownloadURL"], timeout=10)
    assert len(answer.content) == record["FileSize"]
    return zipfile.ZipFile(io.BytesIO(answer.content))


def raster_of(archive: zipfile.ZipFile, folder: Any) -> geotiff.Raster:
    archive.extract(STEM + ".tif", folder)
    return geotiff.read(folder / (STEM + ".tif"))


def test_a_task_goes_through_the_recorded_states(shared_data):
    real = json.loads((shared_data / "clms-responses" / "lifecycle-ok.json").read_text())
    with Sandbox(speed=3) as sandbox:
        seconds = 0.0
        sandbox.tasks.clock = lambda: seconds
        task, seen = order(sandbox, NUTS="LU"), []
        for seconds in (0.0, 1.0, 3.0, 6.0):
            record = status(sandbox, task)
            while seconds == 6.0 and record["Status"] == "In_progress":  # still being made
                record = status(sandbox, task)
            seen.append((record["Status"], sorted(record)))
    assert seen == [(change["Status"], sorted(change["keys"])) for change in real["changes"]]


def test_an_item_is_stored_as_recorded(sandbox, shared_data):
    real = json.loads((shared_data / "clms-responses" / "status-in-progress.json").read_text())
    record = status(sandbox, order(sandbox, NUTS="LU"))
    assert set(record["Datasets"][0]) == set(real["body"]["Datasets"][0])
    assert record["Datasets"][0]["NUTSName"] == "Luxembourg"
    assert record["RegistrationDateTime"].endswith("+00:00")


def test_cancelling(sandbox):
    task = order(sandbox, NUTS="LU", OutputGCS="EPSG:4326")
    status(sandbox, task)
    assert call(sandbox, "DELETE", f"/@datarequest_delete?TaskID={task}").status_code == 400
    foreign = call(sandbox, "DELETE", "/@datarequest_delete", "bob", json={"TaskID": task})
    unknown = call(sandbox, "DELETE", "/@datarequest_delete", json={"TaskID": "1"})
    assert (foreign.status_code, unknown.status_code) == (404, 403)
    assert foreign.json()["msg"] == "Error, permission denied"
    assert unknown.json()["msg"] == "Error, TaskID not registered"
    assert call(sandbox, "DELETE", "/@datarequest_delete",
                json={"TaskID": int(task)}).status_code == 204
    record = status(sandbox, task, user="bob")
    assert record["Status"] == "Cancelled" and record["DownloadURL"]
    listed = call(sandbox, "GET", "/@datarequest_search?status=Cancelled").json()
    assert task in listed
    missing = call(sandbox, "GET", "/@datarequest_status_get?TaskID=1")
    assert (missing.status_code, missing.json()["msg"]) == (404, "Error, the task does not exist")


def test_the_island_comes_cut_to_its_outline(sandbox, shared_data, tmp_path):
    archive = content(sandbox, order(sandbox, NUTS="PT200"))
    assert sorted(archive.namelist()) == [STEM + ".tif", STEM + ".tif.vat.dbf", STEM + ".xml"]
    raster = raster_of(archive, tmp_path)
    land = raster.values != 255
    assert (raster.epsg, raster.cell) == (3035, 100)
    assert land.sum() / 100 == pytest.approx(744.6, abs=1)  # km², São Miguel
    assert set(np.unique(raster.values[land])) <= set(range(1, 45))


def test_a_box_holds_the_real_classes(sandbox, shared_data, tmp_path):
    task = order(sandbox, BoundingBox=[-25.6, 37.9, -25.3, 37.7], OutputGCS="EPSG:4326")
    raster = raster_of(content(sandbox, task), tmp_path)
    assert (raster.epsg, raster.west, raster.north) == (4326, -25.6, 37.9)
    assert raster.values.shape == (200, 300)
    real = geotiff.read(shared_data / "clc" / "clc2018_sao_miguel.tif")
    row, column = 120, 250
    lon = raster.west + (column + 0.5) * raster.cell
    lat = raster.north - (row + 0.5) * raster.cell
    at = int((real.north - lat) / real.cell), int((lon - real.west) / real.cell)
    assert raster.values[row, column] == real.values[at]


def test_the_same_island_as_polygons(sandbox, shared_data, tmp_path):
    archive = content(sandbox, order(sandbox, NUTS="PT200", OutputFormat="GPKG",
                                     DatasetDownloadInformationID=VECTOR))
    archive.extract(STEM + ".gpkg", tmp_path)
    base = sqlite3.connect(tmp_path / (STEM + ".gpkg"))
    rows = base.execute("SELECT Code_18, Area_Ha, geom FROM U2018_CLC2018_V2020_20u1").fetchall()
    assert sum(area for _code, area, _geom in rows) / 100 == pytest.approx(744.6, abs=1)
    assert all(len(code) == 3 for code, _area, _geom in rows)
    polygon = max((Polygon(part[0], part[1:]) for _c, _a, geom in rows
                   for part in polygons_of(geom)), key=lambda item: item.area)
    assert polygon.is_valid
    assert base.execute("SELECT srs_id FROM gpkg_contents").fetchall() == [(3035,)]
    base.close()


def test_real_polygons_around_lanjaron(sandbox, shared_data, tmp_path):
    archive = content(sandbox, order(
        sandbox, BoundingBox=[-3.5, 37.0, -3.4, 36.9], OutputFormat="Geojson",
        OutputGCS="EPSG:4326", DatasetDownloadInformationID=VECTOR))
    data = json.loads(archive.read(STEM + ".geojson"))
    shapes = [shape(feature["geometry"]) for feature in data["features"]]
    assert all(item.bounds[2] > -3.5 and item.bounds[0] < -3.4 for item in shapes)
    assert {"Code_18", "ID", "Remark", "Area_Ha"} == set(data["features"][0]["properties"])


def test_prepackaged_files_are_archives_in_the_archive(sandbox, shared_data):
    answer = call(sandbox, "POST", "/@datarequest_post", json={"Datasets": [
        {"DatasetID": CLC, "FileID": "3d9e2413-46ca-4f6e-abf8-b6eb429a4e48",
         "OutputFormat": "ignored"},
        {"DatasetID": CLC, "DatasetDownloadInformationID": RASTER, "OutputFormat": "Geotiff",
         "OutputGCS": "EPSG:4258", "NUTS": "LU"}]})
    ready, cut = (task["TaskID"] for task in answer.json()["TaskIds"])
    assert set(status(sandbox, ready)["Datasets"][0]) == {
        "DatasetID", "DatasetPath", "DatasetSource", "DatasetTitle", "FileID", "FilePath",
        "FileStructure"}
    outer = content(sandbox, ready)
    assert outer.namelist() == ["Results/u2018_clc2018_v2020_20u1_raster100m.zip"]
    inner = zipfile.ZipFile(io.BytesIO(outer.read(outer.namelist()[0])))
    assert "DATA/U2018_CLC2018_V2020_20u1.tif" in inner.namelist()
    assert STEM + ".tif" in content(sandbox, cut).namelist()


def test_any_area_works_without_sample_data(tmp_path):
    with Sandbox(speed=0, data=tmp_path / "nothing") as alone:
        raster = raster_of(content(alone, order(alone, NUTS="LU")), tmp_path)
        again = raster_of(content(alone, order(alone, NUTS="LU", OutputGCS="EPSG:3857")),
                          tmp_path / "again")
    assert len(np.unique(raster.values)) > 10
    assert (raster.epsg, again.epsg) == (3035, 3857)


def test_cdse_orders_appear_late_and_with_children():
    with Sandbox(speed=0) as sandbox:
        record = next((item for item in sandbox.portal_site.catalogue.datasets
                       if "CDSE" in str(item["dataset_download_information"])), None)
        if record is None:
            pytest.skip("the small catalogue has no such dataset")
        part = record["dataset_download_information"]["items"][0]
        item = {"DatasetID": record["UID"], "DatasetDownloadInformationID": part["@id"],
                "OutputFormat": "Geotiff", "OutputGCS": "EPSG:4326",
                "BoundingBox": [6, 50, 6.1, 49.9],
                "TemporalFilter": {"StartDate": 1704067200000, "EndDate": 1704844800000}}
        answer = call(sandbox, "POST", "/@datarequest_post", json={"Datasets": [item]})
        assert answer.json() == {"TaskIds": [], "ErrorTaskIds": []}
        tasks = call(sandbox, "GET", "/@datarequest_search").json().values()
    roles = {task["cdse_task_role"]: task for task in tasks}
    assert isinstance(roles["child"]["Datasets"], dict)
    assert roles["child"]["Status"] == "FINISHED_OK"
    assert roles["parent"]["Datasets"][0]["TemporalFilter"] == {
        "StartDate": "2024-01-01T00:00:00Z", "EndDate": "2024-01-10T23:59:59Z"}


def test_result_links_need_no_token_and_know_ranges(sandbox):
    record = status(sandbox, order(sandbox, NUTS="LU", OutputGCS="EPSG:3857"))
    whole = requests.get(record["DownloadURL"], timeout=10).content
    part = requests.get(record["DownloadURL"], headers={"Range": "bytes=100-199"}, timeout=10)
    assert part.status_code == 206 and part.content == whole[100:200]
    assert part.headers["Content-Range"] == f"bytes 100-199/{len(whole)}"
    beyond = requests.get(record["DownloadURL"], timeout=10,
                          headers={"Range": f"bytes={len(whole)}-"})
    assert beyond.status_code == 416
    assert requests.head(record["DownloadURL"], timeout=10).headers["Accept-Ranges"] == "bytes"
    assert not record["DownloadURL"].startswith(sandbox.main.base)


def test_expired_results(sandbox):
    task = order(sandbox, BoundingBox=[6, 50, 6.2, 49.9])
    link = status(sandbox, task)["DownloadURL"]
    sandbox.tasks.expire(task)
    assert requests.get(link, timeout=10).status_code == 404
    assert status(sandbox, task)["Status"] == "Finished_ok"


def test_masks_follow_the_outline():
    triangle = [[[(6.0, 49.0), (7.0, 49.0), (6.0, 50.0), (6.0, 49.0)]]]
    grid = grid_over((6.0, 49.0, 7.0, 50.0), 4326, 1000)
    mask = inside(grid, projected(triangle, 4326))
    assert mask.sum() / mask.size == pytest.approx(0.5, abs=0.01)
    assert mask[-1, 0] and not mask[0, -1]


def test_patches_cover_a_raster_exactly():
    values = np.random.default_rng(1).integers(1, 4, (40, 50)).astype(np.uint8)
    total = 0.0
    for value, rings in patches(values):
        polygon = Polygon(rings[0], rings[1:])
        point = polygon.representative_point()
        assert polygon.is_valid
        assert values[int(point.y), int(point.x)] == value
        total += polygon.area
    assert total == values.size
