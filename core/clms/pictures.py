"""The small pictures of datasets, fetched once and kept on disk."""

from __future__ import annotations

import hashlib
import logging
from pathlib import Path
from typing import Mapping
from urllib.parse import quote

from ..errors import BadAnswer, DiskFull
from ..files import write_whole
from ..http.session import Http
from ..ports import Stop, never

MOST_BYTES = 4_000_000
_LOG = logging.getLogger("clms_explorer.pictures")
_BEGINNINGS = (b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n", b"GIF8", b"RIFF")
"""JPEG, PNG, GIF, WebP."""


class Pictures:
    """Pictures by their path below the portal's API. Safe to use from several threads.

    base: address of the API. folder: where they are kept.
    """

    def __init__(self, http: Http, base: str, folder: Path) -> None:
        self._http = http
        self._base = base.rstrip("/")
        self._folder = folder

    def get(self, path: str, stop: Stop = never) -> bytes:
        """Return the bytes of a picture, from disk if it was fetched before.

        Raise network errors, BadAnswer("shape") for what is no picture, Cancelled.
        """
        kept = self._folder / hashlib.sha256(path.encode()).hexdigest()[:32]
        try:
            return kept.read_bytes()
        except OSError:
            _LOG.debug("not on disk yet: %s", path)
        # Below /api the portal answers 404 to whoever does not accept JSON.
        headers: Mapping[str, str] = {"Accept": "image/*, application/json"}
        answer = self._http.request(
            "GET", self._base + quote(path, safe="/@+"), headers=headers,
            retries=0, stop=stop)
        answer.checked()
        data = answer.body
        if not data.startswith(_BEGINNINGS) or len(data) > MOST_BYTES:
            raise BadAnswer("shape", "no picture")
        try:
            write_whole(kept, data)
        except DiskFull as err:
            _LOG.info("a picture cannot be kept: %s", err.reason)
        return data
