"""Orders on their way to files: the queue with a service that does what the test says."""

from __future__ import annotations

import json
import threading
from datetime import datetime, timezone

import pytest
from fake_service import QUICK, FakeService, an_item

from clms_explorer.core.errors import (
    BadAnswer, Cancelled, DiskFull, FileBroken, FileMissing, JournalError, KeyMissing,
    LinkExpired, NoConnection, NotAllowed, OrderFailed, OrderRefused, ServiceError,
)
from clms_explorer.core.jobs.job import State
from clms_explorer.core.jobs.journal import Change, Journal
from clms_explorer.core.jobs.lease import Lease
from clms_explorer.core.jobs.pauses import Pauses
from clms_explorer.core.jobs.queue import JobQueue, job_title
from clms_explorer.core.jobs.records import moment, now_text
from clms_explorer.core.library.library import SIDE_CAR, Library
from clms_explorer.core.ports import RemoteFile, Status


class World:
    """A profile, a download folder and a service, with a queue between them."""

    def __init__(self, folder):
        self.service = FakeService()
        self.path = folder / "profile" / "jobs.sqlite"
        self.library = Library(folder / "downloads")
        self.changes = []
        self.on_change = self.changes.append
        self.restart()

    def restart(self):
        """Begin as after a restart of QGIS: nothing is known but what is on disk."""
        self.journal = Journal(self.path)
        self.queue = JobQueue(self.journal, {"fake": self.service}, self.library, QUICK)

    def add(self, *args, **changes):
        return self.queue.add(an_item(*args, **changes))

    def work(self):
        """Work until nothing is left that goes on by itself."""
        deadline = threading.Event()
        timer = threading.Timer(20, deadline.set)
        timer.start()
        self.queue.run(deadline.is_set, self.on_change, until_idle=True)
        timer.cancel()
        assert not deadline.is_set(), f"not idle: {self.journal.jobs()}"

    def job(self, job):
        return self.journal.job(job.id)

    def kinds(self, job):
        return [event.kind for event in self.journal.events(job.id)]

    def put(self, job, **values):
        """Bring a job into a state as a kill would leave it."""
        self.journal.change(job.id, lambda _job: Change(values))


@pytest.fixture
def world(tmp_path):
    return World(tmp_path)


class Running:
    """The queue at work in another thread, as in QGIS."""

    def __init__(self, world):
        self.stop = threading.Event()
        self.thread = threading.Thread(
            target=world.queue.run, args=(self.stop.is_set, world.changes.append), daemon=True)

    def __enter__(self):
        self.thread.start()
        return self

    def __exit__(self, *_error):
        self.stop.set()
        self.thread.join(20)
        assert not self.thread.is_alive()


def until(condition):
    """Wait for another thread; the time limit only ends a test that fails anyway."""
    pause = threading.Event()
    for _ in range(4000):
        if condition():
            return
        pause.wait(0.005)
    raise AssertionError("the condition never came true")


# The straight way

def test_an_order_becomes_files_in_the_library(world):
    job = world.add()
    assert (job.title, job.state) == ("CORINE Land Cover 2018, São Miguel", State.WAITING)
    world.work()

    job = world.job(job)
    assert job.state is State.READY
    path, = job.results
    with open(path, "rb") as file:
        assert file.read() == world.service.content["clc.tif"]
    assert job.folder.endswith(f"CORINE Land Cover 2018/São Miguel {datetime.now().date()}")
    assert job.received == job.size == 6000
    entry, = world.library.entries()
    assert (entry.dataset, entry.files[0].name, entry.files[0].size) == (
        "uid-clc", "clc.tif", 6000)
    assert world.kinds(job) == [
        "added", "sending", "ordered", "downloading", "file", "unpacked", "ready"]
    assert set(world.changes) == {job.id}

    world.queue.opened(job.id)
    assert world.job(job).state is State.OPENED


def test_the_journal_says_sending_before_the_order_is_sent(world):
    job = world.add()
    seen = []
    submit = world.service.submit

    def look(order, stop):
        other_process = Journal(world.path)
        seen.append(other_process.job(job.id))
        return submit(order, stop)

    world.service.submit = look
    world.work()
    assert seen[0].state is State.SUBMITTING
    assert len(seen[0].fingerprint) == 64 and moment(seen[0].submitted)


