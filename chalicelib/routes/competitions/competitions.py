"""Competitions."""

from chalicelib import parameters, requests, responses
from chalicelib.actions.bundles import imports
from chalicelib.actions.competitions import pages, showing
from chalicelib.errors import Conflict, NotAllowed, NotFound, NotSignedIn
from chalicelib.http import Access, Call, Routes

routes = Routes(__name__)
CURSOR = parameters.cursor()
_MINE = parameters.flag("mine", "`true` for those you organize, drafts too.")


@routes.get("/v1/competitions", access=Access.ANYONE, answer=responses.Competitions, query=(CURSOR, _MINE))
def list_all(call: Call[None]) -> responses.Competitions:
    """List competitions, newest first."""
    if not call.asked(_MINE):
        return showing.list_published(call.asked(CURSOR))
    if call.visitor is None:
        raise NotSignedIn("Sign in to see the competitions that you organize.")
    return showing.list_mine(call.visitor, call.asked(CURSOR))


@routes.post(
    "/v1/competitions",
    body=requests.BundleUpload,
    access=Access.SIGNED_IN,
    answer=responses.Import,
    status=202,
    errors=(Conflict, NotFound),
)
def create(call: Call[requests.BundleUpload]) -> responses.Import:
    """Import an uploaded bundle as a new competition."""
    return imports.create(call.account, call.body, call.now)


@routes.get("/v1/competitions/{competition}", access=Access.ANYONE, answer=responses.Competition)
def show(call: Call[None], competition: str) -> responses.Competition:
    """Show a competition with its phases."""
    return showing.show(competition, call.visitor, call.now)


@routes.get("/v1/competitions/{competition}/pages/{index}", access=Access.ANYONE, answer=responses.Page)
def show_page(call: Call[None], competition: str, index: str) -> responses.Page:
    """Show a page of a competition."""
    if not index.isdecimal():
        raise NotFound("Pages have numbers. The competition lists them.")
    return pages.show(competition, int(index), call.visitor)


@routes.get("/v1/competitions/{competition}/assets", access=Access.ANYONE, answer=responses.Assets)
def assets(call: Call[None], competition: str) -> responses.Assets:
    """List the files that a competition's pages link to."""
    return pages.assets(competition, call.visitor)


@routes.post(
    "/v1/competitions/{competition}/publish", access=Access.SIGNED_IN, answer=responses.Competition, errors=(NotAllowed,)
)
def publish(call: Call[None], competition: str) -> responses.Competition:
    """Put a competition on the public list."""
    return showing.publish(competition, True, call.account, call.now)


@routes.post(
    "/v1/competitions/{competition}/unpublish", access=Access.SIGNED_IN, answer=responses.Competition, errors=(NotAllowed,)
)
def unpublish(call: Call[None], competition: str) -> responses.Competition:
    """Take a competition off the public list."""
    return showing.publish(competition, False, call.account, call.now)
