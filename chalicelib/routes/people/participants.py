"""Participants."""

from chalicelib import parameters, requests, responses
from chalicelib.actions.people import audit_log, extra_attempts, participant_table, participants
from chalicelib.domain.people.participation import Wanted
from chalicelib.errors import Conflict, NotAllowed, QuotaExceeded
from chalicelib.http import Access, Call, Routes

routes = Routes(__name__)
LINK = parameters.secret("Agon-Link", "The token of a draft's secret link.")
CURSOR = parameters.cursor()
_STATUS = parameters.choice("status", "Those of one status alone.", ("approved", "pending", "denied"))
_SEARCH = parameters.text("search", "Those alone in whose name, or whose team's name, this stands.", most=100)
_GROUP = parameters.text("group", "Those alone in the group with this key.", most=40)
_PHASE = parameters.text("phase", "The id of the phase whose attempts are told; else of the one that began last.", most=80)
_PATH = "/v1/competitions/{competition}/participants"


@routes.post(
    _PATH,
    body=requests.Join,
    access=Access.SIGNED_IN,
    answer=responses.Participant,
    status=201,
    query=(LINK,),
    errors=(Conflict, NotAllowed, QuotaExceeded),
)
def join(call: Call[requests.Join], competition: str) -> responses.Participant:
    """Join a competition, agreeing to its terms."""
    return participants.join(competition, call.body, call.account, call.asked(LINK), call.now)


@routes.post(
    "/v1/competitions/{competition}/terms/accept",
    body=requests.AcceptTerms,
    access=Access.SIGNED_IN,
    answer=responses.Participant,
    errors=(Conflict, NotAllowed),
)
def accept_terms(call: Call[requests.AcceptTerms], competition: str) -> responses.Participant:
    """Accept a competition's terms that have changed since one joined."""
    return participants.accept_terms(competition, call.body.version, call.account)


@routes.get(
    _PATH,
    access=Access.SIGNED_IN,
    answer=responses.Participants,
    query=(CURSOR, _STATUS, _SEARCH, _GROUP, _PHASE),
    errors=(NotAllowed,),
)
def list_all(call: Call[None], competition: str) -> responses.Participants:
    """List a competition's participants and what each has done in a phase, for its organizers."""
    wanted = Wanted(call.asked(_STATUS), call.asked(_SEARCH), call.asked(_GROUP))
    return participant_table.show(competition, wanted, call.asked(_PHASE), call.account, call.asked(CURSOR), call.now)


@routes.post(
    f"{_PATH}/exports",
    body=requests.ExportParticipants,
    access=Access.SIGNED_IN,
    answer=responses.Download,
    errors=(NotAllowed,),
)
def export(call: Call[requests.ExportParticipants], competition: str) -> responses.Download:
    """Export a competition's participants to a file of CSV, for its organizers."""
    return participant_table.export(competition, call.body, call.account, call.now)


@routes.patch(
    f"{_PATH}/{{user}}",
    body=requests.Decide,
    access=Access.SIGNED_IN,
    answer=responses.Participant,
    errors=(Conflict, NotAllowed),
)
def decide(call: Call[requests.Decide], competition: str, user: str) -> responses.Participant:
    """Approve or deny a participant, with a reason that they read."""
    return participants.decide(competition, user, call.body, call.account, call.now)


@routes.post(
    f"{_PATH}/decide",
    body=requests.DecideMany,
    access=Access.SIGNED_IN,
    answer=responses.BulkResult,
    errors=(NotAllowed,),
)
def decide_many(call: Call[requests.DecideMany], competition: str) -> responses.BulkResult:
    """Approve or deny several participants, with a reason that they read."""
    return participants.decide_many(competition, call.body, call.account, call.now)


@routes.post(
    f"{_PATH}/{{user}}/attempts",
    body=requests.GiveAttempts,
    access=Access.SIGNED_IN,
    answer=responses.ExtraAttempts,
    errors=(Conflict, NotAllowed),
)
def give_attempts(call: Call[requests.GiveAttempts], competition: str, user: str) -> responses.ExtraAttempts:
    """Give a participant attempts beside a phase's limits, with a reason."""
    return extra_attempts.give(competition, user, call.body, call.account, call.now)


@routes.get(
    "/v1/competitions/{competition}/audit",
    access=Access.SIGNED_IN,
    answer=responses.AuditLog,
    query=(CURSOR,),
    errors=(NotAllowed,),
)
def list_audit(call: Call[None], competition: str) -> responses.AuditLog:
    """List what organizers decided about participants, newest first."""
    return audit_log.list_all(competition, call.account, call.asked(CURSOR))
