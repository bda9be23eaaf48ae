"""The journal of jobs: written before anything is done, readable whatever happened."""

from __future__ import annotations

import os
import sqlite3
import threading
from pathlib import Path

import pytest
from fake_service import an_item

from clms_explorer.core.errors import Cancelled, DiskFull, JournalError, LinkExpired, OrderRefused
from clms_explorer.core.jobs.job import JobFile, State
from clms_explorer.core.jobs.journal import Change, Journal
from clms_explorer.core.jobs.lease import SURE, STALE, Lease, held_elsewhere, is_running
from clms_explorer.core.jobs.records import Trouble, error_of, error_record, fingerprint
from clms_explorer.core.jobs.schema import VERSION
from clms_explorer.core.ports import Order

ORDER = Order("portal", {"Datasets": [{"NUTS": "PT20", "OutputGCS": "EPSG:3035"}]})


@pytest.fixture
def path(tmp_path):
    return tmp_path / "profile" / "jobs.sqlite"


@pytest.fixture
def journal(path):
    journal = Journal(path)
    yield journal
    journal.close()


def add(journal, title="CORINE Land Cover 2018, São Miguel", folder="/downloads/clc"):
    return journal.add(title, ORDER, an_item().to_json(), lambda _taken: Path(folder))


def test_a_job_is_the_same_after_a_restart(journal, path):
    job = add(journal)
    files = (JobFile("clc.zip", 100, 40, url="https://results.test/clc.zip"),)
    journal.change(job.id, lambda _job: Change(
        {"state": State.DOWNLOADING, "handle": "4711", "results": ("a", "b"),
         "error": {"type": "NoConnection"}, "paused": True}, "downloading", {"files": 1}, files))
    journal.close()

    again = Journal(path).job(job.id)
    assert (again.title, again.order, again.item) == (job.title, ORDER, job.item)
    assert (again.state, again.handle, again.paused) == (State.DOWNLOADING, "4711", True)
    assert (again.results, again.error) == (("a", "b"), {"type": "NoConnection"})
    assert again.files == files
    assert (again.received, again.size) == (40, 100)
    assert Journal(path).jobs() == [again]


def test_what_happened_is_kept_in_order_with_its_time(journal):
    job = add(journal)
    journal.change(job.id, lambda _job: Change({"paused": True}, "paused"))
    journal.change(job.id, lambda _job: Change({"paused": False}, "resumed", {"by": "hand"}))
    events = journal.events(job.id)
    assert [event.kind for event in events] == ["added", "paused", "resumed"]
    assert events[2].facts == {"by": "hand"}
    assert [event.time for event in events] == sorted(event.time for event in events)
    assert events[0].time.endswith("+00:00")


def test_a_change_that_is_not_wanted_any_more_is_not_made(journal):
    job = add(journal)
    before = journal.stamps()
    assert journal.change(job.id, lambda now: None) is None
    assert journal.change(999, lambda now: Change({"paused": True})) is None
    assert journal.stamps() == before
    changed = journal.change(job.id, lambda now: Change({"paused": not now.paused}))
    assert changed.paused and journal.stamps() != before


def test_a_change_that_fails_half_way_changes_nothing(journal):
    job = add(journal)
    with pytest.raises(TypeError):
        journal.change(job.id, lambda _job: Change({"state": State.READY, "no_such": 1}))
    with pytest.raises(JournalError):
        journal.change(job.id, lambda _job: Change(
            {"state": State.READY}, "ready", {}, (JobFile("x", size=object()),)))
    assert journal.job(job.id) == job
    assert [event.kind for event in journal.events(job.id)] == ["added"]


