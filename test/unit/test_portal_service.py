"""The portal as a service of the queue: what is sent, found again, waited for and fetched."""

from __future__ import annotations

import json
import time
from dataclasses import replace
from datetime import datetime, timedelta, timezone

import pytest
from shapely.geometry import box

from clms_explorer.core.aoi.area import Area
from clms_explorer.core.cart.item import CartItem
from clms_explorer.core.clms import service as portal_service
from clms_explorer.core.clms.models import Collection, Dataset, PackagedFile
from clms_explorer.core.clms.records import dataset_from_record
from clms_explorer.core.clms.service import PortalService
from clms_explorer.core.clms.tasks import file_name, find_equal, status_of
from clms_explorer.core.errors import (
    AreaError, LinkExpired, OrderRefused, OrderUnclear, ServiceError,
)
from clms_explorer.core.http.archive import unzip
from clms_explorer.core.ports import Order, RemoteFile, Status

LUXEMBOURG = Area("Luxembourg", "country", box(5.7, 49.4, 6.6, 50.2), "LU")
USTICA = Area.from_bbox(13.1, 38.65, 13.25, 38.75, "Ustica")
LONG_AGO = datetime(2020, 1, 1, tzinfo=timezone.utc)


def never():
    return False


def ignore(*_sizes):
    return None


@pytest.fixture()
def datasets(sandbox):
    records = map(sandbox.portal_site.catalogue.full, sandbox.portal_site.catalogue.datasets)
    return {item.uid: item for item in map(dataset_from_record, records)}


@pytest.fixture()
def service(client, http, datasets):
    return PortalService(client, http, datasets.get)


@pytest.fixture()
def clc(datasets):
    return next(item for item in datasets.values() if item.path.endswith("/clc2018"))


@pytest.fixture()
def item(clc):
    raster = next(one for one in clc.collections if one.format == "Geotiff")
    return CartItem("portal", clc.uid, clc.title, LUXEMBOURG, raster.id)


class TestWhatIsSent:
    def sent(self, service, item):
        (row,) = service.order(item).request["Datasets"]
        return row

    def test_a_region_and_everything_as_stored(self, service, item, clc):
        assert self.sent(service, item) == {
            "DatasetID": clc.uid, "DatasetDownloadInformationID": item.collection,
            "OutputFormat": "Geotiff", "OutputGCS": "EPSG:3035", "NUTS": "LU"}
        assert service.order(item).service == "portal"

    def test_a_box_is_west_north_east_south(self, service, item):
        row = self.sent(service, replace(item, area=USTICA))
        assert row["BoundingBox"] == [13.1, 38.75, 13.25, 38.65] and "NUTS" not in row

    def test_a_polygon_goes_as_its_box(self, service, item):
        triangle = Area("Triangle", "polygon", box(1, 2, 3, 4).difference(box(2, 2, 4, 3)))
        assert self.sent(service, replace(item, area=triangle))["BoundingBox"] == [1, 4, 3, 2]

    def test_what_is_sent_is_plain_json(self, service, item):
        order = service.order(replace(item, area=USTICA))
        assert json.loads(json.dumps(dict(order.request))) == order.request

    def test_the_portal_takes_it(self, service, client, item, clc):
        vector = next(one for one in clc.collections if one.format == "GDB")
        for one in (item, replace(item, area=USTICA, crs="EPSG:4326"),
                    replace(item, collection=vector.id, format="GPKG")):
            client.order(service.order(one).request["Datasets"])

    def test_files(self, service, client, item, clc):
        ids = tuple(file.id for file in clc.files[:2])
        order = service.order(replace(item, collection="", area=None, files=ids))
        assert order.request == {"Datasets": [
            {"DatasetID": clc.uid, "FileID": ids[0]}, {"DatasetID": clc.uid, "FileID": ids[1]}]}
        assert len(client.order(order.request["Datasets"])) == 1

    @pytest.mark.parametrize("files", [("",), (None,), (5,), ("unknown",), ({"a": 1}.keys,)])
    def test_files_that_make_no_sense(self, service, item, files):
        with pytest.raises(OrderRefused):
            service.order(replace(item, files=files))

    def test_too_many_files(self, client, http, item):
        with pytest.raises(OrderRefused):
            PortalService(client, http).order(
                replace(item, files=tuple(f"file{n}" for n in range(101))))

    @pytest.mark.parametrize("changes", [
        {"format": "GeoTIFF"}, {"format": "Netcdf"}, {"format": "geotiff"}, {"crs": "EPSG:25832"},
        {"crs": "3035"}, {"crs": "epsg:3035"}, {"collection": "unknown"}, {"collection": ""},
        {"dataset": ""}, {"start": "2024-01-01", "end": "2024-01-02"}])
    def test_what_the_portal_would_refuse_is_not_sent(self, service, item, changes):
        with pytest.raises(OrderRefused) as caught:
            service.order(replace(item, **changes))
        assert caught.value.reason == "invalid" and caught.value.detail

    def test_without_the_catalogue_the_item_itself_is_checked(self, client, http, item):
        service = PortalService(client, http)
        full = replace(item, format="Geotiff", crs="EPSG:3035")
        assert self.sent(service, full)["OutputFormat"] == "Geotiff"
        for changes in ({"format": ""}, {"format": "GeoTIFF"}, {"crs": "EPSG:25832"}):
            with pytest.raises(OrderRefused):
                service.order(replace(full, **changes))


