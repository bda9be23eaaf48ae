"""QGIS must read the overview rasters as what they are."""

from __future__ import annotations

import numpy as np
from osgeo import gdal
from qgis.core import QgsPointXY, QgsRasterLayer

from clms_explorer.core.egms.overview import Accumulator


def test_qgis_sees_place_values_gaps_and_overviews(qgis_app, tmp_path):
    path = tmp_path / "store.up.tif"
    gathered = Accumulator()
    gathered.add(np.array([4_500_050.0, 4_580_050.0]), np.array([1_700_050.0, 1_760_050.0]),
                 np.array([-2.5, 4.0]))
    gathered.write(path)
    layer = QgsRasterLayer(str(path), "overview")

    assert layer.isValid()
    assert layer.crs().authid() == "EPSG:3035"
    assert (layer.width(), layer.height()) == (801, 601)
    provider = layer.dataProvider()
    assert provider.sourceNoDataValue(1) == -9999
    assert provider.sample(QgsPointXY(4_500_001, 1_700_001), 1) == (-2.5, True)
    assert provider.sample(QgsPointXY(4_580_099, 1_760_099), 1) == (4.0, True)
    assert not provider.sample(QgsPointXY(4_540_000, 1_730_000), 1)[1]


def test_gdal_uses_the_overviews(tmp_path):
    path = tmp_path / "store.up.tif"
    gathered = Accumulator()
    gathered.add(np.array([4_500_050.0, 4_580_050.0]), np.array([1_700_050.0, 1_760_050.0]),
                 np.array([-2.5, 4.0]))
    gathered.write(path)
    file = gdal.Open(str(path))
    band = file.GetRasterBand(1)

    assert [band.GetOverview(i).XSize for i in range(band.GetOverviewCount())] == [401, 201]
    small = band.ReadAsArray(buf_xsize=201, buf_ysize=151)
    assert sorted(small[small != -9999].tolist()) == [-2.5, 4.0]
