"""Importing tables into a store: what is read, what is skipped, what grows."""

from __future__ import annotations

import sqlite3

import numpy as np
import pytest
from egms_text import (
    DATES,
    L2_COLUMNS,
    L2_NAME,
    L3_NAME,
    l2_row,
    l2_text,
    l3_text,
    write,
    write_zip,
)
from pyproj import Transformer

from clms_explorer.core.aoi.area import Area
from clms_explorer.core.egms.importer import import_files
from clms_explorer.core.egms.store import PointStore
from clms_explorer.core.errors import AreaError, CsvError, FileBroken, StoreError

L2_XML = ("<BURST><product_level>L2b</product_level><track>088</track>"
          "<burst_id>0282</burst_id><sub_swath>2</sub_swath></BURST>")
OTHER = L2_NAME.replace("0282", "0283")


@pytest.fixture()
def store(tmp_path):
    return tmp_path / "stores" / "motion.gpkg"


@pytest.fixture()
def read():
    """Return a function that gives pid → (velocity, displacements) of a table."""
    def rows(path, table):
        store = PointStore(path)
        found = {
            point.pid: (point.attributes.get("mean_velocity"), store.series(point).values.tolist())
            for point in store.points(table, fids=range(1, 1000))}
        store.close()
        return found

    return rows


@pytest.fixture()
def burst(tmp_path):
    """Return a table of three points."""
    return write(tmp_path / f"{L2_NAME}.csv", l2_text(3))


def info(path):
    opened = PointStore(path)
    opened.close()
    return opened.info


def box(west, south, east, north, name="Box"):
    """Return an area around a box in EPSG:3035, a little wider."""
    change = Transformer.from_crs(3035, 4326, always_xy=True)
    lon, lat = change.transform([west, east, west, east], [south, south, north, north])
    return Area.from_bbox(min(lon), min(lat), max(lon), max(lat), name)


# --- what is read


def test_a_burst_becomes_a_table_of_its_direction(burst, store, read):
    report = import_files([burst], store)

    assert (report.store, report.rows, report.sources) == (store, 3, (L2_NAME,))
    assert report.tables == {"los_descending": 3}
    assert report.skipped == ()
    assert report.bytes == burst.stat().st_size
    assert report.seconds > 0
    found = info(store)
    assert (found.level, found.release, found.tables) == ("L2b", "2018-2022", ("los_descending",))
    assert read(store, "los_descending") == {
        f"3ODTn0000{n}": (-2.1, [0.1, -1.2, 12.3, 0.0]) for n in range(3)}


def test_a_satellite_seen_in_the_west_flies_north(tmp_path, store):
    import_files([write(tmp_path / f"{L2_NAME}.csv", l2_text(3, los_east=-0.62))], store)
    assert info(store).tables == ("los_ascending",)


@pytest.mark.parametrize("letter, table", [("U", "up"), ("E", "east")])
def test_a_tile_becomes_a_table_of_its_component(tmp_path, store, letter, table):
    name = L3_NAME.replace("_U_", f"_{letter}_")
    import_files([write(tmp_path / f"{name}.csv", l3_text())], store)
    assert info(store).tables == (table,)
    assert info(store).sources[0].tile == "E45N17"


def test_zips_tables_and_folders_of_both_in_one_go(tmp_path, store):
    folder = tmp_path / "data" / "deep"
    folder.mkdir(parents=True)
    write_zip(tmp_path / f"{L2_NAME}.zip", csv=l2_text(2), xml=L2_XML)
    write(folder / f"{OTHER}.csv", l2_text(4))
    third = L2_NAME.replace("088", "117")
    write_zip(folder / f"{third}.zip", csv=l2_text(5, los_east=-0.6))
    (folder / "notes.txt").write_text("not a table")
    write(folder / "stations.csv", "name,population\nUstica,1300\n")
    write(folder / "points.csv", "pid,easting,northing,mean_velocity\na,1,2,3\n")
    write(folder / "holiday.zip", "half of an archive")

    report = import_files([tmp_path / f"{L2_NAME}.zip", tmp_path / "data"], store)

    assert sorted(report.sources) == sorted([L2_NAME, OTHER, third])
    assert report.tables == {"los_ascending": 5, "los_descending": 6}
    by_name = {source.name: source for source in info(store).sources}
    assert by_name[L2_NAME].provenance["burst_id"] == "0282"
    assert info(store).tracks("los_ascending") == [117]


