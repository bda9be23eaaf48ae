"""The sandbox hands out tokens as the portal does."""

from __future__ import annotations

import base64
import json
import time
from typing import Any

import jwt
import pytest
import requests

from sandbox.server import Sandbox
from sandbox.service_keys import make_key, read_key

pytest.importorskip("cryptography", reason="PyJWT signs RS256 with it")
GRANT = "urn:ietf:params:oauth:grant-type:jwt-bearer"


@pytest.fixture(scope="module")
def sandbox():
    with Sandbox() as running:
        yield running


def sign(key: dict[str, Any], private_key: str = "", **claims: Any) -> str:
    """Return a grant; claims that are None are left out."""
    now = int(time.time())
    every = {"iss": key["client_id"], "sub": key["user_id"], "aud": key["token_uri"],
             "iat": now - 60, "exp": now + 3000, **claims}
    return jwt.encode({name: value for name, value in every.items() if value is not None},
                      private_key or key["private_key"], algorithm="RS256")


def post(url: str, **form: str) -> requests.Response:
    return requests.post(url, data=form, timeout=10)


def exchange(key: dict[str, Any], **claims: Any) -> requests.Response:
    return post(key["token_uri"], grant_type=GRANT, assertion=sign(key, **claims))


def recorded(shared_data: Any, name: str) -> dict[str, Any]:
    return json.loads((shared_data / "clms-responses" / f"{name}.json").read_text())


def test_a_signed_grant_becomes_a_token(sandbox):
    answer = exchange(json.loads(sandbox.key_text))
    body = answer.json()
    assert answer.status_code == 200
    assert answer.headers["Cache-Control"] == "no-store"
    assert (body["expires_in"], body["token_type"]) == (3600, "Bearer")
    assert len(body["access_token"]) == 88


def test_the_key_file_is_like_the_portals(sandbox):
    key = json.loads(sandbox.key_text)
    assert set(key) == {"client_id", "ip_range", "issued", "key_id", "private_key", "title",
                        "token_uri", "user_id"}
    assert key["private_key"].startswith("-----BEGIN RSA PRIVATE KEY-----\n")
    assert len(key["client_id"]) == 32 and len(key["key_id"]) == 40
    assert read_key(sandbox.key_text).client_id == key["client_id"]


def test_only_the_right_key_signs(sandbox):
    key, other = json.loads(sandbox.key_text), json.loads(sandbox.new_key())
    answer = post(key["token_uri"], grant_type=GRANT,
                  assertion=sign(key, other["private_key"]))
    assert answer.json()["error_description"] == "Signature verification failed"
    head, body, tail = sign(key).split(".")
    claims = json.loads(base64.urlsafe_b64decode(body + "=="))
    claims["exp"] += 1
    forged = base64.urlsafe_b64encode(json.dumps(claims).encode()).decode().rstrip("=")
    answer = post(key["token_uri"], grant_type=GRANT, assertion=f"{head}.{forged}.{tail}")
    assert answer.json()["error_description"] == "Signature verification failed"


@pytest.mark.parametrize("name, claims", [
    ("token-missing-aud", {"aud": None}),
    ("token-iat-5min-in-future", {"iat": int(time.time()) + 300}),
    ("token-nbf", {"nbf": 1795337747}),
    ("token-unknown-client", {"iss": "0" * 32}),
])
def test_refusals_are_the_recorded_ones(sandbox, shared_data, name, claims):
    answer, real = exchange(json.loads(sandbox.key_text), **claims), recorded(shared_data, name)
    assert (answer.status_code, answer.json()) == (real["status"], real["body"])
    assert ["Content-Length", answer.headers["Content-Length"]] in real["headers"]


@pytest.mark.parametrize("claims, text", [
    ({"iat": None}, "Missing 'iat' claim"),
    ({"exp": None}, "Missing 'exp' claim"),
    ({"iat": int(time.time()) - 3700}, "JWT was issued more than an hour in the past"),
    ({"exp": int(time.time()) - 5}, "Signature has expired"),
    ({"exp": int(time.time()) + 90000}, "JWT expiration is more than a day in the future"),
    ({"scope": "x"}, "Scopes are not supported yet"),
    ({"sub": "somebody"}, "JWT subject doesn't match user_id of service key."),
    ({"aud": "https://land.copernicus.eu/@@oauth2-token"}, "Audience doesn't match"),
])
def test_every_claim_is_checked(sandbox, claims, text):
    answer = exchange(json.loads(sandbox.key_text), **claims)
    assert answer.status_code == 400
    assert answer.json() == {"error": "invalid_grant", "error_description": text}


