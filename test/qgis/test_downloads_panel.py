"""The downloads tab: what became of the orders, in words, and what can be done."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta, timezone

import pytest
from qgis.PyQt import sip
from qgis.PyQt.QtCore import QEvent, QPoint, Qt
from qgis.PyQt.QtGui import QFont, QHelpEvent
from qgis.PyQt.QtTest import QAbstractItemModelTester, QSignalSpy, QTest
from qgis.PyQt.QtWidgets import QApplication, QToolTip

from clms_explorer.core.errors import (
    DiskFull, KeyMissing, LinkExpired, NoConnection, OrderFailed, OrderUnclear, ServiceError,
)
from clms_explorer.core.jobs.job import Job, JobFile, State
from clms_explorer.core.jobs.records import Event, Trouble, error_record, moment_text
from clms_explorer.core.ports import Order

NOW = datetime(2026, 11, 22, 9, 30).astimezone()
MB = 1_000_000


class Clock:
    """A time of day and a monotonic clock that tests turn."""

    def __init__(self):
        self.seconds = 1000.0

    def now(self):
        return NOW + timedelta(seconds=self.seconds - 1000.0)

    def monotonic(self):
        return self.seconds


@pytest.fixture
def clock():
    return Clock()


@pytest.fixture
def ui(qgis_app):
    """Return the modules under test; they need a running QGIS."""
    from clms_explorer.ui.downloads import downloads_panel, groups, job_layout, jobs_model, speed

    class Ui:
        Panel = downloads_panel.DownloadsPanel
        Model = jobs_model.JobsModel
        Role = jobs_model.JobRole
        Bar = jobs_model.Bar
        Group = groups.Group
        SpeedMeter = speed.SpeedMeter
        layout_of = staticmethod(job_layout.layout_of)

    return Ui


@pytest.fixture
def events():
    """Return what happened to jobs, by id."""
    return {}


@pytest.fixture
def panel(ui, clock, events):
    panel = ui.Panel(
        lambda job_id: events.get(job_id, []), model=ui.Model(None, clock.now, clock.monotonic))
    QAbstractItemModelTester(
        panel.model, QAbstractItemModelTester.FailureReportingMode.Fatal, panel)
    panel.resize(400, 700)
    panel.show()
    panel.asked = []
    panel.answer = True
    panel.ask = lambda *texts: panel.asked.append(texts) or panel.answer
    yield panel
    sip.delete(panel)


def ago(**delta):
    return moment_text(NOW - timedelta(**delta))


def a_job(number=1, state=State.DOWNLOADING, received=0.0, size=0.0, service="portal", **values):
    """Return a job; received and size in MB, of one file."""
    files = ()
    if size:
        path = "/d/a.zip" if received == size else ""
        files = (JobFile("a.zip", round(size * MB), round(received * MB), path),)
    values = {"title": f"Dataset {number}", "rank": number, "created": ago(minutes=5),
              "updated": ago(minutes=number), "submitted": ago(minutes=4), **values}
    return Job(number, order=Order(service, {}), state=state, files=files, **values)


def failed(error, number=1, **values):
    return a_job(number, State.FAILED, error=error_record(error), **values)


def shown(panel):
    """Return the titles from top to bottom."""
    return [panel.model.index(row).data() for row in range(panel.model.rowCount())]


def status(panel, job_id=1):
    from clms_explorer.ui.downloads.jobs_model import JobRole

    return panel.model.index_of(job_id).data(JobRole.STATUS)


def names(panel, role, job_id=1):
    return [action.name for action in panel.model.index_of(job_id).data(role)]


# Groups

def test_what_needs_the_person_comes_first_what_runs_second_what_is_done_last(panel):
    panel.set_jobs([
        a_job(1, State.READY), a_job(2, State.ORDERED), failed(OrderFailed(), 3),
        a_job(4, State.OPENED), a_job(5, State.UNCLEAR, error=error_record(OrderUnclear())),
        a_job(6, State.WAITING)])
    assert shown(panel) == ["Needs you", "Dataset 3", "Dataset 5", "Now", "Dataset 2",
                            "Dataset 6", "Done", "Dataset 1", "Dataset 4"]


def test_the_queue_has_its_order(panel):
    panel.set_jobs([a_job(1, State.WAITING), replace(a_job(2, State.WAITING), rank=-1)])
    assert shown(panel) == ["Now", "Dataset 2", "Dataset 1"]


def test_a_full_disk_needs_the_person(panel, ui):
    full = error_record(DiskFull("full", folder="/d"))
    panel.set_jobs([a_job(received=3, size=9, paused=True, error=full)])
    assert shown(panel) == ["Needs you", "Dataset 1"]
    assert status(panel).startswith("The disk is full (/d).")
    assert names(panel, ui.Role.BUTTONS) == ["retry", "history"]
    spy = QSignalSpy(panel.resume_requested)
    panel.list.wished.emit(1, "retry")
    assert [list(call) for call in spy] == [[1]]


def test_headings_are_no_jobs(panel):
    panel.set_jobs([a_job()])
    assert not panel.model.flags(panel.model.index(0)) & Qt.ItemFlag.ItemIsSelectable
    QTest.mouseClick(panel.list.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(20, 10))
    QTest.keyClick(panel.list, Qt.Key.Key_Delete)
    assert panel.asked == []


def test_a_job_keeps_its_selection_on_its_way_through_the_groups(panel):
    panel.set_jobs([a_job(1, State.ORDERED), a_job(2, State.ORDERED), a_job(3, State.OPENED)])
    panel.select(1)
    for job in (a_job(1, size=9, received=3), a_job(1, State.READY), failed(OrderFailed(), 1)):
        panel.put_job(job)
        assert panel.list.currentIndex().data() == "Dataset 1"
    assert shown(panel) == ["Needs you", "Dataset 1", "Now", "Dataset 2", "Done", "Dataset 3"]
    panel.remove_job(1)
    panel.remove_job(4711)
    assert shown(panel) == ["Now", "Dataset 2", "Done", "Dataset 3"]


def test_the_tab_counts_what_is_not_done(panel):
    spy = QSignalSpy(panel.count_changed)
    panel.set_jobs([failed(OrderFailed(), 1), a_job(2, State.ORDERED), a_job(3, State.READY)])
    panel.put_job(a_job(2, State.READY))
    panel.put_job(a_job(2, State.OPENED))
    assert [list(call) for call in spy] == [[2], [1]]


# Words

def test_being_prepared(panel, ui):
    panel.set_jobs([a_job(state=State.ORDERED, service_state="preparing")])
    assert status(panel) == ("Being prepared by the service · ordered 4 minutes ago. "
                             "You can close QGIS, the order goes on.")
    assert panel.model.index_of(1).data(ui.Role.BAR) is ui.Bar.ENDLESS
    panel.put_job(a_job(state=State.ORDERED, service_state="queued"))
    assert status(panel).startswith("Queued at the service · ordered 4 minutes ago.")


def test_downloading_tells_amount_speed_and_rest(panel, clock, ui):
    panel.set_jobs([a_job(received=9.2, size=21.8)])
    assert status(panel) == "Downloading · 9.2 of 21.8 MB"
    clock.seconds += 2
    panel.put_job(a_job(received=13.4, size=21.8))
    assert status(panel) == "Downloading · 13.4 of 21.8 MB · 2.1 MB/s · 4 s left"
    index = panel.model.index_of(1)
    assert index.data(ui.Role.BAR) is ui.Bar.RUNNING
    assert index.data(ui.Role.SHARE) == pytest.approx(13.4 / 21.8)
    assert panel.totals.text() == "2.1 MB/s · 1 running"


def test_a_speed_that_has_dried_up_is_not_told(panel, clock):
    panel.set_jobs([a_job(received=1, size=9)])
    clock.seconds += 2
    panel.put_job(a_job(received=3, size=9))
    clock.seconds += 60
    panel.model.tick()
    assert status(panel) == "Downloading · 3.0 of 9.0 MB"


def test_paused(panel, ui):
    panel.set_jobs([a_job(received=3.4, size=9, paused=True)])
    assert status(panel) == "Paused at 38 % · 3.4 of 9.0 MB are kept"
    assert panel.model.index_of(1).data(ui.Role.BAR) is ui.Bar.PAUSED
    assert panel.totals.text() == "1 paused"
    panel.put_job(a_job(state=State.WAITING, paused=True))
    assert status(panel) == "Paused · not sent yet"
    panel.put_job(a_job(state=State.ORDERED, paused=True))
    assert status(panel) == "Paused · ordered 4 minutes ago"


def test_done(panel):
    panel.set_jobs([
        a_job(1, State.OPENED, 0.131, 0.131, updated=ago(minutes=18)),
        a_job(2, State.READY, 3.8, 3.8, updated=ago(days=1), message="11 590 points"),
        a_job(3, State.OPENED, 12, 12, updated=ago(days=3)),
        a_job(4, State.CANCELLED, updated=ago(minutes=18))])
    assert status(panel, 1) == "Ready and on the map · 0.1 MB · 09:12"
    assert status(panel, 2) == "Ready, not opened · 11 590 points · 3.8 MB · yesterday"
    assert status(panel, 3) == "Ready and on the map · 12 MB · 19 November"
    assert status(panel, 4) == "Cancelled · 09:12"


def test_who_is_next_in_line(panel, ui):
    panel.set_jobs([a_job(1, State.ORDERED), a_job(2, State.WAITING), a_job(3, State.WAITING)])
    assert (status(panel, 2), status(panel, 3)) == ("Queued · next in line", "Queued")
    assert names(panel, ui.Role.ICONS, 2) == ["first", "cancel"]
    assert panel.totals.text() == "3 waiting"


def test_a_download_that_waits_for_another_one_is_queued(panel, clock):
    """EGMS lets two files pass at once."""
    jobs = [a_job(1, service="egms", size=9, received=1), a_job(2, service="egms", size=9)]
    panel.set_jobs(jobs)
    clock.seconds += 2
    panel.put_job(a_job(1, service="egms", size=9, received=3))
    assert status(panel, 2) == "Queued · next in line"
    panel.put_job(a_job(2, service="egms", size=9, received=0.1))
    assert status(panel, 2).startswith("Downloading")


def test_other_moments(panel):
    panel.set_jobs([a_job(1, State.SUBMITTING)])
    assert status(panel) == "Sending the order"
    panel.put_job(a_job(1, State.SUBMITTING, error=error_record(ServiceError(status=502))))
    assert status(panel) == "Checking whether the order has arrived"
    panel.put_job(a_job(1, received=9, size=9))
    assert status(panel) == "Unpacking and checking"


def test_a_download_that_rests_says_why_what_is_kept_and_until_when(panel, ui):
    error = error_record(NoConnection("cut", host="results.test"))
    panel.set_jobs([a_job(received=3.4, size=9, error=error, attempts=2,
                          next_attempt=moment_text(NOW + timedelta(seconds=40)))])
    assert status(panel) == ("No connection to results.test · 3.4 of 9.0 MB are kept · "
                             "next attempt in 40 seconds")
    spy = QSignalSpy(panel.pause_requested)
    panel.list.wished.emit(1, "pause")
    assert len(spy) == 1


def test_failures_are_sentences_with_a_way_out(panel, ui):
    panel.set_jobs([failed(LinkExpired("", kept=4 * MB, size=6_400_000))])
    assert "expired" in status(panel) and "6.4 MB" in status(panel)
    assert names(panel, ui.Role.BUTTONS) == ["retry", "history"]
    panel.put_job(failed(KeyMissing()))
    assert names(panel, ui.Role.BUTTONS) == ["import_key", "retry"]
    spy = QSignalSpy(panel.key_import_requested)
    panel.list.wished.emit(1, "import_key")
    assert len(spy) == 1


def test_an_unclear_order_asks_whether_to_send_it_again(panel, ui):
    panel.set_jobs([a_job(state=State.UNCLEAR, error=error_record(OrderUnclear("none")))])
    assert "order it twice" in status(panel)
    assert names(panel, ui.Role.BUTTONS) == ["send_again", "look_again"]
    resend, retry = QSignalSpy(panel.resend_requested), QSignalSpy(panel.retry_requested)
    panel.list.wished.emit(1, "send_again")
    assert (len(resend), len(retry)) == (1, 0)
    panel.list.wished.emit(1, "look_again")
    assert (len(resend), len(retry)) == (1, 1)


def test_time_passes(panel, clock, ui):
    panel.set_jobs([a_job(state=State.ORDERED)])
    spy = QSignalSpy(panel.model.dataChanged)
    panel.model.tick()
    assert len(spy) == 0, "nothing has changed"
    clock.seconds += 180
    panel.model.tick()
    assert "ordered 7 minutes ago" in status(panel)
    assert len(spy) == 1


# A service that does not work

@pytest.fixture
def trouble():
    error = error_record(ServiceError("", "bad gateway", host="land.test", status=502))
    later = datetime.now(timezone.utc) + timedelta(minutes=4)
    return Trouble("portal", error, ago(minutes=28), moment_text(later), 5)


def test_a_service_that_does_not_answer(panel, trouble):
    panel.set_jobs([
        a_job(1, State.ORDERED, submitted=ago(minutes=33)), a_job(2, State.WAITING),
        a_job(3, service="egms", size=9, received=3)])
    panel.set_troubles([trouble])
    assert panel.service.note.text == (
        "The download service does not answer (error 502, since 09:02). Nothing is lost: "
        "2 orders are kept and the next attempt is in 4 minutes.")
    assert shown(panel) == ["Waiting for the service", "Dataset 1", "Dataset 2", "Now",
                            "Dataset 3"]
    assert status(panel, 1) == "Ordered at 08:57 · waiting for the service"
    assert status(panel, 2) == "Not sent yet · will be sent when the service is back"

    spy = QSignalSpy(panel.attempt_requested)
    panel.service.note.buttons[0].click()
    assert [list(call) for call in spy] == [["portal"]]
    panel.service.note.buttons[1].click()
    text = dialog_text()
    assert "bad gateway" in text and "land.test" in text

    panel.set_troubles([])
    assert not panel.service.isVisible()
    assert shown(panel)[0] == "Now"


def test_trouble_that_nobody_waits_for_is_not_told(panel, trouble):
    panel.set_jobs([a_job(1, State.READY)])
    panel.set_troubles([trouble])
    assert not panel.service.isVisible()


def test_another_window_does_the_work(panel):
    panel.set_elsewhere(True)
    assert not panel.service.isVisible()
    panel.set_jobs([a_job(1, State.ORDERED)])
    assert "Another QGIS" in panel.service.note.text
    panel.set_elsewhere(False)
    assert not panel.service.isVisible()


# By mouse and keyboard

def click(panel, ui, name, job_id=1):
    """Click where the icon or button of a row is painted."""
    QApplication.processEvents()
    index = panel.model.index_of(job_id)
    layout = ui.layout_of(index, panel.list.visualRect(index), panel.list.font())
    place = {**layout.icons, **layout.buttons}[name].center()
    QTest.mouseClick(panel.list.viewport(), Qt.MouseButton.LeftButton, pos=place)


@pytest.mark.parametrize("job, name, signal", [
    (a_job(size=9), "pause", "pause_requested"),
    (a_job(size=9, paused=True), "resume", "resume_requested"),
    (a_job(state=State.WAITING), "first", "first_requested"),
    (a_job(state=State.READY), "open", "opening_requested"),
    (a_job(state=State.OPENED), "zoom", "zoom_requested"),
    (a_job(state=State.OPENED), "folder", "folder_requested"),
    (failed(OrderFailed()), "retry", "retry_requested"),
    (failed(OrderFailed()), "remove", "removal_requested"),
    (a_job(state=State.UNCLEAR), "send_again", "resend_requested"),
    (a_job(state=State.CANCELLED), "remove", "removal_requested")])
def test_painted_icons_and_buttons_are_clicked(panel, ui, job, name, signal):
    panel.set_jobs([job])
    spy = QSignalSpy(getattr(panel, signal))
    click(panel, ui, name)
    assert [list(call) for call in spy] == [[1]]


def test_a_press_that_is_drawn_away_is_no_click(panel, ui, qgis_app):
    panel.set_jobs([a_job(size=9)])
    qgis_app.processEvents()
    index = panel.model.index_of(1)
    place = ui.layout_of(
        index, panel.list.visualRect(index), panel.list.font()).icons["pause"].center()
    spy = QSignalSpy(panel.pause_requested)
    viewport = panel.list.viewport()
    QTest.mousePress(viewport, Qt.MouseButton.LeftButton, pos=place)
    QTest.mouseRelease(viewport, Qt.MouseButton.LeftButton, pos=QPoint(60, place.y()))
    assert len(spy) == 0


def test_the_menu_offers_all_that_is_painted_and_what_happened(panel, ui):
    jobs = [a_job(1, size=9), a_job(2, State.WAITING), a_job(3, State.READY),
            a_job(4, State.OPENED), failed(LinkExpired(), 5), a_job(6, State.UNCLEAR),
            a_job(7, State.ORDERED)]
    panel.set_jobs(jobs)
    for job in jobs:
        painted = names(panel, ui.Role.ICONS, job.id) + names(panel, ui.Role.BUTTONS, job.id)
        menu = panel.list.menu_for(panel.model.index_of(job.id))
        assert len(menu.actions()) == len(names(panel, ui.Role.MENU, job.id))
        assert set(painted) <= set(names(panel, ui.Role.MENU, job.id))
        assert "What happened" in [entry.text() for entry in menu.actions()]


def test_an_entry_of_the_menu_does_what_it_says(panel):
    panel.set_jobs([a_job(state=State.ORDERED)])
    menu = panel.list.menu_for(panel.model.index_of(1))
    spy = QSignalSpy(panel.pause_requested)
    next(entry for entry in menu.actions() if entry.text() == "Pause").trigger()
    assert [list(call) for call in spy] == [[1]]


def test_space_pauses_and_goes_on(panel):
    panel.set_jobs([a_job(size=9)])
    panel.select(1)
    pause, resume = QSignalSpy(panel.pause_requested), QSignalSpy(panel.resume_requested)
    QTest.keyClick(panel.list, Qt.Key.Key_Space)
    assert (len(pause), len(resume)) == (1, 0)
    panel.put_job(a_job(size=9, paused=True))
    QTest.keyClick(panel.list, Qt.Key.Key_Space)
    assert (len(pause), len(resume)) == (1, 1)


def test_delete_cancels_after_asking(panel):
    panel.set_jobs([a_job(size=9, received=3)])
    panel.select(1)
    spy = QSignalSpy(panel.cancel_requested)
    panel.answer = False
    QTest.keyClick(panel.list, Qt.Key.Key_Delete)
    assert len(spy) == 0 and "Cancel “Dataset 1”?" in panel.asked[0][0]
    panel.answer = True
    QTest.keyClick(panel.list, Qt.Key.Key_Delete)
    assert [list(call) for call in spy] == [[1]]


def test_what_is_done_is_taken_off_without_asking_unless_something_is_lost(panel):
    spy = QSignalSpy(panel.removal_requested)
    panel.set_jobs([a_job(state=State.OPENED, size=9, received=9)])
    panel.select(1)
    QTest.keyClick(panel.list, Qt.Key.Key_Delete)
    assert (len(spy), panel.asked) == (1, [])
    panel.put_job(failed(LinkExpired(), size=6.4, received=4))
    QTest.keyClick(panel.list, Qt.Key.Key_Delete)
    assert (len(spy), len(panel.asked)) == (2, 1)
    assert "4 MB" in panel.asked[0][0]


def test_enter_does_what_is_next(panel):
    panel.set_jobs([a_job(state=State.READY)])
    panel.select(1)
    spy = QSignalSpy(panel.opening_requested)
    QTest.keyClick(panel.list, Qt.Key.Key_Return)
    assert len(spy) == 1


def test_arrows_pass_over_headings(panel):
    panel.set_jobs([a_job(1, size=9), a_job(2, State.READY)])
    panel.select(1)
    QTest.keyClick(panel.list, Qt.Key.Key_Down)
    assert panel.list.currentIndex().data() == "Dataset 2"


def test_painted_icons_have_tool_tips(panel, ui, qgis_app):
    panel.set_jobs([a_job(size=9)])
    qgis_app.processEvents()
    index = panel.model.index_of(1)
    option = panel.list.option_for(index)
    place = ui.layout_of(index, option.rect, option.font).icons["pause"].center()
    event = QHelpEvent(QEvent.Type.ToolTip, place, panel.list.viewport().mapToGlobal(place))
    assert panel.list.itemDelegate().helpEvent(event, panel.list, option, index)
    assert QToolTip.text() == "Pause"
    QToolTip.hideText()


# The rest of the tab

def dialog_text():
    """Return the text of the open history, and close it."""
    from clms_explorer.ui.downloads.history_dialog import HistoryDialog

    dialog, = [widget for widget in QApplication.topLevelWidgets()
               if isinstance(widget, HistoryDialog) and widget.isVisible()]
    dialog.copy.click()
    text = dialog.text.toPlainText()
    assert QApplication.clipboard().text() == text
    dialog.close()
    return text


def test_what_happened_is_told_line_by_line(panel, events):
    panel.set_jobs([failed(LinkExpired())])
    today = datetime.now(timezone.utc)
    kinds = [("added", {}), ("sending", {}), ("ordered", {}), ("preparing", {}),
             ("downloading", {"files": 1, "size": 6_400_000}),
             ("file", {"name": "clc.zip", "size": 6_400_000}),
             ("waiting", error_record(NoConnection("cut", host="results.test"))),
             ("unpacked", {"files": 3}), ("of_a_later_version", {"x": 1})]
    events[1] = [Event(moment_text(today), kind, facts) for kind, facts in kinds]
    panel.list.wished.emit(1, "history")
    lines = dialog_text().splitlines()
    assert len(lines) == len(kinds)
    clock = f"{today.astimezone():%H:%M:%S}"
    assert lines[0] == f"{clock}  Added to the downloads"
    assert lines[4].endswith("The result can be downloaded: 1 file, 6.4 MB")
    assert lines[5].endswith("clc.zip is here, 6.4 MB")
    assert "connection to results.test was cut" in lines[6]
    assert lines[7].endswith("Unpacked: 3 files")


def test_all_events_that_the_journal_writes_have_words(ui):
    from clms_explorer.core.jobs.records import EVENTS
    from clms_explorer.ui.downloads.job_words import history_lines

    for kind in EVENTS:
        line, = history_lines([Event(ago(), kind, error_record(OrderUnclear()))], NOW)
        assert not line.endswith(f"  {kind}"), kind


def test_an_empty_tab_says_what_will_be_here(panel):
    assert panel.empty.isVisible() and panel.empty.title == "No downloads yet"
    assert not panel.pause_all.isEnabled() and not panel.clear.isEnabled()
    spy = QSignalSpy(panel.catalogue_requested)
    panel.empty.ways[0].click()
    assert len(spy) == 1
    panel.set_jobs([a_job()])
    assert panel.list.isVisible() and not panel.empty.isVisible()


def test_pause_all_becomes_go_on_with_all(panel):
    panel.set_jobs([a_job(1, size=9), a_job(2, State.ORDERED, paused=True)])
    pause, resume = QSignalSpy(panel.pause_all_requested), QSignalSpy(panel.resume_all_requested)
    panel.pause_all.click()
    panel.put_job(a_job(1, size=9, paused=True))
    assert panel.pause_all.text() == "Go on with all"
    panel.pause_all.click()
    assert (len(pause), len(resume)) == (1, 1)


def test_clear_done_and_library(panel):
    panel.set_jobs([failed(OrderFailed(), 1)])
    assert not panel.clear.isEnabled()
    panel.put_job(a_job(2, State.READY))
    clear, library = QSignalSpy(panel.clearing_requested), QSignalSpy(panel.library_requested)
    panel.clear.click()
    panel.library.click()
    assert (len(clear), len(library)) == (1, 1)


def test_free_space_is_told(panel):
    panel.set_free_space(212_000_000_000)
    assert panel.free.text() == "212 GB free"


@pytest.mark.parametrize("width, points", [(320, 9), (400, 9), (400, 18), (800, 18)])
def test_rows_do_not_overlap_and_nothing_leaves_them(panel, ui, qgis_app, width, points):
    font = QFont(panel.font())
    font.setPointSizeF(points)
    panel.setFont(font)
    panel.resize(width, 900)
    panel.set_jobs([
        failed(LinkExpired("", kept=4 * MB, size=7 * MB), 1, title="A very long title " * 8),
        a_job(2, State.ORDERED, service_state="preparing"), a_job(3, size=9, received=3),
        a_job(4, State.READY, 3, 3)])
    qgis_app.processEvents()
    bottom = 0
    for row in range(panel.model.rowCount()):
        index = panel.model.index(row)
        rect = panel.list.visualRect(index)
        assert rect.top() >= bottom
        bottom = rect.bottom()
        if not index.data(ui.Role.IS_HEADING):
            layout = ui.layout_of(index, rect, panel.list.font())
            parts = [layout.icon, layout.title, layout.status, *layout.icons.values(),
                     *layout.buttons.values()]
            assert all(rect.contains(part) for part in parts)
            assert layout.bar.isNull() or rect.contains(layout.bar)
    assert panel.list.grab().width() > 0


def test_bars_without_end_move_only_while_they_are_seen(panel):
    panel.set_jobs([a_job(state=State.ORDERED)])
    before = panel.list._delegate.phase
    panel.list._move_bars()
    assert panel.list._delegate.phase != before
    assert panel.list._timer.isActive()
    panel.hide()
    assert not panel.list._timer.isActive()


# Speed

def test_a_speed_is_the_mean_of_the_last_seconds(ui):
    meter = ui.SpeedMeter()
    for second in range(60):
        meter.note(second, second * 100 if second < 40 else 4000 + (second - 40) * 1000)
    assert meter.speed(59) == pytest.approx(1000, rel=0.05)


def test_a_speed_needs_two_figures_and_some_time(ui):
    meter = ui.SpeedMeter()
    assert meter.speed(0) == 0
    meter.note(0, 5_000_000)
    assert meter.speed(3) == 0, "what was there before did not arrive now"
    meter.note(0.1, 6_000_000)
    assert meter.speed(0.1) == 0
    meter.note(1, 6_500_000)
    assert meter.speed(1) == 1_500_000
    meter.stop()
    assert meter.speed(1) == 0


def test_a_file_that_begins_anew_does_not_run_backwards(ui):
    meter = ui.SpeedMeter()
    meter.note(0, 9_000)
    meter.note(1, 100)
    meter.note(2, 1_100)
    assert meter.speed(2) == 1000
