"""Product files are recognised, and their legends are the official ones."""

import csv

import pytest
from clms_explorer.core.products.legend import index, read_legend
from clms_explorer.core.products.recognise import recognise


def test_every_legend_of_the_index_reads():
    for product, row in index().items():
        legend = read_legend(product)
        assert legend.rows, product
        assert legend.kind == row["kind"]


def test_corine_has_its_44_classes_with_the_official_colours():
    classes = list(read_legend("clc").classes())
    assert [row.value for row in classes] == list(range(1, 45))
    assert (classes[0].code, classes[0].label) == ("111", "Continuous urban fabric")
    assert classes[0].colour == (230, 0, 77)
    assert (classes[43].code, classes[43].colour) == ("523", (230, 242, 255))
    assert set(read_legend("clc").nodata) == {48, 49, 255}


@pytest.mark.parametrize("stem, product, year", [
    ("U2018_CLC2018_V2020_20u1", "clc", "2018"),
    ("u2018_clc2012_v2020_20u1_raster100m", "clc", "2012"),
    ("CLC2018ACC_V2018_20", "clc_accounting", "2018"),
    ("IMD_2018_010m_eu_03035_V1_0", "hrl_imd", "2018"),
])
def test_files_are_recognised_by_name(stem, product, year):
    found = recognise(stem)
    assert (found.product, found.year) == (product, year)


def test_vector_files_are_recognised_by_their_code_field():
    found = recognise("renamed by a colleague", ["OBJECTID", "CODE_18", "AREA_HA"])
    assert (found.product, found.year, found.field) == ("clc", "2018", "CODE_18")


def test_an_unknown_file_is_not_guessed():
    assert recognise("holiday", ["name", "height"]) is None


def test_the_examples_of_the_reference_are_recognised(shared_data):
    examples = shared_data.parent / "reference" / "legends" / "examples.csv"
    with examples.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert rows
    wrong = []
    for row in rows:
        name, _bar, variable = row["name"].partition("|")
        stem = name.rsplit("/", 1)[-1]
        stem = stem.rsplit(".", 1)[0] if "." in stem[-6:] else stem
        found = recognise(stem, variable=variable)
        if found is None or found.product != row["table"]:
            wrong.append((row, found))
    assert not wrong
