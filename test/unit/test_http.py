"""Requests to services: faults, retries, the token, and a cancel that reaches the socket."""

from __future__ import annotations

import logging
import socket
import threading
import time

import pytest
import requests

from clms_explorer.core.errors import (
    AddressError, BadAnswer, Cancelled, NoConnection, NotAllowed, ServiceError,
)
from clms_explorer.core.http import waiting
from clms_explorer.core.http.answers import Answer, clean
from clms_explorer.core.http.config import HttpConfig
from clms_explorer.core.http.session import Http

QUICK = HttpConfig(first_pause=0.0)


@pytest.fixture()
def search(sandbox):
    return sandbox.portal + "/en/@search"


class Clock:
    """A stop() that turns true when it has been asked a number of times."""

    def __init__(self, asked):
        self.left = asked

    def __call__(self):
        self.left -= 1
        return self.left < 0


def test_parameters_may_repeat_and_json_comes_back(http, search):
    found = http.get_json(search, params=[
        ("portal_type", "DataSet"), ("b_size", 1),
        ("metadata_fields", "UID"), ("metadata_fields", "characteristics_projection")])
    assert len(found["items"]) == 1
    assert found["items"][0]["UID"] and found["items"][0]["characteristics_projection"]


def test_an_answer_to_head_has_a_length_but_no_body(sandbox, http):
    answer = http.request("HEAD", sandbox.results_url + "/1.zip")
    assert answer.status == 404
    assert int(answer.headers["content-length"]) > 0 and answer.body == b""


@pytest.mark.parametrize("fault", [
    {"kind": "status", "code": 502}, {"kind": "status", "code": 429, "retry_after": 0},
    {"kind": "refuse"}, {"kind": "drop"}, {"kind": "cut", "after": 20}])
def test_a_fault_that_passes_is_not_noticed_on_get(sandbox, http, search, fault, asked):
    sandbox.faults.add("@search", times=2, **fault)
    assert http.get_json(search)["items"]
    asked("@search", 3)


def test_a_service_that_stays_down_is_asked_four_times(sandbox, http, search, asked):
    sandbox.faults.add("@search", "status", times=None, code=503)
    with pytest.raises(ServiceError) as caught:
        http.get_json(search)
    assert caught.value.facts == {"host": "127.0.0.1", "status": 503}
    assert caught.value.retryable
    asked("@search", 4)


def test_an_error_of_the_request_itself_is_not_repeated(sandbox, http, search, asked):
    with pytest.raises(ServiceError) as caught:
        http.get_json(search, params={"b_size": "abc"})
    assert caught.value.facts["status"] == 500
    assert "invalid literal" in caught.value.detail
    with pytest.raises(ServiceError) as caught:
        http.get_json(sandbox.portal + "/en/products/nothing-here")
    assert not caught.value.retryable
    asked("nothing-here", 1)


@pytest.mark.parametrize("kind", ["refuse", "drop"])
def test_a_post_is_never_repeated(sandbox, http, kind):
    fault = sandbox.faults.add("@datarequest_post", kind, times=None)
    with pytest.raises(NoConnection) as caught:
        http.post_json(sandbox.portal + "/@datarequest_post", {"Datasets": []})
    assert caught.value.reason == "cut"
    assert fault.used == 1


def test_a_post_that_may_be_repeated_is(sandbox, http):
    fault = sandbox.faults.add("@search", "status", times=1, code=502)
    with pytest.raises(ServiceError) as caught:
        http.post_json(sandbox.portal + "/@search", {}, repeat=True)
    assert caught.value.facts["status"] == 404
    assert fault.used == 1


def test_retry_after_is_honoured_in_both_forms_and_has_a_limit():
    now = "Wed, 25 Nov 2026 10:00:00 GMT"
    assert waiting.retry_after("7", now) == 7
    assert waiting.retry_after("Wed, 25 Nov 2026 10:00:09 GMT", now) == 9
    assert waiting.retry_after("Wed, 25 Nov 2026 09:00:00 GMT", now) == 0
    assert waiting.retry_after("soon", now) is None
    assert waiting.pause_before(0, 0.5, 7.0) == 7
    assert waiting.pause_before(0, 0.5, 3600.0) is None
    assert [waiting.pause_before(n, 0.5, None) for n in range(3)] == [0.5, 0.8, 2.4]


