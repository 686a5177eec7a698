"""Claiming: a runner is given the first submission in line that it can do. The message it has is a wake-up only."""

import random
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from chalicelib import ids, requests, telemetry
from chalicelib.actions.queues.runners import Runner, check_token
from chalicelib.actions.runs import completion, jobs
from chalicelib.actions.runs.leases import ATTEMPT_PREFIX, LEASE
from chalicelib.contract import Capabilities, Fault, Job, Registry, Status
from chalicelib.domain.queues import scheduling
from chalicelib.errors import Conflict, NotFound
from chalicelib.store import table
from chalicelib.store.competitions import competitions
from chalicelib.store.competitions.competitions import Competition, Phase
from chalicelib.store.queues import queues, registries
from chalicelib.store.queues.queues import Queue
from chalicelib.store.runs import attempts, waiting_list
from chalicelib.store.submissions import submissions
from chalicelib.store.submissions.submissions import Submission

#: How many of a line are read at first, and then at once: mostly the first one fits.
FIRST_LOOK, FURTHER_LOOK = 10, 100
#: How far down a line something that fits is looked for.
DEPTH = 1000
#: Runners that come at the same moment all want the first in line. So often one tries another.
TRIES = 6
_NOTHING = "Nothing waits on this queue. Delete the message."
_NO_TASK = "The task of this submission is no more in its competition. Submit again, to a task that there is."


def claim(hint: str, runner: Runner, body: requests.Claim, now: datetime) -> dict[str, Any] | None:
    """Give a runner a Job, three calls; None when it should leave the message, whose submission is `hint`, to others.

    Raises NotSignedIn, and NotFound when nothing waits.
    """
    can = Capabilities.from_dict(body.capabilities.model_dump())
    fitting, others_wait = _look(runner.queue, can)
    if not fitting:
        fitting = _just_queued(hint, runner, can, others_wait, now)
    for tries in range(min(TRIES, len(fitting))):
        # In calm the very first; where several were after that one, a random one of ever more.
        submission = fitting.pop(random.randrange(min(2**tries, len(fitting))) if tries else 0)
        try:
            return _take(submission, runner, body.runner, now)
        except Conflict as error:
            telemetry.logger.info("not claimed", submission=submission.id, why=error.detail)
    return None


def _look(queue: str, can: Capabilities) -> tuple[list[Submission], bool]:
    """The first few in line that a runner can do, and whether anything waits at all."""
    after, seen, limit = None, 0, FIRST_LOOK
    while seen < DEPTH:
        page = waiting_list.first(queue, after, limit)
        seen += len(page)
        fitting = [submission for submission in page if scheduling.fits(submission.required, can)]
        if fitting or len(page) < limit:
            return fitting, seen > 0
        after, limit = page[-1].waiting_sk, FURTHER_LOOK
    return [], True


def _just_queued(hint: str, runner: Runner, can: Capabilities, others_wait: bool, now: datetime) -> list[Submission]:
    """The submission of the message, which may be too new for the index. Raises NotFound, NotSignedIn."""
    key = submissions.key(hint)
    found = table.fetch(runner.token_key, key)
    check_token(found.get(runner.token_key), runner, now)
    submission = found.get(key)
    if isinstance(submission, Submission) and _waits_on(runner.queue, submission):
        if scheduling.fits(submission.required, can):
            return [submission]
        others_wait = True
    if others_wait:
        return []
    raise NotFound(_NOTHING)


def _waits_on(queue: str, submission: Submission) -> bool:
    return submission.queue == queue and submission.status == Status.SUBMITTED and not submission.is_parent


def _take(submission: Submission, runner: Runner, name: str, now: datetime) -> dict[str, Any]:
    """Claim one. Raises NotSignedIn, and Conflict when it cannot be had."""
    competition_key, phase_key = competitions.key(submission.competition), competitions.phase_key(submission.phase)
    serving, parent_key = queues.serving_key(runner.queue), submissions.key(submission.parent or submission.id)
    terms = queues.key(runner.queue), registries.competition_key(submission.competition), registries.queue_key(runner.queue)
    found = table.fetch(runner.token_key, competition_key, phase_key, serving, parent_key, *terms)
    check_token(found.get(runner.token_key), runner, now)
    competition, phase = found.get(competition_key), found.get(phase_key)
    if not isinstance(competition, Competition) or not isinstance(phase, Phase):
        raise Conflict("Its competition is gone.")
    if submission.task not in competition.tasks:
        # Nobody can do it, and it must not stand in the way of those behind it.
        completion.fail(submission, Fault.ORGANIZER, _NO_TASK, now)
        raise Conflict(_NO_TASK)
    token = f"{ATTEMPT_PREFIX}{submission.phase}.{submission.competitor}.{ids.secret()}"
    queue, *logins = (found.get(key) for key in terms)
    versions = {**jobs.versions(submission, competition, phase), "sealed": isinstance(queue, Queue) and bool(queue.sealed)}
    turn = queues.turn_of(found.get(serving))
    parent = found.get(parent_key) if submission.parent else None
    whole = parent if isinstance(parent, Submission) else None
    attempts.claim(submission, whole, ids.digest(token), name, versions, turn, now, now + LEASE)
    telemetry.logger.info("submission claimed", submission=submission.id, attempt=int(submission.attempt))
    job = jobs.build(submission, competition, phase, token, LEASE)
    return _on_terms(job, versions["sealed"], logins).to_dict()


def _on_terms(job: Job, sealed: bool, logins: Sequence[table.Item | None]) -> Job:
    """The Job with what its queue makes of it, and the sign-in to a registry: the competition's own, else the queue's."""
    stored = next((login for login in logins if isinstance(login, registries.Registry)), None)
    registry = Registry(stored.server, stored.username, stored.password) if stored else None
    return replace(job, sealed=sealed, uploads={} if sealed else job.uploads, registry=registry)
