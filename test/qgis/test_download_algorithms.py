"""The main job through Processing, on the sandbox: CORINE for a region, styled and cited."""

import os
from pathlib import Path

import pytest
from osgeo import gdal
from qgis.core import (
    QgsFeature,
    QgsGeometry,
    QgsProcessingException,
    QgsProject,
    QgsVectorLayer,
)


def run(name, **parameters):
    import processing

    return processing.run(f"clms:{name}", parameters)


def corine(services):
    found = run("searchcatalogue", QUERY='"corine land cover 2018"', OUTPUT="memory:")["OUTPUT"]
    return next(feature for feature in found.getFeatures() if feature["by_area"])


def found_field(layer):
    return next(field.name() for field in layer.fields() if field.name().lower() == "code_18")


def test_the_catalogue_is_searched_without_an_account(services, monkeypatch):
    monkeypatch.delenv("CLMS_EXPLORER_SERVICE_KEY")
    found = run("searchcatalogue", QUERY="imperv", OUTPUT="memory:")["OUTPUT"]
    titles = [feature["title"] for feature in found.getFeatures()]
    assert titles and all("imperv" in title.lower() for title in titles[:5])


def test_a_region_is_ordered_downloaded_and_opened(services, tmp_path):
    from clms_explorer.ui.qgis_bridge.layers import Origin, add_product_files

    dataset = corine(services)
    result = run(
        "downloaddataset", DATASET=dataset["uid"], COLLECTION="Raster 100 m", NUTS="PT200",
        FOLDER=str(tmp_path / "files"))
    rasters = [name for name in result["FILES"] if name.lower().endswith(".tif")]
    assert len(rasters) == 1
    codes = set(gdal.Open(rasters[0]).ReadAsArray().ravel())
    assert len(codes) > 20 and codes <= {*range(1, 45), 48, 255}

    origin = Origin(dataset=dataset["title"], area="São Miguel", credit="© European Union")
    layers = add_product_files(map(Path, result["FILES"]), origin, QgsProject.instance())
    assert len(layers) == 1
    layer = layers[0]
    assert len(layer.renderer().classes()) >= 44
    assert layer.attribution() == "© European Union"
    group = QgsProject.instance().layerTreeRoot().findLayer(layer.id()).parent()
    assert group.name() == "CORINE Land Cover 2018 · São Miguel"
    QgsProject.instance().clear()


def test_the_vector_collection_is_styled_by_its_code_field(services, tmp_path):
    from clms_explorer.ui.qgis_bridge.layers import Origin, add_product_files

    dataset = corine(services)
    files = run("downloaddataset", DATASET=dataset["title"], COLLECTION="vector", NUTS="PT200",
                FORMAT="GPKG", FOLDER=str(tmp_path))["FILES"]
    layers = add_product_files(
        map(Path, files), Origin(dataset=dataset["title"]), QgsProject.instance())
    renderer = layers[0].renderer()
    values = {category.value() for category in renderer.categories()}
    assert {"111", "523"} <= values
    assert all(str(feature[found_field(layers[0])]) in values
               for feature in layers[0].getFeatures())
    QgsProject.instance().clear()


def test_a_mask_cuts_the_result_to_its_outline(services, tmp_path):
    dataset = corine(services)
    mask = QgsVectorLayer("Polygon?crs=EPSG:4326", "Triangle", "memory")
    feature = QgsFeature()
    feature.setGeometry(QgsGeometry.fromWkt(
        "Polygon((-25.8 37.7, -25.4 37.7, -25.6 37.9, -25.8 37.7))"))
    mask.dataProvider().addFeature(feature)
    files = run("downloaddataset", DATASET=dataset["uid"], COLLECTION="Raster 100 m", MASK=mask,
                FOLDER=str(tmp_path))["FILES"]
    (raster,) = [name for name in files if name.lower().endswith(".tif")]
    values = gdal.Open(raster).ReadAsArray()
    assert 0.3 < (values == gdal.Open(raster).GetRasterBand(1).GetNoDataValue()).mean() < 0.7


def test_the_same_order_again_while_it_is_there_downloads_a_new_copy_beside(services, tmp_path):
    dataset = corine(services)
    first = run("downloaddataset", DATASET=dataset["uid"], NUTS="PT200",
                FOLDER=str(tmp_path / "files"))["FILES"]
    second = run("downloaddataset", DATASET=dataset["uid"], NUTS="PT200",
                 FOLDER=str(tmp_path / "files"))["FILES"]
    assert set(first).isdisjoint(second)
    assert all(os.path.exists(name) for name in first + second)


@pytest.mark.parametrize("wrong, words", [
    ({"DATASET": "No such dataset", "NUTS": "PT200"}, "no dataset"),
    ({"NUTS": "QQ999 nowhere"}, "no region"),
    ({}, "Give a region"),
    ({"NUTS": "PT200", "FORMAT": "geotiff"}, "refused"),
    ({"NUTS": "PT200", "COLLECTION": "5 m"}, "has no collection"),
])
def test_wrong_input_is_one_sentence(services, tmp_path, wrong, words):
    parameters = {"DATASET": corine(services)["uid"], "FOLDER": str(tmp_path), **wrong}
    with pytest.raises(QgsProcessingException) as caught:
        run("downloaddataset", **parameters)
    assert words in str(caught.value)


def test_without_a_key_the_sentence_says_how_to_get_one(services, tmp_path, monkeypatch):
    dataset = corine(services)
    monkeypatch.delenv("CLMS_EXPLORER_SERVICE_KEY")
    with pytest.raises(QgsProcessingException) as caught:
        run("downloaddataset", DATASET=dataset["uid"], NUTS="PT200", FOLDER=str(tmp_path))
    assert "service key" in str(caught.value)
