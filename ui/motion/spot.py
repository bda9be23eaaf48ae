"""A place on the map and the motion histories measured there."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Tuple

if TYPE_CHECKING:
    from ...core.egms.neighbours import Neighbours
    from ...core.egms.series import Series


@dataclass(frozen=True)
class Spot:
    """What one click found: longitude and latitude in degrees, one series per direction.

    neighbours: the points around each series' point; empty if nobody has looked.
    """

    longitude: float
    latitude: float
    series: Tuple[Series, ...]
    neighbours: Tuple[Neighbours, ...] = ()
