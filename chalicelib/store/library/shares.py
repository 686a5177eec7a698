"""Shares: what is shared with whom: a row for each account that a dataset, task or queue is shared with, to list
theirs by."""

from collections.abc import Iterable

from pynamodb.attributes import UnicodeAttribute

from chalicelib.store import table, writes
from chalicelib.store.table import AnyItem, Place

DATASETS, TASKS, QUEUES = "DATASETS", "TASKS", "QUEUES"


class Share(table.Item, discriminator="share"):
    """A thing shared with an account. Who reads it looks at the thing itself, too: a share may be out of date."""

    thing_pk = UnicodeAttribute()
    thing_sk = UnicodeAttribute()

    @classmethod
    def at(cls, kind: str, id_: str, account: str) -> Place["Share"]:
        """The place where it is noted that something is shared with an account."""
        return Place(cls, f"SHARE#{kind}#{id_}", f"ACCOUNT#{account}")


def change(kind: str, thing: Place[AnyItem], id_: str, before: Iterable[str], after: Iterable[str]) -> None:
    """Share with those of `after` instead of `before`. Does nothing twice."""
    for account in set(before) - set(after):
        writes.delete(Share(*Share.at(kind, id_, account)))
    for account in set(after) - set(before):
        pk, sk = thing
        share = Share(*Share.at(kind, id_, account), thing_pk=pk, thing_sk=sk)
        share.owner_pk, share.owner_sk = _owner_key(kind, account), id_
        writes.put(share)


def with_account(
    kind: str, model: type[AnyItem], account: str, before: str | None, limit: int
) -> tuple[list[AnyItem], str | None]:
    """One page of what is shared with an account, newest first: two calls."""
    found, following = table.newest_owned(Share, _owner_key(kind, account), before, limit)
    things = table.read_many(Place(model, share.thing_pk, share.thing_sk) for share in found)
    return sorted(things, key=lambda thing: thing.pk, reverse=True), following


def _owner_key(kind: str, account: str) -> str:
    return f"SHARED#{kind}#{account}"
