"""Every fault of the sandbox does what its name says, as often as it should."""

from __future__ import annotations

import email.utils
import io
import json
import re
import socket
import time
import zipfile
from typing import Any

import pytest
import requests

from sandbox.server import Sandbox

JSON = {"Accept": "application/json"}
SEARCH = "/@search?portal_type=DataSet&b_size=2"
CLC = {"DatasetID": "0407d497d3c44bcd93ce8fd5bf78596a", "OutputFormat": "Geotiff",
       "DatasetDownloadInformationID": "7bcdf9d1-6ba0-4d4e-afa8-01451c7316cb",
       "OutputGCS": "EPSG:3035", "BoundingBox": [6.0, 49.8, 6.2, 49.6]}


@pytest.fixture
def sandbox(tmp_path):
    with Sandbox(speed=0, data=tmp_path / "nothing") as running:
        yield running


def search(sandbox: Sandbox) -> requests.Response:
    return requests.get(sandbox.portal + SEARCH, headers=JSON, timeout=10)


def signed(sandbox: Sandbox) -> dict[str, str]:
    return {**JSON, "Authorization": "Bearer " + sandbox.token()}


def post(sandbox: Sandbox, **changes: Any) -> requests.Response:
    return requests.post(sandbox.portal + "/@datarequest_post", headers=signed(sandbox),
                         json={"Datasets": [{**CLC, **changes}]}, timeout=10)


def tasks(sandbox: Sandbox) -> dict[str, Any]:
    return requests.get(sandbox.portal + "/@datarequest_search", headers=signed(sandbox),
                        timeout=30).json()


def link(sandbox: Sandbox, **changes: Any) -> str:
    """Order something; return the address of the result."""
    task = post(sandbox, **changes).json()["TaskIds"][0]["TaskID"]
    return tasks(sandbox)[task]["DownloadURL"]


@pytest.mark.parametrize("code", [401, 403, 429, 500, 502, 503])
def test_another_status(sandbox, code):
    sandbox.faults.add("@search", "status", code=code, retry_after=7)
    answer = search(sandbox)
    assert answer.status_code == code and answer.headers["Retry-After"] == "7"
    assert answer.headers["Content-Type"].startswith("text/html")
    assert search(sandbox).status_code == 200


def test_times_skip_method_and_removal(sandbox):
    sandbox.faults.add("@search", "status", times=2, skip=1, code=500)
    assert [search(sandbox).status_code for _ in range(4)] == [200, 500, 500, 200]
    sandbox.faults.add("@search", "status", method="POST", code=500)
    assert search(sandbox).status_code == 200
    fault = sandbox.faults.add("@search", "status", times=None, code=500)
    assert [search(sandbox).status_code for _ in range(3)] == [500] * 3
    sandbox.faults.remove(fault)
    assert search(sandbox).status_code == 200


def test_a_fault_for_a_time(sandbox):
    fault = sandbox.faults.add("@search", "status", times=None, seconds=100, code=502)
    assert search(sandbox).status_code == 502
    fault.until = time.monotonic() - 1
    assert search(sandbox).status_code == 200


def test_another_body(sandbox):
    body = {"message": "You are not authorized to access this resource.", "type": "Unauthorized"}
    sandbox.faults.add("@search", "status", code=401, json=body)
    answer = search(sandbox)
    assert (answer.status_code, answer.json()) == (401, body)


def test_unknown_faults_are_refused(sandbox):
    with pytest.raises(ValueError):
        sandbox.faults.add("", "nonsense")


def test_html_instead_of_json(sandbox):
    sandbox.faults.add("@search", "html")
    answer = search(sandbox)
    assert answer.status_code == 200 and answer.text.startswith("<!DOCTYPE html>")


def test_truncated_json(sandbox):
    sandbox.faults.add("@search", "truncate", keep=0.5)
    with pytest.raises(ValueError):
        search(sandbox).json()


def test_bare_list(sandbox):
    sandbox.faults.add("@search", "bare_list")
    assert search(sandbox).json() == []


