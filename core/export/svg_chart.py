"""A chart of series as one self-contained SVG text, for reports and files."""

from __future__ import annotations

import colorsys
import math
import re
from dataclasses import dataclass
from html import escape
from typing import Iterator, Sequence

import numpy as np
from numpy.typing import NDArray

from ..egms.fit import Fit, alpha_for, fit_trend
from ..egms.gaps import pieces
from ..egms.series import Series
from .axes import Frame, date_ticks, tick_text, value_ticks
from .conventions import credits_of, unique_names, value_label

BAND_NOTE = "Line: trend. Band: 95 % of the trend. ±: one standard deviation."

_COLOURS = {
    "los_ascending": "#8445b3", "los_descending": "#147a63", "up": "#b0387a", "east": "#6b7419",
}
_OTHER = "#4878be"
# Turn of the hue (degrees) and change of the lightness for further series of one direction.
_SHADES = ((0, 0.0), (-32, 0.12), (30, -0.10), (-58, 0.04), (56, 0.14))
_TEXT, _SECONDARY, _LINE, _ZERO = "#1f2328", "#5c6166", "#dcdee0", "#8a8f94"
_FONT = "Noto Sans, DejaVu Sans, Arial, sans-serif"
_SIZE, _SMALL = 12, 11
_CHARACTER = 7.2  # px, mean width of a bold character at _SIZE
_LEFT, _ROW = 64.0, 18.0
_SMOOTH = 41
_NOT_XML = re.compile(r"[^\t\n\r\x20-\uD7FF\uE000-\uFFFD\U00010000-\U0010FFFF]")
Floats = NDArray[np.float64]


@dataclass(frozen=True)
class _Trace:
    """A series with what is drawn of it.

    trend, band: mm, at some of the dates, trend_days; empty = not drawn.
    """

    series: Series
    name: str
    colour: str
    fit: Fit | None
    days: Floats
    trend_days: Floats
    trend: Floats
    band: Floats


def svg(
    series_list: Sequence[Series], *, title: str = "", fits: Sequence[Fit] | None = None,
    names: Sequence[str] | None = None, colours: Sequence[str] | None = None,
    label: str | None = None, notes: Sequence[str] | None = None,
    width: int = 960, height: int = 420,
) -> str:
    """Return the chart: points, lines broken at gaps, trends with 95 % bands, a legend.

    fits: one per series; None = trend + annual motion of every series in mm; () = no trends.
    names, colours ("#8445b3"), label (of the values), notes (small lines below): in the user's
    language; None = plain English ones with the credit. width, height: px, height of the plot
    alone.
    """
    traces = _traces(series_list, fits, names, colours)
    frame = _frame(traces, width, height, bool(title))
    if label is None:
        label = value_label(series_list)
    below = [BAND_NOTE] if any(trace.trend.size for trace in traces) else []
    lines = below + credits_of(series_list) if notes is None else list(notes)
    bottom = frame.top + frame.height + 26
    total = bottom + _ROW * len(traces) + 15 * len(lines) + 18
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{total:.0f}" '
        f'viewBox="0 0 {width} {total:.0f}" role="img" font-family="{_FONT}" '
        f'font-size="{_SIZE}" fill="{_TEXT}">',
        f"<title>{_safe(title or label)}</title>",
        '<rect width="100%" height="100%" fill="#ffffff"/>',
    ]
    if title:
        parts.append(f'<text x="12" y="24" font-size="14" font-weight="bold">{_safe(title)}'
                     "</text>")
    parts += _axes(frame, label, any(np.isfinite(trace.series.values).any() for trace in traces))
    for trace in traces:
        parts += _drawn(trace, frame, 0.22 if len(traces) <= 4 else 0.1)
    parts += _end_names(traces, frame)
    parts += _legend(traces, bottom)
    for number, line in enumerate(lines):
        y = bottom + _ROW * len(traces) + 15 * number + 16
        parts.append(f'<text x="12" y="{y:.0f}" font-size="{_SMALL}" fill="{_SECONDARY}">'
                     f"{_safe(line)}</text>")
    parts.append("</svg>")
    return "\n".join(parts) + "\n"


