"""The runner protocol (docs/protocol.md)."""

from chalicelib import requests, responses
from chalicelib.actions.queues import runners
from chalicelib.actions.runs import claims, leases, unsealing
from chalicelib.contract import Job
from chalicelib.errors import Conflict, Incompatible
from chalicelib.http import Access, Call, Routes
from chalicelib.requests import Release, Released

routes = Routes(__name__)
_JOB = "/v1/runner/jobs/{submission}"


@routes.post(
    "/v1/runner/session",
    body=requests.StartSession,
    access=Access.RUNNER,
    answer=responses.RunnerSession,
    errors=(Incompatible,),
)
def session(call: Call[requests.StartSession]) -> responses.RunnerSession:
    """Exchange a queue's runner token for credentials to that queue."""
    return runners.start_session(call.runner, call.body, call.now)


@routes.post("/v1/runner/presence", body=requests.Presence, access=Access.RUNNER, answer=responses.Presence)
def presence(call: Call[requests.Presence]) -> responses.Presence:
    """Tell that a runner is there, and learn what it could do."""
    return runners.note_presence(call.runner, call.body, call.now)


@routes.post(
    f"{_JOB}/claim",
    body=requests.Claim,
    access=Access.RUNNER,
    answer=Job,
    errors=(Incompatible,),
    may_be_empty="What waits does not fit this runner, or others were faster: leave the message to them.",
)
def claim(call: Call[requests.Claim], submission: str) -> Job | None:
    """Claim what waits: the first submission in line that fits, whosever message the runner has."""
    return claims.claim(submission, call.runner, call.body, call.now)


@routes.post(f"{_JOB}/heartbeat", body=requests.Heartbeat, access=Access.ATTEMPT, answer=responses.Beat, errors=(Conflict,))
def heartbeat(call: Call[requests.Heartbeat], submission: str) -> responses.Beat:
    """Extend the lease, and learn whether to go on."""
    return leases.heartbeat(submission, call.attempt, call.body, call.now)


@routes.post(f"{_JOB}/uploads", access=Access.ATTEMPT, answer=responses.FreshUploads, errors=(Conflict,))
def uploads(call: Call[None], submission: str) -> responses.FreshUploads:
    """Get fresh upload URLs for a long job."""
    return leases.fresh_uploads(submission, call.attempt)


@routes.post(f"{_JOB}/finish", body=requests.Finish, access=Access.ATTEMPT, answer=responses.NewStatus, errors=(Conflict,))
def finish(call: Call[requests.Finish], submission: str) -> responses.NewStatus:
    """End an attempt with its outcome."""
    return leases.finish(submission, call.attempt, call.body, call.now)


@routes.post(f"{_JOB}/abort", body=requests.Abort, access=Access.ATTEMPT, answer=responses.NewStatus, errors=(Conflict,))
def abort(call: Call[requests.Abort], submission: str) -> responses.NewStatus:
    """Give an attempt back that could not be finished."""
    return leases.abort(submission, call.attempt, call.body, call.now)


@routes.post(f"{_JOB}/release", body=Release, access=Access.RUNNER, answer=responses.FreshUploads)
def release(call: Call[Release], submission: str) -> responses.FreshUploads:
    """Get upload URLs for what a sealed job left, once it is released."""
    return unsealing.begin(submission, call.runner, call.body, call.now)


@routes.post(f"{_JOB}/released", body=Released, access=Access.RUNNER, answer=responses.Empty, errors=(Conflict,))
def released(call: Call[Released], submission: str) -> responses.Empty:
    """Tell what of a released job was sent."""
    return unsealing.end(submission, call.runner, call.body, call.now)
