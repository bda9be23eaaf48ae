"""Run scripts inside the real QGIS window on a virtual screen."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
SCREENS = ROOT / "build" / "screens"


@pytest.fixture(scope="session")
def plugin_parent(tmp_path_factory) -> Path:
    """Return a folder that holds the checkout under the package's name, as QGIS expects it."""
    parent = tmp_path_factory.mktemp("plugins")
    (parent / "clms_explorer").symlink_to(ROOT)
    return parent


@pytest.fixture
def run_in_qgis(tmp_path):
    """Return a function that runs a script of this folder in QGIS and returns what it reports.

    The script finds CLMS_REPORT (a JSON file to write) and CLMS_SCREENS (a folder) in its
    environment, and ends QGIS itself.
    """
    SCREENS.mkdir(parents=True, exist_ok=True)

    def run(script: str, plugins: Path, seconds: int = 240, size: str = "1600x1000", **environ):
        report = tmp_path / "report.json"
        profile = tmp_path / "profile"
        env = {
            **os.environ, "QGIS_PLUGINPATH": str(plugins), "CLMS_REPORT": str(report),
            "CLMS_SCREENS": str(SCREENS), "PYTHONDONTWRITEBYTECODE": "1", "LC_ALL": "C.UTF-8",
            "PYTHONPATH": str(Path(__file__).parent), "CLMS_SECONDS": str(seconds - 20),
            **{key: str(value) for key, value in environ.items()},
        }
        for name in ("QGIS_CUSTOM_CONFIG_PATH", "QGIS_AUTH_DB_DIR_PATH", "QT_QPA_PLATFORM"):
            env.pop(name, None)
        command = [
            shutil.which("xvfb-run"), "-a", "-s", f"-screen 0 {size}x24",
            "qgis", "--noversioncheck", "--nologo", "--profiles-path", str(profile),
            "--code", str(ROOT / "test" / "desktop" / script),
        ]
        done = subprocess.run(
            command, env=env, capture_output=True, text=True, timeout=seconds, check=False)
        assert report.exists(), done.stdout[-3000:] + done.stderr[-3000:]
        return json.loads(report.read_text(encoding="utf-8"))

    return run
