"""Storage reviews: once a day the buckets are listed, and what they hold is compared with what was counted.

What runs left is measured here alone: runners say nothing of it that we would have to believe (ADR 38).
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime, time, timedelta

from chalicelib import ids, responses, settings, telemetry
from chalicelib.actions.administration import storage_finds
from chalicelib.actions.administration.storage_finds import Holding
from chalicelib.actions.people import audit_log
from chalicelib.aws import messages, objects
from chalicelib.aws.objects import Listed
from chalicelib.deadlines import OutOfTime, is_late
from chalicelib.domain.metering.room import OUTPUTS, UPLOADS
from chalicelib.domain.people.accounts import Account
from chalicelib.errors import Conflict, say
from chalicelib.store import audit, table, writes
from chalicelib.store.background import jobs
from chalicelib.store.competitions.competitions import Competition
from chalicelib.store.library.uploads import UploadTally
from chalicelib.store.metering import activity, reviews, storage
from chalicelib.store.metering.reviews import COMPARE, FILES, FORMER, RUNS, THROUGH, StorageFinding, StorageReview
from chalicelib.store.metering.storage import Holder, StorageCounter
from chalicelib.store.table import Found
from chalicelib.store.writes import Transaction

#: The hour (UTC) at which the review of a day begins.
_AT = time(3)
#: Holders whose findings go into one transaction, which DynamoDB bounds at 100 items.
MOST_HOLDERS = 90
_COMPARED_AT_ONCE = 25
_EXAMPLES = 20
LISTED = 10


def begin_nightly(now: datetime) -> None:
    """Have the buckets reviewed in the coming night, once however often it is said."""
    at = datetime.combine(now.date() + timedelta(days=now.time() >= _AT), _AT, now.tzinfo)
    jobs.create_at(reviews.new(ids.at(at, "storage review"), False, at), at)


def begin(mends: bool, account: Account, now: datetime) -> responses.StorageReview:
    """Have the buckets reviewed now. Raises Conflict while they are."""
    # One that is of a time to come is the coming night's.
    if any(one.status not in jobs.OVER and one.created_at <= now for one in reviews.newest(LISTED)):
        raise Conflict(
            say("storage_in_review", "The storage is being reviewed. Wait until that is over: `agon admin storage` tells.")
        )
    review = reviews.new(ids.new(now), mends, now)
    jobs.waiting(review)
    what = "storage_mended" if mends else "storage_reviewed"
    entry = audit_log.entry_of_site(None, what, None, {"review": review.id}, "", account, now)

    def compose(write: Transaction) -> None:
        write.save(review, condition=StorageReview.pk.does_not_exist())
        audit.recording(write, entry)

    writes.transact(compose)
    messages.send_storage_review(review.id)
    return answer(review)


def work(review: StorageReview, now: datetime, deadline: datetime) -> None:
    """List, then compare. Raises OutOfTime, TakenOver, Busy."""
    if review.cursor is None and review.stage == FILES:
        reviews.follow(review, reviews.latest_finished())
    pages = {FILES: _list_files, RUNS: _list_runs, COMPARE: _compare, FORMER: _compare_former}
    while (stage := str(review.stage)) != THROUGH:
        pages[stage](review, now)
        if is_late(deadline):
            raise OutOfTime
    activity.note_stored(review.created_at.date(), int(review.size_bytes))
    jobs.finish(review)
    telemetry.logger.info("storage reviewed", review=review.id, differing=int(review.differing))


def answer(review: StorageReview) -> responses.StorageReview:
    """A review as administrators see it."""
    return responses.StorageReview(
        id=review.id,
        status=review.status,  # type: ignore[arg-type]
        mends=bool(review.mends),
        created_at=review.created_at,
        objects=int(review.objects),
        size_bytes=int(review.size_bytes),
        site_bytes=int(review.site_bytes),
        unclaimed=int(review.unclaimed),
        unclaimed_bytes=int(review.unclaimed_bytes),
        examples=list(review.examples or []),
        differing=int(review.differing),
        moving=int(review.moving),
        mended=int(review.mended),
        reason=review.reason or "",
    )


def _list_files(review: StorageReview, now: datetime) -> None:
    _list(review, settings.get().files_bucket, RUNS, now)


def _list_runs(review: StorageReview, now: datetime) -> None:
    _list(review, settings.get().runs_bucket, COMPARE, now)


def _list(review: StorageReview, bucket: str, following: str, now: datetime) -> None:
    """Take up a page of a bucket, a thousand objects, in as few transactions as its holders fit into."""
    page = objects.listed(bucket, review.cursor)
    holdings = storage_finds.holdings_of([one.key for one in page], review.created_at)
    for chunk in _chunks(page, holdings):
        _keep(review, chunk, holdings, now)
    if len(page) < objects.LISTED_AT_ONCE:
        reviews.go_on(review, following, None)


def _chunks(page: Iterable[Listed], holdings: Mapping[str, list[Holding] | None]) -> Iterator[list[Listed]]:
    """A page in parts, each of at most as many holders as one transaction takes."""
    chunk: list[Listed] = []
    holders: set[Holder] = set()
    for one in page:
        its = {holding.holder for holding in holdings.get(one.key) or ()}
        if len(holders | its) > MOST_HOLDERS:
            yield chunk
            chunk, holders = [], set()
        chunk.append(one)
        holders |= its
    if chunk:
        yield chunk


def _keep(review: StorageReview, chunk: list[Listed], holdings: Mapping[str, list[Holding] | None], now: datetime) -> None:
    found: dict[Holder, Counter[str]] = {}
    sums: Counter[str] = Counter(objects=len(chunk), size_bytes=sum(one.size_bytes for one in chunk))
    examples = list(review.examples or [])
    for one in chunk:
        its = holdings.get(one.key)
        for holding in its or ():
            found.setdefault(holding.holder, Counter()).update(dict.fromkeys(holding.names, one.size_bytes))
        if its is None and storage_finds.is_of_the_site(one.key):
            sums["site_bytes"] += one.size_bytes
        elif its is None and one.changed_at < review.created_at - storage_finds.SETTLED:
            sums.update(unclaimed=1, unclaimed_bytes=one.size_bytes)
            examples = [*examples, one.key][:_EXAMPLES]
    reviews.keep_page(review, found, sums, examples, chunk[-1].key, now)


def _compare(review: StorageReview, now: datetime) -> None:
    page, following = reviews.findings(review.id, review.cursor, _COMPARED_AT_ONCE)
    sums = _compared(review, page, now)
    after = COMPARE if following else FORMER
    reviews.go_on(review, after, following, **sums)


def _compare_former(review: StorageReview, now: datetime) -> None:
    """What the review before found, and this one did not: it may be counted still."""
    if review.former is None:
        reviews.go_on(review, THROUGH, None)
        return
    page, following = reviews.findings(review.former, review.cursor, _COMPARED_AT_ONCE)
    found = table.read_all(StorageFinding.at(review.id, one.whose) for one in page)
    gone = [one.whose for one in page if found.get(StorageFinding.at(review.id, one.whose)) is None]
    empty = [StorageFinding(*StorageFinding.at(review.id, holder), holder=holder.name) for holder in gone]
    sums = _compared(review, empty, now)
    reviews.go_on(review, FORMER if following else THROUGH, following, **sums)


def _compared(review: StorageReview, page: list[StorageFinding], now: datetime) -> dict[str, int]:
    """Compare some holders: how many differ, are moving, were mended."""
    holders = [one.whose for one in page]
    parts = table.read_many(place for holder in holders for place in storage.places(holder))
    tallied = table.read_many(UploadTally.at(one.id) for one in holders if one.kind == storage.ACCOUNT)
    titled = table.read_many(Competition.at(one.id) for one in holders if one.kind == storage.COMPETITION)
    counters, tallies, titles = Found(parts), Found(tallied), {one.id: one.title for one in titled}
    sums: Counter[str] = Counter()
    for finding in page:
        holder = finding.whose
        counted = storage.stored(counters, holder)
        changes = _changes(finding, counted.bytes, tallies.get(UploadTally.at(holder.id)))
        told = {kind: change for kind, change in changes.items() if kind != OUTPUTS}
        moving = counted.changed_at is not None and counted.changed_at >= review.created_at
        if told and not moving:
            sums["differing"] += 1
        sums["moving"] += moving
        name = titles.get(holder.id) or counted.username
        reviews.keep_comparison(review, finding, name, counted.bytes if told and not moving else None, now)
        # What runs left is measured and not counted, so that it is another number is no mistake.
        wanted = changes if review.mends and not moving else {OUTPUTS: changes[OUTPUTS]} if OUTPUTS in changes else {}
        if wanted and reviews.mend(holder, wanted, _seen(counters, holder)):
            sums["mended"] += bool(told and review.mends)
    return dict(sums)


def _changes(finding: StorageFinding, counted: Mapping[str, int], tally: UploadTally | None) -> dict[str, int]:
    """What would have to be added to the counts, by kind."""
    found = {**finding.bytes, UPLOADS: int(tally.size_bytes) if tally else 0}
    return {kind: found[kind] - counted[kind] for kind in found if found[kind] != counted[kind]}


def _seen(counters: Found, holder: Holder) -> list[StorageCounter]:
    return [part for place in storage.places(holder) if (part := counters.get(place)) is not None]
