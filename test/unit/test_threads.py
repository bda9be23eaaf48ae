"""pyproj is used in Python's own threads alone, whoever calls."""

import _thread
import threading

from clms_explorer.core.aoi.shapes import area_from_bounds
from clms_explorer.core.threads import in_python_thread


def in_foreign_thread(work):
    """Run work in a thread that the threading module has not started; return its outcome."""
    done, outcome = threading.Event(), []

    def run():
        try:
            outcome.append(work())
        except BaseException as err:  # noqa: B902 - handed over to the test
            outcome.append(err)
        done.set()

    _thread.start_new_thread(run, ())
    assert done.wait(30)
    return outcome[0]


def test_a_call_from_a_foreign_thread_moves_to_one_of_python():
    name = in_python_thread(lambda: type(threading.current_thread()).__name__)
    assert in_foreign_thread(name) == "Thread"
    assert name() == "_MainThread"


def test_errors_come_back_to_the_caller():
    @in_python_thread
    def fail():
        raise ValueError("no")

    assert isinstance(in_foreign_thread(fail), ValueError)


def test_areas_are_made_again_and_again_from_foreign_threads():
    bounds = (4_590_000, 1_730_000, 4_600_000, 1_740_000)
    here = area_from_bounds(bounds, "EPSG:3035", "Ustica", "box")
    for _time in range(5):
        there = in_foreign_thread(lambda: area_from_bounds(bounds, "EPSG:3035", "Ustica", "box"))
        assert there == here
