"""The walls of the house: who may import what (design.md section 2)."""

from __future__ import annotations

import ast
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
SHARED_UI = {"compat", "icons", "look", "registrations", "texts", "words"}
HEADLESS = ("ui/qgis_bridge", "ui/processing")
FORBIDDEN = {
    "core": ("qgis", "PyQt5", "PyQt6", "osgeo", "processing", "ui", "plugin"),
    "ui/qgis_bridge": ("qgis.gui", "qgis.PyQt.QtWidgets", "qgis.utils", "requests"),
    "ui/processing": ("qgis.gui", "qgis.PyQt.QtWidgets", "qgis.utils", "requests"),
    "ui": ("requests", "PyQt5", "PyQt6", "plugin"),
}


def imported(path: Path):
    """Yield (line, dotted name from the root) of every import of a module."""
    package = path.relative_to(ROOT).parent.parts
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            for alias in node.names:
                yield node.lineno, alias.name
        elif isinstance(node, ast.ImportFrom):
            base = package[: len(package) - node.level + 1] if node.level else ()
            name = ".".join([*base, *filter(None, [node.module])])
            yield node.lineno, name
            for alias in node.names:
                yield node.lineno, f"{name}.{alias.name}".lstrip(".")


def begins(name: str, prefix: str) -> bool:
    return name == prefix or name.startswith(prefix + ".")


@pytest.mark.parametrize("folder", FORBIDDEN)
def test_no_folder_imports_what_it_must_not(folder):
    wrong = [
        f"{path.relative_to(ROOT)}:{line} imports {name}"
        for path in sorted((ROOT / folder).rglob("*.py"))
        for line, name in imported(path)
        if any(begins(name, prefix) for prefix in FORBIDDEN[folder])
    ]
    assert not wrong, "\n".join(wrong)


def test_requests_is_used_in_core_http_alone():
    wrong = [
        str(path.relative_to(ROOT))
        for path in sorted((ROOT / "core").rglob("*.py"))
        for _line, name in imported(path)
        if begins(name, "requests") and path.parent != ROOT / "core" / "http"
    ]
    assert not wrong


def test_features_do_not_import_each_other():
    features = {
        path.name for path in (ROOT / "ui").iterdir()
        if path.is_dir() and path.name not in ("qgis_bridge", "processing", "__pycache__")
    }
    wrong = []
    for feature in features:
        for path in sorted((ROOT / "ui" / feature).rglob("*.py")):
            for line, name in imported(path):
                parts = name.split(".")
                if parts[0] == "ui" and len(parts) > 1 and parts[1] in features - {feature}:
                    wrong.append(f"{path.relative_to(ROOT)}:{line} imports {name}")
    assert not wrong, "\n".join(wrong)


def test_the_headless_parts_of_ui_use_only_each_other_and_the_shared_modules():
    allowed = SHARED_UI | {"qgis_bridge", "processing"}
    wrong = []
    for folder in HEADLESS:
        for path in sorted((ROOT / folder).rglob("*.py")):
            for line, name in imported(path):
                parts = name.split(".")
                if parts[0] == "ui" and len(parts) > 1 and parts[1] not in allowed:
                    wrong.append(f"{path.relative_to(ROOT)}:{line} imports {name}")
    assert not wrong, "\n".join(wrong)


def test_the_shared_modules_need_no_widgets():
    for name in SHARED_UI:
        path = ROOT / "ui" / f"{name}.py"
        names = {name for _line, name in imported(path)} if path.exists() else set()
        assert not any(begins(name, "qgis.PyQt.QtWidgets") or begins(name, "qgis.gui")
                       for name in names), path


def test_core_imports_where_qgis_qt_and_gdal_cannot_be_imported():
    script = """
import importlib, importlib.abc, pkgutil, sys
class Wall(importlib.abc.MetaPathFinder):
    def find_spec(self, name, path=None, target=None):
        if name.split(".")[0] in ("qgis", "PyQt5", "PyQt6", "osgeo"):
            raise ImportError("core must not need " + name)
sys.meta_path.insert(0, Wall())
sys.path.insert(0, "test")
import conftest
import clms_explorer.core as core
names = [m.name for m in pkgutil.walk_packages(core.__path__, "clms_explorer.core.")]
for name in names:
    importlib.import_module(name)
print(len(names))
"""
    result = subprocess.run(
        [sys.executable, "-c", script], cwd=ROOT, capture_output=True, text=True, check=False)
    assert result.returncode == 0, result.stderr
    assert int(result.stdout) > 10


def test_modules_stay_small():
    long = {
        str(path.relative_to(ROOT)): count
        for folder in ("core", "ui")
        for path in (ROOT / folder).rglob("*.py")
        if (count := len(path.read_text(encoding="utf-8").splitlines())) > 300
    }
    assert not long
