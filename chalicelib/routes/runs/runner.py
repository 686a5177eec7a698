"""The runner protocol (docs/protocol.md)."""

from typing import Any

from chalicelib import requests, responses
from chalicelib.actions.queues import runners
from chalicelib.actions.runs import claims, leases, unsealing
from chalicelib.contract import Job
from chalicelib.http import Access, Call, Routes
from chalicelib.requests import Release, Released

routes = Routes(__name__)
_JOB = "/v1/runner/jobs/{submission}"


@routes.post("/v1/runner/session", access=Access.RUNNER, body=requests.StartSession, answer=responses.RunnerSession)
def session(call: Call) -> responses.RunnerSession:
    """Exchange a queue's runner token for credentials to that queue."""
    return runners.start_session(call.runner, call.body, call.now)


@routes.post("/v1/runner/presence", access=Access.RUNNER, body=requests.Presence, answer=responses.Presence)
def presence(call: Call) -> responses.Presence:
    """Tell that a runner is there, and learn what it could do."""
    return runners.note_presence(call.runner, call.body, call.now)


@routes.post(f"{_JOB}/claim", access=Access.RUNNER, body=requests.Claim, answer=Job)
def claim(call: Call, submission: str) -> dict[str, Any]:
    """Claim what waits: the first submission in line that fits, whosever message the runner has."""
    return claims.claim(submission, call.runner, call.body, call.now)


@routes.post(f"{_JOB}/heartbeat", access=Access.ATTEMPT, body=requests.Heartbeat, answer=responses.Beat)
def heartbeat(call: Call, submission: str) -> responses.Beat:
    """Extend the lease, and learn whether to go on."""
    return leases.heartbeat(submission, call.attempt, call.body, call.now)


@routes.post(f"{_JOB}/uploads", access=Access.ATTEMPT, answer=responses.FreshUploads)
def uploads(call: Call, submission: str) -> responses.FreshUploads:
    """Get fresh upload URLs for a long job."""
    return leases.fresh_uploads(submission, call.attempt)


@routes.post(f"{_JOB}/finish", access=Access.ATTEMPT, body=requests.Finish, answer=responses.NewStatus)
def finish(call: Call, submission: str) -> responses.NewStatus:
    """End an attempt with its outcome."""
    return leases.finish(submission, call.attempt, call.body, call.now)


@routes.post(f"{_JOB}/abort", access=Access.ATTEMPT, body=requests.Abort, answer=responses.NewStatus)
def abort(call: Call, submission: str) -> responses.NewStatus:
    """Give an attempt back that could not be finished."""
    return leases.abort(submission, call.attempt, call.body, call.now)


@routes.post(f"{_JOB}/release", access=Access.RUNNER, body=Release, answer=responses.FreshUploads)
def release(call: Call, submission: str) -> responses.FreshUploads:
    """Get upload URLs for what a sealed job left, once it is released."""
    return unsealing.begin(submission, call.runner, call.body, call.now)


@routes.post(f"{_JOB}/released", access=Access.RUNNER, body=Released, answer=responses.Empty)
def released(call: Call, submission: str) -> responses.Empty:
    """Tell what of a released job was sent."""
    return unsealing.end(submission, call.runner, call.body, call.now)
