"""Storage counters: the bytes that an account or a competition has in the buckets, by kind.

They change in the transaction that makes or removes the row of what is stored, so no call is made for them and none is
lost (ADR 38).
"""

import random
from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from typing import NamedTuple

from pynamodb.attributes import NumberAttribute, UnicodeAttribute, UTCDateTimeAttribute

from chalicelib.domain.metering.room import KINDS
from chalicelib.store import table, writes
from chalicelib.store.table import Found, Place
from chalicelib.store.writes import Action, Condition, Transaction

ACCOUNT, COMPETITION = "account", "competition"
#: Everybody who submits to a competition counts for it: one item would have them wait for each other.
COMPETITION_SHARDS = 8


class Holder(NamedTuple):
    """An account or a competition, by its id."""

    kind: str
    id: str

    @property
    def name(self) -> str:
        """Both in one text."""
        return f"{self.kind}#{self.id}"


class StorageCounter(table.Item, discriminator="storage_counter"):
    """A part of the bytes of one holder, by kind and in all. The first part has the holder's own `quota`, if any, and of an
    account the `username`.

    `changed_at` is when it was counted last, by the clock of who did.
    """

    uploads = NumberAttribute(default=0)
    submissions = NumberAttribute(default=0)
    datasets = NumberAttribute(default=0)
    bundles = NumberAttribute(default=0)
    outputs = NumberAttribute(default=0)
    exports = NumberAttribute(default=0)
    total = NumberAttribute(default=0)
    quota = NumberAttribute(null=True)
    username = UnicodeAttribute(null=True)
    changed_at = UTCDateTimeAttribute(null=True)

    @classmethod
    def at(cls, holder: Holder, shard: int = 0) -> Place["StorageCounter"]:
        """The place of a part of a holder's count."""
        return Place(cls, f"STORAGE#{holder.name}", f"COUNTER#{shard}")


class Stored(NamedTuple):
    """The bytes of a holder by kind, the holder's own quota and name, and when they were counted last."""

    bytes: Mapping[str, int]
    quota: int | None
    username: str
    changed_at: datetime | None

    @property
    def total(self) -> int:
        """The bytes in all."""
        return sum(self.bytes.values())


def account(id_: str) -> Holder:
    return Holder(ACCOUNT, id_)


def competition(id_: str) -> Holder:
    return Holder(COMPETITION, id_)


def places(holder: Holder) -> list[Place[StorageCounter]]:
    """The places of all parts of a holder's count."""
    return [StorageCounter.at(holder, shard) for shard in range(_shards(holder))]


def stored(found: Found, holder: Holder) -> Stored:
    """The sum of a holder's parts. `found` has what there was at `places`."""
    parts = [part for place in places(holder) if (part := found.get(place)) is not None]
    first = found.get(StorageCounter.at(holder))
    times = [part.changed_at for part in parts if part.changed_at is not None]
    sums = {kind: sum(int(getattr(part, kind)) for part in parts) for kind in KINDS}
    own, username = (table.whole_number(first.quota), first.username or "") if first else (None, "")
    return Stored(sums, own, username, max(times, default=None))


def counting(
    write: Transaction, holder: Holder, changes: Mapping[str, int], condition: Condition | None = None, username: str = ""
) -> None:
    """Within a transaction: count bytes by kind, more or less. Once a transaction and holder, as DynamoDB wants it."""
    if not any(changes.values()):
        return
    actions = [*_adding(changes), StorageCounter.changed_at.set(datetime.now(UTC))]
    actions += [StorageCounter.username.set(username)] if username else []
    place = StorageCounter.at(holder, random.randrange(_shards(holder)))
    write.update(StorageCounter(*place), actions=actions, condition=condition)


def moving(write: Transaction, source: Holder, target: Holder, sizes: Mapping[str, int]) -> None:
    """Within a transaction: have bytes by kind count for another holder."""
    counting(write, source, {kind: -size for kind, size in sizes.items()})
    counting(write, target, sizes)


def rename(account_id: str, username: str) -> None:
    """Call an account otherwise where it is counted what it stores."""
    counter = StorageCounter(*StorageCounter.at(account(account_id)))
    writes.update_if(counter, [StorageCounter.username.set(username)], StorageCounter.username.exists())


def mending(write: Transaction, holder: Holder, changes: Mapping[str, int], seen: Iterable[StorageCounter]) -> None:
    """Within a transaction: have a count be what was found, on condition that its parts are as they were `seen`.

    To set it right is not to count, so `changed_at` stays: what is set right has its own condition.
    """
    first = StorageCounter.at(holder)
    known = {(part.pk, part.sk): part for part in seen}
    for place in places(holder):
        part = known.get(place)
        as_seen: Condition = StorageCounter.changed_at.does_not_exist()
        if part is not None and part.changed_at is not None:
            as_seen = StorageCounter.changed_at == part.changed_at
        if place == first:
            write.update(StorageCounter(*place), actions=_adding(changes), condition=as_seen & _has(part, changes))
        else:
            write.condition_check(StorageCounter, *place, as_seen)


def room_for(size_bytes: int, quota: int | None) -> Condition | None:
    """The condition that an account's count leaves room for a file."""
    if quota is None:
        return None
    room: Condition = StorageCounter.total.does_not_exist() | (StorageCounter.total <= quota - size_bytes)
    return room


def setting_quota(write: Transaction, holder: Holder, quota: int | None) -> None:
    """Within a transaction: give a holder a quota of its own; None has the site's hold again."""
    said = StorageCounter.quota.remove() if quota is None else StorageCounter.quota.set(quota)
    write.update(StorageCounter(*StorageCounter.at(holder)), actions=[StorageCounter.kind.set(StorageCounter), said])


def _adding(changes: Mapping[str, int]) -> list[Action]:
    added: list[Action] = [getattr(StorageCounter, kind).add(change) for kind, change in changes.items() if change]
    return [StorageCounter.kind.set(StorageCounter), *added, StorageCounter.total.add(sum(changes.values()))]


def _has(part: StorageCounter | None, kinds: Iterable[str]) -> Condition:
    """The condition that a part counts of some kinds what it did when it was read, or is not there as it was not then."""
    if part is None:
        absent: Condition = StorageCounter.pk.does_not_exist()
        return absent
    condition: Condition = StorageCounter.pk.exists()
    for kind in kinds:
        attribute, counted = getattr(StorageCounter, kind), int(getattr(part, kind))
        condition &= (attribute == counted) if counted else attribute.does_not_exist() | (attribute == 0)
    return condition


def _shards(holder: Holder) -> int:
    return COMPETITION_SHARDS if holder.kind == COMPETITION else 1
