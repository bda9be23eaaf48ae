"""The calls of the portal, with the answers that were recorded from its real code."""

from __future__ import annotations

import json

import pytest

from clms_explorer.core.clms.auth import TokenSource
from clms_explorer.core.clms.client import PortalClient
from clms_explorer.core.clms.service_key import ServiceKey
from clms_explorer.core.errors import (
    BadAnswer, KeyMissing, KeyRefused, NoConnection, NotAllowed, OrderRefused, OrderUnclear,
    ServiceError,
)
from clms_explorer.core.http.answers import Answer


def never():
    return False


@pytest.fixture()
def item(sandbox):
    """An order that the portal takes: CORINE Land Cover 2018 of Luxembourg."""
    record = next(one for one in sandbox.portal_site.catalogue.datasets
                  if one["path"].endswith("/clc2018"))
    raster = next(one for one in record["dataset_download_information"]["items"]
                  if one["full_format"] == "Geotiff" or one["name"] == "RASTER")
    return {"DatasetID": record["UID"], "DatasetDownloadInformationID": raster["@id"],
            "OutputFormat": "Geotiff", "OutputGCS": "EPSG:3035", "NUTS": "LU"}


@pytest.fixture()
def recorded(shared_data, client, monkeypatch):
    """Return a function that lets every call of the client get a recorded answer."""
    def answer_with(name):
        path = shared_data / "clms-responses" / f"{name}.json"
        exchange = json.loads(path.read_text(encoding="utf-8"))
        body = b"" if exchange["body"] is None else json.dumps(exchange["body"]).encode()
        answer = Answer(exchange["status"], exchange["request"]["url"],
                        dict(exchange["headers"]), body)
        monkeypatch.setattr(client, "_private", lambda call, stop: answer)
        return client
    return answer_with


class TestLogin:
    @pytest.fixture()
    def client(self, sandbox, http, key):
        return PortalClient(http, sandbox.portal, TokenSource(http, key))

    def test_a_good_key_passes_the_test(self, client):
        assert client.test(never) is None

    def test_a_revoked_key_does_not_even_with_a_token_at_hand(self, sandbox, http):
        key = ServiceKey.from_text(sandbox.new_key())
        client = PortalClient(http, sandbox.portal, TokenSource(http, key))
        client.tasks()
        sandbox.revoke(key.client_id)
        with pytest.raises(KeyRefused) as caught:
            client.test(never)
        assert caught.value.reason == "revoked"

    def test_no_key(self, sandbox, http):
        client = PortalClient(http, sandbox.portal, TokenSource(http, None))
        with pytest.raises(KeyMissing):
            client.test(never)
        assert client.datasets(never, lambda _share: None)

    @pytest.mark.parametrize("spoil", ["expire_tokens", "forget_tokens"])
    def test_a_token_that_ended_early_is_renewed_once(self, sandbox, client, asked, spoil):
        client.tasks()
        getattr(sandbox.auth, spoil)()
        assert isinstance(client.tasks(), dict)
        asked("@@oauth2-token", 2)

    @pytest.mark.parametrize("spoil", ["expire_tokens", "forget_tokens"])
    def test_public_calls_do_not_mind_a_stale_token(self, sandbox, client, spoil):
        client.tasks()
        getattr(sandbox.auth, spoil)()
        assert client.datasets(never, lambda _share: None)

    def test_a_portal_that_always_says_no_is_asked_twice(self, sandbox, client):
        fault = sandbox.faults.add("@datarequest_search", "status", times=None, code=401)
        with pytest.raises(NotAllowed):
            client.tasks()
        assert fault.used == 2

    def test_an_order_refused_for_its_token_is_sent_once_more(
            self, sandbox, client, item):
        client.tasks()
        sandbox.auth.expire_tokens()
        assert len(client.order([item])) == 1
        assert len(sandbox.tasks.of("keyholder")) == 1


