"""Imports."""

from chalicelib import responses
from chalicelib.actions.bundles import imports
from chalicelib.http import Access, Call, Routes

routes = Routes(__name__)


@routes.get("/v1/imports/{import_id}", access=Access.SIGNED_IN, answer=responses.Import)
def show(call: Call[None], import_id: str) -> responses.Import:
    """Show how far an import is, and every complaint about the bundle."""
    return imports.show(import_id, call.account)
