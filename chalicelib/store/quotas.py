"""Quotas: how many attempts a participant has used in a phase."""

from datetime import datetime, timedelta
from typing import Any

from pynamodb.attributes import NumberAttribute, TTLAttribute
from pynamodb.expressions.condition import Condition
from pynamodb.transactions import TransactWrite

from chalicelib.store import table


class Quota(table.Item, discriminator="quota"):
    """How many attempts a participant has used in a phase: in all, and on one day (which expires by itself)."""

    used = NumberAttribute(default=0)
    expires_at = TTLAttribute(attr_name="ttl", null=True)


def keys(phase: str, user: str, day: str) -> tuple[table.Key, table.Key]:
    """The keys of the counters in all and of `day`."""
    pk = f"QUOTA#{phase}#{user}"
    return (pk, "TOTAL"), (pk, f"DAY#{day}")


def charging(
    write: TransactWrite, phase: str, user: str, day: str, max_today: int | None, max_total: int | None, now: datetime
) -> None:
    """Within a transaction: count an attempt, on condition that there is room for it."""
    total, today = keys(phase, user, day)
    write.update(Quota(*total), actions=_charge(1), condition=_room(max_total))
    expiring = [*_charge(1), Quota.expires_at.set(now + timedelta(days=2))]
    write.update(Quota(*today), actions=expiring, condition=_room(max_today))


def refunding(write: TransactWrite, phase: str, user: str, day: str) -> None:
    """Within a transaction: give an attempt back that counted for `day`."""
    for quota in keys(phase, user, day):
        write.update(Quota(*quota), actions=_charge(-1))


def _charge(attempts: int) -> list[Any]:
    return [Quota.kind.set(Quota), Quota.used.add(attempts)]


def _room(limit: int | None) -> Condition | None:
    if limit is None:
        return None
    return Quota.used.does_not_exist() | (Quota.used < limit)
