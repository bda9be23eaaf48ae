"""Downloads: whatever happens on the way, the file is complete or not there at all."""

from __future__ import annotations

import errno
import hashlib
import json
import os
import shutil
import subprocess
import sys
import threading
import zipfile
from pathlib import Path

import pytest

from clms_explorer.core import files
from clms_explorer.core.errors import (
    Cancelled, DiskFull, FileBroken, FileMissing, LinkExpired, NoConnection, NotAllowed,
    ServiceError,
)
from clms_explorer.core.http import download, part
from clms_explorer.core.http.download import fetch

MEGABYTE = 1 << 20


def serve(sandbox, path):
    """Let the sandbox offer a file as the result of an order; return the link."""
    task = sandbox.tasks.add("somebody", [], refused=True)
    task.job, task.file = int(task.id), path
    return f"{sandbox.results_url}/{task.job}.zip"


@pytest.fixture()
def source(tmp_path):
    """A zip of three megabytes that does not compress."""
    path = tmp_path / "source.zip"
    noise = b"".join(hashlib.sha256(str(n).encode()).digest() for n in range(98304))
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("Results/clc/U2018_CLC2018_V2020_20u1.tif", noise)
    return path


@pytest.fixture()
def link(sandbox, source):
    return serve(sandbox, source)


@pytest.fixture()
def target(tmp_path):
    return tmp_path / "order" / "4104.zip"


def sent(sandbox, link):
    """Return the ranges of bytes that were sent."""
    return sandbox.requests.ranges(link.rpartition("/")[2])


def leave_part(http, sandbox, link, target, after):
    """Let a download break off after so many bytes and nobody go on with it."""
    sandbox.faults.add(link.rpartition("/")[2], "cut", after=after)
    with pytest.raises((FileBroken, NoConnection)):
        fetch(http, link, target, retries=0)
    sandbox.requests.clear()
    assert not target.exists()


def test_a_file_arrives_whole_and_alone_in_its_folder(http, link, source, target):
    seen = []
    assert fetch(http, link, target, received=lambda *now: seen.append(now)) == target
    assert target.read_bytes() == source.read_bytes()
    assert [path.name for path in target.parent.iterdir()] == ["4104.zip"]
    size = source.stat().st_size
    assert seen[-1] == (size, size)
    assert all(now[0] <= later[0] for now, later in zip(seen, seen[1:]))


def test_nothing_is_fetched_twice(http, sandbox, link, source, target):
    fetch(http, link, target)
    sandbox.requests.clear()
    assert fetch(http, link, target, size=source.stat().st_size) == target
    assert len(sandbox.requests) == 0


def test_a_damaged_target_is_replaced(http, link, source, target):
    target.parent.mkdir()
    target.write_bytes(source.read_bytes()[:-100])
    fetch(http, link, target)
    assert target.read_bytes() == source.read_bytes()


@pytest.mark.parametrize("after", [0, 1, 3, 4, 1000, 65536, 65537, 2 * MEGABYTE, 3146000])
def test_a_cut_at_any_byte_is_gone_on_from(http, sandbox, link, source, target, after):
    sandbox.faults.add(link.rpartition("/")[2], "cut", after=after)
    fetch(http, link, target)
    assert target.read_bytes() == source.read_bytes()


@pytest.mark.parametrize("after", [4, 65537, 2 * MEGABYTE])
def test_another_run_moves_only_the_missing_bytes(http, sandbox, link, source, target, after):
    leave_part(http, sandbox, link, target, after)
    kept = target.with_name("4104.zip.part").stat().st_size
    assert kept == after
    fetch(http, link, target)
    assert target.read_bytes() == source.read_bytes()
    assert [first for first, _end in sent(sandbox, link)] == [kept]


def test_many_cuts_are_survived_as_long_as_it_goes_on(http, sandbox, link, source, target):
    sandbox.faults.add(link.rpartition("/")[2], "cut", times=2, after=MEGABYTE + 5)
    fetch(http, link, target, retries=1)
    assert target.read_bytes() == source.read_bytes()


def test_a_line_that_always_breaks_is_given_up_and_the_bytes_are_kept(
        http, sandbox, link, target):
    sandbox.faults.add(link.rpartition("/")[2], "cut", times=None, after=1000)
    with pytest.raises(FileBroken) as caught:
        fetch(http, link, target)
    assert (caught.value.reason, caught.value.facts["kept"]) == ("size", 4000)
    assert caught.value.retryable
    assert target.with_name("4104.zip.part").stat().st_size == 4000


