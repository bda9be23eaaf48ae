"""Counts of the filters: what a click would leave."""

from __future__ import annotations

from dataclasses import replace

import pytest

from clms_explorer.core.clms.facets import COVERS, FLAGS, Facets
from clms_explorer.core.clms.models import Collection, Dataset, MapService, PackagedFile
from clms_explorer.core.clms.query import CatalogueQuery
from clms_explorer.core.clms.search import SearchIndex

AZORES, EUROPE = (-26.0, 37.0, -25.0, 38.0), (-31.6, 27.4, 44.9, 71.5)
RASTER = Collection("c", "RASTER", "Raster", "Geotiff", "EEA")
WMS = MapService("wms", "https://example.org/wms")
DATASETS = (
    Dataset("a", "Forest 2018", "/a", "Forest", "Land", by_area=True, collections=(RASTER,),
            boxes=(EUROPE,)),
    Dataset("b", "Forest 2021", "/b", "Forest", "Land", by_area=True, collections=(RASTER,),
            services=(WMS,), boxes=((10.0, 45.0, 20.0, 50.0),)),
    Dataset("c", "Snow", "/c", "Snow", "Water", files=(PackagedFile("f", "Alps", "1 GB"),),
            services=(WMS,), boxes=(EUROPE,)),
    Dataset("d", "Forest of the world", "/d", "World", "Water"),
)
INDEX = SearchIndex(DATASETS)


@pytest.fixture
def facets():
    return Facets(INDEX.search)


def test_without_filters_every_count_is_what_the_filter_alone_leaves(facets):
    counts = facets.counts(CatalogueQuery(), AZORES)
    assert counts.flags == {
        "by_area": 2, "prepackaged": 1, "map_layer": 2, "elsewhere": 1, "covers": 3}
    assert counts.components == {"Land": 2, "Water": 2}
    assert counts.products == {("Land", "Forest"): 2, ("Water", "Snow"): 1, ("Water", "World"): 1}


def test_text_and_other_filters_lower_the_counts(facets):
    counts = facets.counts(CatalogueQuery(text="forest", map_layer=True), None)
    assert counts.flags["by_area"] == 1 and counts.flags["prepackaged"] == 0
    assert counts.flags["map_layer"] == 1
    assert counts.components == {"Land": 1}
    assert counts.flags["covers"] == 0


def test_a_count_is_what_a_search_with_the_filter_finds(facets):
    for query in (CatalogueQuery(), CatalogueQuery(text="forest"), CatalogueQuery(by_area=True),
                  CatalogueQuery(components=("Land",), covers=AZORES),
                  CatalogueQuery(products=("Snow",), map_layer=True)):
        counts = facets.counts(query, AZORES)
        for flag in FLAGS:
            assert counts.flags[flag] == len(INDEX.search(replace(query, **{flag: True})))
        assert counts.flags[COVERS] == len(INDEX.search(replace(query, covers=AZORES)))


def test_options_of_a_group_do_not_exclude_each_other(facets):
    counts = facets.counts(CatalogueQuery(components=("Land",)), None)
    assert counts.components == {"Land": 2, "Water": 2}


def test_searches_are_kept(facets):
    calls = []
    kept = Facets(lambda query: calls.append(query) or INDEX.search(query))
    kept.counts(CatalogueQuery(text="forest"), AZORES)
    first = len(calls)
    kept.counts(CatalogueQuery(text="snow"), AZORES)
    assert len(calls) == first + 1