def test_changes_from_many_threads_are_all_made(journal):
    job = add(journal)

    def count():
        for _ in range(25):
            journal.change(job.id, lambda now: Change({"attempts": now.attempts + 1}),
                           durable=False)

    threads = [threading.Thread(target=count) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert journal.job(job.id).attempts == 100


def test_progress_counts_but_is_no_event(journal):
    job = add(journal)
    lease = Lease(journal)
    assert lease.hold()
    journal.change(job.id, lambda _job: Change({}, files=(JobFile("a.zip", 0), JobFile("b.zip"))))
    before = journal.stamps()
    journal.progress(job.id, "b.zip", 7, 10, lease.owner)
    assert [file.received for file in journal.job(job.id).files] == [0, 7]
    assert journal.job(job.id).files[1].size == 10
    assert journal.stamps() != before
    assert len(journal.events(job.id)) == 1


def test_a_removed_job_is_not_seen_and_its_handle_stays_known(journal):
    job = add(journal)
    journal.change(job.id, lambda _job: Change({"handle": "4711"}))
    journal.change(job.id, lambda _job: Change({"removed": True, "cleanup": True}))
    assert journal.jobs() == [] and journal.stamps() == {}
    assert [known.id for known in journal.to_clean()] == [job.id]
    with pytest.raises(JournalError) as caught:
        journal.job(job.id)
    assert caught.value.reason == "removed"
    lease = Lease(journal)
    lease.hold()
    journal.forget(job.id, lease.owner)
    assert journal.to_clean() == [] and journal.events(job.id) == []
    assert journal.owner_of("portal", "4711") == job.id
    assert journal.owner_of("portal", "4712") is None


def test_ids_are_not_used_twice(journal):
    first = add(journal)
    lease = Lease(journal)
    lease.hold()
    journal.forget(first.id, lease.owner)
    assert add(journal).id > first.id


def test_folders_of_other_jobs_are_taken(journal):
    add(journal, folder="/downloads/clc")
    seen = []
    journal.add("x", ORDER, {}, lambda taken: seen.append(
        (taken(Path("/downloads/clc")), taken(Path("/downloads/dem")))) or Path("/y"))
    assert seen == [(True, False)]


def test_equal_orders_have_one_fingerprint():
    same = Order("portal", {"Datasets": [{"OutputGCS": "EPSG:3035", "NUTS": "PT20"}]})
    other = Order("portal", {"Datasets": [{"OutputGCS": "EPSG:4326", "NUTS": "PT20"}]})
    assert fingerprint(ORDER) == fingerprint(same) != fingerprint(other)
    assert fingerprint(ORDER) != fingerprint(Order("egms", ORDER.request))
    assert len(fingerprint(ORDER)) == 64


def test_errors_survive_as_what_they_were():
    error = error_of(error_record(LinkExpired("", "gone", kept=40, size=64)))
    assert isinstance(error, LinkExpired)
    assert (error.detail, error.facts) == ("gone", {"kept": 40, "size": 64})
    assert isinstance(error_of(error_record(OrderRefused("duplicate"))), OrderRefused)


def test_an_error_of_a_newer_version_is_still_an_error():
    for name in ("FromTheFuture", "Any", "annotations", ""):
        assert type(error_of({"type": name, "reason": "x"})).__name__ == "ClmsError"


def test_an_unexpected_error_does_not_tell_its_text():
    record = error_record(RuntimeError("token=secret"))
    assert record["detail"] == "RuntimeError" and "secret" not in str(record)


def test_the_jobs_that_wait_for_a_service_change_with_its_troubles(journal):
    waiting, ready = add(journal), add(journal, folder="/downloads/other")
    journal.change(ready.id, lambda _job: Change({"state": State.READY}))
    seen = [journal.stamps()]
    journal.set_trouble(Trouble("portal", {"type": "NoConnection"}, "2026", "2027", 1))
    seen.append(journal.stamps())
    journal.hurry("portal")
    seen.append(journal.stamps())
    assert journal.troubles()[0].next_attempt == ""
    journal.clear_trouble("portal")
    seen.append(journal.stamps())
    assert len({stamps[waiting.id] for stamps in seen}) == 4
    assert len({stamps[ready.id] for stamps in seen}) == 1


# The file

def test_a_journal_of_a_newer_version_is_left_alone(path):
    Journal(path).close()
    with sqlite3.connect(path) as connection:
        connection.execute(f"PRAGMA user_version={VERSION + 1}")
    connection.close()
    before = path.read_bytes()
    with pytest.raises(JournalError) as caught:
        Journal(path)
    assert caught.value.reason == "newer"
    assert path.read_bytes() == before


@pytest.mark.parametrize("content", [b"not a database at all, but long enough" * 50, b"\0" * 4096])
def test_a_file_that_is_no_journal_is_left_alone(path, content):
    path.parent.mkdir()
    path.write_bytes(content)
    with pytest.raises(JournalError) as caught:
        Journal(path)
    assert caught.value.reason == "broken"
    assert path.read_bytes() == content


def test_two_processes_may_make_the_journal_at_once(path):
    path.parent.mkdir()
    failed = []

    def make():
        try:
            add(Journal(path))
        except Exception as err:
            failed.append(err)

    threads = [threading.Thread(target=make) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert not failed
    assert len(Journal(path).jobs()) == 8


def test_a_journal_that_another_program_locks_is_said_to_be_locked(journal, path, monkeypatch):
    add(journal)
    monkeypatch.setattr("clms_explorer.core.jobs.schema.BUSY_SECONDS", 0.01)
    blocked = Journal(path)
    blocker = sqlite3.connect(path, isolation_level=None)
    blocker.execute("BEGIN IMMEDIATE")
    with pytest.raises(JournalError) as caught:
        add(blocked)
    assert caught.value.reason == "locked"
    assert len(blocked.jobs()) == 1
    blocker.execute("ROLLBACK")
    blocker.close()
    add(blocked)


def test_a_full_disk_is_said_to_be_full_and_costs_nothing(journal):
    job = add(journal)
    with journal.write() as connection:
        pages = connection.execute("PRAGMA page_count").fetchone()[0]
    with journal.reading() as connection:
        connection.execute(f"PRAGMA max_page_count={pages}")
    with pytest.raises(DiskFull) as caught:
        journal.change(job.id, lambda _job: Change({"message": "x" * 1_000_000}))
    assert caught.value.reason == "full"
    assert journal.job(job.id) == job
    journal.change(job.id, lambda _job: Change({"paused": True}))


def test_a_place_where_nothing_can_be_written(tmp_path):
    (tmp_path / "file").write_text("")
    with pytest.raises(DiskFull) as caught:
        Journal(tmp_path / "file" / "jobs.sqlite")
    assert caught.value.reason == "denied"


# The lease

class Clock:
    def __init__(self):
        self.now = 1_000_000.0

    def __call__(self):
        return self.now


def test_one_holds_the_lease_until_it_is_released(journal):
    one, two = Lease(journal), Lease(journal)
    assert one.hold() and one.is_sure()
    assert not two.hold() and not two.is_sure()
    one.release()
    assert two.hold() and not one.is_sure()


def test_a_holder_that_gives_no_sign_of_life_loses_the_lease(journal):
    clock = Clock()
    one, two = Lease(journal, clock), Lease(journal, clock)
    assert one.hold()
    clock.now += SURE + 1
    assert not one.is_sure(), "it stops by itself before another may take over"
    assert not two.hold()
    clock.now += STALE - SURE
    assert two.hold()
    assert not one.hold()


def test_signs_of_life_keep_the_lease(journal):
    clock = Clock()
    one, two = Lease(journal, clock), Lease(journal, clock)
    for _ in range(20):
        assert one.hold() and one.is_sure()
        assert not two.hold()
        clock.now += 6


def test_a_clock_that_was_set_back_does_not_block_for_ever(journal):
    clock = Clock()
    Lease(journal, clock).hold()
    clock.now -= 3600
    assert Lease(journal, clock).hold()


def test_the_dead_hold_no_lease(journal):
    pid = os.fork()
    if not pid:
        Lease(Journal(journal.path)).hold()
        os._exit(0)
    os.waitpid(pid, 0)
    assert not is_running(pid) and is_running(os.getpid()) and is_running(1)
    assert Lease(journal).hold()


def test_a_late_loser_cannot_write(journal):
    clock = Clock()
    one, two = Lease(journal, clock), Lease(journal, clock)
    job = add(journal)
    one.hold()
    clock.now += STALE + 1
    two.hold()
    with pytest.raises(Cancelled):
        journal.change(job.id, lambda _job: Change({"state": State.SUBMITTING}), one.owner)
    with pytest.raises(Cancelled):
        journal.progress(job.id, "a.zip", 1, 2, one.owner)
    with pytest.raises(Cancelled):
        journal.forget(job.id, one.owner)
    one.release()
    assert two.hold(), "a release by the loser does not end the new lease"
    assert journal.job(job.id).state is State.WAITING
    journal.change(job.id, lambda _job: Change({"state": State.SUBMITTING}), two.owner)


def test_others_see_whether_the_queue_is_worked_on(journal):
    clock = Clock()
    assert not held_elsewhere(journal, clock.now)
    with journal.write() as connection:
        connection.execute("INSERT INTO lease VALUES (1, 'x', 1, 'another-host', ?)", (clock.now,))
    assert held_elsewhere(journal, clock.now)
    assert not held_elsewhere(journal, clock.now + STALE + 1)