def _traces(
    series_list: Sequence[Series], fits: Sequence[Fit] | None, names: Sequence[str] | None,
    colours: Sequence[str] | None,
) -> list[_Trace]:
    names = unique_names(series_list) if names is None else names
    colours = _own_colours(series_list) if colours is None else colours
    traces = []
    for number, series in enumerate(series_list):
        if fits is not None:
            fit = fits[number] if number < len(fits) else None
        else:
            fit = _own_fit(series)
        known = fit is not None and math.isfinite(fit.velocity)
        dates = _some(series.dates) if known else series.dates[:0]
        traces.append(_Trace(
            series, names[number], colours[number], fit if known else None,
            series.dates.astype(np.float64), dates.astype(np.float64),
            fit.trend(dates) if fit else np.empty(0), fit.band95(dates) if fit else np.empty(0)))
    return traces


def _some(dates: NDArray[np.datetime64]) -> NDArray[np.datetime64]:
    """Return dates enough for a smooth line, the first and the last among them."""
    most = min(dates.size, _SMOOTH)
    return np.asarray(dates[np.linspace(0, dates.size - 1, most).round().astype(int)])


def _own_fit(series: Series) -> Fit | None:
    if series.unit != "mm":
        return None
    return fit_trend(series, alpha_for(series.provenance.get("level", "")))


def _own_colours(series_list: Sequence[Series]) -> list[str]:
    """Return the colour of each direction, in another shade each time it comes again."""
    seen: dict[str, int] = {}
    colours = []
    for series in series_list:
        base = _COLOURS.get(series.direction, _OTHER)
        turn, lighter = _SHADES[seen.get(base, 0) % len(_SHADES)]
        seen[base] = seen.get(base, 0) + 1
        red, green, blue = (int(base[i:i + 2], 16) / 255 for i in (1, 3, 5))
        hue, lightness, strength = colorsys.rgb_to_hls(red, green, blue)
        rgb = colorsys.hls_to_rgb(
            (hue + turn / 360) % 1, min(0.85, max(0.15, lightness + lighter)), strength)
        colours.append("#" + "".join(f"{round(part * 255):02x}" for part in rgb))
    return colours


def _frame(traces: Sequence[_Trace], width: int, height: int, titled: bool) -> Frame:
    """Return the rectangle of the plot: all values, trends and bands, and zero."""
    days = [trace.days[np.isfinite(trace.series.values)] for trace in traces]
    all_days = np.concatenate([*days, np.empty(0)])
    values = [np.zeros(1)]
    for trace in traces:
        values += [trace.series.values, trace.trend - trace.band, trace.trend + trace.band]
    all_values = np.concatenate(values)
    all_values = all_values[np.isfinite(all_values)]
    low, high = float(all_values.min()), float(all_values.max())
    room = 0.05 * (high - low) or 1.0
    first, last = (all_days.min(), all_days.max()) if all_days.size else (0.0, 0.0)
    if first == last:
        first, last = first - 30, last + 30
    edge = 0.01 * (last - first)
    right = 20 + _CHARACTER * max([len(trace.name) for trace in traces], default=0)
    top = 56.0 if titled else 34.0
    return Frame(
        _LEFT, top, max(100.0, width - _LEFT - min(right, 0.4 * width)), float(height),
        float(first - edge), float(last + edge), low - room, high + room)


