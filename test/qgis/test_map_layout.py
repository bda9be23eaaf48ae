"""A page with map, legend of the classes in view, scale bar, north arrow, date, area, credits."""

import numpy as np
import pytest
from osgeo import gdal, osr
from qgis.core import (
    QgsApplication,
    QgsCategorizedSymbolRenderer,
    QgsCoordinateReferenceSystem,
    QgsFeature,
    QgsFillSymbol,
    QgsGeometry,
    QgsLayoutExporter,
    QgsLayoutItemLegend,
    QgsLayoutItemMap,
    QgsLegendStyle,
    QgsProcessingContext,
    QgsProcessingFeedback,
    QgsRasterLayer,
    QgsRectangle,
    QgsRendererCategory,
    QgsUnitTypes,
    QgsVectorLayer,
)
from qgis.PyQt.QtCore import QSize
from qgis.PyQt.QtGui import QImage

CORNER = (2_700_000, 2_100_000)
CREDIT = "© European Union, Copernicus Land Monitoring Service 2018"


@pytest.fixture
def corine(qgis_project, tmp_path):
    """Return a function that adds a styled raster with the classes 1…44 side by side."""
    from clms_explorer.core.products.legend import read_legend
    from clms_explorer.ui.compat import set_attribution
    from clms_explorer.ui.qgis_bridge.layers import PRODUCT
    from clms_explorer.ui.qgis_bridge.styles import style_raster

    qgis_project.setCrs(QgsCoordinateReferenceSystem("EPSG:3035"))

    def add(name="CORINE Land Cover 2018", shift=0, credit=CREDIT):
        path = tmp_path / f"{name}.tif"
        data = gdal.GetDriverByName("GTiff").Create(str(path), 44, 20, 1, gdal.GDT_Byte)
        data.SetGeoTransform((CORNER[0] + shift, 100, 0, CORNER[1], 0, -100))
        system = osr.SpatialReference()
        system.ImportFromEPSG(3035)
        data.SetProjection(system.ExportToWkt())
        data.GetRasterBand(1).WriteArray(np.tile(np.arange(1, 45, dtype=np.uint8), (20, 1)))
        del data
        layer = QgsRasterLayer(str(path), name)
        style_raster(layer, read_legend("clc"))
        set_attribution(layer, credit, "")
        layer.setCustomProperty(PRODUCT, "clc")
        qgis_project.addMapLayer(layer)
        return layer

    return add


def page_of(project, layers, extent=None, **options):
    from clms_explorer.ui.qgis_bridge.layouts import make_layout
    from clms_explorer.ui.qgis_bridge.sheet import view_of

    return make_layout(project, [view_of(project, layers, extent)], **options)


def legend_of(layout):
    return next(item for item in layout.items() if isinstance(item, QgsLayoutItemLegend))


def words_of(layout):
    legend = legend_of(layout)
    return [str(node.data(0)).replace("\n", " ")
            for layer in legend.model().rootGroup().findLayers()
            for node in legend.model().layerLegendNodes(layer)]


def text_of(layout, name):
    return layout.itemById(name).text()


def columns(first, last):
    """Return the extent of some of the raster's columns; column 1 holds class 1."""
    return QgsRectangle(CORNER[0] + (first - 1) * 100 + 1, CORNER[1] - 400,
                        CORNER[0] + last * 100 - 1, CORNER[1] - 100)


def test_the_page_has_title_area_date_map_scale_bar_and_arrow(corine, qgis_project):
    layout = page_of(qgis_project, [corine()], area="São Miguel")
    assert text_of(layout, "title") == "CORINE Land Cover 2018"
    assert text_of(layout, "facts").startswith("São Miguel · ")
    assert len(text_of(layout, "facts")) > len("São Miguel · ")
    assert layout.itemById("scale bar").numberOfSegments() == 2
    assert layout.itemById("north arrow").linkedMap() is layout.itemById("map")


def test_the_arrow_points_to_true_north_where_the_grid_does_not(corine, qgis_project):
    """São Miguel lies far west in the European grid, where north is about 24° off."""
    layout = page_of(qgis_project, [corine(shift=-1_700_000)])
    layout.itemById("north arrow").refreshPicture()
    turned = layout.itemById("north arrow").pictureRotation() % 360
    assert 15 < min(turned, 360 - turned) < 60


