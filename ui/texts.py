"""One clear sentence for every error: what happened, what is kept, what to do."""

from __future__ import annotations

from typing import Callable

from qgis.PyQt.QtCore import QCoreApplication

from ..core import errors
from .words import part_words


def tr(text: str) -> str:
    """Return the translation of a sentence of this module."""
    return QCoreApplication.translate("Errors", text)


def sentence(error: BaseException) -> str:
    """Return what to tell the user; unknown errors name their type and their words."""
    for kind in type(error).__mro__:
        maker = _MAKERS.get(kind)
        if maker is not None:
            return maker(error)
    return tr("Something unexpected happened ({what}). Files on disk are kept. The log has the "
              "details.").format(what=f"{type(error).__name__}: {error}")


def _host(error: errors.ClmsError) -> str:
    return str(error.facts.get("host") or tr("the service"))


def _no_connection(error: errors.ClmsError) -> str:
    texts = {
        "timeout": tr("{host} took too long to answer. Nothing is lost. Try again later."),
        "tls": tr("The secure connection to {host} could not be made. Check the certificate "
                  "authorities in the QGIS authentication settings."),
        "proxy": tr("The proxy refused the connection to {host}. Check the network settings of "
                    "QGIS."),
        "cut": tr("The connection to {host} was cut. What has arrived is kept. Try again."),
    }
    text = texts.get(error.reason) or tr(
        "No connection to {host}. Nothing is lost. Try again when you are back online.")
    return text.format(host=_host(error))


def _service_error(error: errors.ClmsError) -> str:
    status = error.facts.get("status")
    if error.detail:
        text = tr("{host} could not do it (error {status}): {detail}")
    else:
        text = tr("{host} does not answer as it should (error {status}). Nothing is lost. "
                  "Try again later.")
    return text.format(host=_host(error), status=status, detail=error.detail)


def _bad_answer(error: errors.ClmsError) -> str:
    if error.reason == "html":
        return tr("{host} sent a web page instead of data. A proxy or a log-in page may be in "
                  "between. Nothing was changed.").format(host=_host(error))
    return tr("{host} sent an answer that cannot be read. Nothing was changed. Try again "
              "later.").format(host=_host(error))


def _not_allowed(error: errors.ClmsError) -> str:
    return tr("{host} does not accept the login. Test the connection in the settings, or import "
              "a new service key.").format(host=_host(error))


def _address(error: errors.ClmsError) -> str:
    return tr("The service address “{address}” cannot be used: it must begin with https://. "
              "Correct it in the settings.").format(address=error.facts.get("address", ""))


def _key_file(error: errors.ClmsError) -> str:
    texts = {
        "unreadable": tr("The key file cannot be read. Choose another file."),
        "json": tr("This file is not a service key: it is not JSON. Choose the file that "
                   "land.copernicus.eu gave you."),
        "field": tr("This file is not a complete service key: “{field}” is missing. Make a new "
                    "key on land.copernicus.eu."),
        "pem": tr("The private key in this file is damaged. Make a new key on "
                  "land.copernicus.eu."),
        "address": tr("The address in this key file is not a secure one. Make a new key on "
                      "land.copernicus.eu."),
    }
    text = texts.get(error.reason, texts["json"])
    return text.format(field=error.facts.get("field", ""))


def _key_missing(_error: errors.ClmsError) -> str:
    return tr("To order and download data you need a service key from land.copernicus.eu. It is "
              "free and takes two minutes. Searching and viewing work without it.")


def _key_refused(error: errors.ClmsError) -> str:
    if error.reason == "revoked":
        return tr("The portal no longer knows your service key. Make a new one on "
                  "land.copernicus.eu and import it. Your orders and files are kept.")
    return tr("The portal refuses your service key: {detail} Import a new one. Your orders and "
              "files are kept.").format(detail=error.detail)


def _clock(error: errors.ClmsError) -> str:
    minutes = max(1, round(abs(float(error.facts.get("seconds", 0))) / 60))
    if float(error.facts.get("seconds", 0)) > 0:
        text = tr("The clock of this computer is {minutes} minutes ahead, so the portal refuses "
                  "the login. Set the clock and try again.")
    else:
        text = tr("The clock of this computer is {minutes} minutes behind, so the portal refuses "
                  "the login. Set the clock and try again.")
    return text.format(minutes=minutes)


def _order_refused(error: errors.ClmsError) -> str:
    if error.reason == "duplicate":
        return tr("The same order is already waiting on the service. It was not sent again.")
    return tr("The service refused the order: {detail} Nothing was ordered. Change the options "
              "and try again.").format(detail=_ended(error.detail))


def _order_unclear(_error: errors.ClmsError) -> str:
    return tr("It is not known whether the order reached the service. Sending it again may order "
              "it twice.")


def _order_failed(error: errors.ClmsError) -> str:
    return tr("The service could not prepare the data: {detail} Try again, or order a smaller "
              "area.").format(detail=_ended(error.detail))


