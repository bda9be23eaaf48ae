"""What the rows of the downloads say (design/README.md sections 6 and 9)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any, Callable, Dict, List, Mapping, Sequence

from qgis.PyQt.QtCore import QCoreApplication

from ...core.jobs.job import Job, State
from ...core.jobs.records import Event, Trouble, error_of, moment
from ..texts import sentence
from ..words import (
    ago_words, clock_words, in_words, left_words, moment_words, part_words, size_words,
    speed_words,
)
from .groups import Group

DOT = " · "


def tr(text: str) -> str:
    """Return the translation of a text of this module."""
    return QCoreApplication.translate("Downloads", text)


@dataclass(frozen=True)
class Circumstances:
    """What a row says besides what the job itself knows.

    speed: bytes per second. place: "running", "next" or "queued" among those of the service.
    """

    group: Group
    now: datetime
    speed: float = 0.0
    place: str = "running"


def group_words(group: Group) -> str:
    """Return the heading of a group."""
    return {
        Group.NEEDS_YOU: tr("Needs you"), Group.WAITING: tr("Waiting for the service"),
        Group.NOW: tr("Now"), Group.DONE: tr("Done"),
    }[group]


def status_words(job: Job, around: Circumstances) -> str:
    """Return the line, or sentence, below the title of a job."""
    if around.group is Group.NEEDS_YOU:
        return sentence(error_of(job.error))
    if around.group is Group.DONE:
        return _done(job, around.now)
    if job.paused:
        return _paused(job, around.now)
    if around.group is Group.WAITING:
        return _waiting_for_service(job)
    if job.next_attempt and job.error:
        return _next_attempt(job, around.now)
    return _GOING[job.state](job, around)


def _done(job: Job, now: datetime) -> str:
    if job.state is State.CANCELLED:
        return DOT.join((tr("Cancelled"), moment_words(moment(job.updated), now)))
    state = tr("Ready and on the map") if job.state is State.OPENED else tr("Ready, not opened")
    size = size_words(job.size) if job.size else ""
    return DOT.join(
        filter(None, (state, job.message, size, moment_words(moment(job.updated), now))))


def _paused(job: Job, now: datetime) -> str:
    if job.state is State.ORDERED:
        return DOT.join((tr("Paused"), _ordered_ago(job, now)))
    if job.state is not State.DOWNLOADING:
        return DOT.join((tr("Paused"), tr("not sent yet")))
    if not job.size:
        return DOT.join((tr("Paused"), tr("{size} are kept").format(
            size=size_words(job.received))))
    percent = min(99, round(100 * job.received / job.size))
    return DOT.join((
        tr("Paused at {percent} %").format(percent=percent),
        tr("{part} are kept").format(part=part_words(job.received, job.size))))


def _waiting_for_service(job: Job) -> str:
    if job.state is State.WAITING:
        return DOT.join((tr("Not sent yet"), tr("will be sent when the service is back")))
    if job.state is State.SUBMITTING:
        return tr("It will be checked whether the order has arrived when the service is back")
    return DOT.join((
        tr("Ordered at {time}").format(time=clock_words(moment(job.submitted))),
        tr("waiting for the service")))


def _next_attempt(job: Job, now: datetime) -> str:
    """Return why a download rests, what is kept and when it goes on."""
    parts = [_short_reason(job)]
    if job.received:
        parts.append(tr("{part} are kept").format(part=part_words(job.received, job.size)))
    parts.append(tr("next attempt {when}").format(
        when=in_words(moment(job.next_attempt), now)))
    return DOT.join(parts)


def _short_reason(job: Job) -> str:
    host = str(job.error.get("facts", {}).get("host") or tr("the service"))
    texts = {
        "NoConnection": tr("No connection to {host}"),
        "ServiceError": tr("{host} does not answer as it should"),
        "FileBroken": tr("The file arrived incomplete"),
    }
    kind = str(job.error.get("type"))
    return texts.get(kind, tr("It did not work")).format(host=host)


def _waiting(job: Job, around: Circumstances) -> str:
    if around.place == "next":
        return DOT.join((tr("Queued"), tr("next in line")))
    return tr("Queued")


def _submitting(job: Job, around: Circumstances) -> str:
    if job.error or job.attempts:
        return tr("Checking whether the order has arrived")
    return tr("Sending the order")


def _ordered(job: Job, around: Circumstances) -> str:
    state = (tr("Being prepared by the service") if job.service_state == "preparing"
             else tr("Queued at the service"))
    return tr("{state}. You can close QGIS, the order goes on.").format(
        state=DOT.join((state, _ordered_ago(job, around.now))))


def _ordered_ago(job: Job, now: datetime) -> str:
    return tr("ordered {when}").format(
        when=ago_words(moment(job.submitted or job.created), now))


def _downloading(job: Job, around: Circumstances) -> str:
    if job.files and all(file.path for file in job.files):
        return tr("Unpacking and checking")
    if around.place != "running":
        return _waiting(job, around)
    parts = [tr("Downloading"), part_words(job.received, job.size)]
    if around.speed:
        parts.append(speed_words(around.speed))
        if job.size > job.received:
            parts.append(left_words((job.size - job.received) / around.speed))
    return DOT.join(parts)


_GOING: Dict[State, Callable[[Job, Circumstances], str]] = {
    State.WAITING: _waiting, State.SUBMITTING: _submitting, State.ORDERED: _ordered,
    State.DOWNLOADING: _downloading,
}


def trouble_words(trouble: Trouble, kept: int, now: datetime) -> str:
    """Return what is wrong with a service, what is kept, when it is tried again.

    kept: the orders that wait for it.
    """
    since = clock_words(moment(trouble.since))
    kind = str(trouble.error.get("type"))
    if kind == "ServiceError":
        what = tr("The download service does not answer (error {status}, since {time}).").format(
            status=trouble.error.get("facts", {}).get("status", "?"), time=since)
    elif kind == "NoConnection":
        what = tr("No connection to the download service since {time}.").format(time=since)
    else:
        return sentence(error_of(trouble.error))
    orders = tr("1 order is kept") if kept == 1 else tr("{count} orders are kept").format(
        count=kept)
    if not trouble.next_attempt:
        return tr("{what} Nothing is lost: {orders} and it is being tried again now.").format(
            what=what, orders=orders)
    return tr("{what} Nothing is lost: {orders} and the next attempt is {when}.").format(
        what=what, orders=orders, when=in_words(moment(trouble.next_attempt), now))


def totals_words(speed: float, running: int, waiting: int, paused: int) -> str:
    """Return "2.1 MB/s · 1 running, 2 waiting"; "" if nothing is under way."""
    counts = []
    if running:
        counts.append(tr("{count} running").format(count=running))
    if waiting:
        counts.append(tr("{count} waiting").format(count=waiting))
    if paused:
        counts.append(tr("{count} paused").format(count=paused))
    return DOT.join(filter(None, (speed_words(speed) if speed else "", ", ".join(counts))))


def history_lines(events: Sequence[Event], now: datetime) -> List[str]:
    """Return "09:12:03  Sent to the service" for all that happened to a job."""
    lines = []
    for event in events:
        then = moment(event.time).astimezone()
        day = "" if then.date() == now.astimezone().date() else f"{then:%Y-%m-%d} "
        lines.append(f"{day}{then:%H:%M:%S}  {_event(event)}")
    return lines


def _event(event: Event) -> str:
    facts = event.facts
    if event.kind in ("failed", "waiting"):
        return sentence(error_of(facts))
    text = {
        "added": tr("Added to the downloads"),
        "sending": tr("Sending the order"),
        "ordered": tr("The service has taken the order"),
        "found": tr("The order was found on the service"),
        "unclear": tr("It stayed unclear whether the order has arrived"),
        "again": tr("You asked to try again"),
        "preparing": tr("The service prepares the data"),
        "downloading": tr("The result can be downloaded: {files}, {size}"),
        "file": tr("{name} is here, {size}"),
        "paused": tr("You paused it"),
        "resumed": tr("You let it go on"),
        "unpacked": tr("Unpacked: {files}"),
        "ready": tr("Ready"),
        "opened": tr("Opened on the map"),
        "cancelled": tr("You cancelled it"),
        "taken_back": tr("The order was taken back"),
    }.get(event.kind, event.kind)
    return text.format(**_texts_of(facts))


def _texts_of(facts: Mapping[str, Any]) -> Dict[str, str]:
    files, size = facts.get("files"), facts.get("size")
    return {
        "files": tr("1 file") if files == 1 else tr("{count} files").format(count=files),
        "name": str(facts.get("name", "")),
        "size": size_words(size) if size else tr("size unknown"),
    }
