"""Cart and downloads under Qt 6: models, painting, clicks."""

from __future__ import annotations

import sys
from pathlib import Path
from types import SimpleNamespace

import pytest

pytest.importorskip("PyQt6.QtWidgets")
sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "unit"))

from fake_service import an_item  # noqa: E402

from clms_explorer.core.cart.cart import Cart  # noqa: E402
from clms_explorer.core.errors import LinkExpired  # noqa: E402
from clms_explorer.core.jobs.job import Job, JobFile, State  # noqa: E402
from clms_explorer.core.jobs.records import error_record, now_text  # noqa: E402
from clms_explorer.core.ports import Order  # noqa: E402


def a_job(number, state, **values):
    return Job(number, f"Dataset {number}", Order("portal", {}), state, created=now_text(),
               updated=now_text(), submitted=now_text(), rank=number, **values)


@pytest.fixture(autouse=True)
def newest_qgis(monkeypatch):
    """Let ui.compat choose what the first QGIS with Qt 6 has."""
    import qgis.core

    monkeypatch.setattr(
        qgis.core, "Qgis", SimpleNamespace(QGIS_VERSION_INT=40000), raising=False)


def watched(model):
    """Let Qt's own test watch every step of a model."""
    from qgis.PyQt.QtTest import QAbstractItemModelTester

    QAbstractItemModelTester(
        model, QAbstractItemModelTester.FailureReportingMode.Fatal, model)


def test_downloads(qt_app):
    from qgis.PyQt.QtCore import Qt
    from qgis.PyQt.QtTest import QSignalSpy, QTest

    from clms_explorer.ui.downloads.downloads_panel import DownloadsPanel
    from clms_explorer.ui.downloads.job_layout import layout_of

    panel = DownloadsPanel(lambda _job_id: [])
    watched(panel.model)
    panel.resize(400, 600)
    panel.show()
    loading = a_job(1, State.DOWNLOADING, files=(JobFile("a.zip", 9_000_000, 3_000_000),))
    panel.set_jobs([loading, a_job(2, State.ORDERED), a_job(3, State.OPENED), a_job(
        4, State.FAILED, error=error_record(LinkExpired("", kept=4_000_000, size=6_000_000)))])
    qt_app.processEvents()
    assert not panel.grab().isNull()

    index = panel.model.index_of(1)
    place = layout_of(index, panel.list.visualRect(index), panel.list.font()).icons["pause"]
    spy = QSignalSpy(panel.pause_requested)
    QTest.mouseClick(panel.list.viewport(), Qt.MouseButton.LeftButton, pos=place.center())
    QTest.keyClick(panel.list, Qt.Key.Key_Space)
    assert [list(call) for call in spy] == [[1], [1]]
    panel.put_job(a_job(1, State.READY))
    panel.remove_job(4)
    assert [panel.model.index(row).data() for row in range(panel.model.rowCount())] == [
        "Now", "Dataset 2", "Done", "Dataset 1", "Dataset 3"]
    panel.close()


def test_cart(qt_app, tmp_path):
    from qgis.PyQt.QtCore import Qt
    from qgis.PyQt.QtTest import QTest

    from clms_explorer.ui.cart.cart_panel import CartPanel

    panel = CartPanel(Cart(tmp_path / "cart.json"))
    watched(panel.model)
    panel.resize(400, 600)
    panel.show()
    for name in ("Pico", "Faial"):
        panel.add(an_item(name))
    qt_app.processEvents()
    assert not panel.grab().isNull()
    panel.list.setCurrentIndex(panel.model.index(0))
    QTest.keyClick(panel.list, Qt.Key.Key_Delete)
    assert [item.area.name for item in panel.model.items()] == ["Faial"]
    panel.close()
