"""What a row of the browser node stands for, as text: path of the item, and what is dragged."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Optional, Tuple
from urllib.parse import quote, unquote

KEY = "clms_explorer"
"""Provider key of our items and of what is dragged from them."""
ROOT = "clms:"
DATASET, LAYER, ENTRY, FILE = "dataset", "layer", "entry", "file"


@dataclass(frozen=True)
class Target:
    """kind and parts: DATASET (uid) · LAYER (uid, number of the service, id of the layer or "") ·
    ENTRY (folder) · FILE (folder, name of the file in it)."""

    kind: str
    parts: Tuple[str, ...]

    def to_text(self) -> str:
        """Return a path that no other target has."""
        return "/".join([ROOT, self.kind, *(quote(part, safe="") for part in self.parts)])

    @classmethod
    def from_text(cls, text: str) -> Optional[Target]:
        """Read what to_text() wrote; None for anything else."""
        root, *words = text.split("/")
        count = {DATASET: 1, LAYER: 3, ENTRY: 1, FILE: 2}.get(words[0]) if words else None
        if root != ROOT or count != len(words) - 1:
            return None
        return cls(words[0], tuple(map(unquote, words[1:])))
