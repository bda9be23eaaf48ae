"""Fetching files of the EGMS archive: expiring ids, queues, faults, and what is on disk."""

from __future__ import annotations

import json
import threading
import zipfile
from dataclasses import replace
from datetime import datetime, timezone
from types import SimpleNamespace

import pytest
from sandbox.server import Sandbox

from clms_explorer.core.aoi.area import Area
from clms_explorer.core.cart.item import CartItem
from clms_explorer.core.clms.auth import TokenSource
from clms_explorer.core.clms.service_key import ServiceKey
from clms_explorer.core.egms.archive import EgmsArchive
from clms_explorer.core.egms.service import EgmsService
from clms_explorer.core.errors import (
    Cancelled, FileBroken, FileMissing, KeyRefused, NotAllowed, OrderRefused,
    ServiceError,
)
from clms_explorer.core.http.config import HttpConfig
from clms_explorer.core.http.session import Http
from clms_explorer.core.http.waiting import pause
from clms_explorer.core.ports import Order, RemoteFile, never
from clms_explorer.core.settings import origin

USTICA = Area.from_bbox(13.14, 38.68, 13.19, 38.73, "Ustica")
UP = "EGMS_L3_E45N17_100km_U_2020_2024_1.zip"
EAST = "EGMS_L3_E45N17_100km_E_2020_2024_1.zip"
NOW = datetime(2026, 1, 1, tzinfo=timezone.utc)


@pytest.fixture(scope="module")
def server():
    with Sandbox(speed=0.0) as box:
        yield box


@pytest.fixture
def sandbox(server):
    server.requests.clear()
    yield server
    server.faults.clear()


@pytest.fixture
def way(sandbox, tmp_path):
    """Return a service, an order of two files, and a fetch that notes waits and progress."""
    http = Http(HttpConfig(first_pause=0.0), frozenset({origin(sandbox.egms)}))
    tokens = TokenSource(http, ServiceKey.from_text(sandbox.key_text))
    archive = EgmsArchive(http, sandbox.egms, tokens)
    waits, steps = [], []

    def sleep(seconds, stop):
        waits.append(seconds)
        pause(0, stop)

    service = EgmsService(archive, http, sleep=sleep)
    hits = archive.search(USTICA, ["L3"], ["2020-2024"])
    order = service.order(CartItem("egms", "egms", "Ustica", files=[h.to_json() for h in hits]))
    asked(sandbox, "/search", 1)
    sandbox.requests.clear()

    def fetch(name=UP, stop=never):
        return service.fetch(
            order, RemoteFile(name), tmp_path, lambda *step: steps.append(step), stop)

    yield SimpleNamespace(
        service=service, order=order, hits={hit.filename: hit for hit in hits}, tokens=tokens,
        waits=waits, steps=steps, fetch=fetch, folder=tmp_path, archive=archive)
    http.close()


def asked(sandbox, part, number, method=""):
    """Return the requests with part in their address; the log is a moment behind the answers."""
    for _ in range(2000):
        if len(sandbox.requests.to(part, method)) >= number:
            break
        threading.Event().wait(0.005)
    found = sandbox.requests.to(part, method)
    assert len(found) == number, [entry.path for entry in found]
    return found


# Orders --------------------------------------------------------------------------------------

def test_an_order_is_a_list_of_files_that_are_ready_at_once(way):
    handle = way.service.submit(way.order, never)
    status = way.service.poll([handle], never)[handle]
    assert status.state == "ready"
    assert {file.name: file.size for file in status.files} == {
        name: hit.size for name, hit in way.hits.items()}
    assert way.service.find(way.order, NOW, never) == [handle]
    assert way.service.submit(way.order, never) == handle
    way.service.cancel(handle, never)


def test_ordering_asks_nobody(sandbox, way):
    handle = way.service.submit(way.order, never)
    way.service.find(way.order, NOW, never)
    way.service.poll([handle], never)
    assert len(sandbox.requests) == 0


def test_a_file_chosen_twice_is_ordered_once(way):
    files = [way.hits[UP].to_json()] * 2
    order = way.service.order(CartItem("egms", "egms", "Twice", files=files))
    assert len(order.request["files"]) == 1


@pytest.mark.parametrize("files", [[], [{"filename": "x"}], ["text"], [None]])
def test_an_order_without_usable_files_is_refused(way, files):
    with pytest.raises(OrderRefused):
        way.service.order(CartItem("egms", "egms", "Nothing", files=files))


@pytest.mark.parametrize("handle", ["", "x", "[1]", '{"a": 1}', "null", '[["a", "b"]]'])
def test_a_strange_handle_is_unknown(way, handle):
    assert way.service.poll([handle], never)[handle].state == "unknown"


def test_a_file_that_was_not_ordered_is_missing(way):
    with pytest.raises(FileMissing):
        way.fetch("EGMS_L3_E99N99_100km_U.zip")


# Downloads -----------------------------------------------------------------------------------

