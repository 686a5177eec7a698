"""Lines: what waits on each queue, in the order in which it is served.

The index runs behind the table by moments, so who takes something out of a line does it on a condition.
"""

from chalicelib.store.queues import queues
from chalicelib.store.submissions.submissions import Submission


def first(queue: str, after: str | None, limit: int) -> list[Submission]:
    """What waits on a queue, the first to be served first: those after the `waiting_sk` of one that was looked at."""
    later = Submission.waiting_sk > after if after else None
    return list(Submission.waiting.query(queues.waiting_key(queue), later, limit=limit))


def facts(queue: str, most: int) -> list[Submission]:
    """Of what waits on a queue, at most so many: whose each is and since when it waits, and nothing else."""
    wanted = ["kind", "competition", "created_at", "waiting_sk"]
    return list(Submission.waiting.query(queues.waiting_key(queue), limit=most, page_size=1000, attributes_to_get=wanted))


def ahead_of(submission: Submission, most: int) -> int:
    """How many wait before this one on its queue, counted up to `most`."""
    earlier = Submission.waiting_sk < submission.place
    return int(Submission.waiting.count(queues.waiting_key(submission.queue), earlier, limit=most))
