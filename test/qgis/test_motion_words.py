"""What the motion dock says and where it draws: words, numbers, dates, gaps."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from clms_explorer.core.egms.fit import alpha_for, fit_trend
from clms_explorer.core.egms.neighbours import Neighbours
from clms_explorer.core.egms.series import Series
from clms_explorer.ui.motion import facts, words
from clms_explorer.ui.motion.date_ticks import date_ticks, date_words
from clms_explorer.ui.motion.shown import Shown, polyline
from clms_explorer.ui.motion.verdict import verdict

DATES = np.arange(np.datetime64("2020-01-03"), np.datetime64("2024-12-28"), 6)
SIGHTS = {
    "los_ascending": {"los_east": -0.622, "los_north": -0.098, "los_up": 0.777},
    "los_descending": {"los_east": 0.594, "los_north": -0.120, "los_up": 0.795},
}


def shown(direction, velocity, noise=1.0, dates=DATES, bend=0.0, **attributes):
    """Return a series with a known velocity in mm/yr and white noise of so many mm."""
    years = (dates - dates[0]).astype(float) / 365
    scatter = np.random.default_rng(7).normal(0, noise, dates.size)
    values = velocity * years + bend * years ** 2 / 2 + scatter
    series = Series(
        dates, values, direction=direction, name=direction,
        attributes={**SIGHTS.get(direction, {}), **attributes}, provenance={"level": "L2b"})
    return Shown(series, direction, fit_trend(series, alpha_for("L2b")))


def around(*velocities):
    """Return quiet neighbours 50 m away with these velocities."""
    count = len(velocities)
    return Neighbours(
        np.full(count, 50.0), np.array(velocities, float), np.full(count, 1.0), 100.0)


def test_two_orbits_say_up_and_east():
    said = verdict([shown("los_ascending", -6.0), shown("los_descending", -10.0)])
    assert said.headline.startswith("Moving down 10.2 ± ")
    assert " and west 3.1 ± " in said.headline and said.headline.endswith(" mm/yr")
    assert said.detail.startswith("Compared with stable Europe.")
    assert "north–south motion counts as zero" in said.tip


def test_the_gnss_model_is_taken_off_and_named():
    rows = [shown("los_ascending", -1.5, gnss_los=-1.5), shown("los_descending", -1.4,
                                                               gnss_los=-1.4)]
    said = verdict(rows)
    assert said.headline.startswith("Not moving measurably (within ± ")
    assert said.detail == "Compared with the motion of the region (GNSS model)."


def test_one_orbit_leaves_the_direction_open():
    said = verdict([shown("los_descending", -8.5)])
    assert said.headline.startswith("Moving away from the satellite 8.")
    assert said.detail.startswith("With one orbit the direction stays open.")
    assert verdict([shown("los_ascending", 8.5)]).headline.startswith(
        "Moving towards the satellite 8.")


def test_ortho_needs_no_second_orbit():
    said = verdict([shown("up", -5.0), shown("east", 4.0)])
    assert said.headline.startswith("Moving down 5.0 ± ") and " and east 4.0 ± " in said.headline


def test_the_points_around_confirm_a_motion_or_do_not():
    alone = shown("los_descending", -8.5)
    assert "Compare with the points around." in verdict([alone]).detail
    confirmed = verdict([replace(alone, neighbours=around(-8.0, -7.0))])
    assert confirmed.headline == verdict([alone]).headline
    assert "around" not in confirmed.detail
    doubtful = verdict([replace(alone, neighbours=around(-8.0, 7.0))])
    assert "The points around do not move like this" in doubtful.detail


def test_with_two_orbits_those_count_that_see_the_motion():
    across, along = shown("los_ascending", 0.0), shown("los_descending", -10.0)
    rows = [replace(across, neighbours=around()), replace(along, neighbours=around(-9.0, -9.0))]
    said = verdict(rows)
    assert said.headline.startswith("Moving ") and "around" not in said.detail
    both = [replace(shown("los_ascending", -6.0), neighbours=around()), rows[1]]
    assert "The points around do not move like this" in verdict(both).detail


def test_noise_and_few_dates_are_said():
    assert verdict([shown("up", 0.0, noise=30.0)]).headline == "Too noisy to tell"
    short = verdict([shown("up", -20.0, dates=DATES[:20])])
    assert short.headline == "Too few dates to tell" and "3 years" in short.detail
    assert verdict([shown("up", -20.0, dates=DATES[:3])]).headline == "Too few dates to tell"
    assert verdict([]).headline == ""


def test_a_change_of_pace_is_said_when_it_is_significant():
    faster = verdict([shown("up", -2.0, bend=-3.0)])
    assert "The vertical series is getting faster, by 3.0 mm/yr each year." in faster.detail
    slower = verdict([shown("up", -20.0, bend=3.0)])
    assert "The vertical series is getting slower, by 3.0 mm/yr each year." in slower.detail
    assert "getting" not in verdict([shown("up", -8.0)]).detail


def test_figures_have_units_and_words():
    row = shown("los_descending", -8.5, temporal_coherence=0.94, rmse=1.2, height_ortho=19.6,
                incidence_angle=37.35, pid="166ax5CZcV", mean_velocity=-8.5,
                mean_velocity_std=0.1)
    found = facts.facts(row)
    assert found["velocity"].text.startswith("<b>−8.5 ± ")
    assert "EGMS delivers −8.5 ± 0.1 mm/yr" in found["velocity"].tip
    assert found["coherence"].text == "0.94, very good"
    assert found["rmse"].text == "1.2 mm, very good"
    assert found["height"].text == "19.6 m" and found["incidence"].text == "37.35°"
    assert found["dates"].text == f"{DATES.size}, 2020–2024"
    assert found["level"].text == "L2b calibrated"
    assert found["seasonal"].text.startswith("below ")
    assert "release" not in found


def test_what_is_missing_or_wild_is_left_out_and_breaks_nothing():
    odd = shown("up", 1.0, temporal_coherence=0.0, height_ortho=float("nan"), rmse="?",
                pid="<b>x</b>")
    found = facts.facts(odd)
    assert "coherence" not in found and "height" not in found and "rmse" not in found
    assert found["point"].text == "&lt;b&gt;x&lt;/b&gt;"
    few = shown("up", 1.0, dates=DATES[:2])
    assert facts.velocity(few) == "too few dates"
    assert facts.facts(few)["velocity"].text == "too few dates"
    assert polyline(few.series).days.size == 2


@pytest.mark.parametrize("value, text", [
    (-13.34, "−13.3"), (0.0, "0.0"), (-0.04, "0.0"), (1234.5, "1234.5"), (float("nan"), "–")])
def test_numbers_have_a_real_minus_and_no_negative_zero(value, text):
    assert words.number(value, 1) == text


def test_places_in_all_quarters_of_the_world():
    assert words.place(13.16508, 38.69717) == "38.6972° N, 13.1651° E"
    assert words.place(-8.5, -1.25) == "1.2500° S, 8.5000° W"


def test_the_axis_says_which_way_is_plus():
    assert words.axis_labels(["los_ascending", "los_descending"])[0] == (
        "Motion, mm (+ towards satellite)")
    assert words.axis_labels(["up", "east"])[0] == "Motion, mm (+ up, east)"
    assert words.axis_labels([])[0] == "Motion, mm"
    assert words.axis_labels(["up"])[-1] == "mm"


def test_dates_on_the_axis_are_round_at_every_zoom():
    def day(text):
        return float(np.datetime64(text).astype("datetime64[D]").astype(int))

    assert date_ticks(day("2019-12-01"), day("2025-02-01"), 8).labels == [
        "2020", "2021", "2022", "2023", "2024", "2025"]
    assert date_ticks(day("2019-12-01"), day("2025-02-01"), 3).labels == ["2020", "2022", "2024"]
    assert date_ticks(day("2022-12-15"), day("2023-04-15"), 5).labels == [
        "2023", "Feb", "Mar", "Apr"]
    assert date_ticks(day("2023-05-01"), day("2023-05-20"), 4).labels == [
        "1 May", "8 May", "15 May"]
    assert date_ticks(day("2023-05-01"), day("2023-05-01"), 0).labels
    assert date_words(day("2023-04-29")) == "29 Apr 2023"
    assert date_words(day("1960-02-29")) == "29 Feb 1960"


def test_a_gap_in_the_dates_or_a_missing_value_is_a_gap_in_the_line():
    dates = np.concatenate([DATES[:10], DATES[20:30]])
    values = np.arange(20.0)
    values[4] = np.nan
    line = polyline(Series(dates, values))
    assert line.days.size == 19
    assert [i for i, on in enumerate(line.joined) if not on] == [3, 8, 18]
    nothing = polyline(Series(dates, np.full(20, np.nan)))
    assert nothing.days.size == nothing.joined.size == 0