def _axes(frame: Frame, label: str, filled: bool) -> Iterator[str]:
    """Yield grid, tick labels, zero line and the label of the values."""
    right, bottom = frame.left + frame.width, frame.top + frame.height
    yield (f'<text x="12" y="{frame.top - 12:.0f}" fill="{_SECONDARY}">{_safe(label)}</text>')
    ticks = value_ticks(frame.low, frame.high, 8) if filled else [0.0]
    step = ticks[1] - ticks[0] if len(ticks) > 1 else 1.0
    for value, y in zip(ticks, frame.y(np.array(ticks))):
        colour = _ZERO if value == 0 else _LINE
        yield (f'<path d="M{frame.left:.1f} {y:.1f}H{right:.1f}" stroke="{colour}"/>'
               f'<text x="{frame.left - 8:.1f}" y="{y + 4:.1f}" text-anchor="end" '
               f'fill="{_SECONDARY}">{tick_text(value, step)}</text>')
    days = date_ticks(frame.first, frame.last, int(frame.width // 76)) if filled else []
    for (_day, text), x in zip(days, frame.x(np.array([day for day, _text in days]))):
        yield (f'<path d="M{x:.1f} {bottom:.1f}v5" stroke="{_ZERO}"/>'
               f'<text x="{x:.1f}" y="{bottom + 18:.1f}" text-anchor="middle" '
               f'fill="{_SECONDARY}">{text}</text>')
    yield f'<path d="M{frame.left:.1f} {frame.top:.1f}V{bottom:.1f}H{right:.1f}" ' \
          f'fill="none" stroke="{_ZERO}"/>'


def _drawn(trace: _Trace, frame: Frame, band_opacity: float) -> Iterator[str]:
    """Yield band, thin line, points and trend of a series."""
    x, y = frame.x(trace.days), frame.y(trace.series.values)
    if trace.trend.size:
        along = frame.x(trace.trend_days)
        low, high = frame.y(trace.trend - trace.band), frame.y(trace.trend + trace.band)
        ring = _path(np.concatenate([along, along[::-1]]), np.concatenate([low, high[::-1]]))
        yield f'<path d="{ring}Z" fill="{trace.colour}" fill-opacity="{band_opacity}"/>'
    runs = pieces(trace.series)
    line = "".join(_path(x[run], y[run]) for run in runs if run.size > 1)
    if line:
        yield (f'<path d="{line}" fill="none" stroke="{trace.colour}" stroke-opacity="0.45" '
               'stroke-width="0.8"/>')
    dots = "".join(
        f"M{_short(a)} {_short(b)}h.01" for run in runs for a, b in zip(x[run], y[run]))
    if dots:
        yield (f'<path d="{dots}" fill="none" stroke="{trace.colour}" stroke-width="3.6" '
               'stroke-linecap="round"/>')
    if trace.trend.size:
        yield (f'<path d="{_path(along, frame.y(trace.trend))}" fill="none" '
               f'stroke="{trace.colour}" stroke-width="2"/>')


def _path(x: Floats, y: Floats) -> str:
    """Return a line through points, in steps of a tenth of a pixel, as differences."""
    places = np.rint(10 * np.column_stack([x, y])).astype(int)
    steps = np.diff(places, axis=0)
    start = f"M{_short(places[0, 0] / 10)} {_short(places[0, 1] / 10)}"
    return start + "l" + " ".join(
        f"{_short(dx / 10)} {_short(dy / 10)}" for dx, dy in steps.tolist())


def _short(value: float) -> str:
    text = f"{value:.1f}"
    return text[:-2] if text.endswith(".0") else text


def _end_names(traces: Sequence[_Trace], frame: Frame) -> Iterator[str]:
    """Yield the names beside the ends of their series, moved apart where they would meet."""
    ends = []
    for trace in traces:
        there = np.flatnonzero(np.isfinite(trace.series.values))
        if there.size:
            last_value = trace.trend if trace.trend.size else trace.series.values[there]
            ends.append((float(frame.y(last_value[-1:])[0]), trace))
    ends.sort(key=lambda end: end[0])
    x, last = frame.left + frame.width + 8, -math.inf
    overflow = frame.top + frame.height - (_SIZE + 2) * len(ends)
    for y, trace in ends:
        last = max(min(y, overflow + _SIZE), last + _SIZE + 2)
        overflow += _SIZE + 2
        yield (f'<text x="{x:.1f}" y="{last + 4:.1f}" font-weight="bold" '
               f'fill="{trace.colour}">{_safe(trace.name)}</text>')


def _legend(traces: Sequence[_Trace], top: float) -> Iterator[str]:
    """Yield one line per series: name, point, velocity with its error."""
    for number, trace in enumerate(traces):
        y = top + _ROW * number + 14
        facts = [trace.name]
        pid = str(trace.series.attributes.get("pid") or "")
        if pid and pid not in trace.name:
            facts.append(pid)
        if trace.fit is not None:
            velocity = f"{trace.fit.velocity:+.1f}".replace("-", "−")
            facts.append(f"{velocity} ± {trace.fit.sigma:.1f} {trace.series.unit}/yr")
        yield (f'<circle cx="17" cy="{y - 4:.1f}" r="4" fill="{trace.colour}"/>'
               f'<text x="28" y="{y:.1f}">{_safe(" · ".join(facts))}</text>')


def _safe(text: str) -> str:
    """Return a text that XML can hold."""
    return escape(_NOT_XML.sub("", text))