def test_a_service_that_wants_a_long_pause_is_not_asked_again(sandbox, http, search, asked):
    sandbox.faults.add("@search", "status", times=None, code=429, retry_after=3600)
    with pytest.raises(ServiceError):
        http.get_json(search)
    asked("@search", 1)


def test_a_web_page_and_a_torn_answer_are_told_apart(sandbox, http, search):
    sandbox.faults.add("@search", "html")
    with pytest.raises(BadAnswer) as caught:
        http.get_json(search)
    assert caught.value.reason == "html"
    sandbox.faults.add("@search", "truncate", keep=0.5)
    with pytest.raises(BadAnswer) as caught:
        http.get_json(search)
    assert caught.value.reason == "json"


@pytest.mark.parametrize("address", [
    "http://land.copernicus.eu/api", "ftp://land.copernicus.eu/x", "land.copernicus.eu",
    "https://", "http://127.0.0.1:port/", ""])
def test_only_https_and_this_computer_are_spoken_to(http, address):
    with pytest.raises(AddressError):
        http.get_json(address)


def test_nobody_there(tmp_path):
    with socket.socket() as sock:
        sock.bind(("127.0.0.1", 0))
        port = sock.getsockname()[1]
    with pytest.raises(NoConnection) as caught:
        Http(QUICK).get_json(f"http://127.0.0.1:{port}/x?token=secret")
    assert (caught.value.reason, caught.value.facts) == ("offline", {"host": "127.0.0.1"})
    assert "secret" not in f"{caught.value!r}{caught.value.detail}"


def test_a_server_that_does_not_answer_in_time(sandbox, search):
    sandbox.faults.add("@search", "delay", times=None, delay=60)
    with pytest.raises(NoConnection) as caught:
        Http(HttpConfig(read_timeout=0.2, retries=1, first_pause=0.0)).get_json(search)
    assert caught.value.reason == "timeout"


def test_a_missing_file_of_authorities_is_a_tls_fault(tmp_path):
    config = HttpConfig(ca_bundle=str(tmp_path / "none.pem"), first_pause=0.0)
    with pytest.raises(NoConnection) as caught:
        Http(config).get_json("https://127.0.0.1:9/")
    assert caught.value.reason == "tls"


def test_plain_text_where_tls_is_expected_is_a_tls_fault(sandbox):
    with pytest.raises(NoConnection) as caught:
        Http(QUICK).get_json(sandbox.portal.replace("http:", "https:"))
    assert caught.value.reason == "tls"


def test_a_proxy_of_the_configuration_is_used_and_its_password_never_shown():
    with socket.socket() as sock:
        sock.bind(("127.0.0.1", 0))
        proxy = f"http://user:hidden@127.0.0.1:{sock.getsockname()[1]}"
    there = "https://land.copernicus.eu:443"
    config = HttpConfig(proxies={there: {"http": proxy, "https": proxy}}, first_pause=0.0)
    assert "hidden" not in repr(config)
    with pytest.raises(NoConnection) as caught:
        Http(config).get_json("https://land.copernicus.eu/api")
    assert caught.value.reason == "proxy"
    assert "hidden" not in f"{caught.value!r}{caught.value.facts}"


@pytest.mark.parametrize("proxy", ["nonsense://proxy:1", "http://127.0.0.1:port"])
def test_a_proxy_that_makes_no_sense_is_named(proxy):
    there = "https://land.copernicus.eu:443"
    config = HttpConfig(proxies={there: {"https": proxy}}, first_pause=0.0)
    with pytest.raises(NoConnection) as caught:
        Http(config).get_json("https://land.copernicus.eu/api")
    assert caught.value.reason == "proxy"


