"""Queueing: which queue a competition's submissions wait on, at which turn, and the wake-ups for its runners."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from chalicelib import responses
from chalicelib.aws import messages
from chalicelib.contract import Capabilities, Status
from chalicelib.domain.queues import scheduling
from chalicelib.errors import Conflict, say
from chalicelib.store import table
from chalicelib.store.competitions.competitions import Competition, Phase
from chalicelib.store.queues import queues
from chalicelib.store.queues.queues import Queue, Turn, queue_of
from chalicelib.store.runs import waiting_list
from chalicelib.store.submissions.submissions import Submission
from chalicelib.store.table import Found, Place

#: How far down its line a submission's place is counted.
MAX_PLACE = 1000
#: Which queues each competition had when this process last looked: a guess that saves a call, and is never believed.
_guesses: dict[str, tuple[str, ...]] = {}
_MAX_GUESSES = 10_000
_CLOSED = say(
    "queue_closed",
    "The queue that runs this competition's submissions is closed to its organizers. They must choose another one.",
)


def counters(competition_id: str) -> list[Place[Any]]:
    """The counters that `enqueue` looks at, for who knows no more of a competition than its id."""
    guessed = _guesses.get(competition_id, (queues.DEFAULT,))
    return [place for queue in guessed for place in _places(queue, competition_id)]


def set_apart(competition: Competition, phase: Phase, *made: Submission) -> None:
    """Before they are lined up: what nobody runs waits on no queue."""
    for submission in made:
        if not is_run(competition, phase, str(submission.task)):
            submission.queue = queues.NONE


def enqueue(competition: Competition, group: str | None, found: Found, *made: Submission) -> None:
    """Before they are stored: have submissions wait on their competition's queue or their group's, one turn after the other.

    `found` has what there was of `counters`; when the guess was wrong, that is read again. Raises Conflict when the
    competition may use its queue no more. What was set apart is left so.
    """
    waiting = [submission for submission in made if submission.queue != queues.NONE]
    if not waiting:
        return
    queue_id = queue_of(competition, group)
    places = _places(queue_id, competition.id)
    if not {*places} <= {*counters(competition.id)}:
        found = table.read_all(places)
    _remember(competition.id, tuple(sorted(queues.queues_of(competition))))
    serving_at, latest_at, queue_at = places
    queue = queues.read(queue_id, found.get(queue_at))
    if queue is None or not any(queues.is_usable(queue, organizer) for organizer in competition.organizer_ids):
        raise Conflict(_CLOSED)
    serving, latest = queues.turn_of(found.get(serving_at)), queues.turn_of(found.get(latest_at))
    for submission in waiting:
        latest = scheduling.next_turn(serving, latest)
        submission.wait_on(queue_id, latest)
        submission.requires = _required(competition, submission.task)


def is_run(competition: Competition, phase: Phase, task: str) -> bool:
    """False where people alone judge what was handed in: no runner is needed, and none is given it."""
    return not phase.settings.accepts_only_result_submissions or "scoring_program" in competition.tasks[task]["files"]


def wake(*submissions: Submission) -> None:
    """Wake a runner for each, of the queue that it waits on; or the function that takes what nobody runs."""
    for submission in submissions:
        if submission.queue == queues.NONE:
            messages.send_unrun(submission.id)
        else:
            messages.send_job(submission.queue, submission.id)


def standing(queued: Sequence[Submission], now: datetime) -> responses.Standing | None:
    """The place in line of a submission, or of the first of its tasks: two calls; None when nothing of it waits."""
    waiting = [one for one in queued if one.status == Status.SUBMITTED and one.queue != queues.NONE]
    if not waiting:
        return None
    submission = min(waiting, key=lambda one: int(one.turn))
    place = waiting_list.ahead_of(submission, MAX_PLACE) + 1
    alive = [runner for runner in queues.runners_of(submission.queue) if queues.is_alive(runner, now)]
    has = [(Capabilities.from_dict(runner.capabilities), int(runner.protocol)) for runner in alive]
    able = [one for one in has if submission.is_for(*one)]
    return responses.Standing(place, len(able))


def _required(competition: Competition, task: str) -> dict[str, Any] | None:
    levels = [competition.settings.requires, competition.tasks.get(task, {}).get("requires")]
    asked = scheduling.together(*(Capabilities.from_dict(level or {}) for level in levels))
    return None if asked == Capabilities() else asked.to_dict()


def _places(queue: str, competition_id: str) -> tuple[Place[Turn], Place[Turn], Place[Queue]]:
    return Turn.serving(queue), Turn.latest(queue, competition_id), Queue.at(queue)


def _remember(competition_id: str, found: tuple[str, ...]) -> None:
    if len(_guesses) >= _MAX_GUESSES:
        _guesses.clear()
    _guesses[competition_id] = found