@pytest.mark.parametrize("fault", [
    {"kind": "refuse"}, {"kind": "status", "code": 503},
    {"kind": "status", "code": 429, "retry_after": 0}])
def test_a_fault_that_passes_is_not_noticed(http, sandbox, link, source, target, fault):
    sandbox.faults.add(link.rpartition("/")[2], times=3, **fault)
    fetch(http, link, target)
    assert target.read_bytes() == source.read_bytes()


def test_a_fault_that_stays_is_told(http, sandbox, link, target):
    sandbox.faults.add(link.rpartition("/")[2], "status", times=None, code=503)
    with pytest.raises(ServiceError) as caught:
        fetch(http, link, target)
    assert caught.value.facts["status"] == 503


def test_a_server_without_ranges_sends_all_again(http, sandbox, link, source, target):
    leave_part(http, sandbox, link, target, MEGABYTE)
    sandbox.faults.add(link.rpartition("/")[2], "no_range")
    fetch(http, link, target)
    assert target.read_bytes() == source.read_bytes()


def test_a_wrong_range_is_not_believed(http, sandbox, link, source, target):
    leave_part(http, sandbox, link, target, MEGABYTE)
    sandbox.faults.add(link.rpartition("/")[2], "wrong_range", times=None, shift=1)
    fetch(http, link, target)
    assert target.read_bytes() == source.read_bytes()


def test_a_file_that_has_changed_starts_anew(http, sandbox, link, source, target):
    leave_part(http, sandbox, link, target, MEGABYTE)
    with zipfile.ZipFile(source, "w") as archive:
        archive.writestr("other.txt", "something else" * 100_000)
    os.utime(source, (1, 1))
    fetch(http, link, target)
    assert target.read_bytes() == source.read_bytes()


def test_a_shorter_file_than_what_is_kept_starts_anew(http, sandbox, link, source, target):
    leave_part(http, sandbox, link, target, MEGABYTE)
    note = target.with_name("4104.zip.part.json")
    told = json.loads(note.read_text())
    note.write_text(json.dumps(dict(told, etag="", modified="")))
    with zipfile.ZipFile(source, "w") as archive:
        archive.writestr("small.txt", "something else")
    fetch(http, link, target)
    assert target.read_bytes() == source.read_bytes()


def test_another_address_starts_anew(http, sandbox, link, source, target):
    leave_part(http, sandbox, link, target, MEGABYTE)
    other = serve(sandbox, source)
    fetch(http, other, target)
    assert sent(sandbox, other)[0][0] == 0


def test_a_query_does_not_count_as_another_address_and_is_not_written(
        http, sandbox, link, source, target):
    leave_part(http, sandbox, link + "?id=secret1", target, MEGABYTE)
    assert "secret1" not in target.with_name("4104.zip.part.json").read_text()
    fetch(http, link + "?id=secret2", target)
    assert sent(sandbox, link)[0][0] == MEGABYTE
    assert target.read_bytes() == source.read_bytes()


def test_a_part_without_its_note_is_not_trusted(http, sandbox, link, source, target):
    leave_part(http, sandbox, link, target, MEGABYTE)
    target.with_name("4104.zip.part.json").write_text("{")
    fetch(http, link, target)
    assert target.read_bytes() == source.read_bytes()
    assert sent(sandbox, link)[0][0] == 0


def test_killed_between_the_last_byte_and_the_new_name(http, sandbox, link, source, target):
    leave_part(http, sandbox, link, target, MEGABYTE)
    target.with_name("4104.zip.part").write_bytes(source.read_bytes())
    fetch(http, link, target)
    assert target.read_bytes() == source.read_bytes()
    assert len(sandbox.requests) == 0


@pytest.mark.parametrize("code", [403, 404, 410])
def test_an_expired_link_keeps_what_has_arrived(http, sandbox, link, source, target, code):
    leave_part(http, sandbox, link, target, MEGABYTE)
    sandbox.faults.add(link.rpartition("/")[2], "expired", code=code)
    with pytest.raises(LinkExpired) as caught:
        fetch(http, link, target, size=source.stat().st_size)
    assert caught.value.facts["kept"] == MEGABYTE
    assert caught.value.facts["size"] == source.stat().st_size
    assert target.with_name("4104.zip.part").stat().st_size == MEGABYTE


@pytest.mark.parametrize("code, error", [
    (401, NotAllowed), (403, NotAllowed), (404, FileMissing), (410, FileMissing)])
