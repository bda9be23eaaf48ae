"""A point store on the map: styled, described, and growing while its layers are open."""

import shutil

import pytest
from clms_explorer.core.egms.importer import import_files
from clms_explorer.ui.qgis_bridge.store_layers import add_store
from qgis.core import QgsRasterLayer, QgsVectorLayer

BURSTS = ("EGMS_L2b_022_0845_IW2_VV_2020_2024_1", "EGMS_L2b_117_0227_IW2_VV_2020_2024_1")


@pytest.fixture
def bursts(shared_data):
    return [shared_data / "egms" / "ustica_2020_2024" / f"{name}.zip" for name in BURSTS]


@pytest.fixture
def store(bursts, tmp_path):
    return import_files(bursts[:1], tmp_path / "motion.gpkg").store


def points(layers):
    return [layer for layer in layers if isinstance(layer, QgsVectorLayer)]


def test_points_and_overview_share_a_group_and_a_scale_switch(store, qgis_project):
    layers = add_store(store, qgis_project, "Ustica")
    (layer,) = points(layers)
    (overview,) = [one for one in layers if isinstance(one, QgsRasterLayer)]
    assert layer.name() == "Descending, track 22 (mm/yr)"
    assert overview.name() == "Descending, track 22 (mm/yr), overview"
    assert layer.minimumScale() == overview.maximumScale()
    group = qgis_project.layerTreeRoot().findLayer(layer.id()).parent()
    assert group.name() == "EGMS calibrated 2020–2024 · Ustica"
    assert layer.readOnly() and "Copernicus" in layer.attribution()
    ranges = layer.renderer().ranges()
    assert [one.label() for one in ranges][4] == "−2 to +2, stable" and len(ranges) == 9


def test_the_packed_series_is_out_of_sight(store, qgis_project):
    (layer,) = points(add_store(store, qgis_project))
    hidden = {column.name for column in layer.attributeTableConfig().columns() if column.hidden}
    assert "series" in hidden
    assert layer.editorWidgetSetup(layer.fields().indexOf("series")).type() == "Hidden"


def test_a_store_grows_while_its_layers_are_open(store, bursts, qgis_project):
    (layer,) = points(add_store(store, qgis_project, "Ustica"))
    layer.setName("My points")
    count = layer.featureCount()
    report = import_files(bursts[1:], store)
    added = add_store(report.store, qgis_project, "Ustica")
    assert [one.name() for one in points(added)] == ["Ascending, track 117 (mm/yr)"]
    assert layer.name() == "My points" and layer.featureCount() == count
    assert len(layer.renderer().ranges()) == 9
    assert len(qgis_project.layerTreeRoot().children()) == 1


def test_layers_follow_a_new_generation_of_the_file(store, qgis_project):
    (layer,) = points(add_store(store, qgis_project))
    second = store.with_name("motion.2.gpkg")
    for path in list(store.parent.glob("motion*")):
        shutil.copy(path, path.with_name(path.name.replace("motion", "motion.2")))
    assert add_store(second, qgis_project) == [layer]
    assert layer.source().startswith(str(second)) and layer.isValid()
    overview = next(one for one in qgis_project.mapLayers().values()
                    if isinstance(one, QgsRasterLayer))
    assert "motion.2" in overview.source() and overview.isValid()
