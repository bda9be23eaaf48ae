"""Sizes, speeds and times in the few words that the interface uses for them."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from qgis.PyQt.QtCore import QCoreApplication, QDate, QLocale, QTime

_UNITS = ((1e12, "TB"), (1e9, "GB"), (1e6, "MB"), (1e3, "kB"))


def tr(text: str) -> str:
    """Return the translation of a text of this module."""
    return QCoreApplication.translate("Words", text)


def size_words(size: float) -> str:
    """Return bytes with two significant digits at most: "0.1 MB", "22 MB", "2.9 GB"."""
    factor, unit = _unit(size)
    return f"{_number(size / factor)} {unit}"


def part_words(received: float, size: float) -> str:
    """Return "13.4 of 21.8 MB", both in the unit of the whole; one amount if the size is 0."""
    if not size:
        return size_words(received)
    factor, unit = _unit(size)
    return tr("{part} of {whole}").format(
        part=_decimals(received / factor, 1), whole=f"{_decimals(size / factor, 1)} {unit}")


def speed_words(bytes_per_second: float) -> str:
    """Return "2.1 MB/s"."""
    return tr("{size}/s").format(size=size_words(bytes_per_second))


def left_words(seconds: float) -> str:
    """Return "4 s left", "3 min left", "2 h 10 min left"."""
    whole = max(1, round(seconds))
    if whole < 60:
        return tr("{seconds} s left").format(seconds=whole)
    minutes = round(whole / 60)
    if minutes < 60:
        return tr("{minutes} min left").format(minutes=minutes)
    return tr("{hours} h {minutes} min left").format(hours=minutes // 60, minutes=minutes % 60)


def ago_words(then: datetime, now: datetime) -> str:
    """Return "just now", "4 minutes ago", "2 hours ago", then the day."""
    seconds = (now - then).total_seconds()
    if seconds < 60:
        return tr("just now")
    if seconds < 120:
        return tr("1 minute ago")
    if seconds < 3600:
        return tr("{count} minutes ago").format(count=int(seconds // 60))
    if seconds < 7200:
        return tr("1 hour ago")
    if seconds < 86400:
        return tr("{count} hours ago").format(count=int(seconds // 3600))
    return day_words(then.astimezone().date(), now.astimezone().date())


def in_words(then: datetime, now: datetime) -> str:
    """Return how long it is until a moment: "in 20 seconds", "in 4 minutes", "in 2 hours"."""
    seconds = max(0.0, (then - now).total_seconds())
    if seconds < 1.5:
        return tr("in a moment")
    if seconds < 60:
        return tr("in {count} seconds").format(count=round(seconds))
    if seconds < 90:
        return tr("in 1 minute")
    if seconds < 5400:
        return tr("in {count} minutes").format(count=round(seconds / 60))
    return tr("in {count} hours").format(count=round(seconds / 3600))


def moment_words(then: datetime, now: datetime) -> str:
    """Return "09:12" for today, "yesterday", or the day."""
    local = then.astimezone()
    if local.date() == now.astimezone().date():
        return clock_words(then)
    return day_words(local.date(), now.astimezone().date())


def clock_words(then: datetime) -> str:
    """Return the time of the day here: "09:12"."""
    local = then.astimezone()
    return QTime(local.hour, local.minute).toString("HH:mm")


def day_words(day: date, today: date) -> str:
    """Return "today", "yesterday", "19 November", and with the year if it is another one."""
    if day == today:
        return tr("today")
    if day == today - timedelta(days=1):
        return tr("yesterday")
    layout = "d MMMM" if day.year == today.year else "d MMMM yyyy"
    return QLocale().toString(QDate(day.year, day.month, day.day), layout)


def count_words(count: int) -> str:
    """Return a whole number with narrow spaces between thousands: "23 349"."""
    return f"{count:,}".replace(",", "\u202f")


def surface_words(km2: float) -> str:
    """Return "745 km²", with narrow spaces between thousands: "214 600 km²"."""
    if km2 >= 10:
        return tr("{area} km²").format(area=count_words(round(km2)))
    return tr("{area} km²").format(area=_number(max(km2, 0.01) if km2 else 0.0))


def _unit(size: float) -> tuple[float, str]:
    """Return the unit in which a size is not smaller than about 0.1."""
    for factor, unit in _UNITS:
        if size >= factor * (0.9995 if factor > 1e6 else 0.05):
            return factor, unit
    return _UNITS[-1]


def _number(value: float) -> str:
    """Return a number with two significant digits at most, whole numbers in full."""
    if value >= 9.95 or value == round(value):
        return _decimals(value, 0)
    return _decimals(value, 1 if value >= 0.05 else 2)


def _decimals(value: float, digits: int) -> str:
    locale = QLocale()
    locale.setNumberOptions(QLocale.NumberOption.OmitGroupSeparator)
    return locale.toString(float(value), "f", digits)
