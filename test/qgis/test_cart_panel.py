"""The cart tab: what is about to be ordered, and what sending it means."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "unit"))
from fake_service import an_item  # noqa: E402
from qgis.PyQt import sip  # noqa: E402
from qgis.PyQt.QtCore import QItemSelectionModel, QRect, Qt  # noqa: E402
from qgis.PyQt.QtGui import QColor, QPixmap  # noqa: E402
from qgis.PyQt.QtTest import QAbstractItemModelTester, QSignalSpy, QTest  # noqa: E402
from qgis.PyQt.QtWidgets import QStyleOptionViewItem  # noqa: E402

from clms_explorer.core.cart.cart import Cart  # noqa: E402
from clms_explorer.core.cart.item import CartItem  # noqa: E402
from clms_explorer.core.cart.pieces import by_days  # noqa: E402
from clms_explorer.core.errors import OrderRefused  # noqa: E402


@pytest.fixture
def modules(qgis_app):
    """Return the modules under test; they need a running QGIS."""
    from clms_explorer.ui.cart import cart_panel, item_words

    class Modules:
        CartPanel = cart_panel.CartPanel
        CartRole = cart_panel.CartRole
        words = item_words

    return Modules


def refuse_geopackage(item):
    return OrderRefused("invalid", "no GeoPackage") if item.format == "GPKG" else None


def a_year_each(item):
    return by_days(item, 365)


@pytest.fixture
def panel(modules, tmp_path):
    """Return an empty cart tab."""
    panel = modules.CartPanel(Cart(tmp_path / "cart.json"), a_year_each, refuse_geopackage)
    panel.resize(400, 600)
    panel.show()
    QAbstractItemModelTester(
        panel.model, QAbstractItemModelTester.FailureReportingMode.Fatal, panel)
    yield panel
    sip.delete(panel)


def fill(panel, *names):
    for name in names:
        panel.add(an_item(name, size=1_000_000))


def select(panel, *rows):
    selection = panel.list.selectionModel()
    selection.clear()
    for row in rows:
        selection.setCurrentIndex(
            panel.model.index(row), QItemSelectionModel.SelectionFlag.Select)


def names(panel):
    return [item.area.name for item in panel.model.items()]


def test_an_empty_cart_says_how_to_fill_it(panel):
    assert panel.empty.isVisible() and not panel.list.isVisible()
    assert panel.empty.title == "The cart is empty"
    spy = QSignalSpy(panel.catalogue_requested)
    panel.empty.ways[0].click()
    assert len(spy) == 1


def test_what_is_added_is_shown_kept_and_counted(panel, modules, tmp_path):
    spy = QSignalSpy(panel.items_changed)
    assert panel.add(an_item())
    assert not panel.add(an_item()), "the same thing is not ordered twice"
    assert panel.add(an_item("Pico"))
    assert [list(call) for call in spy] == [[1], [2]]
    assert panel.list.isVisible() and not panel.empty.isVisible()
    assert [item.area.name for item in Cart(tmp_path / "cart.json").items] == [
        "São Miguel", "Pico"]
    again = modules.CartPanel(Cart(tmp_path / "cart.json"))
    assert names(again) == ["São Miguel", "Pico"]


def test_a_row_says_what_where_how_and_how_much(panel, modules):
    role = modules.CartRole
    panel.add(an_item(collection_title="Raster 100 m", size=131_000))
    index = panel.model.index(0)
    assert index.data() == "CORINE Land Cover 2018"
    assert index.data(role.PLACE).startswith("São Miguel · 1\u202f")
    assert index.data(role.FACTS) == "Raster 100 m · GeoTIFF · EPSG:3035"
    assert index.data(role.SIZE) == "0.1 MB"
    assert index.data(role.HINT) == index.data(role.PROBLEM) == ""
    assert "6-yearly" in index.data(Qt.ItemDataRole.ToolTipRole)
    assert "São Miguel" in index.data(Qt.ItemDataRole.AccessibleTextRole)


@pytest.mark.parametrize("start, end, words", [
    ("", "", ""), ("2018-01-01", "2024-12-31", "2018 to 2024"),
    ("2018-01-01", "2018-12-31", "2018"), ("2024-03-01", "2026-06-30", "March 2024 to June 2026"),
    ("2024-03-01", "2024-03-31", "March 2024"),
    ("2024-03-01", "2024-03-30", "1 March 2024 to 30 March 2024"),
    ("2024-03-05", "2024-03-05", "5 March 2024"), ("2024-03-05", "", "5 March 2024")])
def test_time_ranges_are_said_as_wholes(modules, start, end, words):
    assert modules.words.time_of(an_item(start=start, end=end)) == words


def test_files_are_called_files(modules):
    words = modules.words
    files = CartItem("portal", "ua", "Urban Atlas 2018", files=("a",), format="GPKG",
                     extra={"version": "013"})
    assert words.place_of(files) == "Prepackaged file"
    assert words.facts_of(files) == "GeoPackage · version 013"
    assert words.place_of(files.with_options(files=("a", "b"))) == "2 prepackaged files"
    egms = an_item("Ustica", files=({}, {}), format="", crs="")
    assert words.facts_of(egms) == "2 files"


def test_an_order_that_becomes_several_says_so(panel, modules):
    panel.add(an_item(start="2024-03-01", end="2026-06-30"))
    assert panel.model.index(0).data(modules.CartRole.HINT) \
        == "Split into 3 orders of at most 365 days"
    assert panel.footer.hint.text() == "3 orders"


def test_the_footer_names_the_consequences(panel):
    fill(panel, "Pico")
    panel.set_free_space(212_000_000_000)
    assert panel.footer.title.text() == "1 item, about 1 MB"
    assert panel.footer.hint.text() == "1 order · 212 GB free on disk"
    fill(panel, "Faial")
    assert panel.footer.title.text() == "2 items, about 2 MB"
    assert panel.footer.hint.text() == "2 orders · 212 GB free on disk"


def test_send_is_the_only_default_button(panel):
    fill(panel, "Pico")
    send, = panel.footer.buttons
    assert send.text() == "Send orders" and send.isDefault() and send.font().bold()


def test_sending_hands_the_items_over_and_taking_out_removes_them(panel):
    fill(panel, "Pico", "Faial")
    spy = QSignalSpy(panel.orders_sent)
    panel.footer.buttons[0].click()
    (items,), = [list(call) for call in spy]
    assert [item.area.name for item in items] == ["Pico", "Faial"]
    assert names(panel) == ["Pico", "Faial"], "they stay until they are in the queue"
    panel.take_out(items[:1])
    assert names(panel) == ["Faial"]


def test_what_cannot_be_ordered_says_why_and_is_not_sent(panel, modules):
    panel.add(an_item("Pico"))
    panel.add(an_item("Faial", format="GPKG"))
    assert "no GeoPackage" in panel.model.index(1).data(modules.CartRole.PROBLEM)
    assert panel.footer.hint.text() == "1 cannot be ordered so"
    spy = QSignalSpy(panel.orders_sent)
    panel.footer.buttons[0].click()
    assert [item.area.name for item in spy[0][0]] == ["Pico"]
    panel.take_out(spy[0][0])
    assert not panel.footer.buttons[0].isEnabled()


def test_selected_rows_are_removed_by_button_and_by_key(panel):
    fill(panel, "Pico", "Faial", "Flores", "Corvo")
    assert not panel.remove.isEnabled()
    select(panel, 0, 2)
    panel.remove.click()
    assert names(panel) == ["Faial", "Corvo"]
    select(panel, 1)
    QTest.keyClick(panel.list, Qt.Key.Key_Delete)
    assert names(panel) == ["Faial"]
    assert panel.list.currentIndex().row() == 0, "the keyboard goes on with what is left"


def test_the_same_options_for_all(panel):
    fill(panel, "Pico", "Faial")
    panel.add(an_item("Flores", crs="EPSG:4326", clip=False))
    assert not panel.same.isEnabled()
    select(panel, 2)
    panel.same.click()
    assert [(item.crs, item.clip) for item in panel.model.items()] == [("EPSG:4326", False)] * 3
    assert names(panel) == ["Pico", "Faial", "Flores"]


def test_an_option_that_does_not_fit_is_not_forced(panel):
    panel.add(an_item("Pico"))
    panel.add(an_item("Faial", format="GPKG", crs="EPSG:4326"))
    select(panel, 1)
    panel.same.click()
    assert [(item.format, item.crs) for item in panel.model.items()] == [
        ("Geotiff", "EPSG:4326"), ("GPKG", "EPSG:4326")]


def test_a_cart_that_cannot_be_written_says_so_and_stays(panel, monkeypatch):
    fill(panel, "Pico")

    def full(*_args):
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr("os.replace", full)
        assert not panel.add(an_item("Faial"))
    assert panel.note.isVisible() and "disk is full" in panel.note.text
    assert names(panel) == ["Pico"]
    assert panel.add(an_item("Faial"))
    assert not panel.note.isVisible()


def test_another_windows_changes_are_shown(panel, tmp_path):
    fill(panel, "Pico")
    Cart(tmp_path / "cart.json").add(an_item("Faial"))
    panel.refresh()
    assert names(panel) == ["Pico", "Faial"]


def test_rows_grow_with_what_they_say_and_with_narrowness(panel, modules):
    panel.add(an_item("Pico"))
    panel.add(an_item("Faial", start="2024-03-01", end="2026-06-30"))
    panel.add(an_item("Flores", format="GPKG"))
    option = QStyleOptionViewItem()
    option.initFrom(panel.list)
    option.widget = panel.list

    def heights():
        return [panel.list.itemDelegate().sizeHint(option, panel.model.index(row)).height()
                for row in range(3)]

    wide = heights()
    assert wide[0] < wide[1] and wide[0] < wide[2]
    panel.resize(200, 600)
    narrow = heights()
    assert narrow[0] == wide[0] and narrow[2] > wide[2]
    assert not panel.list.horizontalScrollBar().isVisible()


def test_a_thumbnail_is_drawn_when_it_has_arrived(modules, tmp_path, qgis_app):
    shown = {}
    panel = modules.CartPanel(
        Cart(tmp_path / "cart.json"), picture=lambda item: shown.get(item.dataset))
    panel.add(an_item())
    panel.resize(400, 300)
    panel.show()

    def is_green():
        qgis_app.processEvents()
        place = panel.list.visualRect(panel.model.index(0))
        inside = QRect(place.left() + 12, place.top() + 12, 24, 24).center()
        colour = panel.list.viewport().grab().toImage().pixelColor(inside)
        return colour.green() > 200 and colour.red() < 50

    green = QPixmap(64, 64)
    green.fill(QColor("#00ff00"))
    assert not is_green()
    shown["uid-clc"] = green
    panel.refresh_pictures()
    assert is_green()


def test_texts_of_buttons_go_before_icons_do(panel):
    fill(panel, "Pico")
    beside = Qt.ToolButtonStyle.ToolButtonTextBesideIcon
    assert panel.remove.toolButtonStyle() == beside
    panel.tools.resize(80, panel.tools.height())
    assert panel.remove.toolButtonStyle() == Qt.ToolButtonStyle.ToolButtonIconOnly
    assert panel.remove.accessibleName() == "Remove" and panel.remove.toolTip()
    panel.tools.resize(400, panel.tools.height())
    assert panel.remove.toolButtonStyle() == beside
