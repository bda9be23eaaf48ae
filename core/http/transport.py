"""The requests library, tamed: sessions that obey our configuration alone, faults as our types."""

from __future__ import annotations

from http.client import HTTPException
from http.cookiejar import DefaultCookiePolicy
from typing import Any
from urllib.parse import urlsplit

import requests
from requests.adapters import HTTPAdapter
from urllib3.exceptions import HTTPError

from ..errors import ClmsError, NoConnection
from .config import HttpConfig
from .waiting import note_socket

FAULTS = (requests.RequestException, HTTPError, HTTPException, OSError, ValueError)
"""Whatever a connection that fails, is cut or makes no sense can raise."""


def new_session(config: HttpConfig) -> requests.Session:
    """Return a session without environment proxies, .netrc, cookies or hidden retries."""
    session = requests.Session()
    session.trust_env = False
    session.cookies.set_policy(DefaultCookiePolicy(allowed_domains=[]))
    for scheme in ("https://", "http://"):
        session.mount(scheme, _Adapter())
    return session


def no_connection(error: BaseException, url: str) -> ClmsError:
    """Return what a network fault means; never its text, which may hold addresses and ids."""
    if isinstance(error, ClmsError):
        return error
    host = urlsplit(url).hostname or ""
    cause = error.args[0] if error.args and isinstance(error.args[0], BaseException) else error
    names = {type(error).__name__, type(cause).__name__,
             type(getattr(cause, "reason", None)).__name__}
    return NoConnection(_reason(error, names), type(cause).__name__, host=host)


def _reason(error: BaseException, names: set[str]) -> str:
    if names & {"ProxyError", "InvalidSchema", "InvalidProxyURL", "ProxySchemeUnknown",
                "LocationParseError"}:
        return "proxy"
    if names & {"SSLError", "CertificateError"} or _is_missing_bundle(error):
        return "tls"
    if any("Timeout" in name or name == "timeout" for name in names):
        return "timeout"
    if names & {"NewConnectionError", "NameResolutionError", "gaierror"}:
        return "offline"
    return "cut"


def _is_missing_bundle(error: BaseException) -> bool:
    """requests raises a plain OSError when the file of authorities is missing."""
    return type(error) is OSError and "certificate" in str(error)


class _Adapter(HTTPAdapter):  # type: ignore[misc]
    """An adapter whose connections tell the exchange they belong to which socket they use."""

    def init_poolmanager(self, *args: Any, **kwargs: Any) -> None:
        super().init_poolmanager(*args, **kwargs)
        _let_connections_tell(self.poolmanager)

    def proxy_manager_for(self, proxy: str, **kwargs: Any) -> Any:
        known = proxy in self.proxy_manager
        manager = super().proxy_manager_for(proxy, **kwargs)
        if not known:
            _let_connections_tell(manager)
        return manager


def _let_connections_tell(manager: Any) -> None:
    """Make the pools of a urllib3 manager (plain, proxy or SOCKS) use telling connections."""
    manager.pool_classes_by_scheme = {
        scheme: _telling_pool(pool) for scheme, pool in manager.pool_classes_by_scheme.items()
    }


def _telling_pool(pool: Any) -> Any:
    class Connection(_Telling, pool.ConnectionCls):  # type: ignore[misc]
        pass

    return type("Pool", (pool,), {"ConnectionCls": Connection})


class _Telling:
    """Mixed into a connection class: its socket is noted before anything is sent through it."""

    sock: Any

    def connect(self) -> None:
        super().connect()  # type: ignore[misc]
        note_socket(self.sock)

    def putrequest(self, *args: Any, **kwargs: Any) -> Any:
        if self.sock is not None:
            note_socket(self.sock)
        return super().putrequest(*args, **kwargs)  # type: ignore[misc]
