"""Background jobs on a phase's submissions, as its organizers follow them."""

from chalicelib import responses
from chalicelib.actions.competitions.permissions import check_sees_all, visible_phase
from chalicelib.domain.people.accounts import Account
from chalicelib.store.background import phase_jobs
from chalicelib.store.background.phase_jobs import PhaseJob
from chalicelib.store.submissions import retention
from chalicelib.store.submissions.retention import RetentionRequest

#: How many of the newest jobs are listed.
LISTED = 20


def list_all(phase_id: str, account: Account) -> responses.PhaseJobs:
    """The newest migrations and re-runs of a phase, each with how far it is, or why not; and whose submissions are still
    to be looked through for retention. Raises NotFound, NotAllowed.
    """
    competition, phase = visible_phase(phase_id, account)
    check_sees_all(competition, account)
    return responses.PhaseJobs(
        [_response(job) for job in phase_jobs.of_phase(phase.id, LISTED)],
        [_retention(request) for request in retention.of_phase(phase.id, LISTED)],
    )


def _response(job: PhaseJob) -> responses.PhaseJob:
    return responses.PhaseJob(
        id=job.id,
        work=job.work,  # type: ignore[arg-type]
        status=job.status,  # type: ignore[arg-type]
        done=int(job.done),
        reason=job.reason or "",
        refused=job.refused or "",
        created_at=job.created_at,
    )


def _retention(request: RetentionRequest) -> responses.RetentionRequest:
    return responses.RetentionRequest(
        competitor=request.competitor_name or request.competitor,
        status=request.status,  # type: ignore[arg-type]
        reason=request.reason or "",
        created_at=request.created_at,
    )