def test_the_legend_lists_the_classes_of_the_map_only(corine, qgis_project):
    layer = corine()
    layout = page_of(qgis_project, [layer], columns(3, 5), page="A4 portrait")
    assert len(words_of(layout)) < 10
    assert "122 Road and rail networks and associated land" in words_of(layout)
    assert "523 Sea and ocean" not in words_of(layout)


def test_the_legend_has_no_line_for_the_band(corine, qgis_project):
    assert len(words_of(page_of(qgis_project, [corine()]))) == 44


def test_a_legend_of_polygons_lists_the_classes_of_the_map_only(qgis_project):
    qgis_project.setCrs(QgsCoordinateReferenceSystem("EPSG:3035"))
    layer = QgsVectorLayer("Polygon?crs=EPSG:3035&field=code:string", "Polygons", "memory")
    for number, code in enumerate(("111", "112", "523")):
        feature = QgsFeature(layer.fields())
        feature.setGeometry(QgsGeometry.fromRect(QgsRectangle(
            CORNER[0] + number * 1e5, CORNER[1], CORNER[0] + number * 1e5 + 1000,
            CORNER[1] + 1000)))
        feature.setAttributes([code])
        layer.dataProvider().addFeature(feature)
    layer.setRenderer(QgsCategorizedSymbolRenderer("code", [
        QgsRendererCategory(code, QgsFillSymbol.createSimple({}), code)
        for code in ("111", "112", "523")]))
    qgis_project.addMapLayer(layer)
    extent = QgsRectangle(CORNER[0], CORNER[1], CORNER[0] + 101_000, CORNER[1] + 1000)
    assert words_of(page_of(qgis_project, [layer], extent)) == ["111", "112"]
    assert len(words_of(page_of(qgis_project, [layer]))) == 3


@pytest.mark.parametrize("page", ["A4 landscape", "A4 portrait", "A3 landscape", "A3 portrait"])
@pytest.mark.parametrize("count", [1, 3])
def test_long_legends_keep_off_the_map_and_on_the_page(corine, qgis_project, page, count):
    from clms_explorer.ui.qgis_bridge.sheet import PAGES

    layers = [corine(f"CORINE Land Cover {1990 + number}") for number in range(count)]
    layout = page_of(qgis_project, layers, page=page)
    assert len(words_of(layout)) == 44 * count
    assert not QgsLayoutExporter(layout).renderPageToImage(0, QSize(), 100).isNull()
    legend = legend_of(layout)
    box = legend.mapRectToScene(legend.rect())
    page_map = layout.itemById("map")
    assert box.width() > 20 and not box.intersects(page_map.mapRectToScene(page_map.rect()))
    credits = layout.itemById("credits")
    assert not box.intersects(credits.mapRectToScene(credits.rect()))
    width, height = PAGES[page]
    assert box.right() <= width - 9 and box.bottom() <= height - 10
    style = legend.style(QgsLegendStyle.Style.SymbolLabel)
    letters = style.textFormat().size() if hasattr(style, "textFormat") else (
        style.font().pointSizeF())
    assert letters >= (7 if count == 1 else 4), "too small to be read"


def test_two_maps_stand_side_by_side(corine, qgis_project):
    from clms_explorer.ui.qgis_bridge.layouts import make_layout
    from clms_explorer.ui.qgis_bridge.sheet import view_of

    views = [view_of(qgis_project, [corine("One")], title="One"),
             view_of(qgis_project, [corine("Two", credit="© Two")], title="Two")]
    layout = make_layout(qgis_project, views, "Both")
    maps = [item for item in layout.items() if isinstance(item, QgsLayoutItemMap)]
    boxes = [item.mapRectToScene(item.rect()) for item in maps]
    assert len(boxes) == 2 and not boxes[0].intersects(boxes[1])
    assert text_of(layout, "credits").splitlines() == [CREDIT, "© Two"]


def test_every_credit_in_view_is_on_the_page_once(corine, qgis_project):
    layers = [corine("Two", credit="© Two"), corine("One"), corine("Three")]
    far = corine("Far", shift=900_000, credit="© Far away")
    layout = page_of(qgis_project, [*layers, far], columns(1, 44))
    assert text_of(layout, "credits").splitlines() == ["© Two", CREDIT]


def test_a_layer_of_ours_that_lost_its_credit_gets_the_general_one(corine, qgis_project):
    layout = page_of(qgis_project, [corine(credit="")])
    assert "European Union, Copernicus Land Monitoring Service" in text_of(layout, "credits")


