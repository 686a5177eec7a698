"""Jobs on many submissions of a phase, as its organizers follow them."""

from chalicelib import responses
from chalicelib.actions.competitions.permissions import check_organizer, visible_phase
from chalicelib.domain.people.accounts import Account
from chalicelib.store.background import phase_jobs
from chalicelib.store.background.phase_jobs import PhaseJob

#: How many of the newest jobs are listed.
LISTED = 20


def list_all(phase_id: str, account: Account) -> responses.PhaseJobs:
    """The newest migrations and re-runs of a phase, each with how far it is, or why not. Raises NotFound, NotAllowed."""
    competition, phase = visible_phase(phase_id, account)
    check_organizer(competition, account)
    return responses.PhaseJobs([_response(job) for job in phase_jobs.of_phase(phase.id, LISTED)])


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
