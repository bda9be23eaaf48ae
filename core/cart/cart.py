"""The cart: what the user is about to order, kept on disk."""

from __future__ import annotations

import json
import logging
import os
import threading
from pathlib import Path
from typing import Any, Iterable

from ..errors import AreaError
from ..files import write_whole
from .item import CartItem

FORMAT = 1
_LOG = logging.getLogger("clms_explorer.cart")


class Cart:
    """The items in their order. Every change is on disk when its call returns.

    Safe to use from several threads. A change that cannot be written raises DiskFull and
    leaves the cart as it was.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        self._lock = threading.RLock()
        self._stamp: tuple[int, int] | None = None
        self._items: tuple[CartItem, ...] = ()

    @property
    def items(self) -> tuple[CartItem, ...]:
        """Return what is in the cart, also what another QGIS has put there."""
        with self._lock:
            self._read()
            return self._items

    def add(self, item: CartItem) -> bool:
        """Put an item at the end; return False if exactly this item is there already."""
        with self._lock:
            if _key(item) in map(_key, self.items):
                return False
            self._write((*self._items, item))
            return True

    def remove(self, items: Iterable[CartItem]) -> None:
        """Take items out; those that are not there do not matter."""
        with self._lock:
            gone = {_key(item) for item in items}
            self._write(tuple(item for item in self.items if _key(item) not in gone))

    def replace(self, old: CartItem, new: CartItem) -> None:
        """Put an item with other options in the place of one; equal items become one."""
        with self._lock:
            changed: dict[str, CartItem] = {}
            for item in self.items:
                item = new if _key(item) == _key(old) else item
                changed.setdefault(_key(item), item)
            self._write(tuple(changed.values()))

    def clear(self) -> None:
        """Take everything out."""
        with self._lock:
            self._write(())

    def _read(self) -> None:
        """Read the file again if it has changed."""
        try:
            status = self._path.stat()
        except OSError:
            self._stamp, self._items = None, ()
            return
        stamp = (status.st_mtime_ns, status.st_size)
        if stamp == self._stamp:
            return
        try:
            data = json.loads(self._path.read_bytes())
            self._items = tuple(_items(data["items"]))
        except (OSError, ValueError, KeyError, TypeError, RecursionError) as err:
            _LOG.warning("the cart cannot be read: %s", type(err).__name__)
            self._set_aside()
            return
        self._stamp = stamp

    def _set_aside(self) -> None:
        """Keep an unreadable file under another name, and begin with an empty cart."""
        self._stamp, self._items = None, ()
        try:
            os.replace(self._path, self._path.with_suffix(".unreadable"))
        except OSError as err:
            _LOG.warning("it could not be set aside: %s", type(err).__name__)

    def _write(self, items: tuple[CartItem, ...]) -> None:
        data = {"format": FORMAT, "items": [item.to_json() for item in items]}
        write_whole(self._path, json.dumps(data, ensure_ascii=False).encode())
        status = self._path.stat()
        self._stamp, self._items = (status.st_mtime_ns, status.st_size), items


def _items(raw: Any) -> Iterable[CartItem]:
    """Yield the items that can be read; one bad item does not cost the others."""
    if not isinstance(raw, list):
        raise TypeError("no list of items")
    for number, data in enumerate(raw):
        try:
            yield CartItem.from_json(data)
        except (AreaError, KeyError, TypeError, AttributeError) as err:
            _LOG.warning("item %d of the cart cannot be read: %s", number, type(err).__name__)


def _key(item: CartItem) -> str:
    return json.dumps(item.to_json(), sort_keys=True)
