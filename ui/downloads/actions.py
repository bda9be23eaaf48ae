"""What can be done with a job: as icons in its row, as buttons below it, in its menu."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Tuple

from qgis.PyQt.QtCore import QCoreApplication
from qgis.PyQt.QtGui import QPalette

from ...core.jobs.job import Job, State
from .. import look
from .groups import Group

_KEY = ("KeyMissing", "KeyRefused")


@dataclass(frozen=True)
class Action:
    """name: what the list's signal carries. icon: of the QGIS theme, "" for none."""

    name: str
    icon: str
    text: str


def tr(text: str) -> str:
    """Return the translation of a text of this module."""
    return QCoreApplication.translate("Downloads", text)


def action(name: str) -> Action:
    """Return an action by its name."""
    icon, text = {
        "pause": ("mIconTimerPause", tr("Pause")),
        "resume": ("mActionPlay", tr("Go on")),
        "cancel": ("mTaskCancel", tr("Cancel…")),
        "remove": ("mTaskCancel", tr("Take off the list")),
        "first": ("mActionArrowUp", tr("First in line")),
        "zoom": ("mActionZoomToLayer", tr("Zoom to it on the map")),
        "open": ("mActionAddLayer", tr("Open on the map")),
        "folder": ("mIconFolderOpen", tr("Show the folder")),
        "retry": ("mActionRefresh", tr("Try again")),
        "send_again": ("mActionRefresh", tr("Send again")),
        "look_again": ("mActionRefresh", tr("Look again")),
        "import_key": ("mIconCertificate", tr("Import key file…")),
        "history": ("mIconInfo", tr("What happened")),
    }[name]
    return Action(name, icon, text)


def seen_icon(name: str, palette: QPalette) -> str:
    """Return the name of an icon that is seen on the background of a palette.

    The pause of the default theme is black, and no other theme of QGIS has one of its own.
    """
    return "mTaskOnHold" if name == "mIconTimerPause" and look.is_dark(palette) else name


def icons_of(job: Job, group: Group, is_queued: bool) -> Tuple[Action, ...]:
    """Return the icons at the right end of a row, from left to right.

    is_queued: the job waits for its turn, so it can be put first.
    """
    if group is Group.DONE:
        names = {State.OPENED: ("zoom", "folder"), State.READY: ("open", "folder")}.get(
            job.state, ("remove",))
    elif job.state.final:
        names = ("remove",)
    elif group is Group.NEEDS_YOU or group is Group.WAITING:
        names = ("cancel",)
    elif job.paused:
        names = ("resume", "cancel")
    elif is_queued:
        names = ("first", "cancel")
    elif job.state is State.DOWNLOADING:
        names = ("pause", "cancel")
    else:
        names = ("cancel",)
    return tuple(map(action, names))


def buttons_of(job: Job, group: Group) -> Tuple[Action, ...]:
    """Return the buttons below the sentence of a job that needs the user."""
    if group is not Group.NEEDS_YOU:
        return ()
    if job.state is State.UNCLEAR:
        names = ("send_again", "look_again")
    elif job.error.get("type") in _KEY:
        names = ("import_key", "retry")
    else:
        names = ("retry", "history")
    return tuple(map(action, names))


def menu_of(job: Job, group: Group, is_queued: bool) -> Tuple[Action, ...]:
    """Return all that can be done: what the row paints, and what it has no room for."""
    shown = (*buttons_of(job, group), *icons_of(job, group, is_queued))
    names = [one.name for one in shown]
    if job.state.at_work and "pause" not in names and "resume" not in names \
            and group is not Group.NEEDS_YOU:
        names.append("resume" if job.paused else "pause")
    if job.state.final and "remove" not in names:
        names.append("remove")
    if "history" not in names:
        names.append("history")
    return tuple(map(action, names))
