"""Queues' runner tokens."""

from chalicelib import answers, bodies
from chalicelib.actions import runners
from chalicelib.http import Access, Call, Routes

routes = Routes(__name__)
_PATH = "/v1/queues/{queue}/tokens"


@routes.post(_PATH, access=Access.ADMIN, body=bodies.NewToken, answer=answers.NewToken, status=201)
def create(call: Call, queue: str) -> answers.NewToken:
    """Make a token for runners of a queue, shown this once."""
    return runners.create_token(queue, call.body, call.now)


@routes.get(_PATH, access=Access.ADMIN, answer=answers.Tokens)
def list_all(call: Call, queue: str) -> answers.Tokens:
    """List a queue's runner tokens, without their secrets."""
    return runners.list_tokens(queue)


@routes.delete(f"{_PATH}/{{token}}", access=Access.ADMIN, answer=answers.Empty)
def revoke(call: Call, queue: str, token: str) -> answers.Empty:
    """Revoke a runner token."""
    return runners.revoke_token(queue, token)
