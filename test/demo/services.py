"""Start the sandbox services beside the demo, and tell the plugin where they are."""

from __future__ import annotations

import os
import subprocess
import sys
from contextlib import contextmanager
from pathlib import Path
from typing import Iterator

ROOT = Path(__file__).resolve().parents[2]


@contextmanager
def sandbox(folder: Path, port: int = 0, speed: float = 1.0) -> Iterator[dict[str, str]]:
    """Run the sandbox; yield the environment variables that point the plugin to it."""
    folder.mkdir(parents=True, exist_ok=True)
    key = folder / "service-key.json"
    process = subprocess.Popen(
        [sys.executable, str(ROOT / "test" / "sandbox"), "--port", str(port), "--speed",
         str(speed), "--key-file", str(key)],
        stdout=subprocess.PIPE, text=True)
    try:
        found = _addresses(process)
        yield {
            "CLMS_EXPLORER_PORTAL": found["portal"], "CLMS_EXPLORER_EGMS": found["egms"],
            "CLMS_EXPLORER_GISCO": found["gisco"], "CLMS_EXPLORER_SERVICE_KEY": str(key),
        }
    finally:
        process.terminate()
        process.wait(timeout=10)
        if process.stdout:
            process.stdout.close()


def _addresses(process: subprocess.Popen[str]) -> dict[str, str]:
    """Read "name address" lines until all three services have told theirs."""
    found: dict[str, str] = {}
    while not {"portal", "egms", "gisco"} <= set(found):
        line = process.stdout.readline() if process.stdout else ""
        if not line:
            raise RuntimeError("the sandbox did not start")
        name, _space, value = line.strip().partition(" ")
        if value.strip().startswith("http"):
            found[name] = value.strip()
    return found


def headless_qgis(profile: Path, environ: dict[str, str]):
    """Return a running QgsApplication without a screen, with the provider "clms" registered."""
    profile.mkdir(parents=True, exist_ok=True)
    os.environ.update(environ)
    os.environ.update({
        "QT_QPA_PLATFORM": "offscreen", "QGIS_CUSTOM_CONFIG_PATH": str(profile),
        "QGIS_AUTH_DB_DIR_PATH": str(profile),
    })
    from qgis.core import QgsApplication

    application = QgsApplication([], False)
    application.setOrganizationName("CLMS Explorer demo")
    application.setApplicationName("clms-explorer-demo")
    application.initQgis()
    QgsApplication.authManager().setMasterPassword("demo", True)
    sys.path.append(str(Path(QgsApplication.pkgDataPath()) / "python" / "plugins"))
    from processing.core.Processing import Processing

    Processing.initialize()
    sys.path.insert(0, str(package_parent(profile)))
    from clms_explorer.plugin import ClmsExplorerPlugin

    plugin = ClmsExplorerPlugin(None)
    plugin.initProcessing()
    return application, plugin


def package_parent(folder: Path) -> Path:
    """Return a folder in which the checkout has the package's name."""
    parent = folder / "plugins"
    parent.mkdir(exist_ok=True)
    link = parent / "clms_explorer"
    if not link.exists():
        link.symlink_to(ROOT)
    return parent