def test_all_orders_of_a_service_are_asked_after_with_one_call(world):
    jobs = [world.add(name) for name in ("Pico", "Faial", "Flores")]
    for number, job in enumerate(jobs):
        world.put(job, state=State.ORDERED, handle=f"task-{number}")
    world.work()
    assert world.service.polls[0] == ["task-0", "task-1", "task-2"]
    assert {world.job(job).state for job in jobs} == {State.READY}


def test_no_more_downloads_at_once_than_the_service_allows(world):
    world.service.content = {f"{number}.zip": b"x" * 100 for number in range(7)}
    for name in ("Pico", "Faial"):
        world.add(name)
    world.work()
    assert world.service.most_at_once == 2
    assert all(job.state is State.READY for job in world.journal.jobs())


def test_orders_are_sent_in_the_order_of_the_queue(world):
    names = ("Pico", "Faial", "Flores")
    jobs = [world.add(name) for name in names]
    world.queue.first(jobs[2].id)
    assert [job.item["area"]["properties"]["name"] for job in world.journal.jobs()] == [
        "Flores", "Pico", "Faial"]
    world.work()
    sent = [order.request["area"] for _time, order in world.service.orders.values()]
    assert sent == ["Flores", "Pico", "Faial"]


def test_every_order_has_a_folder_of_its_own(world):
    folders = {world.add().folder for _ in range(3)}
    assert len(folders) == 3


def test_a_folder_can_be_chosen(world, tmp_path):
    job = world.queue.add(an_item(), folder=tmp_path / "elsewhere")
    world.work()
    assert str(tmp_path / "elsewhere") in world.job(job).results[0]


def test_titles_name_what_where_and_when():
    assert job_title(an_item()) == "CORINE Land Cover 2018, São Miguel"
    assert job_title(an_item(start="2024-03-01", end="2025-02-28")).endswith(
        ", 2024-03-01 – 2025-02-28")
    assert job_title(an_item(title="EGMS L2b 117_0227_IW2", files=({},))) \
        == "EGMS L2b 117_0227_IW2"


def test_a_bad_order_is_refused_before_it_is_in_the_queue(world):
    def refuse(_item):
        raise OrderRefused("invalid", "no collection is chosen")

    world.service.order = refuse
    with pytest.raises(OrderRefused):
        world.add()
    assert world.journal.jobs() == []


# States of the service

def test_a_state_that_goes_backwards_confuses_nobody(world):
    job = world.add()
    world.service.statuses.extend([
        Status("queued"), Status("preparing"), Status("queued"), Status("unknown"),
        Status("preparing"), Status("queued")])
    states = []
    world.on_change = lambda job_id: states.append(world.journal.job(job_id).service_state)
    world.work()
    assert world.job(job).state is State.READY
    shown = [state for state in states if state]
    assert shown == sorted(shown, key=["queued", "preparing"].index)
    assert world.kinds(job).count("preparing") == 1


def test_a_result_counts_whatever_the_state_says(world):
    job = world.add()
    world.service.statuses.append(Status("queued", files=(RemoteFile("clc.tif", 6000),)))
    world.work()
    assert world.job(job).state is State.READY


def test_ready_without_files_is_not_ready_yet(world):
    job = world.add()
    world.service.statuses.extend([Status("ready"), Status("ready")])
    world.work()
    assert world.job(job).state is State.READY
    assert "preparing" in world.kinds(job)


@pytest.mark.parametrize("state, reason", [("failed", ""), ("cancelled", "cancelled")])
def test_an_order_that_fails_on_the_service(world, state, reason):
    job = world.add()
    world.service.statuses.append(Status(state, "There was an error"))
    world.work()
    job = world.job(job)
    assert job.state is State.FAILED
    error = world.queue.error(job)
    assert isinstance(error, OrderFailed)
    assert (error.reason, error.detail) == (reason, "There was an error")

    world.queue.retry(job.id)
    world.work()
    assert world.job(job).state is State.READY
    assert len(world.service.orders) == 2, "the user asked for a new order"


