"""Judging by people."""

from chalicelib import answers, bodies
from chalicelib.actions import judging, juries
from chalicelib.http import Access, Call, Routes, cursor

routes = Routes(__name__)
_PHASE = "/v1/phases/{phase}/judging"
_CASE = "/v1/judging/{case}"
_LIST = {"cursor": "The `next` of the former page."}


@routes.get(f"{_PHASE}/next", access=Access.SIGNED_IN, answer=answers.NextCase)
def take_next(call: Call, phase: str) -> answers.NextCase:
    """Get the next output, or pair of outputs, to judge: for jurors, and the same until it is judged."""
    return judging.take_next(phase, call.account, call.now)


@routes.get(f"{_PHASE}/judgements", access=Access.SIGNED_IN, answer=answers.Judgements, query=_LIST)
def list_mine(call: Call, phase: str) -> answers.Judgements:
    """List your judgements in a phase, newest first."""
    return judging.list_mine(phase, call.account, cursor(call.query))


@routes.get(_CASE, access=Access.SIGNED_IN, answer=answers.Case)
def show(call: Call, case: str) -> answers.Case:
    """Show what you were given to judge, with your judgement."""
    return judging.show(case, call.account)


@routes.post(_CASE, access=Access.SIGNED_IN, body=bodies.Judge, answer=answers.Judgement)
def decide(call: Call, case: str) -> answers.Judgement:
    """Judge, or change your judgement, as long as judging goes on."""
    return judging.decide(case, call.body, call.account, call.now)


@routes.post(f"{_CASE}/pass", access=Access.SIGNED_IN, answer=answers.Empty)
def pass_over(call: Call, case: str) -> answers.Empty:
    """Leave what you were given to others: you know whose it is, or cannot judge it."""
    return judging.pass_over(case, call.account, call.now)


@routes.get(_PHASE, access=Access.SIGNED_IN, answer=answers.JudgingProgress)
def progress(call: Call, phase: str) -> answers.JudgingProgress:
    """Show how far a jury is and how far it agrees, for organizers."""
    return juries.progress(phase, call.account, call.now)


@routes.post(f"{_PHASE}/publish", access=Access.SIGNED_IN, answer=answers.Published)
def publish(call: Call, phase: str) -> answers.Published:
    """Put the scores of a jury's judgements on the leaderboard."""
    return juries.publish(phase, True, call.account, call.now)


@routes.post(f"{_PHASE}/unpublish", access=Access.SIGNED_IN, answer=answers.Published)
def unpublish(call: Call, phase: str) -> answers.Published:
    """Take the scores of a jury's judgements off the leaderboard."""
    return juries.publish(phase, False, call.account, call.now)