def test_stale_hosts(sandbox):
    sandbox.faults.add("@search", "stale_host")
    page = search(sandbox).json()
    assert page["items"][0]["@id"].startswith("https://clms-prod.eea.europa.eu/api/en/")
    assert page["batching"]["next"].startswith("https://clms-prod.eea.europa.eu/")


def test_redirect(sandbox):
    sandbox.faults.add("@search", "redirect", to=sandbox.results.base + "/elsewhere")
    answer = requests.get(sandbox.portal + SEARCH, headers=JSON, timeout=5,
                          allow_redirects=False)
    assert answer.status_code == 302
    assert answer.headers["Location"] == sandbox.results.base + "/elsewhere"


def test_a_connection_cut_after_some_bytes(sandbox):
    url = link(sandbox)
    sandbox.faults.add("/results/", "cut", after=1000)
    answer = requests.get(url, stream=True, timeout=5)
    got = answer.raw.read(100_000, decode_content=False)
    assert int(answer.headers["Content-Length"]) > len(got) == 1000
    rest = requests.get(url, headers={"Range": "bytes=1000-"}, timeout=5)
    assert zipfile.is_zipfile(io.BytesIO(got + rest.content))
    size = 1000 + len(rest.content)
    assert sandbox.requests.ranges("/results/") == [(0, 1000), (1000, size)]


def test_no_answer_but_the_order_is_there(sandbox):
    sandbox.faults.add("@datarequest_post", "drop")
    with pytest.raises(requests.exceptions.ConnectionError):
        post(sandbox)
    assert len(tasks(sandbox)) == 1
    sandbox.faults.add("@datarequest_post", "refuse")
    with pytest.raises(requests.exceptions.ConnectionError):
        post(sandbox, OutputGCS="EPSG:4326")
    assert len(tasks(sandbox)) == 1


def test_a_short_file_with_the_right_length_header(sandbox):
    url = link(sandbox)
    size = len(requests.get(url, timeout=5).content)
    sandbox.faults.add("/results/", "short", times=2, keep=size - 10)
    answer = requests.get(url, timeout=5)
    assert len(answer.content) == int(answer.headers["Content-Length"]) == size - 10
    part = requests.get(url, headers={"Range": "bytes=100-"}, timeout=5)
    assert part.headers["Content-Range"] == f"bytes 100-{size - 11}/{size - 10}"
    assert len(part.content) == size - 110


def test_wrong_content_type(sandbox):
    url = link(sandbox)
    sandbox.faults.add("/results/", "type", type="text/html")
    answer = requests.get(url, timeout=5)
    assert answer.headers["Content-Type"] == "text/html" and answer.content[:2] == b"PK"


def test_corrupt_bytes_lie_at_the_same_place_in_every_part(sandbox):
    url = link(sandbox)
    good = requests.get(url, timeout=5).content
    sandbox.faults.add("/results/", "corrupt", times=2, at=500, count=2)
    bad = requests.get(url, timeout=5).content
    part = requests.get(url, headers={"Range": "bytes=400-600"}, timeout=5).content
    assert [at for at in range(len(good)) if good[at] != bad[at]] == [500, 501]
    assert part == bad[400:601]


def test_ranges_ignored_or_wrong(sandbox):
    url = link(sandbox)
    ask = {"Range": "bytes=100-"}
    sandbox.faults.add("/results/", "no_range")
    assert requests.get(url, headers=ask, timeout=5).status_code == 200
    sandbox.faults.add("/results/", "wrong_range", shift=7)
    answer = requests.get(url, headers=ask, timeout=5)
    assert answer.status_code == 206
    assert answer.headers["Content-Range"].startswith("bytes 93-")


def test_expired_links(sandbox):
    url = link(sandbox)
    for code in (403, 404, 410):
        sandbox.faults.add("/results/", "expired", code=code)
        assert requests.get(url, timeout=5).status_code == code
    assert requests.get(url, timeout=5).status_code == 200


