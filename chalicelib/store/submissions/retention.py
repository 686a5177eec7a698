"""Who has submissions to be cleared away in which phase: what the sweeper falls back on when the message for it is lost."""

from datetime import datetime, timedelta

from pynamodb.attributes import NumberAttribute, UnicodeAttribute
from pynamodb.exceptions import DeleteError, UpdateError
from pynamodb.transactions import TransactWrite

from chalicelib.errors import Conflict
from chalicelib.store import table

#: A clearing whose message was lost is asked for again after this time.
OVERDUE = timedelta(minutes=1)


class RetentionRequest(table.Item, discriminator="clearing"):
    """A phase and a participant or team. `asked`: how often it was asked for since it was done."""

    phase = UnicodeAttribute()
    competitor = UnicodeAttribute(attr_name="unit")
    asked = NumberAttribute(default=0)


def key(phase: str, competitor: str) -> table.Key:
    return f"CLEARING#{phase}#{competitor}", "CLEARING"


def asking(write: TransactWrite, phase: str, competitor: str, now: datetime) -> None:
    """Within a transaction: a submission has ended, after which others may be superfluous."""
    actions = [
        RetentionRequest.kind.set(RetentionRequest),
        RetentionRequest.phase.set(phase),
        RetentionRequest.competitor.set(competitor),
        RetentionRequest.asked.add(1),
        *RetentionRequest.waking_at(now + OVERDUE),
    ]
    write.update(RetentionRequest(*key(phase, competitor)), actions=actions)


def wait_again(clearing: RetentionRequest, now: datetime) -> None:
    """It is asked for again: look after it once more when that is lost, too. Raises Conflict on a lost race."""
    try:
        clearing.update(
            actions=RetentionRequest.waking_at(now + OVERDUE), condition=RetentionRequest.due_at == clearing.due_at
        )
    except UpdateError as error:
        if error.cause_response_code != "ConditionalCheckFailedException":
            raise
        raise Conflict("Somebody else has just looked after this.") from error


def end(clearing: RetentionRequest) -> None:
    """It is done, unless something has ended since it was read."""
    try:
        clearing.delete(condition=RetentionRequest.asked == clearing.asked)
    except DeleteError as error:
        if error.cause_response_code != "ConditionalCheckFailedException":
            raise
