"""Token exchange of the portal: two-legged OAuth 2.0 with a signed JWT (clms-api.md 2)."""

from __future__ import annotations

import base64
import json
import os
import threading
import time
from dataclasses import dataclass
from typing import Any, Callable
from urllib.parse import parse_qs

from .answers import Answer, Request, compact, failure
from .service_keys import ServiceKey, make_key, unpad, verified

GRANT = "urn:ietf:params:oauth:grant-type:jwt-bearer"
NO_STORE = {"Cache-Control": "no-store", "Pragma": "no-cache"}


class Refused(Exception):
    """The grant is refused; the text is what the server says."""


@dataclass
class Token:
    """An access token. ends: time of its expiry on the server's clock."""

    user_id: str
    client_id: str
    ends: float


class Auth:
    """Service keys and access tokens of all users.

    now: the server's clock, seconds since 1970. token_seconds: life of an access token.
    """

    def __init__(self, now: Callable[[], float], token_seconds: float = 3600) -> None:
        self.now = now
        self.token_seconds = token_seconds
        self.keys: dict[str, ServiceKey] = {}
        self.tokens: dict[str, Token] = {}
        self._lock = threading.Lock()

    def new_key(self, user_id: str, token_uri: str) -> ServiceKey:
        """Register a new key for a user."""
        return self.register(make_key(user_id, token_uri))

    def register(self, key: ServiceKey) -> ServiceKey:
        """Let a key be used."""
        with self._lock:
            self.keys[key.client_id] = key
        return key

    def revoke(self, client_id: str) -> None:
        """Forget a key; its tokens die with it."""
        with self._lock:
            self.keys.pop(client_id, None)
            self.tokens = {text: token for text, token in self.tokens.items()
                           if token.client_id != client_id}

    def expire_tokens(self) -> None:
        """Let all access tokens end now."""
        with self._lock:
            for token in self.tokens.values():
                token.ends = self.now() - 1

    def forget_tokens(self) -> None:
        """Purge all access tokens, as the server does with expired ones."""
        with self._lock:
            self.tokens.clear()

    def issue(self, user_id: str, client_id: str = "") -> str:
        """Return a new access token."""
        text = base64.urlsafe_b64encode(os.urandom(64)).decode()
        with self._lock:
            self.tokens = {old: token for old, token in self.tokens.items()
                           if token.ends > self.now()}
            self.tokens[text] = Token(user_id, client_id, self.now() + self.token_seconds)
        return text

    def expired(self, request: Request) -> bool:
        """Return whether the request carries a token that has ended."""
        token = self.tokens.get(request.bearer or "")
        return token is not None and token.ends <= self.now()

    def user(self, text: str | None) -> str | None:
        """Return whose token this is, or None for unknown and expired ones."""
        token = self.tokens.get(text or "")
        return token.user_id if token and token.ends > self.now() else None

    def exchange(self, request: Request) -> Answer:
        """Answer a call of the token endpoint."""
        if request.method != "POST":
            return _error("invalid_request", "POST only", 405)
        form = {key: values[0] for key, values in parse_qs(request.body.decode()).items()}
        if "grant_type" not in form:
            return _error("invalid_request", "Missing 'grant_type'")
        if form["grant_type"] != GRANT:
            return _error("invalid_request", f"Only grant type '{GRANT}' is supported")
        if "assertion" not in form:
            return _error("invalid_request", "Missing 'assertion'")
        return self._grant(form["assertion"], request.base + request.path)

    def _grant(self, assertion: str, audience: str) -> Answer:
        try:
            header, claims, signing_input, signature = _parts(assertion)
        except ValueError:
            return failure(500, "DecodeError", "Not enough segments")
        if header.get("alg") != "RS256":
            return _error("invalid_request", "Only RS256 signature algorithm is supported")
        for name in ("iss", "sub"):
            if name not in claims:
                return failure(503, "KeyError", f"'{name}'")
        key = self.keys.get(str(claims["iss"]))
        try:
            if key is None:
                raise Refused("No associated key found")
            if not verified(signing_input, signature, key.modulus):
                raise Refused("Signature verification failed")
            self._check_claims(claims, audience)
            if claims["sub"] != key.user_id:
                raise Refused("JWT subject doesn't match user_id of service key.")
        except Refused as refused:
            return _error("invalid_grant", str(refused))
        token = self.issue(key.user_id, key.client_id)
        lifetime = int(self.token_seconds)
        return compact({"access_token": token, "expires_in": lifetime, "token_type": "Bearer"},
                       headers=NO_STORE)

    def _check_claims(self, claims: dict[str, Any], audience: str) -> None:
        """Raise Refused as the JWT library, then the portal itself, would."""
        now = int(self.now())
        issued, ends = claims.get("iat"), claims.get("exp")
        if issued is not None and float(issued) > now:
            raise Refused("The token is not yet valid (iat)")
        if ends is not None and float(ends) <= now:
            raise Refused("Signature has expired")
        if "aud" not in claims:
            raise Refused('Token is missing the "aud" claim')
        wanted = claims["aud"] if isinstance(claims["aud"], list) else [claims["aud"]]
        if audience not in wanted:
            raise Refused("Audience doesn't match")
        if issued is None:
            raise Refused("Missing 'iat' claim")
        if ends is None:
            raise Refused("Missing 'exp' claim")
        if float(issued) < now - 3600:
            raise Refused("JWT was issued more than an hour in the past")
        if float(ends) > now + 86400:
            raise Refused("JWT expiration is more than a day in the future")
        if "nbf" in claims:
            raise Refused("The 'nbf' claim is not suppported")
        if "scope" in claims:
            raise Refused("Scopes are not supported yet")


def system_clock() -> float:
    """Return the time of this computer."""
    return time.time()


def _error(error: str, description: str, status: int = 400) -> Answer:
    return compact({"error": error, "error_description": description}, status, NO_STORE)


def _parts(assertion: str) -> tuple[dict[str, Any], dict[str, Any], bytes, bytes]:
    """Return header, claims, signing input and signature; raise ValueError if it is no JWT."""
    head, body, tail = assertion.split(".")
    header, claims = json.loads(unpad(head)), json.loads(unpad(body))
    if not isinstance(header, dict) or not isinstance(claims, dict):
        raise ValueError("no objects")
    return header, claims, f"{head}.{body}".encode(), unpad(tail)
