"""Options of an order by area: layer, format, projection, time, area, what happens then."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Optional

from qgis.core import QgsCoordinateReferenceSystem
from qgis.gui import QgsDateEdit
from qgis.PyQt.QtCore import QDate, Qt, pyqtSignal
from qgis.PyQt.QtWidgets import (
    QCheckBox,
    QComboBox,
    QHBoxLayout,
    QLabel,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from ...core.aoi.area import Area
from ...core.cart.estimate import date_count
from ...core.clms.formats import (
    LABELS,
    TARGETS,
    default_format,
    default_system,
    offered_systems,
    stored_systems,
)
from ...core.clms.models import Collection, Dataset
from .. import look
from ..labels import NoteLabel
from ..parts import Note
from ..words import surface_words
from .dataset_words import years
from .form_parts import Facts

_USUAL_DAYS = 30
_ISO = "yyyy-MM-dd"


class OptionsForm(QWidget):
    """Everything starts as the source has it, so that nothing is converted unasked."""

    changed = pyqtSignal()

    def __init__(self, parent: Optional[QWidget] = None) -> None:
        super().__init__(parent)
        unit = look.unit(self.font())
        self._dataset: Optional[Dataset] = None
        self._collection: Optional[Collection] = None
        self._area: Optional[Area] = None
        self.layer, self.format, self.projection = _combo(), _combo(), _combo()
        self.first, self.last = _day(), _day()
        self.time, self.area = NoteLabel("", "text"), NoteLabel("", "text")
        self.clip = QCheckBox(self.tr("Clip to the outline of the area"))
        self.open = QCheckBox(self.tr("Open on the map when ready"))
        self.note = Note()
        for box in (self.clip, self.open):
            box.setChecked(True)
            box.toggled.connect(self.changed)
        facts = Facts(label_width=17)  # two dates fit beside it at 320 px
        self._layer_label = facts.add_field(self.tr("Layer"), self.layer)
        facts.add_field(self.tr("Format"), self.format)
        facts.add_field(self.tr("Projection"), self.projection)
        self._time_label = facts.add_field(self.tr("Time"), self._time_row(), at_top=True)
        facts.add_field(self.tr("Area"), self.area)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(2 * unit)
        layout.addLayout(facts)
        for widget in (self.clip, self.open, self.note):
            layout.addWidget(widget)
        for combo in (self.layer, self.format, self.projection):
            combo.currentIndexChanged.connect(lambda _index: self.changed.emit())
        for day in (self.first, self.last):
            day.dateChanged.connect(lambda _day: self._days_changed())

    @property
    def needs_time(self) -> bool:
        """Return whether the service asks for a time range."""
        dataset, collection = self._dataset, self._collection
        return bool(dataset and dataset.time_series) or bool(
            collection and collection.source == "CDSE")

    @property
    def has_time(self) -> bool:
        """Return whether a time range belongs to the order."""
        return self.needs_time and bool(self._dataset and self._dataset.limit_days)

    @property
    def days(self) -> tuple[str, str]:
        """Return the first and the last day as ISO dates, empty where there is no time range."""
        if not self.has_time:
            return "", ""
        return self.first.date().toString(_ISO), self.last.date().toString(_ISO)

    @property
    def days_are_right(self) -> bool:
        """Return whether the first day is not after the last."""
        return not self.has_time or self.first.date() <= self.last.date()

    @property
    def obstacle(self) -> str:
        """Return why nothing can be ordered with these options, "" if it can."""
        if not self.days_are_right:
            return self.tr("Choose another time range")
        if self.needs_time and not self.has_time:
            return self.tr("The service does not offer a time range for it yet")
        return ""

    @property
    def orders(self) -> int:
        """Return how many orders the time range makes."""
        if not self.has_time or self._dataset is None or not self.days_are_right:
            return 1
        days = self.first.date().daysTo(self.last.date())
        return days // (self._dataset.limit_days + 1) + 1

    def set_collection(self, dataset: Dataset, collection: Collection) -> None:
        """Offer the options of a collection."""
        self._collection = collection
        was_blocked = self.blockSignals(True)
        self._fill_layers(collection)
        self._fill_formats(collection)
        self._fill_projections(dataset)
        if dataset is not self._dataset:
            self._dataset = dataset
            self._set_range(dataset)
        self._show_time()
        self.blockSignals(was_blocked)

    def set_area(self, area: Optional[Area]) -> None:
        """Follow the area; a box has no outline to clip to."""
        self._area = area
        self.clip.setVisible(area is None or not area.is_box)
        if area is None:
            self.area.set_note(self.tr("No area yet"), "secondary")
        else:
            self.area.set_note(self.tr("{name}, {size}").format(
                name=area.name, size=surface_words(area.km2)), "text")

    def clips(self) -> bool:
        """Return whether the result is to be cut to the outline."""
        return self._area is not None and not self._area.is_box and self.clip.isChecked()

    def _time_row(self) -> QWidget:
        unit = look.unit(self.font())
        self._range = QWidget()
        row = QHBoxLayout(self._range)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(unit)
        row.addWidget(self.first, 1)
        row.addWidget(QLabel(self.tr("to")))
        row.addWidget(self.last, 1)
        both = QWidget()
        column = QVBoxLayout(both)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(unit)
        column.addWidget(self._range)
        column.addWidget(self.time)
        return both

    def _fill_layers(self, collection: Collection) -> None:
        self.layer.clear()
        self.layer.addItem(self.tr("All layers"), "")
        for layer in collection.layers:
            self.layer.addItem(layer.strip(), layer)
        for widget in (self.layer, self._layer_label):
            widget.setVisible(bool(collection.layers))

    def _fill_formats(self, collection: Collection) -> None:
        self.format.clear()
        for token in TARGETS.get(collection.format, (collection.format,)):
            self.format.addItem(
                self._marked(LABELS.get(token, token), token == collection.format), token)
        self.format.setCurrentIndex(max(0, self.format.findData(
            default_format(collection.format))))

    def _fill_projections(self, dataset: Dataset) -> None:
        self.projection.clear()
        stored = stored_systems(dataset.projection)
        for system in offered_systems(dataset.projection):
            words = system_words(system)
            self.projection.addItem(self._marked(words, system in stored), system)
            self.projection.setItemData(
                self.projection.count() - 1, words, Qt.ItemDataRole.ToolTipRole)
        self.projection.setCurrentIndex(max(0, self.projection.findData(
            default_system(dataset.projection))))

    def _marked(self, words: str, is_stored: bool) -> str:
        return self.tr("{choice} (as stored)").format(choice=words) if is_stored else words

    def _set_range(self, dataset: Dataset) -> None:
        """Begin with the newest days that one order can hold, a month where that is much."""
        start, end = _parsed(dataset.start), min(_parsed(dataset.end) or date.today(),
                                                 date.today())
        first = end - timedelta(days=min(dataset.limit_days or _USUAL_DAYS, _USUAL_DAYS))
        for day in (self.first, self.last):
            day.clearMinimumDate()
            if start is not None:
                day.setMinimumDate(QDate(start.year, start.month, start.day))
            day.setMaximumDate(QDate.currentDate())
        self.first.setDate(QDate(first.year, first.month, first.day))
        self.last.setDate(QDate(end.year, end.month, end.day))

    def _days_changed(self) -> None:
        self._show_time()
        self.changed.emit()

    def _show_time(self) -> None:
        if self._dataset is None:
            return
        self._range.setVisible(self.has_time)
        self._time_label.setMinimumHeight(self.first.sizeHint().height() if self.has_time else 0)
        self.time.set_note(*self._time_words(self._dataset))
        self.time.setVisible(bool(self.time.text()))
        if self.orders > 1:
            self.note.show_note("info", self.tr(
                "The service gives at most {days} days per order. The range is split into "
                "{count} orders.").format(days=self._dataset.limit_days, count=self.orders))
        else:
            self.note.clear()

    def _time_words(self, dataset: Dataset) -> tuple[str, str]:
        if not self.has_time:
            shown = years(dataset)
            one = self.tr("{year}, one date").format(year=shown)
            return (one if shown.isdigit() else shown or self.tr("All that there is")), "text"
        if not self.days_are_right:
            return self.tr("The first day is after the last."), "error"
        count = date_count(dataset, *self.days)
        if count == 1:
            return self.tr("About 1 date"), "text"
        return (self.tr("About {count} dates").format(count=count) if count else ""), "text"


def system_words(system: str) -> str:
    """Return "EPSG:3035  ETRS89-LAEA Europe"."""
    name = QgsCoordinateReferenceSystem(system).description().replace(" / ", "-", 1)
    return f"{system}  {name}" if name else system


def _combo() -> QComboBox:
    combo = QComboBox()
    combo.setSizeAdjustPolicy(
        QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
    combo.setMinimumContentsLength(8)
    combo.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
    return combo


def _day() -> QgsDateEdit:
    field = QgsDateEdit()
    field.setAllowNull(False)
    field.setCalendarPopup(True)
    field.setDisplayFormat("d MMM yyyy")
    field.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
    return field


def _parsed(day: str) -> Optional[date]:
    try:
        return date.fromisoformat(day)
    except ValueError:
        return None
