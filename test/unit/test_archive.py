"""Archives from elsewhere: what is good is unpacked whole, what is bad leaves nothing behind."""

from __future__ import annotations

import io
import shutil
import stat
import struct
import zipfile

import pytest

from clms_explorer.core.errors import Cancelled, DiskFull, FileBroken
from clms_explorer.core.http import archive
from clms_explorer.core.http.archive import Limits, check_zip, unzip
from sandbox.results import spoil_archive


def never():
    return False


def ignore(_share):
    return None


@pytest.fixture()
def make(tmp_path):
    """Return a function that packs {name: content} into order.zip."""
    def pack(members, compression=zipfile.ZIP_DEFLATED):
        path = tmp_path / "order.zip"
        with zipfile.ZipFile(path, "w", compression) as target:
            for name, content in members.items():
                target.writestr(name, content)
        return path
    return pack


@pytest.fixture()
def folder(tmp_path):
    return tmp_path / "library" / "CORINE Land Cover 2018"


def left_behind(folder):
    return sorted(path.name for path in folder.parent.rglob("*")) if folder.parent.exists() else []


def packed(members):
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as target:
        for name, content in members.items():
            target.writestr(name, content)
    return stream.getvalue()


def test_an_order_is_unpacked_with_its_folders(make, folder):
    path = make({"Results/clc/clc.tif": b"raster", "Results/clc/clc.xml": b"<x/>",
                 "Results/empty/": b""})
    shares = []
    found = unzip(path, folder, never, shares.append)
    assert found == [folder / "Results" / "clc" / "clc.tif", folder / "Results/clc/clc.xml"]
    assert found[0].read_bytes() == b"raster"
    assert shares == sorted(shares) and shares[-1] == 1
    assert [path.name for path in folder.parent.iterdir()] == [folder.name]


def test_archives_in_the_archive_are_unpacked_too(make, folder):
    """Prepackaged files come as the original archives inside one archive."""
    inner = packed({"DATA/u2018_clc2018.tif": b"raster", "Legend/clc.clr": b"1 2 3"})
    path = make({"Results/u2018_clc2018_v2020_20u1_raster100m.zip": inner})
    names = [str(one.relative_to(folder)) for one in unzip(path, folder, never, ignore)]
    stem = "Results/u2018_clc2018_v2020_20u1_raster100m"
    assert names == [f"{stem}/DATA/u2018_clc2018.tif", f"{stem}/Legend/clc.clr"]


def test_an_archive_beside_a_folder_of_its_name(make, folder):
    path = make({"a.zip": packed({"x.tif": b"inner"}), "a/x.tif": b"outer"})
    contents = {one.read_bytes() for one in unzip(path, folder, never, ignore)}
    assert contents == {b"inner", b"outer"}


def test_again_after_a_crash_gives_the_same_files(make, folder):
    path = make({"Results/clc.tif": b"raster"})
    work = folder.with_name(f".{folder.name}.unpacking")
    work.mkdir(parents=True)
    (work / "half a file").write_bytes(b"ras")
    first = unzip(path, folder, never, ignore)
    before = first[0].stat().st_mtime_ns
    assert unzip(path, folder, never, ignore) == first
    assert first[0].stat().st_mtime_ns == before, "an equal file may be open: leave it alone"
    assert left_behind(folder) == ["CORINE Land Cover 2018", "Results", "clc.tif"]


def test_what_the_user_has_put_there_stays(make, folder):
    folder.mkdir(parents=True)
    (folder / "my notes.txt").write_text("mine")
    (folder / "clc.tif").write_bytes(b"older")
    unzip(make({"clc.tif": b"newer"}), folder, never, ignore)
    assert (folder / "my notes.txt").read_text() == "mine"
    assert (folder / "clc.tif").read_bytes() == b"newer"


def test_names_that_not_every_system_allows_become_plain(make, folder):
    path = make({"Cover Fraction: Built-up .tif": b"1", "Results\\win\\clc.tif": b"2",
                 "./here.txt": b"3", "São Miguel.xml": b"4"})
    names = {str(one.relative_to(folder)) for one in unzip(path, folder, never, ignore)}
    assert names == {"Cover Fraction_ Built-up .tif", "Results/win/clc.tif", "here.txt",
                     "São Miguel.xml"}


