"""Ground motion through Processing, on the sandbox: archive, point store, motion history."""

import csv
from pathlib import Path

import pytest
from qgis.core import (
    QgsFeature,
    QgsGeometry,
    QgsProcessingException,
    QgsVectorLayer,
)

USTICA = "13.10,13.25,38.65,38.75 [EPSG:4326]"
SEA = "5.0,5.1,39.5,39.6 [EPSG:4326]"


def run(name, **parameters):
    import processing

    return processing.run(f"clms:{name}", parameters)


@pytest.fixture
def store(services, tmp_path):
    """Return a point store of the calibrated files at Ustica."""
    files = run("egmsdownload", EXTENT=USTICA, LEVEL="L2b", RELEASE="2020-2024",
                FOLDER=str(tmp_path / "files"))["FILES"]
    return run("egmsimport", INPUT=files, OUTPUT=str(tmp_path / "motion.gpkg"))["OUTPUT"]


def test_footprints_tell_track_direction_and_coverage(services):
    found = run("egmssearch", EXTENT=USTICA, LEVEL="L2b", OUTPUT="memory:")["OUTPUT"]
    rows = {(feature["track"], feature["direction"]) for feature in found.getFeatures()}
    assert {(117, "ascending"), (22, "descending")} <= rows
    assert all(0 < feature["coverage"] <= 1 for feature in found.getFeatures())
    assert found.crs().authid() == "EPSG:4326"


def test_components_are_told_apart(services):
    found = run("egmssearch", EXTENT=USTICA, LEVEL="L3", COMPONENT="up", RELEASE="2020_2024",
                OUTPUT="memory:")["OUTPUT"]
    assert {feature["component"] for feature in found.getFeatures()} == {"U"}


def test_an_area_without_files_is_no_error(services):
    found = run("egmssearch", EXTENT=SEA, LEVEL="L2b", OUTPUT="memory:")["OUTPUT"]
    assert found.featureCount() == 0
    assert run("egmsdownload", EXTENT=SEA, LEVEL="L2b")["FILES"] == []


def test_files_on_disk_are_not_fetched_again(services, tmp_path):
    wanted = dict(EXTENT=USTICA, LEVEL="L2b", RELEASE="2020-2024", FOLDER=str(tmp_path))
    first = run("egmsdownload", **wanted)["FILES"]
    fetched = len(services.requests.to("/download/"))
    assert run("egmsdownload", **wanted)["FILES"] == first
    assert len(services.requests.to("/download/")) == fetched


def test_the_history_of_a_point_equals_the_table_of_egms(store, tmp_path):
    layer = QgsVectorLayer(f"{store}|layername=los_descending", "d", "ogr")
    feature = next(layer.getFeatures())
    table = tmp_path / "history.csv"
    picture = tmp_path / "history.png"
    run("motionhistory", INPUT=store, PIDS=feature["pid"], OUTPUT_CSV=str(table),
        OUTPUT_PLOT=str(picture))
    lines = [line for line in csv.reader(table.open(encoding="utf-8"))
             if line and line[0][:2] == "20"]
    assert len(lines) >= 200 and all(-100 < float(line[1]) < 100 for line in lines)
    assert picture.read_bytes().startswith(b"\x89PNG")


def test_places_find_the_nearest_point_of_each_direction(store, tmp_path):
    places = QgsVectorLayer("Point?crs=EPSG:4326", "places", "memory")
    feature = QgsFeature()
    feature.setGeometry(QgsGeometry.fromWkt("Point(13.18 38.707)"))
    places.dataProvider().addFeature(feature)
    table = tmp_path / "history.csv"
    run("motionhistory", INPUT=store, POINTS=places, TOLERANCE=200, OUTPUT_CSV=str(table))
    text = table.read_text(encoding="utf-8")
    assert "Ascending 117" in text and "Descending 22" in text


@pytest.mark.parametrize("wrong, words", [
    ({"PIDS": "nobody"}, "No point"),
    ({}, "No point"),
])
def test_no_point_is_one_sentence(store, tmp_path, wrong, words):
    with pytest.raises(QgsProcessingException) as caught:
        run("motionhistory", INPUT=store, OUTPUT_CSV=str(tmp_path / "x.csv"), **wrong)
    assert words in str(caught.value)
    assert not (tmp_path / "x.csv").exists()


def test_a_file_that_is_no_store_is_said_so(services, tmp_path):
    other = tmp_path / "other.gpkg"
    other.write_bytes(b"<html>")
    with pytest.raises(QgsProcessingException) as caught:
        run("motionhistory", INPUT=str(other), PIDS="x", OUTPUT_CSV=str(tmp_path / "x.csv"))
    assert "not a ground motion point store" in str(caught.value)


def test_a_table_that_is_no_egms_leaves_nothing_behind(services, tmp_path):
    table = tmp_path / "table.csv"
    table.write_text("name,value\na,1\n")
    target = tmp_path / "motion.gpkg"
    with pytest.raises(QgsProcessingException) as caught:
        run("egmsimport", INPUT=[str(table)], OUTPUT=str(target))
    assert "not an EGMS table" in str(caught.value) or "lacks the column" in str(caught.value)
    assert [path.name for path in Path(tmp_path).glob("motion*")] == []
