"""What transport faults do to an answer before it is sent."""

from __future__ import annotations

import re
from typing import Callable

from .answers import HTML_TYPE, Answer, Request, compact, page
from .faults import Fault

FORMER_HOST = "https://clms-prod.eea.europa.eu"


def spoil(request: Request, faults: dict[str, Fault], answer: Callable[[], Answer]) -> Answer:
    """Return the answer as the faults leave it; some keep the service from being asked."""
    for kind, instead in (("status", _status), ("html", _html), ("redirect", _redirect),
                          ("expired", _expired)):
        if kind in faults:
            return instead(faults[kind])
    result = answer()
    for kind, change in (("bare_list", _bare_list), ("stale_host", _stale_host),
                         ("truncate", _truncate), ("short", _short), ("type", _type),
                         ("wrong_range", _wrong_range)):
        if kind in faults:
            change(result, faults[kind], request)
    return result


def _status(fault: Fault) -> Answer:
    code = int(fault.option("code", 500))
    data = fault.option("json", None)
    answer = compact(data, code) if data is not None else page(
        str(code), str(fault.option("text", "The service is not available.")), code)
    wait = fault.option("retry_after", None)
    if wait is not None:
        answer.headers["Retry-After"] = str(wait)
    return answer


def _html(fault: Fault) -> Answer:
    return page("Maintenance", "The portal is being maintained.", int(fault.option("code", 200)))


def _redirect(fault: Fault) -> Answer:
    return Answer(302, type=HTML_TYPE, headers={"Location": str(fault.option("to", "/"))})


def _expired(fault: Fault) -> Answer:
    return page("Not Found", "The file is no longer available.", int(fault.option("code", 404)))


def _bare_list(answer: Answer, fault: Fault, request: Request) -> None:
    answer.body = b"[]"


def _stale_host(answer: Answer, fault: Fault, request: Request) -> None:
    host = str(fault.option("host", FORMER_HOST))
    answer.body = re.sub(re.escape(request.base).encode(), host.encode(), answer.body)


def _truncate(answer: Answer, fault: Fault, request: Request) -> None:
    share = float(fault.option("keep", 0.5))
    answer.body = answer.body[:int(len(answer.body) * share)]


def _short(answer: Answer, fault: Fault, request: Request) -> None:
    """Let the file end early and all headers agree with that."""
    keep = int(fault.option("keep", 1000))
    if answer.file is None:
        answer.body = answer.body[:keep]
        return
    answer.stop = max(answer.start, min(answer.stop, keep))
    if answer.status == 206:
        last = max(answer.start, answer.stop - 1)
        answer.headers["Content-Range"] = f"bytes {answer.start}-{last}/{keep}"


def _type(answer: Answer, fault: Fault, request: Request) -> None:
    answer.type = str(fault.option("type", HTML_TYPE))


def _wrong_range(answer: Answer, fault: Fault, request: Request) -> None:
    """Send another part than asked for, and say so."""
    if answer.status != 206 or answer.file is None:
        return
    size = answer.headers["Content-Range"].rpartition("/")[2]
    answer.start = max(0, answer.start - int(fault.option("shift", 1)))
    answer.headers["Content-Range"] = f"bytes {answer.start}-{answer.stop - 1}/{size}"
