"""The legend of a dataset before any of its files is here."""

from __future__ import annotations

import pytest

from clms_explorer.core.clms.models import Dataset
from clms_explorer.core.products.legend import read_legend
from clms_explorer.core.products.of_dataset import product_of


def dataset(**raw):
    return Dataset("uid", "Title", "/x", raw=raw)


def test_a_prepackaged_file_tells():
    found = product_of(dataset(downloadable_files={
        "items": [{"file": ""}, {"file": "u2018_clc2018_v2020_20u1_raster100m"}]}))
    assert found.product == "clc"


def test_the_path_of_a_collection_tells():
    path = "H:\\CLC\\Data\\U2018_CLC2018_V2020_20u1_raster100m_tiled"
    found = product_of(dataset(dataset_download_information={"items": [{"full_path": path}]}))
    assert found.product == "clc"


def test_ground_motion_has_the_velocity_legend():
    egms = Dataset("uid", "European Ground Motion Service: Ortho", "/x")
    assert read_legend(product_of(egms).product).unit == "mm/year"


@pytest.mark.parametrize("raw", [None, {}, {"downloadable_files": None}, [1, 2]])
def test_records_without_files_have_none(raw):
    assert product_of(Dataset("uid", "Title", "/x", raw=raw)) is None
