"""The second step of a sign-in."""

from chalicelib import parameters, requests, responses
from chalicelib.actions.people import second_steps
from chalicelib.errors import Conflict, NotAllowed, QuotaExceeded
from chalicelib.http import Access, Call, Routes
from chalicelib.routes.people.accounts import SOLUTION

routes = Routes(__name__)
_REASON = parameters.line("reason", "Why; it stands in the audit log.", most=1000)
_PATH = "/v1/me/second-step"


@routes.get(_PATH, access=Access.SIGNED_IN, answer=responses.SecondStep)
def show(call: Call[None]) -> responses.SecondStep:
    """Tell whether your sign-in asks for a code of an authenticator."""
    return second_steps.show(call.account)


@routes.post(
    _PATH,
    body=requests.BeginSecondStep,
    access=Access.SIGNED_IN,
    query=(SOLUTION,),
    answer=responses.NewSecondStep,
    status=201,
    errors=(Conflict, NotAllowed, QuotaExceeded),
)
def begin(call: Call[requests.BeginSecondStep]) -> responses.NewSecondStep:
    """Make a secret for an authenticator, by your password. Show a code of it next: until then nothing changes."""
    return second_steps.begin(call.body, call.account, call.access_token, call.origin, call.asked(SOLUTION), call.now)


@routes.patch(
    _PATH,
    body=requests.TurnOnSecondStep,
    access=Access.SIGNED_IN,
    answer=responses.SecondStep,
    errors=(NotAllowed, QuotaExceeded),
)
def turn_on(call: Call[requests.TurnOnSecondStep]) -> responses.SecondStep:
    """Have your sign-in ask for a code of the authenticator, of whose secret you show one."""
    return second_steps.turn_on(call.body, call.account, call.access_token)


@routes.post(
    f"{_PATH}/off",
    body=requests.TurnOffSecondStep,
    access=Access.SIGNED_IN,
    query=(SOLUTION,),
    answer=responses.SecondStep,
    errors=(NotAllowed, QuotaExceeded),
)
def turn_off(call: Call[requests.TurnOffSecondStep]) -> responses.SecondStep:
    """Have your sign-in ask for no code any more, by your password and a code."""
    return second_steps.turn_off(call.body, call.account, call.origin, call.asked(SOLUTION), call.now)


@routes.delete(
    "/v1/site/accounts/{username}/second-step",
    access=Access.ADMIN,
    answer=responses.SecondStep,
    query=(_REASON,),
    errors=(QuotaExceeded,),
)
def turn_off_for(call: Call[None], username: str) -> responses.SecondStep:
    """Have an account's sign-in ask for no code, as an administrator: its owner has lost the authenticator."""
    return second_steps.turn_off_for(username, call.asked(_REASON), call.account, call.now)
