"""What would be left over if a function died now: each has a row, so that the sweeper clears it away."""

from collections.abc import Collection, Mapping
from datetime import datetime, timedelta
from types import MappingProxyType

from pynamodb.attributes import JSONAttribute, UnicodeAttribute
from pynamodb.transactions import TransactWrite

from chalicelib.store import table
from chalicelib.store.library.datasets import Use

#: Longer than a function of the API lives (29 seconds): what it was making by then, nobody makes any more.
OVERDUE = timedelta(minutes=2)
NONE: Mapping[str, str] = MappingProxyType({})


class Leftover(table.Item, discriminator="leftover"):
    """Objects of the files bucket, and uses of datasets and queues, that nothing names: not yet, or no more.

    Who makes something stores one first, and takes it away in the transaction that stores what was made. Who replaces
    something stores one in the transaction that replaces it, and clears it afterwards.
    """

    id = UnicodeAttribute()
    objects = JSONAttribute()
    uses = JSONAttribute()
    queues = JSONAttribute()


def key(leftover: str) -> table.Key:
    return f"LEFTOVER#{leftover}", "LEFTOVER"


def new(
    id_: str, now: datetime, objects: Collection[str] = (), uses: Collection[Use] = (), queues: Mapping[str, str] = NONE
) -> Leftover:
    """Not stored yet. `queues` has the competition that uses each."""
    leftover = Leftover(*key(id_), id=id_, objects=sorted(objects), uses=sorted(uses), queues=dict(queues))
    leftover.wake_at(now + OVERDUE)
    return leftover


def uses_of(leftover: Leftover) -> list[Use]:
    """The uses of datasets, from their stored form."""
    return [Use(*use) for use in leftover.uses]


def taking_away(write: TransactWrite, leftover: Leftover) -> None:
    """Within a transaction: what was made is stored. Fails when it was cleared away meanwhile."""
    write.delete(leftover, condition=Leftover.pk.exists())
