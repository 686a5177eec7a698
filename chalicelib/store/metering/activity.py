"""Activity: what happened on the site, counted by day, in the transaction in which it did."""

import random
from datetime import date, datetime

from pynamodb.attributes import NumberAttribute, UnicodeAttribute

from chalicelib.store import table, writes
from chalicelib.store.patience import patiently
from chalicelib.store.table import Place
from chalicelib.store.writes import Action, Transaction

#: Everything that ends counts: one item would have all runners wait for each other.
SHARDS = 16
COUNTS = (
    "accounts",
    "participants",
    "submissions",
    "finished",
    "failed",
    "cancelled",
    "competitions",
    "runner_seconds",
)


class Activity(table.Item, discriminator="activity"):
    """A part of what happened on one day (UTC): accounts confirmed, competitions published, submissions taken and ended.

    `participants` counts who submitted, each once a day. `stored_bytes` is what the buckets had when they were reviewed.
    """

    accounts = NumberAttribute(default=0)
    participants = NumberAttribute(default=0)
    submissions = NumberAttribute(default=0)
    finished = NumberAttribute(default=0)
    failed = NumberAttribute(default=0)
    cancelled = NumberAttribute(default=0)
    competitions = NumberAttribute(default=0)
    runner_seconds = NumberAttribute(default=0)
    stored_bytes = NumberAttribute(null=True)

    @classmethod
    def at(cls, day: date, shard: int = 0) -> Place["Activity"]:
        """The place of a part of a day's count."""
        return Place(cls, f"ACTIVITY#{day:%Y-%m}", f"{day.isoformat()}#{shard:02d}")

    @property
    def day(self) -> str:
        """The day in ISO 8601."""
        return str(self.sk).partition("#")[0]


class ActiveDay(table.Item, discriminator="active_day"):
    """The last day (UTC) on which an account submitted something."""

    day = UnicodeAttribute()

    @classmethod
    def at(cls, account: str) -> Place["ActiveDay"]:
        """The place of an account's."""
        return Place(cls, f"ACCOUNT#{account}", "ACTIVE_DAY")


def counting(write: Transaction, now: datetime, **counts: int) -> None:
    """Within a transaction: count what happens in it. Once a transaction, as DynamoDB wants it."""
    added = {name: count for name, count in counts.items() if count}
    if added:
        place = Activity.at(now.date(), random.randrange(SHARDS))
        write.update(Activity(*place), actions=_adding(added))


def count(now: datetime, **counts: int) -> None:
    """Count what happened without a transaction."""
    writes.update(Activity(*Activity.at(now.date(), random.randrange(SHARDS))), _adding(counts))


def submitting(write: Transaction, account: str, before: ActiveDay | None, now: datetime) -> None:
    """Within a transaction: count a submission, and its participant where it is their first of the day.

    `before` is where they were active last, which is a condition.
    """
    today = now.date().isoformat()
    is_first = before is None or before.day < today
    counting(write, now, submissions=1, participants=int(is_first))
    if is_first:
        as_read = ActiveDay.pk.does_not_exist() if before is None else ActiveDay.day == before.day
        write.save(ActiveDay(*ActiveDay.at(account), day=today), condition=as_read)


def of_month(month: date) -> list[Activity]:
    """All parts of the days of a month, in their order, by one query."""
    pk, _ = Activity.at(month)
    return patiently(lambda: list(Activity.query(pk)))


def note_stored(day: date, size_bytes: int) -> None:
    """Note what the buckets had on a day."""
    writes.update(Activity(*Activity.at(day)), [Activity.kind.set(Activity), Activity.stored_bytes.set(size_bytes)])


def _adding(counts: dict[str, int]) -> list[Action]:
    return [Activity.kind.set(Activity), *(getattr(Activity, name).add(count) for name, count in counts.items())]
