"""Build the plugin zip: committed files, compiled translations and the chart library.

Usage: package.py TARGET.zip [FILE.qm …]. Run from the root of a clean checkout.
"""

from __future__ import annotations

import io
import re
import subprocess
import sys
import tempfile
import zipfile
from pathlib import Path

PACKAGE = "clms_explorer"
CHART_WHEEL = "pyqtgraph==0.13.7"
LIBRARIES = f"{PACKAGE}/libs"
NOT_FOR_CHARTS = (
    "flowchart", "multiprocess", "console", "configfile", "opengl", "examples", "canvas",
    "dockarea", "jupyter", "parametertree", "imageview",
)
NOT_IMPORTED = re.compile(
    rb"^from \.(imageview|metaarray)\b.*\n"
    rb"|^from \.widgets\.(?!GraphicsView|PlotWidget|GraphicsLayoutWidget).*\n", re.MULTILINE)
"""Lines of the library's __init__ that import what is left out, or what no chart uses."""


def main(target: Path, translations: list[Path]) -> None:
    """Write the zip; refuse uncommitted changes, so that the zip is what git holds."""
    if subprocess.run(["git", "diff", "--quiet", "HEAD"], check=False).returncode:
        sys.exit("package: uncommitted changes")
    target.parent.mkdir(parents=True, exist_ok=True)
    archive = subprocess.run(
        ["git", "archive", "--format=zip", f"--prefix={PACKAGE}/", "HEAD"],
        check=True, capture_output=True,
    ).stdout
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as out:
        copy(zipfile.ZipFile(io.BytesIO(archive)), out)
        for path in translations:
            out.write(path, f"{PACKAGE}/i18n/{path.name}")
        with tempfile.TemporaryDirectory() as folder:
            copy_chart_library(Path(folder), out)
    print(f"{target}: {target.stat().st_size / 1e6:.1f} MB")


def copy(source: zipfile.ZipFile, out: zipfile.ZipFile) -> None:
    """Copy the files of one zip into another."""
    for item in source.infolist():
        if not item.is_dir():
            out.writestr(item, source.read(item), zipfile.ZIP_DEFLATED)


def copy_chart_library(folder: Path, out: zipfile.ZipFile) -> None:
    """Add the pinned wheel without what a chart does not need."""
    subprocess.run(
        [sys.executable, "-m", "pip", "-q", "--disable-pip-version-check", "download",
         "--no-deps", "--no-binary=:none:", "-d", str(folder), CHART_WHEEL], check=True)
    (wheel,) = folder.glob("*.whl")
    with zipfile.ZipFile(wheel) as source:
        for name in sorted(source.namelist()):
            if wanted(name):
                content = source.read(name)
                if name == "pyqtgraph/__init__.py":
                    content = NOT_IMPORTED.sub(b"", content)
                out.writestr(f"{LIBRARIES}/{name}", content, zipfile.ZIP_DEFLATED)


def wanted(name: str) -> bool:
    """Return whether a file of the wheel is needed for a chart, or is its licence."""
    parts = Path(name).parts
    if any(part in NOT_FOR_CHARTS or Path(part).stem in NOT_FOR_CHARTS for part in parts):
        return False
    return not name.endswith((".pyc", ".ui", ".pyi", "/")) and "RECORD" not in name


if __name__ == "__main__":
    main(Path(sys.argv[1]), [Path(name) for name in sys.argv[2:]])