def test_sources_with_other_dates_and_columns_share_a_table(burst, tmp_path, store):
    more = l2_text(
        [l2_row(9, "5.0,6.0").replace("0.2,5.0", "0.2,-1.6,5.0")],
        header=f"{L2_COLUMNS},gnss_velocity,20190101,20190113")
    import_files([burst, write(tmp_path / f"{OTHER}.csv", more)], store)

    opened = PointStore(store)
    first, last = opened.points("los_descending", fids=[1, 4])
    assert "gnss_los" not in first.attributes
    assert last.attributes["gnss_los"] == -1.6
    assert opened.series(last).dates.astype(str).tolist() == ["2019-01-01", "2019-01-13"]
    assert len(opened.series(first)) == 4
    opened.close()


CUT = ",".join(name[:10] for name in L2_COLUMNS.split(",")[:18])


@pytest.mark.parametrize("level, header, row", [
    ("L2a", L2_COLUMNS.replace("pid,", "pid,cluster_label,"),
     l2_row(1).replace(",0,", ",7,0,", 1)),
    ("L2a", L2_COLUMNS, l2_row(1)),
    ("L2b", L2_COLUMNS.replace("height_wgs84", "height_ellipse").replace("rmse", "rmse_ts"),
     l2_row(1)),
    ("L2b", f"{CUT},mean_veloc,mean_vel_1,accelerati,accelera_1,seasonalit,seasonal_1", l2_row(1)),
])
def test_header_generations(tmp_path, store, level, header, row):
    name = L2_NAME.replace("L2b", level)
    import_files([write(tmp_path / f"{name}.csv", f"{header},{DATES}\n{row}\n")], store)
    opened = PointStore(store)
    point, = opened.points("los_descending", fids=[1])
    opened.close()
    assert opened.info.level == level
    assert point.attributes["mean_velocity"] == -2.1
    assert point.attributes["rmse"] == 2.4
    assert point.attributes["height_ellipse"] == -3.0
    assert point.attributes.get("cluster_label") == (7 if "cluster_label" in header else None)


def test_untidy_but_clear_tables_are_read(tmp_path, store, read):
    text = "\ufeff" + l2_text([
        l2_row(1, "0.1,,NaN,-9999"), l2_row(2).replace(",2.4,", ",,"), l2_row(3, velocity="")])
    text = text.replace("\n", "\r\n")
    import_files([write(tmp_path / f"{L2_NAME}.csv", text)], store)

    rows = read(store, "los_descending")
    assert np.isnan(rows["3ODTn00001"][1]).tolist() == [False, True, True, True]
    assert rows["3ODTn00003"][0] is None
    opened = PointStore(store)
    assert "rmse" not in opened.find("3ODTn00002")[0].attributes
    opened.close()


def test_a_quoted_table_is_read(tmp_path, store, read):
    lines = [",".join(f'"{cell}"' for cell in line.split(","))
             for line in l2_text(2).splitlines()]
    import_files([write(tmp_path / f"{L2_NAME}.csv", "\n".join(lines) + "\n")], store)
    assert read(store, "los_descending")["3ODTn00001"] == (-2.1, [0.1, -1.2, 12.3, 0.0])


@pytest.mark.parametrize("cell, form", [
    ("4000.5", (4, 1)), ("-99999.9", (4, 1)), ("0.25", (4, 2)), ("-12.3456", (4, 4))])
