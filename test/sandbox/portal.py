"""The portal: which call goes where, and who may make it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Callable

from .answers import Answer, Request, compact, not_found, page, unauthorized
from .portal_catalogue import Catalogue

if TYPE_CHECKING:
    from .server import Sandbox

TOKEN_ENDPOINT = "@@oauth2-token"
Service = Callable[[Request, str], Answer]


class Portal:
    """Answers everything below the portal's own addresses."""

    def __init__(self, sandbox: Sandbox) -> None:
        self.sandbox = sandbox
        self.catalogue = Catalogue(sandbox.data)
        self.public: dict[tuple[str, str], Service] = {
            ("GET", "@search"): self.catalogue.search,
        }
        orders = sandbox.orders
        self.private: dict[tuple[str, str], Service] = {
            ("POST", "@datarequest_post"): orders.post,
            ("GET", "@datarequest_search"): orders.search,
            ("GET", "@datarequest_status_get"): orders.status,
            ("DELETE", "@datarequest_delete"): orders.delete,
            ("GET", "@projections"): orders.projections,
            ("GET", "@format_conversion_table"): orders.conversions,
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
        if not prefix:
            return self._page(path)
        return self._service(request, path.rstrip("/"))

    def _service(self, request: Request, path: str) -> Answer:
        parent, _, name = path.rpartition("/")
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
        title = self.catalogue.title(path)
        if not title:
            return page("Not found", "There is no such page.", 404)
        return page(title, "A page of the sandbox portal.")


def _split(path: str) -> tuple[str, str]:
    """Return ("/api", "/++api++" or "", rest of the path)."""
    for prefix in ("/api", "/++api++"):
        if path == prefix or path.startswith(prefix + "/"):
            return prefix, path[len(prefix):]
    return "", path


def _wants_json(request: Request) -> bool:
    return "application/json" in (request.headers.get("Accept") or "")
