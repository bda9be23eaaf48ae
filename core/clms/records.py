"""Records of the portal as Dataset objects (clms-api.md section 3.5)."""

from __future__ import annotations

import re
from typing import Any, Mapping

from . import metadata
from .coverage import boxes_of
from .formats import LABELS
from .map_services import services_of
from .models import Collection, Dataset, PackagedFile
from .titles import spaced, split
from .values import date, flag, items, path_of, text, texts, whole

FIELDS = (
    "UID", "title", "description", "effective", "modified", "image_field", "image_scales",
    "characteristics_type", "characteristics_spatial_coverage",
    "characteristics_spatial_resolution", "characteristics_spatial_representation_type",
    "characteristics_projection", "characteristics_temporal_extent",
    "characteristics_temporal_usability", "characteristics_update_frequency",
    "characteristics_release_major_version", "downloadable_dataset",
    "downloadable_full_dataset", "dataset_download_information", "downloadable_files",
    "download_limit_temporal_extent", "mapviewer_istimeseries",
    "download_show_auxiliary_calendar", "download_other_ways_access_dataset",
    "mapviewer_viewservice", "mapviewer_layers", "metadata_wms_url", "metadata_wmts_url",
    "metadata_rest_api_url", "geographicBoundingBox", "geographicCoverage",
    "temporalExtentStart", "temporalExtentEnd", "temporalCoverage",
    "qualitySpatialResolution_line", "classificationTopicCategory", "gemetInspireThemes",
    "gemet", "keywords", "familyTitle", "update_frequency", "resourceEffective",
    "resourceModified", "citation", "accessAndUseLimitationPublic_line",
    "geonetwork_identifiers",
)
"""What the catalogue asks for. _all would leave out the download information."""

_NOT_SHOWN = ("@id", "path", "source")


def dataset_from_record(raw: Mapping[str, Any]) -> Dataset:
    """Return a record as a Dataset; whatever is missing or odd becomes empty."""
    title = text(raw.get("title"))
    path = path_of(raw.get("@id"))
    able = flag(raw.get("downloadable_dataset"), True)
    collections = _collections(raw) if able else ()
    parent = raw.get("parent")
    return Dataset(
        uid=text(raw.get("UID")), title=title, path=path,
        product=text(parent.get("title")) if isinstance(parent, Mapping) else "",
        description=" ".join(text(raw.get("description")).split()),
        resolution=spaced(text(raw.get("characteristics_spatial_resolution"))
                          or text(raw.get("qualitySpatialResolution_line"))),
        representation=text(raw.get("characteristics_spatial_representation_type")),
        projection=text(raw.get("characteristics_projection")),
        update_frequency=text(raw.get("characteristics_update_frequency"))
        or text(raw.get("update_frequency")),
        start=_start(raw), end=_end(raw), boxes=boxes_of(raw, title),
        collections=collections, files=_files(raw) if able else (),
        services=services_of(raw), downloadable=able,
        by_area=bool(collections) and flag(raw.get("downloadable_full_dataset"), True),
        time_series=flag(raw.get("mapviewer_istimeseries"), False),
        limit_days=whole(raw.get("download_limit_temporal_extent")),
        version=text(raw.get("characteristics_release_major_version")) or _version(title),
        doi=next(iter(metadata.dois(raw)), ""), citation=metadata.citation(raw, title),
        licence=metadata.credit(metadata.year_of(raw)), thumbnail=_thumbnail(raw, path),
        modified=date(raw.get("modified")), published=date(raw.get("effective")), raw=raw)