def test_a_grant_may_last_23_hours(sandbox):
    assert exchange(json.loads(sandbox.key_text), exp=int(time.time()) + 82800).status_code == 200


def test_the_audience_is_the_address_as_requested(sandbox):
    key = json.loads(sandbox.key_text)
    prefixed = sandbox.portal + "/@@oauth2-token"
    wrong = post(prefixed, grant_type=GRANT, assertion=sign(key))
    right = post(prefixed, grant_type=GRANT, assertion=sign(key, aud=prefixed))
    assert wrong.json()["error_description"] == "Audience doesn't match"
    assert right.status_code == 200


def test_malformed_requests(sandbox, shared_data):
    uri = sandbox.token_uri
    for answer, name in ((requests.get(uri, timeout=10), "token-get"),
                         (post(uri, grant_type=GRANT), "token-missing-assertion")):
        real = recorded(shared_data, name)
        assert (answer.status_code, answer.json()) == (real["status"], real["body"])
    assert post(uri, assertion="x").json()["error_description"] == "Missing 'grant_type'"
    assert post(uri, grant_type=GRANT, assertion="no jwt").status_code == 500
    key = json.loads(sandbox.key_text)
    assert exchange(key, iss=None).status_code == 503
    none = jwt.encode({"iss": key["client_id"], "sub": "x"}, "a secret of 32 characters or more",
                      algorithm="HS256")
    answer = post(uri, grant_type=GRANT, assertion=none)
    assert answer.json()["error_description"] == "Only RS256 signature algorithm is supported"


def tasks(sandbox: Sandbox, scheme: str, token: str) -> requests.Response:
    headers = {"Accept": "application/json", "Authorization": f"{scheme} {token}"}
    return requests.get(sandbox.portal + "/@datarequest_search", headers=headers, timeout=10)


def search(sandbox: Sandbox, token: str) -> requests.Response:
    headers = {"Accept": "application/json", "Authorization": f"Bearer {token}"}
    return requests.get(sandbox.portal + "/@search?portal_type=DataSet&b_size=1",
                        headers=headers, timeout=10)


def test_tokens_open_private_calls(sandbox, shared_data):
    real = recorded(shared_data, "garbage-token-datarequest_search")
    refused = tasks(sandbox, "Bearer", "garbage")
    assert (refused.status_code, refused.json()) == (real["status"], real["body"])
    assert tasks(sandbox, "bearer", sandbox.token()).json() == {}
    assert search(sandbox, "garbage").status_code == 200


def test_an_expired_token_is_refused_everywhere_until_it_is_purged(shared_data):
    with Sandbox() as sandbox:
        token, real = sandbox.token(), recorded(shared_data, "expired-token-public-search")
        sandbox.auth.expire_tokens()
        answer = search(sandbox, token)
        assert (answer.status_code, answer.json()) == (real["status"], real["body"])
        sandbox.token()
        assert search(sandbox, token).status_code == 200
        assert tasks(sandbox, "Bearer", token).json()["type"] == "Unauthorized"


def test_revoking_a_key_kills_its_tokens(shared_data):
    with Sandbox() as sandbox:
        key = json.loads(sandbox.key_text)
        token = exchange(key).json()["access_token"]
        assert tasks(sandbox, "Bearer", token).status_code == 200
        sandbox.revoke(key["client_id"])
        real = recorded(shared_data, "revoked-key-access-token")
        assert tasks(sandbox, "Bearer", token).json() == real["body"]
        assert exchange(key).json()["error_description"] == "No associated key found"


def test_keys_can_be_made_without_cryptography(monkeypatch):
    monkeypatch.setitem(__import__("sys").modules,
                        "cryptography.hazmat.primitives.asymmetric", None)
    key = make_key("n1", "http://127.0.0.1/@@oauth2-token")
    monkeypatch.undo()
    data = json.loads(key.text)
    assert jwt.encode({"iss": "x"}, data["private_key"], algorithm="RS256")
    assert key.modulus.bit_length() == 2048
