"""Imports."""

from chalicelib import answers
from chalicelib.actions import imports
from chalicelib.http import Access, Call, Routes

routes = Routes(__name__)


@routes.get("/v1/imports/{import_id}", access=Access.SIGNED_IN, answer=answers.Import)
def show(call: Call, import_id: str) -> answers.Import:
    """Show how far an import is, and every complaint about the bundle."""
    return imports.show(import_id, call.account)
