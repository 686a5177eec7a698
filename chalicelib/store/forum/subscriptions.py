"""Subscriptions to threads, and the rates at which accounts post."""

from datetime import datetime

from pynamodb.attributes import BooleanAttribute, NumberAttribute, UnicodeAttribute, UTCDateTimeAttribute
from pynamodb.expressions.condition import Condition
from pynamodb.expressions.update import Action

from chalicelib.domain.forum.rates import Rate
from chalicelib.store import table, writes
from chalicelib.store.patience import patiently
from chalicelib.store.table import Place
from chalicelib.store.writes import Transaction

_PREFIX = "SUBSCRIBER#"


class Subscription(table.Item, discriminator="subscription"):
    """An account's wish to be told of a thread's posts since then, or not to be: who said no stays so, posting or not."""

    user = UnicodeAttribute()
    active = BooleanAttribute()
    since = UTCDateTimeAttribute()

    @classmethod
    def at(cls, competition: str, thread: str, user: str) -> Place["Subscription"]:
        """Place of an account's subscription to a thread."""
        return Place(cls, f"THREAD#{competition}#{thread}", f"{_PREFIX}{user}")


class PostRate(table.Item, discriminator="post_rate"):
    """Posts of an account in the minute and on the day on which it did so last."""

    minute = UnicodeAttribute()
    in_minute = NumberAttribute()
    day = UnicodeAttribute()
    in_day = NumberAttribute()

    @classmethod
    def at(cls, user: str) -> Place["PostRate"]:
        """Place of an account's rate."""
        return Place(cls, f"ACCOUNT#{user}", "POSTS")


def subscribing(write: Transaction, competition: str, thread: str, user: str, now: datetime) -> None:
    """Within a transaction: have an account follow a thread, unless it has said that it does not want to."""
    actions: list[Action] = [
        Subscription.kind.set(Subscription),
        Subscription.user.set(user),
        Subscription.active.set(Subscription.active | True),
        Subscription.since.set(Subscription.since | now),
    ]
    write.update(Subscription(*Subscription.at(competition, thread, user)), actions=actions)


def subscribe(competition: str, thread: str, user: str, active: bool, now: datetime) -> None:
    """Have an account follow a thread, or no more."""
    writes.put(Subscription(*Subscription.at(competition, thread, user), user=user, active=active, since=now))


def of_thread(competition: str, thread: str, after: str | None, limit: int) -> tuple[list[Subscription], str | None]:
    """One page of who has said whether they follow a thread, by their ids, and the cursor of the next."""
    pk, start = Subscription.at(competition, thread, after or "")
    page = Subscription.sk.between(f"{start}!" if after else start, f"{_PREFIX}~")
    found = patiently(lambda: list(Subscription.query(pk, page, limit=limit)))
    return found, found[-1].user if len(found) == limit else None


def rate_of(found: PostRate | None) -> Rate:
    """An account's rate; that of who has never posted is nothing."""
    return Rate(found.minute, int(found.in_minute), found.day, int(found.in_day)) if found else Rate()


def counting(write: Transaction, user: str, before: PostRate | None, after: Rate) -> None:
    """Within a transaction: note how often an account has posted now, on condition that it has not meanwhile."""
    is_first: Condition = PostRate.pk.does_not_exist()
    if before is not None:
        is_first = (PostRate.in_minute == before.in_minute) & (PostRate.in_day == before.in_day)
        is_first = is_first & (PostRate.minute == before.minute) & (PostRate.day == before.day)
    write.save(PostRate(*PostRate.at(user), **vars(after)), condition=is_first)