class TestAreas:
    """What the server oddly accepts."""

    def refused(self, service, item, area, reason):
        with pytest.raises(AreaError) as caught:
            service.order(replace(item, area=area))
        assert caught.value.reason == reason

    def test_none(self, service, item):
        self.refused(service, item, None, "empty")

    @pytest.mark.parametrize("code", ["", "lu", "L", "ES-21", "ES2111", "1T", "LU "])
    def test_codes(self, service, item, code):
        self.refused(service, item, Area("X", "nuts", box(5, 49, 6, 50), code), "unknown")

    @pytest.mark.parametrize("bounds", [
        (5, 49, 5, 50), (5, 49, 6, 49), (5, 49, 5.00000001, 50)])
    def test_boxes_without_surface(self, service, item, bounds):
        self.refused(service, item, Area("X", "polygon", box(*bounds)), "invalid")

    def test_an_area_on_both_sides_of_the_antimeridian(self, service, item):
        fiji = Area("Fiji", "polygon", box(177, -19, 180, -16).union(box(-180, -19, -178, -16)))
        with pytest.raises(OrderRefused):
            service.order(replace(item, area=fiji))
        world = Area.from_bbox(-180, -60, 180, 80)
        assert service.order(replace(item, area=world))

    @pytest.mark.parametrize("bounds", [
        (-181, 49, 6, 50), (5, 49, 190, 50), (5, 49, 6, 91), (5, -91, 6, 50), (6, 49, 5, 50),
        (5, 50, 6, 49), (float("nan"), 49, 6, 50)])
    def test_boxes_that_are_none_do_not_even_become_areas(self, bounds):
        with pytest.raises(AreaError):
            Area.from_bbox(*bounds)


class TestDates:
    @pytest.fixture()
    def series(self, client, http):
        collection = Collection("c", "RASTER", "Raster 300 m", "Netcdf", "LEGACY", ("NDVI ", "QF"))
        self.dataset = Dataset("d", "NDVI", "/en/x", projection="EPSG:4326", time_series=True,
                               limit_days=30, collections=(collection,))
        self.item = CartItem("portal", "d", "NDVI", LUXEMBOURG, "c", start="2024-01-01",
                             end="2024-01-31")
        return PortalService(client, http, lambda _uid: self.dataset)

    def test_milliseconds_of_midnight_utc(self, series):
        (row,) = series.order(self.item).request["Datasets"]
        assert row["TemporalFilter"] == {"StartDate": 1704067200000, "EndDate": 1706659200000}

    @pytest.mark.parametrize("start, end", [
        ("", ""), ("2024-01-01", ""), ("", "2024-01-01"), ("2024-01-01", "2024-02-01"),
        ("2024-01-02", "2024-01-01"), ("2024-13-01", "2024-01-01"), ("yesterday", "today"),
        ("1969-12-31", "1970-01-01")])
    def test_dates_that_would_be_refused(self, series, start, end):
        with pytest.raises(OrderRefused):
            series.order(replace(self.item, start=start, end=end))

    def test_one_day_and_the_longest(self, series):
        assert series.order(replace(self.item, end="2024-01-01"))

    def test_layers_are_sent_to_the_last_blank(self, series):
        (row,) = series.order(replace(self.item, layer="NDVI ")).request["Datasets"]
        assert row["Layer"] == "NDVI "
        with pytest.raises(OrderRefused):
            series.order(replace(self.item, layer="NDVI"))

    def test_a_dataset_without_time_range(self, series):
        self.dataset = replace(self.dataset, limit_days=0, time_series=False)
        with pytest.raises(OrderRefused):
            series.order(self.item)
        assert series.order(replace(self.item, start="", end=""))

    def test_cdse_needs_dates_even_if_it_is_no_time_series(self, series):
        (collection,) = self.dataset.collections
        self.dataset = replace(self.dataset, time_series=False,
                               collections=(replace(collection, source="CDSE"),))
        with pytest.raises(OrderRefused):
            series.order(replace(self.item, start="", end=""))
        assert series.order(self.item).request["asynchronous"] is True


