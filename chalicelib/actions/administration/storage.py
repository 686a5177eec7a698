"""Storage: what accounts and competitions have in the buckets, what they may have, and what could be cleaned up."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Literal, cast

from chalicelib import requests, responses
from chalicelib.actions.administration import storage_reviews
from chalicelib.actions.competitions.permissions import check_sees_all
from chalicelib.actions.people import audit_log, bans
from chalicelib.domain.metering import room
from chalicelib.domain.people.accounts import Account
from chalicelib.errors import NotFound, say
from chalicelib.store import audit, table, writes
from chalicelib.store.audit import AuditEntry
from chalicelib.store.competitions.competitions import Competition
from chalicelib.store.metering import reviews, storage
from chalicelib.store.metering.reviews import StorageFinding, StorageReview
from chalicelib.store.metering.storage import Holder, Stored
from chalicelib.store.people import organizers, site
from chalicelib.store.people.site import Site
from chalicelib.store.table import Found
from chalicelib.store.writes import Transaction

PAGE_SIZE = 50
_DRAFTS = 25
#: A draft that is older, and was never published, is one that somebody has forgotten.
_FORGOTTEN = timedelta(days=90)
_What = Literal["unused_datasets", "old_dumps", "failed_outputs", "exports", "drafts"]
_HOW: Mapping[_What, str] = {
    "unused_datasets": "No competition and no task uses them: `agon datasets list`, then `agon datasets remove ID`.",
    "old_dumps": "Dumps of more than 30 days: `agon competitions dumps COMPETITION`, then `--remove ID`.",
    "failed_outputs": "Outputs and logs of submissions that failed: they go with the submissions, when those are deleted.",
    "exports": "Dumps, and zips of submissions, which go by themselves after a week.",
    "drafts": "Drafts of more than 90 days that were never published: `agon storage COMPETITION` tells what each takes.",
}


def show_mine(account: Account, now: datetime) -> responses.Storage:
    """Storage of the account itself, and what it could remove: five calls, and one more where it has old drafts."""
    return _of_account(account.id, now)


def show_account(username: str, now: datetime) -> responses.Storage:
    """Storage of somebody, as `show_mine`, with one call more. Raises NotFound."""
    return _of_account(bans.account_of(username), now)


def show_competition(competition_id: str, account: Account, now: datetime) -> responses.Storage:
    """The storage of a competition, for who runs it: four calls. Raises NotFound, NotAllowed."""
    holder = storage.competition(competition_id)
    found = table.read_all([Site.at(), Competition.at(competition_id), *storage.places(holder)])
    check_sees_all(found.get(Competition.at(competition_id)), account)
    stored = storage.stored(found, holder)
    review, finding = _last_seen(holder)
    could = {name: amount for name, amount in (finding.cleanable if finding else {}).items() if name != "unused_datasets"}
    could["exports"] = stored.bytes["exports"] - could.get("old_dumps", 0)
    return _answer(stored, site.read(found.get(Site.at())).competition_quota, review, could)


def set_account_quota(username: str, body: requests.SetQuota, account: Account, now: datetime) -> responses.Storage:
    """Give somebody a quota of their own, or take it away. Raises NotFound."""
    id_ = bans.account_of(username)
    told = {"quota_bytes": body.quota_bytes}
    entry = audit_log.entry_of_site(username, "quota_set", _own(storage.account(id_)), told, "", account, now)
    _set(storage.account(id_), body.quota_bytes, entry)
    return _of_account(id_, now)


def set_competition_quota(
    competition_id: str, body: requests.SetQuota, account: Account, now: datetime
) -> responses.Storage:
    """Give a competition a quota of its own, or take it away. Raises NotFound."""
    (found,) = table.read(Competition.at(competition_id))
    if found is None:
        raise NotFound(say("no_competition_stored", "There is no such competition."))
    told = {"competition": found.id, "title": found.title, "quota_bytes": body.quota_bytes}
    entry = audit_log.entry_of_site(None, "quota_set", _own(storage.competition(found.id)), told, "", account, now)
    _set(storage.competition(found.id), body.quota_bytes, entry)
    return show_competition(found.id, account, now)


def show_site(holders: str, before: str | None) -> responses.SiteStorage:
    """The site's quotas, its newest reviews, and one page of who stores the most as the last one found: three calls."""
    (found,) = table.read(Site.at())
    newest = reviews.newest(storage_reviews.LISTED)
    last = next((one for one in newest if one.status == "Finished"), None)
    page, following = reviews.largest(last.id, holders, before, PAGE_SIZE) if last else ([], None)
    settings = site.read(found)
    return responses.SiteStorage(
        account_quota_bytes=settings.account_quota,
        competition_quota_bytes=settings.competition_quota,
        reviews=[storage_reviews.answer(one) for one in newest],
        holders=[_holder(one) for one in page],
        next=following,
    )