@pytest.mark.parametrize("name", [
    "../outside.txt", "a/../../outside.txt", "/etc/outside.txt", "..\\outside.txt",
    "C:\\outside.txt", "C:outside.txt", "//server/share.txt", "a//b.txt", "a/.. /b.txt", "NUL",
    "a/con.txt", "LPT1", "a\x07b", "a/...", "..", "/"])
def test_a_name_that_could_leave_the_folder_is_refused(make, folder, tmp_path, name):
    path = make({"good.tif": b"1", name: b"must not be written"})
    with pytest.raises(FileBroken) as caught:
        unzip(path, folder, never, ignore)
    assert (caught.value.reason, caught.value.facts["name"]) == ("unsafe", "order.zip")
    assert left_behind(folder) == []
    assert not list(tmp_path.rglob("outside.txt"))


@pytest.mark.parametrize("what, reason", [
    ("crc", "crc"), ("slip", "unsafe"), ("absolute", "unsafe"), ("link", "unsafe"),
    ("bomb", "bomb")])
def test_the_bad_archives_of_the_sandbox(make, folder, what, reason):
    path = make({"Results/clc.tif": b"raster" * 10_000})
    spoil_archive(path, what)
    with pytest.raises(FileBroken) as caught:
        unzip(path, folder, never, ignore)
    assert caught.value.reason == reason
    assert left_behind(folder) == []


@pytest.mark.parametrize("kind", [stat.S_IFLNK, stat.S_IFIFO, stat.S_IFCHR])
def test_only_files_and_folders_are_taken(make, folder, kind):
    path = make({"good.tif": b"1"})
    with zipfile.ZipFile(path, "a") as target:
        member = zipfile.ZipInfo("special")
        member.create_system, member.external_attr = 3, (kind | 0o777) << 16
        target.writestr(member, "/etc/passwd")
    with pytest.raises(FileBroken) as caught:
        unzip(path, folder, never, ignore)
    assert caught.value.reason == "unsafe"


@pytest.mark.filterwarnings("ignore:Duplicate name")
@pytest.mark.parametrize("one, other", [
    ("clc.tif", "clc.tif"), ("clc.tif", "CLC.TIF"), ("a\\clc.tif", "a/clc.tif"), ("a", "a/b")])
def test_two_files_for_one_place_are_refused(tmp_path, folder, one, other):
    path = tmp_path / "order.zip"
    with zipfile.ZipFile(path, "w") as target:
        target.writestr(one, b"first")
        target.writestr(other, b"second")
    with pytest.raises(FileBroken) as caught:
        unzip(path, folder, never, ignore)
    assert caught.value.reason == "unsafe"


@pytest.mark.filterwarnings("ignore:Duplicate name")
def test_the_same_file_twice_is_one_file(tmp_path, folder):
    path = tmp_path / "order.zip"
    with zipfile.ZipFile(path, "w") as target:
        target.writestr("metadata.xml", b"<same/>")
        target.writestr("metadata.xml", b"<same/>")
    assert [one.name for one in unzip(path, folder, never, ignore)] == ["metadata.xml"]


def test_limits(make, folder):
    path = make({"zeros.tif": bytes(1_000_000), "more.tif": bytes(1_000_000)})
    for limits in (Limits(free=1_500_000, ratio=10), Limits(total=1_999_999), Limits(members=1)):
        with pytest.raises(FileBroken) as caught:
            unzip(path, folder, never, ignore, limits)
        assert caught.value.reason == "bomb"
    assert len(unzip(path, folder, never, ignore, Limits(free=2_000_000, ratio=1))) == 2


def test_bombs_within_archives_count_together(make, folder):
    inner = packed({"zeros.tif": bytes(600_000)})
    path = make({"1.zip": inner, "2.zip": inner})
    with pytest.raises(FileBroken) as caught:
        unzip(path, folder, never, ignore, Limits(total=2_000_000))
    assert caught.value.reason == "bomb"
    assert left_behind(folder) == []


