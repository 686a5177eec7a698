"""Code that participants share."""

from chalicelib import responses
from chalicelib.actions.submissions import sharing
from chalicelib.http import Access, Call, Routes, choice, cursor

routes = Routes(__name__)
_SHARED = "/v1/shared/{submission}"
_LIST = {
    "order": "`newest`, or `likes` for what people like, the most liked first.",
    "cursor": "The `next` of the former page.",
}


@routes.get("/v1/phases/{phase}/shared", access=Access.ANYONE, answer=responses.SharedCodes, query=_LIST)
def list_all(call: Call, phase: str) -> responses.SharedCodes:
    """List the code that participants of a phase share."""
    order = choice(call.query, "order", ("newest", "likes")) or "newest"
    return sharing.list_all(phase, order, call.account, cursor(call.query), call.now)


@routes.get(_SHARED, access=Access.ANYONE, answer=responses.SharedCode)
def show(call: Call, submission: str) -> responses.SharedCode:
    """Show shared code, and what it was started from."""
    return sharing.show(submission, call.account, call.now)


@routes.post(f"{_SHARED}/download", access=Access.SIGNED_IN, answer=responses.Download)
def fetch(call: Call, submission: str) -> responses.Download:
    """Get a download link for shared code. You are counted once."""
    return sharing.fetch(submission, call.account, call.now)


@routes.post(f"{_SHARED}/like", access=Access.SIGNED_IN, answer=responses.SharedCode)
def like(call: Call, submission: str) -> responses.SharedCode:
    """Like shared code of somebody else."""
    return sharing.like(submission, True, call.account, call.now)


@routes.delete(f"{_SHARED}/like", access=Access.SIGNED_IN, answer=responses.SharedCode)
def unlike(call: Call, submission: str) -> responses.SharedCode:
    """Take back that you like shared code."""
    return sharing.like(submission, False, call.account, call.now)
