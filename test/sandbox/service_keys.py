"""RSA service keys as the portal hands them out, and the check of RS256 signatures.

Verification is RSASSA-PKCS1-v1_5 of RFC 8017, section 8.2.2, in plain integers, so that
it shares no code with what it checks. Keys come from `cryptography` where that is installed.
"""

from __future__ import annotations

import base64
import hashlib
import json
import secrets
from dataclasses import dataclass
from datetime import datetime
from typing import Any

EXPONENT = 65537
BITS = 2048
SHA256_PREFIX = bytes.fromhex("3031300d060960864801650304020105000420")
SMALL_PRIMES = (2, 3, 5, 7, 11, 13, 17, 19, 23, 29, 31, 37)


@dataclass
class ServiceKey:
    """A registered key. text: the JSON file that the user gets."""

    client_id: str
    user_id: str
    token_uri: str
    modulus: int
    text: str
    revoked: bool = False


def unpad(text: str) -> bytes:
    """Decode base64url without padding; raise ValueError if it is none."""
    return base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))


def verified(signing_input: bytes, signature: bytes, modulus: int) -> bool:
    """Return whether an RS256 signature belongs to this key."""
    size = (modulus.bit_length() + 7) // 8
    number = int.from_bytes(signature, "big")
    if len(signature) != size or number >= modulus:
        return False
    digest = SHA256_PREFIX + hashlib.sha256(signing_input).digest()
    expected = b"\x00\x01" + b"\xff" * (size - len(digest) - 3) + b"\x00" + digest
    return pow(number, EXPONENT, modulus).to_bytes(size, "big") == expected


def make_key(user_id: str, token_uri: str, title: str = "CLMS Explorer") -> ServiceKey:
    """Return a new key and its file."""
    numbers = _numbers()
    pem = _pem(numbers)
    client_id = secrets.token_hex(16)
    data = {
        "client_id": client_id,
        "ip_range": None,
        "issued": datetime.now().isoformat(),
        "key_id": hashlib.sha1(str(numbers[1]).encode(), usedforsecurity=False).hexdigest(),
        "private_key": pem,
        "title": title,
        "token_uri": token_uri,
        "user_id": user_id,
    }
    return ServiceKey(client_id, user_id, token_uri, numbers[1], json.dumps(data, indent=2))


def read_key(text: str) -> ServiceKey:
    """Read a key file that make_key wrote earlier; raise ValueError if it is none."""
    data: dict[str, Any] = json.loads(text)
    try:
        body = "".join(data["private_key"].strip().splitlines()[1:-1])
        modulus = _der_integers(base64.b64decode(body))[1]
        return ServiceKey(data["client_id"], data["user_id"], data["token_uri"], modulus, text)
    except (KeyError, IndexError, TypeError) as err:
        raise ValueError("not a service key") from err


def _numbers() -> tuple[int, ...]:
    """Return the nine integers of a PKCS#1 RSAPrivateKey (RFC 8017, A.1.2)."""
    try:
        from cryptography.hazmat.primitives.asymmetric import rsa
        private = rsa.generate_private_key(public_exponent=EXPONENT, key_size=BITS)
        p, q = private.private_numbers().p, private.private_numbers().q
    except ImportError:
        p, q = _prime(BITS // 2), _prime(BITS // 2)
    d = pow(EXPONENT, -1, (p - 1) * (q - 1))
    return (0, p * q, EXPONENT, d, p, q, d % (p - 1), d % (q - 1), pow(q, -1, p))


def _prime(bits: int) -> int:
    """Return a random prime whose two highest bits are set, fit for an RSA key."""
    while True:
        number = secrets.randbits(bits) | (3 << (bits - 2)) | 1
        if number % EXPONENT != 1 and _is_prime(number):
            return number


def _is_prime(number: int) -> bool:
    """Return whether number is prime (Miller-Rabin, 24 rounds)."""
    if any(number % prime == 0 for prime in SMALL_PRIMES):
        return False
    odd, power = number - 1, 0
    while odd % 2 == 0:
        odd, power = odd // 2, power + 1
    for _ in range(24):
        value = pow(secrets.randbelow(number - 3) + 2, odd, number)
        if value in (1, number - 1):
            continue
        for _ in range(power - 1):
            value = value * value % number
            if value == number - 1:
                break
        else:
            return False
    return True


def _pem(numbers: tuple[int, ...]) -> str:
    """Return a PKCS#1 PEM file."""
    content = b"".join(_der(0x02, n.to_bytes(n.bit_length() // 8 + 1, "big")) for n in numbers)
    text = base64.b64encode(_der(0x30, content)).decode()
    lines = [text[i:i + 64] for i in range(0, len(text), 64)]
    return "\n".join(["-----BEGIN RSA PRIVATE KEY-----", *lines,
                      "-----END RSA PRIVATE KEY-----", ""])


def _der(tag: int, content: bytes) -> bytes:
    size = len(content)
    if size < 128:
        return bytes([tag, size]) + content
    length = size.to_bytes((size.bit_length() + 7) // 8, "big")
    return bytes([tag, 0x80 | len(length)]) + length + content


def _der_integers(data: bytes) -> list[int]:
    """Return the integers of a DER SEQUENCE OF INTEGER."""
    _tag, start, _stop = _der_head(data, 0)
    numbers = []
    while start < len(data):
        _tag, inner, stop = _der_head(data, start)
        numbers.append(int.from_bytes(data[inner:stop], "big"))
        start = stop
    return numbers


def _der_head(data: bytes, at: int) -> tuple[int, int, int]:
    """Return (tag, start of the content, behind its end)."""
    size, start = data[at + 1], at + 2
    if size & 0x80:
        start += size & 0x7F
        size = int.from_bytes(data[at + 2:start], "big")
    return data[at], start, start + size
