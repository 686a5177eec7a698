"""Suppressions: addresses that take no mail any more."""

from chalicelib import parameters, responses
from chalicelib.actions.administration import suppressions
from chalicelib.http import Access, Call, Routes

routes = Routes(__name__)
CURSOR = parameters.cursor()


@routes.get("/v1/site/suppressions", access=Access.ADMIN, answer=responses.Suppressions, query=(CURSOR,))
def list_all(call: Call[None]) -> responses.Suppressions:
    """List the addresses to which nothing is sent, because mail bounced or its reader complained."""
    return suppressions.list_all(call.asked(CURSOR))


@routes.delete("/v1/site/suppressions/{digest}", access=Access.ADMIN, answer=responses.Empty)
def lift(call: Call[None], digest: str) -> responses.Empty:
    """Send mail to an address again."""
    return suppressions.lift(digest, call.account, call.now)
