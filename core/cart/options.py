"""The options of one item of the cart for the others."""

from __future__ import annotations

from typing import Callable, Sequence

from .item import CartItem

_SINGLY = ("format", "crs", "clip", "open_when_ready")


def same_options(
    model: CartItem, items: Sequence[CartItem], is_possible: Callable[[CartItem], bool]
) -> list[CartItem]:
    """Return the items with the format, projection, clipping and opening of a model item.

    Each option is taken over only where the item can be ordered with it: a raster does not
    become a GeoPackage. is_possible: whether an item can be ordered as it is.
    """
    changed = []
    for item in items:
        for name in _SINGLY:
            value = getattr(model, name)
            is_order = item.service == model.service and not item.files and not model.files
            fits = name in ("clip", "open_when_ready") or (value and is_order)
            if not fits or getattr(item, name) == value:
                continue
            candidate = item.with_options(**{name: value})
            if is_possible(candidate):
                item = candidate
        changed.append(item)
    return changed
