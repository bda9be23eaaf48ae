"""The few projections that the sandbox needs, in numpy.

Longitude and latitude are degrees on GRS80 = WGS 84 (the 0.1 mm between them does not matter).
LAEA: EPSG guidance note 7-2, section 3.2.2 (EPSG:3035). Transverse Mercator: Krüger's series
in n to the fourth order (EPSG:326xx, 258xx). Conic: Lambert 2SP as EPSG:3587 defines it.
"""

from __future__ import annotations

import math
from typing import Any, Callable

import numpy as np

A = 6378137.0
F = 1 / 298.257222101
E2 = F * (2 - F)
E = math.sqrt(E2)
Pair = tuple[Any, Any]


def _q(phi: Any) -> Any:
    sin = np.sin(phi)
    return (1 - E2) * (sin / (1 - E2 * sin**2)
                       - np.log((1 - E * sin) / (1 + E * sin)) / (2 * E))


_QP = float(_q(math.pi / 2))
_RQ = A * math.sqrt(_QP / 2)
_PHI0, _LAM0, _FE, _FN = math.radians(52), math.radians(10), 4321000.0, 3210000.0
_BETA0 = math.asin(float(_q(_PHI0)) / _QP)
_D = A * math.cos(_PHI0) / math.sqrt(1 - E2 * math.sin(_PHI0)**2) / (_RQ * math.cos(_BETA0))


def laea(lon: Any, lat: Any) -> Pair:
    """Return easting and northing in EPSG:3035."""
    beta = np.arcsin(np.clip(_q(np.radians(lat)) / _QP, -1, 1))
    dlam = np.radians(lon) - _LAM0
    b = _RQ * np.sqrt(2 / (1 + math.sin(_BETA0) * np.sin(beta)
                           + math.cos(_BETA0) * np.cos(beta) * np.cos(dlam)))
    east = _FE + b * _D * np.cos(beta) * np.sin(dlam)
    north = _FN + b / _D * (math.cos(_BETA0) * np.sin(beta)
                            - math.sin(_BETA0) * np.cos(beta) * np.cos(dlam))
    return east, north


def laea_inverse(east: Any, north: Any) -> Pair:
    """Return longitude and latitude of points in EPSG:3035."""
    x, y = (np.asarray(east) - _FE) / _D, (np.asarray(north) - _FN) * _D
    rho = np.maximum(np.hypot(x, y), 1e-9)
    c = 2 * np.arcsin(np.clip(rho / (2 * _RQ), -1, 1))
    beta = np.arcsin(np.clip(np.cos(c) * math.sin(_BETA0)
                             + y * np.sin(c) * math.cos(_BETA0) / rho, -1, 1))
    lam = _LAM0 + np.arctan2(x * np.sin(c), rho * math.cos(_BETA0) * np.cos(c)
                             - y * math.sin(_BETA0) * np.sin(c))
    e4, e6 = E2**2, E2**3
    phi = (beta + (E2 / 3 + 31 * e4 / 180 + 517 * e6 / 5040) * np.sin(2 * beta)
           + (23 * e4 / 360 + 251 * e6 / 3780) * np.sin(4 * beta)
           + 761 * e6 / 45360 * np.sin(6 * beta))
    return np.degrees(lam), np.degrees(phi)


def mercator(lon: Any, lat: Any) -> Pair:
    """Return x and y in EPSG:3857."""
    phi = np.radians(np.clip(lat, -85.06, 85.06))
    return A * np.radians(lon), A * np.log(np.tan(math.pi / 4 + phi / 2))


def mercator_inverse(x: Any, y: Any) -> Pair:
    """Return longitude and latitude of points in EPSG:3857."""
    return np.degrees(np.asarray(x) / A), np.degrees(2 * np.arctan(np.exp(np.asarray(y) / A))
                                                     - math.pi / 2)


def degrees(lon: Any, lat: Any) -> Pair:
    """Return longitude and latitude as they are (EPSG:4326, 4258)."""
    return np.asarray(lon), np.asarray(lat)


_N = F / (2 - F)
_RECT = A / (1 + _N) * (1 + _N**2 / 4 + _N**4 / 64)
_ALPHA = (_N / 2 - 2 * _N**2 / 3 + 5 * _N**3 / 16 + 41 * _N**4 / 180,
          13 * _N**2 / 48 - 3 * _N**3 / 5 + 557 * _N**4 / 1440,
          61 * _N**3 / 240 - 103 * _N**4 / 140, 49561 * _N**4 / 161280)
