"""From an archive on disk to product files: unpacked whole, or refused whole."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import pytest
from fake_service import QUICK, FakeService, an_item

from clms_explorer.core.errors import FileBroken
from clms_explorer.core.jobs.job import State
from clms_explorer.core.jobs.journal import Change, Journal
from clms_explorer.core.jobs.queue import JobQueue
from clms_explorer.core.library.library import SIDE_CAR, Library


def a_zip(members):
    """Return the bytes of an archive."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as file:
        for name, data in members.items():
            file.writestr(name, data)
    return buffer.getvalue()


GOOD = a_zip({"Results/clc.tif": b"raster", "readme.txt": b"text"})


@pytest.fixture
def service():
    service = FakeService({"4711.zip": GOOD})
    service.unpack = True
    return service


@pytest.fixture
def journal(tmp_path):
    return Journal(tmp_path / "profile" / "jobs.sqlite")


@pytest.fixture
def queue(journal, service, tmp_path):
    return JobQueue(journal, {"fake": service}, Library(tmp_path / "downloads"), QUICK)


def work(queue):
    queue.run(lambda: False, until_idle=True)


def names(folder):
    return sorted(path.relative_to(folder).as_posix()
                  for path in Path(folder).rglob("*") if path.is_file())


def test_an_archive_becomes_its_files(queue, journal):
    job = queue.add(an_item())
    work(queue)
    job = journal.job(job.id)
    assert job.state is State.READY
    assert names(job.folder) == ["Results/clc.tif", SIDE_CAR, "readme.txt"]
    assert [Path(result).relative_to(job.folder).as_posix() for result in job.results] == [
        "Results/clc.tif", "readme.txt"]


def test_several_archives_go_into_one_folder(queue, journal, service):
    service.content = {"1.zip": a_zip({"a.tif": b"a"}), "2.zip": a_zip({"b.tif": b"b"})}
    job = queue.add(an_item())
    work(queue)
    assert names(job.folder) == ["a.tif", "b.tif", SIDE_CAR]
    assert len(journal.job(job.id).results) == 2


@pytest.mark.parametrize("content, reason", [
    (a_zip({"../evil.txt": b"evil"}), "unsafe"), (a_zip({}), "empty"),
    (GOOD[:-30], "zip"), (GOOD.replace(b"raster", b"rustor"), "crc"),
], ids=["slip", "empty", "cut", "damaged"])
def test_a_bad_archive_leaves_nothing_and_can_be_had_anew(
        queue, journal, service, tmp_path, content, reason):
    service.content = {"4711.zip": content}
    job = queue.add(an_item())
    work(queue)
    failed = journal.job(job.id)
    assert failed.state is State.FAILED
    error = queue.error(failed)
    assert isinstance(error, FileBroken) and error.reason == reason
    assert names(tmp_path / "downloads") == []

    service.content = {"4711.zip": GOOD}
    queue.retry(job.id)
    work(queue)
    assert journal.job(job.id).state is State.READY
    assert len(service.orders) == (2 if reason in ("unsafe", "empty") else 1)


def test_an_archive_that_the_user_has_moved_away_is_fetched_again(queue, journal, service):
    job = queue.add(an_item())
    work(queue)
    ready = journal.job(job.id)
    for name in names(ready.folder):
        (Path(ready.folder) / name).unlink()
    journal.change(job.id, lambda _job: Change({"state": State.DOWNLOADING}))
    work(queue)
    assert journal.job(job.id).state is State.READY
    assert "Results/clc.tif" in names(ready.folder)
    assert len(service.orders) == 1


def test_files_beside_the_archive_are_left_alone(queue, journal):
    job = queue.add(an_item())
    notes = Path(job.folder) / "my notes.txt"
    notes.parent.mkdir(parents=True)
    notes.write_text("mine")
    work(queue)
    queue.clear_done()
    work(queue)
    assert notes.read_text() == "mine"
    assert "Results/clc.tif" in names(job.folder)


def test_a_job_cancelled_before_it_is_unpacked_is_not_ready_after_all(queue, journal, service):
    job = queue.add(an_item())
    fetch = service.fetch

    def cancelled_meanwhile(*args):
        path = fetch(*args)
        queue.cancel(job.id)
        return path

    service.fetch = cancelled_meanwhile
    work(queue)
    assert journal.job(job.id).state is State.CANCELLED
    assert not Path(job.folder).exists()