def _link_expired(error: errors.ClmsError) -> str:
    kept, size = error.facts.get("kept", 0), error.facts.get("size", 0)
    if kept and size:
        return tr("The download link has expired. {part} are kept. A new order is needed to get "
                  "the rest.").format(part=part_words(kept, size))
    return tr("The download link has expired. A new order is needed to get the file.")


def _file_missing(error: errors.ClmsError) -> str:
    return tr("The service does not have the file {name} (any more). Search again.").format(
        name=error.facts.get("name", ""))


def _file_broken(error: errors.ClmsError) -> str:
    texts = {
        "size": tr("{name} arrived incomplete. What is there is kept; try again."),
        "type": tr("{name} is not the file that was asked for. Nothing was changed."),
        "zip": tr("{name} is not a complete zip file. Nothing was changed. Get it again."),
        "crc": tr("{name} is damaged. Nothing was changed. Get it again."),
        "unsafe": tr("{name} would write outside its folder and was not unpacked."),
        "bomb": tr("{name} would unpack to far more than is sensible and was not unpacked."),
        "empty": tr("{name} holds no data."),
    }
    text = texts.get(error.reason, texts["type"])
    return text.format(name=error.facts.get("name", tr("The file")))


def _disk_full(error: errors.ClmsError) -> str:
    folder = error.facts.get("folder", "")
    if error.reason == "denied":
        return tr("QGIS may not write to {folder}. Choose another folder in the settings.").format(
            folder=folder)
    return tr("The disk is full ({folder}). What has arrived is kept. Make room and try "
              "again.").format(folder=folder)


def _area(error: errors.ClmsError) -> str:
    texts = {
        "empty": tr("The area is empty. Choose another one."),
        "point": tr("A point is not an area. Draw a box or a polygon."),
        "line": tr("A line is not an area. Draw a box or a polygon."),
        "range": tr("The coordinates lie outside the world. Longitude goes from −180 to 180 and "
                    "latitude from −90 to 90 degrees."),
        "unknown": tr("There is no region “{code}”."),
        "outside": tr("The area lies outside the data."),
        "crs": tr("It is not known where on Earth this shape lies: it has no coordinate reference "
                  "system. Set one for the layer and try again."),
        "antimeridian": tr("The area crosses the 180° meridian, which one order cannot do. Order "
                           "each side by itself."),
    }
    text = texts.get(error.reason) or tr("This shape cannot be used as an area. Draw a box or a "
                                         "polygon.")
    return text.format(code=error.facts.get("code", ""))


def _csv(error: errors.ClmsError) -> str:
    texts = {
        "header": tr("{name} is not an EGMS table: its first line does not name the columns."),
        "column": tr("{name} lacks the column “{column}”."),
        "dates": tr("{name} has no columns with dates."),
        "row": tr("{name} is damaged in line {line}."),
        "empty": tr("{name} holds no points."),
        "mixed": tr("{name} mixes data that do not belong together."),
    }
    text = texts.get(error.reason, texts["header"])
    facts = {"name": tr("The file"), "column": "", "line": "?", **error.facts}
    return tr("{what} The point store is as it was.").format(what=text.format(**facts))


def _store(error: errors.ClmsError) -> str:
    texts = {
        "newer": tr("This point store was made by a newer version of CLMS Explorer. Update the "
                    "plugin to open it."),
        "level": tr("This file belongs to another level or release than the point store. Choose "
                    "another point store."),
        "locked": tr("The point store is in use. Try again in a moment."),
    }
    return texts.get(error.reason) or tr("This file is not a ground motion point store.")


def _journal(error: errors.ClmsError) -> str:
    texts = {
        "newer": tr("The list of downloads was made by a newer version of CLMS Explorer. Update "
                    "the plugin to use it."),
        "locked": tr("Another QGIS is working on the downloads. They go on there."),
    }
    return texts.get(error.reason) or tr("The list of downloads cannot be read. The files on disk "
                                         "are not touched.")


def _ended(detail: str) -> str:
    """Return the service's words as a sentence."""
    detail = detail.strip()
    return detail if not detail or detail.endswith((".", "!", "?")) else f"{detail}."


_MAKERS: dict[type, Callable[..., str]] = {
    errors.Cancelled: lambda _error: tr("Stopped. What has arrived is kept."),
    errors.NoConnection: _no_connection,
    errors.ServiceError: _service_error,
    errors.BadAnswer: _bad_answer,
    errors.NotAllowed: _not_allowed,
    errors.AddressError: _address,
    errors.KeyFileError: _key_file,
    errors.KeyMissing: _key_missing,
    errors.KeyRefused: _key_refused,
    errors.ClockWrong: _clock,
    errors.OrderRefused: _order_refused,
    errors.OrderUnclear: _order_unclear,
    errors.OrderFailed: _order_failed,
    errors.LinkExpired: _link_expired,
    errors.FileMissing: _file_missing,
    errors.FileBroken: _file_broken,
    errors.DiskFull: _disk_full,
    errors.AreaError: _area,
    errors.CsvError: _csv,
    errors.StoreError: _store,
    errors.JournalError: _journal,
}
