"""One real QGIS application for all tests of this folder, without a screen."""

from __future__ import annotations

import os
import sys
import time

import pytest
from qgis.core import QgsApplication, QgsProject


@pytest.fixture(scope="session")
def qgis_app():
    """Return the running application with its providers and an unlocked secret store."""
    app = QgsApplication([], True)
    app.setOrganizationName("CLMS Explorer tests")
    app.setApplicationName("clms-explorer-tests")
    app.initQgis()
    QgsApplication.authManager().setMasterPassword("test", True)
    sys.path.append(os.path.join(QgsApplication.pkgDataPath(), "python", "plugins"))
    yield app
    QgsProject.instance().clear()
    app.processEvents()


@pytest.fixture
def qgis_project(qgis_app):
    """Return an empty project; cleared again afterwards."""
    project = QgsProject.instance()
    project.clear()
    yield project
    project.clear()


@pytest.fixture(autouse=True)
def _no_exception_in_slots(monkeypatch):
    """Fail a test in which a slot raised: PyQt only tells sys.excepthook."""
    raised = []
    monkeypatch.setattr(sys, "excepthook", lambda *info: raised.append(info))
    yield
    assert not raised, raised


@pytest.fixture
def wait_until(qgis_app):
    """Return a function that handles events until a condition holds, or fails after a while."""
    def wait(condition, seconds=20):
        deadline = time.monotonic() + seconds
        while not condition():
            assert time.monotonic() < deadline, "the condition never came true"
            qgis_app.processEvents()

    return wait


@pytest.fixture
def services(qgis_app, tmp_path, monkeypatch):
    """Run the sandbox, point the plugin to it, register the provider."""
    from clms_explorer.ui.processing.provider import ClmsProvider
    from sandbox.server import Sandbox
    from processing.core.Processing import Processing

    Processing.initialize()
    with Sandbox(speed=0.2) as sandbox:
        key = tmp_path / "key.json"
        key.write_text(sandbox.key_text)
        monkeypatch.setenv("CLMS_EXPLORER_PORTAL", sandbox.portal)
        monkeypatch.setenv("CLMS_EXPLORER_EGMS", sandbox.egms)
        monkeypatch.setenv("CLMS_EXPLORER_GISCO", sandbox.gisco)
        monkeypatch.setenv("CLMS_EXPLORER_SERVICE_KEY", str(key))
        provider = ClmsProvider()
        QgsApplication.processingRegistry().addProvider(provider)
        yield sandbox
        QgsApplication.processingRegistry().removeProvider(provider)
