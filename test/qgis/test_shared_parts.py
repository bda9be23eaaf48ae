"""Notes, empty states, footers, and the colours of painted rows."""

from __future__ import annotations

import pytest
from qgis.PyQt.QtCore import QRect, Qt
from qgis.PyQt.QtGui import QColor, QImage, QPainter, QPalette
from qgis.PyQt.QtTest import QSignalSpy, QTest
from qgis.PyQt.QtWidgets import QStyle, QStyleOptionViewItem


@pytest.fixture
def parts(qgis_app):
    from clms_explorer.ui import parts

    return parts


@pytest.fixture
def painting(qgis_app):
    from clms_explorer.ui import painting

    return painting


def light():
    return QPalette(QColor(239, 239, 239))


def dark():
    palette = QPalette(QColor(50, 50, 50))
    palette.setColor(QPalette.ColorRole.Base, QColor(34, 34, 34))
    palette.setColor(QPalette.ColorRole.Text, QColor(184, 184, 184))
    return palette


def option(palette, *states):
    one = QStyleOptionViewItem()
    one.palette = palette
    one.rect = QRect(0, 0, 200, 60)
    one.state = QStyle.StateFlag.State_Enabled
    for state in states:
        one.state |= state
    return one


def test_a_note_is_hidden_until_it_says_something(parts):
    note = parts.Note()
    shown = QSignalSpy(note.shown_changed)
    assert note.isHidden()
    note.show_note("limit", "No connection.", ["Try again", "Details"])
    assert not note.isHidden() and note.text == "No connection."
    clicked = QSignalSpy(note.activated)
    note.buttons[1].click()
    assert list(clicked) == [[1]]
    note.clear()
    assert note.isHidden() and list(shown) == [[True], [False]]


def test_the_same_buttons_stay_and_other_ones_replace_them(parts, qgis_app):
    note = parts.Note()
    note.show_note("info", "One.", ["Try again"])
    first = note.buttons[0]
    note.show_note("info", "Two.", ["Try again"])
    assert note.buttons[0] is first
    note.show_note("error", "Three.", [])
    assert note.buttons == [] and first.isHidden()


@pytest.mark.parametrize("kind", ["info", "limit", "error"])
def test_a_note_is_readable_in_both_themes(parts, qgis_app, kind):
    from clms_explorer.ui import look

    for palette in (light(), dark()):
        note = parts.Note()
        note.setPalette(palette)
        note.show_note(kind, " ")
        note.resize(300, 60)
        ground = note.grab().toImage().pixelColor(150, 4)
        text = palette.color(QPalette.ColorRole.WindowText)
        text = palette.color(QPalette.ColorRole.Text) if look.is_dark(palette) else text
        assert look.contrast(text, ground) >= 4.5


def test_an_empty_state_offers_buttons_then_links(parts):
    state = parts.EmptyState(parts.theme_icon("search"))
    state.say("No dataset matches", "Nothing found.", [("Clear the filters", None)],
              ["Search “glacier” only"], default=True)
    clicked = QSignalSpy(state.activated)
    for way in state.ways:
        way.click()
    assert list(clicked) == [[0], [1]]
    assert state.ways[0].isDefault() and state.title == "No dataset matches"
    old = state.ways
    state.say("Other", "Words.")
    assert state.ways == [] and all(way.isHidden() for way in old)


def test_a_link_answers_to_the_keyboard(parts):
    link = parts.link("Show all 44")
    link.show()
    clicked = QSignalSpy(link.clicked)
    QTest.keyClick(link, Qt.Key.Key_Space)
    assert len(clicked) == 1
    link.deleteLater()


def test_an_icon_button_has_a_name(parts):
    button = parts.icon_button(parts.theme_icon("mActionLink"), "Open the web page")
    assert button.accessibleName() == button.toolTip() == "Open the web page"


def test_a_footer_goes_to_two_rows_where_it_is_narrow(qgis_app):
    from clms_explorer.ui.footer import Footer

    footer = Footer(["Order now", "Add to cart"])
    footer.set_texts("About 0.1 MB", "1 order · usually ready in a few minutes")
    footer.resize(700, 60)
    footer.show()
    qgis_app.processEvents()
    first, last = footer.buttons
    assert first.y() <= footer.hint.geometry().bottom() and last.font().bold()
    footer.resize(320, 90)
    qgis_app.processEvents()
    assert first.y() > footer.hint.geometry().bottom()
    assert footer.title.geometry().right() < footer.hint.x()
    assert first.width() + last.width() > 270
    footer.resize(700, 60)
    qgis_app.processEvents()
    assert first.y() <= footer.hint.geometry().bottom()
    footer.deleteLater()


def test_selected_text_is_readable_even_where_the_theme_forgets_it(painting):
    from clms_explorer.ui import look

    palette = dark()
    palette.setColor(QPalette.ColorRole.Highlight, QColor("#0d6d00"))
    palette.setColor(QPalette.ColorRole.HighlightedText, QColor("#111111"))
    colours = painting.row_colours(option(palette, QStyle.StateFlag.State_Selected))
    assert colours.text == colours.second
    assert look.contrast(colours.text, colours.background) >= 3.5


def test_the_row_under_the_pointer_is_a_little_tinted(painting):
    palette = light()
    plain = painting.row_colours(option(palette))
    hovered = painting.row_colours(option(palette, QStyle.StateFlag.State_MouseOver))
    assert plain.background is None
    assert hovered.background not in (None, palette.color(QPalette.ColorRole.Base))


def test_second_lines_keep_their_contrast(painting):
    from clms_explorer.ui import look

    for palette in (light(), dark()):
        colours = painting.row_colours(option(palette))
        assert look.contrast(colours.second, palette.color(QPalette.ColorRole.Base)) >= 4.5


def test_a_picture_is_cut_to_the_shape_of_its_frame(painting, parts):
    from qgis.PyQt.QtGui import QPixmap

    picture = QPixmap(300, 100)
    picture.fill(Qt.GlobalColor.red)
    for shown, expected in ((picture, QColor("red")), (None, None)):
        image = QImage(72, 54, QImage.Format.Format_RGB32)
        image.fill(Qt.GlobalColor.blue)
        painter = QPainter(image)
        painting.draw_picture(painter, image.rect(), shown, parts.theme_icon("mIconRaster"),
                              light(), 4)
        painter.end()
        corner = image.pixelColor(3, 50)
        assert corner == expected if expected else corner.lightness() > 220


@pytest.mark.parametrize("direction", ["ascending", "descending"])
def test_arrows_have_the_colour_of_their_orbit(painting, direction):
    from clms_explorer.ui import look

    for palette in (light(), dark()):
        image = painting.orbit_icon(direction, palette, 32).pixmap(32, 32).toImage()
        strong = {image.pixelColor(x, y).name() for x in range(32) for y in range(32)
                  if image.pixelColor(x, y).alpha() == 255}
        assert look.role(direction, palette).name() in strong
