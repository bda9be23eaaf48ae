"""Encrypted connections: certificates are always tested, and a stop reaches their sockets too."""

from __future__ import annotations

import ipaddress
import ssl
import threading
from datetime import datetime, timedelta, timezone
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec

from clms_explorer.core.errors import AddressError, Cancelled, NoConnection
from clms_explorer.core.http.config import HttpConfig
from clms_explorer.core.http.session import Http


class Handler(BaseHTTPRequestHandler):
    """Answers /json, sends /down to plain http, and never ends /silent."""

    protocol_version = "HTTP/1.1"

    def do_GET(self):
        if self.path == "/down":
            self.send_response(302)
            self.send_header("Location", "http://127.0.0.1:1/")
            self.send_header("Content-Length", "0")
            self.end_headers()
            return
        self.send_response(200)
        self.send_header("Content-Length", "12")
        self.end_headers()
        if self.path == "/silent":
            self.server.closing.wait(60)
        self.wfile.write(b'{"a": "bcd"}')

    def log_message(self, *_args):
        """Keep the test report clean."""


@pytest.fixture(scope="module")
def certificate(tmp_path_factory):
    """Return a file with a key and a certificate for 127.0.0.1 that nobody else trusts."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "loopback")])
    now = datetime.now(timezone.utc)
    builder = x509.CertificateBuilder().subject_name(name).issuer_name(name).public_key(
        key.public_key()).serial_number(1).not_valid_before(now - timedelta(days=1)
                                                            ).not_valid_after(
        now + timedelta(days=1)).add_extension(
        x509.SubjectAlternativeName([x509.IPAddress(ipaddress.ip_address("127.0.0.1"))]), False
    ).add_extension(x509.BasicConstraints(ca=True, path_length=None), True)
    signed = builder.sign(key, hashes.SHA256())
    path = tmp_path_factory.mktemp("tls") / "loopback.pem"
    path.write_bytes(
        key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8,
                          serialization.NoEncryption())
        + signed.public_bytes(serialization.Encoding.PEM))
    return path


@pytest.fixture(scope="module")
def address(certificate):
    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    server.block_on_close = False
    server.closing = threading.Event()
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate)
    server.socket = context.wrap_socket(server.socket, server_side=True)
    threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True).start()
    yield f"https://127.0.0.1:{server.server_address[1]}"
    server.closing.set()
    server.shutdown()
    server.server_close()


@pytest.fixture()
def http(certificate):
    session = Http(HttpConfig(ca_bundle=str(certificate), first_pause=0.0))
    yield session
    session.close()


def test_an_authority_of_the_configuration_is_trusted(http, address):
    assert http.get_json(address + "/json") == {"a": "bcd"}


def test_an_unknown_authority_is_not(address):
    with pytest.raises(NoConnection) as caught:
        Http(HttpConfig(first_pause=0.0)).get_json(address + "/json")
    assert caught.value.reason == "tls"


def test_a_certificate_for_another_name_is_not(http, address):
    with pytest.raises(NoConnection) as caught:
        http.get_json(address.replace("127.0.0.1", "localhost") + "/json")
    assert caught.value.reason == "tls"


def test_the_way_back_to_plain_http_is_closed(http, address):
    with pytest.raises(AddressError):
        http.get_json(address + "/down")


def test_a_stop_reaches_the_socket(http, address):
    asked = []

    def stop():
        asked.append(1)
        return len(asked) > 3

    with pytest.raises(Cancelled):
        http.get_json(address + "/silent", stop=stop)
    asked.clear()
    with pytest.raises(Cancelled), http.open(address + "/silent", stop=stop) as stream:
        stream.read(100)
