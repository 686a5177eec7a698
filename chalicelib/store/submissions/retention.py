"""Who has submissions to be cleared away in which phase: what the sweeper falls back on when the message for it is lost."""

from datetime import datetime, timedelta

from pynamodb.attributes import NumberAttribute, UnicodeAttribute
from pynamodb.exceptions import DeleteError, UpdateError
from pynamodb.transactions import TransactWrite

from chalicelib.errors import Conflict
from chalicelib.store import table

#: A clearing whose message was lost is asked for again after this time.
OVERDUE = timedelta(minutes=1)


class Clearing(table.Item, discriminator="clearing"):
    """A phase and a participant or team. `asked`: how often it was asked for since it was done."""

    phase = UnicodeAttribute()
    unit = UnicodeAttribute()
    asked = NumberAttribute(default=0)


def key(phase: str, unit: str) -> table.Key:
    return f"CLEARING#{phase}#{unit}", "CLEARING"


def asking(write: TransactWrite, phase: str, unit: str, now: datetime) -> None:
    """Within a transaction: a submission has ended, after which others may be superfluous."""
    actions = [
        Clearing.kind.set(Clearing),
        Clearing.phase.set(phase),
        Clearing.unit.set(unit),
        Clearing.asked.add(1),
        *Clearing.waking_at(now + OVERDUE),
    ]
    write.update(Clearing(*key(phase, unit)), actions=actions)


def wait_again(clearing: Clearing, now: datetime) -> None:
    """It is asked for again: look after it once more when that is lost, too. Raises Conflict on a lost race."""
    try:
        clearing.update(actions=Clearing.waking_at(now + OVERDUE), condition=Clearing.due_at == clearing.due_at)
    except UpdateError as error:
        if error.cause_response_code != "ConditionalCheckFailedException":
            raise
        raise Conflict("Somebody else has just looked after this.") from error


def end(clearing: Clearing) -> None:
    """It is done, unless something has ended since it was read."""
    try:
        clearing.delete(condition=Clearing.asked == clearing.asked)
    except DeleteError as error:
        if error.cause_response_code != "ConditionalCheckFailedException":
            raise
