"""Answers that send a file or a part of it."""

from __future__ import annotations

import re
from pathlib import Path

from .answers import Answer, Request, page

ZIP_TYPE = "application/zip"


def file_answer(request: Request, path: Path, kind: str = ZIP_TYPE,
                name: str = "", ranges: bool = True) -> Answer:
    """Return the file, or the part that the Range header asks for (RFC 9110, 14).

    ranges: False ignores the Range header, as a server without ranges does.
    """
    size = path.stat().st_size
    headers = {"Accept-Ranges": "bytes"}
    if name:
        headers["Content-Disposition"] = f'attachment; filename="{name}"'
    part = _span(request.headers.get("Range", ""), size) if ranges else None
    if part is None:
        return Answer(200, type=kind, headers=headers, file=path, start=0, stop=size)
    start, stop = part
    if start >= size or start >= stop:
        refusal = page("416", "Requested Range Not Satisfiable", 416)
        refusal.headers["Content-Range"] = f"bytes */{size}"
        return refusal
    headers["Content-Range"] = f"bytes {start}-{stop - 1}/{size}"
    return Answer(206, type=kind, headers=headers, file=path, start=start, stop=stop)


def _span(text: str, size: int) -> tuple[int, int] | None:
    """Return (first, behind last) of a single byte range, or None if there is no usable one."""
    match = re.fullmatch(r"bytes=(\d*)-(\d*)", text.strip())
    if not match or match.groups() == ("", ""):
        return None
    first, last = match.groups()
    if not first:
        return max(0, size - int(last)), size
    return int(first), min(int(last) + 1, size) if last else size