def test_a_file_comes_complete(sandbox, way):
    path = way.fetch()
    assert path == way.folder / UP
    assert path.stat().st_size == way.hits[UP].size
    assert zipfile.ZipFile(path).testzip() is None
    assert way.steps[-1] == (path.stat().st_size, path.stat().st_size)
    assert way.waits == []
    [search] = asked(sandbox, "/search", 1)
    assert '"tileId": "E45N17"' in search.body
    [download] = asked(sandbox, "/download/", 1)
    assert download.authorized and "id=" in download.path


def test_a_burst_is_looked_for_by_its_box(sandbox, way):
    hits = [hit for hit in way.archive.search(USTICA, ["L2b"], ["2020-2024"]) if hit.track == 22]
    order = way.service.order(CartItem("egms", "egms", "Burst", files=[hits[0].to_json()]))
    asked(sandbox, "/search", 1)
    sandbox.requests.clear()
    path = way.service.fetch(
        order, RemoteFile(hits[0].filename), way.folder, lambda *_: None, never)
    assert path.is_file()
    assert '"bbox"' in asked(sandbox, "/search", 1)[0].body


def test_up_and_east_of_a_tile_share_one_search(sandbox, way):
    way.fetch(UP)
    way.fetch(EAST)
    asked(sandbox, "/search", 1)
    asked(sandbox, "/download/", 2)


def test_a_complete_file_is_not_asked_for_again(sandbox, way):
    way.fetch()
    asked(sandbox, "/download/", 1)
    sandbox.requests.clear()
    way.steps.clear()
    assert way.fetch() == way.folder / UP
    assert len(sandbox.requests) == 0
    assert way.steps == [(way.hits[UP].size,) * 2]


def test_a_broken_file_on_disk_is_replaced(way):
    (way.folder / UP).write_bytes(b"PK\x03\x04 not a zip")
    assert zipfile.ZipFile(way.fetch()).testzip() is None


def test_a_cut_download_goes_on_where_it_was(sandbox, way):
    size = way.hits[UP].size
    sandbox.faults.add("/download/", "cut", after=70_000)
    way.fetch()
    asked(sandbox, "/download/", 2)
    [first, second] = sandbox.requests.ranges("/download/")
    assert second == (first[1], size)


def test_a_download_goes_on_in_another_session_with_another_id(sandbox, way):
    sandbox.faults.add("/download/", "cut", times=4, after=30_000)
    with pytest.raises(FileBroken) as caught:
        way.fetch()
    assert caught.value.reason == "size" and caught.value.retryable
    asked(sandbox, "/download/", 4)
    have = (way.folder / (UP + ".part")).stat().st_size
    assert have > 0
    sandbox.archive.expire_ids()
    sandbox.requests.clear()
    http = Http(HttpConfig(), frozenset({origin(sandbox.egms)}))
    later = EgmsService(way.archive, http)
    later.fetch(way.order, RemoteFile(UP), way.folder, lambda *_: None, never)
    http.close()
    asked(sandbox, "/download/", 1)
    assert sandbox.requests.ranges("/download/") == [(have, way.hits[UP].size)]


def test_a_download_stops_at_once(way):
    with pytest.raises(Cancelled):
        way.fetch(stop=lambda: True)


# Refusals ------------------------------------------------------------------------------------

def test_an_id_that_is_not_active_yet_is_waited_for(sandbox, way):
    sandbox.faults.add("/download/", "status", code=401)
    way.fetch()
    assert way.waits == [5.0]
    asked(sandbox, "/search", 1)
    asked(sandbox, "/download/", 2)


def test_an_expired_id_is_renewed_by_a_new_search(sandbox, way):
    way.fetch(EAST)
    sandbox.archive.expire_ids()
    way.fetch(UP)
    assert way.waits == [5.0]
    asked(sandbox, "/search", 2)
    ids = [entry.path.split("id=")[1] for entry in asked(sandbox, "/download/", 4)]
    assert ids[0] == ids[1] == ids[2] != ids[3]


def test_after_the_search_the_token_is_renewed_and_then_it_is_over(sandbox, way):
    way.fetch(EAST)
    asked(sandbox, "/download/", 1)
    sandbox.requests.clear()
    sandbox.faults.add("/download/", "status", times=None, code=401)
    with pytest.raises(NotAllowed):
        way.fetch(UP)
    assert way.waits == [5.0]
    asked(sandbox, "/download/", 4)
    asked(sandbox, "/search", 1)
    asked(sandbox, "oauth2-token", 1)


def test_a_forbidden_download_gets_a_new_token_once(sandbox, way):
    sandbox.faults.add("/download/", "status", code=403)
    way.fetch()
    assert way.waits == []
    asked(sandbox, "oauth2-token", 1)  # the fixture's own exchange came before
    asked(sandbox, "/search", 1)
    sandbox.faults.add("/download/", "status", times=None, code=403)
    with pytest.raises(NotAllowed):
        way.fetch(EAST)


@pytest.mark.parametrize("fault", [
    {"kind": "html"}, {"kind": "type", "type": "application/json"}])
