"""The catalogue: read whole by paging, kept on disk, searched, filtered, shown as a tree."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import datetime, timezone

import pytest
from sandbox.server import Sandbox

from clms_explorer.core.clms.auth import TokenSource
from clms_explorer.core.clms.catalogue import Catalogue
from clms_explorer.core.clms.client import PortalClient
from clms_explorer.core.clms.components import OTHER, Place, place_of, places
from clms_explorer.core.clms.models import Dataset, PackagedFile
from clms_explorer.core.clms.query import CatalogueQuery, folded, terms
from clms_explorer.core.clms.search import SearchIndex
from clms_explorer.core.errors import BadAnswer, Cancelled, DiskFull, NoConnection


def never():
    return False


def ignore(_share):
    return None


@pytest.fixture()
def client(sandbox, http):
    return PortalClient(http, sandbox.portal, TokenSource(http, None))


@pytest.fixture()
def catalogue(tmp_path, client):
    found = Catalogue(tmp_path)
    found.refresh(client, never, ignore)
    return found


class TestReading:
    def test_all_of_it_and_the_portal_is_told_nothing_of_us(self, sandbox, catalogue):
        titles = {record["title"] for record in sandbox.portal_site.catalogue.datasets}
        assert {item.title for item in catalogue.datasets} == titles
        assert not any(entry.authorized for entry in sandbox.requests)

    def test_many_pages(self, client, monkeypatch):
        monkeypatch.setattr("clms_explorer.core.clms.client.PAGE", 4)
        shares = []
        found = client.datasets(never, shares.append)
        assert len({record["UID"] for record in found}) == len(found) > 12
        assert shares == sorted(shares) and shares[-1] == 1

    def test_former_hosts_in_the_answer_are_not_followed(self, sandbox, client, monkeypatch):
        monkeypatch.setattr("clms_explorer.core.clms.client.PAGE", 4)
        whole = len(client.datasets(never, ignore))
        sandbox.faults.add("@search", "stale_host", times=None)
        found = client.datasets(never, ignore)
        assert len(found) == whole
        assert found[0]["@id"].startswith("https://clms-prod.eea.europa.eu/")

    def test_a_bare_list_is_an_empty_answer(self, sandbox, client):
        sandbox.faults.add("@search", "bare_list")
        assert client.datasets(never, ignore) == []

    @pytest.mark.parametrize("page", [
        {"items": [], "items_total": 9, "batching": {"next": "https://x/?b_start=0"}},
        {"items": [{"UID": "a"}], "batching": None}, {"items": [None, 5], "batching": "x"}])
    def test_odd_pages_end_the_paging(self, client, http, monkeypatch, page):
        monkeypatch.setattr(http, "get_json", lambda *args, **kwargs: page)
        assert len(client.datasets(never, ignore)) <= 1

    @pytest.mark.parametrize("page", [{}, {"items": None}, [1], "text", None, 5])
    def test_other_shapes_are_refused(self, client, http, monkeypatch, page):
        monkeypatch.setattr(http, "get_json", lambda *args, **kwargs: page)
        with pytest.raises(BadAnswer) as caught:
            client.datasets(never, ignore)
        assert caught.value.reason == "shape"

    def test_pages_without_an_end_are_given_up(self, client, http, monkeypatch):
        monkeypatch.setattr("clms_explorer.core.clms.client._MOST_PAGES", 3)
        page = {"items": [{"UID": "a"}], "batching": {"next": "again"}}
        monkeypatch.setattr(http, "get_json", lambda *args, **kwargs: page)
        assert len(client.datasets(never, ignore)) == 3


class TestKeeping:
    def test_it_is_there_without_a_connection(self, catalogue, tmp_path):
        offline = Catalogue(tmp_path)
        assert offline.fetched_at is None and offline.datasets == ()
        assert offline.load()
        assert offline.datasets == catalogue.datasets
        assert offline.fetched_at == catalogue.fetched_at
        assert (datetime.now(timezone.utc) - offline.fetched_at).total_seconds() < 600

    def test_nothing_on_disk(self, tmp_path):
        assert not Catalogue(tmp_path / "none").load()

    @pytest.mark.parametrize("content", [
        b"", b"{", b"[]", b"null", b"\xff", b'{"layout": 1}', b'{"layout": 2}',
        b'{"layout": 1, "fetched_at": "x", "datasets": [], "products": []}',
        b'{"layout": 1, "fetched_at": "2026-11-25T10:00:00+00:00", "datasets": 5,'
        b' "products": []}',
        b'{"layout": 1, "fetched_at": "2026-11-25T10:00:00+00:00", "datasets": [],'
        b' "products": [5]}'])
    def test_a_damaged_file_is_as_good_as_none(self, tmp_path, content):
        (tmp_path / "catalogue.json").write_bytes(content)
        assert not Catalogue(tmp_path).load()

    def test_a_failed_refresh_leaves_the_old_one(self, sandbox, client, catalogue, tmp_path):
        before, on_disk = catalogue.datasets, (tmp_path / "catalogue.json").read_bytes()
        for fault in ({"kind": "html"}, {"kind": "truncate"}, {"kind": "refuse"},
                      {"kind": "bare_list"}):
            sandbox.faults.add("@search", times=None, skip=1, **fault)
            with pytest.raises((BadAnswer, NoConnection)):
                catalogue.refresh(client, never, ignore)
            sandbox.faults.clear()
        assert catalogue.datasets == before
        assert (tmp_path / "catalogue.json").read_bytes() == on_disk
        assert [path.name for path in tmp_path.iterdir()] == ["catalogue.json"]

    def test_stop(self, client, catalogue):
        with pytest.raises(Cancelled):
            catalogue.refresh(client, lambda: True, ignore)

    def test_a_disk_that_cannot_be_written_does_not_hide_the_answer(self, client, tmp_path):
        (tmp_path / "folder").write_text("in the way")
        found = Catalogue(tmp_path / "folder")
        with pytest.raises(DiskFull):
            found.refresh(client, never, ignore)
        assert found.datasets


class TestFinding:
    def test_by_uid_and_by_title(self, catalogue):
        clc = next(item for item in catalogue.datasets if item.path.endswith("/clc2018"))
        assert catalogue.find(clc.uid) is clc
        assert catalogue.find(f" {clc.uid.upper()} ") is clc
        assert catalogue.find(clc.title) is clc
        assert catalogue.find(clc.title.lower()) is clc
        for text in ("", " ", "CORINE", "no such thing"):
            assert catalogue.find(text) is None

    def test_the_tree_follows_the_portal(self, catalogue):
        tree = catalogue.tree()
        assert list(tree)[:2] == ["Land Cover and Land Use Mapping", "Priority Area Monitoring"]
        clc = tree["Land Cover and Land Use Mapping"]["CORINE Land Cover"]
        names = [item.path.rpartition("/")[2] for item in clc]
        assert names == ["clc2018", "clc-2012", "clc-2006"]
        assert sum(len(items) for products in tree.values() for items in products.values()) == len(
            catalogue.datasets)

    def test_products_that_are_not_listed(self):
        known = places([
            {"@id": "https://x/api/en/products/clc", "title": "CLC", "mapviewer_component":
                {"token": "2a04c969-7f91-476f-8ab2-6fb4a7588896", "title": "01#Land"}},
            {"@id": "/en/products/new", "title": "New", "mapviewer_component":
                {"token": "unknown", "title": "07#Seventh"}},
            {"@id": None, "title": None}])
        assert place_of("/en/products/clc/a", known) == Place(
            "CLC", "Land Cover and Land Use Mapping")
        assert place_of("/en/products/new/a", known) == Place("New", "Seventh")
        assert place_of("/en/products/small-woody-features/a", known) == Place(
            "Small woody features", OTHER)


def dataset(title, **fields):
    return Dataset(uid=title, title=title, path="", **fields)


class TestWords:
    @pytest.fixture()
    def index(self):
        return SearchIndex([
            dataset("Tree Cover Density 2018", description="Forest and land cover of Europe"),
            dataset("CORINE Land Cover 2018", raw={"keywords": ["Großstadt", "São Miguel"]}),
            dataset("CORINE Land Cover Change 2012-2018"),
            dataset("Land Use in Cover Areas"),
            dataset("Imperviousness Density 2018 (raster 10 m)", product="HR Imperviousness"),
        ])

    def titles(self, index, text, **fields):
        return [item.title for item in index.search(CatalogueQuery(text=text, **fields))]

    def test_beginnings_of_words_count(self, index):
        assert self.titles(index, "imperv") == ["Imperviousness Density 2018 (raster 10 m)"]
        assert self.titles(index, "pervious") == []

    def test_all_words_must_occur(self, index):
        assert self.titles(index, "corine change") == ["CORINE Land Cover Change 2012-2018"]
        assert self.titles(index, "corine forest") == []

    def test_quoted_words_must_follow_each_other(self, index):
        assert "Land Use in Cover Areas" in self.titles(index, "land cover")
        assert "Land Use in Cover Areas" not in self.titles(index, '"land cover"')
        assert self.titles(index, '"land cov"') == [], "quoted words are whole words"
        assert self.titles(index, '"land cover" corine 2012') == [
            "CORINE Land Cover Change 2012-2018"]
        assert self.titles(index, '"land cover change') == ["CORINE Land Cover Change 2012-2018"]

    def test_hits_in_titles_come_first_and_titles_that_begin_so_before_them(self, index):
        assert self.titles(index, "land cover") == [
            "Land Use in Cover Areas", "CORINE Land Cover 2018",
            "CORINE Land Cover Change 2012-2018", "Tree Cover Density 2018"]

    def test_accents_and_case_do_not_matter(self, index):
        for text in ("SAO miguel", "são", "grossstadt", "GROẞSTADT"):
            assert self.titles(index, text) == ["CORINE Land Cover 2018"], text

    def test_signs_divide_words(self, index):
        assert self.titles(index, "2012-2018") == ["CORINE Land Cover Change 2012-2018"]
        assert self.titles(index, "(raster 10 m)") == [
            "Imperviousness Density 2018 (raster 10 m)"]

    @pytest.mark.parametrize("text", ["", "  ", '"', '""', "*", "()", "-", '" "'])
    def test_nothing_to_look_for_finds_all(self, index, text):
        assert len(self.titles(index, text)) == 5

    @pytest.mark.parametrize("text", ["?", "not", "a" * 10_000, "\x00", "or and", "[.*+", "💧"])
    def test_nothing_typed_does_harm(self, index, text):
        assert isinstance(self.titles(index, text), list)

    def test_folding(self):
        assert folded("Łódź, Ærø & 2°C") == " lodz aero 2 c "
        assert terms('ab "c d" ab') == (" ab", " c d ")


class TestFilters:
    EUROPE = ((-31.0, 27.0, 45.0, 72.0),)

    @pytest.fixture()
    def index(self):
        file = PackagedFile("id", "title", "1 MB")
        return SearchIndex([
            dataset("by area", by_area=True, component="A", product="P", boxes=self.EUROPE,
                    resolution="100 m", published="2024-01-01"),
            dataset("files", files=(file,), component="A", product="Q", resolution="10 m",
                    boxes=((-62.0, 2.0, -51.0, 18.0), *self.EUROPE), modified="2026-01-01"),
            dataset("European Ground Motion Service: Basic", component="B", product="R"),
            dataset("nothing", component="B", product="S", boxes=((-180, -90, 180, 90),),
                    published="2025-01-01", resolution="1 km"),
        ])

    @pytest.mark.parametrize("fields, titles", [
        ({"by_area": True}, ["by area", "European Ground Motion Service: Basic"]),
        ({"prepackaged": True}, ["files"]),
        ({"map_layer": True}, []),
        ({"elsewhere": True}, ["nothing"]),
        ({"components": ("A",)}, ["by area", "files"]),
        ({"components": ("A", "B"), "products": ("Q", "S")}, ["files", "nothing"]),
        ({"covers": (13.0, 38.0, 14.0, 39.0)},
         ["by area", "files", "European Ground Motion Service: Basic", "nothing"]),
        ({"covers": (-61.0, 14.0, -60.0, 15.0)},
         ["files", "European Ground Motion Service: Basic", "nothing"]),
        ({"sort": "title"}, ["by area", "European Ground Motion Service: Basic", "files",
                             "nothing"]),
        ({"sort": "newest"}, ["files", "nothing", "by area",
                              "European Ground Motion Service: Basic"]),
        ({"sort": "finest"}, ["files", "by area", "nothing",
                              "European Ground Motion Service: Basic"]),
    ])
    def test_each(self, index, fields, titles):
        assert [item.title for item in index.search(CatalogueQuery(**fields))] == titles

    def test_queries_are_kept_as_json(self):
        query = CatalogueQuery("land", ("A",), ("P",), (1.0, 2.0, 3.0, 4.0), True, True, True,
                               True, "newest")
        assert CatalogueQuery.from_json(json.loads(json.dumps(query.to_json()))) == query

    @pytest.mark.parametrize("data", [
        {}, {"text": None, "covers": [1], "components": "A", "sort": "odd", "by_area": "yes"},
        {"covers": ["w", "s", "e", "n"], "sort": ["title"], "products": 5, "new": 1}])
    def test_what_makes_no_sense_in_them_is_left_out(self, data):
        assert CatalogueQuery.from_json(data) == CatalogueQuery()


def test_the_real_catalogue_is_found_by_what_people_type(shared_data, http, tmp_path):
    with Sandbox(speed=0.0, data=shared_data) as real:
        client = PortalClient(http, real.portal, TokenSource(http, None))
        catalogue = Catalogue(tmp_path)
        catalogue.refresh(client, never, ignore)
    assert len(catalogue.datasets) == 256

    def first(text):
        return catalogue.search(CatalogueQuery(text=text))[0].title

    assert first("corine").startswith("CORINE Land Cover 2018 ")
    assert first("clc2018").startswith("CORINE Land Cover 2018 ")
    assert first("snow phenology").startswith("Snow Phenology")
    assert first("ground motion ortho").startswith("European Ground Motion Service: Ortho")
    assert [item.title for item in catalogue.tree()["European Ground Motion Service"]["EGMS"]]
    assert replace(catalogue.datasets[0], raw=None)