def test_a_source_with_other_numbers_gets_a_format_of_its_own(tmp_path, store, cell, form):
    """The last row decides; the rows before it are read again."""
    rows = [l2_row(number) for number in range(5000)] + [l2_row(5000, f"0.1,{cell},-0.3,12.4")]
    report = import_files([
        write(tmp_path / f"{OTHER}.csv", l2_text(2)),
        write(tmp_path / f"{L2_NAME}.csv", l2_text(rows))], store)

    assert report.rows == 5003
    sources = {source.name: (source.bytes, source.decimals) for source in info(store).sources}
    assert sources == {OTHER: (2, 1), L2_NAME: form}
    opened = PointStore(store)
    assert opened.series(opened.find("3ODTn05000")[0]).values.tolist() == [
        0.1, float(cell), -0.3, 12.4]
    assert len(opened.find("3ODTn00001")) == 2
    blocks = list(opened.all_series("los_descending", 9000))
    assert sum(block.fids.size for block in blocks) == 5003
    opened.close()
    with sqlite3.connect(store) as connection:
        assert connection.execute("SELECT min(fid), max(fid), count(*) FROM los_descending"
                                  ).fetchone() == (1, 5003, 5003)
        assert connection.execute(
            "SELECT rtreecheck('rtree_los_descending_geom')").fetchone() == ("ok",)
    connection.close()


# --- names that say nothing


def test_a_table_speaks_for_itself_where_its_name_does_not(tmp_path, store):
    import_files([write(tmp_path / "points of my town.csv", l2_text(
        3, header=f"{L2_COLUMNS},20180105,20190111,20200117,20221231"))], store)
    found = info(store)
    assert (found.level, found.release, found.tables) == ("L2b", "2018-2022", ("los_descending",))


def test_the_point_ids_know_the_track(tmp_path, store):
    rows = [l2_row(1).replace("3ODTn00001", "3ODTn5TNYv")]
    import_files([write(tmp_path / "points.csv", l2_text(rows))], store)
    source, = info(store).sources
    assert (source.track, source.burst, source.swath) == (88, "0282", "IW2")


def test_the_xml_in_the_zip_helps(tmp_path, store):
    write_zip(tmp_path / "burst.zip", csv=l2_text(3), xml=L2_XML.replace("L2b", "L2a"))
    import_files([tmp_path / "burst.zip"], store)
    assert info(store).level == "L2a"
    assert info(store).sources[0].burst == "0282"


@pytest.mark.parametrize("name, table", [
    ("CLMS_EGMS-L3-U_T20190101P5Y_V100m_E27N48_3035_V01-R00", "up"),
    ("CLMS_EGMS-L3-EW_T20190101P5Y_R100m_E27N48_3035_V01-R00", "east"),
    ("my tile up", "up")])
def test_a_tile_says_east_or_up_in_its_name(tmp_path, store, name, table):
    import_files([write(tmp_path / f"{name}.csv", l3_text())], store)
    assert info(store).tables == (table,)


def test_nobody_can_tell_east_from_up(tmp_path, store):
    with pytest.raises(CsvError) as caught:
        import_files([write(tmp_path / "tile.csv", l3_text())], store)
    assert caught.value.reason == "component"
    assert not store.exists()


def test_what_a_browser_adds_to_a_name_does_not_count(burst, tmp_path, store):
    copy = write(tmp_path / f"{L2_NAME} (1).csv", l2_text(3))
    assert import_files([burst, copy], store).skipped == (L2_NAME,)
    assert len(info(store).sources) == 1


# --- the same again, and more


def test_the_same_file_twice_changes_nothing(burst, tmp_path, store):
    archive = write_zip(tmp_path / f"{L2_NAME}.zip", csv=l2_text(3))
    import_files([burst], store)
    before = store.read_bytes()
    for again in (burst, archive):
        report = import_files([again], store)
        assert (report.rows, report.sources, report.skipped) == (0, (), (L2_NAME,))
        assert report.tables == {"los_descending": 3}
    assert store.read_bytes() == before
    assert sorted(path.name for path in store.parent.iterdir()) == [
        "motion.gpkg", "motion.los_descending.tif"]


