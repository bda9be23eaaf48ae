"""The tables that make an SQLite file a GeoPackage (OGC 12-128r17, version 1.3)."""

from __future__ import annotations

import json
import sqlite3

from pyproj import CRS

from ..threads import in_python_thread
from .schema import SRS, URI, StoreInfo, TableFacts, rtree_name

_APPLICATION = 0x47504B47  # "GPKG"
_VERSION = 10300
_NOW = "(strftime('%Y-%m-%dT%H:%M:%fZ','now'))"

# Annex C of the standard.
_TABLES = (
    "CREATE TABLE gpkg_spatial_ref_sys (srs_name TEXT NOT NULL, srs_id INTEGER PRIMARY KEY, "
    "organization TEXT NOT NULL, organization_coordsys_id INTEGER NOT NULL, "
    "definition TEXT NOT NULL, description TEXT)",
    "CREATE TABLE gpkg_contents (table_name TEXT NOT NULL PRIMARY KEY, data_type TEXT NOT NULL, "
    "identifier TEXT UNIQUE, description TEXT DEFAULT '', "
    f"last_change DATETIME NOT NULL DEFAULT {_NOW}, "
    "min_x DOUBLE, min_y DOUBLE, max_x DOUBLE, max_y DOUBLE, "
    "srs_id INTEGER REFERENCES gpkg_spatial_ref_sys(srs_id))",
    "CREATE TABLE gpkg_geometry_columns (table_name TEXT NOT NULL, column_name TEXT NOT NULL, "
    "geometry_type_name TEXT NOT NULL, srs_id INTEGER NOT NULL, z TINYINT NOT NULL, "
    "m TINYINT NOT NULL, PRIMARY KEY (table_name, column_name), UNIQUE (table_name), "
    "FOREIGN KEY (table_name) REFERENCES gpkg_contents(table_name), "
    "FOREIGN KEY (srs_id) REFERENCES gpkg_spatial_ref_sys(srs_id))",
    "CREATE TABLE gpkg_extensions (table_name TEXT, column_name TEXT, "
    "extension_name TEXT NOT NULL, definition TEXT NOT NULL, scope TEXT NOT NULL, "
    "UNIQUE (table_name, column_name, extension_name))",
    "CREATE TABLE gpkg_ogr_contents (table_name TEXT NOT NULL PRIMARY KEY, "
    "feature_count INTEGER)",
    "CREATE TABLE gpkg_metadata (id INTEGER PRIMARY KEY NOT NULL, "
    "md_scope TEXT NOT NULL DEFAULT 'dataset', md_standard_uri TEXT NOT NULL, "
    "mime_type TEXT NOT NULL DEFAULT 'text/xml', metadata TEXT NOT NULL DEFAULT '')",
    "CREATE TABLE gpkg_metadata_reference (reference_scope TEXT NOT NULL, table_name TEXT, "
    f"column_name TEXT, row_id_value INTEGER, timestamp DATETIME NOT NULL DEFAULT {_NOW}, "
    "md_file_id INTEGER NOT NULL, md_parent_id INTEGER, "
    "FOREIGN KEY (md_file_id) REFERENCES gpkg_metadata(id), "
    "FOREIGN KEY (md_parent_id) REFERENCES gpkg_metadata(id))",
)

