"""Retention requests: background jobs, each to look through what one participant or team has in a phase.

A request that is done is removed, so that those which wait, run or failed are all that there are.
"""

from contextlib import suppress
from datetime import datetime

from pynamodb.attributes import NumberAttribute, UnicodeAttribute
from pynamodb.expressions.update import Action

from chalicelib.store import table, writes
from chalicelib.store.background import jobs
from chalicelib.store.background.jobs import BackgroundJob
from chalicelib.store.table import Place
from chalicelib.store.writes import ConditionFailed, Transaction


class RetentionRequest(BackgroundJob, discriminator="clearing"):
    """A phase, and a participant or team of whom a submission has ended. `asked`: how often since it was done."""

    phase = UnicodeAttribute()
    competitor = UnicodeAttribute(attr_name="unit")
    competitor_name = UnicodeAttribute(null=True)
    asked = NumberAttribute(default=0)

    @classmethod
    def at(cls, phase: str, competitor: str) -> Place["RetentionRequest"]:
        """The place of what is asked for a participant or a team is."""
        return Place(cls, f"CLEARING#{phase}#{competitor}", "CLEARING")


def owner_key(phase: str) -> str:
    """Under which a phase's requests are listed."""
    return f"RETENTION#{phase}"


def asking(write: Transaction, phase: str, competitor: str, name: str, now: datetime) -> None:
    """Within a transaction: a submission has ended, after which others may be superfluous."""
    actions: list[Action] = [
        RetentionRequest.kind.set(RetentionRequest),
        RetentionRequest.id.set(f"{phase}/{competitor}"),
        RetentionRequest.phase.set(phase),
        RetentionRequest.competitor.set(competitor),
        RetentionRequest.competitor_name.set(name),
        RetentionRequest.asked.add(1),
        RetentionRequest.status.set(jobs.WAITING),
        RetentionRequest.attempt.set(0),
        RetentionRequest.reason.remove(),
        RetentionRequest.created_at.set(RetentionRequest.created_at | now),
        RetentionRequest.owner_pk.set(owner_key(phase)),
        RetentionRequest.owner_sk.set(RetentionRequest.owner_sk | f"{table.seconds(now)}-{competitor}"),
        *RetentionRequest.waking_at(now + jobs.OVERDUE),
    ]
    write.update(RetentionRequest(*RetentionRequest.at(phase, competitor)), actions=actions)


def find(id_: str) -> RetentionRequest | None:
    """The request `{phase}/{competitor}`; None when it is done."""
    phase, _, competitor = id_.partition("/")
    (found,) = table.read(RetentionRequest.at(phase, competitor))
    return found


def of_phase(phase: str, limit: int) -> list[RetentionRequest]:
    """The newest requests of a phase that are not done."""
    return table.newest_owned(RetentionRequest, owner_key(phase), None, limit)[0]


def end(request: RetentionRequest) -> None:
    """Remove it, which is done, unless something has ended since it was read."""
    with suppress(ConditionFailed):
        writes.delete(request, RetentionRequest.asked == request.asked)
