"""Failures in the background."""

from chalicelib import parameters, responses
from chalicelib.actions.background import failures
from chalicelib.http import Access, Call, Routes

routes = Routes(__name__)
_PATH = "/v1/site/failures"
CURSOR = parameters.cursor()


@routes.get(_PATH, access=Access.ADMIN, answer=responses.SweepFailures, query=(CURSOR,))
def list_all(call: Call[None]) -> responses.SweepFailures:
    """List what came to nothing in the background, as an administrator."""
    return failures.list_all(call.asked(CURSOR))


@routes.post(f"{_PATH}/{{failure}}/retry", access=Access.ADMIN, answer=responses.Empty)
def retry(call: Call[None], failure: str) -> responses.Empty:
    """Have something tried again within a minute, as an administrator."""
    return failures.retry(failure, call.account, call.now)
