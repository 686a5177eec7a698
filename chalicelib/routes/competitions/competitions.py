"""Competitions."""

from chalicelib import requests, responses
from chalicelib.actions.bundles import imports
from chalicelib.actions.competitions import pages, showing
from chalicelib.errors import NotFound, NotSignedIn
from chalicelib.http import Access, Call, Routes, cursor, flag

routes = Routes(__name__)
_LIST = {"cursor": "The `next` of the former page.", "mine": "`true` for those you organize, drafts too."}


@routes.get("/v1/competitions", access=Access.ANYONE, answer=responses.Competitions, query=_LIST)
def list_all(call: Call) -> responses.Competitions:
    """List competitions, newest first."""
    if not flag(call.query, "mine"):
        return showing.list_published(cursor(call.query))
    if call.account is None:
        raise NotSignedIn("Sign in to see the competitions that you organize.")
    return showing.list_mine(call.account, cursor(call.query))


@routes.post("/v1/competitions", access=Access.SIGNED_IN, body=requests.BundleUpload, answer=responses.Import, status=202)
def create(call: Call) -> responses.Import:
    """Import an uploaded bundle as a new competition."""
    return imports.create(call.account, call.body, call.now)


@routes.get("/v1/competitions/{competition}", access=Access.ANYONE, answer=responses.Competition)
def show(call: Call, competition: str) -> responses.Competition:
    """Show a competition with its phases."""
    return showing.show(competition, call.account, call.now)


@routes.get("/v1/competitions/{competition}/pages/{index}", access=Access.ANYONE, answer=responses.Page)
def show_page(call: Call, competition: str, index: str) -> responses.Page:
    """Show a page of a competition."""
    if not index.isdecimal():
        raise NotFound("Pages have numbers. The competition lists them.")
    return pages.show(competition, int(index), call.account)


@routes.get("/v1/competitions/{competition}/assets", access=Access.ANYONE, answer=responses.Assets)
def assets(call: Call, competition: str) -> responses.Assets:
    """List the files that a competition's pages link to."""
    return pages.assets(competition, call.account)


@routes.post("/v1/competitions/{competition}/publish", access=Access.SIGNED_IN, answer=responses.Competition)
def publish(call: Call, competition: str) -> responses.Competition:
    """Put a competition on the public list."""
    return showing.publish(competition, True, call.account, call.now)


@routes.post("/v1/competitions/{competition}/unpublish", access=Access.SIGNED_IN, answer=responses.Competition)
def unpublish(call: Call, competition: str) -> responses.Competition:
    """Take a competition off the public list."""
    return showing.publish(competition, False, call.account, call.now)