def test_an_order_that_the_service_does_not_list_is_the_users_turn(world):
    job = world.add()
    world.service.statuses.extend([Status("unknown")] * 3)
    world.work()
    assert world.job(job).state is State.UNCLEAR
    world.queue.retry(job.id)
    world.work()
    assert world.job(job).state is State.READY
    assert len(world.service.orders) == 1


# Orders whose fate is not known

def test_a_job_found_sending_that_did_arrive_goes_on(world):
    job = world.add()
    world.put(job, state=State.SUBMITTING, submitted=now_text())
    world.service.submit(job.order, lambda: False)
    world.restart()
    world.work()
    assert world.job(job).state is State.READY
    assert world.job(job).handle == "task-1"
    assert len(world.service.orders) == 1
    assert "found" in world.kinds(job)


def test_a_job_found_sending_that_is_not_on_the_service_asks_the_user(world):
    job = world.add()
    world.put(job, state=State.SUBMITTING, submitted=now_text())
    world.restart()
    world.work()
    assert world.job(job).state is State.UNCLEAR
    assert not world.service.orders, "never sent again blindly"

    world.work()
    assert world.job(job).state is State.UNCLEAR

    world.queue.decide(job.id, send_again=True)
    world.work()
    assert world.job(job).state is State.READY
    assert len(world.service.orders) == 1


def test_the_user_can_give_an_unclear_order_up(world):
    job = world.add()
    world.put(job, state=State.UNCLEAR, submitted=now_text())
    world.service.submit(job.order, lambda: False)
    world.queue.decide(job.id, send_again=False)
    world.work()
    assert world.job(job).state is State.CANCELLED
    assert world.service.cancelled == ["task-1"], "had it arrived, it is taken back"


def test_an_unclear_order_can_be_looked_for_again(world):
    job = world.add()
    world.put(job, state=State.UNCLEAR, submitted=now_text())
    world.queue.retry(job.id)
    world.work()
    assert world.job(job).state is State.UNCLEAR
    world.service.submit(job.order, lambda: False)
    world.queue.retry(job.id)
    world.work()
    assert world.job(job).state is State.READY
    assert len(world.service.orders) == 1


def test_an_order_that_shows_late_is_found_without_asking(world):
    job = world.add()
    world.put(job, state=State.SUBMITTING, submitted=now_text())
    world.service.submit(job.order, lambda: False)
    find, looks = world.service.find, []

    def late(order, since, stop):
        looks.append(since)
        return find(order, since, stop) if len(looks) > 2 else []

    world.service.find = late
    world.work()
    assert world.job(job).state is State.READY
    assert len(looks) == 3


def test_orders_of_other_jobs_are_not_taken_for_ours(world):
    first, second = world.add(), world.add()
    assert first.fingerprint == second.fingerprint
    begun = now_text()
    handle = world.service.submit(first.order, lambda: False)
    world.put(first, state=State.ORDERED, handle=handle)
    world.put(second, state=State.SUBMITTING, submitted=begun)
    world.work()
    assert world.job(first).state is State.READY
    assert world.job(second).state is State.UNCLEAR


def test_of_two_equal_orders_on_the_service_none_is_guessed_to_be_ours(world):
    job = world.add()
    world.put(job, state=State.SUBMITTING, submitted=now_text())
    for _ in range(2):
        world.service.submit(job.order, lambda: False)
    world.work()
    job = world.job(job)
    assert job.state is State.UNCLEAR
    assert job.error["facts"] == {"found": 2}


@pytest.mark.parametrize("error", [
    ServiceError(status=502), ServiceError(status=500), NoConnection("timeout"),
    NoConnection("cut"), BadAnswer("html"), RuntimeError("a bug")])
def test_a_failed_call_that_ordered_after_all_is_not_repeated(world, error):
    job = world.add()
    world.service.fail("submit", error, arrived=True)
    world.work()
    assert world.job(job).state is State.READY
    assert len(world.service.orders) == 1


