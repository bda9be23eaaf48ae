"""A wish that is larger than what a service takes at once, in pieces that it takes."""

from __future__ import annotations

from datetime import date, timedelta

from .item import CartItem


def by_days(item: CartItem, most_days: int) -> list[CartItem]:
    """Return the items whose time ranges follow each other, each of at most most_days.

    A range counts as the portal counts: last day minus first day. The item itself comes back if
    it has no time range, if there is no limit (0), or if it is short enough.
    """
    if not (item.start and item.end and most_days):
        return [item]
    first, last = date.fromisoformat(item.start), date.fromisoformat(item.end)
    pieces = []
    while first <= last:
        end = min(last, first + timedelta(days=most_days))
        pieces.append(item.with_options(start=first.isoformat(), end=end.isoformat()))
        first = end + timedelta(days=1)
    return pieces or [item]