def test_a_store_grows(burst, tmp_path, store, read):
    import_files([burst], store)
    first = info(store).sources[0]
    third = L2_NAME.replace("088", "117")
    report = import_files([
        write(tmp_path / f"{OTHER}.csv", l2_text([l2_row(7), l2_row(8, "9.9,,8.8,7.7")])),
        write(tmp_path / f"{third}.csv", l2_text(1, los_east=-0.6))], store)

    assert report.tables == {"los_ascending": 1, "los_descending": 5}
    assert report.rows == 3
    rows = read(store, "los_descending")
    assert list(rows) == ["3ODTn00000", "3ODTn00001", "3ODTn00002", "3ODTn00007", "3ODTn00008"]
    assert rows["3ODTn00001"] == (-2.1, [0.1, -1.2, 12.3, 0.0])
    assert first in info(store).sources
    facts = info(store).facts("los_descending")
    assert (facts.rows, facts.extent[2]) == (5, 4598680.43)
    opened = PointStore(store)
    assert [point.pid for point in opened.nearest("los_descending", 4598670, 1739722, 5)] == [
        "3ODTn00007"]
    opened.close()


def test_a_new_delivery_takes_the_place_of_the_old_one(burst, tmp_path, store, read):
    import_files([burst, write(tmp_path / f"{OTHER}.csv", l2_text([l2_row(9)]))], store)
    second = L2_NAME[:-1] + "2"
    report = import_files([write(tmp_path / f"{second}.csv", l2_text(2, velocity="7.5"))], store)

    assert (report.sources, report.tables) == ((second,), {"los_descending": 3})
    rows = read(store, "los_descending")
    assert {pid: row[0] for pid, row in rows.items()} == {
        "3ODTn00009": -2.1, "3ODTn00000": 7.5, "3ODTn00001": 7.5}
    old = import_files([burst], store)
    assert (old.rows, old.skipped) == (0, (L2_NAME,))


def test_of_several_deliveries_the_newest_is_read(tmp_path, store):
    names = [L2_NAME[:-1] + number for number in "213"]
    files = [write(tmp_path / f"{name}.csv", l2_text(n + 1)) for n, name in enumerate(names)]
    report = import_files(files, store)
    assert report.sources == (names[2],)
    assert sorted(report.skipped) == sorted(names[:2])
    assert report.tables == {"los_descending": 3}


def test_a_changed_file_of_the_same_name_is_read_again(burst, store, read):
    import_files([burst], store)
    write(burst, l2_text(3, velocity="-2.2"))
    assert import_files([burst], store).rows == 3
    assert {row[0] for row in read(store, "los_descending").values()} == {-2.2}


# --- areas

AREA = (4598605, 1739700, 4598635, 1739750)


def test_only_points_in_the_area_are_kept(tmp_path, store):
    table = write(tmp_path / f"{L2_NAME}.csv", l2_text(40))
    report = import_files([table], store, area=box(*AREA, name="Harbour"))
    assert 2 <= report.rows < 10
    source, = info(store).sources
    assert (source.clipped, source.rows, source.kept) == ("Harbour", 40, report.rows)
    opened = PointStore(store)
    assert opened.series(opened.points("los_descending", fids=[1])[0]).provenance[
        "clipped"] == "Harbour"
    opened.close()
    assert import_files([table], store, area=box(*AREA, name="Harbour")).rows == 0


