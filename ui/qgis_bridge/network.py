"""QGIS's network settings as the plain HttpConfig that core works with."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path
from typing import Iterable, Optional
from urllib.parse import quote

from qgis.core import Qgis, QgsApplication, QgsNetworkAccessManager
from qgis.PyQt.QtCore import QUrl
from qgis.PyQt.QtNetwork import QNetworkProxy, QNetworkProxyQuery

from ...core.http.config import HttpConfig
from ...core.settings import origin
from ...core.version import plugin_version


def http_config(addresses: Iterable[str], folder: Path) -> HttpConfig:
    """Return the configuration for these addresses; main thread only.

    folder: where the certificate authorities that QGIS trusts are written for requests.
    """
    return HttpConfig(
        proxies={origin(address): proxies_for(address) for address in addresses},
        ca_bundle=str(_write_authorities(folder) or ""),
        user_agent=(f"Mozilla/5.0 (compatible; clms_explorer/{plugin_version()} "
                    f"QGIS/{Qgis.QGIS_VERSION_INT})"),
        read_timeout=max(10.0, QgsNetworkAccessManager.timeout() / 1000.0),
    )


def proxies_for(address: str) -> dict[str, str]:
    """Return requests-style proxies for one address from the QGIS settings, {} for none."""
    factory = QgsNetworkAccessManager.instance().proxyFactory()
    if factory is None:
        return {}
    for proxy in factory.queryProxy(QNetworkProxyQuery(QUrl(address))):
        kind = proxy.type()
        if kind == QNetworkProxy.ProxyType.NoProxy:
            return {}
        scheme = {
            QNetworkProxy.ProxyType.HttpProxy: "http",
            QNetworkProxy.ProxyType.HttpCachingProxy: "http",
            QNetworkProxy.ProxyType.Socks5Proxy: "socks5h",
        }.get(kind)
        if scheme:
            full = f"{scheme}://{_login(proxy)}{proxy.hostName()}:{proxy.port()}"
            return {"http": full, "https": full}
    return {}


def _login(proxy: QNetworkProxy) -> str:
    if not proxy.user():
        return ""
    return f"{quote(proxy.user(), safe='')}:{quote(proxy.password(), safe='')}@"


def _write_authorities(folder: Path) -> Optional[Path]:
    """Write the authorities that QGIS trusts to a file; None if QGIS offers none."""
    text = bytes(QgsApplication.authManager().trustedCaCertsPemText())
    if not text.strip():
        return None
    folder.mkdir(parents=True, exist_ok=True)
    target = folder / "authorities.pem"
    if target.exists() and target.read_bytes() == text:
        return target
    handle, name = tempfile.mkstemp(dir=folder)
    with os.fdopen(handle, "wb") as file:
        file.write(text)
    os.replace(name, target)
    return target
