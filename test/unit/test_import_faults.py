"""Bad tables, full disks, cancels and crashes: one clear error, and the store as it was."""

from __future__ import annotations

import os
import signal
import sqlite3
import subprocess
import sys
import zipfile
from collections import namedtuple
from pathlib import Path

import numpy as np
import pytest
from egms_text import (
    DATES,
    L2_COLUMNS,
    L2_NAME,
    L3_NAME,
    l2_row,
    l2_text,
    l3_text,
    write,
    write_zip,
)

from clms_explorer.core.egms import importer, store_files
from clms_explorer.core.egms.importer import import_files
from clms_explorer.core.egms.store import PointStore
from clms_explorer.core.errors import Cancelled, CsvError, DiskFull, FileBroken, StoreError

OTHER = L2_NAME.replace("0282", "0283")
HERE = Path(__file__).resolve().parent
MANY = 20_000
"""Rows of several blocks."""


class Kept:
    """A store with three points that must not change."""

    def __init__(self, folder: Path) -> None:
        self.path = folder / "stores" / "motion.gpkg"
        import_files([write(folder / f"{OTHER}.csv", l2_text(3))], self.path)
        self.before = self.content()

    def content(self):
        return {path.name: path.read_bytes() for path in self.path.parent.iterdir()}

    def check(self):
        assert self.content() == self.before


@pytest.fixture()
def kept(tmp_path):
    return Kept(tmp_path)


def refused(inputs, kept, error):
    """Import, expect an error, and that nothing has changed; return the error."""
    with pytest.raises(error) as caught:
        import_files(inputs, kept.path)
    kept.check()
    return caught.value


# --- tables


@pytest.mark.parametrize("text, reason, line", [
    ("", "empty", 1),
    (f"{L2_COLUMNS},{DATES}\n", "empty", 1),
    (f"{L2_COLUMNS},{DATES}\n\n\n", "empty", 1),
    ("<!DOCTYPE html>\n<html><body>Please log in</body></html>\n", "header", 1),
    ("name,population\nUstica,1300\n", "header", 1),
    ("no line end at all", "header", 1),
    (b"\x00\x01\xff\xfe" * 3000, "header", 1),
    (b"\x89PNG\r\n\x1a\n" + bytes(5000), "header", 1),
    (l2_text(3, header=L2_COLUMNS), "dates", 1),
    (l2_text(3, header=f"{L2_COLUMNS.replace('easting', 'x')},{DATES}"), "column", 1),
    (l2_text(3, header=f"{L2_COLUMNS.replace('los_east', 'x')},{DATES}"), "column", 1),
    (l2_text([l2_row(1), l2_row(2).replace(",0.48", ""), l2_row(3)]), "row", 3),
    (l2_text([l2_row(1), l2_row(2) + ",0.5", l2_row(3)]), "row", 3),
    (l2_text([l2_row(1), l2_row(2).replace("4598620.43", ""), l2_row(3)]), "row", 3),
    (l2_text([l2_row(1), l2_row(2).replace("4598620.43", "1e300"), l2_row(3)]), "row", 3),
    (l2_text([l2_row(1), l2_row(2).replace("3ODTn00002", ""), l2_row(3)]), "row", 3),
    (l2_text([l2_row(1), l2_row(2), l2_row(3, "0.1,0.2,x,0.4")]), "row", 4),
    (l2_text([l2_row(1), l2_row(2), l2_row(3, "0.1,0.2,1.2999999523,0.4")]), "precision", 4),
    (l2_text([l2_row(1), l2_row(2, los_east=-0.6), l2_row(3)]), "mixed", 3),
    (l2_text([l2_row(1), l2_row(2), l2_row(1)]), "mixed", None),
    (l2_text([*map(l2_row, range(MANY)), l2_row(MANY) + ",1", l2_row(1)]), "row", MANY + 2),
    (l2_text([*map(l2_row, range(MANY)), "", l2_row(1, "0.1,0.2,0.3,-")]), "row", MANY + 3),
    (l2_text(3) + "x" * 2_000_000, "row", 5),
], ids=lambda value: str(value)[-30:])
def test_a_bad_table_is_named_with_its_line(tmp_path, kept, text, reason, line):
    error = refused([write(tmp_path / f"{L2_NAME}.csv", text)], kept, CsvError)
    assert (error.reason, error.facts["name"]) == (reason, f"{L2_NAME}.csv")
    assert error.facts.get("line") == line