def test_stalling_and_slow_answers_deliver_in_the_end(sandbox):
    url = link(sandbox)
    good = requests.get(url, timeout=5).content
    sandbox.faults.add("/results/", "stall", after=100, delay=0.01)
    sandbox.faults.add("/results/", "slow", rate=1e7)
    sandbox.faults.add("/results/", "delay", delay=0.01)
    assert requests.get(url, timeout=5).content == good


def test_a_stall_is_seen_by_the_client(sandbox):
    url = link(sandbox)
    sandbox.faults.add("/results/", "stall", after=100, delay=60)
    answer = requests.get(url, stream=True, timeout=(5, 0.2))
    with pytest.raises(requests.exceptions.ConnectionError):
        for _block in answer.iter_content(10):
            continue


def test_the_clock_is_wrong_by_an_hour(sandbox):
    def seen() -> float:
        date = search(sandbox).headers["Date"]
        return email.utils.parsedate_to_datetime(date).timestamp() - time.time()

    assert abs(seen()) < 60
    sandbox.faults.add("", "clock", times=None, offset=-3600)
    assert abs(seen() + 3600) < 60
    jwt = pytest.importorskip("jwt")
    pytest.importorskip("cryptography", reason="PyJWT signs RS256 with it")
    key = json.loads(sandbox.key_text)
    now = int(time.time())
    grant = jwt.encode({"iss": key["client_id"], "sub": key["user_id"], "aud": key["token_uri"],
                        "iat": now - 60, "exp": now + 600}, key["private_key"], "RS256")
    answer = requests.post(key["token_uri"], timeout=5, data={
        "grant_type": "urn:ietf:params:oauth:grant-type:jwt-bearer", "assertion": grant})
    assert answer.json()["error_description"] == "The token is not yet valid (iat)"


def test_a_status_that_goes_backwards(sandbox):
    post(sandbox)
    assert [task["Status"] for task in tasks(sandbox).values()] == ["Finished_ok"]
    sandbox.faults.add("@datarequest_search", "backwards", status="In_progress")
    task, = tasks(sandbox).values()
    assert task["Status"] == "In_progress" and task["DownloadURL"]
    assert [task["Status"] for task in tasks(sandbox).values()] == ["Finished_ok"]


def test_the_processing_system_refuses_but_the_task_stays(sandbox, shared_data):
    name = shared_data / "clms-responses" / "post-fme-refuses.json"
    real = json.loads(name.read_text())
    sandbox.faults.add("@datarequest_post", "fme_refuses")
    answer = post(sandbox)
    assert (answer.status_code, answer.json()) == (real["status"], real["body"])
    task, = tasks(sandbox).values()
    assert task["Status"] == "Queued" and "FMETaskId" not in task
    assert post(sandbox).json()["msg"].startswith("You have requested to download the same")


def test_a_refused_task_that_finishes_all_the_same(sandbox):
    sandbox.faults.add("@datarequest_post", "fme_refuses", later="finish")
    assert post(sandbox).status_code == 500
    task, = tasks(sandbox).values()
    assert task["Status"] == "Finished_ok"


def test_accepted_with_empty_lists(sandbox):
    sandbox.faults.add("@datarequest_post", "empty_lists")
    answer = post(sandbox)
    assert (answer.status_code, answer.json()) == (201, {"TaskIds": [], "ErrorTaskIds": []})
    assert tasks(sandbox) == {}
    sandbox.faults.add("@datarequest_post", "empty_lists", create=True)
    assert post(sandbox).json()["TaskIds"] == [] and len(tasks(sandbox)) == 1


@pytest.mark.parametrize("state", ["Finished_nok", "Rejected"])
def test_orders_that_end_badly(sandbox, state):
    sandbox.faults.add("@datarequest_post", "outcome", status=state, message="Too large")
    post(sandbox)
    task, = tasks(sandbox).values()
    assert (task["Status"], task["Message"]) == (state, "Too large")
    assert "DownloadURL" not in task


