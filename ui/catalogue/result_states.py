"""What stands in the place of the list when there is nothing to list, and the note above it."""

from __future__ import annotations

from datetime import datetime
from typing import Optional, Sequence

from qgis.PyQt.QtCore import QCoreApplication, pyqtSignal
from qgis.PyQt.QtWidgets import QStackedWidget, QWidget

from ..icons import own_icon, theme_icon
from ..parts import EmptyState, Note
from ..words import day_words

AREA_WAYS = ("view", "box", "nuts", "menu")
HOW_TO_GET_A_KEY = ("https://land.copernicus.eu/en/how-to-guides/how-to-download-spatial-data/"
                    "how-to-download-m2m")


class EmptyStates(QStackedWidget):
    """Where is your area, no dataset matches, no catalogue yet: each with its ways out."""

    area_way_requested = pyqtSignal(str)
    """One of AREA_WAYS."""
    browse_requested = pyqtSignal()
    filters_cleared = pyqtSignal()
    text_requested = pyqtSignal(str)
    refresh_requested = pyqtSignal()

    def __init__(self, parent: Optional[QWidget] = None) -> None:
        super().__init__(parent)
        self.no_area = EmptyState(own_icon("plugin"))
        self.no_match = EmptyState(theme_icon("search"))
        self.no_catalogue = EmptyState(theme_icon("mActionRefresh"))
        self._texts: list[str] = []
        self._clears_filters = False
        for state in (self.no_area, self.no_match, self.no_catalogue):
            self.addWidget(state)
        self.no_area.activated.connect(self._area_way)
        self.no_match.activated.connect(self._match_way)
        self.no_catalogue.activated.connect(lambda _number: self.refresh_requested.emit())

    def ask_for_area(self) -> None:
        """Offer the ways to an area."""
        self.no_area.say(
            self.tr("Where is your area?"),
            self.tr("Choose it once. Search, orders and the EGMS follow it."),
            [(self.tr("Use the map view"), None),
             (self.tr("Draw a box"), theme_icon("mActionSelectRectangle")),
             (self.tr("NUTS region…"), theme_icon("mIconPolygonLayer"))],
            [self.tr("More ways…"), self.tr("Show all datasets")], default=True)
        self.setCurrentWidget(self.no_area)

    def say_no_match(
        self, text: str, filters: Sequence[str], without_filters: int, first_word: str
    ) -> None:
        """Say what was looked for. without_filters: how many there are without them.

        first_word: a shorter search that finds something, "" if there is none.
        """
        buttons, self._texts = [], []
        if filters:
            buttons.append((self.tr("Clear the filters"), None))
            self._texts.append("")
        elif text:
            buttons.append((self.tr("Clear the search"), None))
            self._texts.append("")
        links = []
        if first_word:
            links.append(self.tr("Search “{word}” only").format(word=first_word))
            self._texts.append(first_word)
        self._clears_filters = bool(filters)
        self.no_match.say(
            self.tr("No dataset matches"), self._reason(text, filters, without_filters),
            buttons, links)
        self.setCurrentWidget(self.no_match)

    def say_no_catalogue(self, reading: bool, problem: str) -> None:
        """Say that there is no catalogue yet. problem: why it could not be read."""
        if reading:
            self.no_catalogue.say(
                self.tr("The catalogue is being read"),
                self.tr("This happens once and takes a few seconds."))
        else:
            self.no_catalogue.say(
                self.tr("No catalogue yet"),
                problem or self.tr("Read the catalogue of the Copernicus Land Monitoring Service "
                                   "to see what there is."),
                [(self.tr("Try again") if problem else self.tr("Read the catalogue"), None)])
        self.setCurrentWidget(self.no_catalogue)

    def _reason(self, text: str, filters: Sequence[str], without_filters: int) -> str:
        names = _listed(filters)
        if filters and text:
            reason = self.tr("Nothing found for “{text}” with the filters {filters}.") \
                if len(filters) > 1 else \
                self.tr("Nothing found for “{text}” with the filter {filters}.")
        elif filters:
            reason = self.tr("Nothing found with the filters {filters}.") \
                if len(filters) > 1 else self.tr("Nothing found with the filter {filters}.")
        else:
            reason = self.tr("Nothing found for “{text}”.")
        reason = reason.format(text=text, filters=names)
        if not filters or not without_filters:
            return reason
        if without_filters == 1:
            rest = self.tr("Without the filters there is 1 dataset.")
        else:
            rest = self.tr("Without the filters there are {count} datasets.").format(
                count=without_filters)
        return f"{reason} {rest}"

    def _area_way(self, number: int) -> None:
        if number < len(AREA_WAYS):
            self.area_way_requested.emit(AREA_WAYS[number])
        else:
            self.browse_requested.emit()

    def _match_way(self, number: int) -> None:
        text = self._texts[number]
        if text or not self._clears_filters:
            self.text_requested.emit(text)
        else:
            self.filters_cleared.emit()


def _listed(names: Sequence[str]) -> str:
    """Return "A", "A and B", "A, B and C"."""
    if len(names) < 2:
        return "".join(names)
    joined = QCoreApplication.translate("EmptyStates", "{first} and {last}")
    return joined.format(first=", ".join(names[:-1]), last=names[-1])


class CatalogueNote(Note):
    """The one thing that limits work with the catalogue at the moment, if any."""

    key_import_requested = pyqtSignal()
    page_requested = pyqtSignal(str)
    refresh_requested = pyqtSignal()

    def __init__(self, parent: Optional[QWidget] = None) -> None:
        super().__init__(parent)
        self._connection = "ready"
        self._problem = ""
        self._fetched: Optional[datetime] = None
        self.activated.connect(self._act)

    def set_connection(self, connection: str) -> None:
        """Say "ready", "no_key" or "offline"."""
        self._connection = connection
        self._show()

    def set_problem(self, sentence: str) -> None:
        """Say why the catalogue could not be read anew, "" if it could."""
        self._problem = sentence
        self._show()

    def set_fetched(self, fetched: Optional[datetime]) -> None:
        """Say when the catalogue on screen was read."""
        self._fetched = fetched
        self._show()

    def _show(self) -> None:
        if self._connection == "offline":
            self.show_note("limit", self._offline_words(), [self.tr("Try again")],
                           "mIndicatorOffline")
        elif self._problem:
            self.show_note("limit", self._problem, [self.tr("Try again")], "mIconWarning")
        elif self._connection == "no_key":
            self.show_note(
                "info",
                self.tr("To order and download data you need a service key from "
                        "land.copernicus.eu. It is free and takes two minutes. Searching and "
                        "viewing work without it."),
                [self.tr("Import key file…"), self.tr("How to get one")],
                "mIconCertificateMissing")
        else:
            self.clear()

    def _offline_words(self) -> str:
        if self._fetched is None:
            return self.tr("No connection. Orders wait in the cart until you are back online.")
        day, today = self._fetched.astimezone().date(), datetime.now().date()
        age = (today - day).days
        if age > 1:
            return self.tr(
                "No connection. You see the catalogue of {day}, {age} days old. Orders wait in "
                "the cart until you are back online.").format(day=day_words(day, today), age=age)
        return self.tr(
            "No connection. You see the catalogue of {day}. Orders wait in the cart until you "
            "are back online.").format(day=day_words(day, today))

    def _act(self, number: int) -> None:
        if self._connection == "offline" or self._problem:
            self.refresh_requested.emit()
        elif number == 0:
            self.key_import_requested.emit()
        else:
            self.page_requested.emit(HOW_TO_GET_A_KEY)
