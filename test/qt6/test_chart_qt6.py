"""The chart and the item models of the motion history under Qt 6."""

from __future__ import annotations

import numpy as np
import pytest
from clms_explorer.core.egms.fit import fit_trend
from clms_explorer.core.egms.series import Series
from qgis.PyQt.QtCore import QPointF, Qt
from qgis.PyQt.QtTest import QAbstractItemModelTester, QTest

DATES = np.arange(np.datetime64("2020-01-03"), np.datetime64("2024-12-28"), 6)


def series(direction="los_ascending", name="Ascending 117", velocity=-3.0, pid="1WBfX4snpW"):
    values = velocity * np.arange(DATES.size) / 61 + np.tile([-1.0, 0.5, 1.2, -0.4], 76)[
        :DATES.size]
    return Series(DATES, values.round(1), direction=direction, name=name,
                  attributes={"pid": pid}, provenance={"level": "L2b"})


def shown(one, **more):
    from clms_explorer.ui.motion.shown import Shown

    return Shown(one, one.name, fit_trend(one, 0.85), **{"place": 1, **more})


@pytest.fixture
def chart(qt_app):
    from clms_explorer.ui.motion.chart import Chart

    widget = Chart()
    widget.resize(900, 260)
    widget.show()
    qt_app.processEvents()
    yield widget
    widget.deleteLater()
    qt_app.processEvents()


def day(text):
    return float(np.datetime64(text, "D").astype(int))


def test_it_reads_date_and_value_nearest_to_the_pointer(chart):
    up, down = series(), series("los_descending", "Descending 22", -8.0, "166ax5CZcV")
    chart.show_series([shown(up), shown(down)], 1)
    i = 200
    chart.read_near(QPointF(day(str(DATES[i])) + 1, float(down.values[i])))
    readings = chart.readings()
    assert [r.shown.name for r in readings] == ["Ascending 117", "Descending 22"]
    assert [r.value for r in readings] == [up.values[i], down.values[i]]
    assert readings[1].value_words == f"−{abs(down.values[i]):.1f} mm"
    assert readings[1].date_words == "17 Apr 2023"


def test_arrows_step_through_the_dates_and_stop_at_the_ends(chart):
    chart.show_series([shown(series())], 1)
    QTest.keyClick(chart, Qt.Key.Key_Left)
    assert chart.readings()[0].day == day(str(DATES[-1]))
    QTest.keyClick(chart, Qt.Key.Key_Right)
    assert chart.readings()[0].day == day(str(DATES[-1]))
    QTest.keyClick(chart, Qt.Key.Key_Left)
    QTest.keyClick(chart, Qt.Key.Key_Left)
    assert chart.readings()[0].day == day(str(DATES[-3]))
    assert "mm" in chart.accessibleDescription()


def test_keys_zoom_fit_keep_and_change_the_series(chart):
    chart.show_series([shown(series())], 1)
    told = []
    chart.keep_pressed.connect(lambda: told.append("keep"))
    chart.series_stepped.connect(told.append)
    whole = chart.date_range()
    QTest.keyClick(chart, Qt.Key.Key_Plus)
    zoomed = chart.date_range()
    assert whole[0] < zoomed[0] and zoomed[1] < whole[1]
    QTest.keyClick(chart, Qt.Key.Key_F)
    assert chart.date_range() == pytest.approx(whole)
    QTest.keyClick(chart, Qt.Key.Key_K)
    QTest.keyClick(chart, Qt.Key.Key_Right, Qt.KeyboardModifier.ShiftModifier)
    QTest.keyClick(chart, Qt.Key.Key_Left, Qt.KeyboardModifier.ShiftModifier)
    assert told == ["keep", 1, -1]


def test_the_chosen_dates_stay_when_another_point_is_shown(chart):
    chart.show_series([shown(series())], 1)
    chart.zoom(0.5)
    zoomed = chart.date_range()
    chart.show_series([shown(series(velocity=-20.0, pid="x"))], 1)
    assert chart.date_range() == pytest.approx(zoomed)


def test_values_never_fill_less_than_20_mm(chart):
    chart.show_series([shown(series(velocity=0.0))], 1)
    low, high = chart.value_range()
    assert high - low >= 20


def test_the_picture_shows_the_series_and_no_cross_hair(chart):
    from clms_explorer.ui.motion.colours import series_colour

    chart.show_series([shown(series())], 1)
    colour = series_colour("los_ascending", 0, chart.palette()).rgb()
    chart.step(-1)
    image = chart.image()
    assert image.width() == 2 * chart.width()
    pixels = [image.pixel(x, y) for x in range(0, image.width(), 3)
              for y in range(0, image.height(), 3)]
    assert pixels.count(colour) > 100
    assert not chart.readings()


def test_series_are_reused_not_piled_up(chart):
    for _time in range(3):
        chart.show_series([shown(series()), shown(series("up", "Up"))], 1)
        chart.show_series([shown(series())], 1)
    assert chart.drawn() == ["Ascending 117"]


def test_a_series_without_values_is_no_error(chart):
    empty = Series(DATES, np.full(DATES.size, np.nan), name="Nothing")
    none = Series(DATES[:0], np.empty(0), name="No dates")
    chart.show_series([shown(empty), shown(none)], 1)
    chart.step(1)
    chart.read_near(QPointF(day("2022-01-01"), 0.0))
    assert chart.readings() == []
    assert chart.drawn() == []


def test_the_models_keep_the_rules_of_qt(qt_app):
    from clms_explorer.ui.motion.series_model import KEPT, SeriesModel
    from clms_explorer.ui.motion.spot import Spot
    from clms_explorer.ui.motion.values_model import ValuesModel

    model, values = SeriesModel(qt_app.palette()), ValuesModel()
    mode = QAbstractItemModelTester.FailureReportingMode.Fatal
    testers = [QAbstractItemModelTester(one, mode) for one in (model, values)]
    model.show_spot(Spot(13.16, 38.69, (series(), series("los_descending", "Descending 22"))))
    values.show_series(model.shown)
    checked = model.setData(
        model.index(0, KEPT), Qt.CheckState.Checked, Qt.ItemDataRole.CheckStateRole)
    assert checked and model.shown[0].kept
    model.show_spot(Spot(13.17, 38.69, (series(pid="other"),)))
    values.show_series(model.shown)
    assert [row.name for row in model.shown] == [
        "Ascending 117, 1WBfX4snpW", "Ascending 117, other"]
    assert values.columnCount() == 3 and values.rowCount() == DATES.size
    model.clear()
    assert testers and model.rowCount() == 0
