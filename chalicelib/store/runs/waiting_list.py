"""Waiting lists: what waits on each queue, in the order in which it is served.

The index runs behind the table by moments, so who takes something off the list does it on a condition.
"""

from chalicelib.store.patience import patiently
from chalicelib.store.queues import queues
from chalicelib.store.submissions.submissions import Submission


def first(queue: str, after: str | None, limit: int) -> list[Submission]:
    """The items that wait on a queue, the first to be served first: those after the `waiting_sk` of one that was
    looked at."""
    later = Submission.waiting_sk > after if after else None
    return patiently(lambda: list(Submission.waiting.query(queues.waiting_key(queue), later, limit=limit)))


def facts(queue: str, most: int) -> list[Submission]:
    """Of what waits on a queue, at most so many: whose each is and since when it waits, and nothing else."""
    key, wanted = queues.waiting_key(queue), ["kind", "competition", "created_at", "queued_at", "waiting_sk"]
    return patiently(lambda: list(Submission.waiting.query(key, limit=most, page_size=1000, attributes_to_get=wanted)))


def ahead_of(submission: Submission, most: int) -> int:
    """The number of those that wait before this one on its queue, counted up to `most`."""
    key, earlier = queues.waiting_key(submission.queue), Submission.waiting_sk < submission.place
    return patiently(lambda: int(Submission.waiting.count(key, earlier, limit=most)))
