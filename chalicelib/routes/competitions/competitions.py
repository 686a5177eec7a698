"""Competitions."""

from chalicelib import parameters, requests, responses
from chalicelib.actions.administration import competition_removals
from chalicelib.actions.bundles import imports
from chalicelib.actions.competitions import pages, showing
from chalicelib.actions.discovery import searching
from chalicelib.actions.people import links
from chalicelib.domain.discovery.catalogue import Sort, Sought
from chalicelib.errors import Conflict, Invalid, NotAllowed, NotFound, say
from chalicelib.http import Access, Call, Routes

routes = Routes(__name__)
CURSOR = parameters.cursor()
LINK = parameters.secret("Agon-Link", "The token of a draft's secret link.")
_MINE = parameters.flag("mine", "`true` for those you organize, drafts too.")
_JOINED = parameters.flag("joined", "`true` for those you take part in, or have asked to.")
_SEARCH = parameters.text("search", "Words of its title, tags, organizer or description, or how they begin.", most=200)
_OPEN = parameters.flag("open", "`true` for those that have begun and have not ended.")
_REWARD = parameters.flag("reward", "`true` for those where there is something to be won.")
_FEATURED = parameters.flag("featured", "`true` for those that administrators point to.")
_ARCHIVED = parameters.flag("archived", "`true` for those that are there to be read alone; others leave these out.")
_SORT = parameters.choice("sort", "The order; without it by relevance for `search`, else the newest first.", list(Sort))
_TYPED = parameters.text("slug", "The competition's slug, typed once more: what is deleted does not come back.", most=80)
_LISTED = (CURSOR, _MINE, _JOINED, _SEARCH, _OPEN, _REWARD, _FEATURED, _ARCHIVED, _SORT)


@routes.get("/v1/competitions", access=Access.ANYONE, answer=responses.Competitions, query=_LISTED, shared=True)
def list_all(call: Call[None]) -> responses.Competitions:
    """List competitions, or search them."""
    sort, text = call.asked(_SORT), call.asked(_SEARCH)
    wanted = call.asked(_OPEN), call.asked(_REWARD), call.asked(_FEATURED)
    sought = Sought(text or "", *wanted, Sort(sort) if sort else None, call.asked(_ARCHIVED))
    mine, joined, after = call.asked(_MINE), call.asked(_JOINED), call.asked(CURSOR)
    return searching.list_some(sought, mine, joined, call.visitor, after, call.now)


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


@routes.get("/v1/competitions/{competition}", access=Access.ANYONE, answer=responses.Competition, query=(LINK,), shared=True)
def show(call: Call[None], competition: str) -> responses.Competition:
    """Show a competition with its phases."""
    return showing.show(competition, call.visitor, call.now, call.asked(LINK))


@routes.delete(
    "/v1/competitions/{competition}",
    access=Access.SIGNED_IN,
    answer=responses.Empty,
    query=(_TYPED,),
    errors=(Conflict, Invalid, NotAllowed),
)
def delete(call: Call[None], competition: str) -> responses.Empty:
    """Delete a competition that is not published, with all that was handed in to it, as its owner."""
    return competition_removals.order(competition, call.asked(_TYPED), call.account, call.now)


@routes.get(
    "/v1/competitions/{competition}/pages/{index}",
    access=Access.ANYONE,
    answer=responses.Page,
    query=(LINK,),
    errors=(NotAllowed,),
)
def show_page(call: Call[None], competition: str, index: str) -> responses.Page:
    """Show a page of a competition."""
    if not index.isdecimal():
        raise NotFound(say("page_numbers", "Pages have numbers. The competition lists them."))
    return pages.show(competition, int(index), call.visitor, call.asked(LINK), call.now)


@routes.get("/v1/competitions/{competition}/assets", access=Access.ANYONE, answer=responses.Assets, query=(LINK,))
def assets(call: Call[None], competition: str) -> responses.Assets:
    """List the files that a competition's pages link to."""
    return pages.assets(competition, call.visitor, call.asked(LINK), call.now)


@routes.post(
    "/v1/competitions/{competition}/publish",
    access=Access.SIGNED_IN,
    answer=responses.Competition,
    errors=(NotAllowed, Conflict),
)
def publish(call: Call[None], competition: str) -> responses.Competition:
    """Put a competition on the public list, or have it wait for approval where the site wants that."""
    return showing.publish(competition, True, call.account, call.now)


@routes.post(
    "/v1/competitions/{competition}/unpublish",
    access=Access.SIGNED_IN,
    answer=responses.Competition,
    errors=(NotAllowed, Conflict),
)
def unpublish(call: Call[None], competition: str) -> responses.Competition:
    """Take a competition off the public list."""
    return showing.publish(competition, False, call.account, call.now)


@routes.post(
    "/v1/competitions/{competition}/link", access=Access.SIGNED_IN, answer=responses.SecretLink, errors=(NotAllowed,)
)
def make_link(call: Call[None], competition: str) -> responses.SecretLink:
    """Make a draft's secret link, in the place of the former one."""
    return links.make(competition, call.account, call.now)


@routes.delete("/v1/competitions/{competition}/link", access=Access.SIGNED_IN, answer=responses.Empty, errors=(NotAllowed,))
def revoke_link(call: Call[None], competition: str) -> responses.Empty:
    """Have a draft's secret link open nothing any more."""
    return links.revoke(competition, call.account, call.now)
