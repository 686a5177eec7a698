"""Queues of runners, and the tokens that runners show."""

from chalicelib import requests, responses
from chalicelib.actions.queues import queues, runners
from chalicelib.http import Access, Call, Routes, cursor, flag

routes = Routes(__name__)
_SIGNED_IN = {"access": Access.SIGNED_IN}
_LIST = {
    "cursor": "The `next` of the former page.",
    "public": "`true` for what everybody may use.",
    "shared": "`true` for what others share with you.",
}
_QUEUE = "/v1/queues/{queue}"
_TOKENS = f"{_QUEUE}/tokens"


@routes.post("/v1/queues", **_SIGNED_IN, body=requests.NewQueue, answer=responses.Queue, status=201)
def make(call: Call) -> responses.Queue:
    """Make a queue for runners of your own."""
    return queues.create(call.account, call.body, call.now)


@routes.get("/v1/queues", **_SIGNED_IN, answer=responses.Queues, query=_LIST)
def list_queues(call: Call) -> responses.Queues:
    """List your queues, those shared with you, or the public ones, newest first."""
    before = cursor(call.query)
    if flag(call.query, "shared"):
        return queues.list_shared(call.account, before)
    return queues.list_public(before) if flag(call.query, "public") else queues.list_mine(call.account, before)


@routes.get(_QUEUE, **_SIGNED_IN, answer=responses.QueueInFull)
def show(call: Call, queue: str) -> responses.QueueInFull:
    """Show a queue: what waits on it, and to its owner who serves it."""
    return queues.show(queue, call.account, call.now)


@routes.patch(_QUEUE, **_SIGNED_IN, body=requests.ChangeQueue, answer=responses.Queue)
def change(call: Call, queue: str) -> responses.Queue:
    """Change what is said of a queue, or who may use it."""
    return queues.change(queue, call.account, call.body)


@routes.delete(_QUEUE, **_SIGNED_IN, answer=responses.Empty)
def remove(call: Call, queue: str) -> responses.Empty:
    """Remove a queue that nothing uses."""
    return queues.remove(queue, call.account, call.now)


@routes.post(_TOKENS, **_SIGNED_IN, body=requests.NewToken, answer=responses.NewToken, status=201)
def create(call: Call, queue: str) -> responses.NewToken:
    """Make a token for runners of a queue, shown this once."""
    return runners.create_token(queue, call.account, call.body, call.now)


@routes.get(_TOKENS, **_SIGNED_IN, answer=responses.Tokens)
def list_all(call: Call, queue: str) -> responses.Tokens:
    """List a queue's runner tokens, without their secrets."""
    return runners.list_tokens(queue, call.account)


@routes.delete(f"{_TOKENS}/{{token}}", **_SIGNED_IN, answer=responses.Empty)
def revoke(call: Call, queue: str, token: str) -> responses.Empty:
    """Revoke a runner token."""
    return runners.revoke_token(queue, call.account, token)