# Annex F.3: what keeps the index right when another program edits the table. {index} holds the
# boxes of {table}.
_BOX = "NEW.fid, ST_MinX(NEW.geom), ST_MaxX(NEW.geom), ST_MinY(NEW.geom), ST_MaxY(NEW.geom)"
_PUT = f"INSERT OR REPLACE INTO {{index}} VALUES ({_BOX});"
_DROP = "DELETE FROM {index} WHERE id = OLD.fid;"
_DROP_BOTH = "DELETE FROM {index} WHERE id IN (OLD.fid, NEW.fid);"
_FULL = "(NEW.geom NOTNULL AND NOT ST_IsEmpty(NEW.geom))"
_EMPTY = "(NEW.geom ISNULL OR ST_IsEmpty(NEW.geom))"
_TRIGGERS = {
    "{index}_insert": f"AFTER INSERT ON {{table}} WHEN {_FULL} BEGIN {_PUT} END",
    "{index}_update1": "AFTER UPDATE OF geom ON {table} "
                       f"WHEN OLD.fid = NEW.fid AND {_FULL} BEGIN {_PUT} END",
    "{index}_update2": "AFTER UPDATE OF geom ON {table} "
                       f"WHEN OLD.fid = NEW.fid AND {_EMPTY} BEGIN {_DROP} END",
    "{index}_update3": "AFTER UPDATE ON {table} "
                       f"WHEN OLD.fid != NEW.fid AND {_FULL} BEGIN {_DROP} {_PUT} END",
    "{index}_update4": "AFTER UPDATE ON {table} "
                       f"WHEN OLD.fid != NEW.fid AND {_EMPTY} BEGIN {_DROP_BOTH} END",
    "{index}_delete": f"AFTER DELETE ON {{table}} WHEN OLD.geom NOT NULL BEGIN {_DROP} END",
    # GDAL knows these two by name and leaves them out while it counts by itself.
    "trigger_insert_feature_count_{table}":
        "AFTER INSERT ON {table} BEGIN UPDATE gpkg_ogr_contents "
        "SET feature_count = feature_count + 1 WHERE table_name = '{table}'; END",
    "trigger_delete_feature_count_{table}":
        "AFTER DELETE ON {table} BEGIN UPDATE gpkg_ogr_contents "
        "SET feature_count = feature_count - 1 WHERE table_name = '{table}'; END",
}


def create_geopackage(connection: sqlite3.Connection) -> None:
    """Make the tables that every GeoPackage has, and those of its metadata extension."""
    connection.execute(f"PRAGMA application_id = {_APPLICATION}")
    connection.execute(f"PRAGMA user_version = {_VERSION}")
    for statement in _TABLES:
        connection.execute(statement)
    connection.executemany(
        "INSERT INTO gpkg_spatial_ref_sys VALUES (?, ?, ?, ?, ?, ?)", [
            ("Undefined Cartesian", -1, "NONE", -1, "undefined", None),
            ("Undefined geographic", 0, "NONE", 0, "undefined", None),
            *(_known_system(code) for code in (4326, SRS)),
        ])
    connection.executemany(
        "INSERT INTO gpkg_extensions VALUES (?, NULL, 'gpkg_metadata', "
        "'http://www.geopackage.org/spec130/#extension_metadata', 'read-write')",
        [("gpkg_metadata",), ("gpkg_metadata_reference",)])


def register_table(
    connection: sqlite3.Connection, facts: TableFacts, title: str, changed: str
) -> None:
    """Enter a finished feature table in the GeoPackage's own tables. changed: ISO, UTC."""
    connection.execute(
        "INSERT INTO gpkg_contents VALUES (?, 'features', ?, '', ?, ?, ?, ?, ?, ?)",
        (facts.name, title, changed, *facts.extent, SRS))
    connection.execute(
        "INSERT INTO gpkg_geometry_columns VALUES (?, 'geom', 'POINT', ?, 0, 0)",
        (facts.name, SRS))
    connection.execute(
        "INSERT INTO gpkg_extensions VALUES (?, 'geom', 'gpkg_rtree_index', "
        "'http://www.geopackage.org/spec130/#extension_rtree', 'write-only')", (facts.name,))
    connection.execute("INSERT INTO gpkg_ogr_contents VALUES (?, ?)", (facts.name, facts.rows))


def watch_table(connection: sqlite3.Connection, table: str) -> None:
    """Let other programs edit a finished table; rows written from here on need their functions."""
    names = {"table": table, "index": rtree_name(table)}
    for name, action in _TRIGGERS.items():
        connection.execute(f"CREATE TRIGGER {name} {action}".format(**names))


def write_info(connection: sqlite3.Connection, info: StoreInfo, changed: str) -> None:
    """Put the facts of a new store into its metadata. changed: ISO, UTC."""
    connection.execute(
        "INSERT INTO gpkg_metadata VALUES (1, 'dataset', ?, 'application/json', ?)",
        (URI, json.dumps(info.to_json(), allow_nan=False)))
    connection.execute(
        "INSERT INTO gpkg_metadata_reference VALUES "
        "('geopackage', NULL, NULL, NULL, ?, 1, NULL)", (changed,))


@in_python_thread
def _known_system(code: int) -> tuple[str, int, str, int, str, str]:
    system = CRS.from_epsg(code)
    return (system.name, code, "EPSG", code, system.to_wkt("WKT1_GDAL"), system.name)
