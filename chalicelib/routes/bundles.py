"""Bundles."""

from chalicelib import answers, bodies
from chalicelib.actions import bundles, imports
from chalicelib.http import Access, Call, Routes

routes = Routes(__name__)


@routes.post("/v1/bundles/check", access=Access.SIGNED_IN, body=bodies.CheckBundle, answer=answers.Check)
def check(call: Call) -> answers.Check:
    """Find everything that is wrong with a bundle, without importing it."""
    return bundles.check(call.account, call.body)


@routes.get("/v1/competitions/{competition}/bundles", access=Access.SIGNED_IN, answer=answers.Originals)
def originals(call: Call, competition: str) -> answers.Originals:
    """Show the bundles that a competition was made from, as they were uploaded."""
    return bundles.originals(competition, call.account)


@routes.post(
    "/v1/competitions/{competition}/bundles",
    access=Access.SIGNED_IN,
    body=bodies.BundleUpload,
    answer=answers.Import,
    status=202,
)
def update(call: Call, competition: str) -> answers.Import:
    """Put a new bundle in the place of a competition's definition."""
    return imports.update(competition, call.account, call.body, call.now)
