"""From the key file to an access token: checks, signature, renewal, and clear refusals."""

from __future__ import annotations

import base64
import json
import logging
import threading
import time

import jwt as reference
import pytest
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import ec, rsa

from clms_explorer.core.clms.auth import TokenSource
from clms_explorer.core.clms.service_key import ServiceKey
from clms_explorer.core.errors import (
    BadAnswer, Cancelled, ClockWrong, KeyFileError, KeyMissing, KeyRefused, NoConnection,
    ServiceError,
)
from clms_explorer.core.http.jwt import read_key, sign_rs256

PKCS1 = serialization.PrivateFormat.TraditionalOpenSSL
PKCS8 = serialization.PrivateFormat.PKCS8
CLAIMS = {"iss": "client", "sub": "né", "aud": "https://x/@@oauth2-token", "iat": 1, "exp": 2}


def never():
    return False


def pem_of(key, form=PKCS1, secret=None):
    cipher = (serialization.BestAvailableEncryption(secret) if secret
              else serialization.NoEncryption())
    return key.private_bytes(serialization.Encoding.PEM, form, cipher).decode()


@pytest.fixture(scope="module")
def rsa_key():
    return rsa.generate_private_key(65537, 2048)


@pytest.fixture(scope="module")
def pem(rsa_key):
    return pem_of(rsa_key)


class TestSignature:
    @pytest.mark.parametrize("form", [PKCS1, PKCS8])
    @pytest.mark.parametrize("bits, public", [(1024, 65537), (2048, 65537), (2047, 3),
                                              (3072, 65537)])
    def test_it_is_the_one_that_pyjwt_makes(self, form, bits, public):
        key = rsa.generate_private_key(public, bits)
        text = pem_of(key, form)
        assert sign_rs256(CLAIMS, text) == reference.encode(CLAIMS, text, "RS256")

    def test_pyjwt_reads_it(self, rsa_key, pem):
        found = reference.decode(
            sign_rs256(CLAIMS, pem), rsa_key.public_key(), ["RS256"], audience=CLAIMS["aud"],
            options={"verify_exp": False})
        assert found == CLAIMS

    def test_windows_line_ends_and_text_around_do_no_harm(self, pem):
        text = "Bag Attributes\r\n" + pem.replace("\n", "\r\n") + "\r\n"
        assert sign_rs256(CLAIMS, text) == sign_rs256(CLAIMS, pem)


class TestBadKeys:
    def refuse(self, text):
        with pytest.raises(KeyFileError) as caught:
            read_key(text)
        assert caught.value.reason == "pem"

    @pytest.mark.parametrize("text", ["", "REPLACE-ME", "-----BEGIN", "\x00" * 50, "é" * 50])
    def test_no_pem(self, text):
        self.refuse(text)

    def test_no_rsa_key(self, rsa_key):
        self.refuse(pem_of(ec.generate_private_key(ec.SECP256R1()), PKCS8))
        self.refuse(rsa_key.public_key().public_bytes(
            serialization.Encoding.PEM,
            serialization.PublicFormat.SubjectPublicKeyInfo).decode())

    def test_a_key_with_a_password(self, rsa_key):
        self.refuse(pem_of(rsa_key, PKCS1, b"word"))
        self.refuse(pem_of(rsa_key, PKCS8, b"word"))

    def test_too_small(self):
        self.refuse(as_pem(der_of((0, 15, 3, 3, 3, 5, 1, 3, 2))))

    def test_cut_off_anywhere(self, pem):
        body = base64.b64decode("".join(pem.splitlines()[1:-1]))
        for length in range(0, len(body), 13):
            self.refuse(as_pem(body[:length]))

    def test_any_byte_changed_gives_no_wrong_signature(self, rsa_key, pem):
        """Either the key is refused, or the byte did not matter for the signature."""
        body = base64.b64decode("".join(pem.splitlines()[1:-1]))
        good = sign_rs256(CLAIMS, pem)
        for at in range(0, len(body), 11):
            damaged = bytearray(body)
            damaged[at] ^= 0x55
            try:
                assert sign_rs256(CLAIMS, as_pem(bytes(damaged))) == good
            except KeyFileError as err:
                assert err.reason == "pem"

    @pytest.mark.parametrize("body", [
        b"\x30\x84\xff\xff\xff\xff", b"\x30\x80\x00\x00", b"\x30\x8f" + b"\xff" * 20,
        b"\x02\x01\x00", b"\x30\x03\x02\x01\x05", b"\x30" * 200])
    def test_nonsense_structures(self, body):
        self.refuse(as_pem(body))

    def test_a_very_long_text_is_refused_quickly(self):
        self.refuse("-----BEGIN RSA PRIVATE " + "KEY-----" + " " * 10_000_000)


def as_pem(body):
    kind = "RSA PRIVATE " + "KEY"
    return f"-----BEGIN {kind}-----\n{base64.encodebytes(body).decode()}-----END {kind}-----\n"


def der_of(numbers):
    parts = b"".join(bytes([2, 1, number]) for number in numbers)
    return bytes([0x30, len(parts)]) + parts


