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
    leaves the cart as it was. An item's JSON is made once: outlines of regions can be long.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        self._lock = threading.RLock()
        self._stamp: tuple[int, int] | None = None
        self._items: dict[str, CartItem] = {}

    @property
    def items(self) -> tuple[CartItem, ...]:
        """Return what is in the cart, also what another QGIS has put there."""
        with self._lock:
            return tuple(self._read().values())

    def add(self, item: CartItem) -> bool:
        """Put an item at the end; return False if exactly this item is there already."""
        text = _text(item)
        with self._lock:
            known = self._read()
            if text in known:
                return False
            self._write({**known, text: item})
            return True

    def remove(self, items: Iterable[CartItem]) -> None:
        """Take items out; those that are not there do not matter."""
        with self._lock:
            known = self._read()
            gone = {self._text_of(item) for item in items}
            self._write({text: item for text, item in known.items() if text not in gone})

    def replace(self, changes: Iterable[tuple[CartItem, CartItem]]) -> None:
        """Put other items in the places of some, all at once; equal items become one.

        changes: (old, new) for each.
        """
        with self._lock:
            known = self._read()
            new_for = {self._text_of(old): new for old, new in changes}
            items = [new_for.get(text, item) for text, item in known.items()]
            self._write({self._text_of(item): item for item in items})

    def clear(self) -> None:
        """Take everything out."""
        with self._lock:
            self._write({})

    def _read(self) -> dict[str, CartItem]:
        """Return the items by their JSON; read the file again if it has changed."""
        try:
            status = self._path.stat()
            stamp = (status.st_mtime_ns, status.st_size)
            if stamp != self._stamp:
                data = json.loads(self._path.read_bytes())
                self._items = {_text(item): item for item in _items(data["items"])}
                self._stamp = stamp
        except FileNotFoundError:
            self._stamp, self._items = None, {}
        except (OSError, ValueError, KeyError, TypeError, RecursionError) as err:
            _LOG.warning("the cart cannot be read: %s", type(err).__name__)
            self._set_aside()
        return self._items

    def _set_aside(self) -> None:
        """Keep an unreadable file under another name, and begin with an empty cart."""
        self._stamp, self._items = None, {}
        try:
            os.replace(self._path, self._path.with_suffix(".unreadable"))
        except OSError as err:
            _LOG.warning("it could not be set aside: %s", type(err).__name__)

    def _write(self, items: dict[str, CartItem]) -> None:
        text = f'{{"format": {FORMAT}, "items": [\n' + ",\n".join(items) + "\n]}\n"
        write_whole(self._path, text.encode())
        status = self._path.stat()
        self._stamp, self._items = (status.st_mtime_ns, status.st_size), items

    def _text_of(self, item: CartItem) -> str:
        """Return an item's JSON, without making it anew for one that is in the cart."""
        for text, known in self._items.items():
            if known is item:
                return text
        return _text(item)


def _items(raw: Any) -> Iterable[CartItem]:
    """Yield the items that can be read; one bad item does not cost the others."""
    if not isinstance(raw, list):
        raise TypeError("no list of items")
    for number, data in enumerate(raw):
        try:
            yield CartItem.from_json(data)
        except (AreaError, KeyError, TypeError, AttributeError) as err:
            _LOG.warning("item %d of the cart cannot be read: %s", number, type(err).__name__)


def _text(item: CartItem) -> str:
    return json.dumps(item.to_json(), sort_keys=True, ensure_ascii=False)
