"""Personal access tokens."""

from chalicelib import answers, bodies
from chalicelib.actions import accounts
from chalicelib.http import Access, Call, Routes

routes = Routes(__name__)


@routes.post("/v1/tokens", access=Access.SIGNED_IN, body=bodies.NewToken, answer=answers.NewToken, status=201)
def create(call: Call) -> answers.NewToken:
    """Make a personal access token, shown this once."""
    return accounts.create_token(call.account, call.body, call.now)


@routes.get("/v1/tokens", access=Access.SIGNED_IN, answer=answers.Tokens)
def list_all(call: Call) -> answers.Tokens:
    """List your tokens, without their secrets."""
    return accounts.list_tokens(call.account)


@routes.delete("/v1/tokens/{token}", access=Access.SIGNED_IN, answer=answers.Empty)
def revoke(call: Call, token: str) -> answers.Empty:
    """Revoke a token of yours."""
    return accounts.revoke_token(call.account, token)
