"""make run: the QGIS window with the plugin, on the sandbox services, for a person to click.

The profile and the downloads lie in build/run and are kept from one run to the next.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent))

from services import ROOT, package_parent, sandbox  # noqa: E402

OUT = ROOT / "build" / "run"


def main() -> int:
    """Start the sandbox, then QGIS; end with it."""
    if not os.environ.get("DISPLAY") and not os.environ.get("WAYLAND_DISPLAY"):
        print("make run needs a screen. “make demo” does the main job without one.")
        return 1
    OUT.mkdir(parents=True, exist_ok=True)
    with sandbox(OUT / "sandbox", port=8770, speed=2.0) as environ:
        command = [
            shutil.which("qgis") or "qgis", "--nologo", "--profiles-path", str(OUT / "profile"),
            "--code", str(ROOT / "test" / "demo" / "open_plugin.py")]
        return subprocess.run(
            command, check=False,
            env={**os.environ, **environ, "QGIS_PLUGINPATH": str(package_parent(OUT)),
                 "CLMS_RUN_DOWNLOADS": str(OUT / "downloads")}
        ).returncode


if __name__ == "__main__":
    sys.exit(main())
