"""Quotas: what each participant and team has used up of a phase's limits. They change with the submissions they count.

What a member of a team submits counts for both, so that nobody gets another quota by joining or leaving one.
"""

from collections.abc import Iterable, Sequence
from datetime import UTC, date, datetime, time, timedelta
from functools import reduce
from operator import and_

from pynamodb.attributes import NumberAttribute, TTLAttribute, UnicodeSetAttribute, UTCDateTimeAttribute
from pynamodb.expressions.condition import size

from chalicelib.domain.submissions.quotas import Limits, Used, month
from chalicelib.store import table
from chalicelib.store.table import Found, Place
from chalicelib.store.writes import Action, Condition, Transaction

#: Counters of a day and a month go by themselves when nobody can ask for them or give an attempt back any more.
_KEPT = {"DAY": timedelta(days=40), "MONTH": timedelta(days=70)}


class Quota(table.Item, discriminator="quota"):
    """A counter: attempts `used` in all, on one day or in one month.

    Those that organizers gave beside the limits are taken off `used`; `extra` says how many.

    The one in all also has the submissions in progress where their number is limited, the bytes of all that are kept,
    when the last one was taken, and the ids of those that were chosen to count when the phase is over.
    """

    used = NumberAttribute(default=0)
    extra = NumberAttribute(default=0)
    in_progress = NumberAttribute(default=0)
    stored_bytes = NumberAttribute(default=0)
    last_at = UTCDateTimeAttribute(null=True)
    chosen = UnicodeSetAttribute(null=True)
    expires_at = TTLAttribute(attr_name="ttl", null=True)

    @classmethod
    def at(cls, phase: str, competitor: str, period: str = "TOTAL") -> Place["Quota"]:
        """The place of the counter in all, or that of a period. `competitor` is who is counted: a participant or a team."""
        return Place(cls, f"QUOTA#{phase}#{competitor}", period)


#: Where one's counter is, and another's of the same period.
Pair = tuple[Place[Quota], Place[Quota]]


def counters(phase: str, competitor: str, *days: str) -> tuple[Place[Quota], ...]:
    """The places of the counters: the one in all, and those of these days and their months."""
    periods = [f"DAY#{day}" for day in days] + [f"MONTH#{one}" for one in dict.fromkeys(month(day) for day in days)]
    return Quota.at(phase, competitor), *(Quota.at(phase, competitor, period) for period in periods)


def used(found: Found, phase: str, competitor: str, day: str) -> Used:
    """The use that was made on `day`. `found` has what there was at `counters`."""
    total, today, this_month = (found.get(place) or Quota() for place in counters(phase, competitor, day))
    return Used(
        today=int(today.used),
        this_month=int(this_month.used),
        in_all=int(total.used),
        in_progress=int(total.in_progress),
        last_at=total.last_at,
        stored_bytes=int(total.stored_bytes),
        extra_today=int(today.extra),
        extra_this_month=int(this_month.extra),
        extra_in_all=int(total.extra),
    )


def charging(
    write: Transaction, phase: str, competitors: Sequence[str], day: str, size_bytes: int, limits: Limits, now: datetime
) -> None:
    """Within a transaction: count an attempt for each, on condition that there is room for it."""
    actions: list[Action] = [*_counting(1), Quota.stored_bytes.add(size_bytes), Quota.last_at.set(now)]
    if limits.at_once is not None:
        actions.append(Quota.in_progress.add(1))
    for competitor in competitors:
        total, today, this_month = counters(phase, competitor, day)
        write.update(Quota(*total), actions=actions, condition=_room_in_all(limits, size_bytes, now))
        for one, limit in ((today, limits.per_day), (this_month, limits.per_month)):
            write.update(Quota(*one), actions=[*_counting(1), *_expiring(one, day)], condition=_below(Quota.used, limit))


def settling(write: Transaction, phase: str, competitors: Sequence[str], refunded_day: str | None, ends: bool) -> None:
    """Within a transaction: give an attempt back that counted for a day, and with `ends` have one less in progress."""
    actions: list[Action] = _counting(-1) if refunded_day else [Quota.kind.set(Quota)]
    actions += [Quota.in_progress.add(-1)] if ends else []
    for competitor in competitors if refunded_day or ends else ():
        write.update(Quota(*Quota.at(phase, competitor)), actions=actions)
        for one in counters(phase, competitor, refunded_day)[1:] if refunded_day else ():
            write.update(Quota(*one), actions=[*_counting(-1), *_expiring(one, str(refunded_day))])


def giving(write: Transaction, found: Found, phase: str, competitors: Sequence[str], day: str, attempts: int) -> None:
    """Within a transaction: give each so many attempts beside the limits in all, of a day and of its month.

    A negative number takes back of what was given. `found` has what there was at `counters`, which is a condition.
    """
    for competitor in competitors:
        for one in counters(phase, competitor, day):
            given = int((found.get(one) or Quota()).extra)
            change = max(attempts, -given)
            actions: list[Action] = [*_counting(-change), Quota.extra.add(change)]
            expiring = [] if one == Quota.at(phase, competitor) else _expiring(one, day)
            same = (Quota.extra == given) if given else Quota.extra.does_not_exist() | (Quota.extra == 0)
            write.update(Quota(*one), actions=[*actions, *expiring], condition=same)


def pairs(phase: str, source: str, target: str, day: str) -> list[Pair]:
    """Counters of two competitors side by side: the one in all first, then those of a day and its month."""
    return list(zip(counters(phase, source, day), counters(phase, target, day), strict=True))


