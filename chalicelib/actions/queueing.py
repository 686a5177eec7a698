"""Queueing: which queue a competition's submissions wait on, at which turn, and the wake-ups for its runners."""

from collections.abc import Mapping

from chalicelib.aws import queues as messages
from chalicelib.domain import queues as rules
from chalicelib.store import queues, table
from chalicelib.store.competitions import Competition
from chalicelib.store.submissions import Submission


def counters(competition_id: str) -> tuple[table.Key, table.Key]:
    """The counters that `line_up` needs, for who knows no more of a competition than its id."""
    return _counters(queues.DEFAULT, competition_id)


def line_up(competition: Competition, found: Mapping[table.Key, table.Item], *made: Submission) -> None:
    """Before they are stored: have submissions wait on their competition's queue, one turn after the other.

    `found` has what there was of `counters`.
    """
    queue = queues.DEFAULT
    serving, latest = (queues.turn_of(found.get(key)) for key in _counters(queue, competition.id))
    for submission in made:
        latest = rules.next_turn(serving, latest)
        submission.line_up(queue, latest)


def wake(*submissions: Submission) -> None:
    """Wake a runner for each, of the queue that it waits on."""
    for submission in submissions:
        messages.send_job(submission.id)


def _counters(queue: str, competition_id: str) -> tuple[table.Key, table.Key]:
    return queues.serving_key(queue), queues.latest_key(queue, competition_id)
