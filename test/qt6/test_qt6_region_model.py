"""The tree of regions keeps the rules of models under Qt 6 too."""

import pytest
from clms_explorer.core.aoi.nuts import NutsIndex
from clms_explorer.ui.aoi.region_model import CODE_ROLE, RegionModel
from qgis.PyQt.QtCore import QModelIndex
from qgis.PyQt.QtTest import QAbstractItemModelTester


@pytest.mark.parametrize("countries_only", [False, True])
def test_tree_list_and_hits(qt_app, countries_only):
    model = RegionModel(NutsIndex(), countries_only)
    tester = QAbstractItemModelTester(
        model, QAbstractItemModelTester.FailureReportingMode.Fatal)
    for text, first in (("", None), ("sofia", None), ("germany", "DE"), ("no such region", None)):
        model.search(text)
        if first:
            assert model.index(0, 0).data(CODE_ROLE) == first
    assert model.rowCount() == 0
    assert tester.model() is model


def test_a_region_knows_what_it_belongs_to(qt_app):
    model = RegionModel(NutsIndex())
    country = model.index(0, 0, QModelIndex())
    part = model.index(0, 0, country)
    assert country.data(CODE_ROLE) == "BE" and part.data(CODE_ROLE) == "BE1"
    assert model.parent(part) == country and not model.parent(country).isValid()
