"""Which files the EGMS archive has: real ones, and generated ones wherever there is land.

Bursts lie on one regular net per direction, placed so that the real ones fit; tracks repeat
every 165 km, each neighbour to the east 73 numbers lower (modulo 175), as Sentinel-1's do.
"""

from __future__ import annotations

import math
import zlib
from dataclasses import dataclass
from typing import Any, Iterator

import numpy as np

from .geodesy import laea, laea_inverse
from .grids import Box, Grid, box_polygons, inside, projected
from .regions import Regions, box_of

Array = np.ndarray[Any, Any]
RELEASES = ("2015-2021", "2018-2022", "2019-2023", "2020-2024")
LEVELS = ("L2A", "L2B", "L3")
TYPES = {"L2A": "BASIC", "L2B": "CALIBRATED", "E": "ORTHO-EAST", "U": "ORTHO-UP"}
COVERED = ("AT BE BG CH CY CZ DE DK EE EL ES FI FR HR HU IE IS IT LT LU LV MT NL NO PL PT RO SE"
           " SI SK UK").split()
HALF_LENGTH, HALF_WIDTH = 10_000.0, 43_000.0
STEP, SWATH_STEP, TRACK_STEP = 18_500.0, 80_000.0, 165_000.0
USTICA = (4599000.0, 1741400.0)


@dataclass(frozen=True)
class Net:
    """The bursts of one direction. heading in degrees; (along, across): metres by which
    Ustica lies ahead of, and to the right of, the centre of its burst."""

    direction: str
    heading: float
    track: int
    burst: int
    along: float
    across: float
    eastward: int

    def centre(self, i: int, k: int, swath: int) -> tuple[float, float]:
        """Return the centre of burst i steps on, k tracks to the right, in EPSG:3035."""
        u = i * STEP - self.along
        v = k * TRACK_STEP + (swath - 2) * SWATH_STEP - self.across
        return self._place(u, v)

    def corners(self, i: int, k: int, swath: int) -> list[tuple[float, float]]:
        """Return the closed outline in EPSG:3035."""
        u0 = i * STEP - self.along
        v0 = k * TRACK_STEP + (swath - 2) * SWATH_STEP - self.across
        signs = ((-1, -1), (-1, 1), (1, 1), (1, -1), (-1, -1))
        return [self._place(u0 + a * HALF_LENGTH, v0 + b * HALF_WIDTH) for a, b in signs]

    def steps_near(self, points: Array) -> Iterator[tuple[int, int, int]]:
        """Yield (i, k, swath) of all bursts that may touch the hull of points."""
        sin, cos = math.sin(math.radians(self.heading)), math.cos(math.radians(self.heading))
        dx, dy = points[:, 0] - USTICA[0], points[:, 1] - USTICA[1]
        u, v = dx * sin + dy * cos + self.along, dx * cos - dy * sin + self.across
        for i in range(math.floor((u.min() - HALF_LENGTH) / STEP),
                       math.ceil((u.max() + HALF_LENGTH) / STEP) + 1):
            for k in range(math.floor((v.min() - 2.6e5) / TRACK_STEP),
                           math.ceil((v.max() + 2.6e5) / TRACK_STEP) + 1):
                for swath in (1, 2, 3):
                    yield i, k, swath

    def numbers(self, i: int, k: int) -> tuple[int, int]:
        """Return track and burst cycle number."""
        return (self.track - 73 * k * self.eastward - 1) % 175 + 1, (self.burst + i - 1) % 2148 + 1

    def _place(self, u: float, v: float) -> tuple[float, float]:
        sin, cos = math.sin(math.radians(self.heading)), math.cos(math.radians(self.heading))
        return USTICA[0] + u * sin + v * cos, USTICA[1] + u * cos - v * sin


NETS = (Net("ascending", -8.94, 117, 227, -7500.0, 10_000.0, 1),
        Net("descending", 191.42, 22, 845, 7000.0, 12_000.0, -1))


@dataclass(frozen=True)
class Product:
    """One file of the archive. outline: closed, degrees. code: "E", "U" or the level."""

    filename: str
    level: str
    code: str
    release: str
    delivery: int
    outline: tuple[tuple[float, float], ...]
    track: int = 0
    burst: int = 0
    swath: int = 0
    direction: str = ""
    tile: str = ""

    @property
    def box(self) -> Box:
        """Return (west, south, east, north)."""
        return box_of([[list(self.outline)]])

    @property
    def seed(self) -> int:
        """Return a number that is the same for this place in every level and release."""
        place = self.tile or f"{self.track}/{self.burst}/{self.swath}"
        return zlib.crc32(place.encode())