@pytest.mark.parametrize("error", [ServiceError(status=502), NoConnection("timeout")])
def test_a_failed_call_that_left_no_trace_asks_the_user(world, error):
    job = world.add()
    world.service.fail("submit", error)
    world.work()
    assert world.job(job).state is State.UNCLEAR
    assert not world.service.orders


def test_while_the_service_is_out_of_reach_nobody_is_asked(world):
    job = world.add()
    world.put(job, state=State.SUBMITTING, submitted=now_text())
    world.service.submit(job.order, lambda: False)
    world.service.fail("find", *[NoConnection("offline", host="x")] * 5)
    world.work()
    assert world.job(job).state is State.READY
    assert world.journal.troubles() == []


def test_a_duplicate_that_is_ours_is_taken_up(world):
    """The answer was lost, nothing was found, the user sent again: the service knows better."""
    job = world.add()
    world.service.fail("submit", OrderRefused("duplicate"), arrived=True)
    world.work()
    assert world.job(job).state is State.READY


def test_a_duplicate_that_is_not_ours_is_told(world):
    job = world.add()
    world.service.fail("submit", OrderRefused("duplicate", "requested at least twice"))
    world.work()
    error = world.queue.error(world.job(job))
    assert isinstance(error, OrderRefused) and error.reason == "duplicate"


# Orders that certainly were not taken

@pytest.mark.parametrize("error", [
    KeyMissing(), NotAllowed(host="x", status=401), OrderRefused("invalid", "bad area")])
def test_a_refused_order_has_failed_and_can_be_tried_again(world, error):
    job = world.add()
    world.service.fail("submit", error)
    world.work()
    failed = world.job(job)
    assert failed.state is State.FAILED
    assert failed.error["type"] == type(error).__name__
    assert failed.error["detail"] == error.detail

    world.queue.retry(job.id)
    world.work()
    assert world.job(job).state is State.READY
    assert not world.job(job).error
    assert len(world.service.orders) == 1


@pytest.mark.parametrize("error", [
    NoConnection("offline"), NoConnection("proxy"), NoConnection("tls"),
    ServiceError(status=429)])
def test_an_order_that_never_left_waits_for_the_service(world, error):
    job = world.add()
    world.service.fail("submit", error, error, error)
    world.work()
    assert world.job(job).state is State.READY
    assert len(world.service.orders) == 1
    assert "unclear" not in world.kinds(job)


def test_trouble_with_a_service_is_told_with_the_next_attempt(world):
    pauses = Pauses(first=3600, longest=3600, tick=0.005, idle=0.005)
    world.queue = JobQueue(world.journal, {"fake": world.service}, world.library, pauses)
    job = world.add()
    world.service.fail("submit", NoConnection("offline", host="land.test"))
    with Running(world):
        until(world.journal.troubles)
        trouble, = world.journal.troubles()
        assert (trouble.service, trouble.attempts) == ("fake", 1)
        assert trouble.error["facts"] == {"host": "land.test"}
        assert moment(trouble.next_attempt) > datetime.now(timezone.utc)
        assert world.job(job).state is State.WAITING

        world.queue.try_now("fake")
        until(lambda: world.job(job).state is State.READY)
    assert world.journal.troubles() == []


def test_a_service_that_asks_for_a_longer_pause_gets_it():
    pauses = Pauses(first=5, longest=600)
    assert [pauses.after(count, ServiceError()) for count in (1, 2, 3, 50)] == [5, 10, 20, 600]
    assert pauses.after(1, ServiceError(retry_after=90)) == 90
    assert pauses.after(50, ServiceError(retry_after=90)) == 600
    assert pauses.after(1, ServiceError(retry_after=None)) == 5


def test_trouble_while_waiting_for_the_service_costs_no_order(world):
    job = world.add()
    world.service.fail("poll", ServiceError(status=502), KeyMissing(), NotAllowed(status=401))
    world.work()
    assert world.job(job).state is State.READY
    assert len(world.service.orders) == 1


# Downloads

