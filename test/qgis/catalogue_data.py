"""Catalogues for the tests of the Catalogue tab: the sandbox's, and datasets made by hand."""

from __future__ import annotations

import tempfile
from functools import lru_cache
from pathlib import Path

from sandbox.server import Sandbox

from clms_explorer.core.clms.auth import TokenSource
from clms_explorer.core.clms.catalogue import Catalogue
from clms_explorer.core.clms.client import PortalClient
from clms_explorer.core.clms.models import Collection, Dataset, MapService, PackagedFile
from clms_explorer.core.clms.search import SearchIndex
from clms_explorer.core.http.config import HttpConfig
from clms_explorer.core.http.session import Http
from clms_explorer.core.ports import never

LONG_NAME = "Land Surface Temperature " + "Synthesis and Thermal Condition Index " * 5


@lru_cache(maxsize=1)
def sandbox_catalogue() -> Catalogue:
    """Return the catalogue as the plugin reads it: the 256 real titles where they are."""
    with Sandbox() as sandbox:
        http = Http(HttpConfig())
        client = PortalClient(http, sandbox.portal, TokenSource(http, None))
        catalogue = Catalogue(Path(tempfile.mkdtemp(prefix="clms-test-catalogue-")))
        catalogue.refresh(client, never, lambda _share: None)
    return catalogue


class SmallCatalogue:
    """A Catalogue of datasets made by hand, with the real search."""

    fetched_at = None

    def __init__(self, *datasets: Dataset) -> None:
        self.datasets = datasets
        self._index = SearchIndex(datasets)

    def search(self, query):
        return self._index.search(query)

    def tree(self):
        tree: dict = {}
        for item in self.datasets:
            tree.setdefault(item.component, {}).setdefault(item.product, []).append(item)
        return tree


def land_cover(**changes) -> Dataset:
    """Return a dataset with two collections, three ready files and a map service."""
    values = {
        "uid": "clc2018", "path": "/en/products/corine-land-cover/clc2018",
        "title": "CORINE Land Cover 2018 (vector/raster 100 m), Europe, 6-yearly",
        "product": "CORINE Land Cover", "component": "Land Cover and Land Use Mapping",
        "description": "Inventory of land cover.", "resolution": "100 m",
        "representation": "Vector and Grid", "projection": "EPSG:3035", "start": "2017-01-01",
        "end": "2018-12-31", "boxes": ((-31.6, 27.4, 44.9, 71.5),), "by_area": True,
        "downloadable": True, "version": "V2020_20u1", "citation": "EEA (2020): CLC 2018.",
        "collections": (
            Collection("vector", "VECTOR", "Vector", "GDB", "EEA"),
            Collection("raster", "RASTER", "Raster 100 m", "Geotiff", "EEA")),
        "files": tuple(
            PackagedFile(f"file{n}", "Europe", size, (("File", name), ("Format", form)))
            for n, (name, form, size) in enumerate((
                ("clc2018_raster100m", "Geotiff", "125 MB"), ("clc2018_fgdb", "GDB", "5 GB"),
                ("clc2018_geoPackage", "GPKG", "4 GB")))),
        "services": (MapService("wms", "https://example.org/CLC2018_WM/MapServer/WMSServer",
                                (("12", "Raster"), ("13", "Vector"))),),
    }
    return Dataset(**{**values, **changes})


def vegetation(**changes) -> Dataset:
    """Return a time series that gives 30 days per order."""
    values = {
        "uid": "ndvi", "path": "/en/products/vegetation/ndvi",
        "title": "NDVI 2020-present (raster 300 m), global, 10-daily – version 2",
        "product": "Vegetation", "component": "Bio-geophysical Parameters",
        "projection": "EPSG:4326", "resolution": "300 m", "start": "2020-07-01",
        "by_area": True, "downloadable": True, "time_series": True, "limit_days": 30,
        "collections": (Collection(
            "nc", "RASTER", "Raster 300 m", "Netcdf", "CDSE", ("NDVI ", "QFLAG")),),
    }
    return Dataset(**{**values, **changes})


def ground_motion(**changes) -> Dataset:
    """Return a dataset of the EGMS archive."""
    values = {
        "uid": "egms-l2b", "path": "/en/products/european-ground-motion-service/calibrated",
        "title": "European Ground Motion Service: Calibrated 2016-present (vector), Europe, "
                 "yearly",
        "product": "EGMS", "component": "European Ground Motion Service", "start": "2016-01-01",
        "representation": "Vector",
    }
    return Dataset(**{**values, **changes})


def elsewhere(**changes) -> Dataset:
    """Return a dataset that only the Copernicus Data Space has."""
    html = '<p>See <a href="https://dataspace.copernicus.eu/x">Data Space</a>.</p>'
    values = {
        "uid": "wic", "path": "/en/products/water-bodies/wic", "start": "2016-09-01",
        "title": "Water and Ice Cover 2016-present (raster 20 m, 60 m), Europe, daily",
        "product": "Water", "component": "Bio-geophysical Parameters",
        "raw": {"download_other_ways_access_dataset": {"data": html}},
    }
    return Dataset(**{**values, **changes})


def bare() -> Dataset:
    """Return a record that says nothing but its title."""
    return Dataset("", LONG_NAME, "/en/products/x/y")


class Desk:
    """Stands in for what runs work beside the GUI: runs it when told to."""

    def __init__(self) -> None:
        self.waiting: list = []

    def start(self, work, done, failed):
        self.waiting.append((work, done, failed))

    def work(self) -> None:
        """Do all that waits."""
        while self.waiting:
            work, done, failed = self.waiting.pop(0)
            try:
                result = work(never, lambda _share: None)
            except Exception as err:  # noqa: BLE001 - the border of the thread
                failed(err)
            else:
                done(result)
