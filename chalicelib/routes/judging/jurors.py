"""Juries."""

from chalicelib import parameters, requests, responses
from chalicelib.actions.judging import jurors
from chalicelib.errors import Conflict, NotAllowed
from chalicelib.http import Access, Call, Routes

routes = Routes(__name__)
CURSOR = parameters.cursor()
_PATH = "/v1/competitions/{competition}/jurors"


@routes.post(
    _PATH, body=requests.Named, access=Access.SIGNED_IN, answer=responses.Juror, status=201, errors=(Conflict, NotAllowed)
)
def invite(call: Call[requests.Named], competition: str) -> responses.Juror:
    """Invite somebody to judge a competition's submissions, by their user name."""
    return jurors.invite(competition, call.body.username, call.account, call.now)


@routes.get(_PATH, access=Access.SIGNED_IN, answer=responses.Jurors, errors=(NotAllowed,))
def list_all(call: Call[None], competition: str) -> responses.Jurors:
    """List a competition's jury, for its organizers."""
    return jurors.list_all(competition, call.account)


@routes.patch(
    f"{_PATH}/{{user}}", body=requests.ChangeJuror, access=Access.SIGNED_IN, answer=responses.Juror, errors=(NotAllowed,)
)
def set_status(call: Call[requests.ChangeJuror], competition: str, user: str) -> responses.Juror:
    """Count a juror's judgements, or exclude them."""
    return jurors.set_status(competition, user, call.body.status, call.account, call.now)


@routes.delete(f"{_PATH}/{{user}}", access=Access.SIGNED_IN, answer=responses.Empty, errors=(NotAllowed,))
def remove(call: Call[None], competition: str, user: str) -> responses.Empty:
    """Take somebody off a jury. What they have judged counts."""
    return jurors.remove(competition, user, call.account, call.now)


@routes.get("/v1/juries", access=Access.SIGNED_IN, answer=responses.Juries, query=(CURSOR,))
def list_mine(call: Call[None]) -> responses.Juries:
    """List the juries that you are on."""
    return jurors.list_mine(call.account, call.asked(CURSOR))
