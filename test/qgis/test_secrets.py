"""The service key is in QGIS's encrypted database and nowhere else."""

import os
from pathlib import Path

import pytest
from clms_explorer.ui.qgis_bridge.secrets import QgisSecretStore
from qgis.core import QgsApplication

PRIVATE = "a private thing: " + "x" * 40


@pytest.fixture
def store(qgis_app):
    kept = QgisSecretStore()
    kept.delete("test_key")
    yield kept
    QgsApplication.authManager().setMasterPassword("test", True)
    kept.delete("test_key")


@pytest.fixture
def locked(qgis_app):
    """Return a function that locks the database as it is when QGIS has just started."""
    return QgsApplication.authManager().clearMasterPassword


def test_a_secret_comes_back_and_can_be_forgotten(store):
    assert store.load("test_key") is None and store.state("test_key") == "none"
    assert store.save("test_key", PRIVATE)
    assert QgisSecretStore().load("test_key") == PRIVATE
    assert store.state("test_key") == "kept"
    store.delete("test_key")
    assert store.load("test_key") is None and store.state("test_key") == "none"


def test_no_file_of_the_profile_holds_it_in_plain_text(store):
    store.save("test_key", PRIVATE)
    folder = Path(os.environ["QGIS_AUTH_DB_DIR_PATH"])
    files = [path for path in folder.rglob("*") if path.is_file()]
    assert any(path.name == "qgis-auth.db" for path in files)
    for path in files:
        content = path.read_bytes()
        assert PRIVATE.encode() not in content and PRIVATE.encode("utf-16-le") not in content


def test_a_locked_database_gives_and_takes_nothing(store, locked):
    store.save("test_key", PRIVATE)
    locked()
    assert store.state("test_key") == "locked"
    assert store.load("test_key") is None
    assert not store.save("test_key", "another")
    QgsApplication.authManager().setMasterPassword("test", True)
    assert store.load("test_key") == PRIVATE


def test_a_secret_can_be_used_for_now_only(store, locked):
    locked()
    store.use_for_now("test_key", PRIVATE)
    assert QgisSecretStore().load("test_key") == PRIVATE
    assert store.state("test_key") == "for_now"
    store.forget_for_now()
    QgsApplication.authManager().setMasterPassword("test", True)
    assert QgisSecretStore().load("test_key") is None


def test_a_saved_secret_replaces_the_one_for_now(store):
    store.use_for_now("test_key", "old")
    assert store.save("test_key", PRIVATE)
    assert store.load("test_key") == PRIVATE and store.state("test_key") == "kept"
