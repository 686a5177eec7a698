"""Bundles."""

from chalicelib import requests, responses
from chalicelib.actions.bundles import checking, imports
from chalicelib.errors import Conflict, NotAllowed, NotFound
from chalicelib.http import Access, Call, Routes

routes = Routes(__name__)


@routes.post(
    "/v1/bundles/check",
    body=requests.CheckBundle,
    access=Access.SIGNED_IN,
    answer=responses.Check,
    errors=(Conflict, NotAllowed, NotFound),
)
def check(call: Call[requests.CheckBundle]) -> responses.Check:
    """Find everything that is wrong with a bundle, without importing it."""
    return checking.check(call.account, call.body, call.now)


@routes.get(
    "/v1/competitions/{competition}/bundles", access=Access.SIGNED_IN, answer=responses.Originals, errors=(NotAllowed,)
)
def originals(call: Call[None], competition: str) -> responses.Originals:
    """Show the bundles that a competition was made from, as they were uploaded."""
    return checking.originals(competition, call.account)


@routes.post(
    "/v1/competitions/{competition}/bundles",
    body=requests.BundleUpload,
    access=Access.SIGNED_IN,
    answer=responses.Import,
    status=202,
    errors=(Conflict, NotAllowed),
)
def update(call: Call[requests.BundleUpload], competition: str) -> responses.Import:
    """Put a new bundle in the place of a competition's definition."""
    return imports.update(competition, call.account, call.body, call.now)
