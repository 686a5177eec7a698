"""Federation: the signed list of this site, and those of sites that are trusted."""

from chalice.app import Response

from chalicelib import parameters, requests, responses
from chalicelib.actions.discovery import federation, publishing
from chalicelib.answers import text_response
from chalicelib.errors import Conflict
from chalicelib.http import Access, Call, Routes

routes = Routes(__name__)
_SEARCH = parameters.text("search", "Words of its title, tags, organizer or description, or how they begin.", most=200)
_TEXT = "text/plain"


@routes.get("/v1/federation/key", access=Access.ANYONE, answer=responses.FederationKey)
def key(call: Call[None]) -> responses.FederationKey:
    """Tell the key that this site signs its list with."""
    return publishing.key(call.now)


@routes.post("/v1/federation/key", access=Access.ADMIN, answer=responses.FederationKey)
def follow(call: Call[None]) -> responses.FederationKey:
    """Sign with a new key, which the former one signs."""
    return publishing.follow(call.account, call.now)


@routes.get("/v1/federation/competitions", access=Access.ANYONE, answer=str, media=(_TEXT,))
def document(call: Call[None]) -> Response:
    """Tell the public competitions of this site as a signed list, for other sites."""
    return text_response(publishing.document(call.root, call.now), _TEXT, None, "public, max-age=60")


@routes.get("/v1/federation/entries", access=Access.ANYONE, answer=responses.ForeignCompetitions, query=(_SEARCH,))
def entries(call: Call[None]) -> responses.ForeignCompetitions:
    """List competitions of other sites, or search them."""
    return federation.list_entries(call.asked(_SEARCH), call.now)


@routes.get("/v1/federation/sites", access=Access.ADMIN, answer=responses.TrustedSites)
def sites(call: Call[None]) -> responses.TrustedSites:
    """List the sites that are trusted."""
    return federation.list_sites(call.now)


@routes.post(
    "/v1/federation/sites",
    body=requests.TrustSite,
    access=Access.ADMIN,
    answer=responses.TrustedSite,
    status=201,
    errors=(Conflict,),
)
def trust(call: Call[requests.TrustSite]) -> responses.TrustedSite:
    """Trust a site, with the key that it signs with."""
    return federation.trust(call.body, call.account, call.now)


@routes.delete("/v1/federation/sites/{site}", access=Access.ADMIN, answer=responses.Empty)
def distrust(call: Call[None], site: str) -> responses.Empty:
    """Trust a site no more."""
    return federation.distrust(site, call.account, call.now)
