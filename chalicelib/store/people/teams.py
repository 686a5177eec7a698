"""Teams: who competes together. A team and the participants in it change in one transaction, so nobody is in two."""

from collections.abc import Collection
from datetime import datetime
from typing import Any

from pynamodb.attributes import BooleanAttribute, MapAttribute, UnicodeAttribute, UnicodeSetAttribute, UTCDateTimeAttribute
from pynamodb.expressions.condition import Condition, size
from pynamodb.expressions.update import Action

from chalicelib.domain.competitions.access import APPROVED
from chalicelib.domain.people import team_rules
from chalicelib.errors import Conflict, NotFound, say
from chalicelib.store import table, writes
from chalicelib.store.patience import patiently
from chalicelib.store.people.participants import Participant
from chalicelib.store.table import Place
from chalicelib.store.writes import Composer, ConditionFailed, Transaction

_PREFIX = "TEAM#"
_NO_TEAM = say("no_team", "There is no such team in this competition.")
MOVED = say("team_moved", "The team has changed meanwhile. Look at it again.")


class Team(table.Item, discriminator="team"):
    """A team: some participants of one competition. `members` has their user names by their ids, and `leader` is one
    of those.

    Who knows the `code` may join. `status` is approved, pending or denied; or merged, into the team `merged_into`, or
    disbanded, after which nobody is in it. `submitted` is set when it first submits. Its id follows from its first name, so
    of two that make teams of one name one does; `names` are the digests of its TeamNames.
    """

    id = UnicodeAttribute()
    competition = UnicodeAttribute()
    name = UnicodeAttribute()
    status = UnicodeAttribute()
    leader = UnicodeAttribute()
    members: MapAttribute[str, Any] = MapAttribute()
    code = UnicodeAttribute()
    submitted = BooleanAttribute(null=True)
    names = UnicodeSetAttribute(null=True)
    merged_into = UnicodeAttribute(null=True)
    made_at = UTCDateTimeAttribute()

    @classmethod
    def at(cls, competition: str, team: str) -> Place["Team"]:
        """The place of a team of a competition."""
        return Place(cls, f"COMPETITION#{competition}", f"{_PREFIX}{team}")

    @property
    def usernames(self) -> dict[str, str]:
        """The members' names by their ids, the leader's first."""
        names: dict[str, str] = {user: self.members[user] for user in self.members}
        return dict(sorted(names.items(), key=lambda member: (member[0] != self.leader, member[1].lower())))


class TeamName(table.Item, discriminator="team_name"):
    """The looks of a team's name, by which no other team of the competition may look the same."""

    team = UnicodeAttribute()

    @classmethod
    def at(cls, competition: str, digest: str) -> Place["TeamName"]:
        """The place where it is noted which team looks so."""
        return Place(cls, f"COMPETITION#{competition}", f"TEAM_NAME#{digest}")


def check_there(team: Team | None) -> Team:
    """The team that was looked for. Raises NotFound."""
    if team is None:
        raise NotFound(_NO_TEAM)
    return team


def of_competition(competition: str, after: str | None, limit: int) -> tuple[list[Team], str | None]:
    """One page of a competition's teams, by their ids, and the cursor of the next."""
    pk, start = Team.at(competition, after or "")
    page = Team.sk.between(f"{start}!" if after else start, f"{_PREFIX}~")
    found = patiently(lambda: list(Team.query(pk, page, limit=limit)))
    return found, found[-1].id if len(found) == limit else None


def named(competition: str, digests: Collection[str]) -> Team | None:
    """The one team whose name looks so, by two calls; None where there is none."""
    places = [TeamName.at(competition, digest) for digest in digests]
    found = table.read_all(places)
    meant = {looks.team for looks in map(found.get, places) if looks}
    return table.read(Team.at(competition, meant.pop()))[0] if len(meant) == 1 else None


def mates_of(competition: str, team: str | None, user: str) -> list[str]:
    """The ids of those in a team beside somebody, by one call; none where there is no team."""
    if team is None:
        return []
    (found,) = table.read(Team.at(competition, team))
    return [mate for mate in found.usernames if mate != user] if found else []