def test_a_good_table_before_a_bad_one_is_not_kept_either(tmp_path, kept):
    good = write(tmp_path / f"{L2_NAME.replace('0282', '0284')}.csv", l2_text(10))
    bad = write(tmp_path / f"{L2_NAME}.csv", l2_text(MANY)[:-3])
    assert refused([good, bad], kept, CsvError).facts["line"] == MANY + 1


@pytest.mark.parametrize("rows", [3, MANY])
def test_a_table_cut_off_anywhere_in_its_last_line(tmp_path, kept, rows):
    text = l2_text(rows)
    last = text[:-1].rfind("\n") + 1
    for end in range(last + 1, len(text) - 1, 1 if rows == 3 else 17):
        error = refused([write(tmp_path / f"{L2_NAME}.csv", text[:end])], kept, CsvError)
        assert (error.reason, error.facts["line"]) == ("row", rows + 1)


def test_a_last_line_that_only_lacks_its_end_is_whole(tmp_path, kept):
    report = import_files([write(tmp_path / f"{L2_NAME}.csv", l2_text(3)[:-1])], kept.path)
    assert report.rows == 3


def test_a_last_value_of_two_decimals_may_have_lost_one(tmp_path, kept):
    rows = [l2_row(1, "0.12,0.2,0.3,0.45"), l2_row(2, "0.1,0.2,0.3,0.45")]
    text = l2_text(rows)
    error = refused([write(tmp_path / f"{L2_NAME}.csv", text[:-2])], kept, CsvError)
    assert (error.reason, error.facts["line"]) == ("row", 3)


def test_more_dates_than_a_row_can_hold(tmp_path, kept):
    days = np.datetime_as_string(np.arange("1990-01-01", "2002-01-01", dtype="datetime64[D]"))
    days = [day.replace("-", "") for day in days.tolist()]
    text = l2_text(
        [l2_row(1, ",".join(["0.1"] * len(days)))], header=f"{L2_COLUMNS},{','.join(days)}")
    assert refused([write(tmp_path / f"{L2_NAME}.csv", text)], kept, CsvError).reason == "dates"


def test_a_name_of_another_level_than_the_table(tmp_path, kept):
    error = refused([write(tmp_path / f"{L2_NAME}.csv", l3_text(1))], kept, CsvError)
    assert (error.reason, error.facts["column"]) == ("column", "los_east")
    assert refused(
        [write(tmp_path / f"{L3_NAME}.csv", l2_text(2))], kept, CsvError).reason == "mixed"


# --- archives


def test_half_a_zip(tmp_path, kept):
    whole = write_zip(tmp_path / "whole.zip", csv=l2_text(MANY)).read_bytes()
    for share in (0.001, 0.3, 0.7, 0.99):
        half = write(tmp_path / f"{L2_NAME}.zip", whole[:int(len(whole) * share)])
        error = refused([half], kept, FileBroken)
        assert (error.reason, error.facts["name"]) == ("zip", half.name)


def test_a_zip_with_a_flipped_bit(tmp_path, kept):
    path = write_zip(tmp_path / f"{L2_NAME}.zip", csv=l2_text(MANY))
    data = bytearray(path.read_bytes())
    data[len(data) // 2] ^= 4
    error = refused([write(path, bytes(data))], kept, (FileBroken, CsvError))
    assert error.facts["name"].startswith(L2_NAME)


def test_a_zip_whose_content_does_not_match_its_sum(tmp_path, kept):
    path = tmp_path / f"{L2_NAME}.zip"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_STORED) as archive:
        archive.writestr(f"{L2_NAME}.csv", l2_text(3))
    data = path.read_bytes().replace(b"0.1,-1.2,12.3,-0.0", b"0.1,-1.2,12.4,-0.0", 1)
    error = refused([write(path, data)], kept, FileBroken)
    assert (error.reason, error.facts["name"]) == ("crc", path.name)


