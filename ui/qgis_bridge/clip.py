"""Cut delivered files to the outline of an area, on their own grid and in their own CRS."""

from __future__ import annotations

import json
import math
import os
import uuid
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Callable, Iterator, Tuple

from osgeo import gdal, ogr, osr
from shapely import wkb

from ...core.aoi.area import Area
from ...core.errors import AreaError, Cancelled, FileBroken
from ...core.ports import Stop

OUTSIDE = 255
"""Value of pixels outside the area where a byte raster declares no usable one."""

RASTERS = (".tif", ".tiff")
VECTORS = (".gpkg", ".shp", ".geojson", ".gdb")


def clip_file(source: Path, target: Path, area: Area, stop: Stop) -> Path:
    """Write the part of a raster or vector file inside the area; return where it is.

    Raise FileBroken if the file cannot be read, AreaError("outside") if nothing would be left.
    """
    if source.suffix.lower() in RASTERS:
        return _clip(source, target.with_suffix(".tif"), area, stop, _clip_raster)
    return _clip(source, target.with_suffix(".gpkg"), area, stop, _clip_vector)


def _clip(
    source: Path, target: Path, area: Area, stop: Stop,
    write: Callable[[Any, str, Area, Callable[..., int]], Any],
) -> Path:
    part = target.with_name(f"{target.stem}.part{target.suffix}")
    with _quiet():
        data = gdal.OpenEx(str(source))
        if data is None:
            raise FileBroken("type", name=source.name)
        result = write(data, str(part), area, _until(stop))
        if result is None:
            part.unlink(missing_ok=True)
            if stop():
                raise Cancelled()
            raise FileBroken("type", gdal.GetLastErrorMsg(), name=source.name)
        result = None  # noqa: F841 - closing the dataset writes it
    os.replace(part, target)
    return target


def _clip_raster(data: Any, part: str, area: Area, callback: Callable[..., int]) -> Any:
    x_size, y_size = data.GetGeoTransform()[1], -data.GetGeoTransform()[5]
    with _cutline(area) as cutline:
        return gdal.Warp(
            part, data, format="GTiff", outputBounds=_grid_window(data, area), xRes=x_size,
            yRes=y_size, resampleAlg="near", dstNodata=_outside_value(data),
            cutlineDSName=cutline, callback=callback,
            creationOptions=["COMPRESS=DEFLATE", "TILED=YES"],
        )


def _clip_vector(data: Any, part: str, area: Area, callback: Callable[..., int]) -> Any:
    outline = _in_crs(area, data.GetLayer(0).GetSpatialRef())
    if not any(_touches(data.GetLayer(number), outline) for number in range(data.GetLayerCount())):
        raise AreaError("outside")
    options = ["-clipsrc", outline.ExportToWkt(), "-nlt", "PROMOTE_TO_MULTI", "-makevalid"]
    return gdal.VectorTranslate(part, data, format="GPKG", options=options, callback=callback)


def _touches(layer: Any, outline: Any) -> bool:
    layer.SetSpatialFilter(outline)
    found = layer.GetFeatureCount() > 0
    layer.SetSpatialFilter(None)
    return bool(found)


def _grid_window(data: Any, area: Area) -> Tuple[float, float, float, float]:
    """Return the area's bounds (min x, min y, max x, max y) widened to whole source pixels."""
    reference = osr.SpatialReference(wkt=data.GetProjection())
    west, east, south, north = _in_crs(area, reference).GetEnvelope()
    left, width, _a, top, _b, height = data.GetGeoTransform()
    first, last = math.floor((west - left) / width), math.ceil((east - left) / width)
    upper, lower = math.floor((north - top) / height), math.ceil((south - top) / height)
    first, upper = max(0, first), max(0, upper)
    last, lower = min(data.RasterXSize, last), min(data.RasterYSize, lower)
    if first >= last or upper >= lower:
        raise AreaError("outside")
    return (left + first * width, top + lower * height, left + last * width, top + upper * height)


def _in_crs(area: Area, reference: Any) -> Any:
    """Return the outline as an OGR geometry in another CRS, its edges densified first."""
    geometry = ogr.CreateGeometryFromWkb(wkb.dumps(area.geometry))
    geometry.Segmentize(0.05)
    source = osr.SpatialReference()
    source.ImportFromEPSG(4326)
    target = reference.Clone()
    for system in (source, target):
        system.SetAxisMappingStrategy(osr.OAMS_TRADITIONAL_GIS_ORDER)
    geometry.Transform(osr.CoordinateTransformation(source, target))
    return geometry


def _outside_value(data: Any) -> float:
    band = data.GetRasterBand(1)
    value = band.GetNoDataValue()
    if band.DataType == gdal.GDT_Byte:
        return value if value is not None and 0 <= value <= 255 else OUTSIDE
    return -9999 if value is None else value


@contextmanager
def _cutline(area: Area) -> Iterator[str]:
    """Offer the outline as a GeoJSON file in memory."""
    name = f"/vsimem/clms_{uuid.uuid4().hex}.geojson"
    content = json.dumps({"type": "FeatureCollection", "features": [area.to_json()]})
    gdal.FileFromMemBuffer(name, content.encode())
    try:
        yield name
    finally:
        gdal.Unlink(name)


@contextmanager
def _quiet() -> Iterator[None]:
    gdal.PushErrorHandler("CPLQuietErrorHandler")
    try:
        yield
    finally:
        gdal.PopErrorHandler()


def _until(stop: Stop) -> Callable[..., int]:
    return lambda *_progress: 0 if stop() else 1
