"""What the tasks function packs for organizers, as stored: begun by one function, gone on with by others."""

from datetime import datetime, timedelta

from pynamodb.attributes import NumberAttribute, UnicodeAttribute, UTCDateTimeAttribute
from pynamodb.exceptions import UpdateError

from chalicelib.errors import Conflict
from chalicelib.store import table
from chalicelib.store.background.states import LEASE, RUNNING, WAITING

#: A message that nobody took is sent again after this time.
OVERDUE = timedelta(minutes=1)


class Packing(table.Item):
    """What all of it has. `attempt` counts the functions that began and were broken off."""

    id = UnicodeAttribute()
    competition = UnicodeAttribute()
    status = UnicodeAttribute()
    attempt = NumberAttribute(default=0)
    created_at = UTCDateTimeAttribute()


def begin(packing: Packing, now: datetime) -> bool:
    """Take the work. False when another function has it or had it."""
    try:
        packing.update(
            actions=[Packing.status.set(RUNNING), Packing.attempt.add(1), *Packing.waking_at(now + LEASE)],
            condition=Packing.status == WAITING,
        )
    except UpdateError as error:
        if error.cause_response_code != "ConditionalCheckFailedException":
            raise
        return False
    return True


def wait_again(packing: Packing, wake_at: datetime, is_paused: bool = False) -> None:
    """Another function is to go on. Raises Conflict on a lost race."""
    counting = [Packing.attempt.set(0)] if is_paused else []
    try:
        packing.update(
            actions=[Packing.status.set(WAITING), *counting, *Packing.waking_at(wake_at)],
            condition=Packing.due_at == packing.due_at,
        )
    except UpdateError as error:
        raise Conflict("Somebody else has just looked after this.") from error
