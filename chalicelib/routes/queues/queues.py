"""Queues of runners, and the tokens that runners show."""

from chalicelib import parameters, requests, responses
from chalicelib.actions.queues import queues, runners
from chalicelib.errors import Conflict, NotAllowed, QuotaExceeded
from chalicelib.http import Access, Call, Routes

routes = Routes(__name__)
CURSOR = parameters.cursor()
_PUBLIC = parameters.flag("public", "`true` for what everybody may use.")
_SHARED = parameters.flag("shared", "`true` for what others share with you.")
_QUEUE = "/v1/queues/{queue}"
_TOKENS = f"{_QUEUE}/tokens"


@routes.post(
    "/v1/queues",
    body=requests.NewQueue,
    access=Access.SIGNED_IN,
    answer=responses.Queue,
    status=201,
    errors=(QuotaExceeded,),
)
def make(call: Call[requests.NewQueue]) -> responses.Queue:
    """Make a queue for runners of your own."""
    return queues.create(call.account, call.body, call.now)


@routes.get("/v1/queues", access=Access.SIGNED_IN, answer=responses.Queues, query=(CURSOR, _SHARED, _PUBLIC))
def list_queues(call: Call[None]) -> responses.Queues:
    """List your queues, those shared with you, or the public ones, newest first."""
    before = call.asked(CURSOR)
    if call.asked(_SHARED):
        return queues.list_shared(call.account, before)
    return queues.list_public(before) if call.asked(_PUBLIC) else queues.list_mine(call.account, before)


@routes.get(_QUEUE, access=Access.SIGNED_IN, answer=responses.QueueInFull)
def show(call: Call[None], queue: str) -> responses.QueueInFull:
    """Show a queue: what waits on it, and to its owner who serves it."""
    return queues.show(queue, call.account, call.now)


@routes.patch(
    _QUEUE, body=requests.ChangeQueue, access=Access.SIGNED_IN, answer=responses.Queue, errors=(Conflict, NotAllowed)
)
def change(call: Call[requests.ChangeQueue], queue: str) -> responses.Queue:
    """Change what is said of a queue, or who may use it."""
    return queues.change(queue, call.account, call.body, call.now)


@routes.delete(_QUEUE, access=Access.SIGNED_IN, answer=responses.Empty, errors=(Conflict, NotAllowed))
def remove(call: Call[None], queue: str) -> responses.Empty:
    """Remove a queue that nothing uses."""
    return queues.remove(queue, call.account, call.now)


@routes.post(
    _TOKENS, body=requests.NewToken, access=Access.SIGNED_IN, answer=responses.NewToken, status=201, errors=(NotAllowed,)
)
def create(call: Call[requests.NewToken], queue: str) -> responses.NewToken:
    """Make a token for runners of a queue, shown this once."""
    return runners.create_token(queue, call.account, call.body, call.now)


@routes.get(_TOKENS, access=Access.SIGNED_IN, answer=responses.Tokens, errors=(NotAllowed,))
def list_all(call: Call[None], queue: str) -> responses.Tokens:
    """List a queue's runner tokens, without their secrets."""
    return runners.list_tokens(queue, call.account)


@routes.delete(f"{_TOKENS}/{{token}}", access=Access.SIGNED_IN, answer=responses.Empty, errors=(NotAllowed,))
def revoke(call: Call[None], queue: str, token: str) -> responses.Empty:
    """Revoke a runner token."""
    return runners.revoke_token(queue, call.account, token, call.now)
