"""Buckets: how many more tries there are of what strangers may ask for, refilled as time passes."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from pynamodb.attributes import NumberAttribute, TTLAttribute

from chalicelib.errors import AgonError, Conflict, QuotaExceeded, Sentence, say
from chalicelib.store import table, writes
from chalicelib.store.table import Place
from chalicelib.store.writes import Composer, ConditionFailed, Transaction

_LOST = say("bucket_lost", "You do the same elsewhere at this moment. Try again.")


@dataclass(frozen=True)
class Refill:
    """The size of a bucket: `burst` tries at once, and another one after each `every`. `told` is what an empty one means."""

    burst: int
    every: timedelta
    told: Sentence = say("too_many_tries", "Too many tries.")

    @property
    def milliseconds(self) -> int:
        """The milliseconds after which there is another try."""
        return int(self.every / timedelta(milliseconds=1))


class Bucket(table.Item, discriminator="bucket"):
    """A bucket that is not full. `full_at` is when it will be, in milliseconds since 1970; then it may go."""

    full_at = NumberAttribute()
    gone_at = TTLAttribute(attr_name="ttl")

    @classmethod
    def at(cls, digest: str) -> Place["Bucket"]:
        """The place of a bucket, by the digest of who asks for what."""
        return Place(cls, f"BUCKET#{digest}", "BUCKET")


def take(digest: str, refill: Refill, now: datetime, number: int = 1) -> None:
    """Take tries: one conditional update, two where others were taken lately. Raises QuotaExceeded: there are too few."""
    at, taken = _milliseconds(now), number * refill.milliseconds
    gone_at = now + refill.every * refill.burst
    bucket = Bucket(*Bucket.at(digest))
    kept = [Bucket.kind.set(Bucket), Bucket.gone_at.set(gone_at)]
    is_full = Bucket.full_at.does_not_exist() | (Bucket.full_at <= at)
    if writes.update_if(bucket, [*kept, Bucket.full_at.set(at + taken)], is_full):
        return
    has_one = (Bucket.full_at > at) & (Bucket.full_at <= at + refill.burst * refill.milliseconds - taken)
    if not writes.update_if(bucket, [*kept, Bucket.full_at.add(taken)], has_one):
        raise _empty(refill, now + refill.every * number)


def take_along(
    seen: Bucket | None, digest: str, refill: Refill, now: datetime, others: Composer, otherwise: AgonError | None = None
) -> None:
    """Take a try in the transaction of `others`, which check and remove nothing, by what was `seen` of the bucket: one call.

    Two more for each time that something else of the same took one meanwhile. Raises QuotaExceeded, Conflict, and
    ConditionFailed or `otherwise` for a condition of the others.
    """
    for _ in range(writes.TRIES):
        try:
            writes.transact(_taking(seen, fuller(seen, digest, refill, now), others))
            return
        except ConditionFailed as error:
            # The bucket is the first that is put.
            if 0 not in error.at:
                if otherwise is None:
                    raise
                raise otherwise from error
        (seen,) = table.read(Bucket.at(digest))
    raise Conflict(_LOST)


def fuller(seen: Bucket | None, digest: str, refill: Refill, now: datetime) -> Bucket:
    """A bucket when another try is taken of what was `seen` of it. Raises QuotaExceeded: there is none."""
    at = _milliseconds(now)
    full_at = max(at, int(seen.full_at) if seen else at) + refill.milliseconds
    late = full_at - (at + refill.burst * refill.milliseconds)
    if late > 0:
        raise _empty(refill, now + timedelta(milliseconds=late, seconds=1))
    return Bucket(*Bucket.at(digest), full_at=full_at, gone_at=now + refill.every * refill.burst)


def _taking(seen: Bucket | None, taken: Bucket, others: Composer) -> Composer:
    is_as_seen = Bucket.full_at == seen.full_at if seen else Bucket.full_at.does_not_exist()

    def compose(write: Transaction) -> None:
        write.save(taken, condition=is_as_seen)
        others(write)

    return compose


def fill(digest: str) -> None:
    """Forget the tries: the last one was right."""
    writes.delete(Bucket(*Bucket.at(digest)))


def give_back(digest: str, refill: Refill) -> None:
    """Put one try back that was taken, where the bucket is still there."""
    bucket = Bucket(*Bucket.at(digest))
    writes.update_if(bucket, [Bucket.full_at.add(-refill.milliseconds)], Bucket.full_at.exists())


def _empty(refill: Refill, opens_at: datetime) -> QuotaExceeded:
    wait = say("wait_then_try", "{why} Wait until {at:%H:%M:%S} UTC, then try once more.", why=refill.told, at=opens_at)
    return QuotaExceeded(wait, opens_at)


def _milliseconds(at: datetime) -> int:
    return int(at.timestamp() * 1000)
