"""The service key that the user makes on the portal: the credential for orders."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from ..errors import AddressError, KeyFileError
from ..http.jwt import read_key
from ..settings import check_address

_NEEDED = ("client_id", "user_id", "token_uri", "private_key")
_LARGEST_FILE = 100_000


@dataclass(frozen=True)
class ServiceKey:
    """A checked service key. token_uri: where tokens are got, and the audience of the grant."""

    client_id: str
    user_id: str
    token_uri: str
    private_key: str = field(repr=False)
    title: str = ""
    key_id: str = ""
    issued: str = ""

    @classmethod
    def from_text(cls, text: str) -> ServiceKey:
        """Read the JSON text of a key file.

        Raise KeyFileError: "json", "field" (facts: field), "pem", "address".
        """
        try:
            data = json.loads(text.lstrip("\ufeff"))
        except (ValueError, RecursionError) as err:
            raise KeyFileError("json", type(err).__name__) from None
        if not isinstance(data, dict):
            raise KeyFileError("json", "not an object")
        for name in _NEEDED:
            if not isinstance(data.get(name), str) or not data[name].strip():
                raise KeyFileError("field", field=name)
        read_key(data["private_key"])
        try:
            check_address(data["token_uri"])
        except AddressError as err:
            raise KeyFileError("address", address=data["token_uri"]) from err
        return cls(**{name: _text(data.get(name)) for name in cls.__dataclass_fields__})

    @classmethod
    def from_file(cls, path: Path) -> ServiceKey:
        """Read a key file; raise KeyFileError as from_text(), or "unreadable"."""
        try:
            with open(path, "rb") as file:
                data = file.read(_LARGEST_FILE)
        except OSError as err:
            raise KeyFileError("unreadable", err.strerror or "") from None
        try:
            return cls.from_text(data.decode("utf-8"))
        except UnicodeDecodeError:
            raise KeyFileError("json", "not text") from None

    def to_text(self) -> str:
        """Return the key as from_text() reads it. Holds the secret."""
        return json.dumps(asdict(self), indent=1)


def _text(value: Any) -> str:
    return value if isinstance(value, str) else ""
