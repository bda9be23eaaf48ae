"""The portal: which call goes where, and who may make it."""

from __future__ import annotations

import zlib
from html import escape
from typing import TYPE_CHECKING, Callable

from .answers import Answer, Request, compact, not_found, page, unauthorized
from .pictures import thumbnail
from .portal_catalogue import Catalogue
from .portal_services import PortalServices

if TYPE_CHECKING:
    from .server import Sandbox

TOKEN_ENDPOINT = "@@oauth2-token"
SCALES = {"mini": 200, "thumb": 128, "tile": 64, "icon": 32, "great": 1200, "large": 768}
Service = Callable[[Request, str], Answer]


class Portal:
    """Answers everything below the portal's own addresses."""

    def __init__(self, sandbox: Sandbox) -> None:
        self.sandbox = sandbox
        self.catalogue = Catalogue(sandbox.data)
        services = self.services = PortalServices(sandbox)
        self.public: dict[tuple[str, str], Service] = {
            ("GET", "@search"): self.catalogue.search,
            ("GET", "@mapviewer"): services.mapviewer,
            ("GET", "@validate-access"): services.validate,
            ("GET", "@service-keys"): services.service_keys,
            ("GET", "@datasets_by_uid"): services.by_uid,
            ("GET", "@get_catalogapi_dates"): services.catalogue_dates,
        }
        orders = sandbox.orders
        self.private: dict[tuple[str, str], Service] = {
            ("POST", "@datarequest_post"): orders.post,
            ("GET", "@datarequest_search"): orders.search,
            ("GET", "@datarequest_status_get"): orders.status,
            ("DELETE", "@datarequest_delete"): orders.delete,
            ("GET", "@projections"): orders.projections,
            ("GET", "@format_conversion_table"): orders.conversions,
            ("GET", "@nuts_name"): services.nuts_name,
            ("GET", "@get-time-series-metadata"): services.time_series,
            ("GET", "@get-download-file-urls"): services.direct_links,
            ("PATCH", "@datarequest_status_patch"): services.patch,
        }

    def answer(self, request: Request) -> Answer:
        """Return the answer to any call."""
        prefix, path = _split(request.path)
        if prefix == "/api" and path != f"/{TOKEN_ENDPOINT}" and not _wants_json(request):
            return compact({"error_type": "NotFound"}, 404)
        if self.sandbox.auth.expired(request):
            return compact({"error": "invalid_token",
                            "error_description": "Access token expired"}, 401)
        if path == f"/{TOKEN_ENDPOINT}":
            return self.sandbox.auth.exchange(request)
        if "/@@images/" in path:
            return self._image(path)
        if not prefix:
            return self._page(path)
        return self._service(request, path.rstrip("/"))

    def _service(self, request: Request, path: str) -> Answer:
        parent, _, name = path.rpartition("/")
        if parent.endswith("/@anon-registry") or parent == "@anon-registry":
            return self.services.registry(request, parent)
        if not name.startswith("@"):
            return self.catalogue.record(request, path)
        call = (request.method, name)
        user = self.sandbox.auth.user(request.bearer)
        if call in self.private:
            return self.private[call](request, user) if user else unauthorized()
        if call in self.public:
            return self.public[call](request, parent)
        return not_found(request)

    def _page(self, path: str) -> Answer:
        record = self.catalogue.by_path(path.rstrip("/"))
        if not record or record["review_state"] != "published":
            return page("Page not found", "There is no such page.", 404)
        return page(escape(record["title"]), f"<p>{escape(record['description'] or '')}</p>"
                    f'<img src="{path.rstrip("/")}/@@images/image/preview" alt="">')

    def _image(self, path: str) -> Answer:
        """Return the picture of an object, in the size that its name or scale asks for."""
        owner, _, name = path.partition("/@@images/")
        record = self.catalogue.by_path(owner)
        if not record or not name.startswith(("image", "preview_image")):
            return page("Page not found", "There is no such image.", 404)
        size = next((SCALES[word] for word in SCALES if word in name), 400)
        picture = thumbnail(record["title"], zlib.crc32(owner.encode()), size,
                            self.sandbox.cover)
        return Answer(200, picture, "image/png", {"Cache-Control": "max-age=3600"})


def _split(path: str) -> tuple[str, str]:
    """Return ("/api", "/++api++" or "", rest of the path)."""
    for prefix in ("/api", "/++api++"):
        if path == prefix or path.startswith(prefix + "/"):
            return prefix, path[len(prefix):]
    return "", path


def _wants_json(request: Request) -> bool:
    return "application/json" in (request.headers.get("Accept") or "")
