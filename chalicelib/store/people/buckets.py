"""Buckets: how many more tries there are of what strangers may ask for, refilled as time passes."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from pynamodb.attributes import NumberAttribute, TTLAttribute

from chalicelib.errors import QuotaExceeded
from chalicelib.store import table, writes
from chalicelib.store.table import Place


@dataclass(frozen=True)
class Refill:
    """The size of a bucket: `burst` tries at once, and another one after each `every`. `told` is what an empty one means."""

    burst: int
    every: timedelta
    told: str = "Too many tries."

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
        opens_at = now + refill.every * number
        raise QuotaExceeded(f"{refill.told} Wait until {opens_at:%H:%M:%S} UTC, then try once more.", opens_at)


def fill(digest: str) -> None:
    """Forget the tries: the last one was right."""
    writes.delete(Bucket(*Bucket.at(digest)))


def give_back(digest: str, refill: Refill) -> None:
    """Put one try back that was taken, where the bucket is still there."""
    bucket = Bucket(*Bucket.at(digest))
    writes.update_if(bucket, [Bucket.full_at.add(-refill.milliseconds)], Bucket.full_at.exists())


def _milliseconds(at: datetime) -> int:
    return int(at.timestamp() * 1000)
