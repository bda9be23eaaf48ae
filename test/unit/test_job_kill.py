"""Real processes, killed at any moment, against the sandbox: nothing is lost, nothing is twice."""

from __future__ import annotations

import json
import multiprocessing
import os
import random
import signal
import time
import zipfile
from multiprocessing import forkserver
from pathlib import Path

import job_child
import pytest
from sandbox.server import Sandbox

from clms_explorer.core.aoi.area import Area
from clms_explorer.core.cart.item import CartItem
from clms_explorer.core.clms.records import dataset_from_record
from clms_explorer.core.egms.archive import EgmsArchive
from clms_explorer.core.http.config import HttpConfig
from clms_explorer.core.http.session import Http
from clms_explorer.core.jobs.job import State
from clms_explorer.core.jobs.journal import Journal
from clms_explorer.core.jobs.lease import is_running
from clms_explorer.core.jobs.queue import JobQueue
from clms_explorer.core.library.library import SIDE_CAR, Library
from clms_explorer.core.settings import origin

PROCESSES = multiprocessing.get_context("forkserver")
SIZE = 3_000_000
MEMBERS = {
    "Results/clc.tif": random.Random(1).randbytes(SIZE),
    "Results/Legend/clc.qml": b"legend" * 500,
    "readme.txt": b"read me",
}


@pytest.fixture(scope="module")
def sandbox(tmp_path_factory):
    """Return a sandbox whose orders all end in the same archive of 3 MB."""
    archive = tmp_path_factory.mktemp("archive") / "result.zip"
    with zipfile.ZipFile(archive, "w") as file:
        for name, data in MEMBERS.items():
            file.writestr(name, data)

    def build(task):
        copy = archive.with_name(f"{task.id}.zip")
        copy.write_bytes(archive.read_bytes())
        return copy

    with Sandbox(speed=0.0, data=tmp_path_factory.mktemp("none") / "nowhere") as box:
        box.tasks.build = build
        box.archive_size = archive.stat().st_size
        yield box