def test_archives_in_archives_in_archives_end(make, folder):
    data = packed({"clc.tif": b"raster"})
    for level in range(6):
        data = packed({f"level{level}.zip": data})
    found = unzip(make({"top.zip": data}), folder, never, ignore)
    assert [one.suffix for one in found] == [".zip"]


def test_a_size_that_lies_does_not_get_through(make, folder):
    """The directory says 10 bytes; the content is a megabyte."""
    path = make({"clc.tif": bytes(1_000_000)})
    data = bytearray(path.read_bytes())
    for mark, at in ((b"PK\x03\x04", 22), (b"PK\x01\x02", 24)):
        struct.pack_into("<I", data, data.index(mark) + at, 10)
    path.write_bytes(data)
    with pytest.raises(FileBroken) as caught:
        unzip(path, folder, never, ignore)
    assert caught.value.reason == "crc"
    assert left_behind(folder) == []


def test_too_little_room(make, folder, monkeypatch):
    path = make({"clc.tif": bytes(1_000_000)})
    usage = shutil.disk_usage("/")._replace(free=999_999)
    monkeypatch.setattr(archive.shutil, "disk_usage", lambda _folder: usage)
    with pytest.raises(DiskFull) as caught:
        unzip(path, folder, never, ignore)
    assert (caught.value.reason, caught.value.facts["needed"]) == ("full", 1_000_000)
    assert left_behind(folder) == []


def test_stop_leaves_nothing(make, folder):
    path = make({"clc.tif": bytes(5_000_000)}, zipfile.ZIP_STORED)
    asked = []
    with pytest.raises(Cancelled):
        unzip(path, folder, lambda: asked.append(1) or len(asked) > 3, ignore)
    assert left_behind(folder) == []


def test_encrypted_archives_cannot_be_read(make, folder):
    path = make({"clc.tif": b"raster"})
    data = bytearray(path.read_bytes())
    for mark, at in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        data[data.index(mark) + at] |= 1
    path.write_bytes(data)
    for work in (lambda: check_zip(path), lambda: unzip(path, folder, never, ignore)):
        with pytest.raises(FileBroken) as caught:
            work()
        assert (caught.value.reason, caught.value.detail) == ("zip", "encrypted")


class TestCheck:
    def test_a_good_one(self, make):
        check_zip(make({"a.tif": b"raster" * 1000, "b.tif": b""}))

    def test_cut_off_anywhere(self, make):
        path = make({"a.tif": b"raster" * 1000, "b.tif": b"more"})
        whole = path.read_bytes()
        for length in range(0, len(whole), 7):
            path.write_bytes(whole[:length])
            with pytest.raises(FileBroken):
                check_zip(path)

    def test_any_damaged_byte_of_the_content(self, make):
        path = make({"a.tif": bytes(range(256)) * 8}, zipfile.ZIP_STORED)
        whole = path.read_bytes()
        start = whole.index(bytes(range(256)))
        for at in range(start, start + 2048, 97):
            damaged = bytearray(whole)
            damaged[at] ^= 1
            path.write_bytes(damaged)
            with pytest.raises(FileBroken) as caught:
                check_zip(path)
            assert caught.value.reason == "crc"

    def test_any_damaged_byte_at_all_gives_no_traceback(self, make):
        path = make({"a.tif": b"raster" * 50})
        whole = path.read_bytes()
        for at in range(len(whole)):
            damaged = bytearray(whole)
            damaged[at] ^= 0xFF
            path.write_bytes(damaged)
            try:
                check_zip(path)
            except FileBroken as err:
                assert err.reason in ("zip", "crc", "empty")

    def test_no_zip_at_all(self, tmp_path):
        path = tmp_path / "page.zip"
        for content in (b"", b"<html></html>", b"PK\x03\x04", bytes(1000)):
            path.write_bytes(content)
            with pytest.raises(FileBroken) as caught:
                check_zip(path)
            assert caught.value.reason == "zip"
        with pytest.raises(FileBroken):
            check_zip(tmp_path / "not there.zip")

    def test_an_empty_one(self, make, folder):
        for work in (check_zip, lambda path: unzip(path, folder, never, ignore)):
            with pytest.raises(FileBroken) as caught:
                work(make({}))
            assert caught.value.reason == "empty"