def test_other_archives(tmp_path, kept):
    assert refused([write(tmp_path / "a.zip", b"no zip")], kept, FileBroken).reason == "zip"
    assert refused([write_zip(tmp_path / "b.zip", xml="<a/>")], kept, FileBroken).reason == "empty"
    assert refused([write(tmp_path / "c.tar", b"...")], kept, FileBroken).reason == "type"
    bomb = write_zip(tmp_path / "d.zip", csv="0" * 50_000_000)
    assert refused([bomb], kept, CsvError).reason == "header"


@pytest.mark.parametrize("name, error", [(f"{L2_NAME}.zip", FileBroken),
                                         (f"{L2_NAME}.csv", CsvError)])
def test_a_damaged_file_of_egms_in_a_folder_is_not_passed_over(tmp_path, kept, name, error):
    folder = tmp_path / "order"
    folder.mkdir()
    write(folder / f"{L2_NAME.replace('0282', '0284')}.csv", l2_text(3))
    write(folder / name, "half of a file")
    assert refused([folder], kept, error).facts["name"] == name


# --- cancels and crashes


def test_a_cancel_at_any_moment(tmp_path, kept):
    table = write(tmp_path / f"{L2_NAME}.csv", l2_text(MANY))
    asked = []

    def stop():
        asked.append(True)
        return len(asked) > limit

    limit = 10 ** 9
    import_files([table], tmp_path / "else" / "a.gpkg", stop=stop)
    total = len(asked)
    assert total >= 4
    for limit in range(total):
        asked.clear()
        with pytest.raises(Cancelled):
            import_files([table], kept.path, stop=stop)
        kept.check()


CHILD = """
import os, signal, sys
sys.path.insert(0, {tests!r})
import conftest
from pathlib import Path
from clms_explorer.core.egms import {module} as module
from clms_explorer.core.egms.importer import import_files
original, calls = module.{function}, []
def deadly(*arguments, **options):
    calls.append(1)
    if len(calls) == {number}:
        os.kill(os.getpid(), signal.SIGKILL)
    return original(*arguments, **options)
module.{function} = deadly
import_files([Path(sys.argv[1])], Path(sys.argv[2]))
"""


@pytest.mark.parametrize("module, function, number", [
    ("row_cells", "_runs", 1), ("row_cells", "_runs", 3),
    ("table_writer", "pack", 1), ("store_writer", "write_info", 1),
    ("store_writer", "put_in_place", 1),
])
def test_a_killed_import_leaves_the_store_and_the_next_one_cleans_up(
    tmp_path, kept, module, function, number
):
    table = write(tmp_path / f"{L2_NAME}.csv", l2_text(MANY))
    code = CHILD.format(
        tests=str(HERE.parent), module=module, function=function, number=number)
    child = subprocess.run([sys.executable, "-c", code, str(table), str(kept.path)])
    assert child.returncode == -signal.SIGKILL

    left = kept.content()
    assert "motion.gpkg.part" in left
    assert {name: left[name] for name in kept.before} == kept.before
    assert import_files([table], kept.path).rows == MANY
    assert sorted(kept.content()) == ["motion.gpkg", "motion.los_descending.tif"]


def test_two_imports_into_one_store_at_once(tmp_path, kept):
    table = write(tmp_path / f"{L2_NAME}.csv", l2_text(MANY))
    seen = []

    def second(_share):
        if not seen:
            with pytest.raises(StoreError) as caught:
                import_files([table], kept.path)
            seen.append(caught.value.reason)

    assert import_files([table], kept.path, progress=second).rows == MANY
    assert seen == ["locked"]


# --- the disk