@pytest.fixture(scope="module", autouse=True)
def quick_processes():
    """Let processes begin with everything imported; the server of processes needs the path."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("PYTHONPATH", str(Path(job_child.__file__).parent))
        PROCESSES.set_forkserver_preload(["job_child"])
        forkserver.ensure_running()


class World:
    """A profile and a download folder, worked on by child processes that may die."""

    def __init__(self, sandbox, folder, user):
        self.sandbox = sandbox
        self.folder = folder
        self.user = user
        self.where = "results/"
        self.token = sandbox.token(user)
        self.downloads = folder / "downloads"
        records = map(
            sandbox.portal_site.catalogue.full, sandbox.portal_site.catalogue.datasets)
        clc = next(item for item in map(dataset_from_record, records)
                   if item.path.endswith("/clc2018"))
        raster = next(one for one in clc.collections if one.format == "Geotiff")
        self.item = CartItem(
            "portal", clc.uid, clc.title, Area.from_bbox(13.1, 38.65, 13.25, 38.75, "Ustica"),
            raster.id, format="Geotiff", crs="EPSG:3035")
        sandbox.requests.clear()
        sandbox.faults.clear()

    def start(self, *items, **spec):
        """Start a child."""
        spec = {"portal": self.sandbox.portal, "egms": self.sandbox.egms, "token": self.token,
                "profile": str(self.folder / "profile"), "downloads": str(self.downloads),
                "order": [item.to_json() for item in items], **spec}
        hear, say = PROCESSES.Pipe(False)
        child = PROCESSES.Process(target=job_child.main, args=(spec, say), daemon=True)
        child.start()
        say.close()
        child.hear = hear
        return child

    def end(self, child):
        """Return how many writes a child made; None if it was killed."""
        child.join(60)
        assert child.exitcode in (0, -signal.SIGKILL)
        return child.hear.recv() if child.exitcode == 0 else None

    def run(self, *items, **spec):
        """Run a child to its end."""
        return self.end(self.start(*items, **spec))

    def until_bytes_arrive(self, child):
        """Wait until a child has something on disk."""
        while not self.part_size():
            assert child.is_alive()
            time.sleep(0.01)

    @property
    def journal(self):
        return Journal(self.folder / "profile" / "jobs.sqlite")

    def job(self):
        job, = self.journal.jobs()
        return job

    def holder(self):
        """Return the process that holds the lease."""
        with self.journal.reading() as connection:
            row = connection.execute("SELECT pid FROM lease").fetchone()
        return row["pid"] if row else None

    def files(self):
        """Return all files in the download folder with their content."""
        return {path.relative_to(self.downloads).as_posix(): path.read_bytes()
                for path in self.downloads.rglob("*") if path.is_file()}

    def posts(self):
        return self.sandbox.requests.to("@datarequest_post")

    def starts(self):
        """Return from which byte on files were asked for, each time."""
        return sorted(start for start, _end in self.sandbox.requests.ranges(self.where))

    def part_size(self):
        sizes = [path.stat().st_size for path in self.downloads.rglob("*.part")]
        return sizes[0] if sizes else None

    def finish(self):
        """Restart until all is done, and answer the one question that may come."""
        self.run()
        if self.job().state is State.UNCLEAR:
            assert len(self.sandbox.tasks.of(self.user)) == 0, "it is there, so why ask"
            queue = JobQueue(self.journal, {}, Library(self.downloads))
            queue.decide(self.job().id, send_again=True)
            self.run()
            return True
        return False

    def check(self):
        """Assert that everything is as if nothing had happened."""
        job = self.job()
        assert job.state is State.READY, (job.state, job.error)
        files = {"/".join(Path(name).parts[2:]): data for name, data in self.files().items()}
        side_car = json.loads(files.pop(SIDE_CAR))
        assert files == MEMBERS
        assert {file["name"]: file["size"] for file in side_car["files"]} == {
            name: len(data) for name, data in MEMBERS.items()}
        assert len(self.sandbox.tasks.of(self.user)) == 1, "one order, whatever happened"
        assert not [path for path in self.downloads.rglob(".*")]
        events = [event.kind for event in self.journal.events(job.id)]
        assert events[0] == "added" and events[-1] == "ready"


@pytest.fixture
def world(sandbox, tmp_path, request):
    return World(sandbox, tmp_path, request.node.name)


@pytest.fixture
def worlds(sandbox, tmp_path):
    """Return a function that makes fresh worlds."""
    def make(name):
        (tmp_path / name).mkdir()
        return World(sandbox, tmp_path / name, name)

    return make


def test_an_uneventful_run(world):
    assert world.run(world.item) > 6
    world.check()
    assert len(world.posts()) == 1
    assert world.sandbox.requests.ranges("results/") == [(0, world.sandbox.archive_size)]


@pytest.mark.parametrize("moment", ["before_write", "after_write"])
def test_killed_at_every_write_to_the_journal(worlds, moment):
    writes = worlds("reference").run(worlds("uneventful").item)
    asked = []
    for number in range(1, writes + 1):
        world = worlds(f"{moment} {number}")
        world.run(world.item, die={moment: number})
        kept = world.part_size()
        if world.finish():
            asked.append(number)
        world.check()
        assert len(world.posts()) == 1
        assert world.starts() in ([0], [0, kept]), "no byte on disk is asked for again"
    # Only between "about to send" and the sending itself can nobody tell.
    assert len(asked) == (1 if moment == "after_write" else 0)


def test_killed_after_each_write_in_turn(world):
    world.run(world.item, die={"after_write": 1})
    for _ in range(60):
        if world.run(die={"after_write": 4}) is not None:
            break
    world.finish()
    world.check()
    assert len(world.posts()) == 1


@pytest.mark.parametrize("seed", range(4))
def test_killed_at_random_bytes_of_the_download(world, seed):
    """The second kill comes in the rest of the file, the third in the rest of that."""
    chance = random.Random(seed)
    items, sizes = [world.item], []
    for _ in range(3):
        have = world.part_size() or 0
        limit = chance.randrange(have + 1, world.sandbox.archive_size)
        assert world.run(*items, die={"received": limit}) is None
        sizes.append(world.part_size())
        assert sizes[-1] >= limit
        items = []
    world.finish()
    world.check()
    assert world.starts() == [0, *sizes], "each time from the first byte that was missing"
    assert len(world.posts()) == 1


def test_killed_from_outside_while_bytes_arrive(world):
    world.sandbox.faults.add("results/", "slow", times=None, rate=2_000_000)
    child = world.start(world.item)
    world.until_bytes_arrive(child)
    child.kill()
    child.join()
    kept = world.part_size()
    world.sandbox.faults.clear()
    world.finish()
    world.check()
    assert world.starts() == [0, kept]


@pytest.mark.parametrize("look", [1, 2, 3, 5, 8])
def test_killed_while_unpacking(world, look):
    assert world.run(world.item, die={"look": look}) is None
    assert world.job().state is State.DOWNLOADING
    world.finish()
    world.check()
    assert world.starts() == [0], "not downloaded again"


@pytest.mark.parametrize("number", range(1, 6))
def test_killed_before_a_file_gets_its_name(world, number):
    assert world.run(world.item, die={"replace": number}) is None
    kept = world.part_size()
    world.finish()
    world.check()
    # The first renaming is that of the note beside the part: nothing has been kept by then.
    assert world.starts() == ([0, 0] if kept == 0 else [0])


def test_killed_while_the_service_works_on_the_order(world):
    world.sandbox.tasks.hold = True
    try:
        world.run(world.item, until="ordered")
        assert world.job().state is State.ORDERED
    finally:
        world.sandbox.tasks.hold = False
    world.finish()
    world.check()
    assert len(world.posts()) == 1


def test_an_order_whose_answer_was_cut_is_found_and_not_sent_again(world):
    world.sandbox.faults.add("@datarequest_post", "drop")
    world.run(world.item)
    world.check()
    assert len(world.posts()) == 1


def test_an_order_that_the_processing_refused_but_kept_is_not_sent_again(world):
    """500 "all requests failed", and yet the task goes on and ends well."""
    world.sandbox.faults.add("@datarequest_post", "fme_refuses", later="finish")
    world.run(world.item)
    world.check()
    assert len(world.posts()) == 1


def test_a_disk_that_is_full_for_a_while(world):
    """The limit is the system's own, so the failing write is a real one."""
    world.run(world.item, largest_file=1_000_000)
    job = world.job()
    assert (job.state, job.paused) == (State.DOWNLOADING, True)
    assert (job.error["type"], job.error["reason"]) == ("DiskFull", "full")
    assert job.received == world.part_size() == 1_000_000, "what has arrived is kept"

    JobQueue(world.journal, {}, Library(world.downloads)).resume(job.id)
    world.finish()
    world.check()
    assert world.starts() == [0, 1_000_000]


