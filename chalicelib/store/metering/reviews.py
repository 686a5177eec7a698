"""Storage reviews: what the buckets really hold, listed by a background job, beside what was counted."""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any

from pynamodb.attributes import BooleanAttribute, JSONAttribute, NumberAttribute, TTLAttribute, UnicodeAttribute

from chalicelib.domain.metering.room import KINDS
from chalicelib.store import table, writes
from chalicelib.store.background import jobs
from chalicelib.store.background.jobs import BackgroundJob
from chalicelib.store.metering import storage
from chalicelib.store.metering.storage import Holder, StorageCounter
from chalicelib.store.patience import patiently
from chalicelib.store.table import Place
from chalicelib.store.writes import Action, ConditionFailed, Transaction

#: The stages of a review: two buckets are listed, then what was found is compared, then what was found by the one before.
FILES, RUNS, COMPARE, FORMER, THROUGH = "files", "runs", "compare", "former", "through"
#: What a review notes beside the kinds, of which something could be cleaned up.
CLEANABLE = ("failed_outputs", "unused_datasets", "old_dumps")
_LISTED = "STORAGE_REVIEWS"
_RENAMED_AT_ONCE = 100
#: Findings of a night are of no use once others have come.
_KEPT = timedelta(days=40)


class StorageReview(BackgroundJob, discriminator="storage_review"):
    """A look through the buckets: `objects` and `size_bytes` so far, in all, and `site_bytes` that are of no holder.

    `stage` and `cursor` say how far it is. `unclaimed` objects are of no row; some of their keys are `examples`. Of the
    holders that it compared, `differing` had other counts, `moving` were counted anew meanwhile, and `mended` have what was
    found.
    With `mends` it sets counts right. `former` is the review before.
    """

    stage = UnicodeAttribute(default=FILES)
    cursor = UnicodeAttribute(null=True)
    mends = BooleanAttribute(default=False)
    former = UnicodeAttribute(null=True)
    objects = NumberAttribute(default=0)
    size_bytes = NumberAttribute(default=0)
    site_bytes = NumberAttribute(default=0)
    unclaimed = NumberAttribute(default=0)
    unclaimed_bytes = NumberAttribute(default=0)
    examples = JSONAttribute(null=True)
    differing = NumberAttribute(default=0)
    moving = NumberAttribute(default=0)
    mended = NumberAttribute(default=0)

    @classmethod
    def at(cls, review: str) -> Place["StorageReview"]:
        """The place of a review."""
        return Place(cls, f"STORAGE_REVIEW#{review}", "REVIEW")


class StorageFinding(table.Item, discriminator="storage_finding"):
    """The bytes of a holder that a review found, by kind, and those that could be cleaned up.

    Once it is compared, `counted` has what was counted where that differs, and it is listed by its bytes in all, under the
    `name` of its account or the title of its competition.
    """

    holder = UnicodeAttribute()
    submissions = NumberAttribute(default=0)
    datasets = NumberAttribute(default=0)
    bundles = NumberAttribute(default=0)
    outputs = NumberAttribute(default=0)
    exports = NumberAttribute(default=0)
    failed_outputs = NumberAttribute(default=0)
    unused_datasets = NumberAttribute(default=0)
    old_dumps = NumberAttribute(default=0)
    name = UnicodeAttribute(null=True)
    counted = JSONAttribute(null=True)
    gone_at = TTLAttribute(attr_name="ttl", null=True)

    @classmethod
    def at(cls, review: str, holder: Holder) -> Place["StorageFinding"]:
        """The place of what a review found of a holder."""
        return Place(cls, f"STORAGE_REVIEW#{review}", f"FOUND#{holder.name}")

    @property
    def whose(self) -> Holder:
        """The holder that it is about."""
        kind, _, id_ = str(self.holder).partition("#")
        return Holder(kind, id_)

    @property
    def bytes(self) -> dict[str, int]:
        """The bytes that were found by kind. What is sent and not used yet is counted elsewhere."""
        return {kind: int(getattr(self, kind)) for kind in KINDS if kind != "uploads"}

    @property
    def cleanable(self) -> dict[str, int]:
        """The bytes that could be cleaned up."""
        return {name: int(getattr(self, name)) for name in CLEANABLE}


def new(id_: str, mends: bool, now: datetime) -> StorageReview:
    """A review to be stored."""
    review = StorageReview(*StorageReview.at(id_), id=id_, mends=mends, created_at=now)
    review.owner_pk, review.owner_sk = _LISTED, id_
    return review


def find(review: str) -> StorageReview | None:
    """None for one that there is not."""
    (found,) = table.read(StorageReview.at(review))
    return found


def newest(limit: int) -> list[StorageReview]:
    """The newest reviews."""
    return table.newest_owned(StorageReview, _LISTED, None, limit)[0]


def latest_finished() -> StorageReview | None:
    """The newest review that came to its end."""
    return next((one for one in newest(5) if one.status == jobs.FINISHED), None)


