"""Secrets in QGIS's encrypted authentication database (implements core.ports.SecretStore)."""

from __future__ import annotations

from typing import Dict, Optional

from qgis.core import QgsApplication

KEY_NAME = "service_key"
"""Name of the service key in the store."""
_PREFIX = "clms_explorer/"


class QgisSecretStore:
    """Use it on the main thread only: QGIS may ask for the master password.

    A secret that the user wants to use "for now only" stays in memory until QGIS ends or the
    plugin is unloaded, for all stores alike.
    """

    _for_now: Dict[str, str] = {}

    def load(self, name: str) -> Optional[str]:
        """Return the secret; None if there is none, or the database is locked."""
        if name in self._for_now:
            return self._for_now[name]
        if not self._is_kept(name):
            return None
        value = QgsApplication.authManager().authSetting(_PREFIX + name, "", True)
        return str(value) if value else None

    def save(self, name: str, value: str) -> bool:
        """Keep the secret; False if the database is locked or the user cancelled."""
        manager = QgsApplication.authManager()
        if manager.isDisabled() or not manager.storeAuthSetting(_PREFIX + name, value, True):
            return False
        self._for_now.pop(name, None)
        return True

    def delete(self, name: str) -> None:
        """Forget the secret, in memory and in the database; needs no password."""
        self._for_now.pop(name, None)
        if self._is_kept(name):
            QgsApplication.authManager().removeAuthSetting(_PREFIX + name)

    def use_for_now(self, name: str, value: str) -> None:
        """Use a secret without keeping it."""
        self._for_now[name] = value

    def forget_for_now(self) -> None:
        """Forget what is in memory only: for unload."""
        self._for_now.clear()

    def state(self, name: str) -> str:
        """Return "kept", "for_now", "locked" or "none", without asking for the password."""
        if name in self._for_now:
            return "for_now"
        if not self._is_kept(name):
            return "none"
        return "kept" if QgsApplication.authManager().masterPasswordIsSet() else "locked"

    @staticmethod
    def _is_kept(name: str) -> bool:
        manager = QgsApplication.authManager()
        return not manager.isDisabled() and manager.existsAuthSetting(_PREFIX + name)
