"""Bundles."""

from chalicelib import requests, responses
from chalicelib.actions.bundles import checking, imports
from chalicelib.http import Access, Call, Routes

routes = Routes(__name__)


@routes.post("/v1/bundles/check", access=Access.SIGNED_IN, body=requests.CheckBundle, answer=responses.Check)
def check(call: Call) -> responses.Check:
    """Find everything that is wrong with a bundle, without importing it."""
    return checking.check(call.account, call.body)


@routes.get("/v1/competitions/{competition}/bundles", access=Access.SIGNED_IN, answer=responses.Originals)
def originals(call: Call, competition: str) -> responses.Originals:
    """Show the bundles that a competition was made from, as they were uploaded."""
    return checking.originals(competition, call.account)


@routes.post(
    "/v1/competitions/{competition}/bundles",
    access=Access.SIGNED_IN,
    body=requests.BundleUpload,
    answer=responses.Import,
    status=202,
)
def update(call: Call, competition: str) -> responses.Import:
    """Put a new bundle in the place of a competition's definition."""
    return imports.update(competition, call.account, call.body, call.now)
