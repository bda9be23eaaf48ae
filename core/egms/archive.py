"""The EGMS archive: which files it has, and ids that open them (reference/egms.md 5)."""

from __future__ import annotations

import re
from typing import Any, Callable, Mapping, Sequence
from urllib.parse import urlencode, urlsplit

from ..aoi.area import Area
from ..aoi.split import boxes
from ..clms.auth import TokenSource
from ..errors import BadAnswer, FileMissing, KeyRefused, NotAllowed, ServiceError
from ..http.session import Http
from ..ports import Progress, Stop, never
from .grid import near_europe
from .hits import Hit, hit_from_answer

__all__ = ["EgmsArchive", "Hit"]

LARGEST_BOX = 5.0
"""Degrees per side that a search may have."""

_YEARS = re.compile(r"(\d{4})\D(\d{4})")
_NOTHING_THERE = re.compile(r"invalid tile|^$|\bno (hits|data|results|files|products)\b", re.I)
_LOG_IN = re.compile(r"log(ged)?[ -]?in|login|unauthori[sz]ed|not authori[sz]ed", re.I)
_BAD_TOKEN = re.compile(r"decode ?error", re.I)


def _ignore(_share: float) -> None:
    """Take no notice of progress."""


class EgmsArchive:
    """Client of the archive. base: …/insar-api/archive. Safe to use from several threads."""

    def __init__(self, http: Http, base: str, tokens: TokenSource) -> None:
        self.base = base.rstrip("/")
        self.tokens = tokens
        self._http = http

    def releases(self, stop: Stop = never) -> list[str]:
        """Return the releases there are, such as "2020-2024", the newest first."""
        found = self._authorized(
            lambda token: self._http.get_json(f"{self.base}/releases", token=token, stop=stop),
            stop)
        if not isinstance(found, list):
            raise BadAnswer("shape", "no list of releases", host=self._host)
        return sorted((str(release) for release in found), key=_years, reverse=True)

    def search(
        self, area: Area, levels: Sequence[str], releases: Sequence[str],
        components: Sequence[str] = (), direction: str = "", track: int = 0,
        progress: Progress = _ignore, stop: Stop = never,
    ) -> list[Hit]:
        """Return the files whose footprint shares ground with an area, sorted by name.

        levels: "L2a", "L2b", "L3". releases: as releases() spells them.
        components: "E", "U", of L3; none = both. direction: "ascending" or "descending", and
        track: of L2; "" and 0 = all. Each filter leaves the files of the other level alone.
        Raise KeyMissing, NotAllowed, KeyRefused, NoConnection, ServiceError, BadAnswer.
        """
        near = near_europe(area)
        pieces = boxes(near, LARGEST_BOX) if near else []
        found: dict[str, Hit] = {}
        for number, (west, south, east, north) in enumerate(pieces):
            progress(number / len(pieces))
            answer = self._search({
                "levels": [level.upper() for level in levels], "releases": list(releases),
                "bbox": [[west, south], [east, north]],
            }, stop)
            for raw in answer.get("hits") or []:
                hit = hit_from_answer(raw)
                if hit is not None:
                    found[hit.filename] = hit
        progress(1.0)
        return [
            hit for _name, hit in sorted(found.items())
            if hit.level in levels and _wanted(hit, components, direction, track)
            and _share_ground(hit, area)
        ]

    def newest(
        self, area: Area, level: str, release: str = "", components: Sequence[str] = (),
        direction: str = "", track: int = 0, progress: Progress = _ignore, stop: Stop = never,
    ) -> list[Hit]:
        """Return the files of a release, or of the newest that has any here; else as search()."""
        for wanted in [release] if release else self.releases(stop):
            found = self.search(
                area, [level], [wanted], components, direction, track, progress, stop)
            if found:
                return found
        return []

    def open_search(self, hit: Hit, stop: Stop) -> str:
        """Return the id of a new search that finds a file; downloads need one.

        Raise FileMissing if nothing is found there any more, else as search().
        """
        body: dict[str, Any] = {"levels": [hit.level.upper()], "releases": [hit.release]}
        if hit.tile:
            body["tileId"] = hit.tile
        else:
            west, south, east, north = hit.footprint.bounds
            body["bbox"] = [[west, south], [east, north]]
        found = self._search(body, stop).get("id")
        if not found:
            raise FileMissing(name=hit.filename)
        return str(found)

    def address(self, filename: str, search_id: str) -> str:
        """Return where a file is downloaded with the id of a search."""
        return f"{self.base}/download/{filename}?{urlencode({'id': search_id})}"

    @property
    def _host(self) -> str:
        return urlsplit(self.base).hostname or ""

    def _search(self, body: Mapping[str, Any], stop: Stop) -> Mapping[str, Any]:
        """Return the answer of a search; an empty one if there is nothing at that place."""
        answer = self._authorized(
            lambda token: self._http.post_json(
                f"{self.base}/search", {"id": None, **body}, token=token, repeat=True,
                stop=stop),
            stop)
        if not isinstance(answer, dict) or not isinstance(answer.get("hits") or [], list):
            raise BadAnswer("shape", "no search result", host=self._host)
        if answer.get("status") is False:
            message = str(answer.get("message") or "")
            if not _NOTHING_THERE.search(message):
                raise ServiceError("", message, host=self._host, status=200)
            return {}
        return answer

    def _authorized(self, call: Callable[[str], Any], stop: Stop) -> Any:
        """Return call(token); with a new token, once, if the first is refused."""
        token = self.tokens.token(stop)
        try:
            return self._let_in(call, token)
        except NotAllowed:
            return self._let_in(call, self.tokens.renew(stop, refused=token))

    def _let_in(self, call: Callable[[str], Any], token: str) -> Any:
        """Return call(token); raise NotAllowed for every way in which the archive says so."""
        try:
            answer = call(token)
        except ServiceError as err:
            raise refusal(err) from None
        if isinstance(answer, dict) and answer.get("status") is False:
            message = str(answer.get("message") or "")
            if _LOG_IN.search(message):
                raise NotAllowed("", message, host=self._host, status=200)
        return answer


def refusal(error: ServiceError) -> ServiceError | NotAllowed | KeyRefused:
    """Return what an error status of the archive means: 403 and DecodeError are about us."""
    status = error.facts.get("status")
    if status == 403:
        return NotAllowed("", error.detail, **error.facts)
    if status == 500 and _BAD_TOKEN.search(error.detail):
        return KeyRefused("other", error.detail)
    return error


def _years(release: str) -> tuple[str, str]:
    """Return last and first year, to sort by."""
    match = _YEARS.search(release)
    return (match.group(2), match.group(1)) if match else ("", release)


def _wanted(hit: Hit, components: Sequence[str], direction: str, track: int) -> bool:
    if hit.level == "L3":
        return not components or hit.component in components
    if track and hit.track != track:
        return False
    # A file of unknown direction stays: only its content can tell.
    return not direction or hit.direction in ("", direction)


def _share_ground(hit: Hit, area: Area) -> bool:
    """Return whether the two overlap by more than the rounding along a common edge."""
    common = hit.footprint.intersection(area.geometry).area
    return bool(common > 1e-6 * min(hit.footprint.area, area.geometry.area))
