"""Files of the library on the map again: styled and cited as when they came."""

from __future__ import annotations

from typing import List, Sequence

from qgis.core import QgsMapLayer, QgsProject

from ...core.clms.metadata import credit as general_credit
from ...core.library.entry import LibraryEntry
from .layers import Origin, add_product_files


def add_entry(
    entry: LibraryEntry, project: QgsProject, names: Sequence[str] = (), credit: str = ""
) -> List[QgsMapLayer]:
    """Open files of an entry as styled layers; names: below its folder, none = all.

    credit: of the dataset, if it is known; else the general line.
    Main thread. Raise FileBroken if there is nothing that opens.
    """
    origin = Origin(
        entry.title, entry.area.name if entry.area else "", entry.ordered, entry.version,
        entry.citation, credit or general_credit(""), entry.page)
    paths = [entry.folder / name for name in names or [file.name for file in entry.files]]
    return add_product_files(paths, origin, project)
