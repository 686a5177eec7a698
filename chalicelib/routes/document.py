"""The API's own description."""

import json
from pathlib import Path
from typing import Any

from chalicelib import openapi
from chalicelib import routes as all_routes
from chalicelib.http import Access, Call, Routes

#: Packed with the functions: to make it anew takes seconds of CPU, and a function has a part of one.
PACKED = Path(openapi.__file__).with_name("openapi.json")

routes = Routes(__name__)


@routes.get("/v1/openapi.json", access=Access.ANYONE, answer=dict[str, Any])
def show(call: Call[None]) -> dict[str, Any]:
    """Describe this API, as OpenAPI 3.1."""
    if PACKED.exists():
        return dict(json.loads(PACKED.read_bytes()))
    return openapi.document(all_routes.endpoints())
