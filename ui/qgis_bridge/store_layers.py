"""Ground motion point stores on the map: points when zoomed in, overview when zoomed out."""

from __future__ import annotations

from pathlib import Path
from typing import Any, Dict, List, Mapping, Optional, Tuple

from qgis.core import (
    QgsAttributeTableConfig,
    QgsEditorWidgetSetup,
    QgsLayerTreeGroup,
    QgsMapLayer,
    QgsProject,
    QgsRasterLayer,
    QgsVectorLayer,
)
from qgis.PyQt.QtCore import QCoreApplication

from ...core.egms.store import PointStore
from ...core.egms.store_files import first_generation, overview_path
from .layers import PRODUCT, Origin, cite, group_for
from .styles import style_velocity_points, style_velocity_raster

STORE = "clms_explorer/store"
"""Custom property: the store's file. TABLE: its feature table."""
TABLE = "clms_explorer/table"
NAME = "clms_explorer/name"
"""The name that we gave the layer, to tell it from one that the user has given."""

SWITCH_SCALE = 100_000
"""Points are drawn at this scale and larger, the overview raster at smaller ones."""

SERIES = "series"
PAGE = "https://land.copernicus.eu/en/products/european-ground-motion-service"
CREDIT = ("Generated using European Union's Copernicus Land Monitoring Service information; "
          "European Ground Motion Service. Contains modified Copernicus Sentinel data.")


def add_store(path: Path, project: QgsProject, area: str = "") -> List[QgsMapLayer]:
    """Open a point store as styled layers; layers of it that are open already are refreshed.

    Main thread. Raise StoreError if the file is no point store.
    """
    origin, names = describe(path, area)
    opened = refresh_store_layers(path, project, names)
    group = _group_of(opened, project) or group_for(project, origin)
    layers: List[QgsMapLayer] = []
    for table in [table for table in names if table not in opened]:
        for layer in (_points(path, table, names[table]), _overview(path, table, names[table])):
            if layer is None:
                continue
            cite(layer, origin)
            project.addMapLayer(layer, False)
            node = group.addLayer(layer)
            node.setExpanded(isinstance(layer, QgsVectorLayer) and not layers)
            layers.append(layer)
    return layers or list(opened.values())


def describe(path: Path, area: str = "") -> Tuple[Origin, Dict[str, str]]:
    """Return the origin of a store and the name of each of its tables' layers."""
    store = PointStore(path)
    try:
        info = store.info
        origin = Origin(
            dataset=level_title(info.level, info.release), area=area, credit=CREDIT, link=PAGE)
        return origin, {table: table_name(table, info.tracks(table)) for table in info.tables}
    finally:
        store.close()


def dress_points(layer: QgsVectorLayer, path: Path, table: str) -> None:
    """Style and mark a layer of points of a store."""
    style_velocity_points(layer)
    layer.setReadOnly(True)
    layer.setDisplayExpression('"pid"')
    _hide_series(layer)
    _name_columns(layer)
    _mark(layer, path, table)


def refresh_store_layers(
    path: Path, project: QgsProject, names: Mapping[str, str]
) -> Dict[str, QgsMapLayer]:
    """Point open layers of a store to its new content, styles kept; return them by table.

    The content may lie in a new generation of the file. names: of the tables' layers; names
    that the user has given stay.
    """
    found: Dict[str, QgsMapLayer] = {}
    for layer in project.mapLayers().values():
        table = str(layer.customProperty(TABLE) or "")
        if table not in names or not _is_of(layer, path):
            continue
        if isinstance(layer, QgsVectorLayer):
            name = names[table]
            layer.setDataSource(_uri(path, table), layer.name(), "ogr")
            found[table] = layer
        else:
            name = _overview_name(names[table])
            layer.setDataSource(str(overview_path(path, table)), layer.name(), "gdal")
            style_velocity_raster(layer)
        if layer.name() == layer.customProperty(NAME):
            layer.setName(name)
            layer.setCustomProperty(NAME, name)
        layer.setCustomProperty(STORE, str(path))
        layer.triggerRepaint()
    return found


def _is_of(layer: QgsMapLayer, path: Path) -> bool:
    """Return whether a layer shows a store, in this generation of its file or another."""
    return first_generation(store_path(layer)) == first_generation(path.resolve())


def is_store_layer(layer: QgsMapLayer) -> bool:
    """Return whether a layer was opened by add_store(), in this session or another."""
    return bool(layer.customProperty(TABLE))


def store_path(layer: QgsMapLayer) -> Path:
    """Return the store's file of one of our layers, also after the project was moved."""
    if isinstance(layer, QgsVectorLayer):
        return Path(layer.source().split("|")[0]).resolve()
    return Path(str(layer.customProperty(STORE))).resolve()


