"""Code that participants share."""

from chalicelib import parameters, responses
from chalicelib.actions.submissions import sharing
from chalicelib.errors import Conflict, NotAllowed
from chalicelib.http import Access, Call, Routes

routes = Routes(__name__)
CURSOR = parameters.cursor()
_ORDER = parameters.choice(
    "order", "`newest`, or `likes` for what people like, the most liked first.", ("newest", "likes"), default="newest"
)
_SHARED = "/v1/shared/{submission}"


@routes.get("/v1/phases/{phase}/shared", access=Access.ANYONE, answer=responses.SharedCodes, query=(_ORDER, CURSOR))
def list_all(call: Call[None], phase: str) -> responses.SharedCodes:
    """List the code that participants of a phase share."""
    order = call.asked(_ORDER)
    return sharing.list_all(phase, order, call.visitor, call.asked(CURSOR), call.now)


@routes.get(_SHARED, access=Access.ANYONE, answer=responses.SharedCode)
def show(call: Call[None], submission: str) -> responses.SharedCode:
    """Show shared code, and what it was started from."""
    return sharing.show(submission, call.visitor, call.now)


@routes.post(f"{_SHARED}/download", access=Access.SIGNED_IN, answer=responses.Download, errors=(Conflict,))
def fetch(call: Call[None], submission: str) -> responses.Download:
    """Get a download link for shared code. You are counted once."""
    return sharing.fetch(submission, call.account, call.now)


@routes.post(f"{_SHARED}/like", access=Access.SIGNED_IN, answer=responses.SharedCode, errors=(Conflict, NotAllowed))
def like(call: Call[None], submission: str) -> responses.SharedCode:
    """Like shared code of somebody else."""
    return sharing.like(submission, True, call.account, call.now)


@routes.delete(f"{_SHARED}/like", access=Access.SIGNED_IN, answer=responses.SharedCode, errors=(Conflict, NotAllowed))
def unlike(call: Call[None], submission: str) -> responses.SharedCode:
    """Take back that you like shared code."""
    return sharing.like(submission, False, call.account, call.now)
