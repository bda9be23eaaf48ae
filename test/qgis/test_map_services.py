"""Map services of datasets as layers: on the sandbox's WMS, and on other kinds served here."""

import json
import threading
from dataclasses import replace
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, urlsplit

import pytest
from qgis.core import (
    QgsCoordinateReferenceSystem,
    QgsMapRendererParallelJob,
    QgsMapSettings,
    QgsRectangle,
    QgsVectorLayer,
)
from qgis.PyQt.QtCore import QSize, QTimer
from sandbox.server import Sandbox

CREDIT = "© European Union, Copernicus Land Monitoring Service 2018"


@pytest.fixture(scope="module")
def sandbox():
    with Sandbox() as server:
        yield server


@pytest.fixture
def corine(sandbox, request):
    """Return the sandbox's CORINE dataset, which has a WMS.

    Its address is another one in each test: Qt keeps answers, and takes them where there is an
    error 500.
    """
    from clms_explorer.core.clms.records import dataset_from_record

    sandbox.faults.clear()
    record = next(record for record in sandbox.portal_site.catalogue.datasets
                  if record["title"].startswith("CORINE Land Cover 2018")
                  and record.get("mapviewer_viewservice"))
    text = json.dumps(record).replace("{host}", sandbox.main.base)
    dataset = dataset_from_record(json.loads(text))
    service = dataset.services[0]
    url = f"{service.url.partition('?')[0]}?test={abs(hash(request.node.name))}"
    return replace(dataset, services=(replace(service, url=url),))


@pytest.fixture
def serve(qgis_app):
    """Return a function that serves {path: (content type, body)} and returns the address."""
    servers = []

    def start(pages):
        class Handler(BaseHTTPRequestHandler):
            def do_GET(self):
                path = urlsplit(self.path)
                self.server.asked.append((path.path, parse_qs(path.query)))
                kind, body = pages.get(path.path, ("", None))
                body = body(parse_qs(path.query)) if callable(body) else body
                self.send_response(200 if body is not None else 404)
                self.send_header("Content-Type", kind or "text/plain")
                self.end_headers()
                self.wfile.write((body or "none").encode())

            def log_message(self, *_words):
                """Stay quiet."""

        server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        server.asked = []
        server.base = f"http://127.0.0.1:{server.server_port}"
        threading.Thread(target=server.serve_forever, daemon=True).start()
        servers.append(server)
        return server

    yield start
    for server in servers:
        server.shutdown()
        server.server_close()


def dataset_with(kind, url, layers=(("1", "Snow cover"),)):
    from clms_explorer.core.clms.models import Dataset, MapService

    service = MapService(kind, url, layers)
    return Dataset("uid-1", "Fractional Snow Cover (raster 20 m), Europe", "/en/products/fsc",
                   services=(service,), licence=CREDIT), service


def test_a_wms_becomes_a_layer_with_name_credit_and_legend(corine, qgis_project):
    from clms_explorer.ui.compat import attribution
    from clms_explorer.ui.qgis_bridge.map_services import SERVICE, add_map_service

    qgis_project.setCrs(QgsCoordinateReferenceSystem("EPSG:3035"))
    service = corine.services[0]
    identity, title = service.layers[0]
    layer, = add_map_service(corine, service, [identity], qgis_project, opacity=0.7)
    assert layer.isValid() and layer.providerType() == "wms"
    assert layer.name() == title
    assert layer.crs().authid() == "EPSG:3035"
    assert attribution(layer) == corine.licence != ""
    assert layer.customProperty(SERVICE) == corine.uid
    assert layer.opacity() == pytest.approx(0.7)
    assert layer.dataProvider().supportsLegendGraphic()
    group = qgis_project.layerTreeRoot().findLayer(layer.id()).parent()
    assert group.name() == "CORINE Land Cover 2018"


def test_the_layer_draws_what_the_service_sends(corine, qgis_project, wait_until):
    from clms_explorer.ui.qgis_bridge.map_services import add_map_service

    layer, = add_map_service(corine, corine.services[0], [corine.services[0].layers[0][0]],
                             qgis_project)
    settings = QgsMapSettings()
    settings.setDestinationCrs(QgsCoordinateReferenceSystem("EPSG:4326"))
    settings.setExtent(QgsRectangle(-25.9, 37.7, -25.1, 37.95))
    settings.setOutputSize(QSize(200, 80))
    settings.setLayers([layer])
    job = QgsMapRendererParallelJob(settings)
    ended = []
    job.finished.connect(lambda: ended.append(True))
    job.start()
    wait_until(lambda: ended)
    image = job.renderedImage()
    assert len({image.pixel(x, y) for x in range(0, 200, 4) for y in range(0, 80, 4)}) > 4


