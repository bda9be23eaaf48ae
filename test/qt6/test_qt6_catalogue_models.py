"""The item models of the Catalogue tab under Qt 6."""

from __future__ import annotations

import pytest
from clms_explorer.core.clms.facets import Facets
from clms_explorer.core.clms.models import Dataset, PackagedFile
from clms_explorer.core.clms.query import CatalogueQuery
from clms_explorer.core.clms.search import SearchIndex
from clms_explorer.core.egms.choosing import Covered
from clms_explorer.core.egms.hits import Hit
from qgis.PyQt.QtCore import Qt
from qgis.PyQt.QtTest import QAbstractItemModelTester, QSignalSpy
from shapely.geometry import box

CHECK = Qt.ItemDataRole.CheckStateRole
DATASETS = (
    Dataset("a", "CORINE Land Cover 2018 (raster 100 m), Europe, 6-yearly", "/a", "CORINE",
            "Land Cover and Land Use Mapping", start="2018-01-01", end="2018-12-31",
            files=(PackagedFile("f", "Europe", "1 GB"),)),
    Dataset("b", "Snow (raster 20 m), Europe, daily", "/b", "Snow", "Bio-geophysical Parameters"),
)


def checked(model):
    QAbstractItemModelTester(
        model, QAbstractItemModelTester.FailureReportingMode.Fatal, model)
    return model


def test_cards(qt_app):
    from clms_explorer.ui.catalogue.catalogue_model import CardRole, CatalogueModel
    from clms_explorer.ui.catalogue.thumbnails import Thumbnails

    model = checked(CatalogueModel(Thumbnails(lambda path, stop: b"", lambda *_args: None)))
    model.set_datasets(DATASETS)
    assert model.index(0).data() == "CORINE Land Cover 2018"
    assert model.index(0).data(CardRole.FACTS) == "Raster 100 m · 2018 · every 6 years"
    assert model.index(1).data(CardRole.ACCESS) == "Only elsewhere"
    model.set_on_disk({"b": "Alps"})
    assert model.index_of("b").data(CardRole.ACCESS) == "On disk for Alps"


def test_filters(qt_app):
    from clms_explorer.ui.catalogue.filter_model import FilterModel, FilterRole

    model = checked(FilterModel())
    model.set_places({"Land Cover and Land Use Mapping": ("CORINE",),
                      "Bio-geophysical Parameters": ("Snow",)})
    spy = QSignalSpy(model.choice_changed)
    model.set_counts(Facets(SearchIndex(DATASETS).search).counts(CatalogueQuery(), None), False)
    ready = model.availability.child(2)
    assert ready.data(FilterRole.COUNT) == 1
    ready.setCheckState(Qt.CheckState.Checked)
    model.components.child(1).setCheckState(Qt.CheckState.Checked)
    assert len(spy) == 2
    assert spy[1][0].prepackaged and spy[1][0].components == ("Bio-geophysical Parameters",)


@pytest.mark.parametrize("state", [Qt.CheckState.Checked, Qt.CheckState.Checked.value])
def test_ready_files(qt_app, state):
    from clms_explorer.ui.catalogue.file_model import FileModel

    model = checked(FileModel())
    model.set_files([PackagedFile("1", "Malta", "1 MB"), PackagedFile("2", "Italy", "2 MB")])
    assert model.setData(model.index(1, 0), state, CHECK)
    assert [file.id for file in model.ticked] == ["2"]
    assert model.setData(model.index(1, 0), Qt.CheckState.Unchecked, CHECK)
    assert model.ticked == []


@pytest.mark.parametrize("state", [Qt.CheckState.Checked, Qt.CheckState.Checked.value])
def test_archive_files(qt_app, state):
    from clms_explorer.ui.catalogue.hit_model import HitModel, HitRole

    hit = Hit("EGMS_L2b_117_0227_IW2_VV_2020_2024_1.zip", 1, box(0, 0, 1, 1), "L2b", track=117,
              swath="IW2", burst="0227", direction="ascending")
    model = checked(HitModel())
    model.set_files([Covered(hit, 0.27)], ())
    assert model.index(0).data(HitRole.SECOND) == "Ascending · covers 27 % of the area"
    assert model.setData(model.index(0), state, CHECK) and model.ticked == [hit]
    model.set_filter(lambda one: False)
    assert model.rowCount() == 0 and model.ticked == []
