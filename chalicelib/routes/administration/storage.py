"""Storage: what is stored by whom, quotas, and the reviews of it."""

from chalicelib import parameters, requests, responses
from chalicelib.actions.administration import storage, storage_reviews
from chalicelib.errors import Conflict, NotAllowed
from chalicelib.http import Access, Call, Routes

routes = Routes(__name__)
CURSOR = parameters.cursor()
_HOLDERS = parameters.choice("holders", "Who stores it.", ("competition", "account"), "competition")
_SITE = "/v1/site/storage"
_OF_ACCOUNT = "/v1/site/accounts/{username}/storage"
_OF_COMPETITION = "/v1/competitions/{competition}/storage"


@routes.get("/v1/me/storage", access=Access.SIGNED_IN, answer=responses.Storage)
def show_mine(call: Call[None]) -> responses.Storage:
    """Tell what one stores oneself, how much one may, and what could be removed."""
    return storage.show_mine(call.account, call.now)


@routes.get(_OF_COMPETITION, access=Access.SIGNED_IN, answer=responses.Storage, errors=(NotAllowed,))
def show_competition(call: Call[None], competition: str) -> responses.Storage:
    """Tell what a competition stores, how much it may, and what could be removed."""
    return storage.show_competition(competition, call.account, call.now)


@routes.patch(_OF_COMPETITION, body=requests.SetQuota, access=Access.ADMIN, answer=responses.Storage)
def set_competition_quota(call: Call[requests.SetQuota], competition: str) -> responses.Storage:
    """Give a competition a quota of its own, as an administrator."""
    return storage.set_competition_quota(competition, call.body, call.account, call.now)


@routes.get(_OF_ACCOUNT, access=Access.ADMIN, answer=responses.Storage)
def show_account(call: Call[None], username: str) -> responses.Storage:
    """Tell what somebody stores, as an administrator."""
    return storage.show_account(username, call.now)


@routes.patch(_OF_ACCOUNT, body=requests.SetQuota, access=Access.ADMIN, answer=responses.Storage)
def set_account_quota(call: Call[requests.SetQuota], username: str) -> responses.Storage:
    """Give somebody a quota of their own, as an administrator."""
    return storage.set_account_quota(username, call.body, call.account, call.now)


@routes.get(_SITE, access=Access.ADMIN, answer=responses.SiteStorage, query=(_HOLDERS, CURSOR))
def show_site(call: Call[None]) -> responses.SiteStorage:
    """Tell who stores the most, the quotas of the site, and the newest reviews, as an administrator."""
    return storage.show_site(call.asked(_HOLDERS), call.asked(CURSOR))


@routes.patch(_SITE, body=requests.ChangeQuotas, access=Access.ADMIN, answer=responses.SiteStorage)
def change_quotas(call: Call[requests.ChangeQuotas]) -> responses.SiteStorage:
    """Change the quotas of those who have none of their own, as an administrator."""
    return storage.change_quotas(call.body, call.account, call.now)


@routes.get(f"{_SITE}/differences", access=Access.ADMIN, answer=responses.StorageDifferences, query=(CURSOR,))
def list_differences(call: Call[None]) -> responses.StorageDifferences:
    """List where the last review found something else than was counted, as an administrator."""
    return storage.list_differences(call.asked(CURSOR))


@routes.post(
    f"{_SITE}/reviews",
    body=requests.ReviewStorage,
    access=Access.ADMIN,
    answer=responses.StorageReview,
    status=202,
    errors=(Conflict,),
)
def review(call: Call[requests.ReviewStorage]) -> responses.StorageReview:
    """Compare what the buckets hold with what was counted, and set that right when asked to, as an administrator."""
    return storage_reviews.begin(call.body.mends, call.account, call.now)
