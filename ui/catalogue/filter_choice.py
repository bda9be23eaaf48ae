"""Which filters are on."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Mapping, Optional, Sequence, Tuple

from qgis.PyQt.QtCore import QCoreApplication

from ...core.clms.coverage import Box
from ...core.clms.query import CatalogueQuery

FLAGS = ("covers", "by_area", "prepackaged", "map_layer", "elsewhere")
Places = Mapping[str, Sequence[str]]
"""Component → its products."""


def tr(text: str) -> str:
    """Return the translation of a text of this module."""
    return QCoreApplication.translate("Filters", text)


@dataclass(frozen=True)
class FilterChoice:
    """The filters that are on. covers: only datasets that cover the area, once there is one.

    components: whole ones. products: (component, product) of the others.
    """

    covers: bool = True
    by_area: bool = False
    prepackaged: bool = False
    map_layer: bool = False
    elsewhere: bool = False
    components: Tuple[str, ...] = ()
    products: Tuple[Tuple[str, str], ...] = ()

    def query(
        self, text: str, sort: str, box: Optional[Box], places: Places
    ) -> CatalogueQuery:
        """Return what to ask the catalogue. box: of the area, None while there is none."""
        products = [product for _component, product in self.products]
        if products:  # components and products must both hold, so all is told by products
            for component in self.components:
                products += places.get(component, ())
        return CatalogueQuery(
            text=text, components=() if products else self.components, products=tuple(products),
            covers=box if self.covers else None, by_area=self.by_area,
            prepackaged=self.prepackaged, map_layer=self.map_layer, elsewhere=self.elsewhere,
            sort=sort)

    def active(self, has_area: bool) -> dict[str, str]:
        """Return the filters that are on: words for a button by a key for without()."""
        found = {
            flag: flag_words(flag) for flag in FLAGS
            if getattr(self, flag) and (has_area or flag != "covers")
        }
        found.update((f"component:{name}", component_words(name)) for name in self.components)
        found.update((f"product:{name}", name) for _component, name in self.products)
        return found

    def without(self, key: str) -> FilterChoice:
        """Return a copy with one filter taken off."""
        kind, _colon, name = key.partition(":")
        if kind == "component":
            return replace(self, components=tuple(c for c in self.components if c != name))
        if kind == "product":
            return replace(self, products=tuple(p for p in self.products if p[1] != name))
        return replace(self, **{key: False})


NOTHING = FilterChoice(covers=False)


def flag_words(flag: str) -> str:
    """Return the words of a filter that is on or off."""
    return {
        "covers": tr("Covers my area"), "by_area": tr("Can be ordered by area"),
        "prepackaged": tr("Has prepackaged files"), "map_layer": tr("Has a map layer"),
        "elsewhere": tr("Only elsewhere"),
    }[flag]


def component_words(title: str) -> str:
    """Return the short words of a component of the service."""
    return {
        "Land Cover and Land Use Mapping": tr("Land cover and land use"),
        "Priority Area Monitoring": tr("Priority areas"),
        "Bio-geophysical Parameters": tr("Bio-geophysical variables"),
        "European Ground Motion Service": tr("Ground motion"),
        "Satellite Data": tr("Land satellite mosaics"),
        "Reference and Validation Data": tr("Reference and validation"),
        "Other": tr("Other"),
    }.get(title, title)
