"""The sandbox as a process of its own."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import requests

from sandbox.command_line import keep_key
from sandbox.server import Sandbox

FOLDER = Path(__file__).resolve().parents[1] / "sandbox"


def test_it_tells_its_addresses_and_writes_a_key(tmp_path):
    key = tmp_path / "keys" / "key.json"
    command = [sys.executable, str(FOLDER), "--port", "0", "--key-file", str(key),
               "--data", str(tmp_path / "nothing")]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        found: dict[str, str] = {}
        while "results" not in found:
            name, _, value = process.stdout.readline().strip().partition(" ")
            found[name] = value.strip()
        answer = requests.get(found["portal"] + "/@search?portal_type=DataSet&b_size=1",
                              headers={"Accept": "application/json"}, timeout=10)
        token_uri = json.loads(key.read_text())["token_uri"]
        process.terminate()
        assert process.wait(timeout=10) == 0
    assert answer.json()["items_total"] == 17
    assert token_uri == found["portal"].replace("/api", "/@@oauth2-token")
    assert found["results"].partition("/clms")[0] != found["egms"].partition("/insar")[0]


def test_an_older_key_of_the_same_address_stays_valid(tmp_path):
    path = tmp_path / "key.json"
    sandbox = Sandbox(data=tmp_path / "nothing")
    keep_key(sandbox, path)
    first = path.read_text()
    sandbox.auth.keys.clear()
    keep_key(sandbox, path)
    assert path.read_text() == first
    assert json.loads(first)["client_id"] in sandbox.auth.keys
    path.write_text("no key")
    keep_key(sandbox, path)
    assert json.loads(path.read_text())["token_uri"] == sandbox.token_uri
    sandbox.close()