def read(wanted: Sequence[Pair]) -> Found:
    """The counters that there are of some pairs: a call for each hundred counters."""
    places = [place for pair in wanted for place in pair]
    counters = table.read_many(places)
    return Found(counters)


def uncarried(carried: Sequence[Pair], found: Found) -> list[Pair]:
    """The pairs among some in whose first counter there is something."""
    there = [(pair, one) for pair in carried if (one := found.get(pair[0])) is not None]
    return [pair for pair, one in there if any(_numbers(one).values()) or one.chosen]


def carrying(write: Transaction, carried: Sequence[Pair], found: Found, day: str) -> None:
    """Within a transaction: count what the first of each pair has for the second, on condition that both are as read."""
    for source, target in carried:
        one, other = found.get(source) or Quota(), found.get(target) or Quota()
        goes: list[Action] = [getattr(Quota, name).add(-number) for name, number in _numbers(one).items() if number]
        comes: list[Action] = [getattr(Quota, name).add(number) for name, number in _numbers(one).items() if number]
        if one.last_at and (other.last_at is None or one.last_at > other.last_at):
            comes.append(Quota.last_at.set(one.last_at))
        if one.chosen:
            goes.append(Quota.chosen.remove())
            comes.append(Quota.chosen.add(one.chosen))
        expiring = [] if target[1] == "TOTAL" else _expiring(target, day)
        write.update(Quota(*source), actions=goes, condition=_as_read(one))
        write.update(Quota(*target), actions=[Quota.kind.set(Quota), *comes, *expiring], condition=_as_read(other))


def checking_unused(write: Transaction, counter: Place[Quota]) -> None:
    """Within a transaction: nothing has been counted meanwhile where nothing had been."""
    write.condition_check(Quota, *counter, Quota.used.does_not_exist() | (Quota.used == 0))


def freeing(write: Transaction, phase: str, competitors: Sequence[str], size_bytes: int, submission: str) -> None:
    """Within a transaction: a submission's file is kept no more, and it is not among those that count."""
    for competitor in competitors:
        actions: list[Action] = [
            Quota.kind.set(Quota),
            Quota.stored_bytes.add(-size_bytes),
            Quota.chosen.delete({submission}),
        ]
        write.update(Quota(*Quota.at(phase, competitor)), actions=actions)


def choosing(write: Transaction, phase: str, competitor: str, submission: str, most: int) -> None:
    """Within a transaction: a submission is to count when the phase is over, on condition that no more than `most` are."""
    room = Quota.chosen.does_not_exist() | (size(Quota.chosen) < most) | Quota.chosen.contains(submission)
    actions: list[Action] = [Quota.kind.set(Quota), Quota.chosen.add({submission})]
    write.update(Quota(*Quota.at(phase, competitor)), actions=actions, condition=room)


def not_choosing(write: Transaction, phase: str, competitor: str, submission: str) -> None:
    """Within a transaction: a submission is not chosen any more."""
    actions: list[Action] = [Quota.kind.set(Quota), Quota.chosen.delete({submission})]
    write.update(Quota(*Quota.at(phase, competitor)), actions=actions)


def chosen(phase: str, competitors: Iterable[str]) -> frozenset[str]:
    """The ids of the submissions that some chose, consistently: a call for each hundred of them."""
    counters = table.read_many(Quota.at(phase, competitor) for competitor in competitors)
    return frozenset(id_ for one in counters for id_ in one.chosen or ())


def _numbers(counter: Quota) -> dict[str, int]:
    return {name: int(getattr(counter, name)) for name in ("used", "extra", "in_progress", "stored_bytes")}


def _as_read(counter: Quota) -> Condition:
    same: list[Condition] = []
    for name, number in _numbers(counter).items():
        attribute = getattr(Quota, name)
        same.append((attribute == number) if number else attribute.does_not_exist() | (attribute == 0))
    same.append((Quota.chosen == counter.chosen) if counter.chosen else Quota.chosen.does_not_exist())
    together: Condition = reduce(and_, same)
    return together


def _counting(attempts: int) -> list[Action]:
    return [Quota.kind.set(Quota), Quota.used.add(attempts)]


def _expiring(counter: Place[Quota], day: str) -> list[Action]:
    kind, _, _ = counter[1].partition("#")
    return [Quota.expires_at.set(datetime.combine(date.fromisoformat(day), time(), UTC) + _KEPT[kind])]


def _room_in_all(limits: Limits, size_bytes: int, now: datetime) -> Condition | None:
    room = limits.participant_bytes - size_bytes + 1 if limits.participant_bytes is not None else None
    asked = [
        _below(Quota.used, limits.in_all),
        _below(Quota.in_progress, limits.at_once),
        _below(Quota.stored_bytes, room),
        _rested(limits.interval_seconds, now),
    ]
    conditions = [one for one in asked if one is not None]
    together: Condition | None = reduce(and_, conditions) if conditions else None
    return together


def _below(counter: NumberAttribute, limit: int | None) -> Condition | None:
    if limit is None:
        return None
    below: Condition = counter.does_not_exist() | (counter < limit)
    return below


def _rested(seconds: int | None, now: datetime) -> Condition | None:
    if seconds is None:
        return None
    rested: Condition = Quota.last_at.does_not_exist() | (Quota.last_at <= now - timedelta(seconds=seconds))
    return rested
