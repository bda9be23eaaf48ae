"""The zip for the plugin repository: its content, and that it loads in a fresh profile."""

import ast
import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

ZIP = os.environ.get("CLMS_EXPLORER_ZIP", "")
pytestmark = pytest.mark.skipif(not ZIP, reason="make package gives the zip")
FORBIDDEN = (".exe", ".dll", ".so", ".dylib", ".sh", ".pyc", ".gpkg", ".zip")


def names():
    with zipfile.ZipFile(ZIP) as archive:
        return archive.namelist()


def test_there_is_one_folder_with_the_files_that_the_repository_asks_for():
    assert {name.split("/")[0] for name in names()} == {"clms_explorer"}
    assert {f"clms_explorer/{name}" for name in ("__init__.py", "metadata.txt", "LICENSE")} <= set(
        names())
    assert os.path.getsize(ZIP) < 25e6


def test_nothing_is_in_it_that_does_not_belong_there():
    inside = [name.split("/", 1)[1] for name in names()]
    assert not [name for name in inside if name.startswith(("test/", ".", "Makefile", "build"))]
    assert not [name for name in inside if name.endswith(FORBIDDEN) or "__pycache__" in name]


def test_every_module_of_ours_compiles_on_python_3_9():
    with zipfile.ZipFile(ZIP) as archive:
        for name in names():
            if name.endswith(".py") and "/libs/" not in name:
                ast.parse(archive.read(name), name, feature_version=(3, 9))


def test_the_chart_library_it_carries_can_be_imported(tmp_path):
    zipfile.ZipFile(ZIP).extractall(tmp_path)
    libs = tmp_path / "clms_explorer" / "libs"
    script = f"import sys; sys.path.insert(0, {str(libs)!r}); import pyqtgraph; " \
             "pyqtgraph.PlotWidget; print(pyqtgraph.__file__)"
    done = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, check=False,
        env={**os.environ, "QT_QPA_PLATFORM": "offscreen"})
    assert str(libs) in done.stdout, done.stderr


def test_it_loads_in_a_fresh_profile(run_in_qgis, tmp_path):
    zipfile.ZipFile(ZIP).extractall(tmp_path)
    report = run_in_qgis("load_only.py", Path(tmp_path), seconds=90)
    assert report["ok"], report.get("error")
    assert report["loaded"] and report["started"] and report["icon"]
    assert "downloaddataset" in report["algorithms"]