class TestFromOrderToFile:
    def test_the_whole_way(self, sandbox, service, item, tmp_path):
        order = service.order(item)
        handle = service.submit(order, never)
        status = self.wait(service, handle)
        assert status.state == "ready"
        (file,) = status.files
        assert file.url.startswith(sandbox.results_url) and file.size > 0
        path = service.fetch(order, file, tmp_path, ignore, never)
        assert path == tmp_path / file.name and path.stat().st_size == file.size
        names = {one.name for one in unzip(path, tmp_path / "out", never, ignore)}
        assert "U2018_CLC2018_V2020_20u1.tif" in names
        assert not any(entry.authorized for entry in sandbox.requests.to("results/"))

    def wait(self, service, handle):
        end = time.monotonic() + 60
        while time.monotonic() < end:
            status = service.poll([handle], never)[handle]
            if status.state not in ("queued", "preparing"):
                return status
        raise AssertionError("the sandbox did not finish the order")

    def test_one_call_tells_of_all(self, sandbox, service, item):
        handles = [service.submit(service.order(replace(item, area=area)), never)
                   for area in (LUXEMBOURG, USTICA)]
        sandbox.requests.clear()
        found = service.poll([*handles, "12345"], never)
        assert set(found) == {*handles, "12345"}
        assert found["12345"] == Status("unknown")
        assert service.poll([], never) == {}
        assert len(sandbox.requests.to("@datarequest_search")) <= 1

    def test_an_expired_link(self, sandbox, service, item, tmp_path, monkeypatch):
        order = service.order(item)
        handle = service.submit(order, never)
        (file,) = self.wait(service, handle).files
        sandbox.tasks.expire(handle)
        monkeypatch.setattr(portal_service, "SETTLED_AFTER", timedelta(0))
        with pytest.raises(LinkExpired) as caught:
            service.fetch(order, file, tmp_path, ignore, never)
        assert not caught.value.retryable

    @pytest.mark.parametrize("code, retryable", [(403, True), (404, True), (410, False)])
    def test_a_link_that_does_not_work_yet(
            self, sandbox, service, item, tmp_path, code, retryable):
        order = service.order(item)
        (file,) = self.wait(service, service.submit(order, never)).files
        sandbox.faults.add(file.name, "expired", code=code)
        with pytest.raises(LinkExpired) as caught:
            service.fetch(order, file, tmp_path, ignore, never)
        assert caught.value.retryable is retryable
        assert service.fetch(order, file, tmp_path, ignore, never).is_file()

    def test_a_status_that_goes_backwards(self, sandbox, service, item):
        handle = service.submit(service.order(item), never)
        self.wait(service, handle)
        sandbox.faults.add("@datarequest_search", "backwards", status="Queued")
        assert service.poll([handle], never)[handle].state == "ready"

    @pytest.mark.parametrize("outcome, state", [
        ("Finished_nok", "failed"), ("Rejected", "failed")])
    def test_orders_that_fail(self, sandbox, service, item, outcome, state):
        sandbox.faults.add("@datarequest_post", "outcome", status=outcome, message="No data")
        handle = service.submit(service.order(item), never)
        assert self.wait(service, handle) == Status(state, "No data")

    def test_cancel(self, sandbox, service, item):
        sandbox.tasks.hold = True
        handle = service.submit(service.order(item), never)
        service.cancel(handle, never)
        assert service.poll([handle], never)[handle].state == "cancelled"
        service.cancel("12345", never)