def test_a_disk_that_is_full_while_unpacking(world):
    world.run(world.item, die={"look": 1})
    world.run(largest_file=1_000_000)
    job = world.job()
    assert (job.state, job.paused) == (State.DOWNLOADING, True)
    assert job.error["type"] == "DiskFull"

    JobQueue(world.journal, {}, Library(world.downloads)).resume(job.id)
    world.finish()
    world.check()
    assert world.starts() == [0]


@pytest.fixture
def ustica(world):
    """Return a cart item of some files of the EGMS archive."""
    origins = frozenset({origin(world.sandbox.egms)})
    archive = EgmsArchive(
        Http(HttpConfig(first_pause=0.0), origins), world.sandbox.egms,
        job_child.Tokens(world.token))
    area = Area.from_bbox(13.14, 38.68, 13.19, 38.73, "Ustica")
    hits = archive.search(area, ["L3"], ["2020-2024"])
    assert len(hits) >= 2
    world.where = "/download/"
    world.sandbox.requests.clear()
    return CartItem("egms", "egms-l3", "EGMS Ortho", area,
                    files=tuple(hit.to_json() for hit in hits))


def test_egms_files_killed_on_their_way(world, ustica):
    sizes = {file["filename"]: file["size"] for file in ustica.files}
    assert world.run(ustica, die={"received": 10_000}) is None
    kept = [path.stat().st_size for path in world.downloads.rglob("*.part")]
    assert kept
    world.run()

    job = world.job()
    assert job.state is State.READY
    assert {Path(result).name: Path(result).stat().st_size for result in job.results} == sizes
    assert {Path(result).parent for result in job.results} \
        == {world.downloads / "EGMS" / "L3 2020-2024"}
    resumed = [start for start in world.starts() if start]
    assert sorted(resumed) == sorted(size for size in kept if size), "no byte twice"
    assert len(Library(world.downloads).entries()[0].files) == len(sizes)


def test_egms_files_that_are_there_are_not_fetched_again(world, ustica):
    world.run(ustica)
    world.sandbox.requests.clear()
    world.run(ustica)
    assert [job.state for job in world.journal.jobs()] == [State.READY, State.READY]
    assert world.starts() == [] and len(Library(world.downloads).entries()) == 1


def test_two_processes_share_the_work_and_do_nothing_twice(world):
    other = world.item.with_options(area=Area.from_bbox(13.3, 38.0, 13.4, 38.1, "Palermo"))
    world.sandbox.faults.add("results/", "slow", times=None, rate=6_000_000)
    children = [world.start(world.item), world.start(other)]
    for child in children:
        assert world.end(child)
    assert [job.state for job in world.journal.jobs()] == [State.READY, State.READY]
    assert len(world.posts()) == len(world.sandbox.tasks.of(world.user)) == 2
    sent = sum(end - start for start, end in world.sandbox.requests.ranges("results/"))
    assert sent == 2 * world.sandbox.archive_size


def test_a_second_process_goes_on_when_the_first_dies(world):
    world.sandbox.faults.add("results/", "slow", times=None, rate=2_000_000)
    first = world.start(world.item)
    world.until_bytes_arrive(first)
    second = world.start()
    first.kill()
    first.join()
    assert not is_running(first.pid)
    assert world.end(second)
    world.check()
    assert len(world.posts()) == 1


def test_a_process_that_was_asleep_does_not_act_beside_its_successor(world):
    """Stopped like a notebook with its lid closed; meanwhile the lease has been taken."""
    world.sandbox.faults.add("results/", "slow", times=None, rate=1_000_000)
    first = world.start(world.item)
    world.until_bytes_arrive(first)
    os.kill(first.pid, signal.SIGSTOP)
    with world.journal.write() as connection:
        connection.execute("UPDATE lease SET beat = beat - 1000")
    second = world.start()
    while world.holder() != second.pid:
        assert second.is_alive()
        time.sleep(0.01)
    os.kill(first.pid, signal.SIGCONT)
    world.sandbox.faults.clear()
    for child in (first, second):
        assert world.end(child)
    world.check()
    assert len(world.posts()) == 1
