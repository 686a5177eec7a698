"""Phases."""

from chalicelib import parameters, requests, responses
from chalicelib.actions.competitions import phases
from chalicelib.actions.runs import determinism, phase_jobs
from chalicelib.actions.submissions import migration, submitting
from chalicelib.errors import Conflict, NotAllowed
from chalicelib.http import Access, Call, Routes

routes = Routes(__name__)
CURSOR = parameters.cursor("The former page's `next`.")
_SOURCE = parameters.text("source", "The phase that submissions come from.")
_GROUP = parameters.text("group", "The key of your group whose limits are told, if you are in several.", most=40)
_RULE = parameters.choice("rule", "`last` or `best`.", ("last", "best"))
_MIGRATION = "/v1/phases/{phase}/migration"
_DETERMINISM = "/v1/phases/{phase}/determinism"


@routes.get("/v1/phases/{phase}/handouts", access=Access.SIGNED_IN, answer=responses.Handouts, errors=(NotAllowed,))
def handouts(call: Call[None], phase: str) -> responses.Handouts:
    """Get download links for a phase's starting kit and public data."""
    return phases.handouts(phase, call.account)


@routes.get(
    "/v1/phases/{phase}/quota",
    access=Access.SIGNED_IN,
    answer=responses.Quota,
    query=(_GROUP,),
    errors=(NotAllowed,),
)
def quota(call: Call[None], phase: str) -> responses.Quota:
    """Tell what is left of your limits in a phase, and when the next attempt opens."""
    return submitting.quota(phase, call.asked(_GROUP), call.account, call.now)


@routes.get(
    _MIGRATION,
    access=Access.SIGNED_IN,
    answer=responses.Migration,
    query=(_SOURCE, _RULE, CURSOR),
    errors=(Conflict, NotAllowed),
)
def preview_migration(call: Call[None], phase: str) -> responses.Migration:
    """Show which submissions would go along into a phase, for organizers."""
    source, rule = call.asked(_SOURCE), call.asked(_RULE)
    return migration.preview(phase, source, rule, call.account, call.asked(CURSOR), call.now)


@routes.post(
    _MIGRATION,
    body=requests.Migrate,
    access=Access.SIGNED_IN,
    answer=responses.Empty,
    status=202,
    errors=(Conflict, NotAllowed),
)
def migrate(call: Call[requests.Migrate], phase: str) -> responses.Empty:
    """Have submissions go along into a phase, as an organizer."""
    return migration.order(phase, call.body, call.account, call.now)


@routes.post(
    _DETERMINISM,
    body=requests.CheckDeterminism,
    access=Access.SIGNED_IN,
    answer=responses.Determinism,
    status=202,
    errors=(Conflict, NotAllowed),
)
def check_determinism(call: Call[requests.CheckDeterminism], phase: str) -> responses.Determinism:
    """Repeat the best submissions of a phase, as its organizer, to see whether they come to the same scores."""
    return determinism.begin(phase, call.body, call.account, call.now)


@routes.get(_DETERMINISM, access=Access.SIGNED_IN, answer=responses.Determinism, errors=(NotAllowed,))
def show_determinism(call: Call[None], phase: str) -> responses.Determinism:
    """Show what the latest check of a phase's determinism came to, for organizers."""
    return determinism.show(phase, call.account)


@routes.get("/v1/phases/{phase}/jobs", access=Access.SIGNED_IN, answer=responses.PhaseJobs, errors=(NotAllowed,))
def list_jobs(call: Call[None], phase: str) -> responses.PhaseJobs:
    """List the newest migrations and re-runs of a phase and its retention, with how far each is or why it failed."""
    return phase_jobs.list_all(phase, call.account)
