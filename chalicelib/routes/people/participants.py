"""Participants."""

from chalicelib import requests, responses
from chalicelib.actions.people import participants
from chalicelib.http import Access, Call, Routes, cursor

routes = Routes(__name__)
_PATH = "/v1/competitions/{competition}/participants"
_LIST = {"cursor": "The `next` of the former page."}


@routes.post(_PATH, access=Access.SIGNED_IN, body=requests.Join, answer=responses.Participant, status=201)
def join(call: Call, competition: str) -> responses.Participant:
    """Join a competition, agreeing to its terms."""
    return participants.join(competition, call.account, call.now)


@routes.get(_PATH, access=Access.SIGNED_IN, answer=responses.Participants, query=_LIST)
def list_all(call: Call, competition: str) -> responses.Participants:
    """List a competition's participants, for its organizers."""
    return participants.list_all(competition, call.account, cursor(call.query))


@routes.patch(f"{_PATH}/{{user}}", access=Access.SIGNED_IN, body=requests.Decide, answer=responses.Participant)
def decide(call: Call, competition: str, user: str) -> responses.Participant:
    """Approve or deny a participant."""
    return participants.decide(competition, user, call.body.status, call.account)
