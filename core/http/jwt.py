"""JSON web tokens signed with RS256, in integer arithmetic: QGIS brings no crypto package.

RSASSA-PKCS1-v1_5 with SHA-256 after RFC 8017, sections 8.2.1 and 9.2. Not constant-time: it
signs a short grant of the user's own on the user's own machine.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import json
import re
from dataclasses import dataclass
from typing import Any, Mapping

from ..errors import KeyFileError

_PEM = re.compile(
    r"-----BEGIN (RSA )?PRIVATE KEY-----\s([A-Za-z0-9+/=\s]+?)-----END (RSA )?PRIVATE KEY-----")
_LONGEST_PEM = 20_000
_SMALLEST_BITS, _LARGEST_BITS = 1024, 16384
_RSA_OID = bytes.fromhex("2a864886f70d010101")
_SHA256_HEADER = bytes.fromhex("3031300d060960864801650304020105000420")
_INTEGER, _OCTETS, _OID, _SEQUENCE = 0x02, 0x04, 0x06, 0x30


@dataclass(frozen=True, repr=False)
class RsaKey:
    """The numbers of a private key (RFC 8017, appendix A.1.2)."""

    modulus: int
    public: int
    private: int
    prime1: int
    prime2: int
    exponent1: int
    exponent2: int
    coefficient: int

    @property
    def size(self) -> int:
        """Return the length of a signature in bytes."""
        return (self.modulus.bit_length() + 7) // 8

    def sign(self, message: bytes) -> bytes:
        """Return the signature; KeyFileError("pem") if the numbers do not fit together."""
        digest = _SHA256_HEADER + hashlib.sha256(message).digest()
        padded = b"\x00\x01" + b"\xff" * (self.size - len(digest) - 3) + b"\x00" + digest
        number = int.from_bytes(padded, "big")
        part1 = pow(number, self.exponent1, self.prime1)
        part2 = pow(number, self.exponent2, self.prime2)
        step = (part1 - part2) * self.coefficient % self.prime1
        signed = part2 + step * self.prime2
        if pow(signed, self.public, self.modulus) != number:
            raise KeyFileError("pem", "numbers do not fit")
        return signed.to_bytes(self.size, "big")


def sign_rs256(claims: Mapping[str, Any], private_key_pem: str) -> str:
    """Return the signed token; raise KeyFileError("pem") for a key that cannot be used."""
    key = read_key(private_key_pem)
    head = _segment(json.dumps({"alg": "RS256", "typ": "JWT"}, separators=(",", ":")).encode())
    body = _segment(json.dumps(dict(claims), separators=(",", ":")).encode())
    return f"{head}.{body}.{_segment(key.sign(f'{head}.{body}'.encode()))}"


def read_key(pem: str) -> RsaKey:
    """Return the key of a PEM text (PKCS#1 or PKCS#8, not encrypted); else KeyFileError("pem")."""
    match = _PEM.search(pem[:_LONGEST_PEM])
    if match is None or match.group(1) != match.group(3):
        raise KeyFileError("pem", "no private key")
    try:
        der = base64.b64decode("".join(match.group(2).split()), validate=True)
        numbers = _pkcs1(der) if match.group(1) else _pkcs8(der)
    except (ValueError, binascii.Error) as err:
        raise KeyFileError("pem", str(err)) from None
    key = RsaKey(*numbers)
    bits = key.modulus.bit_length()
    if not _SMALLEST_BITS <= bits <= _LARGEST_BITS:
        raise KeyFileError("pem", f"{bits} bits")
    if key.prime1 * key.prime2 != key.modulus or key.prime1 < 2 or key.prime2 < 2:
        raise KeyFileError("pem", "numbers do not fit")
    return key


def _pkcs1(der: bytes) -> list[int]:
    """Return the eight numbers of RSAPrivateKey; ValueError for anything else."""
    outer, rest = _element(der, _SEQUENCE)
    if rest:
        raise ValueError("trailing bytes")
    version, outer = _integer(outer)
    if version != 0:
        raise ValueError("unknown version")
    numbers = []
    for _ in range(8):
        number, outer = _integer(outer)
        numbers.append(number)
    if outer:
        raise ValueError("trailing bytes")
    return numbers


def _pkcs8(der: bytes) -> list[int]:
    """Return the numbers of the RSA key in a PrivateKeyInfo (RFC 5208); ValueError otherwise."""
    info, _rest = _element(der, _SEQUENCE)
    _version, info = _integer(info)
    algorithm, info = _element(info, _SEQUENCE)
    oid, _parameters = _element(algorithm, _OID)
    if oid != _RSA_OID:
        raise ValueError("not an RSA key")
    inner, _attributes = _element(info, _OCTETS)
    return _pkcs1(inner)


def _integer(data: bytes) -> tuple[int, bytes]:
    """Return a non-negative INTEGER and the bytes after it."""
    content, rest = _element(data, _INTEGER)
    if not content or content[0] & 0x80:
        raise ValueError("bad number")
    return int.from_bytes(content, "big"), rest


def _element(data: bytes, tag: int) -> tuple[bytes, bytes]:
    """Return the content of the DER element with this tag and the bytes after it."""
    if len(data) < 2 or data[0] != tag:
        raise ValueError("unexpected structure")
    length, start = data[1], 2
    if length & 0x80:
        start += length & 0x7F
        if not 3 <= start <= 6 or len(data) < start:
            raise ValueError("bad length")
        length = int.from_bytes(data[2:start], "big")
    if len(data) < start + length:
        raise ValueError("cut off")
    return data[start:start + length], data[start + length:]


def _segment(data: bytes) -> str:
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode("ascii")
