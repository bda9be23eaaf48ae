"""Thumbnails from the portal, kept on disk."""

from __future__ import annotations

import pytest
from sandbox.server import Sandbox

from clms_explorer.core.clms.pictures import Pictures
from clms_explorer.core.errors import BadAnswer, ClmsError
from clms_explorer.core.http.config import HttpConfig
from clms_explorer.core.http.session import Http

PATH = "/en/products/corine-land-cover/clc2018/@@images/image/preview"


@pytest.fixture(scope="module")
def sandbox():
    with Sandbox() as sandbox:
        yield sandbox


@pytest.fixture
def http():
    return Http(HttpConfig())


def test_a_picture_is_fetched_once(sandbox, http, tmp_path):
    data = Pictures(http, sandbox.portal, tmp_path).get(PATH)
    assert data.startswith(b"\x89PNG")
    offline = Pictures(http, "http://127.0.0.1:9", tmp_path)
    assert offline.get(PATH) == data


def test_what_is_missing_is_an_error_and_not_kept(sandbox, http, tmp_path):
    with pytest.raises(ClmsError):
        Pictures(http, sandbox.portal, tmp_path).get("/en/nothing/@@images/image/preview")
    assert list(tmp_path.iterdir()) == []


def test_what_is_no_picture_is_refused(sandbox, http, tmp_path):
    with pytest.raises(BadAnswer):
        Pictures(http, sandbox.portal, tmp_path).get("/en/products/corine-land-cover/clc2018")
    assert list(tmp_path.iterdir()) == []


def test_a_folder_that_cannot_be_written_does_not_cost_the_picture(sandbox, http, tmp_path):
    blocked = tmp_path / "file"
    blocked.write_bytes(b"")
    assert Pictures(http, sandbox.portal, blocked).get(PATH).startswith(b"\x89PNG")
