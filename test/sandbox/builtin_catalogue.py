"""A small catalogue for clones without the shared sample data.

Titles, identifiers, formats and sources are facts about the portal (reference/clms-api.md,
appendix A); every other field is derived in portal_records.
"""

from __future__ import annotations

from typing import Any

_LAND = "Full-coverage Land Cover & Use"
_BIO = "Bio-geophysical Variables"

# title, product, its address, group, slug, UID, [(id, name, collection, format, source)]
_ROWS: tuple[tuple[Any, ...], ...] = (
    ("CORINE Land Cover 2018 (vector/raster 100 m), Europe, 6-yearly", "CORINE Land Cover",
     "corine-land-cover", _LAND, "clc2018", "0407d497d3c44bcd93ce8fd5bf78596a",
     [("1bda2fbd-3230-42ba-98cf-69c96ac063bc", "VECTOR", "", "GDB", "EEA"),
      ("7bcdf9d1-6ba0-4d4e-afa8-01451c7316cb", "RASTER", "100 m", "Geotiff", "EEA")]),
    ("CORINE Land Cover 2012 (vector/raster 100 m), Europe, 6-yearly", "CORINE Land Cover",
     "corine-land-cover", _LAND, "clc-2012", "a5ee71470be04d66bcff498f94ceb5dc",
     [("cff14ee5-bafb-46f4-a1b2-2cd6f4049514", "VECTOR", "", "GDB", "EEA"),
      ("b1027c88-6256-435b-98a3-62f019cbb381", "RASTER", "100 m", "Geotiff", "EEA")]),
    ("CORINE Land Cover 2006 (vector/raster 100 m), Europe, 6-yearly", "CORINE Land Cover",
     "corine-land-cover", _LAND, "clc-2006", "d443c86fec2f49e08ff12c7decdbf2af", []),
    ("CLCplus Backbone 2021 (raster 10 m), Europe, 3-yearly", "CLCplus Backbone",
     "clc-backbone", _LAND, "clc-backbone-2021", "4d0d78ad472c45819aff1d9fa7af0461",
     [("b9461c94-2e4e-4058-81c4-b274c0e8b12b", "RASTER", "10 m", "Geotiff", "EEA")]),
    ("Imperviousness Density 2018 (raster 10 m and 100 m), Europe, 3-yearly",
     "HR Imperviousness", "high-resolution-layer-imperviousness", _LAND,
     "imperviousness-density-2018", "4354f5ba912d4071b3b5f9300104765b",
     [("f9a55a6d-c98a-4098-bf94-f2ae7cdb0207", "RASTER ", "10m", "Geotiff", "EEA"),
      ("926d2432-d828-4de0-b43e-9e562abefa33", "RASTER ", " 100m", "Geotiff", "EEA")]),
    ("Imperviousness Density Change 2015-2018 (raster 20 m and 100 m), Europe, 3-yearly",
     "HR Imperviousness", "high-resolution-layer-imperviousness", _LAND,
     "imperviousness-change-2015-2018", "4062d6a3814c426b84218d91ecc733ca",
     [("af69e45f-646c-43f4-b062-b2855b5d6b5f", "RASTER ", "20m", "Geotiff", "EEA"),
      ("43f68ebb-e498-416d-9bcd-216aa4580c3a", "RASTER ", "100m", "Geotiff", "EEA")]),
    ("Urban Atlas Land Cover/Land Use 2018 (vector), Europe, 3-yearly", "Urban Atlas",
     "urban-atlas", "Land Cover & Use in Priority Areas", "urban-atlas-2018", None, None),
    ("Land Cover 2019 (raster 100 m), global, yearly – version 3", "Dynamic Land Cover",
     "global-dynamic-land-cover", _LAND,
     "copernicus-global-land-service-land-cover-100m-collection-3-epoch-2019-globe",
     "a8d945f0edd143a0a5240c28bafa23da",
     [("f328dbcc-9069-4240-b8bb-6d5df918671a", "RASTER", "100 m", "Geotiff", "LANDCOVER")]),
    ("Normalised Difference Vegetation Index 2020-2025 (raster 300 m), global, 10-daily"
     " – version 2", "Vegetation", "vegetation", _BIO,
     "normalised-difference-vegetation-index-v2-0-300m", None, None),
    ("Water Bodies 2020-present (raster 300 m), global, monthly – version 2", "Water Extent",
     "water-bodies", _BIO, "water-bodies-global-v2-0-300m", "0517fd1b7d944d8197a2eb5c13470db8",
     None),
    ("Lake Water Quality 2024-present (raster 300 m), global, 10-daily – version 2",
     "Water Extent", "water-bodies", _BIO, "lake-water-quality-near-real-time-v2-0-300m",
     "9e8be500204945a48ce15fc8d1c57482", None),
    ("Fractional Snow Cover 2016-present (raster 20 m), Europe, daily", "Snow", "snow", _BIO,
     "fractional-snow-cover", "10ee0f23fcb146ea89dcdacc40b0900d",
     [("5e17b475-ab82-4a77-8c30-77dc406b3605", "RASTER", "20m ", "Geotiff", "WEKEO")]),
    ("EU-Hydro River Network Database 2006-2012 (vector), Europe", "EU-Hydro", "eu-hydro",
     "Reference & Validation Data", "eu-hydro-river-network-database",
     "99585ce3333d49d8adf24b13b1337704",
     [("e665c694-4d40-4041-8517-1f91e4050126", "VECTOR", "", "GDB", None)]),
    ("High Resolution Image Mosaic 2018 True Colour (raster 10 m), Europe, 3-yearly",
     "European Image Mosaic", "european-image-mosaic", "Land Satellite Mosaics", None, None,
     None),
    *((f"European Ground Motion Service: {level} 2016-present (vector), Europe, yearly", "EGMS",
       "european-ground-motion-service", "Ground Motion Data", None, None, None)
      for level in ("Basic", "Calibrated", "Ortho")),
)


