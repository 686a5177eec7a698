"""Bans: administrators find an account, let it in no more, and let it in again."""

from datetime import datetime

from chalicelib import ids, requests, responses, telemetry
from chalicelib.actions.people import accounts, audit_log
from chalicelib.aws import accounts as cognito
from chalicelib.aws import messages
from chalicelib.aws.accounts import PoolUser
from chalicelib.domain.people.accounts import Account
from chalicelib.errors import Conflict, NotFound, say
from chalicelib.store import audit, table
from chalicelib.store.people import account_jobs, bans, sessions
from chalicelib.store.people.bans import Ban
from chalicelib.store.people.sign_ins import Address

PAGE_SIZE = 50
_NOBODY = say(
    "no_account_found",
    "There is no account of this name or address. Both must be exact; only a confirmed account has an address.",
)


def find(body: requests.FindAccount, account: Account, now: datetime) -> responses.KnownAccount:
    """The account of a user name, or of an address: to ask by that stands in the audit log. Raises NotFound."""
    profile = profile_of(body.username) if body.username else _by_address(str(body.address))
    if body.address:
        audit.record(audit_log.entry_of_site(profile.username, "looked_up", None, None, "", account, now))
    return _answer(profile, bans.find(profile.id))


def list_all(before: str | None) -> responses.KnownAccounts:
    """One page of the accounts that are banned."""
    found, following = bans.newest(before, PAGE_SIZE)
    known = [responses.KnownAccount(one.account, one.username, _told(one)) for one in found]
    return responses.KnownAccounts(known, following)


def ban(username: str, body: requests.BanAccount, account: Account, now: datetime) -> responses.KnownAccount:
    """Let an account in no more: its sessions end, its tokens go, what it has in progress is cancelled.

    Raises NotFound, and Conflict for one that is banned already, or one's own.
    """
    profile = profile_of(username)
    if profile.id == account.id:
        raise Conflict(say("ban_of_ones_own", "This is your own account. Have another administrator ban it."))
    made = Ban(
        *Ban.at(profile.id),
        account=profile.id,
        username=profile.username,
        reason=body.reason,
        by=account.username,
        banned_at=now,
    )
    job = account_jobs.new(ids.new(now), profile.id, profile.username, account_jobs.STOP, now)
    entry = audit_log.entry_of_site(profile.username, "banned", None, None, body.reason, account, now)
    bans.ban(made, job, entry, now)
    sessions.end_all(profile.id)
    accounts.forget(profile.id)
    messages.send_account_job(job.id)
    # What lives for a month; whatever it could still open, the ban refuses.
    cognito.sign_out_by_name(profile.username)
    telemetry.logger.warning("account banned", banned=profile.id, by=account.id)
    return _answer(profile, made)


def restore(username: str, reason: str, account: Account, now: datetime) -> responses.KnownAccount:
    """Let a banned account in again, by its password. Raises NotFound, and Conflict for one that is not banned."""
    profile = profile_of(username)
    bans.lift(profile.id, audit_log.entry_of_site(profile.username, "unbanned", None, None, reason, account, now))
    accounts.forget(profile.id)
    telemetry.logger.warning("account restored", restored=profile.id, by=account.id)
    return _answer(profile, None)


def account_of(username: str) -> str:
    """The id of the account of a name. Raises NotFound."""
    return profile_of(username).id


def profile_of(username: str) -> PoolUser:
    """The account of an exact user name. Raises NotFound."""
    profile = cognito.find(username)
    if profile is None:
        raise NotFound(_NOBODY)
    return profile


def _by_address(address: str) -> PoolUser:
    (noted,) = table.read(Address.at(accounts.digest_of(address)))
    if noted is None:
        raise NotFound(_NOBODY)
    profile = profile_of(noted.username)
    if profile.id != noted.account:
        raise NotFound(_NOBODY)
    return profile


def _answer(profile: PoolUser, found: Ban | None) -> responses.KnownAccount:
    return responses.KnownAccount(profile.id, profile.username, _told(found) if found else None)


def _told(found: Ban) -> responses.Ban:
    return responses.Ban(found.banned_at, found.by, found.reason)