def test_the_environment_has_no_say(sandbox, http, search, monkeypatch, tmp_path, asked):
    monkeypatch.setenv("HTTP_PROXY", "http://127.0.0.1:9")
    monkeypatch.setenv("ALL_PROXY", "http://127.0.0.1:9")
    (tmp_path / ".netrc").write_text("machine 127.0.0.1 login someone password pass\n")
    monkeypatch.setenv("HOME", str(tmp_path))
    assert http.get_json(search)["items"]
    assert not asked("@search", 1)[0].authorized


class TestToken:
    def test_it_goes_to_listed_origins_only(self, sandbox, http, search, asked):
        http.get_json(search, token=sandbox.token())
        assert asked("@search", 1)[0].authorized
        http.request("GET", sandbox.results_url + "/1.zip", token=sandbox.token())
        assert not asked("1.zip", 1)[0].authorized

    def test_a_redirect_takes_it_away(self, sandbox, http, asked):
        sandbox.faults.add("@projections", "redirect", to=sandbox.results_url + "/1.zip")
        answer = http.request("GET", sandbox.portal + "/@projections", token=sandbox.token())
        assert answer.status == 404
        assert asked("@projections", 1)[0].authorized
        assert not asked("1.zip", 1)[0].authorized

    def test_a_redirect_within_the_portal_keeps_it(self, sandbox, http):
        sandbox.faults.add("/old/", "redirect", to="/api/@projections")
        assert "EPSG:3035" in http.get_json(
            sandbox.portal + "/old/place", token=sandbox.token())

    @pytest.mark.parametrize("target", ["http://land.copernicus.eu/x", "file:///etc/passwd"])
    def test_a_redirect_to_an_unsafe_address_is_refused(self, sandbox, http, search, target):
        sandbox.faults.add("@search", "redirect", to=target)
        with pytest.raises(AddressError):
            http.get_json(search)

    def test_redirects_end(self, sandbox, http, search, asked):
        sandbox.faults.add("@search", "redirect", times=None, to=search)
        with pytest.raises(ServiceError):
            http.get_json(search)
        asked("@search", 6)

    def test_a_post_does_not_follow(self, sandbox, http, asked):
        sandbox.faults.add("@datarequest_post", "redirect", to="/api/@datarequest_post")
        with pytest.raises(ServiceError) as caught:
            http.post_json(sandbox.portal + "/@datarequest_post", {}, token=sandbox.token())
        assert caught.value.facts["status"] == 302
        asked("@datarequest_post", 1)


class TestStop:
    @pytest.mark.parametrize("fault", [
        {"kind": "delay", "delay": 60}, {"kind": "stall", "after": 10, "delay": 60}])
    def test_a_silent_server_does_not_hold_us(self, sandbox, http, search, fault):
        sandbox.faults.add("@search", **fault)
        with pytest.raises(Cancelled):
            http.get_json(search, stop=Clock(3))

    def test_nor_while_a_stream_is_read(self, sandbox, http, search):
        sandbox.faults.add("@search", "stall", after=10, delay=60)
        with pytest.raises(Cancelled):
            with http.open(search, headers={"Accept": "application/json"},
                           stop=Clock(3)) as stream:
                while stream.read(1000):
                    continue

    def test_nor_a_long_pause(self):
        with pytest.raises(Cancelled):
            waiting.pause(3600, Clock(2))

    def test_nothing_is_sent_once_it_is_true(self, sandbox, http, asked):
        with pytest.raises(Cancelled):
            http.post_json(sandbox.portal + "/@datarequest_post", {}, stop=lambda: True)
        asked("", 0)

    def test_a_connection_made_too_late_sends_nothing(
            self, sandbox, http, asked, monkeypatch):
        """The name takes long to look up, the user stops, then the connection is made."""
        go_on, arrived, ended = threading.Event(), threading.Event(), threading.Event()
        real = socket.getaddrinfo

        def slow(*args, **kwargs):
            arrived.set()
            go_on.wait(30)
            ended.set()
            return real(*args, **kwargs)

        monkeypatch.setattr(socket, "getaddrinfo", slow)
        with pytest.raises(Cancelled):
            http.post_json(sandbox.portal + "/@datarequest_post", {}, stop=arrived.is_set)
        go_on.set()
        assert ended.wait(30)
        for thread in threading.enumerate():
            if thread.name == "clms-http":
                thread.join(30)
        monkeypatch.undo()
        http.get_json(sandbox.portal + "/en/@search")
        assert asked("", 1)[0].method == "GET"

    def test_the_socket_is_closed_and_no_thread_stays(self, sandbox, http, search):
        sandbox.faults.add("@search", "delay", delay=60)
        with pytest.raises(Cancelled):
            http.get_json(search, stop=Clock(2))
        end = time.monotonic() + 30
        while any(thread.name.startswith("clms-") for thread in threading.enumerate()):
            assert time.monotonic() < end, "a thread still waits for the server"
            threading.Event().wait(0.01)