class Land:
    """Where there is covered land, as a mask of 10 km cells."""

    def __init__(self, regions: Regions) -> None:
        shapes = [part for code in COVERED for region in [regions.get(code)] if region
                  for part in region.polygons if _in_europe(part)]
        self.grid = Grid(3035, 800_000.0, 5_600_000.0, 10_000.0, 680, 480)
        self.mask = inside(self.grid, projected(shapes, 3035))

    def at(self, east: Array, north: Array) -> Array:
        """Return whether points lie on land."""
        column = ((east - self.grid.west) // self.grid.cell).astype(int)
        row = ((self.grid.north - north) // self.grid.cell).astype(int)
        known = ((column >= 0) & (column < self.grid.columns) & (row >= 0)
                 & (row < self.grid.rows))
        found = np.zeros(np.shape(east), bool)
        found[known] = self.mask[row[known], column[known]]
        return found

    def in_outline(self, corners: list[tuple[float, float]]) -> Array:
        """Return points (n, 2) on land inside a four-sided outline."""
        a, b, _c, d = (np.array(corner) for corner in corners[:4])
        share = (np.arange(12) + 0.5) / 12
        s, t = np.meshgrid(share, share)
        points = (a + s.reshape(-1, 1) * (b - a) + t.reshape(-1, 1) * (d - a))
        return points[self.at(points[:, 0], points[:, 1])]


class Inventory:
    """Finds products by place."""

    def __init__(self, regions: Regions) -> None:
        self.land = Land(regions)

    def bursts(self, box: Box | None) -> Iterator[tuple[Net, int, int, int]]:
        """Yield the bursts on land that touch a box in degrees; None = around Ustica."""
        ring = _ring(box or (12.5, 38.2, 14.0, 39.2))
        for net in NETS:
            for i, k, swath in net.steps_near(ring):
                corners = net.corners(i, k, swath)
                if not _meet(corners, ring.tolist()):
                    continue
                if (i, k, swath) == (0, 0, 2) or len(self.land.in_outline(corners)):
                    yield net, i, k, swath

    def tiles(self, box: Box) -> Iterator[str]:
        """Yield the L3 tiles with land that touch a box in degrees."""
        ring = _ring(box)
        low, high = ring.min(0) // 1e5, ring.max(0) // 1e5
        for e in range(int(low[0]), int(high[0]) + 1):
            for n in range(int(low[1]), int(high[1]) + 1):
                name = f"E{e:02d}N{n:02d}"
                if self.has_tile(name) and _meet(_square(e, n), ring.tolist()):
                    yield name

    def has_tile(self, name: str) -> bool:
        """Return whether there is such a tile and land in it."""
        if len(name) != 6 or not (name[1:3] + name[4:]).isdigit():
            return False
        corners = _square(int(name[1:3]), int(name[4:]))
        return name in ("E45N17", "E46N17") or bool(len(self.land.in_outline(corners)))

    def tile_names(self) -> list[str]:
        """Return all tiles."""
        return [f"E{e:02d}N{n:02d}" for e in range(9, 74) for n in range(9, 56)
                if self.has_tile(f"E{e:02d}N{n:02d}")]


def l2_product(net: Net, i: int, k: int, swath: int, level: str, release: str) -> Product:
    """Return a burst's file of one level and release."""
    track, burst = net.numbers(i, k)
    name = f"EGMS_{level[:2]}{level[2].lower()}_{track:03d}_{burst:04d}_IW{swath}_VV"
    return Product(name + _suffix(release), level, level, release, _delivery(release),
                   _degrees(net.corners(i, k, swath)), track, burst, swath, net.direction)


def l3_product(tile: str, component: str, release: str) -> Product:
    """Return a tile's file of one component and release."""
    name = f"EGMS_L3_{tile}_100km_{component}"
    return Product(name + _suffix(release), "L3", component, release, _delivery(release),
                   _degrees(_square(int(tile[1:3]), int(tile[4:]))), tile=tile)


def _suffix(release: str) -> str:
    years = "" if release == "2015-2021" else f"_{release.replace('-', '_')}_1"
    return years + ".zip"


def _delivery(release: str) -> int:
    return 0 if release == "2015-2021" else 1


def _square(e: int, n: int) -> list[tuple[float, float]]:
    west, south = e * 1e5, n * 1e5
    return [(west, south), (west + 1e5, south), (west + 1e5, south + 1e5), (west, south + 1e5),
            (west, south)]


def _ring(box: Box) -> Array:
    """Return the outline of a box in degrees in EPSG:3035, eight steps a side."""
    step = max(box[2] - box[0], box[3] - box[1]) / 8
    return np.array(projected(box_polygons(box), 3035, step)[0][0])


def _degrees(corners: list[tuple[float, float]]) -> tuple[tuple[float, float], ...]:
    lon, lat = laea_inverse(*np.array(corners).T)
    return tuple((round(float(x), 6), round(float(y), 6)) for x, y in zip(lon, lat))


def _in_europe(rings: list[Any]) -> bool:
    lon, lat = rings[0][0]
    return -35 < lon < 45 and 26 < lat < 72


def _meet(one: list[Any], other: list[Any]) -> bool:
    """Return whether two convex outlines overlap (separating axes)."""
    first, second = np.array(one, float), np.array(other, float)
    edges = np.concatenate([np.diff(first, axis=0), np.diff(second, axis=0)])
    normals = np.stack([-edges[:, 1], edges[:, 0]])
    a, b = first @ normals, second @ normals
    apart = (a.max(0) <= b.min(0)) | (b.max(0) <= a.min(0))
    return not bool((apart & normals.any(0)).any())


def position(lon: float, lat: float) -> tuple[float, float]:
    """Return easting and northing of one place."""
    east, north = laea(lon, lat)
    return float(east), float(north)
