"""Orphans: what would be left over if a function died now: each has a row, so that the sweeper clears it away."""

from collections.abc import Collection, Mapping
from datetime import datetime, timedelta
from types import MappingProxyType

from pynamodb.attributes import JSONAttribute, UnicodeAttribute

from chalicelib.store import table
from chalicelib.store.library.datasets import Use
from chalicelib.store.table import Place
from chalicelib.store.writes import Transaction

#: Longer than a function of the API lives (29 seconds): what it was making by then, nobody makes any more.
OVERDUE = timedelta(minutes=2)
NONE: Mapping[str, str] = MappingProxyType({})


class Orphan(table.Item, discriminator="leftover"):
    """Objects of the files bucket, and uses of datasets and queues, that nothing names: not yet, or no more.

    Who makes something stores one first, and takes it away in the transaction that stores what was made. Who replaces
    something stores one in the transaction that replaces it, and clears it afterwards.
    """

    id = UnicodeAttribute()
    objects = JSONAttribute()
    uses = JSONAttribute()
    queues = JSONAttribute()

    @classmethod
    def at(cls, orphan: str) -> Place["Orphan"]:
        """The place of a row of what would be left over."""
        return Place(cls, f"LEFTOVER#{orphan}", "LEFTOVER")


def new(
    id_: str, now: datetime, objects: Collection[str] = (), uses: Collection[Use] = (), queues: Mapping[str, str] = NONE
) -> Orphan:
    """Not stored yet. `queues` has the competition that uses each."""
    orphan = Orphan(*Orphan.at(id_), id=id_, objects=sorted(objects), uses=sorted(uses), queues=dict(queues))
    orphan.wake_at(now + OVERDUE)
    return orphan


def uses_of(orphan: Orphan) -> list[Use]:
    """The uses of datasets, from their stored form."""
    return [Use(*use) for use in orphan.uses]


def taking_away(write: Transaction, orphan: Orphan) -> None:
    """Within a transaction: what was made is stored. Fails when it was cleared away meanwhile."""
    write.delete(orphan, condition=Orphan.pk.exists())
