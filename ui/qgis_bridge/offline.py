"""What is on disk of catalogue, regions and library, for locator and browser: read when asked."""

from __future__ import annotations

import threading
from pathlib import Path
from typing import TYPE_CHECKING, List, Optional

from .profile import profile_folder
from .settings_store import load_settings

if TYPE_CHECKING:
    from ...core.aoi.nuts import NutsIndex
    from ...core.clms.catalogue import Catalogue
    from ...core.library.entry import LibraryEntry
    from ...core.library.library import Library


class OfflineData:
    """Catalogue, regions and library without any network. Light until something is asked for.

    Safe to use from several threads; core is imported at the first question.
    """

    def __init__(self) -> None:
        self._file = profile_folder() / "catalogue" / "catalogue.json"
        self._lock = threading.Lock()
        self._stamp = 0
        self._catalogue: Optional[Catalogue] = None
        self._nuts: Optional[NutsIndex] = None
        self._library: Optional[Library] = None

    def catalogue(self) -> Catalogue:
        """Return the catalogue as it is on disk, read again when it has changed."""
        from ...core.clms.catalogue import Catalogue

        with self._lock:
            stamp = _stamp(self._file)
            if self._catalogue is None or stamp != self._stamp:
                catalogue = Catalogue(self._file.parent)
                catalogue.load()
                self._catalogue, self._stamp = catalogue, stamp
            return self._catalogue

    def nuts(self) -> NutsIndex:
        """Return the index of regions and countries."""
        from ...core.aoi.nuts import NutsIndex

        with self._lock:
            if self._nuts is None:
                self._nuts = NutsIndex()
            return self._nuts

    def library_entries(self) -> List[LibraryEntry]:
        """Return what is in the download folder of the settings, newest first."""
        from ...core.library.library import Library

        folder = load_settings().folder
        with self._lock:
            if self._library is None or self._library.folder != folder:
                self._library = Library(folder)
            library = self._library
        return library.entries()

    def library_entry(self, folder: Path) -> Optional[LibraryEntry]:
        """Return the entry that lies in a folder, None if it is gone."""
        return next((entry for entry in self.library_entries() if entry.folder == folder), None)


def _stamp(path: Path) -> int:
    try:
        return path.stat().st_mtime_ns
    except OSError:
        return 0
