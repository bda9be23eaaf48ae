"""Which jobs belong together: who has to act next."""

from __future__ import annotations

from enum import IntEnum
from typing import AbstractSet, List, Sequence, Tuple

from ...core.jobs.job import Job, State

_AT_SERVICE = (State.WAITING, State.SUBMITTING, State.ORDERED)


class Group(IntEnum):
    """In the order of the list."""

    NEEDS_YOU = 0
    WAITING = 1
    NOW = 2
    DONE = 3


def group_of(job: Job, troubled: AbstractSet[str]) -> Group:
    """Return the group of a job. troubled: the services that do not work at present."""
    if job.state in (State.FAILED, State.UNCLEAR) or (
            job.paused and job.error and job.state.at_work):
        return Group.NEEDS_YOU
    if job.state.final:
        return Group.DONE
    if job.state in _AT_SERVICE and not job.paused and job.order.service in troubled:
        return Group.WAITING
    return Group.NOW


def in_groups(
    jobs: Sequence[Job], troubled: AbstractSet[str]
) -> List[Tuple[Group, List[Job]]]:
    """Return the groups that have jobs: work in the order of the queue, the rest newest first."""
    groups = []
    for group in Group:
        members = [job for job in jobs if group_of(job, troubled) is group]
        if group in (Group.NEEDS_YOU, Group.DONE):
            members.sort(key=lambda job: (job.updated, job.id), reverse=True)
        else:
            members.sort(key=lambda job: (job.rank, job.id))
        if members:
            groups.append((group, members))
    return groups
