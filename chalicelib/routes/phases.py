"""Phases."""

from chalicelib import answers
from chalicelib.actions import phases, submitting
from chalicelib.http import Access, Call, Routes

routes = Routes(__name__)


@routes.get("/v1/phases/{phase}/handouts", access=Access.SIGNED_IN, answer=answers.Handouts)
def handouts(call: Call, phase: str) -> answers.Handouts:
    """Get download links for a phase's starting kit and public data."""
    return phases.handouts(phase, call.account)


@routes.get("/v1/phases/{phase}/quota", access=Access.SIGNED_IN, answer=answers.Quota)
def quota(call: Call, phase: str) -> answers.Quota:
    """Tell what is left of your limits in a phase, and when the next attempt opens."""
    return submitting.quota(phase, call.account, call.now)