class TestFindingAgain:
    """After a cut line: is the order on the portal or not?"""

    def find(self, service, item, since=None):
        since = since or datetime.now(timezone.utc)
        return service.find(service.order(item), since, never)

    @pytest.mark.parametrize("area", [LUXEMBOURG, USTICA])
    def test_an_order_whose_answer_was_lost(self, sandbox, user, service, item, area):
        item = replace(item, area=area)
        assert self.find(service, item) == []
        sandbox.faults.add("@datarequest_post", "drop")
        with pytest.raises(Exception, match="NoConnection"):
            service.submit(service.order(item), never)
        assert self.find(service, item) == [task.id for task in sandbox.tasks.of(user)]

    def test_an_order_that_never_arrived(self, sandbox, service, item):
        sandbox.faults.add("@datarequest_post", "refuse")
        with pytest.raises(Exception, match="NoConnection"):
            service.submit(service.order(item), never)
        assert self.find(service, item) == []

    def test_a_failure_that_left_a_task(self, sandbox, service, item):
        sandbox.faults.add("@datarequest_post", "fme_refuses", later="finish")
        with pytest.raises(ServiceError):
            service.submit(service.order(item), never)
        (handle,) = self.find(service, item)
        assert TestFromOrderToFile().wait(service, handle).state == "ready"

    def test_an_answer_without_ids(self, sandbox, service, item):
        sandbox.faults.add("@datarequest_post", "empty_lists", create=True)
        with pytest.raises(OrderUnclear):
            service.submit(service.order(item), never)
        assert len(self.find(service, item)) == 1

    def test_files(self, service, item, clc):
        files = replace(item, area=None, collection="", files=(clc.files[0].id,))
        handle = service.submit(service.order(files), never)
        assert self.find(service, files) == [handle]
        assert self.find(service, replace(files, files=(clc.files[1].id,))) == []

    @pytest.mark.parametrize("changes", [
        {"area": USTICA}, {"area": replace(LUXEMBOURG, code="BE")}, {"crs": "EPSG:4326"}])
    def test_another_order_is_not_it(self, service, item, changes):
        service.submit(service.order(item), never)
        assert self.find(service, replace(item, **changes)) == []

    def test_an_older_one_is_not_it(self, sandbox, service, item):
        handle = service.submit(service.order(item), never)
        registered = sandbox.tasks.get(handle).registered
        assert self.find(service, item, registered + timedelta(seconds=59)) == [handle]
        assert self.find(service, item, registered + timedelta(seconds=61)) == []


class TestRecordedTasks:
    @pytest.fixture()
    def tasks(self, shared_data):
        path = shared_data / "clms-responses" / "datarequest_search-all-temporal.json"
        return json.loads(path.read_text(encoding="utf-8"))["body"]

    def request(self, **fields):
        row = {"DatasetID": "c9816238b8005011a5f57c20ece20dd1",  # pragma: allowlist secret
               "OutputFormat": "Netcdf", "OutputGCS": "EPSG:4326", "NUTS": "ES21",
               "TemporalFilter": {"StartDate": 1704067200000, "EndDate": 1704844800000}}
        row.update(fields)
        return {"Datasets": [{key: value for key, value in row.items() if value is not None}]}

    def test_dates_come_back_as_text(self, tasks):
        assert find_equal(self.request(), tasks, LONG_AGO) == ["10663568039"]
        longer = {"StartDate": 1704067200000, "EndDate": 1706659200000}
        assert find_equal(self.request(TemporalFilter=longer), tasks, LONG_AGO) == ["24303956905"]
        assert find_equal(self.request(TemporalFilter=None), tasks, LONG_AGO) == []

    def test_the_stored_path_tells_collections_apart(self, tasks):
        request = self.request()
        assert find_equal({**request, "path": "ndvi_300m_v2_10daily"}, tasks, LONG_AGO)
        assert find_equal({**request, "path": "ndvi_1km"}, tasks, LONG_AGO) == []

    def test_a_parent_of_cdse_is_found_and_children_are_not(self, shared_data):
        path = shared_data / "clms-responses" / "datarequest_search-cdse-queued.json"
        tasks = json.loads(path.read_text(encoding="utf-8"))["body"]
        ((task_id, task),) = tasks.items()
        request = self.request(DatasetID=task["Datasets"][0]["DatasetID"], OutputFormat="Geotiff",
                               NUTS="ITC11")
        assert find_equal(request, tasks, LONG_AGO) == [task_id] == ["69610728765"]
        child = {**task, "cdse_task_role": "child", "Datasets": task["Datasets"][0]}
        assert find_equal(request, {task_id: child}, LONG_AGO) == []

    def test_newest_first(self, tasks):
        later = {**tasks["10663568039"], "RegistrationDateTime": "2026-11-23T00:00:00"}
        found = find_equal(self.request(), {**tasks, "1": later}, LONG_AGO)
        assert found == ["1", "10663568039"]

    @pytest.mark.parametrize("field, value", [
        ("RegistrationDateTime", None), ("RegistrationDateTime", "soon"), ("Datasets", None),
        ("Datasets", [None]), ("Datasets", "x"), ("Datasets", [])])
    def test_odd_tasks_are_not_it(self, tasks, field, value):
        odd = {**tasks["10663568039"], field: value}
        assert find_equal(self.request(), {"1": odd}, LONG_AGO) == []

    @pytest.mark.parametrize("task, status", [
        ({"Status": "Queued"}, Status("queued")),
        ({"Status": "In_progress"}, Status("preparing")),
        ({"Status": "IN PROGRESS"}, Status("preparing")),
        ({"Status": "Finished_ok"}, Status("preparing")),
        ({"Status": "Finished_nok", "Message": "Sorry"}, Status("failed", "Sorry")),
        ({"Status": "Cancelled"}, Status("cancelled")),
        ({"Status": "Something new"}, Status("preparing")), ({}, Status("preparing")),
        ({"Status": "Queued", "DownloadURL": "https://x/results/4096.zip", "FileSize": "905"},
         Status("ready", "", (RemoteFile("4096.zip", 905, "https://x/results/4096.zip"),))),
        ({"Status": None, "DownloadURL": ["x"], "FileSize": "big", "Message": {}},
         Status("preparing"))])
    def test_states(self, task, status):
        assert status_of(task) == status

    @pytest.mark.parametrize("url, name", [
        ("https://x/clmsdatadownload/results/4104.zip", "4104.zip"),
        ("https://x/a%20b.zip?token=1", "a b.zip"), ("https://x/", "result.zip"),
        ("https://x/..%2F..%2Fetc%2Fpasswd", "passwd"), ("https://x/..", "result.zip"),
        ("https://x/C%3A%5Cevil.zip", "evil.zip"), ("https://x/a:b*c.zip", "a_b_c.zip"),
        ("", "result.zip")])
    def test_file_names_are_safe(self, url, name):
        assert file_name(url) == name


