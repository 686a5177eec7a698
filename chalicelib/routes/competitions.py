"""Competitions."""

from chalicelib import answers, bodies
from chalicelib.actions import competitions, imports, pages
from chalicelib.errors import NotFound, NotSignedIn
from chalicelib.http import Access, Call, Routes, cursor, flag

routes = Routes(__name__)
_LIST = {"cursor": "The `next` of the former page.", "mine": "`true` for those you organize, drafts too."}


@routes.get("/v1/competitions", access=Access.ANYONE, answer=answers.Competitions, query=_LIST)
def list_all(call: Call) -> answers.Competitions:
    """List competitions, newest first."""
    if not flag(call.query, "mine"):
        return competitions.list_published(cursor(call.query))
    if call.account is None:
        raise NotSignedIn("Sign in to see the competitions that you organize.")
    return competitions.list_mine(call.account, cursor(call.query))


@routes.post("/v1/competitions", access=Access.SIGNED_IN, body=bodies.BundleUpload, answer=answers.Import, status=202)
def create(call: Call) -> answers.Import:
    """Import an uploaded bundle as a new competition."""
    return imports.create(call.account, call.body, call.now)


@routes.get("/v1/competitions/{competition}", access=Access.ANYONE, answer=answers.Competition)
def show(call: Call, competition: str) -> answers.Competition:
    """Show a competition with its phases."""
    return competitions.show(competition, call.account, call.now)


@routes.get("/v1/competitions/{competition}/pages/{index}", access=Access.ANYONE, answer=answers.Page)
def show_page(call: Call, competition: str, index: str) -> answers.Page:
    """Show a page of a competition."""
    if not index.isdecimal():
        raise NotFound("Pages have numbers. The competition lists them.")
    return pages.show(competition, int(index), call.account)


@routes.get("/v1/competitions/{competition}/assets", access=Access.ANYONE, answer=answers.Assets)
def assets(call: Call, competition: str) -> answers.Assets:
    """List the files that a competition's pages link to."""
    return pages.assets(competition, call.account)


@routes.post("/v1/competitions/{competition}/publish", access=Access.SIGNED_IN, answer=answers.Competition)
def publish(call: Call, competition: str) -> answers.Competition:
    """Put a competition on the public list."""
    return competitions.publish(competition, True, call.account, call.now)


@routes.post("/v1/competitions/{competition}/unpublish", access=Access.SIGNED_IN, answer=answers.Competition)
def unpublish(call: Call, competition: str) -> answers.Competition:
    """Take a competition off the public list."""
    return competitions.publish(competition, False, call.account, call.now)
