"""Make the checkout importable as the package and keep tests away from the user's profile."""

from __future__ import annotations

import atexit
import importlib.util
import os
import shutil
import sys
import tempfile
from pathlib import Path

import pytest

PACKAGE = "clms_explorer"
ROOT = Path(__file__).resolve().parent.parent
SHARED_DATA = ROOT.parent / "shared" / "data"

_profile = tempfile.mkdtemp(prefix="clms-test-profile-")
atexit.register(shutil.rmtree, _profile, ignore_errors=True)
os.environ["QGIS_CUSTOM_CONFIG_PATH"] = _profile
os.environ["QGIS_AUTH_DB_DIR_PATH"] = _profile
os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

if PACKAGE not in sys.modules:
    spec = importlib.util.spec_from_file_location(
        PACKAGE, ROOT / "__init__.py", submodule_search_locations=[str(ROOT)]
    )
    module = importlib.util.module_from_spec(spec)
    sys.modules[PACKAGE] = module
    spec.loader.exec_module(module)
sys.path.insert(0, str(ROOT / "test"))


@pytest.fixture(scope="session")
def shared_data() -> Path:
    """Return the folder of real sample files; skip where a clone is alone."""
    if not SHARED_DATA.is_dir():
        pytest.skip("the real sample files (../shared/data) are not on this machine")
    return SHARED_DATA