def test_what_a_store_covers_never_shrinks(tmp_path, store, read):
    table = write(tmp_path / f"{L2_NAME}.csv", l2_text(40))
    import_files([table], store, area=box(*AREA, name="Harbour"))
    harbour = set(read(store, "los_descending"))
    import_files([table], store, area=box(4598805, 1739700, 4598835, 1739750, "Castle"))
    both = set(read(store, "los_descending"))
    assert harbour < both
    assert "3ODTn00021" in both and "3ODTn00012" not in both
    assert info(store).sources[0].clipped == "Harbour, Castle"
    assert import_files([table], store, area=box(*AREA, name="Harbour")).rows == 0
    assert import_files([table], store).rows == 40
    assert import_files([table], store, area=box(*AREA, name="Harbour")).rows == 0
    assert info(store).sources[0].clipped == ""
    assert info(store).areas == {}
    second = write(tmp_path / f"{L2_NAME[:-1]}2.csv", l2_text(41))
    assert import_files([second], store, area=box(*AREA)).rows == 41


def test_no_point_in_the_area(burst, tmp_path, store):
    with pytest.raises(AreaError) as caught:
        import_files([burst], store, area=Area.from_bbox(10, 50, 11, 51))
    assert caught.value.reason == "outside"
    assert list(store.parent.iterdir()) == []

    import_files([burst], store)
    before = store.read_bytes()
    other = write(tmp_path / f"{OTHER}.csv", l2_text(3))
    report = import_files([other], store, area=Area.from_bbox(10, 50, 11, 51))
    assert (report.rows, report.tables, report.skipped) == (0, {"los_descending": 3}, (OTHER,))
    assert store.read_bytes() == before


def test_an_area_on_the_other_side_of_the_world(burst, store):
    with pytest.raises(AreaError):
        import_files([burst], store, area=Area.from_bbox(-170, -50, -160, -40))


# --- what does not belong in a store


@pytest.mark.parametrize("other, text", [
    (L2_NAME.replace("L2b", "L2a"), l2_text(3)),
    (L2_NAME.replace("2018_2022", "2019_2023"), l2_text(3)),
    (L3_NAME, l3_text(3)),
])
def test_another_level_or_release(burst, tmp_path, store, other, text):
    stranger = write(tmp_path / f"{other}.csv", text)
    with pytest.raises(StoreError) as caught:
        import_files([burst, stranger], store)
    assert caught.value.reason == "level"
    assert not store.exists()
    import_files([burst], store)
    before = store.read_bytes()
    with pytest.raises(StoreError) as caught:
        import_files([stranger], store)
    assert caught.value.reason == "level"
    assert store.read_bytes() == before


def test_a_file_of_somebody_else_is_not_overwritten(burst, store):
    store.parent.mkdir()
    store.write_bytes(b"the roads of my town")
    with pytest.raises(StoreError) as caught:
        import_files([burst], store)
    assert caught.value.reason == "not_a_store"
    assert store.read_bytes() == b"the roads of my town"


def test_a_store_of_a_newer_version_is_left_alone(burst, store):
    import_files([burst], store)
    with sqlite3.connect(store) as connection:
        connection.execute("UPDATE gpkg_metadata SET metadata = "
                           """replace(metadata, '"version": 1', '"version": 2')""")
    connection.close()
    before = store.read_bytes()
    with pytest.raises(StoreError) as caught:
        import_files([burst], store)
    assert caught.value.reason == "newer"
    assert store.read_bytes() == before


def test_nothing_to_read(tmp_path, store):
    (tmp_path / "empty").mkdir()
    for inputs in ([tmp_path / "empty"], [tmp_path / "no.csv"], [tmp_path / "no.zip"], []):
        with pytest.raises(FileBroken):
            import_files(inputs, store)
    assert not store.exists()


def test_progress_runs_from_nothing_to_all(tmp_path, store):
    shares = []
    files = [write(tmp_path / f"{L2_NAME.replace('0282', f'0{n}')}.csv", l2_text(20_000))
             for n in (283, 284)]
    import_files(files, store, progress=shares.append)
    assert shares == sorted(shares)
    assert 0 < shares[0] < 0.5 and shares[-1] == 1.0
    assert len(shares) > 4
