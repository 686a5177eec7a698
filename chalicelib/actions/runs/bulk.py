"""One verb on several submissions of a phase: to each by itself, and of each that it was not done to, why."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

from chalicelib import requests, responses
from chalicelib.actions.competitions.permissions import check_organizer, visible_phase
from chalicelib.actions.runs import failing, reruns
from chalicelib.actions.submissions import removal
from chalicelib.deadlines import NO_TIME_LEFT
from chalicelib.domain.people.accounts import Account
from chalicelib.errors import AgonError, Conflict, NotFound
from chalicelib.store import table
from chalicelib.store.competitions.competitions import Competition, Phase
from chalicelib.store.submissions.submissions import NOT_IN_PHASE, Submission, check_not_child

#: A call of the API lives for 29 seconds, and must answer what was done.
PATIENCE = timedelta(seconds=20)
Verb = Callable[[Submission, Competition], object]


def rerun(phase_id: str, body: requests.Bulk, account: Account, now: datetime) -> responses.BulkResult:
    """Run several again, as their organizer. Raises NotFound, NotAllowed."""
    return _each(phase_id, body, account, now, lambda one, of: reruns.repeat(one, of, account, now), as_organizer=True)


def start(phase_id: str, body: requests.Bulk, account: Account, now: datetime) -> responses.BulkResult:
    """Queue several that wait for their organizers. Raises NotFound, NotAllowed."""
    return _each(phase_id, body, account, now, lambda one, of: reruns.begin(one, of, account, now), as_organizer=True)


def fail(phase_id: str, body: requests.BulkFail, account: Account, now: datetime) -> responses.BulkResult:
    """Mark several as failed, as their organizer. Raises NotFound, NotAllowed."""
    return _each(phase_id, body, account, now, lambda one, _: failing.mark(one.id, body, account, now), as_organizer=True)


def cancel(phase_id: str, body: requests.Bulk, account: Account, now: datetime) -> responses.BulkResult:
    """Cancel several, each of them one's own or as its organizer. Raises NotFound."""
    return _each(phase_id, body, account, now, lambda one, _: reruns.stop(one.id, account, now))


def delete(phase_id: str, body: requests.Bulk, account: Account, now: datetime) -> responses.BulkResult:
    """Delete several of one's own for good, or withdraw somebody's as their organizer. Raises NotFound."""
    return _each(phase_id, body, account, now, lambda one, _: removal.delete(one.id, account, now))


def _each(
    phase_id: str, body: requests.Bulk, account: Account, now: datetime, verb: Verb, as_organizer: bool = False
) -> responses.BulkResult:
    competition, phase = visible_phase(phase_id, account)
    if as_organizer:
        check_organizer(competition, account)
    wanted = list(dict.fromkeys(body.submissions))
    there = table.read_all(map(Submission.at, wanted))
    refused: dict[str, str] = {}
    for id_ in wanted:
        try:
            if datetime.now(UTC) > now + PATIENCE:
                raise Conflict(NO_TIME_LEFT)
            verb(_one_of(phase, there.get(Submission.at(id_))), competition)
        except AgonError as error:
            refused[id_] = error.detail
    return responses.BulkResult([id_ for id_ in wanted if id_ not in refused], refused)


def _one_of(phase: Phase, submission: Submission | None) -> Submission:
    """A submission of the phase, and not one task of it. Raises NotFound, Conflict."""
    if submission is None or submission.phase != phase.id or submission.purged:
        raise NotFound(NOT_IN_PHASE)
    check_not_child(submission)
    return submission