def level_title(level: str, release: str) -> str:
    """Return the dataset words of a store, such as "EGMS calibrated 2020–2024"."""
    words = {"L2a": _tr("EGMS basic"), "L2b": _tr("EGMS calibrated"), "L3": _tr("EGMS ortho")}
    return f"{words.get(level, 'EGMS')} {release.replace('-', '–')}"


def table_name(table: str, tracks: List[int]) -> str:
    """Return the layer's name, such as "Descending, track 22 (mm/yr)"."""
    directions: Mapping[str, str] = {
        "los_ascending": _tr("Ascending"), "los_descending": _tr("Descending"),
        "up": _tr("Up"), "east": _tr("East–west"),
    }
    name = directions[table]
    if len(tracks) == 1:
        return _tr("{direction}, track {track} (mm/yr)").format(direction=name, track=tracks[0])
    if tracks:
        return _tr("{direction}, {count} tracks (mm/yr)").format(
            direction=name, count=len(tracks))
    return _tr("{direction} (mm/yr)").format(direction=name)


def _points(path: Path, table: str, name: str) -> Optional[QgsVectorLayer]:
    layer = QgsVectorLayer(_uri(path, table), name, "ogr")
    if not layer.isValid():
        return None
    dress_points(layer, path, table)
    layer.setScaleBasedVisibility(True)
    layer.setMinimumScale(SWITCH_SCALE)
    return layer


def _overview(path: Path, table: str, name: str) -> Optional[QgsRasterLayer]:
    layer = QgsRasterLayer(str(overview_path(path, table)), _overview_name(name))
    if not layer.isValid():
        return None
    style_velocity_raster(layer)
    layer.setScaleBasedVisibility(True)
    layer.setMaximumScale(SWITCH_SCALE)
    _mark(layer, path, table)
    return layer


def _overview_name(name: str) -> str:
    return _tr("{name}, overview").format(name=name)


def _mark(layer: QgsMapLayer, path: Path, table: str) -> None:
    layer.setCustomProperty(STORE, str(path))
    layer.setCustomProperty(TABLE, table)
    layer.setCustomProperty(NAME, layer.name())
    layer.setCustomProperty(PRODUCT, "egms_velocity")


def _uri(path: Path, table: str) -> str:
    return f"{path}|layername={table}"


def _group_of(layers: Mapping[str, QgsMapLayer], project: QgsProject) -> Optional[Any]:
    for layer in layers.values():
        node = project.layerTreeRoot().findLayer(layer.id())
        if node is not None and isinstance(node.parent(), QgsLayerTreeGroup):
            return node.parent()
    return None


def _hide_series(layer: QgsVectorLayer) -> None:
    """Keep the packed series out of forms and tables: it is no text for people."""
    column = layer.fields().indexOf(SERIES)
    if column < 0:
        return
    layer.setEditorWidgetSetup(column, QgsEditorWidgetSetup("Hidden", {}))
    config = QgsAttributeTableConfig()
    config.update(layer.fields())
    columns = config.columns()
    for item in columns:
        item.hidden = item.hidden or item.name == SERIES
    config.setColumns(columns)
    layer.setAttributeTableConfig(config)


def _name_columns(layer: QgsVectorLayer) -> None:
    """Give the columns words with units."""
    words = {
        "pid": _tr("Point"), "mean_velocity": _tr("Velocity (mm/yr)"),
        "mean_velocity_std": _tr("Velocity, formal error of EGMS (mm/yr)"),
        "acceleration": _tr("Acceleration (mm/yr²)"),
        "acceleration_std": _tr("Acceleration, formal error (mm/yr²)"),
        "seasonality": _tr("Seasonal amplitude (mm)"),
        "seasonality_std": _tr("Seasonal amplitude, formal error (mm)"),
        "rmse": _tr("Residual of the EGMS model (mm)"),
        "temporal_coherence": _tr("Temporal coherence (0 to 1)"),
        "height_ortho": _tr("Height above sea level (m)"),
        "height_ellipse": _tr("Height above the ellipsoid (m)"),
        "incidence_angle": _tr("Incidence angle (°)"), "track_angle": _tr("Track angle (°)"),
        "easting": _tr("Easting (m)"), "northing": _tr("Northing (m)"),
    }
    for column, text in words.items():
        number = layer.fields().indexOf(column)
        if number >= 0:
            layer.setFieldAlias(number, text)


def _tr(text: str) -> str:
    return QCoreApplication.translate("StoreLayers", text)
