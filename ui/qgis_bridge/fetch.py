"""A GET through QGIS's own network, for services that QGIS itself will talk to."""

from __future__ import annotations

from urllib.parse import urlsplit

from qgis.core import QgsBlockingNetworkRequest
from qgis.PyQt.QtCore import QUrl
from qgis.PyQt.QtNetwork import QNetworkReply, QNetworkRequest

from ...core.errors import ClmsError, NoConnection, NotAllowed, ServiceError


def fetch(url: str) -> bytes:
    """Return what is at an address; it waits, so call it in a task.

    Raise NoConnection, NotAllowed or ServiceError.
    """
    request = QgsBlockingNetworkRequest()
    result = request.get(QNetworkRequest(QUrl(url)), True)
    failed = request.reply().error() != QNetworkReply.NetworkError.NoError
    if failed or result != QgsBlockingNetworkRequest.ErrorCode.NoError:
        raise _error(request, result, urlsplit(url).hostname or url)
    return bytes(request.reply().content())


def _error(request: QgsBlockingNetworkRequest, result: object, host: str) -> ClmsError:
    reply = request.reply()
    status = reply.attribute(QNetworkRequest.Attribute.HttpStatusCodeAttribute)
    errors = QNetworkReply.NetworkError
    if status in (401, 403):
        return NotAllowed(host=host, status=status)
    if reply.error() == errors.InternalServerError:
        status = 500  # where Qt has an older answer it tells the status of that one
    if isinstance(status, int) and status >= 400:
        return ServiceError(host=host, status=status)
    if result == QgsBlockingNetworkRequest.ErrorCode.TimeoutError or reply.error() in (
            errors.TimeoutError, errors.OperationCanceledError):
        return NoConnection("timeout", host=host)
    if reply.error() == errors.SslHandshakeFailedError:
        return NoConnection("tls", host=host)
    if reply.error() == errors.RemoteHostClosedError:
        return NoConnection("cut", host=host)
    return NoConnection("offline", host=host)
