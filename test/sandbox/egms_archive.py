"""The EGMS archive API: lists, search, downloads (reference/egms.md 5)."""

from __future__ import annotations

import secrets
import threading
import time
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from .answers import Answer, Request, compact, page
from .egms_files import EgmsFiles
from .egms_inventory import (
    LEVELS,
    RELEASES,
    TYPES,
    Inventory,
    Product,
    l2_product,
    l3_product,
)
from .files import file_answer

if TYPE_CHECKING:
    from .server import Sandbox

ROOT = "/insar-api/archive"
AT_ONCE = 2
MOST_DEGREES = 5.0


class Wrong(Exception):
    """A search that the service does not carry out; the text is its message."""


@dataclass
class Ticket:
    """An id of a search. used: monotonic time of its last use."""

    user: str
    used: float


class Archive:
    """id_seconds: idle time after which an id of a search is no longer valid."""

    def __init__(self, sandbox: Sandbox) -> None:
        self.sandbox = sandbox
        self.id_seconds = 600.0
        self._lock = threading.Lock()
        self._tickets: dict[str, Ticket] = {}
        self._products: dict[str, Product] = {}
        self._active: dict[str, int] = {}
        self._inventory: Inventory | None = None
        self._files: EgmsFiles | None = None

    @property
    def inventory(self) -> Inventory:
        """Return what the archive has; prepared at first use."""
        with self._lock:
            if self._inventory is None:
                self._inventory = Inventory(self.sandbox.gisco_site.regions)
            return self._inventory

    @property
    def files(self) -> EgmsFiles:
        """Return the files."""
        inventory = self.inventory
        with self._lock:
            if self._files is None:
                folder = self.sandbox.folder / "egms"
                self._files = EgmsFiles(folder, self.sandbox.data, inventory)
            return self._files

    @property
    def active(self) -> dict[str, int]:
        """Return how many downloads each user has running."""
        return dict(self._active)

    def expire_ids(self) -> None:
        """Let the ids of all searches end now."""
        with self._lock:
            self._tickets.clear()

    def answer(self, request: Request) -> Answer:
        """Return the answer to any call below the archive's address."""
        name = request.path[len(ROOT):].strip("/")
        if request.method == "HEAD":
            return page("405", "Method Not Allowed", 405)
        if name.startswith("download/") and request.method == "GET":
            return self._download(request, name[len("download/"):])
        user = self.sandbox.auth.user(request.bearer)
        if user is None:
            return compact({"status": False, "message": "Please log in to access the archive"})
        if name == "search" and request.method == "POST":
            return self._search(request, user)
        lists = self._lists()
        if name in lists and request.method == "GET":
            return compact(lists[name]())
        return compact({"status": False, "message": "Not found"}, 404)

    def _lists(self) -> dict[str, Any]:
        return {
            "levels": lambda: list(LEVELS), "releases": lambda: list(RELEASES[2:] + RELEASES[:2]),
            "swaths": lambda: ["IW1", "IW2", "IW3"],
            "directions": lambda: ["ascending", "descending"],
            "relative_orbits": lambda: [f"{number:03d}" for number in range(1, 176)],
            "bursts": lambda: [f"{number:04d}" for number in range(1, 2149)],
            "product_types": lambda: list(TYPES.values()),
            "tile_ids": lambda: self.inventory.tile_names(),
        }

    def _search(self, request: Request, user: str) -> Answer:
        try:
            wish = request.json()
            if not isinstance(wish, dict):
                raise ValueError("not an object")
        except ValueError:
            return compact({"status": False, "message": "Invalid request"}, 400)
        try:
            products = self._find(wish)
        except Wrong as wrong:
            return compact({"status": False, "message": str(wrong)})
        with self._lock:
            for product in products:
                self._products[product.filename] = product
        return compact({"status": True, "id": self._ticket(wish.get("id"), user),
                        "hits": [self._hit(product) for product in products]})

    def _find(self, wish: dict[str, Any]) -> list[Product]:
        levels, releases = wish.get("levels"), wish.get("releases")
        if not isinstance(levels, list) or not levels or set(levels) - set(LEVELS):
            raise Wrong("Invalid levels")
        if not isinstance(releases, list) or not releases or set(releases) - set(RELEASES):
            raise Wrong("Invalid releases")
        box, tile = _box(wish.get("bbox")), wish.get("tileId") or wish.get("tile_id")
        if tile and not self.inventory.has_tile(str(tile)):
            raise Wrong("Invalid tile ID")
        found: list[Product] = []
        bursts = list(self.inventory.bursts(box)) if {"L2A", "L2B"} & set(levels) else []
        for level in levels:
            if level == "L3":
                found += self._tiles(box, tile, releases)
            else:
                found += [l2_product(*burst, level, release) for release in releases
                          for burst in bursts]
        return [product for product in found if _matches(product, wish)]

    def _tiles(self, box: Any, tile: Any, releases: list[str]) -> list[Product]:
        if box is None and not tile:
            raise Wrong("L3 products need a bounding box or a tile ID")
        names = [str(tile)] if tile else list(self.inventory.tiles(box))
        return [l3_product(name, component, release) for release in releases
                for name in names for component in "EU"]

    def _hit(self, product: Product) -> dict[str, Any]:
        west, south, east, north = product.box
        hit: dict[str, Any] = {
            "filename": product.filename, "filesize": self.files.size(product),
            "bbox": [[west, south], [east, north]], "poly": [list(p) for p in product.outline],
            "productLevel": product.level, "productType": TYPES[product.code],
            "release": product.release, "sub_release": product.delivery,
            "version": f"{product.release}-{product.delivery}"}
        if product.tile:
            hit["tileId"] = product.tile
            return hit
        hit.update(relativeOrbit=f"{product.track:03d}", burstCycle=f"{product.burst:04d}",
                   swath=f"IW{product.swath}", polarization="VV", direction=product.direction,
                   burstId=f"{product.track:03d}-{product.burst:04d}-IW{product.swath}-VV")
        return hit

    def _ticket(self, earlier: Any, user: str) -> str:
        """Return the id under which downloads may follow: the earlier one while it is valid."""
        with self._lock:
            if isinstance(earlier, str) and self._valid(earlier):
                self._tickets[earlier].used = time.monotonic()
                return earlier
            name = secrets.token_hex(16)
            self._tickets[name] = Ticket(user, time.monotonic())
            return name

    def _valid(self, name: str) -> bool:
        ticket = self._tickets.get(name)
        return ticket is not None and time.monotonic() - ticket.used <= self.id_seconds

    def _download(self, request: Request, filename: str) -> Answer:
        token, name = request.bearer or request.value("token"), request.value("id")
        user = self.sandbox.auth.user(token) if token else name
        with self._lock:
            if not user or not self._valid(name):
                return compact({"status": False, "message": "The id has expired or is not valid."
                                " Please run the search again."}, 401)
            self._tickets[name].used = time.monotonic()
            if self._active.get(user, 0) >= AT_ONCE:
                return compact({"status": False, "message": "Too many concurrent downloads"}, 429)
            self._active[user] = self._active.get(user, 0) + 1
            product = self._products.get(filename)
        try:
            if product is None:
                answer = page("502 Bad Gateway", "<p>nginx</p>", 502)
            else:
                answer = file_answer(request, self.files.path(product), name=filename)
        except Exception:
            self._release(user)
            raise
        answer.done = lambda: self._release(user)
        return answer

    def _release(self, user: str) -> None:
        with self._lock:
            self._active[user] -= 1