class TestKeyFile:
    @pytest.fixture()
    def data(self, pem):
        return {"client_id": "0" * 32, "user_id": "n00demo", "private_key": pem,
                "token_uri": "https://land.copernicus.eu/@@oauth2-token", "title": "desktop",
                "key_id": "1" * 40, "issued": "2026-01-15T09:00:00", "ip_range": None}

    def test_it_is_read_and_written(self, data):
        key = ServiceKey.from_text(json.dumps(data))
        assert (key.user_id, key.title) == ("n00demo", "desktop")
        assert ServiceKey.from_text(key.to_text()) == key
        assert ServiceKey.from_text("\ufeff" + json.dumps(data)) == key

    def test_the_private_key_is_never_shown(self, data):
        key = ServiceKey.from_text(json.dumps(data))
        shown = f"{key!r} {key}"
        assert "PRIVATE" not in shown and data["private_key"][100:120] not in shown

    @pytest.mark.parametrize("text", ["", "no json", "[1]", "null", '"text"', "{", "[" * 100_000])
    def test_not_json(self, text):
        with pytest.raises(KeyFileError) as caught:
            ServiceKey.from_text(text)
        assert caught.value.reason == "json"

    @pytest.mark.parametrize("field", ["client_id", "user_id", "token_uri", "private_key"])
    @pytest.mark.parametrize("value", [None, "", "  ", 5, [], {}])
    def test_a_field_is_missing(self, data, field, value):
        data[field] = value
        with pytest.raises(KeyFileError) as caught:
            ServiceKey.from_text(json.dumps(data))
        assert (caught.value.reason, caught.value.facts) == ("field", {"field": field})

    def test_a_wrong_pem(self, data):
        data["private_key"] = data["private_key"][:400]
        with pytest.raises(KeyFileError) as caught:
            ServiceKey.from_text(json.dumps(data))
        assert caught.value.reason == "pem"

    @pytest.mark.parametrize("address", ["http://land.copernicus.eu/x", "ftp://x/", "token"])
    def test_an_address_that_is_not_safe(self, data, address):
        data["token_uri"] = address
        with pytest.raises(KeyFileError) as caught:
            ServiceKey.from_text(json.dumps(data))
        assert caught.value.reason == "address"

    def test_files(self, data, tmp_path):
        path = tmp_path / "key.json"
        with pytest.raises(KeyFileError) as caught:
            ServiceKey.from_file(path)
        assert caught.value.reason == "unreadable"
        path.write_bytes(b"\xff\xfe\x00binary")
        with pytest.raises(KeyFileError) as caught:
            ServiceKey.from_file(path)
        assert caught.value.reason == "json"
        path.write_text(json.dumps(data), encoding="utf-8")
        assert ServiceKey.from_file(path).user_id == "n00demo"

    def test_the_example_of_the_reference_has_no_real_key(self, shared_data):
        path = shared_data.parent / "reference" / "clms-api-examples" / "service-key.json"
        with pytest.raises(KeyFileError) as caught:
            ServiceKey.from_file(path)
        assert caught.value.reason == "pem"


class Now:
    """A clock that tests set."""

    def __init__(self, ahead=0.0):
        self.ahead = ahead

    def __call__(self):
        return time.time() + self.ahead


