"""Mergers of two accounts of one person: told before, ordered by an administrator, and done by a job (departing)."""

from datetime import datetime

from chalicelib import requests, responses
from chalicelib.actions.administration import places, removals
from chalicelib.actions.people import audit_log
from chalicelib.actions.people.bans import profile_of
from chalicelib.aws.accounts import PoolUser
from chalicelib.domain.people import succession
from chalicelib.domain.people.accounts import Account
from chalicelib.errors import Complaint, Conflict, Invalid, say
from chalicelib.store import table
from chalicelib.store.background import jobs
from chalicelib.store.competitions.competitions import Competition
from chalicelib.store.people import account_jobs, bans, participants
from chalicelib.store.people.account_jobs import MERGER
from chalicelib.store.people.participants import Participant

_STAYS = (
    "Submissions, with their scores and rows on leaderboards, become the other account's. Attempts of both count together.",
    "Places in competitions, teams and groups, roles in competitions and organizations: the greater of two roles holds.",
    "Posts, announcements, tasks, datasets and queues become the other account's.",
    "Judgements count on, by the other account's name; whoever is to go on judging is invited to the jury again.",
    "Entries of audit logs, by the name that it had: they say who did what, and are never changed.",
)
_GOES = (
    "The account's sign-in, every session and every personal token, at once; its address, which may have an account again.",
    "Its inbox, its mail settings, its calendar's address, and invitations and offers to it.",
)


def preview(username: str, into: str) -> responses.Departure:
    """Effects of merging an account into another: four calls, and two for each hundred competitions.

    Raises NotFound, Invalid.
    """
    if not into:
        raise Invalid(
            say("which_account_stays", "Which account goes on?"),
            [Complaint("into", say("username_needed", "Say its user name."))],
        )
    return _told(profile_of(username), profile_of(into))


def order(username: str, body: requests.MergeAccount, account: Account, now: datetime) -> responses.Departure:
    """Merge an account into another one of the same person, as an administrator. Raises NotFound, Conflict."""
    gone, stays = profile_of(username), profile_of(body.into)
    if gone.id == account.id:
        raise Conflict(say("merge_of_ones_own", "This is your own account. Have another administrator merge it."))
    told = _told(gone, stays)
    if told.obstacles:
        first = told.obstacles[0]
        raise Conflict(
            say(
                "merger_in_the_way",
                "{what}: {advice} The preview has all that is in the way.",
                what=first.title,
                advice=first.advice,
            )
        )
    names = {"account": gone.username}, {"account": stays.username}
    entry = audit_log.entry_of_site(gone.username, "account_merged", *names, body.reason, account, now)
    job = account_jobs.new(account_jobs.departure_of(gone.id), gone.id, gone.username, MERGER, now)
    job.into, job.into_name = stays.id, stays.username
    removals.start(job, entry, now)
    return _told(gone, stays)


def _told(gone: PoolUser, stays: PoolUser) -> responses.Departure:
    job = account_jobs.find(account_jobs.departure_of(gone.id))
    members = participants.newest_of(gone.id, removals.COUNTED)
    is_over = job is not None and job.status == jobs.FINISHED
    return responses.Departure(
        username=gone.username,
        into=stays.username,
        known_as=stays.username,
        competitions=len(members),
        teams=sorted({str(one.team_name) for one in members if one.team}),
        obstacles=[] if is_over else [*_accounts(gone, stays), *_places(members, stays)],
        stays=list(_STAYS),
        goes=list(_GOES),
        status=job.status if job else None,  # type: ignore[arg-type]
        reason=(job.reason or "") if job else "",
    )


def _accounts(gone: PoolUser, stays: PoolUser) -> list[responses.Obstacle]:
    """Obstacles by what the two accounts are."""
    if gone.id == stays.id:
        return [
            responses.Obstacle(
                "account", None, stays.username, say("obstacle_same", "this is one account. Name the other one, too.")
            )
        ]
    found: list[responses.Obstacle] = []
    for one in (gone, stays):
        ban, departure, _ = bans.endings(one.id)
        if ban is not None:
            found.append(
                responses.Obstacle("account", None, one.username, say("obstacle_banned", "it is banned. Restore it first."))
            )
        if departure is not None and one is stays:
            found.append(
                responses.Obstacle("account", None, one.username, say("obstacle_going", "it is being removed itself."))
            )
    return found


def _places(members: list[Participant], stays: PoolUser) -> list[responses.Obstacle]:
    """The competitions in which two places cannot become one."""
    places_ = {one.competition: Participant.at(one.competition, stays.id) for one in members}
    there = {one.competition: one for one in table.read_many(places_.values())}
    why = {
        one.competition: reason
        for one in members
        if (other := there.get(one.competition)) is not None
        and (reason := succession.obstacle(places.place_of(one), places.place_of(other)))
    }
    known = {one.id: one for one in table.read_many(Competition.at(id_) for id_ in why)}
    return [
        responses.Obstacle("competition", id_, known[id_].title if id_ in known else id_, reason)
        for id_, reason in why.items()
    ]