def create(team: Team, leader: Participant, also: Composer) -> None:
    """Store a team and its leader's place in it, and do `also`.

    Raises Conflict when the name is taken, or the leader no more free.
    """

    def compose(write: Transaction) -> None:
        write.save(team, condition=Team.pk.does_not_exist())
        for digest in sorted(team.names or ()):
            name = TeamName(*TeamName.at(team.competition, digest), team=team.id)
            write.save(name, condition=TeamName.pk.does_not_exist())
        _entering(write, leader, team, team.made_at)
        also(write)

    try:
        writes.transact(compose)
    except ConditionFailed as error:
        if 0 in error.at:
            raise Conflict(
                say("team_name_taken", "There is a team “{name}” already. Choose another name.", name=team.name)
            ) from error
        if error.at & set(range(1, 1 + len(team.names or ()))):
            raise Conflict(
                say(
                    "team_name_alike",
                    "There is a team whose name looks like “{name}” already. Choose another name.",
                    name=team.name,
                )
            ) from error
        raise Conflict(MOVED) from error


def join(team: Team, member: Participant, most: int, now: datetime, also: Composer = writes.nothing) -> None:
    """Add a member, and do `also`. Raises Conflict when it has `most` by now, its code changed, or they are in a team."""
    condition = (Team.code == team.code) & (size(Team.members) < most) & ~Team.status.is_in(*team_rules.GONE)

    def compose(write: Transaction) -> None:
        write.update(team, actions=[Team.members[member.user].set(member.username)], condition=condition)
        _entering(write, member, team, now)
        also(write)

    _commit(compose)
    team.members[member.user] = member.username


def leave(team: Team, user: str, also: Composer = writes.nothing) -> None:
    """Take a member out, and do `also`. The last one dissolves it, and who is longest in it follows a leader.

    Raises Conflict when it changed.
    """
    if set(team.usernames) == {user}:
        dissolve(team, also)
        return
    condition, actions = Team.members[user].exists() & (Team.leader == team.leader), [Team.members[user].remove()]
    if user == team.leader:
        follower = _longest_after(team)
        condition, actions = condition & Team.members[follower].exists(), [*actions, Team.leader.set(follower)]

    def compose(write: Transaction) -> None:
        write.update(team, actions=actions, condition=condition)
        _leaving(write, team, user)
        also(write)

    _commit(compose)


def dissolve(team: Team, also: Composer = writes.nothing) -> None:
    """Remove a team that has not submitted; its name is free again. Raises Conflict when it changed or submitted."""

    def compose(write: Transaction) -> None:
        write.delete(team, condition=(Team.members == team.members) & Team.submitted.does_not_exist())
        for digest in team.names or ():
            write.delete(TeamName(*TeamName.at(team.competition, digest)))
        for user in team.usernames:
            _leaving(write, team, user)
        also(write)

    _commit(compose)


def disband(team: Team, also: Composer) -> None:
    """Let all members go; the team stays with what it has submitted, and takes nobody. Raises Conflict when it changed."""
    ending: list[Action] = [Team.status.set(team_rules.DISBANDED), Team.members.set({})]

    def compose(write: Transaction) -> None:
        write.update(team, actions=ending, condition=_as_read(team))
        for user in team.usernames:
            _leaving(write, team, user)
        also(write)

    _commit(compose)
    team.status, team.members = team_rules.DISBANDED, {}


def rename(team: Team, name: str, names: set[str], also: Composer) -> None:
    """Call it otherwise. Raises Conflict when it changed, or another team's name looks the same."""
    former, at = set(team.names or ()), team.competition
    actions: list[Action] = [Team.name.set(name), Team.names.set(names)]

    def compose(write: Transaction) -> None:
        for digest in sorted(former - names):
            write.delete(TeamName(*TeamName.at(at, digest)))
        for digest in sorted(names - former):
            write.save(TeamName(*TeamName.at(at, digest), team=team.id), condition=TeamName.pk.does_not_exist())
        write.update(team, actions=actions, condition=_as_read(team) & (Team.name == team.name))
        for user in team.usernames:
            member = Participant(*Participant.at(at, user))
            write.update(member, actions=[Participant.team_name.set(name)], condition=Participant.team == team.id)
        also(write)

    taken = say(
        "team_moved_or_alike",
        "The team has changed meanwhile, or another one's name looks like “{name}”. Choose another name.",
        name=name,
    )
    writes.transact(compose, otherwise=Conflict(taken))
    team.name, team.names = name, names


