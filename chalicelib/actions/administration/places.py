"""Places in competitions of an account that ends: what it submitted, its team, and that it took part."""

from datetime import datetime
from functools import partial

from chalicelib.actions.administration import cancelling
from chalicelib.actions.submissions import successions
from chalicelib.domain.people import succession
from chalicelib.domain.people.departures import Leaver
from chalicelib.errors import Busy, Conflict, NotFound, say
from chalicelib.store import table, writes
from chalicelib.store.competitions import competitions
from chalicelib.store.forum import reports
from chalicelib.store.leaderboards import results
from chalicelib.store.leaderboards.results import Result
from chalicelib.store.people import participants, teams
from chalicelib.store.people.participants import Participant
from chalicelib.store.people.teams import Team
from chalicelib.store.submissions import shared_code
from chalicelib.store.submissions.shared_code import OwnSharedCode
from chalicelib.store.writes import Transaction

_CANCELLED = "Cancelled: the account that submitted this is being removed."
_MOVES = say("team_changes", "This team changes all the time. Try again in a moment.")


def leave(leaver: Leaver, member: Participant, now: datetime) -> int:
    """Give a successor what was submitted to a competition, and at last the place in it: how much is left in progress.

    Raises Busy, and Conflict for two places that cannot be one.
    """
    successor = leaver.successor
    if leaver.is_removed:
        cancelling.cancel(leaver.account, member.competition, _CANCELLED, now)
    competitors, left = successions.competitors_of(member), 0
    try:
        competition, phases = competitions.find(member.competition)
    except NotFound:
        phases = []
    for phase in phases:
        left += successions.hand_over(member, competitors, competition, phase, successor, now)
    reports.rename_reporter(member.competition, leaver.username, successor.username)
    if leaver.is_removed:
        participants.strip(member, successor.username)
    # What another process takes meanwhile is found by the team, and stands for who takes part.
    if leaver.is_settled and not left:
        give = _leave_team if leaver.is_removed else partial(_succeed, leaver)
        writes.retried(partial(give, member), Busy(_MOVES))
    return left


def leave_result(leaver: Leaver, result: Result, _now: datetime) -> int:
    """Take away where the account stood, or give that to the successor. Nothing is left."""
    if leaver.is_removed:
        writes.delete(result)
    else:
        results.succeed(result, leaver.successor.user)
    return 0


def leave_code(leaver: Leaver, note: OwnSharedCode, _now: datetime) -> int:
    """Take away the note that the account shares something, or give that to the successor. Nothing is left.

    Of what the account itself submitted the successor has it with the submission.
    """
    if not leaver.is_removed and (note.pk, note.sk) == OwnSharedCode.at(str(note.owner_sk), leaver.account):
        shared_code.succeed(note, leaver.account, leaver.successor.user)
    elif leaver.is_removed:
        writes.delete(note)
    return 0


def _leave_team(member: Participant) -> None:
    """Leave a team as people do; one that has submitted and has nobody else stays, disbanded. Raises ConditionFailed."""
    if member.team is None:
        return
    (team,) = table.read(Team.at(member.competition, member.team))
    if team is None or member.user not in team.usernames:
        return
    try:
        if len(team.usernames) == 1 and team.submitted:
            teams.disband(team, writes.nothing)
        else:
            teams.leave(team, member.user)
    except Conflict as error:
        raise writes.ConditionFailed(frozenset()) from error


def _succeed(leaver: Leaver, known: Participant) -> None:
    """Have the successor take part in the place of the account. Raises ConditionFailed when that moved, Conflict."""
    at, successor = known.competition, leaver.successor
    former, there = table.read(Participant.at(at, leaver.account), Participant.at(at, successor.user))
    if former is None:
        return
    if there is not None and (obstacle := succession.obstacle(place_of(former), place_of(there))):
        raise Conflict(say("place_in_the_way", "In the competition {competition}: {why}", competition=at, why=obstacle))
    team = table.read(Team.at(at, former.team))[0] if former.team else None

    def compose(write: Transaction) -> None:
        participants.succeeding(write, former, there, successor.user, successor.username)
        if team is not None and leaver.account in team.usernames:
            teams.succeeding(write, team, leaver.account, successor.user, successor.username)

    writes.transact(compose)


def place_of(member: Participant) -> succession.Position:
    """The position that two places are compared by."""
    return succession.Position(member.status, member.team, member.team_name, member.robot is not None)