def test_a_broken_connection_goes_on_where_it_broke(world):
    job = world.add()
    world.service.fail("fetch", NoConnection("cut"), ServiceError(status=503))
    world.work()
    assert world.job(job).state is State.READY
    assert world.service.fetched == ["clc.tif:3000", "clc.tif:3000"], "no byte twice"
    assert world.kinds(job).count("waiting") == 2


def test_the_next_attempt_is_told_and_can_be_hurried(world):
    pauses = Pauses(first=3600, longest=3600, tick=0.005, idle=0.005)
    world.queue = JobQueue(world.journal, {"fake": world.service}, world.library, pauses)
    job = world.add()
    world.service.fail("fetch", NoConnection("cut", host="results.test"))
    with Running(world):
        until(lambda: world.job(job).next_attempt)
        waiting = world.job(job)
        assert waiting.state is State.DOWNLOADING
        assert waiting.error["type"] == "NoConnection"
        assert moment(waiting.next_attempt) > datetime.now(timezone.utc)
        world.queue.resume(job.id)
        until(lambda: world.job(job).state is State.READY)
    assert not world.job(job).error


def test_an_expired_link_keeps_what_is_here_until_the_user_orders_anew(world):
    job = world.add()
    world.service.fail("fetch", LinkExpired("", kept=3000, size=6000))
    world.work()
    failed = world.job(job)
    assert failed.state is State.FAILED
    error = world.queue.error(failed)
    assert isinstance(error, LinkExpired) and error.facts == {"kept": 3000, "size": 6000}
    assert failed.received == 3000
    world.work()
    assert len(world.service.orders) == 1, "not ordered again before the user asks"

    world.queue.retry(job.id)
    world.work()
    assert world.job(job).state is State.READY
    assert len(world.service.orders) == 2
    assert world.job(job).handle == "task-2"


def test_parts_of_a_former_order_are_cleared_away(world):
    job = world.add()
    world.service.fail("fetch", LinkExpired("", kept=3000, size=6000))
    world.work()
    world.service.content = {"other.tif": b"another name"}
    world.queue.retry(job.id)
    world.work()
    assert sorted(path.name for path in world.library.entries()[0].folder.iterdir()) == [
        SIDE_CAR, "other.tif"]


def test_a_full_disk_pauses_the_job_until_the_user_has_made_room(world):
    job = world.add()
    world.service.fail("fetch", DiskFull("full", folder="/downloads", needed=3000))
    world.work()
    waiting = world.job(job)
    assert (waiting.state, waiting.paused) == (State.DOWNLOADING, True)
    assert isinstance(world.queue.error(waiting), DiskFull)
    assert waiting.received == 3000

    world.queue.resume(job.id)
    world.work()
    assert world.job(job).state is State.READY
    assert world.service.fetched == ["clc.tif:3000", "clc.tif:3000"]


@pytest.mark.parametrize("error", [
    FileMissing(name="clc.tif"), FileBroken("type", name="clc.tif"), NotAllowed(status=401),
    RuntimeError("token=secret")])
def test_a_download_that_cannot_work_has_failed(world, error):
    job = world.add()
    world.service.fail("fetch", error)
    world.work()
    failed = world.job(job)
    assert failed.state is State.FAILED
    assert "secret" not in str(failed) + str(world.journal.events(job.id))
    world.queue.retry(job.id)
    world.work()
    assert world.job(job).state is State.READY


def test_a_file_that_always_arrives_broken_is_given_up(world):
    job = world.add()
    broken = FileBroken("size", name="clc.tif")
    broken.retryable = True
    world.service.fail("fetch", broken, broken, broken, broken)
    world.work()
    assert world.job(job).state is State.FAILED


def test_files_that_are_on_disk_are_not_fetched_again(world):
    world.add()
    world.work()
    del world.service.fetched[:]
    job = world.add("Pico")
    world.put(job, state=State.ORDERED, handle="x")
    folder = world.journal.jobs()[0].folder
    with world.journal.write() as connection:
        connection.execute("UPDATE jobs SET folder = ? WHERE id = ?", (folder, job.id))
    world.work()
    assert world.job(job).state is State.READY
    assert world.service.fetched == []


# Wishes

