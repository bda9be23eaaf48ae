"""Long work runs beside the GUI and reports exactly once."""

from clms_explorer.core.errors import Cancelled, DiskFull
from clms_explorer.ui.qgis_bridge.tasks import TaskRunner


def test_a_result_arrives(qgis_app, wait_until):
    results = []
    runner = TaskRunner()
    runner.start("add", lambda stop, progress: 1 + 1, done=results.append)
    wait_until(lambda: results)
    assert results == [2]


def test_an_error_arrives_and_nothing_is_raised(qgis_app, wait_until):
    errors = []

    def work(stop, progress):
        raise DiskFull("full", folder="/data")

    runner = TaskRunner()
    runner.start("write", work, failed=errors.append)
    wait_until(lambda: errors)
    assert isinstance(errors[0], DiskFull)


def test_a_stopped_task_is_neither_success_nor_failure(qgis_app, wait_until):
    outcomes = []
    seen = []

    def work(stop, progress):
        while not stop():
            seen.append(1) if not seen else None
        raise Cancelled()

    runner = TaskRunner()
    runner.start("wait", work, done=outcomes.append, failed=outcomes.append)
    wait_until(lambda: seen)
    runner.stop_all()
    qgis_app.processEvents()
    assert outcomes == []