class TestLateTasks:
    """CDSE: the portal makes the task later and never tells its id."""

    @pytest.fixture()
    def order(self):
        row = {"DatasetID": "d", "OutputFormat": "Geotiff", "OutputGCS": "EPSG:4326",
               "NUTS": "LU", "TemporalFilter": {"StartDate": 1704067200000,
                                                "EndDate": 1704844800000}}
        return Order("portal", {"Datasets": [row], "asynchronous": True})

    @pytest.fixture()
    def portal(self, order, client, http, monkeypatch):
        """A portal that has got the order; tests put tasks into the dictionary it lists."""
        listed = {}
        monkeypatch.setattr(client, "order", lambda *args, **kwargs: [])
        monkeypatch.setattr(client, "tasks", lambda **kwargs: dict(listed))
        service = PortalService(client, http)
        return service, service.submit(order, never), listed

    def task(self, **fields):
        return {
            "Datasets": [{"DatasetID": "d", "OutputFormat": "Geotiff", "OutputGCS": "EPSG:4326",
                          "NUTSID": "LU", "TemporalFilter": {
                              "StartDate": "2024-01-01T00:00:00Z",
                              "EndDate": "2024-01-10T23:59:59Z"}}],
            "RegistrationDateTime": datetime.now(timezone.utc).isoformat(),
            "Status": "In_progress", "cdse_task_role": "parent", **fields}

    def test_it_waits_until_the_task_appears(self, portal):
        service, handle, listed = portal
        assert service.poll([handle], never)[handle] == Status("queued")
        listed["77"] = self.task()
        assert service.poll([handle], never)[handle] == Status("preparing")
        listed["77"]["DownloadURL"] = "https://x/77.zip"
        assert service.poll([handle], never)[handle].state == "ready"

    def test_a_task_that_never_appears_is_lost(self, portal, monkeypatch):
        service, handle, _listed = portal
        monkeypatch.setattr(portal_service, "LOST_AFTER", timedelta(0))
        assert service.poll([handle], never)[handle] == Status("unknown")

    def test_cancel(self, portal, client, monkeypatch):
        service, handle, listed = portal
        deleted = []
        monkeypatch.setattr(client, "delete", lambda task_id, stop: deleted.append(task_id))
        service.cancel(handle, never)
        assert deleted == []
        listed["77"] = self.task()
        service.cancel(handle, never)
        assert deleted == ["77"]


def test_a_prepackaged_file_comes_as_the_original(sandbox, service, item, clc, tmp_path):
    geotiff = next(file for file in clc.files if "raster" in str(file.columns).lower())
    order = service.order(replace(item, area=None, collection="", files=(geotiff.id,)))
    handle = service.submit(order, never)
    status = TestFromOrderToFile().wait(service, handle)
    path = service.fetch(order, status.files[0], tmp_path, ignore, never)
    found = unzip(path, tmp_path / "out", never, ignore)
    assert isinstance(geotiff, PackagedFile)
    assert any(one.suffix == ".tif" for one in found)
    assert not any(one.suffix == ".zip" for one in found)