def test_a_paused_download_stops_keeps_and_goes_on(world):
    job = world.add()
    world.service.gate.clear()
    with Running(world):
        assert world.service.at_gate.wait(20)
        world.queue.pause(job.id)
        until(lambda: world.job(job).received == 3000)
        until(lambda: not world.service._at_once)
        world.service.gate.set()
        assert world.job(job).state is State.DOWNLOADING
        world.queue.resume(job.id)
        until(lambda: world.job(job).state is State.READY)
    assert world.service.fetched == ["clc.tif:3000", "clc.tif:3000"]
    assert [kind for kind in world.kinds(job) if kind in ("paused", "resumed")] == [
        "paused", "resumed"]


def test_a_cancelled_job_is_taken_back_and_leaves_nothing(world):
    job = world.add()
    world.service.gate.clear()
    with Running(world):
        assert world.service.at_gate.wait(20)
        world.queue.cancel(job.id)
        until(lambda: world.service.cancelled)
        until(lambda: "taken_back" in world.kinds(job))
    assert world.service.cancelled == ["task-1"]
    assert world.job(job).state is State.CANCELLED
    assert isinstance(world.queue.error(world.job(job)), Cancelled)
    assert not (world.library.folder / "CORINE Land Cover 2018").exists()


def test_a_job_that_was_never_sent_is_cancelled_without_a_word_to_the_service(world):
    job = world.add()
    world.queue.cancel(job.id)
    world.work()
    assert world.job(job).state is State.CANCELLED
    assert world.service.cancelled == [] and not world.service.orders


def test_an_order_that_is_cancelled_while_it_is_sent_is_taken_back(world):
    job = world.add()
    submit = world.service.submit

    def slow(order, stop):
        world.queue.cancel(job.id)
        return submit(order, stop)

    world.service.submit = slow
    world.work()
    assert world.job(job).state is State.CANCELLED
    assert world.service.cancelled == ["task-1"]


def test_a_pause_while_the_order_is_sent_is_kept(world):
    job = world.add()
    submit = world.service.submit

    def slow(order, stop):
        world.queue.pause(job.id)
        return submit(order, stop)

    world.service.submit = slow
    world.work()
    assert (world.job(job).state, world.job(job).paused) == (State.ORDERED, True)
    world.queue.resume(job.id)
    world.work()
    assert world.job(job).state is State.READY


def test_a_cancelled_order_that_cannot_be_taken_back_now_is_later(world):
    job = world.add()
    world.put(job, state=State.ORDERED, handle="task-1")
    world.service.fail("cancel", NoConnection("offline"), ServiceError(status=502))
    world.queue.cancel(job.id)
    world.work()
    assert world.service.cancelled == ["task-1"]


def test_a_removed_job_is_gone_and_its_files_stay(world):
    job = world.add()
    world.work()
    result = world.job(job).results[0]
    world.queue.remove(job.id)
    assert world.journal.jobs() == []
    world.work()
    assert world.journal.to_clean() == []
    assert open(result, "rb").read() == world.service.content["clc.tif"]
    assert world.changes[-1] == job.id


def test_a_running_job_cannot_be_removed(world):
    job = world.add()
    world.queue.remove(job.id)
    assert world.job(job).state is State.WAITING


def test_a_failed_job_that_is_removed_leaves_no_parts(world):
    job = world.add()
    world.service.fail("fetch", LinkExpired("", kept=3000, size=6000))
    world.work()
    world.queue.remove(job.id)
    world.work()
    assert not (world.library.folder / "CORINE Land Cover 2018").exists()


def test_wishes_that_make_no_sense_change_nothing(world):
    job = world.add()
    world.work()
    before = world.journal.stamps()
    for wish in (world.queue.pause, world.queue.resume, world.queue.cancel, world.queue.retry):
        wish(job.id)
        wish(4711)
    world.queue.decide(job.id, send_again=True)
    world.queue.first(job.id)
    assert world.journal.stamps() == before