_BETA = (_N / 2 - 2 * _N**2 / 3 + 37 * _N**3 / 96 - _N**4 / 360,
         _N**2 / 48 + _N**3 / 15 - 437 * _N**4 / 1440,
         17 * _N**3 / 480 - 37 * _N**4 / 840, 4397 * _N**4 / 161280)
_SCALE = 0.9996


def _utm(zone: int, south: bool) -> tuple[Callable[..., Pair], Callable[..., Pair]]:
    """Return forward and inverse functions of a UTM zone."""
    lam0, fn = math.radians(zone * 6 - 183), 1e7 if south else 0.0

    def forward(lon: Any, lat: Any) -> Pair:
        phi, dlam = np.radians(lat), np.radians(lon) - lam0
        t = np.sinh(np.arctanh(np.sin(phi)) - E * np.arctanh(E * np.sin(phi)))
        xi, eta = np.arctan2(t, np.cos(dlam)), np.arctanh(np.sin(dlam) / np.sqrt(1 + t**2))
        north, east = xi, eta
        for j, a in enumerate(_ALPHA, 1):
            north = north + a * np.sin(2 * j * xi) * np.cosh(2 * j * eta)
            east = east + a * np.cos(2 * j * xi) * np.sinh(2 * j * eta)
        return 5e5 + _SCALE * _RECT * east, fn + _SCALE * _RECT * north

    def inverse(east: Any, north: Any) -> Pair:
        xi = (np.asarray(north) - fn) / (_SCALE * _RECT)
        eta = (np.asarray(east) - 5e5) / (_SCALE * _RECT)
        x, y = xi, eta
        for j, b in enumerate(_BETA, 1):
            x = x - b * np.sin(2 * j * xi) * np.cosh(2 * j * eta)
            y = y - b * np.cos(2 * j * xi) * np.sinh(2 * j * eta)
        lam = lam0 + np.arctan2(np.sinh(y), np.cos(x))
        tau = tau0 = np.sin(x) / np.hypot(np.sinh(y), np.cos(x))
        for _ in range(4):
            sigma = np.sinh(E * np.arctanh(E * tau / np.hypot(1, tau)))
            here = tau * np.hypot(1, sigma) - sigma * np.hypot(1, tau)
            tau = tau + (tau0 - here) / np.hypot(1, here) * (
                (1 + (1 - E2) * tau**2) / ((1 - E2) * np.hypot(1, tau)))
        return np.degrees(lam), np.degrees(np.arctan(tau))

    return forward, inverse


def projection(code: str) -> tuple[Callable[..., Pair], Callable[..., Pair]]:
    """Return (from degrees, to degrees) of "EPSG:n"; raise KeyError for others."""
    number = int(code.rpartition(":")[2] or 0)
    known = {3035: (laea, laea_inverse), 3857: (mercator, mercator_inverse),
             4326: (degrees, degrees), 4258: (degrees, degrees), 84: (degrees, degrees)}
    if number in known:
        return known[number]
    for first, south in ((32600, False), (32700, True), (25800, False)):
        if 0 < number - first <= 60:
            return _utm(number - first, south)
    raise KeyError(code)


def michigan(lon: float, lat: float) -> tuple[float, float]:
    """Return x and y in EPSG:3587, the conic grid in which the portal measures boxes.

    Latitudes outside −90…90 and the pole opposite to the cone give infinity, as in PROJ.
    """
    if abs(lat) > 90 or lat == -90:
        return math.inf, math.inf

    def t(degree: float) -> float:
        phi = math.radians(degree)
        sin = E * math.sin(phi)
        return math.tan(math.pi / 4 - phi / 2) / ((1 - sin) / (1 + sin))**(E / 2)

    def m(degree: float) -> float:
        phi = math.radians(degree)
        return math.cos(phi) / math.sqrt(1 - E2 * math.sin(phi)**2)

    first, second, origin, meridian = 44 + 11 / 60, 45.7, 43 + 19 / 60, -(84 + 22 / 60)
    n = (math.log(m(first)) - math.log(m(second))) / (math.log(t(first)) - math.log(t(second)))
    scale = A * m(first) / (n * t(first)**n)
    rho, rho0 = scale * t(lat)**n, scale * t(origin)**n
    theta = n * math.radians((lon - meridian + 180) % 360 - 180)
    return 6e6 + rho * math.sin(theta), rho0 - rho * math.cos(theta)


def michigan_area(box: list[float]) -> float:
    """Return the portal's figure for a bounding box: whole degrees, |Δx·Δy| in that grid."""
    (x1, y1), (x2, y2) = (michigan(int(box[0]), int(box[1])), michigan(int(box[2]), int(box[3])))
    return float(abs((x1 - x2) * (y1 - y2)))