class TestOrder:
    def test_it_gives_the_id_of_a_task_as_text(self, sandbox, user, client, item):
        ids = client.order([item])
        assert ids == [task.id for task in sandbox.tasks.of(user)]

    def test_the_words_of_the_portal_are_kept(self, client, item):
        item["OutputFormat"] = "GeoTIFF"
        with pytest.raises(OrderRefused) as caught:
            client.order([item])
        assert (caught.value.reason, caught.value.detail) == (
            "invalid", "Error, the specified output format is not valid")

    def test_the_same_again_is_a_duplicate(self, sandbox, client, item):
        sandbox.tasks.hold = True
        client.order([item])
        with pytest.raises(OrderRefused) as caught:
            client.order([item])
        assert caught.value.reason == "duplicate"
        assert "at least twice" in caught.value.detail

    @pytest.mark.parametrize("later", [None, "finish"])
    def test_all_requests_failed_may_have_left_a_task(self, sandbox, client, item, later):
        sandbox.faults.add("@datarequest_post", "fme_refuses", later=later)
        with pytest.raises(ServiceError) as caught:
            client.order([item])
        assert (caught.value.facts["status"], caught.value.detail) == (
            500, "Error, all requests failed")
        assert len(client.tasks()) == 1

    def test_empty_lists_leave_it_unclear(self, sandbox, client, item):
        sandbox.faults.add("@datarequest_post", "empty_lists")
        with pytest.raises(OrderUnclear):
            client.order([item])
        sandbox.faults.add("@datarequest_post", "empty_lists")
        assert client.order([item], asynchronous=True) == []

    @pytest.mark.parametrize("kind", ["html", "truncate"])
    def test_an_answer_that_cannot_be_read_leaves_it_unclear(self, sandbox, client, item, kind):
        sandbox.faults.add("@datarequest_post", kind, code=201)
        with pytest.raises(OrderUnclear):
            client.order([item])

    @pytest.mark.parametrize("kind", ["drop", "refuse"])
    def test_a_cut_line_is_not_tried_again(self, sandbox, client, item, kind):
        fault = sandbox.faults.add("@datarequest_post", kind, times=None)
        with pytest.raises(NoConnection):
            client.order([item])
        assert fault.used == 1
        assert len(client.tasks()) == (1 if kind == "drop" else 0)

    @pytest.mark.parametrize("name, ids", [
        ("post-nuts-ok", ["40871882031"]), ("post-bbox-ok", ["44078444684"]),
        ("post-combined", ["59918077876", "7150282083"]),
        ("post-cdse-mixed-with-eea", ["86206566044"])])
    def test_recorded_answers(self, recorded, name, ids):
        assert recorded(name).order([{}]) == ids

    @pytest.mark.parametrize("name, reason", [
        ("post-anything-after-that", "duplicate"), ("post-not-downloadable", "invalid"),
        ("post-six-items", "invalid"), ("post-missing-uid", "invalid"),
        ("post-bad-nuts-punctuation", "invalid"), ("post-outputgcs-missing", "invalid")])
    def test_recorded_refusals(self, recorded, name, reason):
        with pytest.raises(OrderRefused) as caught:
            recorded(name).order([{}])
        assert caught.value.reason == reason and caught.value.detail

    @pytest.mark.parametrize("name", ["post-fme-refuses", "post-empty-body",
                                      "post-uid-of-other-content-type", "post-no-accept"])
    def test_recorded_failures(self, recorded, name):
        with pytest.raises(ServiceError):
            recorded(name).order([{}])

    def test_recorded_cdse(self, recorded):
        with pytest.raises(OrderUnclear):
            recorded("post-cdse-ok").order([{}])
        assert recorded("post-cdse-ok").order([{}], asynchronous=True) == []

    @pytest.mark.parametrize("body, outcome", [
        (b'{"TaskID": "123"}', ["123"]), (b'{"TaskIds": [{"TaskID": 99999999999}]}',
                                          ["99999999999"]),
        (b'{"TaskIds": [{"TaskID": "1"}], "ErrorTaskIds": [{"TaskID": "2"}]}', ["1"]),
        (b'{"TaskIds": [], "ErrorTaskIds": [{"TaskID": "2"}]}', ServiceError),
        (b'{"TaskIds": null, "ErrorTaskIds": null}', OrderUnclear), (b"[]", OrderUnclear),
        (b"", OrderUnclear), (b'{"TaskIds": [null, 5, {}]}', OrderUnclear)])
    def test_other_shapes(self, client, monkeypatch, body, outcome):
        monkeypatch.setattr(client, "_private", lambda call, stop: Answer(201, "https://x/", {},
                                                                          body))
        if isinstance(outcome, list):
            assert client.order([{}]) == outcome
        else:
            with pytest.raises(outcome):
                client.order([{}])


class TestOtherCalls:
    def test_tasks_are_listed_by_id(self, sandbox, client, item):
        sandbox.tasks.hold = True
        (task_id,) = client.order([item])
        assert client.tasks()[task_id]["Status"] == "Queued"
        assert list(client.tasks("Queued")) == [task_id]
        assert client.tasks("Finished_ok") == {}
        with pytest.raises(ServiceError) as caught:
            client.tasks("QUEUED")
        assert caught.value.detail == "Error, status not recognized"

    def test_delete(self, sandbox, client, item):
        (task_id,) = client.order([item])
        client.delete(task_id)
        assert client.tasks()[task_id]["Status"] == "Cancelled"
        client.delete(task_id)

    def test_what_is_gone_or_not_ours_is_no_error(self, sandbox, client):
        client.delete("12345")
        foreign = sandbox.tasks.add("somebody", [{}], refused=True)
        client.delete(foreign.id)
        assert sandbox.tasks.get(foreign.id).state == "Queued"

    def test_projections(self, client, item):
        assert "EPSG:3035" in client.projections(item["DatasetID"])
        assert client.projections("unknown") == []

    def test_a_record_by_its_path(self, client):
        record = client.dataset("/en/products/corine-land-cover/clc2018")
        assert record["parent"]["title"] == "CORINE Land Cover"
        with pytest.raises(ServiceError) as caught:
            client.dataset("/en/products/corine-land-cover/nothing here?x=1")
        assert caught.value.facts["status"] == 404

    def test_dates_of_a_failing_view_service(self, recorded):
        assert recorded("timeseries-wms-fails").time_series("x") == {
            "download_limit_temporal_extent": 366, "mapviewer_istimeseries": True}

    @pytest.mark.parametrize("call", [
        lambda client: client.tasks(), lambda client: client.projections("x"),
        lambda client: client.time_series("x")])
    def test_odd_shapes_are_refused(self, client, monkeypatch, call):
        monkeypatch.setattr(client, "_private",
                            lambda *args: Answer(200, "https://x/", {}, b'"text"'))
        with pytest.raises(BadAnswer):
            call(client)
