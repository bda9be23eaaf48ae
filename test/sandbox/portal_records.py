"""The records of the sandbox's catalogue: recorded ones, and ones derived from titles.

Addresses in a record start with the marker {host}; it is replaced when a record is sent.
"""

from __future__ import annotations

import json
import uuid
from pathlib import Path
from typing import Any, Mapping

from . import builtin_catalogue
from .dataset_titles import Facts, facts, slug

HOST = "{host}"
PORTAL = "https://land.copernicus.eu"
VIEW = HOST + "/arcgis/services"
DUMMY_VIEW = ("https://trial.discomap.eea.europa.eu/arcgis/services/CLMS/WorldCountries/"
              "MapServer/WMSServer")
COMPONENTS = {
    "2a04c969-7f91-476f-8ab2-6fb4a7588896": "01#Land Cover and Land Use Mapping",
    "76c4d5c5-3da2-4abe-aba7-4eb9e23b2258": "02#Priority Area Monitoring",
    "38900ec1-a308-44f4-88c1-b4a9dd0fb2b8": "03#Bio-geophysical Parameters",
    "f6bcd2e4-c823-4617-8245-ebf406f65481": "04#European Ground Motion Service",
    "6bc28f66-6546-4c99-b13a-841668520ea1": "05#Satellite Data",
    "06b9468d-0c70-4221-b569-adb05faa9ba9": "06#Reference and Validation Data",
}
_GROUPS = dict(zip(
    ("Full-coverage Land Cover & Use", "Land Cover & Use in Priority Areas",
     "Bio-geophysical Variables", "Ground Motion Data", "Land Satellite Mosaics",
     "Reference & Validation Data"), COMPONENTS))
_LICENCE = ("Free, full and open access, Regulation (EU) No 1159/2013 and Regulation (EU)"
            " 2021/696")


def load(data: Path | None) -> list[dict[str, Any]]:
    """Return all products and datasets."""
    folder = data / "catalogue" if data else None
    if folder is None or not (folder / "clms_catalogue_snapshot.json").is_file():
        items, files = builtin_catalogue.items(), builtin_catalogue.files()
    else:
        items = _json(folder / "clms_catalogue_snapshot.json")["items"]
        files = _prepackaged(folder)
    datasets = [_dataset(item, files, folder) for item in items]
    return [*_products(items), *datasets, _draft()]


def stable_id(*parts: str) -> str:
    """Return a UUID that is the same in every run."""
    return str(uuid.uuid5(uuid.NAMESPACE_URL, "/".join(parts)))


def _json(path: Path) -> Any:
    return json.loads(path.read_text(encoding="utf-8"))


def _prepackaged(folder: Path) -> dict[str, list[dict[str, str]]]:
    """Return rows of ready files, by title and by slug."""
    rows: dict[str, list[dict[str, str]]] = {}
    for entry in _json(folder / "prepackaged_files.json")["datasets"]:
        rows[entry["title"]] = entry["downloadable_files"]["items"]
    for name, titles in _json(folder / "prepackaged_file_names_only.json")["datasets"].items():
        rows[name] = [_file_row(title) for title in titles]
    return rows


def _file_row(name: str = "") -> dict[str, str]:
    """Return a row of downloadable_files; without a name the placeholder that pages hold."""
    row = dict.fromkeys(("area", "format", "path", "resolution", "size", "source", "title",
                         "type", "version", "year"), "")
    row["@id"] = stable_id("file", name)
    if name:
        row.update(file=name, area="Europe", format="Geotiff", type="Raster", source="EEA",
                   path=f"H:\\Sandbox\\{name}.zip")
    return row


def _product_path(item: Mapping[str, Any]) -> str:
    address = item.get("product_url") or ""
    return "/en/products/" + (address.rpartition("/")[2] or slug(item["product_group"]))


def _dataset_path(item: Mapping[str, Any]) -> str:
    if item.get("@id"):
        return str(item["@id"]).replace(PORTAL, "").replace("/api", "")
    name = item.get("slug") or slug(item["title"])
    return f"{_product_path(item)}/{name}"


def _products(items: list[dict[str, Any]]) -> list[dict[str, Any]]:
    found: dict[str, dict[str, Any]] = {}
    for item in items:
        path = _product_path(item)
        component = _GROUPS.get(item.get("product_category") or "")
        if path in found and (found[path]["mapviewer_component"] or not component):
            continue
        found[path] = _common(path, "Product", item["product_group"], "") | {
            "mapviewer_component": _choice(component, COMPONENTS.get(component or "", "")),
            "show_in_mapviewer_link": True,
        }
    return list(found.values())


