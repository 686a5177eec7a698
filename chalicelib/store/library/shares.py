"""What is shared with whom: a row for each account that a dataset, task or queue is shared with, to list theirs by."""

from collections.abc import Iterable

from pynamodb.attributes import UnicodeAttribute

from chalicelib.store import table
from chalicelib.store.table import Item, Key

DATASETS, TASKS, QUEUES = "DATASETS", "TASKS", "QUEUES"


class Share(table.Item, discriminator="share"):
    """Something shared with an account. Who reads it looks at the thing itself, too: a share may be out of date."""

    thing_pk = UnicodeAttribute()
    thing_sk = UnicodeAttribute()


def change(kind: str, thing: Key, id_: str, before: Iterable[str], after: Iterable[str]) -> None:
    """Share with those of `after` instead of `before`. Does nothing twice."""
    for account in set(before) - set(after):
        Share(*_key(kind, id_, account)).delete()
    for account in set(after) - set(before):
        pk, sk = thing
        owner = {"owner_pk": _owner_key(kind, account), "owner_sk": id_}
        Share(*_key(kind, id_, account), thing_pk=pk, thing_sk=sk, **owner).save()


def with_account(kind: str, account: str, before: str | None, limit: int) -> tuple[list[Item], str | None]:
    """One page of what is shared with an account, newest first: two calls."""
    found, following = table.newest_owned(Share, _owner_key(kind, account), before, limit)
    things = table.fetch_many((share.thing_pk, share.thing_sk) for share in found)
    return sorted(things, key=lambda thing: thing.pk, reverse=True), following


def _key(kind: str, id_: str, account: str) -> Key:
    return f"SHARE#{kind}#{id_}", f"ACCOUNT#{account}"


def _owner_key(kind: str, account: str) -> str:
    return f"SHARED#{kind}#{account}"
