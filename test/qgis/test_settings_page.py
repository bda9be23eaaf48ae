"""The options page: service key in and out, connection test, folder, addresses, installation."""

import json

import pytest
from clms_explorer.core.errors import ClockWrong, KeyMissing, KeyRefused, NoConnection
from clms_explorer.core.settings import Settings
from clms_explorer.ui.qgis_bridge.connection_test import start_connection_test
from clms_explorer.ui.qgis_bridge.secrets import KEY_NAME, QgisSecretStore
from clms_explorer.ui.qgis_bridge.settings_store import save_settings, stored_settings
from clms_explorer.ui.qgis_bridge.tasks import TaskRunner
from clms_explorer.ui.settings import installation, key_file
from clms_explorer.ui.settings.installation_box import InstallationBox
from clms_explorer.ui.settings.options_page import PAGE_NAME, ClmsOptionsFactory
from qgis.core import QgsApplication
from qgis.gui import QgsFileWidget
from qgis.PyQt.QtCore import Qt, QTimer
from qgis.PyQt.QtWidgets import (
    QApplication,
    QLabel,
    QLineEdit,
    QMessageBox,
    QPushButton,
    QTreeWidget,
    QWidget,
)
from sandbox.server import Sandbox


@pytest.fixture(scope="module")
def sandbox(tmp_path_factory):
    with Sandbox(data=tmp_path_factory.mktemp("none") / "none") as running:
        yield running


@pytest.fixture
def store(qgis_app, monkeypatch):
    for variable in ("PORTAL", "EGMS", "GISCO", "SERVICE_KEY"):
        monkeypatch.delenv(f"CLMS_EXPLORER_{variable}", raising=False)
    kept = QgisSecretStore()
    kept.delete(KEY_NAME)
    save_settings(Settings())
    yield kept
    QgsApplication.authManager().setMasterPassword("test", True)
    kept.delete(KEY_NAME)
    save_settings(Settings())


@pytest.fixture
def tests():
    """Return the list of connection tests that were asked for: (settings, done, failed)."""
    return []


@pytest.fixture
def factory(store, tests):
    return ClmsOptionsFactory(store, lambda *what: tests.append(what))


@pytest.fixture
def page(factory, qgis_app):
    window = QWidget()
    made = factory.createWidget(window)
    window.show()
    yield made
    window.close()
    window.deleteLater()
    qgis_app.processEvents()


@pytest.fixture
def key_path(sandbox, tmp_path):
    path = tmp_path / "key.json"
    path.write_text(sandbox.key_text, encoding="utf-8")
    return str(path)


def says(page, words):
    return any(words in label.text() for label in page.findChildren(QLabel)
               if label.isVisible())


def button(page, text):
    return next(one for one in page.findChildren(QPushButton) if one.text() == text)


def field(page, usual):
    return next(one for one in page.findChildren(QLineEdit) if one.placeholderText() == usual)


def test_the_page_can_be_opened_by_name(page):
    assert page.objectName() == PAGE_NAME


def test_a_key_file_is_imported_and_kept_encrypted(page, factory, store, key_path, monkeypatch):
    changes = []
    factory.key_changed.connect(lambda: changes.append(True))
    assert says(page, "No service key.") and not button(page, "Remove").isEnabled()
    monkeypatch.setattr(key_file, "ask_for_key_file", lambda _parent: key_path)
    button(page, "Import key file…").click()
    assert says(page, "Service key set") and says(page, "The key is imported.")
    assert json.loads(store.load(KEY_NAME))["client_id"] and changes == [True]


def test_a_cancelled_choice_of_a_file_changes_nothing(page, store, monkeypatch):
    monkeypatch.setattr(key_file, "ask_for_key_file", lambda _parent: "")
    button(page, "Import key file…").click()
    assert store.state(KEY_NAME) == "none" and says(page, "No service key.")


@pytest.mark.parametrize(("change", "words"), [
    (lambda key: "not json", "it is not JSON"),
    (lambda key: "[]", "it is not JSON"),
    (lambda key: json.dumps({**key, "user_id": ""}), "“user_id” is missing"),
    (lambda key: json.dumps({name: key[name] for name in key if name != "private_key"}),
     "“private_key” is missing"),
    (lambda key: json.dumps({**key, "private_key": "no key"}), "The private key in this file"),
    (lambda key: json.dumps({**key, "token_uri": "http://land.copernicus.eu/token"}),
     "is not a secure one"),
])
def test_a_wrong_key_file_says_why_and_leaves_the_key_as_it_was(
    page, store, key_path, tmp_path, sandbox, change, words
):
    page._key.import_file(key_path)
    before = store.load(KEY_NAME)
    wrong = tmp_path / "wrong.json"
    wrong.write_text(change(json.loads(sandbox.key_text)), encoding="utf-8")
    page._key.import_file(str(wrong))
    assert says(page, words) and says(page, "Service key set")
    assert store.load(KEY_NAME) == before


