"""Claiming: a runner is given the first submission in line that it can do. The message it has is a wake-up only."""

import random
from dataclasses import dataclass, replace
from datetime import datetime

from chalicelib import ids, requests, telemetry
from chalicelib.actions.queues.registries import for_job
from chalicelib.actions.queues.runners import Runner, check_protocol, check_token
from chalicelib.actions.runs import completion, jobs
from chalicelib.actions.runs.leases import ATTEMPT_PREFIX, LEASE
from chalicelib.contract import Capabilities, Fault, Job, Status
from chalicelib.errors import Conflict, NotFound, say
from chalicelib.store import table
from chalicelib.store.competitions.competitions import Competition, Phase, places_of_phase
from chalicelib.store.queues import queues
from chalicelib.store.queues.queues import Queue, Turn
from chalicelib.store.queues.registries import Registry
from chalicelib.store.runs import attempts, waiting_list
from chalicelib.store.submissions.submissions import Submission

#: How many of a line are read at first, and then at once: mostly the first one fits.
FIRST_LOOK, FURTHER_LOOK = 10, 100
#: How far down a line something that fits is looked for.
DEPTH = 1000
#: Runners that come at the same moment all want the first in line. So often one tries another.
TRIES = 6
_NOTHING = say("nothing_waits", "Nothing waits on this queue. Delete the message.")
_NO_TASK = say(
    "task_no_more", "The task of this submission is no more in its competition. Submit again, to a task that there is."
)


@dataclass(frozen=True)
class _ClaimContext:
    """The things that a claim depends on beside its submission. `parent` is that of one of several tasks."""

    competition: Competition
    phase: Phase
    parent: Submission | None
    serving: int
    queue: Queue | None
    login: Registry | None

    @property
    def is_sealed(self) -> bool:
        return self.queue is not None and bool(self.queue.sealed)


def claim(hint: str, runner: Runner, body: requests.Claim, now: datetime) -> Job | None:
    """Give a runner a Job, three calls; None when it should leave the message, whose submission is `hint`, to others.

    Raises NotSignedIn, Incompatible, and NotFound when nothing waits.
    """
    check_protocol(body.protocol)
    can = Capabilities.from_dict(body.capabilities.model_dump())
    fitting, others_wait = _look(runner.queue, can, body.protocol)
    if not fitting:
        fitting = _just_queued(hint, runner, can, body.protocol, others_wait, now)
    for tries in range(min(TRIES, len(fitting))):
        # In calm the very first; where several were after that one, a random one of ever more.
        submission = fitting.pop(random.randrange(min(2**tries, len(fitting))) if tries else 0)
        try:
            return _take(submission, runner, body.runner, now)
        except Conflict as error:
            telemetry.logger.info("not claimed", submission=submission.id, why=error.detail)
    return None


def _look(queue: str, can: Capabilities, protocol: int) -> tuple[list[Submission], bool]:
    """The first few in line that a runner can do, and whether anything waits at all."""
    after, seen, limit = None, 0, FIRST_LOOK
    while seen < DEPTH:
        page = waiting_list.first(queue, after, limit)
        seen += len(page)
        fitting = [submission for submission in page if submission.is_for(can, protocol)]
        if fitting or len(page) < limit:
            return fitting, seen > 0
        after, limit = page[-1].waiting_sk, FURTHER_LOOK
    return [], True


def _just_queued(
    hint: str, runner: Runner, can: Capabilities, protocol: int, others_wait: bool, now: datetime
) -> list[Submission]:
    """The submission of the message, which may be too new for the index. Raises NotFound, NotSignedIn."""
    token, submission = table.read(runner.token_key, Submission.at(hint))
    check_token(token, runner, now)
    if submission is not None and _waits_on(runner.queue, submission):
        if submission.is_for(can, protocol):
            return [submission]
        others_wait = True
    if others_wait:
        return []
    raise NotFound(_NOTHING)


def _waits_on(queue: str, submission: Submission) -> bool:
    return submission.queue == queue and submission.status == Status.SUBMITTED and not submission.is_parent


def _take(submission: Submission, runner: Runner, name: str, now: datetime) -> Job:
    """Claim one. Raises NotSignedIn, and Conflict when it cannot be had."""
    context = _context_of(submission, runner, now)
    competition, phase = context.competition, context.phase
    if submission.task not in competition.tasks:
        # Nobody can do it, and it must not stand in the way of those behind it.
        completion.fail(submission, Fault.ORGANIZER, _NO_TASK, now)
        raise Conflict(_NO_TASK)
    of_group = f"@{submission.group}" if submission.group else ""
    token = f"{ATTEMPT_PREFIX}{submission.phase}.{submission.competitor}{of_group}.{ids.secret()}"
    versions = {**jobs.versions(submission, competition, phase), "sealed": context.is_sealed}
    digest, lease_ends = ids.digest(token), now + LEASE
    attempts.claim(submission, context.parent, digest, name, versions, context.serving, now, lease_ends)
    telemetry.logger.info("submission claimed", submission=submission.id, attempt=int(submission.attempt))
    return _on_terms(jobs.build(submission, competition, phase, token, LEASE), context)


def _context_of(submission: Submission, runner: Runner, now: datetime) -> _ClaimContext:
    """One call. Raises NotSignedIn, and Conflict when the competition is gone."""
    of_phase, of_parent = places_of_phase(submission.phase), Submission.at(submission.parent or submission.id)
    of_queue, of_turn = Queue.at(runner.queue), Turn.serving(runner.queue)
    # A competition's own sign-in goes before its queue's.
    logins = Registry.of_competition(submission.competition), Registry.of_queue(runner.queue)
    found = table.read_all([runner.token_key, *of_phase, of_parent, of_queue, of_turn, *logins])
    check_token(found.get(runner.token_key), runner, now)
    competition, phase, queue = found.get(of_phase[0]), found.get(of_phase[1]), found.get(of_queue)
    if competition is None or phase is None:
        raise Conflict(say("its_competition_gone", "Its competition is gone."))
    return _ClaimContext(
        competition=competition,
        phase=phase,
        parent=found.get(of_parent) if submission.parent else None,
        serving=queues.turn_of(found.get(of_turn)),
        queue=queue,
        login=found.get(logins[0]) or found.get(logins[1]),
    )


def _on_terms(job: Job, context: _ClaimContext) -> Job:
    """The Job with what its queue makes of it, and the sign-in to a registry."""
    login, terms = context.login, queues.terms(context.queue)
    most = terms.max_time_limit_seconds
    return replace(
        job,
        steps=tuple(replace(step, time_limit_seconds=min(step.time_limit_seconds, most)) for step in job.steps),
        sealed=context.is_sealed,
        uploads={} if context.is_sealed else job.uploads,
        registry=for_job(login) if login else None,
        registries=terms.registries,
    )