def test_no_account_is_used(corine, sandbox, qgis_project):
    from clms_explorer.ui.qgis_bridge.map_services import add_map_service

    add_map_service(corine, corine.services[0], (), qgis_project)
    assert all("authorization" not in {name.lower() for name in request.headers}
               for request in list(sandbox.requests) if "wms" in request.path.lower())


def test_the_window_is_free_while_a_slow_service_is_asked(
        corine, sandbox, qgis_project, wait_until):
    from clms_explorer.ui.qgis_bridge.map_services import start_map_service
    from clms_explorer.ui.qgis_bridge.tasks import TaskRunner

    sandbox.faults.add("GetCapabilities", "delay", times=None, delay=0.6)
    beats, done, failures = [], [], []
    timer = QTimer()
    timer.timeout.connect(lambda: beats.append(True))
    timer.start(20)
    start_map_service(TaskRunner(), corine, corine.services[0], (), qgis_project, done.append,
                      failures.append)
    assert not done and not failures
    wait_until(lambda: done or failures)
    timer.stop()
    assert not failures
    assert len(beats) > 15, "two answers of 0.6 s each: the window must go on meanwhile"
    layer = done[0][0]
    assert layer.thread() is qgis_project.thread() and layer.id() in qgis_project.mapLayers()


@pytest.mark.parametrize("fault, options, kind", [
    ("status", {"code": 500}, "ServiceError"), ("status", {"code": 403}, "NotAllowed"),
    ("html", {}, "BadAnswer"), ("truncate", {"keep": 0.5}, "BadAnswer"),
    ("refuse", {}, "NoConnection")])
def test_a_service_that_fails_is_told_by_type(
        corine, sandbox, qgis_project, wait_until, fault, options, kind):
    from clms_explorer.ui.qgis_bridge.map_services import start_map_service
    from clms_explorer.ui.qgis_bridge.tasks import TaskRunner
    from clms_explorer.ui.texts import sentence

    sandbox.faults.add("GetCapabilities", fault, times=None, **options)
    done, failures = [], []
    start_map_service(TaskRunner(), corine, corine.services[0], (), qgis_project, done.append,
                      failures.append)
    wait_until(lambda: done or failures)
    assert not done and type(failures[0]).__name__ == kind, failures
    assert "127.0.0.1" in sentence(failures[0])
    assert not qgis_project.mapLayers()
    assert not qgis_project.layerTreeRoot().children(), "no empty group stays behind"


def test_a_layer_that_the_service_does_not_have_is_an_error(corine, qgis_project):
    from clms_explorer.core.errors import BadAnswer
    from clms_explorer.ui.qgis_bridge.map_services import add_map_service

    with pytest.raises(BadAnswer, match="no layer 4711"):
        add_map_service(corine, corine.services[0], ["4711"], qgis_project)


def test_a_service_without_listed_layers_is_opened_as_a_whole(corine, qgis_project):
    from clms_explorer.ui.qgis_bridge.map_services import add_map_service

    service = replace(corine.services[0], layers=())
    layers = add_map_service(corine, service, (), qgis_project)
    assert len(layers) == len(corine.services[0].layers)


def test_its_legend_is_on_a_printed_map_and_off_the_map_itself(corine, qgis_project):
    from clms_explorer.ui.qgis_bridge.layouts import make_layout
    from clms_explorer.ui.qgis_bridge.map_services import add_map_service
    from clms_explorer.ui.qgis_bridge.sheet import view_of

    qgis_project.setCrs(QgsCoordinateReferenceSystem("EPSG:3035"))
    layers = add_map_service(corine, corine.services[0], [corine.services[0].layers[0][0]],
                             qgis_project)
    extent = QgsRectangle(1_256_000, 2_320_000, 1_340_000, 2_397_000)
    layout = make_layout(qgis_project, [view_of(qgis_project, layers, extent)])
    picture = layout.itemById("legend picture")
    assert not picture.isMissingImage()
    box, page_map = (item.mapRectToScene(item.rect())
                     for item in (picture, layout.itemById("map")))
    assert box.height() > 50 and not box.intersects(page_map)
    assert layout.itemById("legend title").text() == layers[0].name()
    assert layout.itemById("credits").text() == corine.licence


def test_a_legend_that_does_not_come_leaves_the_name(corine, sandbox, qgis_project):
    from clms_explorer.ui.qgis_bridge.layouts import make_layout
    from clms_explorer.ui.qgis_bridge.map_services import add_map_service
    from clms_explorer.ui.qgis_bridge.sheet import view_of

    layers = add_map_service(corine, corine.services[0], [corine.services[0].layers[0][0]],
                             qgis_project)
    sandbox.faults.add("GetLegendGraphic", "status", times=None, code=404)
    layout = make_layout(qgis_project, [view_of(qgis_project, layers)])
    assert layout.itemById("legend picture") is None
    tree = layout.itemById("legend").model().rootGroup()
    assert [node.name() for node in tree.findLayers()] == [layers[0].name()]