def file_rows(raw: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    """Return the rows of prepackaged files that can be ordered; pages hold placeholders too."""
    return [
        row for row in items(raw.get("downloadable_files"))
        if text(row.get("@id")) and text(row.get("path")) and text(row.get("source"))
    ]


def _collections(raw: Mapping[str, Any]) -> tuple[Collection, ...]:
    found = []
    for row in items(raw.get("dataset_download_information")):
        identity, form = text(row.get("@id")), text(row.get("full_format"))
        source = text(row.get("full_source"))
        has_path = row.get("full_path") != "" or source == "CDSE"
        if identity and form and source and has_path:
            layers = row.get("layers")
            found.append(Collection(
                identity, text(row.get("name")), _collection_title(row, form), form, source,
                tuple(layer for layer in layers if isinstance(layer, str))
                if isinstance(layers, list) else (), text(row.get("byoc_collection"))))
    return tuple(found)


def _collection_title(row: Mapping[str, Any], form: str) -> str:
    """Return "Raster 100 m" for name "RASTER " and collection " 100m"."""
    name, part = text(row.get("name")), spaced(text(row.get("collection")))
    if name.isupper():
        name = name.capitalize()
    return " ".join(filter(None, (name, part))) or LABELS.get(form, form)


def _files(raw: Mapping[str, Any]) -> tuple[PackagedFile, ...]:
    rows = file_rows(raw)
    columns = _columns(raw, rows)
    return tuple(
        PackagedFile(
            text(row.get("@id")),
            text(row.get("area")) or text(row.get("file")) or text(row.get("title")),
            text(row.get("size")),
            tuple((label, text(row.get(key))) for key, label in columns))
        for row in rows)


def _columns(
    raw: Mapping[str, Any], rows: list[Mapping[str, Any]]
) -> list[tuple[str, str]]:
    """Return (key, heading) of the columns in which at least one row has a value."""
    files = raw.get("downloadable_files")
    schema = files.get("schema") if isinstance(files, Mapping) else None
    schema = schema if isinstance(schema, Mapping) else {}
    sets, properties = schema.get("fieldsets"), schema.get("properties")
    first = sets[0] if isinstance(sets, list) and sets and isinstance(sets[0], Mapping) else {}
    keys = dict.fromkeys((*texts(first.get("fields")), *(key for row in rows for key in row)))
    columns = []
    for key in keys:
        if key not in _NOT_SHOWN and any(text(row.get(key)) for row in rows):
            entry = properties.get(key) if isinstance(properties, Mapping) else None
            heading = text(entry.get("title")) if isinstance(entry, Mapping) else ""
            columns.append((key, heading or key.capitalize()))
    return columns


def _start(raw: Mapping[str, Any]) -> str:
    years = _years(raw)
    return date(raw.get("temporalExtentStart")) or (f"{years[0]}-01-01" if years else "")


def _end(raw: Mapping[str, Any]) -> str:
    if date(raw.get("temporalExtentStart")) or date(raw.get("temporalExtentEnd")):
        return date(raw.get("temporalExtentEnd"))
    years = _years(raw)
    going_on = re.search(r"now|present", text(raw.get("characteristics_temporal_extent")))
    return "" if going_on or not years else f"{years[-1]}-12-31"


def _years(raw: Mapping[str, Any]) -> list[str]:
    spoken = re.findall(r"\b(?:19|20)\d\d\b", text(raw.get("characteristics_temporal_extent")))
    listed = [year for year in texts(raw.get("temporalCoverage")) if re.fullmatch(r"\d{4}", year)]
    return spoken or sorted(listed)


def _version(title: str) -> str:
    for fact in split(title).facts:
        if fact.lower().startswith("version "):
            return fact[len("version "):]
    return ""


def _thumbnail(raw: Mapping[str, Any], path: str) -> str:
    """Return the path of a small picture below the API, "" if there is none."""
    field = text(raw.get("image_field"))
    if field and path:
        return f"{path}/@@images/{field}/preview"
    image = raw.get("image")
    scales = image.get("scales") if isinstance(image, Mapping) else None
    preview = scales.get("preview") if isinstance(scales, Mapping) else None
    return path_of(preview.get("download")) if isinstance(preview, Mapping) else ""
