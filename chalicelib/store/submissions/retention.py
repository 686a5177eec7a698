"""Who has submissions to be cleared away in which phase: what the sweeper falls back on when the message for it is lost."""

from contextlib import suppress
from datetime import datetime, timedelta

from pynamodb.attributes import NumberAttribute, UnicodeAttribute
from pynamodb.expressions.update import Action

from chalicelib.errors import Conflict
from chalicelib.store import table, writes
from chalicelib.store.table import Place
from chalicelib.store.writes import ConditionFailed, Transaction

#: A request whose message was lost is asked for again after this time.
OVERDUE = timedelta(minutes=1)


class RetentionRequest(table.Item, discriminator="clearing"):
    """A phase and a participant or team. `asked`: how often it was asked for since it was done."""

    phase = UnicodeAttribute()
    competitor = UnicodeAttribute(attr_name="unit")
    asked = NumberAttribute(default=0)

    @classmethod
    def at(cls, phase: str, competitor: str) -> Place["RetentionRequest"]:
        """Where what is asked for a participant or a team is."""
        return Place(cls, f"CLEARING#{phase}#{competitor}", "CLEARING")


def asking(write: Transaction, phase: str, competitor: str, now: datetime) -> None:
    """Within a transaction: a submission has ended, after which others may be superfluous."""
    actions: list[Action] = [
        RetentionRequest.kind.set(RetentionRequest),
        RetentionRequest.phase.set(phase),
        RetentionRequest.competitor.set(competitor),
        RetentionRequest.asked.add(1),
        *RetentionRequest.waking_at(now + OVERDUE),
    ]
    write.update(RetentionRequest(*RetentionRequest.at(phase, competitor)), actions=actions)


def wait_again(request: RetentionRequest, now: datetime) -> None:
    """It is asked for again: look after it once more when that is lost, too. Raises Conflict on a lost race."""
    is_same = RetentionRequest.due_at == request.due_at
    writes.update(request, RetentionRequest.waking_at(now + OVERDUE), is_same, Conflict("Somebody else looked after this."))


def end(request: RetentionRequest) -> None:
    """It is done, unless something has ended since it was read."""
    with suppress(ConditionFailed):
        writes.delete(request, RetentionRequest.asked == request.asked)
