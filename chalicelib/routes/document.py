"""The API's own description."""

from typing import Any

from chalicelib import openapi
from chalicelib import routes as all_routes
from chalicelib.http import Access, Call, Routes

routes = Routes(__name__)


@routes.get("/v1/openapi.json", access=Access.ANYONE, answer=dict[str, Any])
def show(call: Call[None]) -> dict[str, Any]:
    """Describe this API, as OpenAPI 3.1."""
    return openapi.document(all_routes.endpoints())