# id, file, type, format, size: the ready files of CLC 2018
_FILES = (
    ("3d9e2413-46ca-4f6e-abf8-b6eb429a4e48", "u2018_clc2018_v2020_20u1_raster100m", "Raster",
     "Geotiff", "125 MB"),
    ("3bfb1a41-8b59-425d-b172-bd44517adbca", "u2018_clc2018_v2020_20u1_fgdb", "Vector", "GDB", ""),
    ("71a52224-0b24-4ecf-804c-a676c0017922", "u2018_clc2018_v2020_20u1_geoPackage", "Vector",
     "GPKG", ""),
)


def files() -> dict[str, list[dict[str, str]]]:
    """Return rows of ready files by the title of their dataset."""
    return {_ROWS[0][0]: [
        {"@id": key, "area": "Europe", "file": name, "type": kind, "format": form, "size": size,
         "resolution": "100 m" if kind == "Raster" else "", "source": "EEA", "title": "",
         "version": "V2020_20u1", "year": "2018", "path": f"H:\\Sandbox\\{name}.zip"}
        for key, name, kind, form, size in _FILES]}


def items() -> list[dict[str, Any]]:
    """Return the catalogue in the shape of the shared snapshot."""
    host = "https://land.copernicus.eu/en/products"
    found = []
    for title, product, address, group, slug, uid, collections in _ROWS:
        information = None
        if collections is not None:
            information = {"items": [
                {"@id": key, "name": name, "collection": collection, "full_format": form,
                 "full_source": source}
                for key, name, collection, form, source in collections]}
        found.append({
            "title": title, "product_group": product, "product_category": group,
            "product_url": f"{host}/{address}", "UID": uid,
            "@id": f"{host}/{address}/{slug}" if slug else None,
            "cdse_collection_id": None, "dataset_download_information": information,
        })
    return found