def change_quotas(body: requests.ChangeQuotas, account: Account, now: datetime) -> responses.SiteStorage:
    """Let other quotas hold for whoever has none of their own."""
    (found,) = table.read(Site.at())
    changes = body.model_dump(exclude_unset=True)
    before = {name: table.whole_number(getattr(site.read(found), name)) for name in changes}
    entry = audit_log.entry_of_site(None, "quota_set", before, changes, "", account, now)
    site.change(changes, [entry])
    return show_site(storage.COMPETITION, None)


def list_differences(before: str | None) -> responses.StorageDifferences:
    """One page of where the last review found something else than was counted: two calls."""
    last = reviews.latest_finished()
    page, following = reviews.differences(last.id, before, PAGE_SIZE) if last else ([], None)
    told = [
        responses.StorageDifference(_kind(one.whose), one.whose.id, one.name or "", one.bytes, one.counted or {})
        for one in page
    ]
    return responses.StorageDifferences(told, following)


def _of_account(id_: str, now: datetime) -> responses.Storage:
    holder = storage.account(id_)
    found = table.read_all([Site.at(), *storage.places(holder)])
    review, finding = _last_seen(holder)
    could = {"unused_datasets": finding.cleanable["unused_datasets"] if finding else 0, "drafts": _in_drafts(id_, now)}
    return _answer(storage.stored(found, holder), site.read(found.get(Site.at())).account_quota, review, could)


def _in_drafts(account: str, now: datetime) -> int:
    """The bytes of competitions of an account's own that it has left drafts, of its newest."""
    run, _ = organizers.run_by(account, None, _DRAFTS)
    left = [one for one in run if one.owner == account and one.published_at is None and one.created_at < now - _FORGOTTEN]
    holders = [storage.competition(one.id) for one in left]
    counters = table.read_many(place for holder in holders for place in storage.places(holder))
    found = Found(counters)
    return sum(storage.stored(found, holder).total for holder in holders)


def _last_seen(holder: Holder) -> tuple[StorageReview | None, StorageFinding | None]:
    """The last review, and what it found of a holder."""
    last = reviews.latest_finished()
    if last is None:
        return None, None
    (finding,) = table.read(StorageFinding.at(last.id, holder))
    return last, finding


def _answer(stored: Stored, of_all: int | None, review: StorageReview | None, could: Mapping[str, int]) -> responses.Storage:
    return responses.Storage(
        total_bytes=stored.total,
        bytes=dict(stored.bytes),
        quota_bytes=room.quota(stored.quota, of_all),
        own_quota=stored.quota is not None,
        reviewed_at=review.created_at if review else None,
        suggestions=[responses.CleanUp(what, could[what], how) for what, how in _HOW.items() if could.get(what, 0) > 0],
    )


def _own(holder: Holder) -> dict[str, int | None]:
    return {"quota_bytes": storage.stored(table.read_all(storage.places(holder)), holder).quota}


def _set(holder: Holder, quota: int | None, entry: AuditEntry) -> None:
    def compose(write: Transaction) -> None:
        storage.setting_quota(write, holder, quota)
        audit.recording(write, entry)

    writes.transact(compose)


def _holder(one: StorageFinding) -> responses.StorageHolder:
    return responses.StorageHolder(
        kind=_kind(one.whose),
        id=one.whose.id,
        name=one.name or "",
        total_bytes=sum(one.bytes.values()),
        bytes=one.bytes,
        cleanable={name: amount for name, amount in one.cleanable.items() if amount},
    )


def _kind(holder: Holder) -> Literal["account", "competition"]:
    return cast(Literal["account", "competition"], holder.kind)
