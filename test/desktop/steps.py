"""Helpers of the scripts that run inside QGIS: wait, click, photograph, report."""

from __future__ import annotations

import faulthandler
import json
import os
import time
import traceback
from pathlib import Path

from qgis.PyQt.QtCore import QEvent, QPoint, QPointF, Qt, QTimer
from qgis.PyQt.QtGui import QMouseEvent
from qgis.PyQt.QtTest import QTest
from qgis.PyQt.QtWidgets import QApplication

SCREENS = Path(os.environ["CLMS_SCREENS"])
TRACE = open(SCREENS / "trace.txt", "w", encoding="utf-8")  # noqa: SIM115 - until QGIS ends
faulthandler.dump_traceback_later(
    int(os.environ.get("CLMS_SECONDS", "200")), file=TRACE, exit=True)


def wait_until(condition, seconds=60):
    """Handle events until a condition holds."""
    end = time.monotonic() + seconds
    while not condition():
        if time.monotonic() > end:
            raise AssertionError(f"never true: {condition.__name__}")
        QApplication.processEvents()
        time.sleep(0.005)


def pause(seconds):
    """Handle events for a while."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        QApplication.processEvents()
        time.sleep(0.005)


def photograph(widget, name):
    """Keep a picture of a widget."""
    pause(0.2)
    widget.grab().save(str(SCREENS / f"{name}.png"))


def click(widget, position=None, button=Qt.MouseButton.LeftButton):
    """Click a widget in the middle or at a position."""
    QTest.mouseClick(
        widget, button, Qt.KeyboardModifier.NoModifier, position or widget.rect().center())
    pause(0.05)


def drag(widget, start, end):
    """Press, move and release the left button."""
    send = QApplication.sendEvent
    none = Qt.KeyboardModifier.NoModifier
    left, nothing = Qt.MouseButton.LeftButton, Qt.MouseButton.NoButton
    for kind, point, button, buttons in (
        (QEvent.Type.MouseButtonPress, start, left, left),
        (QEvent.Type.MouseMove, (start + end) / 2, nothing, left),
        (QEvent.Type.MouseMove, end, nothing, left),
        (QEvent.Type.MouseButtonRelease, end, left, nothing),
    ):
        send(widget, QMouseEvent(kind, QPointF(QPoint(point)), button, buttons, none))
        pause(0.02)


def run_and_report(steps):
    """Run steps(report) once QGIS is up, write the report, end QGIS."""

    def go():
        report = {"ok": False}
        try:
            steps(report)
            report["ok"] = True
        except BaseException:  # noqa: B902 - the report is the only way out
            report["error"] = traceback.format_exc()
        Path(os.environ["CLMS_REPORT"]).write_text(
            json.dumps(report, indent=1, default=str), encoding="utf-8")
        os._exit(0)

    QTimer.singleShot(1500, go)