def test_a_key_file_that_is_not_there(page, tmp_path):
    page._key.import_file(str(tmp_path / "none.json"))
    assert says(page, "The key file cannot be read.")


@pytest.mark.parametrize(("answer", "state", "words"), [
    (True, "for_now", "Service key set for now only."), (False, "none", "No service key."),
])
def test_with_a_locked_store_the_key_can_be_used_for_now(
    page, store, key_path, monkeypatch, answer, state, words
):
    monkeypatch.setattr(key_file, "wants_it_for_now", lambda _parent: answer)
    QgsApplication.authManager().clearMasterPassword()
    page._key.import_file(key_path)
    assert store.state(KEY_NAME) == state and says(page, words)


@pytest.mark.parametrize("answer", [True, False])
def test_a_key_is_removed_after_asking(page, store, key_path, monkeypatch, answer):
    page._key.import_file(key_path)
    monkeypatch.setattr(key_file, "wants_to_remove", lambda _parent: answer)
    button(page, "Remove").click()
    assert store.state(KEY_NAME) == ("none" if answer else "kept")
    assert says(page, "No service key.") is answer


def test_a_key_file_of_the_environment_is_named(factory, monkeypatch, qgis_app):
    monkeypatch.setenv("CLMS_EXPLORER_SERVICE_KEY", "/keys/mine.json")
    window = QWidget()
    page = factory.createWidget(window)
    window.show()
    assert says(page, "The key file /keys/mine.json is used")
    window.deleteLater()
    qgis_app.processEvents()


def test_the_connection_test_says_how_it_goes(page, tests):
    button(page, "Test connection").click()
    assert says(page, "Testing the connection…") and not button(
        page, "Test connection").isEnabled()
    _settings, done, failed = tests[0]
    done(None)
    assert says(page, "The connection works.") and button(page, "Test connection").isEnabled()
    failed(KeyRefused("revoked"))
    assert says(page, "The portal no longer knows your service key.")
    failed(ClockWrong(seconds=3600))
    assert says(page, "60 minutes ahead")


def test_the_connection_test_uses_what_is_typed(page, tests):
    field(page, Settings().portal).setText("http://127.0.0.1:8770/api/")
    button(page, "Test connection").click()
    assert tests[0][0].portal == "http://127.0.0.1:8770/api"


def test_an_answer_after_the_page_is_closed_is_no_harm(factory, tests, qgis_app):
    window = QWidget()
    page = factory.createWidget(window)
    button(page, "Test connection").click()
    window.deleteLater()
    qgis_app.sendPostedEvents(None, 52)              # deferred deletions
    _settings, done, failed = tests[0]
    done(None)
    failed(NoConnection("offline"))


def outcome(settings, wait_until):
    """Return ("done", None) or ("failed", error) of a connection test."""
    found = []
    runner = TaskRunner()
    start_connection_test(
        runner, settings, lambda result: found.append(("done", result)),
        lambda error: found.append(("failed", error)))
    wait_until(lambda: found)
    return found[0]


@pytest.fixture
def settings(sandbox):
    return Settings(portal=sandbox.portal, egms=sandbox.portal, gisco=sandbox.gisco)


def test_a_good_key_passes_at_the_portal(store, sandbox, settings, key_path, wait_until):
    key_file.import_key(key_path, store, None)
    assert outcome(settings, wait_until) == ("done", None)
    assert sandbox.requests.to("@validate-access")


def test_without_a_key_nothing_is_asked(store, settings, wait_until):
    state, error = outcome(settings, wait_until)
    assert state == "failed" and isinstance(error, KeyMissing)


def test_a_revoked_key_is_told_apart(store, sandbox, settings, wait_until):
    text = sandbox.new_key()
    store.save(KEY_NAME, text)
    sandbox.revoke(json.loads(text)["client_id"])
    state, error = outcome(settings, wait_until)
    assert state == "failed" and isinstance(error, KeyRefused) and error.reason == "revoked"


def test_a_wrong_clock_is_told_apart(store, sandbox, settings, key_path, wait_until):
    key_file.import_key(key_path, store, None)
    fault = sandbox.faults.add("", "clock", times=None, offset=-7200)
    state, error = outcome(settings, wait_until)
    sandbox.faults.remove(fault)
    assert state == "failed" and isinstance(error, ClockWrong)
    assert error.facts["seconds"] == pytest.approx(7200, abs=60)