WMS = """<?xml version="1.0"?><WMS_Capabilities version="1.3.0"
 xmlns="http://www.opengis.net/wms" xmlns:xlink="http://www.w3.org/1999/xlink">
<Service><Name>WMS</Name><Title>Snow</Title></Service><Capability><Request>
<GetCapabilities><Format>text/xml</Format></GetCapabilities><GetMap><Format>image/jpeg</Format>
<Format>image/png</Format><DCPType><HTTP><Get><OnlineResource xlink:href="{base}/wms"/></Get>
</HTTP></DCPType></GetMap></Request><Layer><Title>All</Title><CRS>EPSG:4326</CRS>
<CRS>EPSG:3857</CRS><EX_GeographicBoundingBox><westBoundLongitude>-10</westBoundLongitude>
<eastBoundLongitude>20</eastBoundLongitude><southBoundLatitude>35</southBoundLatitude>
<northBoundLatitude>60</northBoundLatitude></EX_GeographicBoundingBox>
<Dimension name="time" units="ISO8601" default="2021-01-03">2021-01-01,2021-01-02,2021-01-03
</Dimension><Layer><Name>FSC</Name><Title>Snow cover</Title></Layer></Layer></Capability>
</WMS_Capabilities>"""


def test_a_time_series_follows_the_temporal_controller(serve, qgis_project):
    from clms_explorer.ui.qgis_bridge.map_services import add_map_service

    server = serve({})
    server.shutdown()
    server = serve({"/wms": ("text/xml", lambda _query: WMS.format(base=server.base))})
    dataset, service = dataset_with(
        "wms", f"{server.base}/wms?service=WMS&request=GetCapabilities&version=1.3.0")
    layer, = add_map_service(dataset, service, ["1"], qgis_project)
    assert layer.name() == "Snow cover"
    time = layer.temporalProperties()
    assert time.isActive()
    whole = layer.dataProvider().temporalCapabilities().availableTemporalRange()
    assert (whole.begin().date().toString("yyyy-MM-dd"),
            whole.end().date().toString("yyyy-MM-dd")) == ("2021-01-01", "2021-01-03")


WMTS = """<?xml version="1.0"?><Capabilities version="1.0.0"
 xmlns="http://www.opengis.net/wmts/1.0" xmlns:ows="http://www.opengis.net/ows/1.1"
 xmlns:xlink="http://www.w3.org/1999/xlink">
<ows:ServiceIdentification><ows:ServiceType>OGC WMTS</ows:ServiceType>
<ows:ServiceTypeVersion>1.0.0</ows:ServiceTypeVersion>
</ows:ServiceIdentification><ows:OperationsMetadata><ows:Operation name="GetTile"><ows:DCP>
<ows:HTTP><ows:Get xlink:href="{base}/wmts?"><ows:Constraint name="GetEncoding">
<ows:AllowedValues><ows:Value>KVP</ows:Value></ows:AllowedValues></ows:Constraint></ows:Get>
</ows:HTTP></ows:DCP></ows:Operation></ows:OperationsMetadata><Contents><Layer>
<ows:Title>Snow cover</ows:Title><ows:WGS84BoundingBox><ows:LowerCorner>-10 35</ows:LowerCorner>
<ows:UpperCorner>20 60</ows:UpperCorner></ows:WGS84BoundingBox>
<ows:Identifier>FSC</ows:Identifier>
<Style isDefault="true"><ows:Identifier>default</ows:Identifier></Style>
<Format>image/png</Format><Dimension>
<ows:Identifier>Time</ows:Identifier><Default>2021-01-03</Default>
<Value>2021-01-01</Value><Value>2021-01-03</Value></Dimension><TileMatrixSetLink>
<TileMatrixSet>PopularWebMercator256</TileMatrixSet></TileMatrixSetLink></Layer><TileMatrixSet>
<ows:Identifier>PopularWebMercator256</ows:Identifier>
<ows:SupportedCRS>urn:ogc:def:crs:EPSG::3857</ows:SupportedCRS>
<TileMatrix><ows:Identifier>0</ows:Identifier><ScaleDenominator>559082264.0287178</ScaleDenominator>
<TopLeftCorner>-20037508.3427892 20037508.3427892</TopLeftCorner><TileWidth>256</TileWidth>
<TileHeight>256</TileHeight><MatrixWidth>1</MatrixWidth><MatrixHeight>1</MatrixHeight>
</TileMatrix></TileMatrixSet></Contents></Capabilities>"""


