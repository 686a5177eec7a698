"""Teams: who competes together. A team and the participants in it change in one transaction, so nobody is in two."""

from typing import Any

from pynamodb.attributes import BooleanAttribute, MapAttribute, UnicodeAttribute, UTCDateTimeAttribute
from pynamodb.expressions.condition import Condition, size
from pynamodb.expressions.update import Action

from chalicelib.domain.competitions.access import APPROVED
from chalicelib.domain.people import team_rules
from chalicelib.errors import Conflict, NotFound
from chalicelib.store import table, writes
from chalicelib.store.patience import patiently
from chalicelib.store.people.participants import Participant
from chalicelib.store.table import Place
from chalicelib.store.writes import ConditionFailed, Transaction

_PREFIX = "TEAM#"
_NO_TEAM = "There is no such team in this competition."
MOVED = "The team has changed meanwhile. Look at it again."


class Team(table.Item, discriminator="team"):
    """Some participants of one competition. `members` has their user names by their ids, and `leader` is one of those.

    Who knows the `code` may join. `status` is approved, pending or denied. `submitted` is set when it first submits.
    Its id follows from its name, so of two that make teams of one name one does.
    """

    id = UnicodeAttribute()
    competition = UnicodeAttribute()
    name = UnicodeAttribute()
    status = UnicodeAttribute()
    leader = UnicodeAttribute()
    members: MapAttribute[str, Any] = MapAttribute()
    code = UnicodeAttribute()
    submitted = BooleanAttribute(null=True)
    made_at = UTCDateTimeAttribute()

    @classmethod
    def at(cls, competition: str, team: str) -> Place["Team"]:
        """Where a team of a competition is."""
        return Place(cls, f"COMPETITION#{competition}", f"{_PREFIX}{team}")

    @property
    def usernames(self) -> dict[str, str]:
        """The members' names by their ids, the leader's first."""
        names: dict[str, str] = {user: self.members[user] for user in self.members}
        return dict(sorted(names.items(), key=lambda member: (member[0] != self.leader, member[1].lower())))


def key(competition: str, team: str) -> table.Key:
    return Team.at(competition, team)


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


def create(team: Team, leader: Participant) -> None:
    """Store a team and its leader's place in it. Raises Conflict when the name is taken, or the leader no more free."""

    def compose(write: Transaction) -> None:
        write.save(team, condition=Team.pk.does_not_exist())
        _entering(write, leader, team)

    try:
        writes.transact(compose)
    except ConditionFailed as error:
        if 0 in error.at:
            raise Conflict(f"There is a team “{team.name}” already. Choose another name.") from error
        raise Conflict(MOVED) from error


def join(team: Team, member: Participant) -> None:
    """Add a member. Raises Conflict when it is full by now, its code is another one, or the member is in a team."""
    condition = (Team.code == team.code) & (size(Team.members) < team_rules.MAX_MEMBERS)

    def compose(write: Transaction) -> None:
        write.update(team, actions=[Team.members[member.user].set(member.username)], condition=condition)
        _entering(write, member, team)

    _commit(compose)
    team.members[member.user] = member.username


def leave(team: Team, user: str) -> None:
    """Take a member out who does not lead the others. The last one dissolves it. Raises Conflict when it changed."""
    if set(team.usernames) == {user}:
        dissolve(team)
        return
    condition = Team.members[user].exists() & (Team.leader != user)

    def compose(write: Transaction) -> None:
        write.update(team, actions=[Team.members[user].remove()], condition=condition)
        _leaving(write, team, user)

    _commit(compose)


def dissolve(team: Team) -> None:
    """Remove a team that has not submitted; its name is free again. Raises Conflict when it changed or submitted."""

    def compose(write: Transaction) -> None:
        write.delete(team, condition=(Team.members == team.members) & Team.submitted.does_not_exist())
        for user in team.usernames:
            _leaving(write, team, user)

    _commit(compose)


def hand_over(team: Team, user: str) -> None:
    """Make another member the leader. Raises Conflict when one of the two left or leads no more."""
    condition = (Team.leader == team.leader) & Team.members[user].exists()
    _update(team, [Team.leader.set(user)], condition)


def decide(team: Team, status: str) -> None:
    """An organizer's decision. Raises Conflict when it is gone."""
    _update(team, [Team.status.set(status)], Team.pk.exists())


def change_code(team: Team, code: str) -> None:
    """Have the former code be good for nothing. Raises Conflict when somebody else changed it."""
    _update(team, [Team.code.set(code)], Team.code == team.code)


def submitting(write: Transaction, competition: str, team: str, user: str) -> None:
    """Within a transaction: a member submits, on condition that the team may and they are in it."""
    condition = (Team.status == APPROVED) & Team.members[user].exists()
    write.update(Team(*Team.at(competition, team)), actions=[Team.submitted.set(True)], condition=condition)


def _entering(write: Transaction, member: Participant, team: Team) -> None:
    actions: list[Action] = [Participant.team.set(team.id), Participant.team_name.set(team.name)]
    condition = (Participant.status == APPROVED) & Participant.team.does_not_exist()
    write.update(Participant(member.pk, member.sk), actions=actions, condition=condition)


def _leaving(write: Transaction, team: Team, user: str) -> None:
    member = Participant(*Participant.at(team.competition, user))
    actions: list[Action] = [Participant.team.remove(), Participant.team_name.remove()]
    write.update(member, actions=actions, condition=Participant.team == team.id)


def _commit(compose: writes.Composer) -> None:
    writes.transact(compose, otherwise=Conflict(MOVED))


def _update(team: Team, actions: list[Action], condition: Condition) -> None:
    writes.update(team, actions, condition, otherwise=Conflict(MOVED))
