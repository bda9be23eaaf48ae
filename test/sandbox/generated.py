"""EGMS files made on the spot: seeded, in the exact formats of the service.

Tests may use write_l2_csv, write_l3_csv, bench_csv and the zips of them.
"""

from __future__ import annotations

import zipfile
from datetime import date, timedelta
from pathlib import Path
from typing import Any, Sequence

import numpy as np

from . import geotiff
from .egms_tables import header, l2_columns, l2_pid, l3_columns, l3_pid, write_rows
from .geodesy import laea_inverse
from .motion_model import (
    Place,
    coherence,
    l2_dates,
    l3_dates,
    noise,
    noise_level,
    scatter,
    statics,
    velocity,
    years,
)

Array = np.ndarray[Any, Any]
USTICA = Place(4599000.0, 1741400.0, 1700.0)
HEADINGS = {"ascending": -8.94, "descending": 191.42}
INCIDENCE = {1: 33.5, 2: 38.9, 3: 43.5}
BLOCK = 20_000


def write_l2_csv(path: Path, rows: int, dates: int | Sequence[date] | None = None, seed: int = 0,
                 release: str = "2020-2024", level: str = "L2b", track: int = 22,
                 burst: int = 845, swath: int = 2, direction: str = "descending",
                 places: Sequence[Place] = (USTICA,)) -> None:
    """Write a burst: points along the line of sight.

    dates: their number, or the dates themselves; None = those of the release.
    release: as the archive spells it; it decides the names of the columns.
    """
    days = _days(dates, l2_dates(release, seed))
    rng = np.random.default_rng([seed, track, burst, swath])
    east, north = scatter(places, rows, rng)
    values, series = _l2_values(east, north, days, rng, level, track, burst, swath, direction)
    columns = l2_columns(level, release)
    with open(path, "wb") as handle:
        handle.write(header(columns, days, release))
        write_rows(handle, columns, values, np.rint(series * 10))


def write_l3_csv(path: Path, rows: int, dates: int | Sequence[date] | None = None, seed: int = 0,
                 release: str = "2020-2024", component: str = "U", tile: str = "E45N17",
                 places: Sequence[Place] = (USTICA,)) -> None:
    """Write a tile: cells of 100 m, eastward ("E") or upward ("U") motion.

    rows: at most so many; cells lie where the places are, inside the tile.
    """
    days = _days(dates, l3_dates(release))
    rng = np.random.default_rng([seed, *tile.encode(), ord(component)])
    east, north = _cells(places, rows, tile, np.random.default_rng([seed, *tile.encode()]))
    with open(path, "wb") as handle:
        _write_cells(handle, east, north, days, rng, release, component)


def bench_csv(path: Path, rows: int = 300_000, dates: int = 300, seed: int = 0,
              release: str = "2019-2023") -> None:
    """Write an L3 table of any size quickly: 300 000 × 300 are 450 MB."""
    days = _days(dates, [])
    number = np.arange(rows)
    side = max(1000, int(np.ceil(np.sqrt(rows))))
    east = 4100050 + number % side * 100
    north = 3100050 + number // side * 100
    with open(path, "wb") as handle:
        for start in range(0, rows, BLOCK):
            part = slice(start, start + BLOCK)
            rng = np.random.default_rng([seed, start])
            _write_cells(handle, east[part], north[part], days, rng, release, "U", start == 0)


def write_l2_zip(path: Path, rows: int, size: int = 0, **options: Any) -> None:
    """Write the archive of a burst; its stem names the files inside. See zip_files for size."""
    csv = path.with_suffix(".csv")
    write_l2_csv(csv, rows, **options)
    zip_files(path, [csv], l2_xml(options), size)
    csv.unlink()


def write_l3_zip(path: Path, rows: int, size: int = 0, **options: Any) -> None:
    """Write the archive of a tile: CSV, GeoTIFF and XML."""
    csv, tiff = path.with_suffix(".csv"), path.with_suffix(".tiff")
    write_l3_csv(csv, rows, **options)
    write_l3_tiff(csv, tiff, options.get("tile", "E45N17"))
    zip_files(path, [csv, tiff], l3_xml(), size)
    csv.unlink()
    tiff.unlink()


