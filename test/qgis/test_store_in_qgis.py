"""Stores of the real Ustica files as QGIS sees them."""

from __future__ import annotations

import random

import numpy as np
import pytest
from osgeo import gdal
from qgis.core import QgsFeatureRequest, QgsRasterLayer, QgsRectangle, QgsVectorLayer

from clms_explorer.core.egms.importer import import_files
from clms_explorer.core.egms.store import PointStore

FOLDER = ("egms", "ustica_2020_2024")
ROWS = {"L2b": {"los_ascending": 11_759, "los_descending": 11_590},
        "L3": {"up": 522, "east": 522}}
TABLES = [(level, table) for level, tables in ROWS.items() for table in tables]


@pytest.fixture(scope="module")
def stores(shared_data, tmp_path_factory):
    folder = tmp_path_factory.mktemp("stores")
    zips = shared_data.joinpath(*FOLDER)
    return {
        level: import_files(
            sorted(zips.glob(f"EGMS_{level}_*.zip")), folder / f"{level}.gpkg").store
        for level in ROWS}


@pytest.fixture()
def layer(qgis_app, stores):
    def open_layer(level, table):
        opened = QgsVectorLayer(f"{stores[level]}|layername={table}", table, "ogr")
        assert opened.isValid()
        return opened
    return open_layer


@pytest.mark.parametrize("level, table", TABLES)
def test_a_table_is_a_layer_of_points(layer, stores, level, table):
    points = layer(level, table)
    store = PointStore(stores[level])
    facts = store.info.facts(table)
    store.close()
    extent = points.extent()

    assert points.crs().authid() == "EPSG:3035"
    assert points.featureCount() == ROWS[level][table]
    assert (extent.xMinimum(), extent.yMinimum(), extent.xMaximum(), extent.yMaximum()) == (
        facts.extent)
    assert points.fields().names()[0] == "fid"
    assert sum(1 for _feature in points.getFeatures()) == ROWS[level][table]


@pytest.mark.parametrize("level", ROWS)
def test_the_file_has_no_other_layers(qgis_app, stores, level):
    data = gdal.OpenEx(str(stores[level]))
    names = [data.GetLayer(i).GetName() for i in range(data.GetLayerCount())]
    assert sorted(names) == sorted(ROWS[level])
    opened = QgsVectorLayer(str(stores[level]), "", "ogr")
    assert len(opened.dataProvider().subLayers()) == len(ROWS[level])


@pytest.mark.parametrize("level, table", TABLES)
def test_a_window_holds_what_looking_at_every_point_finds(layer, level, table):
    points = layer(level, table)
    places = {
        feature.id(): feature.geometry().asPoint() for feature in points.getFeatures()}
    chosen = random.Random(1)
    for _window in range(50):
        x = chosen.uniform(4_596_500, 4_601_500)
        y = chosen.uniform(1_739_500, 1_743_500)
        window = QgsRectangle(x, y, x + chosen.uniform(1, 900), y + chosen.uniform(1, 900))
        found = {feature.id() for feature in points.getFeatures(QgsFeatureRequest(window))}
        assert found == {fid for fid, place in places.items() if window.contains(place)}


def test_a_feature_carries_its_columns_and_its_series(layer, stores):
    feature = layer("L2b", "los_descending").getFeature(1)
    assert feature["pid"] == "166ax5Ofja"
    assert feature["mean_velocity"] == -2.1
    assert feature["line"] == 1217
    assert bytes(feature["series"])[:6] == np.array([-10, -17, -27], "<i2").tobytes()


@pytest.mark.parametrize("table, component", [("up", "U"), ("east", "E")])
def test_the_overview_is_the_raster_that_egms_delivers(
    qgis_app, stores, shared_data, table, component
):
    path = stores["L3"].with_name(f"L3.{table}.tif")
    overview = QgsRasterLayer(str(path), table)
    assert overview.isValid()
    assert overview.crs().authid() == "EPSG:3035"

    delivered = f"EGMS_L3_E45N17_100km_{component}_2020_2024_1.tiff"
    theirs = gdal.Open(str(shared_data.joinpath(*FOLDER, delivered))).ReadAsArray()
    file = gdal.Open(str(path))
    ours = file.ReadAsArray()
    left, size, _rotation, top, _rotation, _size = file.GetGeoTransform()
    column, row = int((left - 4_500_000) / size), int((1_800_000 - top) / size)
    assert size == 100
    assert (ours == theirs[row:row + ours.shape[0], column:column + ours.shape[1]]).all()
    assert (ours != -9999).sum() == (theirs != -9999).sum() == 522


def test_gdal_finds_no_fault(stores):
    validate = pytest.importorskip("osgeo_utils.samples.validate_gpkg")
    for path in stores.values():
        assert validate.check(str(path), abort_at_first_error=False) == []
