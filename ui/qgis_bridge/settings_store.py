"""Settings of the plugin in QGIS's own settings, under one prefix, always read with a type."""

from __future__ import annotations

import os
from dataclasses import fields

from qgis.core import QgsSettings

from ...core.settings import Settings

_PREFIX = "clms_explorer/"


def load_settings() -> Settings:
    """Return the user's settings; addresses of the environment win."""
    return stored_settings().with_environment(os.environ)


def stored_settings() -> Settings:
    """Return what the user has set, without the environment: for the options page."""
    store = QgsSettings()
    default = Settings()
    values = {
        field.name: store.value(
            _PREFIX + field.name, getattr(default, field.name), type=type(
                getattr(default, field.name))
        )
        for field in fields(Settings)
    }
    return Settings(**values)


def save_settings(settings: Settings) -> None:
    """Keep the settings; a value equal to the default is taken out, so that defaults can move."""
    store = QgsSettings()
    default = Settings()
    for field in fields(Settings):
        value = getattr(settings, field.name)
        if value == getattr(default, field.name):
            store.remove(_PREFIX + field.name)
        else:
            store.setValue(_PREFIX + field.name, value)
