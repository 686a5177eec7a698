"""Juries."""

from chalicelib import requests, responses
from chalicelib.actions.judging import jurors
from chalicelib.http import Access, Call, Routes, cursor

routes = Routes(__name__)
_PATH = "/v1/competitions/{competition}/jurors"
_LIST = {"cursor": "The `next` of the former page."}


@routes.post(_PATH, access=Access.SIGNED_IN, body=requests.Named, answer=responses.Juror, status=201)
def invite(call: Call, competition: str) -> responses.Juror:
    """Invite somebody to judge a competition's submissions, by their user name."""
    return jurors.invite(competition, call.body.username, call.account, call.now)


@routes.get(_PATH, access=Access.SIGNED_IN, answer=responses.Jurors)
def list_all(call: Call, competition: str) -> responses.Jurors:
    """List a competition's jury, for its organizers."""
    return jurors.list_all(competition, call.account)


@routes.patch(f"{_PATH}/{{user}}", access=Access.SIGNED_IN, body=requests.ChangeJuror, answer=responses.Juror)
def set_status(call: Call, competition: str, user: str) -> responses.Juror:
    """Count a juror's judgements, or exclude them."""
    return jurors.set_status(competition, user, call.body.status, call.account, call.now)


@routes.delete(f"{_PATH}/{{user}}", access=Access.SIGNED_IN, answer=responses.Empty)
def remove(call: Call, competition: str, user: str) -> responses.Empty:
    """Take somebody off a jury. What they have judged counts."""
    return jurors.remove(competition, user, call.account)


@routes.get("/v1/juries", access=Access.SIGNED_IN, answer=responses.Juries, query=_LIST)
def list_mine(call: Call) -> responses.Juries:
    """List the juries that you are on."""
    return jurors.list_mine(call.account, cursor(call.query))