def _common(path: str, kind: str, title: str, description: str) -> dict[str, Any]:
    number = uuid.uuid5(uuid.NAMESPACE_URL, path).int
    day = f"{number // 12 % 28 + 1:02d}T12:00:00+00:00"
    return {
        "path": path, "@type": kind, "type_title": kind, "title": title,
        "UID": uuid.uuid5(uuid.NAMESPACE_URL, path).hex, "id": path.rpartition("/")[2],
        "description": description, "review_state": "published", "getRemoteUrl": None,
        "effective": f"{2020 + number % 6}-{number % 12 + 1:02d}-{day}",
        "created": f"{2019 + number % 6}-{number % 12 + 1:02d}-{day}",
        "modified": f"2026-{number % 10 + 1:02d}-{day}",
        "image_field": "image", "image": _image(path),
        "language": {"title": "English", "token": "en"}, "layout": "view", "subjects": [],
    }


def _draft() -> dict[str, Any]:
    """Return a dataset that is not published."""
    path = "/en/products/corine-land-cover/draft-dataset"
    return _common(path, "DataSet", "Draft", "") | {"review_state": "private"}


def _choice(token: str | None, title: str | None = None) -> dict[str, Any] | None:
    return {"title": title, "token": token} if token else None


def _image(path: str) -> dict[str, Any]:
    """Return the picture of an object as Plone describes it."""
    name = f"@@images/image-400-{uuid.uuid5(uuid.NAMESPACE_URL, path).hex}.png"
    scales = {scale: {"download": f"{HOST}{path}/{name}", "width": size, "height": size}
              for scale, size in (("preview", 400), ("mini", 200), ("thumb", 128))}
    return {"content-type": "image/png", "download": f"{HOST}{path}/{name}", "height": 400,
            "width": 400, "filename": "image.png", "scales": scales, "size": 20000}


def _dataset(item: Mapping[str, Any], files: Mapping[str, list[dict[str, str]]],
             folder: Path | None) -> dict[str, Any]:
    path, title = _dataset_path(item), item["title"]
    known = facts(title)
    text = item.get("description") or f"{title.partition('(')[0].strip()}, {known.coverage}."
    record = _common(path, "DataSet", title, text) | _described(known)
    record["effective"] = _published(known) + record["effective"][4:]
    record |= {
        "dataset_download_information": _collections(item, known, path),
        "downloadable_files": {"items": files.get(title) or files.get(path.rpartition("/")[2])
                               or [_file_row()]},
        "downloadable_dataset": True,
        "download_limit_temporal_extent": 30 if known.series else None,
        "mapviewer_istimeseries": known.series,
        **_map_view(item, path, title),
        "geonetwork_identifiers": {"items": [
            {"@id": stable_id("gn", path), "id": stable_id("record", path), "type": "EEA",
             "title": title}]},
    }
    if item.get("full_response") and folder:
        record |= _recorded(folder / item["full_response"])
    for name in ("UID", "geographicBoundingBox", "mapviewer_istimeseries",
                 "download_limit_temporal_extent", "characteristics_temporal_extent"):
        if item.get(name) is not None:
            record[name] = item[name]
    able = any(part.get("full_format") and part.get("full_source")
               for part in record["dataset_download_information"]["items"])
    if not able and not record.get("download_other_ways_access_dataset"):
        record["download_other_ways_access_dataset"] = _elsewhere(item)
    return record | {"downloadable_full_dataset": able, "path": path}


def _published(known: Facts) -> str:
    """Return the year in which a dataset came out: the one after its last data, or this one."""
    first, last = known.years
    return str(min(2026, (last or first or 2023) + 1))


def _elsewhere(item: Mapping[str, Any]) -> dict[str, str]:
    """Return where else a dataset can be had that is not ordered by area."""
    motion = item.get("product_category") == "Ground Motion Data"
    name, address = ("EGMS Explorer", "https://egms.land.copernicus.eu/") if motion else (
        "WEkEO", "https://www.wekeo.eu/data")
    return {"content-type": "text/html", "encoding": "utf-8",
            "data": f'<p>Use the <a href="{address}">{name}</a>.</p>'}