def test_a_page_in_place_of_the_file_means_not_logged_in(sandbox, way, fault):
    sandbox.faults.add("/download/", **fault)
    way.fetch()
    asked(sandbox, "oauth2-token", 1)
    sandbox.faults.add("/download/", times=None, **fault)
    with pytest.raises(NotAllowed):
        way.fetch(EAST)
    assert not (way.folder / EAST).exists()


def test_an_error_of_the_archive_itself_is_passed_on_at_once(sandbox, way):
    sandbox.faults.add("/download/", "status", times=None, code=500)
    with pytest.raises(ServiceError) as caught:
        way.fetch()
    assert caught.value.facts["status"] == 500 and caught.value.retryable
    asked(sandbox, "/download/", 1)


def test_a_token_that_cannot_be_decoded_asks_for_a_new_key(way, monkeypatch):
    def fetch(*_args, **_named):
        raise ServiceError("", "DecodeError: Invalid header string", status=500)

    monkeypatch.setattr("clms_explorer.core.egms.transfer.fetch", fetch)
    with pytest.raises(KeyRefused):
        way.fetch()


# Too many, or not there -----------------------------------------------------------------------

def test_a_busy_archive_is_given_time(sandbox, way):
    sandbox.faults.add("/download/", "status", times=3, code=429)
    way.fetch()
    assert way.waits == [30.0, 60.0, 90.0]
    asked(sandbox, "/download/", 4)
    asked(sandbox, "/search", 1)


def test_the_archive_may_say_how_long(sandbox, way):
    sandbox.faults.add("/download/", "status", times=2, code=429, retry_after=7)
    way.fetch()
    assert way.waits == [7.0, 7.0]


def test_a_wish_for_an_hour_is_left_to_the_queue(sandbox, way):
    sandbox.faults.add("/download/", "status", times=None, code=429, retry_after=3600)
    with pytest.raises(ServiceError) as caught:
        way.fetch()
    assert caught.value.facts["status"] == 429 and caught.value.retryable
    assert way.waits == []


def test_patience_with_a_busy_archive_ends(sandbox, way):
    sandbox.faults.add("/download/", "status", times=None, code=429)
    with pytest.raises(ServiceError) as caught:
        way.fetch()
    assert caught.value.facts["status"] == 429
    assert way.waits == [30.0 * number for number in range(1, 11)]


def test_a_wait_can_be_stopped(sandbox, way):
    sandbox.faults.add("/download/", "status", times=None, code=429)
    with pytest.raises(Cancelled):
        way.fetch(stop=lambda: len(way.waits) >= 2)
    assert way.waits == [30.0, 60.0]


def test_a_fault_that_passes_is_not_taken_for_a_missing_file(sandbox, way):
    sandbox.faults.add("/download/", "status", times=2, code=502)
    way.fetch()
    assert way.waits == [5.0, 5.0]


def test_a_file_that_was_replaced_is_missing(sandbox, way):
    gone = UP.replace("2024_1", "2024_9")
    order = way.service.order(CartItem("egms", "egms", "Gone", files=[
        replace(way.hits[UP], filename=gone).to_json()]))
    with pytest.raises(FileMissing) as caught:
        way.service.fetch(order, RemoteFile(gone), way.folder, lambda *_: None, never)
    assert caught.value.facts["name"] == gone
    asked(sandbox, "/download/", 3)


def test_a_tile_that_is_no_longer_there_is_missing(way):
    order = way.service.order(CartItem("egms", "egms", "Sea", files=[
        replace(way.hits[UP], tile="E30N30").to_json()]))
    with pytest.raises(FileMissing):
        way.service.fetch(order, RemoteFile(UP), way.folder, lambda *_: None, never)


def test_damaged_content_is_refused(sandbox, way):
    sandbox.faults.add("/download/", "corrupt", times=None, at=-1)
    with pytest.raises(FileBroken) as caught:
        way.fetch()
    assert caught.value.reason in ("crc", "zip")
    assert not (way.folder / UP).exists()


def test_progress_makes_up_for_earlier_refusals(sandbox, way):
    # Three refusals use up all but the last step; then bytes flow, and the count starts anew.
    sandbox.faults.add("/download/", "status", times=3, code=401)
    sandbox.faults.add("/download/", "cut", times=1, after=70_000, skip=3)
    sandbox.faults.add("/download/", "status", times=3, code=401, skip=1)
    way.fetch()
    assert way.waits == [5.0, 5.0]


def test_two_at_once_work_without_being_told_to_wait(sandbox, way):
    done = []
    threads = [
        threading.Thread(target=lambda name=name: done.append(way.fetch(name)))
        for name in (UP, EAST)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    assert sorted(path.name for path in done) == [EAST, UP]
    assert way.service.parallel == 2 and way.waits == []


def test_the_order_survives_json(way):
    again = Order("egms", json.loads(json.dumps(way.order.request)))
    assert way.service.submit(again, never) == way.service.submit(way.order, never)
    path = way.service.fetch(again, RemoteFile(UP), way.folder, lambda *_: None, never)
    assert path.is_file()
