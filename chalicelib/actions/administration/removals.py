"""Removals of accounts: told before, ordered by their owners or by administrators, and done by a job (departing)."""

from datetime import datetime

from chalicelib import ids, requests, responses, telemetry
from chalicelib.actions.administration import departing, roles
from chalicelib.actions.people import accounts, audit_log
from chalicelib.actions.people.bans import profile_of
from chalicelib.aws import accounts as cognito
from chalicelib.aws import messages
from chalicelib.contract.limits import MAX_ORGANIZATIONS
from chalicelib.domain.people import organization_rules
from chalicelib.domain.people.accounts import Account
from chalicelib.errors import Conflict, say
from chalicelib.store import table
from chalicelib.store.audit import AuditEntry
from chalicelib.store.background import jobs
from chalicelib.store.people import account_jobs, departures, organizations, organizers, participants
from chalicelib.store.people.account_jobs import REMOVAL, AccountJob
from chalicelib.store.people.organizations import Organization

PAGE_SIZE = 100
#: A preview counts no more competitions than these.
COUNTED = 1000
_STAYS = (
    "Submissions, their scores and their rows on leaderboards, under that name.",
    "Posts, announcements and judgements, under that name. A post that is to go is deleted by its author before.",
    "Datasets and queues that somebody uses, and drafts of competitions in which nobody takes part, under that name.",
    "Entries of audit logs, by the name that the account had: they say who did what, and are never changed.",
)
_GOES = (
    "The sign-in, every session and every personal token, at once; the name and the address, within some minutes.",
    "Answers at registration, places in teams, juries and organizations, roles in running competitions.",
    "What is in progress: it is cancelled. Tasks, and datasets and queues that nobody uses.",
    "The inbox, mail settings, the calendar's address, invitations.",
)


def preview(account: Account) -> responses.Departure:
    """Effects of removing one's own account: six calls, and one for each hundred competitions it runs."""
    return _told(account.id, account.username)


def preview_of(username: str) -> responses.Departure:
    """The same of somebody's account, for administrators, with how far it is. Raises NotFound."""
    profile = profile_of(username)
    return _told(profile.id, profile.username)


def order(
    body: requests.RemoveOwnAccount, account: Account, origin: str, solution: str | None, now: datetime
) -> responses.Departure:
    """Remove one's own account, by its password. Nobody signs in with it from now on.

    Raises NotAllowed for a wrong password or a personal token, Conflict for what is in the way, QuotaExceeded.
    """
    accounts.check_password(account, body.password, origin, solution, now)
    name = departing.nobody(account.id).username
    # Entries stay, so of who removes themselves they have the new name alone.
    entry = audit_log.entry_of_site(
        name, "account_removed", None, None, "", Account(account.id, name, False, "session"), now
    )
    return _order(account.id, account.username, entry, now)


def order_for(username: str, body: requests.RemoveAccount, account: Account, now: datetime) -> responses.Departure:
    """Remove somebody's account, as an administrator. Raises NotFound, and Conflict for what is in the way, or one's own."""
    profile = profile_of(username)
    if profile.id == account.id:
        raise Conflict(say("remove_of_ones_own", "This is your own account. Remove it as its owner, by your password."))
    entry = audit_log.entry_of_site(profile.username, "account_removed", None, None, body.reason, account, now)
    return _order(profile.id, profile.username, entry, now)


def _order(account: str, username: str, entry: AuditEntry, now: datetime) -> responses.Departure:
    told = _told(account, username)
    if told.obstacles:
        first = told.obstacles[0]
        why = say("removal_in_the_way", "{what}: {advice}", what=first.title, advice=first.advice)
        more = len(told.obstacles) - 1
        raise Conflict(say("removal_in_the_ways", "{why} And {more} more.", why=why, more=more) if more else why)
    job = account_jobs.new(account_jobs.departure_of(account), account, username, REMOVAL, now)
    start(job, entry, now)
    return _told(account, username)


def start(job: AccountJob, entry: AuditEntry, now: datetime) -> None:
    """End all sign-ins of an account, and have its job do the rest. Raises Conflict when that is under way already."""
    into = accounts.digest_of_name(job.into_name) if job.into_name else None
    failure = ids.of_item(job.pk, job.sk)
    departures.order(job, accounts.digest_of_name(job.username), into, entry, failure, now)
    accounts.forget(job.account)
    messages.send_account_job(job.id)
    # What lives for a month; whatever it could still open, the departure refuses.
    cognito.sign_out_by_name(job.username)
    telemetry.logger.warning("account departs", account=job.account, into=job.into)


def _told(account: str, username: str) -> responses.Departure:
    job = account_jobs.find(account_jobs.departure_of(account))
    members = participants.newest_of(account, COUNTED)
    is_over = job is not None and job.status == jobs.FINISHED
    return responses.Departure(
        username=username,
        into=None,
        known_as=departing.nobody(account).username,
        competitions=len(members),
        teams=sorted({str(one.team_name) for one in members if one.team}),
        obstacles=[] if is_over else [*_competitions(account), *_organizations(account)],
        stays=list(_STAYS),
        goes=list(_GOES),
        status=job.status if job else None,  # type: ignore[arg-type]
        reason=(job.reason or "") if job else "",
    )


def _competitions(account: str) -> list[responses.Obstacle]:
    """The competitions that one owns and that somebody may miss."""
    found: list[responses.Obstacle] = []
    before: str | None = None
    while True:
        run, before = organizers.run_by(account, before, PAGE_SIZE)
        advice = say("obstacle_owned", "it is to be handed over first: offer it to another account, which accepts it.")
        owned = (one for one in run if one.owner == account and roles.is_in_use(one))
        found += [responses.Obstacle("competition", one.id, one.title, advice) for one in owned]
        if before is None:
            return found


def _organizations(account: str) -> list[responses.Obstacle]:
    """The organizations that one owns in which there are others."""
    mine = organizations.of_account(account, MAX_ORGANIZATIONS)
    owned = [one.organization for one in mine if one.role == organization_rules.OWNER]
    known = table.read_many(Organization.at(id_) for id_ in owned)
    advice = say("obstacle_members", "it has other members: offer it to one of them, who accepts it, or delete it.")
    return [
        responses.Obstacle("organization", one.id, one.name, advice)
        for one in known
        if not one.removed and int(one.members) > 1
    ]
