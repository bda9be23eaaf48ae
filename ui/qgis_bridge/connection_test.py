"""Try the service key at the portal, without blocking."""

from __future__ import annotations

from typing import Any, Callable

from qgis.PyQt.QtCore import QCoreApplication

from ...core.clms.auth import TokenSource
from ...core.clms.client import PortalClient
from ...core.errors import ClmsError
from ...core.http.session import Http
from ...core.ports import Progress, Stop
from ...core.settings import Settings
from .network import http_config
from .tasks import TaskRunner
from .profile import profile_folder
from .workspace import load_key


def start_connection_test(
    runner: TaskRunner, settings: Settings, done: Callable[[Any], None],
    failed: Callable[[BaseException], None],
) -> None:
    """Get a token and use it; done(None) or failed(error) follows on the main thread.

    Main thread only: reads the key, for which QGIS may ask for the master password.
    """
    try:
        settings.checked()
        key = load_key()
    except ClmsError as err:
        failed(err)
        return
    addresses = (settings.portal, settings.egms, settings.gisco)
    http = Http(http_config(addresses, profile_folder()), settings.token_origins)
    client = PortalClient(http, settings.portal, TokenSource(http, key))

    def work(stop: Stop, _progress: Progress) -> None:
        try:
            client.test(stop)
        finally:
            http.close()

    runner.start(
        QCoreApplication.translate("ConnectionTest", "Test connection"), work, done, failed)