def test_a_wmts_becomes_a_layer(serve, qgis_project):
    from clms_explorer.ui.qgis_bridge.map_services import add_map_service

    server = serve({"/wmts": ("text/xml", lambda _query: WMTS.format(base=server.base))})
    dataset, service = dataset_with("wmts", f"{server.base}/wmts", (("FSC", "Snow"),))
    layer, = add_map_service(dataset, service, ["FSC"], qgis_project)
    assert layer.isValid() and layer.name() == "Snow"
    assert layer.crs().authid() == "EPSG:3857"
    assert "2021-01-03" in layer.source()


ARCGIS = {
    "currentVersion": 10.81, "mapName": "Layers", "capabilities": "Map,Query,Data",
    "supportedImageFormatTypes": "PNG32,PNG", "spatialReference": {"wkid": 3857},
    "layers": [{"id": 3, "name": "Snow of today", "parentLayerId": -1, "subLayerIds": None}],
    "fullExtent": {"xmin": -1e6, "ymin": 4e6, "xmax": 2e6, "ymax": 8e6,
                   "spatialReference": {"wkid": 3857}}}
ARCGIS_LAYER = {
    "currentVersion": 10.81, "id": 3, "name": "Snow of today", "type": "Feature Layer",
    "geometryType": "esriGeometryPolygon", "capabilities": "Map,Query,Data",
    "extent": ARCGIS["fullExtent"], "objectIdField": "OBJECTID", "maxRecordCount": 1000,
    "fields": [{"name": "OBJECTID", "type": "esriFieldTypeOID", "alias": "OBJECTID"}]}


def arcgis_pages(root):
    pages = {root: ARCGIS, f"{root}/3": ARCGIS_LAYER, f"{root}/layers": {"layers": [ARCGIS_LAYER]},
             f"{root}/legend": {"layers": []}, f"{root}/3/query": {
                 "objectIdFieldName": "OBJECTID", "objectIds": [1], "features": []}}
    return {path: ("application/json", json.dumps(page)) for path, page in pages.items()}


@pytest.mark.parametrize("ids, name", [(["3"], "Snow"), ([], "Layers")])
def test_an_arcgis_map_server_becomes_a_layer(serve, qgis_project, ids, name):
    from clms_explorer.ui.qgis_bridge.map_services import add_map_service

    server = serve(arcgis_pages("/rest/Snow/MapServer"))
    dataset, service = dataset_with(
        "arcgis-map", f"{server.base}/rest/Snow/MapServer", (("3", "Snow"),))
    layer, = add_map_service(dataset, service, ids, qgis_project)
    assert layer.isValid() and layer.providerType() == "arcgismapserver"
    assert layer.name() == name and layer.crs().authid() == "EPSG:3857"


def test_an_arcgis_feature_server_becomes_a_vector_layer(serve, qgis_project):
    from clms_explorer.ui.qgis_bridge.map_services import add_map_service

    server = serve(arcgis_pages("/rest/Snow/FeatureServer"))
    dataset, service = dataset_with(
        "arcgis-feature", f"{server.base}/rest/Snow/FeatureServer", (("3", "Snow"),))
    layer, = add_map_service(dataset, service, ["3"], qgis_project)
    assert isinstance(layer, QgsVectorLayer) and layer.isValid() and layer.name() == "Snow"


def test_an_arcgis_error_with_status_200_is_an_error(serve, qgis_project):
    from clms_explorer.core.errors import BadAnswer
    from clms_explorer.ui.qgis_bridge.map_services import add_map_service

    server = serve({"/MapServer": ("application/json", '{"error": {"code": 499}}')})
    dataset, service = dataset_with("arcgis-map", f"{server.base}/MapServer")
    with pytest.raises(BadAnswer):
        add_map_service(dataset, service, ["3"], qgis_project)


def test_tiles_for_far_and_near_become_two_layers(serve, qgis_project):
    from clms_explorer.ui.qgis_bridge.map_services import add_map_service

    page = json.dumps({"Layers": {"hot": {
        "longZoom": "https://tiles.example/far/{z}/{x}/{y}.png",
        "shortZoom": "https://tiles.example/near/{z}/{x}/{y}.png"}}})
    server = serve({"/hot/file": ("application/json", page)})
    dataset, service = dataset_with("json", f"{server.base}/hot/file", (("hot", "Hot spots"),))
    far, near = add_map_service(dataset, service, ["hot"], qgis_project)
    assert far.isValid() and near.isValid()
    assert "zmax=9" in far.source() and "zmin=10" in near.source()
    assert "%7B-y%7D" in far.source(), "rows are counted from the bottom"