class TestWords:
    """The six error shapes of the portal, and texts that must not get through."""

    @pytest.mark.parametrize("body, words", [
        (b'{"status": "error", "msg": "Error, DatasetID is not defined"}',
         "Error, DatasetID is not defined"),
        (b'{"message": "Resource not found", "type": "NotFound"}', "Resource not found"),
        (b'{"error": "invalid_grant", "error_description": "Audience doesn\'t match"}',
         "Audience doesn't match"),
        (b'{"status": "error", "message": "Dataset does not exist"}', "Dataset does not exist"),
        (b'{"error": {"type": "error", "message": "There is no key"}}', "There is no key"),
        (b'{"error_type": "NotFound"}', "NotFound"),
        (b"{}", ""), (b"null", ""), (b"[1, 2]", ""), (b"", ""),
        (b"<html><body>Bad gateway</body></html>", ""),
        (b"plain\r\n  words\x00", "plain words"),
        (b'{"msg": null, "message": 5, "error": "last"}', "last"),
        (b"\xff\xfe", "\ufffd\ufffd"), (b"[" * 100_000, "[" * 299 + "…")])
    def test_shapes(self, body, words):
        assert Answer(400, "https://x/", {}, body).error_text() == words

    @pytest.mark.parametrize("text", [
        "Bearer abc.SECRET", "https://x/y?token=SECRET&a=b", "access_token=SECRET",
        "-----BEGIN RSA PRIVATE " + "KEY-----\nSECRET\n", "https://user:SECRET@proxy:3128/",
        "eyJhbGciOiJSUzI1NiJ9.SECRET.SECRET"])
    def test_secrets_are_taken_out(self, text):
        assert "SECRET" not in clean(f"it failed: {text}")

    def test_an_error_of_the_login_is_told_apart(self):
        answer = Answer(401, "https://land.copernicus.eu/api", {}, b"{}")
        with pytest.raises(NotAllowed) as caught:
            answer.checked()
        assert caught.value.facts == {"host": "land.copernicus.eu", "status": 401}


def test_several_threads_share_one_http(http, search):
    found = []
    threads = [threading.Thread(target=lambda: found.append(http.get_json(search)))
               for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(found) == 8 and all(one["items"] for one in found)


def test_nothing_secret_is_logged(sandbox, http, caplog):
    token = sandbox.token()
    with caplog.at_level(logging.DEBUG):
        http.get_json(sandbox.portal + "/@projections", token=token)
    assert token not in caplog.text


def test_the_session_trusts_nothing_but_the_configuration(http):
    session = http._session()
    assert isinstance(session, requests.Session)
    assert session.trust_env is False
    assert session.verify is True


def test_an_error_carries_how_long_the_service_wants_us_to_wait():
    answer = Answer(429, "https://example.org/x", {"Retry-After": "120"}, b"{}")
    assert answer.error().facts["retry_after"] == 120.0
    assert "retry_after" not in Answer(429, "https://example.org/x", {}, b"{}").error().facts