def keep_page(
    review: StorageReview,
    found: Mapping[Holder, Mapping[str, int]],
    sums: Mapping[str, int],
    examples: Sequence[str],
    cursor: str,
    now: datetime,
) -> None:
    """Add what a page of a bucket has, in one transaction with how far the review is. Raises TakenOver."""
    actions = [StorageReview.cursor.set(cursor), StorageReview.examples.set(list(examples))]
    actions += [getattr(StorageReview, name).add(amount) for name, amount in sums.items()]

    def along(write: Transaction) -> None:
        for holder, amounts in found.items():
            added = [getattr(StorageFinding, name).add(amount) for name, amount in amounts.items()]
            write.update(StorageFinding(*StorageFinding.at(review.id, holder)), actions=[*_new(holder, now), *added])

    jobs.advance_with(review, actions, along)
    review.cursor, review.examples = cursor, list(examples)


def go_on(review: StorageReview, stage: str, cursor: str | None, **sums: int) -> None:
    """Store how far it is, and what it has come to. Raises TakenOver."""
    at = StorageReview.cursor.remove() if cursor is None else StorageReview.cursor.set(cursor)
    added: list[Action] = [getattr(StorageReview, name).add(amount) for name, amount in sums.items() if amount]
    jobs.advance(review, [StorageReview.stage.set(stage), at, *added])


def follow(review: StorageReview, former: StorageReview | None) -> None:
    """Have a review follow the one before; the first of a site sets counts right. Raises TakenOver."""
    first = StorageReview.mends.set(True) if former is None else StorageReview.former.set(former.id)
    jobs.advance(review, [first], is_further=False)


def findings(review: str, after: str | None, limit: int) -> tuple[list[StorageFinding], str | None]:
    """One page of what a review found, by holder, and where the next one begins."""
    pk, _ = StorageReview.at(review)
    beyond = StorageFinding.sk > after if after else StorageFinding.sk.startswith("FOUND#")
    page = patiently(lambda: list(StorageFinding.query(pk, beyond, consistent_read=True, limit=limit)))
    page = [one for one in page if str(one.sk).startswith("FOUND#")]
    return page, page[-1].sk if len(page) == limit else None


def largest(review: str, kind: str, before: str | None, limit: int) -> tuple[list[StorageFinding], str | None]:
    """One page of the holders of a kind, the largest first."""
    return table.newest_listed(StorageFinding, _list_key(review, kind), before, limit)


def differences(review: str, before: str | None, limit: int) -> tuple[list[StorageFinding], str | None]:
    """One page of the holders of which a review found something else than was counted."""
    return table.newest_owned(StorageFinding, _difference_key(review), before, limit)


def keep_comparison(
    review: StorageReview, finding: StorageFinding, name: str, counted: Mapping[str, int] | None, now: datetime
) -> None:
    """Keep the name of a holder and list it; with what was `counted` of it where that differs from what was found."""
    holder, total = finding.whose, sum(finding.bytes.values())
    actions: list[Action] = [*_new(holder, now), StorageFinding.name.set(name)]
    actions += [
        StorageFinding.list_pk.set(_list_key(review.id, holder.kind)),
        StorageFinding.list_sk.set(f"{total:020d}-{holder.id}"),
    ]
    if counted is not None:
        actions.append(StorageFinding.counted.set(dict(counted)))
        actions += [StorageFinding.owner_pk.set(_difference_key(review.id)), StorageFinding.owner_sk.set(holder.id)]
    writes.update(StorageFinding(*StorageFinding.at(review.id, holder)), actions)


def rename(account: str, username: str) -> None:
    """Call an account otherwise in what reviews have found: a call for each hundred reviews, and one for each finding."""
    holder, before = storage.account(account), None
    while True:
        page, before = table.newest_owned(StorageReview, _LISTED, before, _RENAMED_AT_ONCE)
        for one in table.read_many(StorageFinding.at(review.id, holder) for review in page):
            writes.update_if(one, [StorageFinding.name.set(username)], StorageFinding.name.exists())
        if before is None:
            return


def mend(holder: Holder, changes: Mapping[str, int], seen: Sequence[StorageCounter]) -> bool:
    """Have a holder's count be what was found. False when it was counted anew meanwhile."""
    try:
        writes.transact(lambda write: storage.mending(write, holder, changes, seen))
    except ConditionFailed:
        return False
    return True


def _new(holder: Holder, now: datetime) -> list[Any]:
    kept = StorageFinding.gone_at.set(now + _KEPT)
    return [StorageFinding.kind.set(StorageFinding), StorageFinding.holder.set(holder.name), kept]


def _list_key(review: str, kind: str) -> str:
    return f"STORAGE#{review}#{kind}"


def _difference_key(review: str) -> str:
    return f"STORAGE_DIFFERENCES#{review}"
