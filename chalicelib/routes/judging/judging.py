"""Judging by people."""

from chalicelib import parameters, requests, responses
from chalicelib.actions.judging import deciding, oversight
from chalicelib.errors import Conflict, NotAllowed
from chalicelib.http import Access, Call, Routes

routes = Routes(__name__)
CURSOR = parameters.cursor()
_PHASE = "/v1/phases/{phase}/judging"
_CASE = "/v1/judging/{case}"


@routes.get(f"{_PHASE}/next", access=Access.SIGNED_IN, answer=responses.NextCase, errors=(Conflict, NotAllowed))
def take_next(call: Call[None], phase: str) -> responses.NextCase:
    """Get the next output, or pair of outputs, to judge: for jurors, and the same until it is judged."""
    return deciding.take_next(phase, call.account, call.now)


@routes.get(
    f"{_PHASE}/judgements", access=Access.SIGNED_IN, answer=responses.Judgements, query=(CURSOR,), errors=(NotAllowed,)
)
def list_mine(call: Call[None], phase: str) -> responses.Judgements:
    """List your judgements in a phase, newest first."""
    return deciding.list_mine(phase, call.account, call.asked(CURSOR))


@routes.get(_CASE, access=Access.SIGNED_IN, answer=responses.Case, errors=(NotAllowed,))
def show(call: Call[None], case: str) -> responses.Case:
    """Show what you were given to judge, with your judgement."""
    return deciding.show(case, call.account)


@routes.post(_CASE, body=requests.Judge, access=Access.SIGNED_IN, answer=responses.Judgement, errors=(Conflict, NotAllowed))
def decide(call: Call[requests.Judge], case: str) -> responses.Judgement:
    """Judge, or change your judgement, as long as judging goes on."""
    return deciding.decide(case, call.body, call.account, call.now)


@routes.post(f"{_CASE}/pass", access=Access.SIGNED_IN, answer=responses.Empty, errors=(Conflict, NotAllowed))
def pass_over(call: Call[None], case: str) -> responses.Empty:
    """Leave what you were given to others: you know whose it is, or cannot judge it."""
    return deciding.pass_over(case, call.account, call.now)


@routes.get(_PHASE, access=Access.SIGNED_IN, answer=responses.JudgingProgress, errors=(NotAllowed,))
def progress(call: Call[None], phase: str) -> responses.JudgingProgress:
    """Show how far a jury is and how far it agrees, for organizers."""
    return oversight.progress(phase, call.account, call.now)


@routes.post(f"{_PHASE}/publish", access=Access.SIGNED_IN, answer=responses.Published, errors=(Conflict, NotAllowed))
def publish(call: Call[None], phase: str) -> responses.Published:
    """Put the scores of a jury's judgements on the leaderboard."""
    return oversight.publish(phase, True, call.account, call.now)


@routes.post(f"{_PHASE}/unpublish", access=Access.SIGNED_IN, answer=responses.Published, errors=(Conflict, NotAllowed))
def unpublish(call: Call[None], phase: str) -> responses.Published:
    """Take the scores of a jury's judgements off the leaderboard."""
    return oversight.publish(phase, False, call.account, call.now)
