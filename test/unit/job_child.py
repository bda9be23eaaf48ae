"""What a process does that works on a job queue and dies where it is told.

portal, egms, token: the services. profile, downloads: folders. order: a cart item to add first.
die: {"before_write": n} or {"after_write": n}: at the n-th write to the journal;
{"received": n}: when n bytes of a file are on disk; {"look": n}: at the n-th time that the
unpacking looks whether to stop; {"replace": n}: before the n-th renaming of a file.
largest_file: bytes; the system refuses to write more, as on a full disk.
until: end when a job is in this state; else when the queue is idle.
An uneventful run says how many writes to the journal it made.
"""

from __future__ import annotations

import os
import resource
import signal
import sys
from contextlib import contextmanager
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
import conftest  # noqa: E402,F401 - makes the checkout importable as the package

from clms_explorer.core.cart.item import CartItem  # noqa: E402
from clms_explorer.core.clms.client import PortalClient  # noqa: E402
from clms_explorer.core.clms.service import PortalService  # noqa: E402
from clms_explorer.core.egms.archive import EgmsArchive  # noqa: E402
from clms_explorer.core.egms.service import EgmsService  # noqa: E402
from clms_explorer.core.http import download  # noqa: E402
from clms_explorer.core.http.config import HttpConfig  # noqa: E402
from clms_explorer.core.http.session import Http  # noqa: E402
from clms_explorer.core.jobs import transfer  # noqa: E402
from clms_explorer.core.jobs.journal import Journal  # noqa: E402
from clms_explorer.core.jobs.pauses import Pauses  # noqa: E402
from clms_explorer.core.jobs.queue import JobQueue  # noqa: E402
from clms_explorer.core.library.library import Library  # noqa: E402
from clms_explorer.core.settings import origin  # noqa: E402

PAUSES = Pauses(first=0.02, longest=0.1, finds=(0.05, 0.1), tick=0.01, idle=0.01)


class Tokens:
    """An access token without a key: the login has tests of its own."""

    def __init__(self, text: str) -> None:
        self.text = text

    def token(self, stop, **_more) -> str:
        return self.text

    renew = token


class CountedJournal(Journal):
    """A journal that counts its writes, and dies before or after one of them."""

    writes = 0
    before = after = 0

    @contextmanager
    def write(self, owner="", durable=True):
        self.writes += 1
        number = self.writes
        if number == self.before:
            die()
        with super().write(owner, durable) as connection:
            yield connection
        if number == self.after:
            die()


def die() -> None:
    """End as in a power cut: nothing is tidied up."""
    os.kill(os.getpid(), signal.SIGKILL)


def die_while_receiving(service, limit: int) -> None:
    """Die when so many bytes of a file are on disk; small pieces make for many such moments."""
    download.SMALLEST_PIECE = download.LARGEST_PIECE = 8192
    fetch = service.fetch

    def counted(order, file, folder, received, stop):
        def count(got, size):
            received(got, size)
            if got >= limit:
                die()

        return fetch(order, file, folder, count, stop)

    service.fetch = counted


def die_while_unpacking(limit: int) -> None:
    """Die at the n-th look of the unpacking for its stop."""
    unzip, looks = transfer.unzip, []

    def counted(path, folder, stop, progress):
        def look():
            looks.append(1)
            if len(looks) == limit:
                die()
            return stop()

        return unzip(path, folder, look, progress)

    transfer.unzip = counted


def die_while_renaming(limit: int) -> None:
    """Die before the n-th renaming of a file."""
    replace, count = os.replace, []

    def counted(*args, **options):
        count.append(1)
        if len(count) == limit:
            die()
        return replace(*args, **options)

    os.replace = counted


def main(spec, say) -> None:
    """Work as told; say: one end of a pipe."""
    if "largest_file" in spec:
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        resource.setrlimit(resource.RLIMIT_FSIZE, (spec["largest_file"], resource.RLIM_INFINITY))
    origins = frozenset({origin(spec["portal"]), origin(spec["egms"])})
    http = Http(HttpConfig(first_pause=0.01), origins)
    tokens = Tokens(spec["token"])
    portal = PortalService(PortalClient(http, spec["portal"], tokens), http, poll_seconds=0.05)
    egms = EgmsService(EgmsArchive(http, spec["egms"], tokens), http)
    deaths = spec.get("die", {})
    journal = CountedJournal(Path(spec["profile"]) / "jobs.sqlite")
    services = {"portal": portal, "egms": egms}
    queue = JobQueue(journal, services, Library(Path(spec["downloads"])), PAUSES)
    for item in spec.get("order", ()):
        queue.add(CartItem.from_json(item))
    journal.writes = 0
    journal.before = deaths.get("before_write", 0)
    journal.after = deaths.get("after_write", 0)
    if "received" in deaths:
        for service in services.values():
            die_while_receiving(service, deaths["received"])
    if "look" in deaths:
        die_while_unpacking(deaths["look"])
    if "replace" in deaths:
        die_while_renaming(deaths["replace"])
    wanted = spec.get("until")
    queue.run(
        lambda: any(job.state.value == wanted for job in journal.jobs()) if wanted else False,
        until_idle=True)
    say.send(journal.writes)
