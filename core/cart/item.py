"""One thing the user wants to order: dataset, collection or file, area, options."""

from __future__ import annotations

from dataclasses import asdict, dataclass, field, replace
from typing import Any, Mapping

from ..aoi.area import Area


@dataclass(frozen=True)
class CartItem:
    """A row of the cart; plain values, so that it can be kept as JSON.

    service: "portal" or "egms".
    collection: id of a dataset's collection (DatasetDownloadInformationID); "" for files.
    files: prepackaged file ids (portal), or the archive's hits (egms: dicts of the answer).
    start, end: ISO dates, inclusive; "" where the dataset has no time range.
    clip: cut the result to the outline of the area; only for areas that are no boxes.
    """

    service: str
    dataset: str
    title: str
    area: Area | None = None
    collection: str = ""
    collection_title: str = ""
    files: tuple[Any, ...] = ()
    format: str = ""
    crs: str = ""
    layer: str = ""
    start: str = ""
    end: str = ""
    clip: bool = True
    open_when_ready: bool = True
    size: int = 0
    citation: str = ""
    extra: Mapping[str, Any] = field(default_factory=dict)

    def with_options(self, **changes: Any) -> CartItem:
        """Return a copy with other options."""
        return replace(self, **changes)

    def to_json(self) -> dict[str, Any]:
        """Return plain data for JSON."""
        data = asdict(replace(self, area=None))
        data["area"] = self.area.to_json() if self.area else None
        return data

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> CartItem:
        """Read what to_json() wrote; unknown keys are left out."""
        known = {key: data[key] for key in cls.__dataclass_fields__ if key in data}
        known["files"] = tuple(known.get("files", ()))
        area = known.get("area")
        known["area"] = Area.from_json(area) if area else None
        return cls(**known)