def test_an_unusable_address_or_key_fails_at_once(store, tmp_path, monkeypatch, wait_until):
    state, error = outcome(Settings(portal="http://portal.example"), wait_until)
    assert state == "failed" and error.reason == "scheme"
    monkeypatch.setenv("CLMS_EXPLORER_SERVICE_KEY", str(tmp_path / "none.json"))
    state, error = outcome(Settings(), wait_until)
    assert state == "failed" and error.reason == "unreadable"


def test_settings_are_kept_when_the_dialog_is_confirmed(page, factory, tmp_path):
    saved = []
    factory.settings_saved.connect(lambda: saved.append(True))
    page.findChild(QgsFileWidget).setFilePath(str(tmp_path))
    field(page, Settings().portal).setText(" http://127.0.0.1:8770/api/ ")
    assert stored_settings() == Settings() and not saved
    page.apply()
    assert saved == [True]
    assert stored_settings() == Settings(
        portal="http://127.0.0.1:8770/api", download_folder=str(tmp_path))


def test_an_unusable_address_is_said_so_and_not_kept(page):
    page._advanced_box.setCollapsed(False)
    field(page, Settings().egms).setText("http://elsewhere.example")
    assert says(page, "it must begin with https://")
    page.apply()
    assert stored_settings() == Settings()


def test_an_emptied_address_is_the_usual_one_again(store, factory, qgis_app):
    save_settings(Settings(portal="http://127.0.0.1:8770/api"))
    window = QWidget()
    page = factory.createWidget(window)
    assert field(page, Settings().portal).text() == "http://127.0.0.1:8770/api"
    field(page, Settings().portal).clear()
    page.apply()
    assert stored_settings() == Settings()
    window.deleteLater()
    qgis_app.processEvents()


def test_an_address_of_the_environment_is_named_and_not_kept(factory, monkeypatch, qgis_app):
    monkeypatch.setenv("CLMS_EXPLORER_GISCO", "http://127.0.0.1:8770/distribution/v2/nuts")
    window = QWidget()
    page = factory.createWidget(window)
    window.show()
    page._advanced_box.setCollapsed(False)
    assert says(page, "is used, because CLMS_EXPLORER_GISCO is set.")
    page.apply()
    assert stored_settings() == Settings()
    window.deleteLater()
    qgis_app.processEvents()


@pytest.fixture
def box(qgis_app):
    made = InstallationBox()
    made.show()
    yield made
    made.deleteLater()
    qgis_app.processEvents()


def test_the_installation_is_listed_and_can_be_copied(box):
    box.setCollapsed(False)
    rows = box.findChild(QTreeWidget)
    names = [rows.topLevelItem(row).text(0) for row in range(rows.topLevelItemCount())]
    assert names[:2] == ["CLMS Explorer", "QGIS"] and "shapely" in names
    button(box, "Copy").click()
    text = QApplication.clipboard().text()
    assert "shapely: " in text and "missing" not in text and "System: " in text


def test_a_missing_package_says_what_is_lost_and_how_to_get_it(box, monkeypatch):
    real = installation.package_version
    monkeypatch.setattr(
        installation, "package_version", lambda name: "" if name == "shapely" else real(name))
    box.setCollapsed(False)
    item, = box.findChild(QTreeWidget).findItems("shapely", Qt.MatchFlag.MatchExactly)
    assert (item.text(1), item.text(2)) == (
        "missing", "No areas, orders or ground motion without it")
    assert says(box, "sudo apt install python3-shapely")
    assert says(box, "python3 -m pip install shapely")


def test_nothing_is_imported_to_tell_a_version():
    assert installation.package_version("numpy").count(".") == 2
    assert installation.package_version("no_such_package") == ""


@pytest.mark.parametrize("question", [key_file.wants_it_for_now, key_file.wants_to_remove])
@pytest.mark.parametrize(("click", "answer"), [
    (QMessageBox.ButtonRole.AcceptRole, True), (QMessageBox.ButtonRole.RejectRole, False),
])
def test_questions_are_answered_by_named_buttons(qgis_app, question, click, answer):
    def press():
        box = QApplication.activeModalWidget()
        assert box.buttonRole(box.defaultButton()) == QMessageBox.ButtonRole.RejectRole
        next(one for one in box.buttons() if box.buttonRole(one) == click).click()

    QTimer.singleShot(0, press)
    assert question(None) is answer