def _described(known: Facts) -> dict[str, Any]:
    """Return the fields that follow from the title."""
    west, south, east, north = (str(value) for value in known.box)
    first, last = known.years
    span = "" if not first else f"{first} - now" if not last else (
        str(first) if first == last else f"{first} - {last}")
    kind = "Vector and Grid" if known.vector and known.raster else (
        "Vector" if known.vector else "Grid")
    system = "EPSG:3035" if known.coverage in ("Europe", "Baltic") else "EPSG:4326"
    return {
        "characteristics_projection": system, "coordinateReferenceSystemList": [system],
        "characteristics_spatial_coverage": known.coverage,
        "characteristics_spatial_representation_type": _choice(kind),
        "characteristics_spatial_resolution": "/".join(known.resolutions),
        "characteristics_temporal_extent": span, "characteristics_type":
            _choice("Satellite products"),
        "characteristics_update_frequency": _choice(known.frequency),
        "characteristics_file_structure": _choice("Full dataset"),
        "qualitySpatialResolution_line": ",".join(known.resolutions),
        "geographicBoundingBox": {"items": [
            {"@id": "geographicBoundingBox0", "west": west, "south": south, "east": east,
             "north": north}]},
        "geographicCoverage": [known.coverage], "keywords": ["Copernicus", "Land"],
        "temporalCoverage": [str(year) for year in range(first, (last or 2026) + 1) if first],
        "temporalExtentStart": f"{first}-01-01" if first else "",
        "temporalExtentEnd": f"{last}-12-31" if last else "",
        "accessAndUseLimitationPublic_line": "no limitations to public access",
        "accessAndUseConstraints": {"content-type": "text/html", "encoding": "utf-8",
                                    "data": f"<p>{_LICENCE}</p>"},
        "distribution_format_list": ["GeoTIFF"] if known.raster else ["GPKG"],
        "download_show_auxiliary_calendar": False,
        "download_table_area_of_interest_title": "Area of interest",
        "download_other_ways_access_dataset": None, "citation": None, "familyTitle": None,
        "datasets": [], "update_frequency": "",
    }


def _collections(item: Mapping[str, Any], known: Facts, path: str) -> dict[str, Any]:
    """Return the recorded ways to order a dataset, completed, or ones that fit its title."""
    given = item.get("dataset_download_information")
    if given:
        return {"items": [{"full_path": "H:\\Sandbox\\" + path.rpartition("/")[2],
                           "wekeo_choices": "", "collection": "", **part}
                          for part in given["items"]]}
    if item.get("product_category") in ("Ground Motion Data", "Land Satellite Mosaics"):
        return {"items": []}
    parts = []
    if known.vector:
        parts.append(("VECTOR", "", "GDB", "EEA"))
    source = "CDSE" if item.get("cdse_collection_id") and known.series else "EEA"
    layers: list[str] = []
    if item["title"].startswith("Normalised Difference Vegetation Index 20"):
        source, layers = "LEGACY", ["NDVI", "NDVI_unc", "NOBS", "QFLAG"]
    form = "Netcdf" if known.coverage != "Europe" else "Geotiff"
    if known.raster:
        parts += [("RASTER", size, form, source) for size in known.resolutions or ("",)]
    return {"items": [{
        "@id": stable_id("collection", path, name, size), "name": name, "collection": size,
        "full_format": form, "full_source": source, "wekeo_choices": "", "layers": layers,
        "full_path": "" if source == "CDSE" else "H:\\Sandbox\\" + path.rpartition("/")[2],
        **({"byoc_collection": stable_id("byoc", path)} if source == "CDSE" else {}),
    } for name, size, form, source in parts]}


def _map_view(item: Mapping[str, Any], path: str, title: str) -> dict[str, Any]:
    """Return a map service for land cover datasets; others have none."""
    shown = item.get("product_category") == "Full-coverage Land Cover & Use"
    service = f"{VIEW}/Sandbox/{path.rpartition('/')[2]}/MapServer/WMSServer" if shown else ""
    if item.get("product_category") == "Ground Motion Data":
        service = DUMMY_VIEW
    layers = [{"@id": stable_id("layer", path), "id": "0", "title": title,
               "default_active": True, "hide": False, "static_legend_url": "",
               "filter_static_legend_url": "", "fields": ""}] if shown else []
    capabilities = f"{service}?service=WMS&request=GetCapabilities" if shown else ""
    return {"mapviewer_viewservice": service, "mapviewer_layers": {"items": layers},
            "metadata_wms_url": capabilities, "metadata_wmts_url": "",
            "metadata_rest_api_url": "", "mapviewer_default_active": False,
            "mapviewer_handlinglevel": False, "download_mapviewer_message": ""}


def _recorded(path: Path) -> dict[str, Any]:
    """Return a recorded full answer, its addresses and map service moved to the sandbox."""
    text = path.read_text(encoding="utf-8").replace(PORTAL, HOST)
    text = text.replace("https://image.discomap.eea.europa.eu/arcgis/services", VIEW)
    record: dict[str, Any] = json.loads(text)
    record.pop("@id", None)
    return record | {"image_field": "image"}