def write_l3_tiff(csv: Path, path: Path, tile: str) -> None:
    """Write the overview raster of a tile: mean velocity per cell, −9999 elsewhere."""
    with open(csv, encoding="ascii") as handle:
        names = handle.readline().split(",")
    use = [names.index(name) for name in ("easting", "northing", "mean_velocity")]
    east, north, speed = np.loadtxt(csv, delimiter=",", skiprows=1, usecols=use, ndmin=2).T
    west, south = int(tile[1:3]) * 100000, int(tile[4:6]) * 100000
    values = np.full((1000, 1000), -9999, "<f4")
    values[(south + 100000 - north).astype(int) // 100, (east - west).astype(int) // 100] = speed
    raster = geotiff.Raster(values, west, south + 100000, 100.0, 3035)
    geotiff.write(path, raster, nodata=-9999, deflate=False, rows_per_strip=2)


def zip_files(path: Path, files: Sequence[Path], xml: str, size: int = 0) -> None:
    """Pack files and their XML. size: wanted bytes, reached by blanks behind the XML if possible.

    The XML is stored, not deflated, so that every blank counts.
    """
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for file in files:
            archive.write(file, file.name)
        info = zipfile.ZipInfo(path.stem + ".xml", (2025, 11, 6, 3, 11, 0))
        directory = sum(46 + len(other.filename) for other in [*archive.infolist(), info]) + 22
        used = archive.fp.tell() if archive.fp else 0
        blanks = size - used - 30 - len(info.filename) - len(xml.encode()) - directory
        archive.writestr(info, xml + " " * max(0, blanks))


def l2_xml(options: dict[str, Any]) -> str:
    """Return the description of a burst."""
    return ("<?xml version='1.0' encoding='UTF-8'?>\n<BURST>\n"
            f"  <product_level>{options.get('level', 'L2b')}</product_level>\n"
            f"  <track>{options.get('track', 22):03d}</track>\n"
            f"  <burst_id>{options.get('burst', 845):04d}</burst_id>\n"
            f"  <sub_swath>{options.get('swath', 2)}</sub_swath>\n"
            "  <production_facility>1</production_facility>\n"
            "  <production_date>06/11/2025</production_date>\n"
            "  <dem><version>COPDEM</version></dem>\n  <gnss><version>2.0</version></gnss>\n"
            "</BURST>\n")


def l3_xml() -> str:
    """Return the description of a tile."""
    return ("<?xml version='1.0' encoding='UTF-8'?>\n<TILE>\n"
            "  <product_level>L3</product_level>\n"
            "  <production_facility>1</production_facility>\n"
            "  <production_date>11/11/2025</production_date>\n"
            "  <dem><version>COP-DEM_GLO-30/2020_1</version></dem>\n"
            "  <gnss><version>2.0</version></gnss>\n</TILE>\n")


def _days(dates: int | Sequence[date] | None, usual: list[date]) -> list[date]:
    if dates is None:
        return usual
    if isinstance(dates, int):
        return [date(2020, 1, 3) + timedelta(days=6 * step) for step in range(dates)]
    return list(dates)


def _l2_values(east: Array, north: Array, days: list[date], rng: Any, level: str, track: int,
               burst: int, swath: int, direction: str) -> tuple[dict[str, Any], Array]:
    """Return the static columns and the series of L2 points."""
    rows = len(east)
    heading = HEADINGS[direction]
    incidence = INCIDENCE[swath] + (east - east.mean()) / 8e4 * 3
    los = (-np.sin(np.radians(incidence)) * np.cos(np.radians(heading)),
           np.sin(np.radians(incidence)) * np.sin(np.radians(heading)),
           np.cos(np.radians(incidence)))
    across, up = velocity(east, north)
    gnss = np.round(0.4 * los[0] - 0.9 * los[2], 1)
    rate = across * los[0] + up * los[2] - (gnss if level == "L2a" else 0)
    sigma = noise_level(coherence(rows, rng))
    series = _series(rate, rng.uniform(0, 3, rows), days, sigma, rng)
    lon, lat = laea_inverse(east, north)
    height = 40 + 60 * (np.sin(east / 900) + 1) + rng.normal(0, 3, rows)
    line, pixel = _image_places(rows, rng)
    return {
        "pid": [l2_pid(1, track, burst, swath, int(a), int(b)) for a, b in zip(line, pixel)],
        "cluster_label": np.zeros(rows), "mp_type": np.where(rng.random(rows) < 0.1, 900, 0),
        "latitude": lat, "longitude": lon, "easting": east, "northing": north,
        "height": height, "height_wgs84": height + 43.6, "line": line, "pixel": pixel,
        "amplitude_dispersion": rng.uniform(0.1, 0.6, rows), "incidence_angle": incidence,
        "track_angle": np.full(rows, heading), "los_east": los[0], "los_north": los[1],
        "los_up": los[2], "gnss_velocity": gnss, **_static_columns(series, days)}, series


def _write_cells(handle: Any, east: Array, north: Array, days: list[date], rng: Any,
                 release: str, component: str, head: bool = True) -> None:
    """Write L3 cells of one component, with the header row before the first ones."""
    across, up = velocity(east.astype(float), north.astype(float))
    rows = len(east)
    sigma = noise_level(coherence(rows, rng)) * 0.6
    series = _series(up if component == "U" else across, rng.uniform(0, 2, rows), days, sigma,
                     rng)
    columns = l3_columns(release)
    values = {
        "pid": [l3_pid(1, int(x), int(y)) for x, y in zip(east, north)],
        "easting": east, "northing": north, "height": 80 + 60 * np.sin(east / 900),
        "gnss_velocity_n": np.full(rows, 2.1), "gnss_velocity_e": np.full(rows, 0.4),
        "gnss_velocity_u": np.full(rows, -0.9), **_static_columns(series, days)}
    if head:
        handle.write(header(columns, days, release))
    write_rows(handle, columns, values, np.rint(series * 10), whole=("easting", "northing"))


def _series(rate: Array, amplitude: Array, days: list[date], sigma: Array, rng: Any) -> Array:
    """Return displacements in mm: trend, annual term and noise; the model starts at zero."""
    t = years(days)
    model = rate[:, None] * t + amplitude[:, None] * (np.sin(2 * np.pi * t + 0.7) - np.sin(0.7))
    return np.round(model + noise(days, sigma, rng), 1)


def _static_columns(series: Array, days: list[date]) -> dict[str, Array]:
    found = statics(series, days)
    return {"rmse": found.rmse, "mean_velocity": found.velocity,
            "mean_velocity_std": found.velocity_std, "acceleration": found.acceleration,
            "acceleration_std": found.acceleration_std, "seasonality": found.seasonality,
            "seasonality_std": found.seasonality_std, "temporal_coherence": found.coherence}


def _image_places(rows: int, rng: Any) -> tuple[Array, Array]:
    """Return distinct (line, pixel) pairs of a burst."""
    places = rng.choice(1400 * 20000, size=rows, replace=False)
    return places // 20000 + 1, places % 20000 + 1


def _cells(places: Sequence[Place], rows: int, tile: str, rng: Any) -> tuple[Array, Array]:
    """Return centres of different cells inside a tile, north to south as delivered."""
    west, south = int(tile[1:3]) * 100000, int(tile[4:6]) * 100000
    east, north = scatter(places, rows * 30, rng)
    east = np.floor(east / 100).astype(np.int64) * 100 + 50
    north = np.floor(north / 100).astype(np.int64) * 100 + 50
    ours = ((east >= west) & (east < west + 100000) & (north >= south)
            & (north < south + 100000))
    cells = np.unique(np.stack([north[ours], east[ours]], 1), axis=0)[:rows]
    return cells[:, 1], cells[:, 0]
