"""Quotas: what each participant and team has used up of a phase's limits. They change with the submissions they count.

What a member of a team submits counts for both, so that nobody gets another quota by joining or leaving one.
"""

from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from pynamodb.attributes import NumberAttribute, TTLAttribute, UTCDateTimeAttribute
from pynamodb.expressions.condition import Condition
from pynamodb.transactions import TransactWrite

from chalicelib.domain.submissions.quotas import Limits, Used, month
from chalicelib.store import table

#: Counters of a day and a month go by themselves when nobody can ask for them or give an attempt back any more.
_KEPT = {"DAY": timedelta(days=40), "MONTH": timedelta(days=70)}


class Quota(table.Item, discriminator="quota"):
    """A counter: attempts `used` in all, on one day or in one month.

    The one in all also has the submissions in progress where their number is limited, the bytes of all that are kept,
    and when the last one was taken.
    """

    used = NumberAttribute(default=0)
    in_progress = NumberAttribute(default=0)
    stored_bytes = NumberAttribute(default=0)
    last_at = UTCDateTimeAttribute(null=True)
    expires_at = TTLAttribute(attr_name="ttl", null=True)


def key(phase: str, competitor: str) -> table.Key:
    """Of the counter in all. `competitor` is who is counted: a participant or a team."""
    return f"QUOTA#{phase}#{competitor}", "TOTAL"


def keys(phase: str, competitor: str, *days: str) -> tuple[table.Key, ...]:
    """Of the counters in all, and of these days and their months."""
    pk, total = key(phase, competitor)
    months = dict.fromkeys(month(day) for day in days)
    return (pk, total), *((pk, f"DAY#{day}") for day in days), *((pk, f"MONTH#{one}") for one in months)


def used(found: Mapping[table.Key, table.Item], phase: str, competitor: str, day: str) -> Used:
    """What is used up on `day`. `found` has what there was of `keys`."""
    total, today, this_month = (
        item if isinstance(item := found.get(one), Quota) else Quota() for one in keys(phase, competitor, day)
    )
    return Used(
        today=int(today.used),
        this_month=int(this_month.used),
        in_all=int(total.used),
        in_progress=int(total.in_progress),
        last_at=total.last_at,
        stored_bytes=int(total.stored_bytes),
    )


def charging(
    write: TransactWrite, phase: str, competitors: Sequence[str], day: str, size_bytes: int, limits: Limits, now: datetime
) -> None:
    """Within a transaction: count an attempt for each, on condition that there is room for it."""
    actions = [*_counting(1), Quota.stored_bytes.add(size_bytes), Quota.last_at.set(now)]
    if limits.at_once is not None:
        actions.append(Quota.in_progress.add(1))
    for competitor in competitors:
        total, today, this_month = keys(phase, competitor, day)
        write.update(Quota(*total), actions=actions, condition=_room_in_all(limits, size_bytes, now))
        for one, limit in ((today, limits.per_day), (this_month, limits.per_month)):
            write.update(Quota(*one), actions=[*_counting(1), *_expiring(one, day)], condition=_below(Quota.used, limit))


def settling(write: TransactWrite, phase: str, competitors: Sequence[str], refunded_day: str | None, ends: bool) -> None:
    """Within a transaction: give an attempt back that counted for a day, and with `ends` have one less in progress."""
    actions = [Quota.in_progress.add(-1)] if ends else []
    actions += _counting(-1) if refunded_day else []
    for competitor in competitors if actions else ():
        write.update(Quota(*key(phase, competitor)), actions=actions)
        for one in keys(phase, competitor, refunded_day)[1:] if refunded_day else ():
            write.update(Quota(*one), actions=[*_counting(-1), *_expiring(one, str(refunded_day))])


def freeing(write: TransactWrite, phase: str, competitors: Sequence[str], size_bytes: int) -> None:
    """Within a transaction: a file is kept no more."""
    for competitor in competitors:
        write.update(Quota(*key(phase, competitor)), actions=[Quota.stored_bytes.add(-size_bytes)])


def _counting(attempts: int) -> list[Any]:
    return [Quota.kind.set(Quota), Quota.used.add(attempts)]


def _expiring(one: table.Key, day: str) -> list[Any]:
    kind, _, _ = one[1].partition("#")
    return [Quota.expires_at.set(datetime.combine(date.fromisoformat(day), time(), UTC) + _KEPT[kind])]


def _room_in_all(limits: Limits, size_bytes: int, now: datetime) -> Condition | None:
    condition = _below(Quota.used, limits.in_all)
    if limits.at_once is not None:
        condition &= _below(Quota.in_progress, limits.at_once)
    if limits.participant_bytes is not None:
        condition &= _below(Quota.stored_bytes, limits.participant_bytes - size_bytes + 1)
    if limits.interval_seconds is not None:
        rested = Quota.last_at.does_not_exist() | (Quota.last_at <= now - timedelta(seconds=limits.interval_seconds))
        condition &= rested
    return condition


def _below(counter: Any, limit: int | None) -> Condition | None:
    if limit is None:
        return None
    return counter.does_not_exist() | (counter < limit)