def test_files_of_an_api_are_asked_for_with_a_token(http, sandbox, target, code, error):
    sandbox.faults.add("/archive/x.zip", "status", code=code)
    with pytest.raises(error):
        fetch(http, sandbox.portal + "/archive/x.zip", target, token=sandbox.token())


def test_a_result_link_never_sees_the_token(http, sandbox, link, target):
    fetch(http, link, target, token=sandbox.token())
    assert not any(entry.authorized for entry in sandbox.requests)


@pytest.mark.parametrize("fault", [
    {"kind": "html"}, {"kind": "type", "type": "application/json"},
    {"kind": "type", "type": "text/html; charset=utf-8"}])
def test_something_else_than_a_file_is_not_written(http, sandbox, link, target, fault):
    sandbox.faults.add(link.rpartition("/")[2], times=None, **fault)
    with pytest.raises(FileBroken) as caught:
        fetch(http, link, target)
    assert (caught.value.reason, caught.value.facts["name"]) == ("type", "4104.zip")
    assert list(target.parent.iterdir()) == []


def test_something_else_does_not_cost_what_is_kept(http, sandbox, link, source, target):
    leave_part(http, sandbox, link, target, MEGABYTE)
    sandbox.faults.add(link.rpartition("/")[2], "html")
    with pytest.raises(FileBroken):
        fetch(http, link, target)
    fetch(http, link, target)
    assert sent(sandbox, link)[-1][0] == MEGABYTE


def test_a_text_that_calls_itself_zip_is_no_zip(http, sandbox, source, target):
    source.write_text('{"status": false, "message": "Please log in"}')
    with pytest.raises(FileBroken) as caught:
        fetch(http, serve(sandbox, source), target)
    assert caught.value.reason == "type"


def test_an_empty_file_is_no_file(http, sandbox, source, target):
    source.write_bytes(b"")
    with pytest.raises(FileBroken) as caught:
        fetch(http, serve(sandbox, source), target)
    assert caught.value.reason == "empty"


def test_a_file_shorter_than_announced_by_the_portal(http, sandbox, link, source, target):
    """The server says that the file ends here; the portal said how long it is."""
    sandbox.faults.add(link.rpartition("/")[2], "short", times=None, keep=MEGABYTE)
    with pytest.raises(FileBroken) as caught:
        fetch(http, link, target, size=source.stat().st_size)
    assert caught.value.reason == "size"
    sandbox.faults.clear()
    sandbox.requests.clear()
    fetch(http, link, target, size=source.stat().st_size)
    assert target.read_bytes() == source.read_bytes()
    assert sent(sandbox, link)[0][0] == MEGABYTE


def test_a_file_shorter_than_it_is_and_nobody_knows(http, sandbox, link, target):
    sandbox.faults.add(link.rpartition("/")[2], "short", keep=MEGABYTE)
    with pytest.raises(FileBroken) as caught:
        fetch(http, link, target)
    assert caught.value.reason == "zip"
    assert list(target.parent.iterdir()) == []


def test_a_wrong_size_of_the_portal_does_not_spoil_a_good_zip(http, link, source, target):
    for told in (1, source.stat().st_size + 1):
        fetch(http, link, target, size=told)
        assert target.read_bytes() == source.read_bytes()
        target.unlink()


def test_a_damaged_byte_is_found_and_the_next_try_begins_anew(
        http, sandbox, link, source, target):
    sandbox.faults.add(link.rpartition("/")[2], "corrupt", at=MEGABYTE)
    with pytest.raises(FileBroken) as caught:
        fetch(http, link, target)
    assert caught.value.reason == "crc"
    assert list(target.parent.iterdir()) == []
    fetch(http, link, target)
    assert target.read_bytes() == source.read_bytes()


def test_other_files_are_compared_by_size(http, sandbox, tmp_path, target):
    source = tmp_path / "series.csv"
    source.write_text("pid,easting\n" * 1000)
    link, size = serve(sandbox, source), source.stat().st_size
    assert fetch(http, link, target, kind="", size=size).read_bytes() == source.read_bytes()
    assert fetch(http, link, target, kind="") == target
    target.unlink()
    with pytest.raises(FileBroken) as caught:
        fetch(http, link, target, kind="", size=size - 1)
    assert caught.value.reason == "size"
    assert not target.exists()