def test_a_disk_that_is_too_small(tmp_path, kept, monkeypatch):
    table = write(tmp_path / f"{L2_NAME}.csv", l2_text(MANY))
    usage = namedtuple("usage", "total used free")(10, 10, 100_000)
    monkeypatch.setattr(importer.shutil, "disk_usage", lambda folder: usage)
    error = refused([table], kept, DiskFull)
    assert error.reason == "full"
    assert error.facts["needed"] > 100_000


def test_a_disk_that_fills_up_on_the_way(tmp_path, kept):
    table = write(tmp_path / f"{L2_NAME}.csv", l2_text(MANY))
    code = (
        f"import resource, sys; sys.path.insert(0, {str(HERE.parent)!r}); import conftest\n"
        "from pathlib import Path\n"
        "from clms_explorer.core.egms.importer import import_files\n"
        "from clms_explorer.core.errors import DiskFull\n"
        "resource.setrlimit(resource.RLIMIT_FSIZE, (300_000, 300_000))\n"
        "try:\n    import_files([Path(sys.argv[1])], Path(sys.argv[2]))\n"
        "except DiskFull as err:\n    print(err.reason)\n")
    child = subprocess.run([sys.executable, "-c", code, str(table), str(kept.path)],
                           capture_output=True, text=True)
    assert child.stdout == "full\n", child.stderr
    kept.check()


def test_a_folder_that_cannot_be_made(tmp_path):
    table = write(tmp_path / f"{L2_NAME}.csv", l2_text(3))
    with pytest.raises(DiskFull) as caught:
        import_files([table], table / "stores" / "a.gpkg")
    assert caught.value.reason == "denied"


@pytest.fixture()
def held(monkeypatch):
    """Files in this set cannot be replaced or removed, as on Windows while they are open."""
    names, replace, unlink = set(), os.replace, Path.unlink

    def refuse_replace(source, target):
        if Path(target).name in names:
            raise PermissionError(13, "in use")
        replace(source, target)

    def refuse_unlink(self, missing_ok=False):
        if self.name in names:
            raise PermissionError(13, "in use")
        unlink(self, missing_ok)

    monkeypatch.setattr(store_files.os, "replace", refuse_replace)
    monkeypatch.setattr(Path, "unlink", refuse_unlink)
    return names


def test_a_store_in_use_gets_a_new_generation(tmp_path, kept, held):
    table = write(tmp_path / f"{L2_NAME}.csv", l2_text(5))
    third = write(tmp_path / f"{L2_NAME.replace('0282', '0284')}.csv", l2_text(7))
    held |= {"motion.gpkg", "motion.los_descending.tif"}
    second = import_files([table], kept.path)
    assert second.store.name == "motion.2.gpkg"
    assert second.tables == {"los_descending": 8}
    content = kept.content()
    assert {name: content[name] for name in kept.before} == kept.before
    assert set(content) - set(kept.before) == {"motion.2.gpkg", "motion.2.los_descending.tif"}

    assert import_files([table], kept.path).store == second.store
    held |= {"motion.2.gpkg"}
    assert import_files([third], kept.path).store.name == "motion.3.gpkg"
    held.clear()
    fourth = write(tmp_path / f"{L2_NAME.replace('0282', '0285')}.csv", l2_text(2))
    last = import_files([fourth], kept.path)
    assert last.store.name == "motion.3.gpkg"
    assert last.tables == {"los_descending": 17}
    assert sorted(kept.content()) == ["motion.3.gpkg", "motion.3.los_descending.tif"]
    store = PointStore(last.store)
    assert len(store.find("3ODTn00001")) == 4
    store.close()


def test_a_store_that_somebody_edits_is_not_replaced(tmp_path, kept):
    editor = sqlite3.connect(kept.path)
    editor.execute("PRAGMA journal_mode = WAL")
    editor.execute("CREATE TABLE notes (text)")
    report = import_files([write(tmp_path / f"{L2_NAME}.csv", l2_text(5))], kept.path)
    assert report.store.name == "motion.2.gpkg"
    assert editor.execute("SELECT count(*) FROM notes").fetchone() == (0,)
    editor.close()
