"""The archives themselves: real files where they lie, all others made at the first download."""

from __future__ import annotations

import threading
import zipfile
from pathlib import Path
from typing import Any

import numpy as np

from .egms_inventory import USTICA, Inventory, Product, position
from .generated import l2_xml, write_l2_zip, write_l3_zip, zip_files
from .motion_model import Place, l2_dates, l3_dates

ISLAND = Place(USTICA[0], USTICA[1], 1700.0)
FULL_ISLAND = {"022_0845_IW2", "117_0227_IW2"}
ISLAND_CELLS = {"E45N17": 1000, "E46N17": 150}  # the island lies across the edge of two tiles


class EgmsFiles:
    """Knows sizes before it makes files: archives are padded to what the search has told."""

    def __init__(self, folder: Path, data: Path | None, inventory: Inventory) -> None:
        self.folder = folder
        self.inventory = inventory
        self._real = data / "egms" / "ustica_2020_2024" if data else None
        self._locks: dict[str, threading.Lock] = {}
        self._guard = threading.Lock()
        folder.mkdir(parents=True, exist_ok=True)

    def size(self, product: Product) -> int:
        """Return the size of an archive in bytes."""
        real = self._real_file(product)
        if real and product.level == "L3":
            return self.path(product).stat().st_size
        if real:
            return real.stat().st_size
        source = self._source(product)
        if source:
            return int(source.stat().st_size * 1.04)
        if product.level == "L3":
            return 9000 + int(self._rows(product) * len(l3_dates(product.release)) * 1.4)
        return 2000 + int(self._rows(product) * len(l2_dates(product.release)) * 1.68)

    def path(self, product: Product) -> Path:
        """Return the archive, made if need be."""
        real = self._real_file(product)
        if real and product.level != "L3":
            return real
        with self._guard:
            lock = self._locks.setdefault(product.filename, threading.Lock())
        with lock:
            target = self.folder / product.filename
            if not target.is_file():
                part = target.with_name("part-" + target.name).with_suffix("")
                part.mkdir()
                self._make(product, part / target.name, real)
                (part / target.name).replace(target)
                part.rmdir()
        return target

    def _make(self, product: Product, target: Path, real: Path | None) -> None:
        source = self._source(product)
        if real:
            _with_tiff(real, target)
        elif source:
            _basic_from_calibrated(source, target, self.size(product))
        else:
            rows = self._rows(product)
            options: dict[str, Any] = {"seed": product.seed, "release": product.release,
                                       "places": self._places(product),
                                       "size": self.size(product)}
            if product.level == "L3":
                write_l3_zip(target, rows, component=product.code, tile=product.tile, **options)
            else:
                write_l2_zip(target, rows, level="L2a" if product.level == "L2A" else "L2b",
                             track=product.track, burst=product.burst, swath=product.swath,
                             direction=product.direction, **options)

    def _real_file(self, product: Product) -> Path | None:
        path = self._real / product.filename if self._real else None
        return path if path and path.is_file() else None

    def _source(self, product: Product) -> Path | None:
        """Return the real calibrated file from which a basic one can be derived."""
        if product.level != "L2A" or not self._real:
            return None
        path = self._real / product.filename.replace("L2a", "L2b")
        return path if path.is_file() else None

    def _rows(self, product: Product) -> int:
        """Return how many points or cells a generated file holds."""
        if self._is_island(product):
            return ISLAND_CELLS.get(product.tile, 3000)
        return (600 if product.level == "L3" else 1000) + product.seed % 1500

    def _is_island(self, product: Product) -> bool:
        stem = f"{product.track:03d}_{product.burst:04d}_IW{product.swath}"
        return stem in FULL_ISLAND or product.tile in ISLAND_CELLS

    def _places(self, product: Product) -> list[Place]:
        """Return settlements on the land of a product; the island itself for its own files."""
        if self._is_island(product):
            return [ISLAND]
        corners = np.array([position(*point) for point in product.outline])
        land = self.inventory.land.in_outline([tuple(corner) for corner in corners])
        if not len(land):
            east, north = corners[:4].mean(0).tolist()
            return [Place(east, north, 1500.0)]
        rng = np.random.default_rng(product.seed)
        picked = land[rng.integers(0, len(land), min(12, len(land)))]
        return [Place(float(x), float(y), float(rng.uniform(400, 1600))) for x, y in picked]


def _with_tiff(source: Path, target: Path) -> None:
    """Pack a real L3 archive together with its GeoTIFF, as the service does."""
    tiff = source.with_suffix(".tiff")
    with zipfile.ZipFile(source) as old, \
            zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as new:
        for info in old.infolist():
            new.writestr(info.filename, old.read(info))
        new.write(tiff, tiff.name)


def _basic_from_calibrated(source: Path, target: Path, size: int) -> None:
    """Derive a basic file from a calibrated one: cluster_label in, gnss_velocity out."""
    csv = target.with_suffix(".csv")
    with zipfile.ZipFile(source) as archive:
        name = next(name for name in archive.namelist() if name.endswith(".csv"))
        lines = archive.read(name).decode().splitlines()
    gnss = lines[0].split(",").index("gnss_velocity")
    with open(csv, "w", encoding="ascii", newline="\n") as handle:
        for number, line in enumerate(lines):
            cells = line.split(",", gnss + 1)
            del cells[gnss]
            cells.insert(1, "0" if number else "cluster_label")
            handle.write(",".join(cells) + "\n")
    parts = target.stem.split("_")
    zip_files(target, [csv], l2_xml({"level": "L2a", "track": int(parts[2]),
                                     "burst": int(parts[3]), "swath": int(parts[4][2])}), size)
    csv.unlink()