class TestDisk:
    def test_too_small_for_the_file(self, http, sandbox, link, source, target, monkeypatch):
        usage = shutil.disk_usage("/")._replace(free=1000)
        monkeypatch.setattr(download.shutil, "disk_usage", lambda _folder: usage)
        with pytest.raises(DiskFull) as caught:
            fetch(http, link, target)
        assert caught.value.reason == "full"
        assert caught.value.facts == {
            "folder": str(target.parent), "needed": source.stat().st_size}

    @pytest.mark.skipif(not Path("/dev/full").exists(), reason="no /dev/full here")
    def test_full_on_the_way_keeps_what_has_arrived(
            self, http, sandbox, link, source, target, monkeypatch):
        leave_part(http, sandbox, link, target, MEGABYTE)
        real = open

        def to_a_full_disk(path, mode="r", *args, **kwargs):
            return real("/dev/full" if mode == "ab" and str(path).endswith(".part") else path,
                        mode, *args, **kwargs)

        monkeypatch.setattr("builtins.open", to_a_full_disk)
        with pytest.raises(DiskFull) as caught:
            fetch(http, link, target)
        assert caught.value.reason == "full"
        assert caught.value.facts["needed"] == source.stat().st_size - MEGABYTE
        monkeypatch.undo()
        assert target.with_name("4104.zip.part").stat().st_size == MEGABYTE
        fetch(http, link, target)
        assert target.read_bytes() == source.read_bytes()

    def test_a_folder_that_is_a_file(self, http, link, tmp_path):
        (tmp_path / "order").write_text("in the way")
        with pytest.raises(DiskFull) as caught:
            fetch(http, link, tmp_path / "order" / "4104.zip")
        assert caught.value.reason == "denied"

    def test_reasons(self, tmp_path):
        for number, reason in ((errno.ENOSPC, "full"), (errno.EROFS, "denied")):
            with pytest.raises(DiskFull) as caught:
                with files.disk_errors(tmp_path, 5):
                    raise OSError(number, "no")
            assert (caught.value.reason, caught.value.facts["needed"]) == (reason, 5)


class TestStop:
    def test_a_silent_server_does_not_hold_us_and_the_bytes_are_kept(
            self, http, sandbox, link, source, target):
        sandbox.faults.add(link.rpartition("/")[2], "stall", after=MEGABYTE, delay=60)
        part_file = target.with_name("4104.zip.part")
        asked = []

        def stop():
            asked.append(1)
            return len(asked) > 20 and part_file.exists()

        with pytest.raises(Cancelled):
            fetch(http, link, target, stop=stop)
        assert 0 < part_file.stat().st_size <= MEGABYTE
        fetch(http, link, target)
        assert target.read_bytes() == source.read_bytes()

    def test_while_another_process_has_the_file(self, http, link, target):
        target.parent.mkdir()
        lock = target.with_name("4104.zip.part.lock")
        asked = []
        with part.alone(lock, lambda: False), pytest.raises(Cancelled):
            fetch(http, link, target, stop=lambda: bool(asked) or asked.append(1) is not None)
        assert not target.exists()


class TestTwoAtOnce:
    def test_threads_share_one_transfer(self, http, sandbox, link, source, target):
        paths = []
        threads = [threading.Thread(target=lambda: paths.append(fetch(http, link, target)))
                   for _ in range(4)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert paths == [target] * 4
        assert target.read_bytes() == source.read_bytes()
        assert sum(end - first for first, end in sent(sandbox, link)) == source.stat().st_size
        assert [path.name for path in target.parent.iterdir()] == ["4104.zip"]

    def test_the_lock_of_a_killed_process_does_not_last(self, http, link, source, target):
        target.parent.mkdir()
        lock = target.with_name("4104.zip.part.lock")
        script = (
            "import sys; sys.path.insert(0, sys.argv[1]); import conftest\n"
            "from pathlib import Path\n"
            "from clms_explorer.core.http.part import alone\n"
            "with alone(Path(sys.argv[2]), lambda: False):\n"
            "    print('locked', flush=True); sys.stdin.read()\n")
        tests = Path(__file__).resolve().parents[1]
        with subprocess.Popen([sys.executable, "-c", script, str(tests), str(lock)],
                              stdin=subprocess.PIPE, stdout=subprocess.PIPE) as other:
            assert other.stdout.readline().strip() == b"locked"
            asked = []
            with pytest.raises(Cancelled):
                fetch(http, link, target, stop=lambda: asked.append(1) or len(asked) > 2)
            other.kill()
        assert lock.exists()
        fetch(http, link, target)
        assert target.read_bytes() == source.read_bytes()
