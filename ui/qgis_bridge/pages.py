"""The sizes of printed pages."""

from __future__ import annotations

PAGES = {
    "A4 landscape": (297.0, 210.0), "A4 portrait": (210.0, 297.0),
    "A3 landscape": (420.0, 297.0), "A3 portrait": (297.0, 420.0),
}
"""Width and height in mm."""
