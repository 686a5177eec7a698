"""The runner protocol (docs/protocol.md)."""

from typing import Any

from chalicelib import answers, bodies
from chalicelib.actions import claims, releases, runners, runs
from chalicelib.bodies import Release, Released
from chalicelib.contract import Job
from chalicelib.http import Access, Call, Routes

routes = Routes(__name__)
_JOB = "/v1/runner/jobs/{submission}"


@routes.post("/v1/runner/session", access=Access.RUNNER, body=bodies.StartSession, answer=answers.RunnerSession)
def session(call: Call) -> answers.RunnerSession:
    """Exchange a queue's runner token for credentials to that queue."""
    return runners.start_session(call.runner, call.body, call.now)


@routes.post("/v1/runner/presence", access=Access.RUNNER, body=bodies.Presence, answer=answers.Presence)
def presence(call: Call) -> answers.Presence:
    """Tell that a runner is there, and learn what it could do."""
    return runners.note_presence(call.runner, call.body, call.now)


@routes.post(f"{_JOB}/claim", access=Access.RUNNER, body=bodies.Claim, answer=Job)
def claim(call: Call, submission: str) -> dict[str, Any]:
    """Claim what waits: the first submission in line that fits, whosever message the runner has."""
    return claims.claim(submission, call.runner, call.body, call.now)


@routes.post(f"{_JOB}/heartbeat", access=Access.ATTEMPT, body=bodies.Heartbeat, answer=answers.Beat)
def heartbeat(call: Call, submission: str) -> answers.Beat:
    """Extend the lease, and learn whether to go on."""
    return runs.heartbeat(submission, call.attempt, call.body, call.now)


@routes.post(f"{_JOB}/uploads", access=Access.ATTEMPT, answer=answers.FreshUploads)
def uploads(call: Call, submission: str) -> answers.FreshUploads:
    """Get fresh upload URLs for a long job."""
    return runs.fresh_uploads(submission, call.attempt)


@routes.post(f"{_JOB}/finish", access=Access.ATTEMPT, body=bodies.Finish, answer=answers.NewStatus)
def finish(call: Call, submission: str) -> answers.NewStatus:
    """End an attempt with its outcome."""
    return runs.finish(submission, call.attempt, call.body, call.now)


@routes.post(f"{_JOB}/abort", access=Access.ATTEMPT, body=bodies.Abort, answer=answers.NewStatus)
def abort(call: Call, submission: str) -> answers.NewStatus:
    """Give an attempt back that could not be finished."""
    return runs.abort(submission, call.attempt, call.body, call.now)


@routes.post(f"{_JOB}/release", access=Access.RUNNER, body=Release, answer=answers.FreshUploads)
def release(call: Call, submission: str) -> answers.FreshUploads:
    """Get upload URLs for what a sealed job left, once it is released."""
    return releases.begin(submission, call.runner, call.body, call.now)


@routes.post(f"{_JOB}/released", access=Access.RUNNER, body=Released, answer=answers.Empty)
def released(call: Call, submission: str) -> answers.Empty:
    """Tell what of a released job was sent."""
    return releases.end(submission, call.runner, call.body, call.now)