def merging(write: Transaction, team: Team, into: Team) -> None:
    """Within a transaction: all members of a team go into another, on condition that both are as they were read."""
    there = team.usernames
    goes: list[Action] = [Team.status.set(team_rules.MERGED), Team.merged_into.set(into.id), Team.members.set({})]
    write.update(team, actions=goes, condition=_as_read(team) & (Team.status == APPROVED))
    comes: list[Action] = [Team.members[user].set(name) for user, name in there.items()]
    comes += [Team.submitted.set(True)] if team.submitted else []
    write.update(into, actions=comes, condition=_as_read(into) & (Team.status == APPROVED))
    for user in there:
        member = Participant(*Participant.at(team.competition, user))
        actions: list[Action] = [Participant.team.set(into.id), Participant.team_name.set(into.name)]
        write.update(member, actions=actions, condition=Participant.team == team.id)


def succeeding(write: Transaction, team: Team, former: str, user: str, username: str) -> None:
    """Within a transaction: an account, perhaps in it already, is in a team for another, if that is as it was read."""
    actions: list[Action] = [Team.members[former].remove()]
    actions += [] if user in team.usernames else [Team.members[user].set(username)]
    actions += [Team.leader.set(user)] if team.leader == former else []
    write.update(team, actions=actions, condition=_as_read(team))


def hand_over(team: Team, user: str, also: Composer = writes.nothing) -> None:
    """Make another member the leader. Raises Conflict when one of the two left or leads no more."""
    condition = (Team.leader == team.leader) & Team.members[user].exists()
    _change(team, [Team.leader.set(user)], condition, also)
    team.leader = user


def decide(team: Team, status: str, also: Composer) -> None:
    """An organizer's decision. Raises Conflict when somebody else decided, or it is gone."""
    _change(team, [Team.status.set(status)], Team.status == team.status, also)
    team.status = status


def change_code(team: Team, code: str, also: Composer) -> None:
    """Have the former code be good for nothing, and do `also`. Raises Conflict when somebody else changed it."""
    _change(team, [Team.code.set(code)], Team.code == team.code, also)
    team.code = code


def submitting(write: Transaction, competition: str, team: str, user: str) -> None:
    """Within a transaction: a member submits, on condition that the team may and they are in it."""
    condition = (Team.status == APPROVED) & Team.members[user].exists()
    write.update(Team(*Team.at(competition, team)), actions=[Team.submitted.set(True)], condition=condition)


def _entering(write: Transaction, member: Participant, team: Team, now: datetime) -> None:
    actions: list[Action] = [
        *(Participant.team.set(team.id), Participant.team_name.set(team.name)),
        Participant.team_since.set(now),
    ]
    condition = (Participant.status == APPROVED) & Participant.team.does_not_exist()
    write.update(Participant(member.pk, member.sk), actions=actions, condition=condition)


def _leaving(write: Transaction, team: Team, user: str) -> None:
    member = Participant(*Participant.at(team.competition, user))
    actions: list[Action] = [one.remove() for one in (Participant.team, Participant.team_name, Participant.team_since)]
    write.update(member, actions=actions, condition=Participant.team == team.id)


def _longest_after(team: Team) -> str:
    """Who leads when the leader leaves: one read of all members."""
    there = table.read_many(Participant.at(team.competition, user) for user in team.usernames)
    since = {one.user: one.team_since for one in there if one.team == team.id}
    if not since.keys() - {team.leader}:
        raise Conflict(MOVED)
    return team_rules.next_leader(team.leader, since)


def _as_read(team: Team) -> Condition:
    """Nobody came, left or leads it since, and nobody decided about it."""
    same: Condition = (Team.members == team.members) & (Team.leader == team.leader) & (Team.status == team.status)
    return same


def _commit(compose: Composer) -> None:
    writes.transact(compose, otherwise=Conflict(MOVED))


def _change(team: Team, actions: list[Action], condition: Condition, also: Composer) -> None:
    def compose(write: Transaction) -> None:
        write.update(team, actions=actions, condition=condition)
        also(write)

    _commit(compose)