class TestTokens:
    def test_one_exchange_serves_many_calls(self, sandbox, http, key, asked):
        tokens = TokenSource(http, key)
        first = tokens.token(never)
        assert sandbox.auth.user(first) == "keyholder"
        assert tokens.token(never) == first
        asked("@@oauth2-token", 1)

    def test_it_is_renewed_before_its_end(self, sandbox, http, key, monkeypatch):
        monkeypatch.setattr(sandbox.auth, "token_seconds", 20)
        now = Now()
        tokens = TokenSource(http, key, now)
        first = tokens.token(never)
        now.ahead = 17
        assert tokens.token(never) == first
        now.ahead = 19
        assert tokens.token(never) != first

    def test_many_threads_that_were_refused_renew_once(self, http, key, asked):
        tokens = TokenSource(http, key)
        old = tokens.token(never)
        found = []
        threads = [threading.Thread(target=lambda: found.append(tokens.renew(never, old)))
                   for _ in range(6)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert len(set(found)) == 1 and found[0] != old
        asked("@@oauth2-token", 2)

    def test_without_a_key(self, http):
        tokens = TokenSource(http, None)
        assert not tokens.has_key
        with pytest.raises(KeyMissing):
            tokens.token(never)

    def test_the_exchange_itself_carries_no_token_and_follows_the_rules(self, sandbox, http, key):
        seen = []
        real = http.request
        http.request = lambda *args, **kwargs: seen.append(kwargs) or real(*args, **kwargs)
        TokenSource(http, key).token(never)
        grant = seen[0]["form"]
        claims = reference.decode(grant["assertion"], options={"verify_signature": False})
        assert set(claims) == {"iss", "sub", "aud", "iat", "exp"}
        assert claims["aud"] == key.token_uri
        assert 59 <= time.time() - claims["iat"] < 120
        assert claims["exp"] - claims["iat"] == 3660
        assert "token" not in seen[0]

    def test_stop(self, sandbox, http, key):
        sandbox.faults.add("@@oauth2-token", "delay", delay=60)
        asked = []
        with pytest.raises(Cancelled):
            TokenSource(http, key).token(lambda: asked.append(1) or len(asked) > 2)

    def test_stop_while_another_thread_fetches(self, http, key):
        tokens = TokenSource(http, key)
        with tokens._lock, pytest.raises(Cancelled):
            tokens.token(lambda: True)

    def test_nothing_secret_in_the_log(self, http, key, caplog):
        with caplog.at_level(logging.DEBUG):
            token = TokenSource(http, key).token(never)
        assert token not in caplog.text and "assertion" not in caplog.text


class TestRefusals:
    def refused(self, http, key, now=time.time):
        with pytest.raises((KeyRefused, ClockWrong)) as caught:
            TokenSource(http, key, now).token(never)
        return caught.value

    def test_revoked(self, sandbox, http):
        key = ServiceKey.from_text(sandbox.new_key())
        sandbox.revoke(key.client_id)
        error = self.refused(http, key)
        assert (error.reason, error.detail) == ("revoked", "No associated key found")

    def test_of_another_user(self, http, key):
        other = ServiceKey.from_text(json.dumps(dict(json.loads(key.to_text()), user_id="bob")))
        assert self.refused(http, other).reason == "user"

    def test_signed_with_another_key(self, http, key, pem):
        other = ServiceKey.from_text(json.dumps(dict(json.loads(key.to_text()), private_key=pem)))
        assert self.refused(http, other).reason == "signature"

    @pytest.mark.parametrize("ahead", [3600, 300, -4000, -90_000])
    def test_a_wrong_clock_is_named_and_measured(self, http, key, ahead):
        error = self.refused(http, key, Now(ahead))
        assert isinstance(error, ClockWrong)
        assert abs(error.facts["seconds"] - ahead) <= 2

    def test_a_portal_whose_clock_is_wrong_is_the_same_to_us(self, sandbox, http, key):
        sandbox.faults.add("oauth2", "clock", times=None, offset=-3600)
        error = self.refused(http, key)
        assert isinstance(error, ClockWrong) and abs(error.facts["seconds"] - 3600) <= 2

    @pytest.mark.parametrize("ahead", [55, -50, -3000])
    def test_a_small_difference_is_forgiven(self, http, key, ahead):
        assert TokenSource(http, key, Now(ahead)).token(never)

    def test_posted_to_another_address_than_it_was_made_for(self, sandbox, http, key):
        moved = dict(json.loads(key.to_text()), token_uri=sandbox.portal + "/@@oauth2-token")
        assert TokenSource(http, ServiceKey.from_text(json.dumps(moved))).token(never)

    def test_words_that_nobody_has_seen_yet(self, sandbox, http, key):
        sandbox.faults.add("oauth2", "status", times=None, code=400)
        assert self.refused(http, key).reason == "other"


class TestBrokenPortal:
    def test_down(self, sandbox, http, key):
        sandbox.faults.add("oauth2", "status", times=None, code=503)
        with pytest.raises(ServiceError):
            TokenSource(http, key).token(never)

    def test_back_after_a_moment(self, sandbox, http, key):
        sandbox.faults.add("oauth2", "refuse", times=2)
        assert TokenSource(http, key).token(never)

    def test_a_web_page(self, sandbox, http, key):
        sandbox.faults.add("oauth2", "html", times=None)
        with pytest.raises(BadAnswer) as caught:
            TokenSource(http, key).token(never)
        assert caught.value.reason == "html"

    @pytest.mark.parametrize("body", [
        "[]", "{}", '{"access_token": ""}', '{"access_token": null}',
        '{"access_token": "two\\r\\nlines"}'])
    def test_an_answer_without_a_usable_token(self, http, key, monkeypatch, body):
        answer = http.request("GET", key.token_uri)
        fake = type(answer)(200, answer.url, answer.headers, body.encode())
        monkeypatch.setattr(http, "request", lambda *args, **kwargs: fake)
        with pytest.raises(BadAnswer) as caught:
            TokenSource(http, key).token(never)
        assert caught.value.reason == "shape"

    @pytest.mark.parametrize("life", ["null", '"soon"', "-5", "true", "{}"])
    def test_a_life_that_makes_no_sense_counts_as_an_hour(self, http, key, monkeypatch, life):
        answer = http.request("GET", key.token_uri)
        body = f'{{"access_token": "abc", "expires_in": {life}}}'.encode()
        monkeypatch.setattr(http, "request", lambda *args, **kwargs: type(answer)(
            200, answer.url, answer.headers, body))
        tokens = TokenSource(http, key)
        assert tokens.token(never) == "abc"
        assert 3200 < tokens._renew_at - time.time() <= 3300

    def test_nobody_there(self, http, key):
        moved = dict(json.loads(key.to_text()), token_uri="http://127.0.0.1:9/@@oauth2-token")
        with pytest.raises(NoConnection):
            TokenSource(http, ServiceKey.from_text(json.dumps(moved))).token(never)
