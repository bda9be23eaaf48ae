"""What tests of services share: one sandbox, tidied for each test, and a way to talk to it."""

from __future__ import annotations

import threading
import time

import pytest
from sandbox.server import Sandbox

from clms_explorer.core.clms.client import PortalClient
from clms_explorer.core.clms.service_key import ServiceKey
from clms_explorer.core.http.config import HttpConfig
from clms_explorer.core.http.session import Http
from clms_explorer.core.settings import origin


class Tokens:
    """Access tokens without a key: the login has tests of its own."""

    def __init__(self, text):
        self.text = text

    def token(self, stop):
        return self.text


@pytest.fixture(scope="session")
def running_sandbox(tmp_path_factory):
    """One server for all tests; it makes up its data, so that a clone works alone."""
    with Sandbox(speed=0.0, data=tmp_path_factory.mktemp("none") / "nowhere") as running:
        yield running


@pytest.fixture()
def sandbox(running_sandbox):
    """Return the server without faults, and with an empty log."""
    running_sandbox.faults.clear()
    running_sandbox.requests.clear()
    running_sandbox.tasks.hold = False
    yield running_sandbox
    running_sandbox.faults.clear()


@pytest.fixture()
def user(request):
    """Return a user of this test's own, who has ordered nothing yet."""
    return f"user{abs(hash(request.node.nodeid))}"


@pytest.fixture()
def asked(sandbox, user):
    """Return a function that gives this test's requests to a path, once so many are logged.

    The sandbox logs a request just after its answer; those of other tests are left out.
    """
    def requests(part, number):
        end = time.monotonic() + 10
        while True:
            found = [entry for entry in sandbox.requests.to(part)
                     if entry.headers.get("user-agent") == user]
            if len(found) >= number or time.monotonic() > end:
                assert len(found) == number
                return found
            threading.Event().wait(0.005)
    return requests


@pytest.fixture(scope="session")
def key(running_sandbox):
    """Return the one service key of these tests; those that revoke one make their own."""
    return ServiceKey.from_text(running_sandbox.new_key("keyholder"))


@pytest.fixture()
def http(sandbox, user):
    """Return a session that may show its token to the portal, and loses no time."""
    config = HttpConfig(first_pause=0.0, user_agent=user)
    session = Http(config, frozenset({origin(sandbox.portal)}))
    yield session
    session.close()


@pytest.fixture()
def client(sandbox, http, user):
    """Return a client of the portal that is logged in as the user."""
    return PortalClient(http, sandbox.portal, Tokens(sandbox.token(user)))
