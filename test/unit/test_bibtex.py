"""A dataset as a BibTeX entry."""

from __future__ import annotations

from clms_explorer.core.clms.bibtex import bibtex
from clms_explorer.core.clms.models import Dataset


def test_an_entry_names_title_year_doi_and_page():
    dataset = Dataset(
        "uid", "CORINE Land Cover 2018 (raster 100 m), Europe, 6-yearly", "/x",
        version="V2020_20u1", doi="10.2909/960998c1", raw={"resourceEffective": "2020-06-01"})
    text = bibtex(dataset, "https://land.copernicus.eu/x")
    assert text.startswith("@misc{clms_corine_land_cover_2018,\n") and text.endswith("}\n")
    for line in ("year = {2020}", "doi = {10.2909/960998c1}", r"version = {V2020\_20u1}",
                 "url = {https://land.copernicus.eu/x}"):
        assert f"  {line}" in text


def test_special_letters_are_escaped_and_empty_fields_left_out():
    text = bibtex(Dataset("uid", "Rain & snow {100 %}", "/x"), "")
    assert r"Rain \& snow \{100 \%\}" in text
    assert "year" not in text and "url" not in text and "doi" not in text
    assert text.count("{") == text.count("}")


def test_a_title_without_letters_still_gives_a_key():
    assert bibtex(Dataset("uid", "雪", "/x"), "").startswith("@misc{clms_dataset")
