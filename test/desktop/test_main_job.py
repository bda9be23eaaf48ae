"""The main job in the real QGIS window, by clicks, from first start to unload and reload."""

import pytest
from sandbox.server import Sandbox


@pytest.fixture
def services(tmp_path):
    """Run the sandbox; yield the environment that points the plugin to it."""
    with Sandbox(speed=0.3) as sandbox:
        key = tmp_path / "key.json"
        key.write_text(sandbox.key_text)
        yield {
            "CLMS_EXPLORER_PORTAL": sandbox.portal, "CLMS_EXPLORER_EGMS": sandbox.egms,
            "CLMS_EXPLORER_GISCO": sandbox.gisco, "CLMS_EXPLORER_SERVICE_KEY": key,
            "HOME": tmp_path,
        }


def test_a_person_gets_land_cover_and_a_motion_history(run_in_qgis, plugin_parent, services):
    report = run_in_qgis("main_job.py", plugin_parent, **services)
    assert report["ok"], report.get("error")
    assert report["heavy_imports"] == []
    assert report["datasets"] >= 17
    assert report["corine_layers"][0][0].startswith("CORINE Land Cover 2018")
    assert "European Union" in report["corine_layers"][0][1]
    assert {"Ascending, track 117 (mm/yr)", "Descending, track 22 (mm/yr)"} <= set(
        report["motion_layers"])
    assert report["clicked"] in report["shown"] and report["series"] == 2
    assert report["left_after_first_unload"] == []
    assert report["reloaded"]
    assert report["left_after_second_unload"] == []
