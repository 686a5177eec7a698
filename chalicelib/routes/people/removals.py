"""Accounts that end: removed by their owners or by administrators, or merged into another one."""

from chalicelib import parameters, requests, responses
from chalicelib.actions.administration import account_mergers, removals
from chalicelib.errors import Conflict, NotAllowed, QuotaExceeded
from chalicelib.http import Access, Call, Routes
from chalicelib.routes.people.accounts import SOLUTION

routes = Routes(__name__)
_OWN = "/v1/me/removal"
_REMOVAL = "/v1/site/accounts/{username}/removal"
_MERGER = "/v1/site/accounts/{username}/merger"
_INTO = parameters.line("into", "The user name of the account that goes on.", most=40)


@routes.get(_OWN, access=Access.SIGNED_IN, answer=responses.Departure)
def preview(call: Call[None]) -> responses.Departure:
    """Show what stays and what goes when you remove your account, and what is in the way."""
    return removals.preview(call.account)


@routes.post(
    _OWN,
    body=requests.RemoveOwnAccount,
    access=Access.SIGNED_IN,
    query=(SOLUTION,),
    answer=responses.Departure,
    status=202,
    errors=(Conflict, NotAllowed, QuotaExceeded),
)
def remove(call: Call[requests.RemoveOwnAccount]) -> responses.Departure:
    """Remove your account, by your password. Nobody signs in with it from now on, and it does not come back."""
    return removals.order(call.body, call.account, call.origin, call.asked(SOLUTION), call.now)


@routes.get(_REMOVAL, access=Access.ADMIN, answer=responses.Departure)
def preview_of(call: Call[None], username: str) -> responses.Departure:
    """Show what stays and what goes of an account that is removed, and how far that is, as an administrator."""
    return removals.preview_of(username)


@routes.post(
    _REMOVAL,
    body=requests.RemoveAccount,
    access=Access.ADMIN,
    answer=responses.Departure,
    status=202,
    errors=(Conflict, QuotaExceeded),
)
def remove_for(call: Call[requests.RemoveAccount], username: str) -> responses.Departure:
    """Remove an account on request, as an administrator."""
    return removals.order_for(username, call.body, call.account, call.now)


@routes.get(_MERGER, access=Access.ADMIN, answer=responses.Departure, query=(_INTO,))
def preview_merger(call: Call[None], username: str) -> responses.Departure:
    """Show what becomes of an account that is merged into another, and what is in the way, as an administrator."""
    return account_mergers.preview(username, call.asked(_INTO))


@routes.post(
    _MERGER,
    body=requests.MergeAccount,
    access=Access.ADMIN,
    answer=responses.Departure,
    status=202,
    errors=(Conflict, QuotaExceeded),
)
def merge(call: Call[requests.MergeAccount], username: str) -> responses.Departure:
    """Merge an account into another one of the same person, as an administrator."""
    return account_mergers.order(username, call.body, call.account, call.now)