def _box(given: Any) -> tuple[float, float, float, float] | None:
    """Return (west, south, east, north) of one or more points; raise Wrong if too large."""
    if given in (None, []):
        return None
    try:
        xs, ys = [float(point[0]) for point in given], [float(point[1]) for point in given]
    except (TypeError, ValueError, IndexError) as err:
        raise Wrong("Invalid bounding box") from err
    west, south, east, north = min(xs), min(ys), max(xs), max(ys)
    if east - west > MOST_DEGREES or north - south > MOST_DEGREES:
        raise Wrong("The bounding box is too large: at most 5 degrees per side")
    if east - west < 1e-6 or north - south < 1e-6:
        west, south, east, north = west - 1e-6, south - 1e-6, east + 1e-6, north + 1e-6
    return west, south, east, north


def _matches(product: Product, wish: dict[str, Any]) -> bool:
    """Return whether a product meets the other filters of a search."""
    def wanted(*names: str) -> str:
        return next((str(wish[name]) for name in names if wish.get(name)), "")

    kind, swath, direction = wanted("productType", "product_type"), wanted("swath"), \
        wanted("direction").lower()
    orbit, burst = wanted("relativeOrbit", "relative_orbit"), wanted("burstCycle", "burst_cycle")
    if kind and TYPES[product.code] != kind:
        return False
    if product.tile:
        return not (orbit or burst or swath or direction)
    return ((not orbit or (orbit.isdigit() and int(orbit) == product.track))
            and (not burst or (burst.isdigit() and int(burst) == product.burst))
            and (not swath or swath.upper() == f"IW{product.swath}")
            and (not direction or direction == product.direction))
