"""Personal access tokens."""

from chalicelib import requests, responses
from chalicelib.actions.people import accounts
from chalicelib.errors import Conflict, NotAllowed
from chalicelib.http import Access, Call, Routes

routes = Routes(__name__)


@routes.post(
    "/v1/tokens",
    body=requests.NewToken,
    access=Access.SIGNED_IN,
    answer=responses.NewToken,
    status=201,
    errors=(Conflict, NotAllowed),
)
def create(call: Call[requests.NewToken]) -> responses.NewToken:
    """Make a personal access token, shown this once."""
    return accounts.create_token(call.account, call.body, call.now)


@routes.get("/v1/tokens", access=Access.SIGNED_IN, answer=responses.OwnTokens)
def list_all(call: Call[None]) -> responses.OwnTokens:
    """List your tokens with their last use, without their secrets."""
    return accounts.list_tokens(call.account)


@routes.delete("/v1/tokens/{token}", access=Access.SIGNED_IN, answer=responses.Empty)
def revoke(call: Call[None], token: str) -> responses.Empty:
    """Revoke a token of yours."""
    return accounts.revoke_token(call.account, token)