def test_a_layer_that_is_not_drawn_at_this_scale_is_not_in_the_legend(corine, qgis_project):
    hidden = corine("Points when near")
    hidden.setScaleBasedVisibility(True)
    hidden.setMinimumScale(1000)
    layout = page_of(qgis_project, [hidden, corine("One")])
    names = [node.name() for node in legend_of(layout).model().rootGroup().findLayers()]
    assert names == ["One"]


def test_layouts_kept_in_the_project_have_names_of_their_own(corine, qgis_project):
    from clms_explorer.ui.qgis_bridge.layouts import keep_layout

    layer = corine()
    names = [keep_layout(qgis_project, page_of(qgis_project, [layer], title="Map")).name()
             for _ in range(3)]
    assert names == ["Map", "Map (2)", "Map (3)"]
    assert len(qgis_project.layoutManager().printLayouts()) == 3


def run(project, **parameters):
    from clms_explorer.ui.processing.layout_algorithm import MapLayout

    context, feedback = QgsProcessingContext(), QgsProcessingFeedback(False)
    context.setProject(project)
    results, done = MapLayout().create().run(parameters, context, feedback)
    return results if done else feedback.textLog()


def test_the_algorithm_writes_a_picture(corine, qgis_project, tmp_path):
    corine()
    target = tmp_path / "map.png"
    results = run(qgis_project, PAGE="A4 portrait", DPI=100, OUTPUT=str(target))
    assert results == {"OUTPUT": str(target)}
    image = QImage(str(target))
    assert abs(image.width() - 210 / 25.4 * 100) <= 1
    assert len({image.pixel(x, 400) for x in range(0, image.width(), 3)}) > 10
    assert [path.name for path in tmp_path.iterdir() if path.suffix != ".tif"] == ["map.png"]


def test_the_algorithm_writes_a_pdf(corine, qgis_project, tmp_path):
    layer = corine()
    target = tmp_path / "map.pdf"
    run(qgis_project, LAYERS=[layer.id()], TITLE="Land cover", DPI=100, OUTPUT=str(target),
        EXTENT="2700000,2701000,2098000,2100000 [EPSG:3035]")
    assert target.read_bytes().startswith(b"%PDF")


@pytest.mark.parametrize("name, words", [
    ("map.docx", ".pdf or .png"), ("missing/map.png", "missing"), ("missing/map.pdf", "missing")])
def test_a_file_that_cannot_be_written_is_told_and_leaves_nothing(
        corine, qgis_project, tmp_path, name, words):
    corine()
    (tmp_path / "missing").write_text("a file where the folder should be")
    assert words in run(qgis_project, DPI=50, OUTPUT=str(tmp_path / name))
    assert not list(tmp_path.glob("*part*")) and not (tmp_path / name).exists()


def test_an_empty_project_is_told(qgis_project, tmp_path):
    assert "no layer to draw" in run(qgis_project, OUTPUT=str(tmp_path / "map.png"))
    assert not (tmp_path / "map.png").exists()


def test_one_action_makes_the_layout_beside_the_window(corine, qgis_project, wait_until):
    from clms_explorer.ui.qgis_bridge.layouts import start_layout
    from clms_explorer.ui.qgis_bridge.tasks import TaskRunner

    corine()
    made, failures = [], []
    start_layout(TaskRunner(), qgis_project, columns(1, 10), made.append, failures.append)
    assert not made, "the data must be read in a task"
    wait_until(lambda: made or failures)
    assert not failures
    assert qgis_project.layoutManager().printLayouts() == made


def test_a_layer_removed_meanwhile_ends_the_action(corine, qgis_project, wait_until):
    from clms_explorer.ui.qgis_bridge.layouts import start_layout
    from clms_explorer.ui.qgis_bridge.tasks import TaskRunner

    layer = corine()
    made, failures = [], []
    start_layout(TaskRunner(), qgis_project, columns(1, 10), made.append, failures.append)
    qgis_project.removeMapLayer(layer.id())
    wait_until(lambda: not QgsApplication.taskManager().count())
    QgsApplication.processEvents()
    assert not made and not failures


def test_the_map_shows_the_asked_extent_and_no_less(corine, qgis_project):
    extent = columns(10, 30)
    layout = page_of(qgis_project, [corine()], extent)
    shown = layout.itemById("map").extent()
    assert shown.contains(extent)
    unit = QgsUnitTypes.LayoutUnit.LayoutMillimeters
    size = layout.itemById("map").sizeWithUnits()
    assert size.units() == unit
    assert shown.width() / shown.height() == pytest.approx(size.width() / size.height(), rel=0.01)