def test_all_at_once(world):
    done = world.add("Pico")
    world.work()
    jobs = [world.add("Faial"), world.add("Flores")]
    world.queue.pause_all()
    assert [world.job(job).paused for job in jobs] == [True, True]
    world.work()
    assert len(world.service.orders) == 1
    world.queue.resume_all()
    world.work()
    world.queue.clear_done()
    assert world.journal.jobs() == []
    assert done.id not in world.journal.stamps()


def test_two_jobs_for_the_same_file_fetch_it_once(world):
    """EGMS files lie together; whoever comes second finds the file."""
    jobs = [world.add("Pico"), world.add("Faial")]
    with world.journal.write() as connection:
        connection.execute("UPDATE jobs SET folder = ?", (jobs[0].folder,))
    world.service.parallel = 1
    world.work()
    assert [world.job(job).state for job in jobs] == [State.READY, State.READY]
    assert world.service.fetched == ["clc.tif:3000", "clc.tif:3000"]


# Several processes

def test_a_second_process_adds_and_watches_while_the_first_works(world):
    second = JobQueue(Journal(world.path), {"fake": FakeService()}, world.library, QUICK)
    world.add("Pico")
    world.service.gate.clear()
    with Running(world):
        assert world.service.at_gate.wait(20)
        job, seen = second.add(an_item("Terceira")), []
        world.service.gate.set()
        second.run(lambda: second.journal.job(job.id).state is State.READY, seen.append)
        assert job.id in seen
    assert len(world.service.orders) == 2


def test_the_second_process_waits_for_the_lease_and_takes_over(world):
    holder = Lease(world.journal)
    holder.hold()
    job = world.add()
    with Running(world):
        until(lambda: job.id in world.changes)
        assert world.job(job).state is State.WAITING
        holder.release()
        until(lambda: world.job(job).state is State.READY)


def test_a_worker_that_loses_the_lease_stops_acting(world):
    job = world.add()
    world.service.gate.clear()
    with Running(world):
        assert world.service.at_gate.wait(20)
        with world.journal.write() as connection:
            connection.execute("UPDATE lease SET owner = 'another', pid = 1, host = 'another'")
        world.service.gate.set()
        until(lambda: not world.service._at_once)
        assert world.job(job).state is State.DOWNLOADING
        assert not world.job(job).files[0].path
    with world.journal.write() as connection:
        connection.execute("DELETE FROM lease")
    world.work()
    assert world.job(job).state is State.READY


def test_a_job_of_a_service_that_this_version_does_not_know_is_left_alone(world):
    job = world.add()
    with world.journal.write() as connection:
        connection.execute("UPDATE jobs SET service = 'of_a_later_version'")
    world.restart()
    world.work()
    assert world.job(job).state is State.WAITING


def test_idle_can_mean_some_jobs_only(world):
    mine, other = world.add("Pico"), world.add("Faial")
    world.service.statuses.extend([Status("preparing")] * 3)
    world.put(other, state=State.ORDERED, handle="never", next_attempt="9999-01-01T00:00:00")
    world.queue.run(lambda: False, until_idle=True, only=[mine.id])
    assert world.job(mine).state is State.READY
    assert world.job(other).state is State.ORDERED


def test_a_journal_that_breaks_ends_the_run_with_its_error(world, monkeypatch):
    def broken():
        raise JournalError("broken")

    world.add()
    monkeypatch.setattr(world.journal, "jobs", broken)
    with pytest.raises(JournalError):
        world.queue.run(lambda: False)


def test_a_journal_that_is_locked_for_a_while_is_waited_for(world, monkeypatch):
    job = world.add()
    jobs, failures = world.journal.jobs, []

    def locked():
        if len(failures) < 3:
            failures.append(1)
            raise JournalError("locked")
        return jobs()

    monkeypatch.setattr(world.journal, "jobs", locked)
    with Running(world):
        until(lambda: world.job(job).state is State.READY)


def test_the_side_car_is_plain_json(world):
    job = world.add()
    world.work()
    with open(f"{world.job(job).folder}/{SIDE_CAR}", encoding="utf-8") as file:
        data = json.load(file)
    assert data["title"].startswith("CORINE") and data["files"] == [
        {"name": "clc.tif", "size": 6000}]
