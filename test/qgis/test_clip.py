"""A delivered file is cut to the outline of the area, on its own grid."""

import numpy as np
import pytest
from clms_explorer.core.aoi.area import Area
from clms_explorer.core.errors import AreaError, FileBroken
from clms_explorer.core.ports import never
from clms_explorer.ui.qgis_bridge.clip import clip_file
from osgeo import gdal, ogr
from shapely.geometry import Polygon

TRIANGLE = Area("Triangle", "polygon", Polygon([(-25.8, 37.7), (-25.4, 37.7), (-25.6, 37.9)]))
NOWHERE = Area.from_bbox(10, 50, 11, 51)


def test_a_raster_keeps_its_grid_and_is_clear_outside(shared_data, tmp_path):
    source = shared_data / "clc" / "clc2018_sao_miguel.tif"
    result = gdal.Open(str(clip_file(source, tmp_path / "out.tif", TRIANGLE, never)))
    whole = gdal.Open(str(source))
    left, width, _, top, _, height = whole.GetGeoTransform()
    new_left, new_width, _, new_top, _, new_height = result.GetGeoTransform()
    assert (new_width, new_height) == (width, height)
    column, row = (new_left - left) / width, (new_top - top) / height
    assert abs(column - round(column)) < 1e-6 and abs(row - round(row)) < 1e-6
    cut = result.ReadAsArray()
    same = whole.ReadAsArray(round(column), round(row), cut.shape[1], cut.shape[0])
    inside = cut != 255
    assert 0.4 < inside.mean() < 0.6          # a triangle fills half of its box
    assert np.array_equal(cut[inside], same[inside])
    assert result.GetRasterBand(1).GetNoDataValue() == 255


def test_a_vector_is_cut_in_its_own_crs(shared_data, tmp_path):
    source = shared_data / "clc" / "clc_lanjaron.gpkg"
    box = Area.from_bbox(-3.5, 36.9, -3.45, 36.95)
    result = ogr.Open(str(clip_file(source, tmp_path / "out.gpkg", box, never)))
    layer = result.GetLayer(0)
    assert layer.GetFeatureCount() > 0
    assert layer.GetSpatialRef().GetAuthorityCode(None) == "25830"
    west, east, south, north = layer.GetExtent()
    assert 4300 < east - west < 4800 and 5400 < north - south < 5800   # 0.05 degrees


@pytest.mark.parametrize("name", ["clc2018_sao_miguel.tif", "clc_lanjaron.gpkg"])
def test_an_area_outside_the_file_is_said_so(shared_data, tmp_path, name):
    with pytest.raises(AreaError) as caught:
        clip_file(shared_data / "clc" / name, tmp_path / "out", NOWHERE, never)
    assert caught.value.reason == "outside"
    assert list(tmp_path.iterdir()) == []


def test_a_broken_file_is_said_so(tmp_path):
    broken = tmp_path / "broken.tif"
    broken.write_bytes(b"<html>")
    with pytest.raises(FileBroken):
        clip_file(broken, tmp_path / "out.tif", TRIANGLE, never)
