"""The six components of the service, and which dataset belongs to which product and component."""

from __future__ import annotations

from typing import Any, Iterable, Mapping, NamedTuple

from .values import path_of, text

COMPONENTS: Mapping[str, str] = {
    "2a04c969-7f91-476f-8ab2-6fb4a7588896": "Land Cover and Land Use Mapping",
    "76c4d5c5-3da2-4abe-aba7-4eb9e23b2258": "Priority Area Monitoring",
    "38900ec1-a308-44f4-88c1-b4a9dd0fb2b8": "Bio-geophysical Parameters",
    "f6bcd2e4-c823-4617-8245-ebf406f65481": "European Ground Motion Service",
    "6bc28f66-6546-4c99-b13a-841668520ea1": "Satellite Data",
    "06b9468d-0c70-4221-b569-adb05faa9ba9": "Reference and Validation Data",
}
"""Token of mapviewer_component → title, in the portal's order (clms-api.md section 3.4)."""
OTHER = "Other"
"""Component of products that name none."""
_ORDER = [*COMPONENTS.values(), OTHER]


class Place(NamedTuple):
    """Where a dataset stands in the tree."""

    product: str
    component: str


def places(products: Iterable[Mapping[str, Any]]) -> dict[str, Place]:
    """Return the place of each product record by its path."""
    return {
        path_of(record.get("@id")): Place(text(record.get("title")), _component(record))
        for record in products
    }


def place_of(path: str, known: Mapping[str, Place]) -> Place:
    """Return the place of a dataset by the path of its product, the folder it lies in."""
    parent = path.rpartition("/")[0]
    if parent in known:
        return known[parent]
    words = parent.rpartition("/")[2].replace("-", " ")
    return Place(words[:1].upper() + words[1:], OTHER)


def rank(component: str) -> int:
    """Return the position of a component in the portal's order."""
    return _ORDER.index(component) if component in _ORDER else len(_ORDER)


def _component(record: Mapping[str, Any]) -> str:
    value = record.get("mapviewer_component")
    if text(value) in COMPONENTS:
        return COMPONENTS[text(value)]
    title = text(value.get("title")) if isinstance(value, Mapping) else ""
    return title.partition("#")[2] or title or OTHER
