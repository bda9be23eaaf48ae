"""Whether the points around a moving one move too, told from the columns of a store."""

from __future__ import annotations

import numpy as np
import pytest
import ustica
from small_store import COLUMNS, point, source, write_store

from clms_explorer.core.egms.fit import alpha_for, fit_trend
from clms_explorer.core.egms.importer import import_files
from clms_explorer.core.egms.neighbours import neighbours_of
from clms_explorer.core.egms.quality import SIGNIFICANT, SLOW
from clms_explorer.core.egms.reference import Reference, choose
from clms_explorer.core.egms.store import PointStore

X, Y = 4_599_500.0, 1_739_700.0
DATES = tuple(str(day) for day in np.arange("2020-01-01", "2024-12-01", 6, "M8[D]"))
NOWHERE = Reference("user")


def falling(pid, east, velocity=-8.0, **numbers):
    """Return a point with a series of so many mm/yr and a little noise."""
    years = np.arange(len(DATES)) * 6 / 365
    noise = np.random.default_rng(list(pid.encode())).normal(0, 1, len(DATES))
    return point(pid, X + east, Y, np.rint(10 * (velocity * years + noise)),
                 mean_velocity=velocity, rmse=1.0, **numbers)


@pytest.fixture()
def make(tmp_path):
    """Return a function that writes a store of points and opens it."""
    opened = []

    def write(rows, table="los_ascending", level="L2b", sources=None, columns=COLUMNS):
        path = write_store(
            tmp_path / f"{len(opened)}.gpkg", sources or [source(1, table, dates=DATES)],
            {table: rows}, level=level, columns=columns)
        opened.append(PointStore(path))
        return opened[-1]

    yield write
    for store in opened:
        store.close()


def agreeing(store, pid="here", reference=NOWHERE):
    here, = store.find(pid)
    fit = fit_trend(store.series(here), alpha_for(store.info.level))
    return neighbours_of(store, here).agreeing(fit, reference)


def test_points_of_other_cells_that_move_the_same_way_agree(make):
    store = make([
        falling("here", 0), falling("same cell", 10), falling("near", 30), falling("far", 101),
        falling("edge", -100), falling("rising", 50, 8.0), falling("still", 60, -0.1)])
    assert agreeing(store) == 2


def test_a_noisy_neighbour_says_nothing(make):
    store = make([falling("here", 0), {**falling("noisy", 30), "rmse": 40.0},
                  {**falling("unknown", 40), "rmse": None},
                  {**falling("without velocity", 50), "mean_velocity": None}])
    assert agreeing(store) == 0


def test_neighbours_are_measured_against_the_same_reference(make):
    columns = [*COLUMNS, "gnss_los"]
    store = make([falling("here", 0, gnss_los=-8.0), falling("near", 30, gnss_los=-8.0),
                  falling("other", 40, -16.0, gnss_los=-8.0)], columns=columns)
    here, = store.find("here")
    assert neighbours_of(store, here).velocities.tolist() == [0.0, -8.0]


def test_of_ortho_cells_the_eight_around_count(make):
    cells = [falling("here", 0)] + [
        {**falling(f"{east} {north}", east), "northing": Y + north}
        for east in (-100, 0, 100) for north in (-100, 0, 100) if east or north]
    beyond = falling("beyond", 200)
    store = make([*cells, beyond], "up", "L3", [source(1, "up", track=0, dates=DATES)])
    assert agreeing(store) == 8


def test_in_the_basic_product_only_the_same_burst_and_cluster_count(make):
    sources = [source(1, dates=DATES), source(2, dates=DATES)]
    rows = [falling("here", 0, cluster_label=1), falling("same", 30, cluster_label=1),
            falling("cluster", 40, cluster_label=2),
            {**falling("burst", 50, cluster_label=1), "source": 2}]
    columns = [*COLUMNS, "cluster_label"]
    assert agreeing(make(rows, level="L2a", sources=sources, columns=columns)) == 1
    assert agreeing(make(rows, level="L2b", sources=sources, columns=columns)) == 3


def test_a_lonely_point(make):
    assert agreeing(make([falling("here", 0)])) == 0


@pytest.mark.parametrize("names, level, shares", [
    ((ustica.ASCENDING, ustica.DESCENDING), "L2b",
     {"los_ascending": (0.72, 0.77), "los_descending": (0.72, 0.77)}),
    ((ustica.UP, ustica.EAST), "L3", {"up": (0.2, 0.26), "east": (0, 0)}),
])
def test_as_often_as_the_reference_says(shared_data, tmp_path, names, level, shares):
    """egms.md 12.2: 73 to 76 % of the fast L2b points; U 2 of 8 or so, E none of 12."""
    folder = shared_data / "egms" / "ustica_2020_2024"
    import_files([folder / f"{name}.zip" for name in names], tmp_path / "s.gpkg")
    store = PointStore(tmp_path / "s.gpkg")
    for table, (low, high) in shares.items():
        agree = [count >= 2 for count in _fast_points(store, table, level)]
        assert low <= np.mean(agree) <= high
    store.close()


def _fast_points(store, table, level):
    """Yield for each significantly moving point how many neighbours agree."""
    for here in store.within(table, (0, 0, 1e7, 1e7)):
        if abs(here.attributes["mean_velocity"] - choose(
                level, table, here.attributes).velocity) < SLOW - 0.2:
            continue  # the fit differs from the delivered velocity by 0.1 at most
        fit = fit_trend(store.series(here), alpha_for(level))
        reference = choose(level, table, here.attributes)
        relative = abs(fit.velocity - reference.velocity)
        if relative >= max(SLOW, SIGNIFICANT * np.hypot(fit.sigma, reference.sigma)):
            yield neighbours_of(store, here).agreeing(fit, reference)
