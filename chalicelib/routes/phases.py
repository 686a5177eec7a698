"""Phases."""

from chalicelib import answers
from chalicelib.actions import phases
from chalicelib.http import Access, Call, Routes

routes = Routes(__name__)


@routes.get("/v1/phases/{phase}/handouts", access=Access.SIGNED_IN, answer=answers.Handouts)
def handouts(call: Call, phase: str) -> answers.Handouts:
    """Get download links for a phase's starting kit and public data."""
    return phases.handouts(phase, call.account)