@pytest.mark.parametrize("what, outside", [("slip", "../../outside.txt"),
                                           ("absolute", "/tmp/outside.txt"),
                                           ("link", "Results/link")])
def test_archives_that_would_write_elsewhere(sandbox, what, outside):
    sandbox.faults.add("/results/", "zip", what=what)
    url = link(sandbox)
    task, = tasks(sandbox).values()
    data = requests.get(url, timeout=5).content
    assert len(data) == task["FileSize"]
    assert outside in zipfile.ZipFile(io.BytesIO(data)).namelist()


def test_an_archive_with_a_bad_crc(sandbox):
    sandbox.faults.add("/results/", "zip", what="crc")
    archive = zipfile.ZipFile(io.BytesIO(requests.get(link(sandbox), timeout=5).content))
    assert archive.testzip() is not None


def test_a_zip_bomb(sandbox):
    sandbox.faults.add("/results/", "zip", what="bomb")
    data = requests.get(link(sandbox), timeout=20).content
    info = zipfile.ZipFile(io.BytesIO(data)).getinfo("Results/zeros.tif")
    assert info.file_size >= 300_000_000 and len(data) < 1_000_000


def test_the_log_tells_what_was_asked_and_keeps_no_token(sandbox):
    token = sandbox.token()
    requests.get(sandbox.portal + "/@datarequest_search", timeout=5,
                 headers={**JSON, "Authorization": "Bearer " + token})
    requests.get(link(sandbox), headers={"User-Agent": "Test"}, timeout=5)
    asked, = sandbox.requests.to("/@datarequest_search")[:1]
    result, = sandbox.requests.to("/results/")
    assert (asked.method, asked.origin, asked.status) == ("GET", "main", 200)
    assert asked.authorized and not result.authorized
    assert (result.origin, result.headers["user-agent"]) == ("results", "Test")
    assert token not in repr(list(sandbox.requests))
    posted, = sandbox.requests.to("@datarequest_post", "POST")
    assert json.loads(posted.body)["Datasets"][0]["OutputGCS"] == "EPSG:3035"


def test_faults_can_be_set_from_another_process(sandbox):
    control = sandbox.main.base + "/sandbox/"
    answer = requests.post(control + "faults", timeout=5,
                           json={"path": "@search", "kind": "status", "code": 502, "times": 1})
    assert answer.status_code == 200
    assert len(requests.get(control + "faults", timeout=5).json()["result"]) == 1
    assert [search(sandbox).status_code for _ in range(2)] == [502, 200]
    assert requests.post(control + "faults", json={"kind": "?"}, timeout=5).status_code == 400
    assert requests.get(control, timeout=5).json()["result"]["egms"] == sandbox.egms
    assert len(requests.get(control + "requests", timeout=5).json()["result"]) == 2
    task = post(sandbox).json()["TaskIds"][0]["TaskID"]
    requests.post(control + "tasks", json={"task": task, "status": "Rejected"}, timeout=5)
    assert tasks(sandbox)[task]["Status"] == "Rejected"
    requests.post(control + "tokens", json={"forget": True}, timeout=5)
    requests.delete(control + "faults", timeout=5)
    assert requests.get(control + "faults", timeout=5).json()["result"] == []


def test_connections_stay_open_between_requests(sandbox):
    host, _, port = sandbox.main.base.rpartition("//")[2].partition(":")
    with socket.create_connection((host, int(port)), timeout=5) as connection:
        stream = connection.makefile("rb")
        for _ in range(2):
            connection.sendall(b"GET /api" + SEARCH.encode() + b" HTTP/1.1\r\nHost: localhost"
                               b"\r\nAccept: application/json\r\n\r\n")
            assert stream.readline() == b"HTTP/1.1 200 OK\r\n"
            head = b"".join(iter(stream.readline, b"\r\n"))
            length = re.search(rb"Content-Length: (\d+)", head)
            stream.read(int(length.group(1)) if length else 0)
