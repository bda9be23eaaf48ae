"""Python logging of this package into the QGIS log panel."""

from __future__ import annotations

import logging

from qgis.core import Qgis, QgsMessageLog


class QgisLogHandler(logging.Handler):
    """Forward records to the tab "CLMS Explorer"; safe from any thread."""

    def emit(self, record: logging.LogRecord) -> None:
        """Show one record without a notification."""
        level = Qgis.MessageLevel.Info
        if record.levelno >= logging.ERROR:
            level = Qgis.MessageLevel.Critical
        elif record.levelno >= logging.WARNING:
            level = Qgis.MessageLevel.Warning
        QgsMessageLog.logMessage(self.format(record), "CLMS Explorer", level, False)


def install_log_handler() -> QgisLogHandler:
    """Attach the handler; undo with remove_log_handler()."""
    handler = QgisLogHandler()
    logger = logging.getLogger("clms_explorer")
    logger.addHandler(handler)
    logger.setLevel(logging.INFO)
    return handler


def remove_log_handler(handler: QgisLogHandler) -> None:
    """Detach the handler again."""
    logging.getLogger("clms_explorer").removeHandler(handler)
