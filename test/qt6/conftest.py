"""Run item models and charts under Qt 6, without QGIS: PyQt6 takes the place of qgis.PyQt."""

from __future__ import annotations

import importlib
import sys
import types

import pytest

pytest.importorskip("PyQt6.QtWidgets")


def _module(name: str) -> types.ModuleType:
    module = types.ModuleType(name)
    module.__path__ = []
    sys.modules[name] = module
    return module


def _put_pyqt6_in_place() -> None:
    """Make `qgis.PyQt` PyQt6, with what QGIS adds to it, and `qgis.core` the least of itself."""
    qgis, pyqt, core = _module("qgis"), _module("qgis.PyQt"), _module("qgis.core")
    qgis.PyQt, qgis.core = pyqt, core
    for name in ("QtCore", "QtGui", "QtWidgets", "QtTest", "sip"):
        module = importlib.import_module(f"PyQt6.{name}")
        sys.modules[f"qgis.PyQt.{name}"] = module
        setattr(pyqt, name, module)
    for name in ("QAction", "QActionGroup", "QShortcut"):
        setattr(pyqt.QtWidgets, name, getattr(pyqt.QtGui, name))

    class QgsApplication:
        @staticmethod
        def getThemeIcon(_name: str):
            return pyqt.QtGui.QIcon()

    core.QgsApplication = QgsApplication


_put_pyqt6_in_place()


@pytest.fixture(scope="session")
def qt_app():
    """Return a running application without a screen."""
    from qgis.PyQt.QtWidgets import QApplication

    app = QApplication.instance() or QApplication([])
    app.setStyle("Fusion")
    yield app


@pytest.fixture(autouse=True)
def _no_exception_in_slots(monkeypatch):
    """Fail a test in which a slot raised: PyQt only tells sys.excepthook."""
    raised = []
    monkeypatch.setattr(sys, "excepthook", lambda *info: raised.append(info))
    yield
    assert not raised, raised
