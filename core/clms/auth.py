"""Access tokens of the portal: got with the service key, kept in memory, renewed in time.

The grant is the two-legged OAuth 2.0 "JWT bearer" flow of clms-api.md section 2; the EGMS
archive accepts the same tokens.
"""

from __future__ import annotations

import re
import threading
import time
from email.utils import parsedate_to_datetime
from typing import Any, Callable

from ..errors import BadAnswer, Cancelled, ClmsError, ClockWrong, KeyMissing, KeyRefused
from ..http.answers import Answer
from ..http.jwt import sign_rs256
from ..http.session import Http
from ..http.waiting import TICK
from ..ports import Stop
from .service_key import ServiceKey

GRANT = "urn:ietf:params:oauth:grant-type:jwt-bearer"
BACKDATED = 60
LIFETIME = 3600
MARGIN = 300.0
"""Seconds before its end at which a token is renewed (at most a tenth of its life)."""
TOLERANCE = 60.0
"""Clocks that differ by more seconds than this are the reason of a refusal."""
_PRINTABLE = re.compile(r"[\x21-\x7e]+")


class TokenSource:
    """Gives access tokens. One for the whole plugin, used by the portal and by EGMS.

    now: the clock of this computer, seconds since 1970.
    """

    def __init__(
        self, http: Http, key: ServiceKey | None, now: Callable[[], float] = time.time
    ) -> None:
        self._http = http
        self._key = key
        self._now = now
        self._lock = threading.Lock()
        self._current = ""
        self._renew_at = 0.0

    @property
    def has_key(self) -> bool:
        """Return whether there is a key at all."""
        return self._key is not None

    def use(self, key: ServiceKey | None) -> None:
        """Take another key, or none; tokens of the one before are forgotten."""
        with self._lock:
            self._key = key
            self._current = ""

    def token(self, stop: Stop) -> str:
        """Return a valid token. Raise KeyMissing, KeyRefused, ClockWrong, or network errors."""
        return self._locked(stop, lambda: bool(self._current) and self._now() < self._renew_at)

    def renew(self, stop: Stop, refused: str | None = None) -> str:
        """Return a new token after a service refused one.

        refused: the token that was refused; if another thread has renewed it since, that
        newer one is returned.
        """
        return self._locked(
            stop, lambda: refused is not None and self._current not in ("", refused))

    def _locked(self, stop: Stop, still_good: Callable[[], bool]) -> str:
        while not self._lock.acquire(timeout=TICK):
            if stop():
                raise Cancelled()
        try:
            if not still_good():
                self._fetch(stop)
            return self._current
        finally:
            self._lock.release()

    def _fetch(self, stop: Stop) -> None:
        if self._key is None:
            raise KeyMissing()
        now = self._now()
        claims = {
            "iss": self._key.client_id, "sub": self._key.user_id, "aud": self._key.token_uri,
            "iat": int(now) - BACKDATED, "exp": int(now) + LIFETIME,
        }
        fields = {"grant_type": GRANT, "assertion": sign_rs256(claims, self._key.private_key)}
        answer = self._http.request(
            "POST", self._key.token_uri, form=fields, repeat=True, stop=stop)
        if answer.status >= 400:
            self._current = ""
            raise _refusal(answer, self._now())
        data = answer.json()
        self._current = _token_of(data, answer)
        life = _life_of(data)
        self._renew_at = now + life - min(MARGIN, life / 10)


def _token_of(data: Any, answer: Answer) -> str:
    text = data.get("access_token") if isinstance(data, dict) else None
    if not isinstance(text, str) or not _PRINTABLE.fullmatch(text):
        raise BadAnswer("shape", "no token", host=answer.host)
    return text


def _life_of(data: Any) -> float:
    life = data.get("expires_in")
    usable = isinstance(life, (int, float)) and not isinstance(life, bool) and life > 0
    return float(life) if usable else float(LIFETIME)


def _refusal(answer: Answer, now: float) -> ClmsError:
    """Return what a refused grant means; the texts are those of clms-api.md 2.2."""
    text = answer.error_text()
    words = text.lower()
    if answer.status not in (400, 401, 403):
        return answer.error()
    if "no associated key" in words:
        return KeyRefused("revoked", text)
    if "subject" in words or "user not found" in words:
        return KeyRefused("user", text)
    if "signature verification" in words:
        return KeyRefused("signature", text)
    ahead = _seconds_ahead(answer, now) if _speaks_of_time(words) else None
    if ahead is not None and abs(ahead) > TOLERANCE:
        return ClockWrong("", text, seconds=ahead)
    return KeyRefused("other", text)


def _speaks_of_time(words: str) -> bool:
    return any(word in words for word in ("iat", "issue", "expire", "expiration", "future"))


def _seconds_ahead(answer: Answer, now: float) -> float | None:
    """Return by how much our clock is ahead of the portal's, None if it does not tell."""
    try:
        theirs = parsedate_to_datetime(answer.headers.get("Date", "")).timestamp()
    except (TypeError, ValueError, IndexError):
        return None
    return round(now - theirs)
