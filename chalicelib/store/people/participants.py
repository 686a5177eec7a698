"""Participants: who takes part in which competition."""

from collections.abc import Collection, Sequence
from datetime import datetime

from pynamodb.attributes import (
    BooleanAttribute,
    JSONAttribute,
    NumberAttribute,
    UnicodeAttribute,
    UnicodeSetAttribute,
    UTCDateTimeAttribute,
)

from chalicelib.domain.people.participation import EVERYBODY, Wanted
from chalicelib.domain.submissions.robots import Robot
from chalicelib.errors import Conflict, say
from chalicelib.store import audit, table, writes
from chalicelib.store.audit import AuditEntry
from chalicelib.store.competitions.competitions import Competition
from chalicelib.store.events.events import Event, recording
from chalicelib.store.patience import patiently
from chalicelib.store.people.guests import Guest, accepting
from chalicelib.store.table import Place
from chalicelib.store.writes import Action, Composer, Condition, Transaction

NO_PARTICIPANT = say("no_participant", "There is no such participant. Look at the list of participants.")
APPROVED, PENDING, DENIED = "approved", "pending", "denied"
_PREFIX = "PARTICIPANT#"
#: So many are looked through for one page of those who are wanted.
LOOKED_THROUGH = 500
_MOVED = say("participant_moved", "Somebody else has just changed something about this participant. Load the list again.")


class Participant(table.Item, discriminator="participant"):
    """One account in one competition. `status` is approved, pending or denied; `team` has the id of theirs, if any.

    `reason` is what the organizers said when they last decided about it, `address` the confirmed one at joining.
    `team_since` is when they came into it, which a former build did not note. `decisions` counts those about them on the
    day `decisions_on`, of UTC.
    `answers` are those to the questions at registration. `terms_version` says which terms they accepted; who joined
    before those were counted, the first. `joined_draft`: they joined a draft, so they see it while it is one. `groups` has
    the keys of those that they are in, `robot` the rules of one that an organizer admitted as a robot. `admitted`: they
    never asked to take part, or are gone, so nobody here mails them, and their address is told to nobody. `brought` counts
    the submissions that came from another site for whom this place stands until they collect it.
    """

    user = UnicodeAttribute()
    username = UnicodeAttribute()
    competition = UnicodeAttribute()
    status = UnicodeAttribute()
    reason = UnicodeAttribute(null=True)
    joined_at = UTCDateTimeAttribute()
    address = UnicodeAttribute(null=True)
    terms_version = NumberAttribute(null=True)
    joined_draft = BooleanAttribute(null=True)
    robot = JSONAttribute(null=True)
    admitted = BooleanAttribute(null=True)
    brought = NumberAttribute(null=True)
    answers = JSONAttribute(null=True)
    team = UnicodeAttribute(null=True)
    team_name = UnicodeAttribute(null=True)
    team_since = UTCDateTimeAttribute(null=True)
    groups = UnicodeSetAttribute(null=True)
    decisions = NumberAttribute(null=True)
    decisions_on = UnicodeAttribute(null=True)

    @classmethod
    def at(cls, competition: str, user: str) -> Place["Participant"]:
        """The place where it says what an account is in a competition."""
        return Place(cls, f"COMPETITION#{competition}", f"{_PREFIX}{user}")

    @property
    def competitor(self) -> str:
        """The competitor: they themselves, or their team."""
        return str(self.team or self.user)

    @property
    def competitor_name(self) -> str:
        """The name of that on leaderboards."""
        return str(self.team_name or self.username)


class ParticipantName(table.Item, discriminator="participant_name"):
    """An account's user name in a competition, for who writes `@name`. Organizers have one once they have posted."""

    user = UnicodeAttribute()

    @classmethod
    def at(cls, competition: str, username: str) -> Place["ParticipantName"]:
        """Place of a name; upper and lower case are the same."""
        return Place(cls, f"COMPETITION#{competition}", f"USERNAME#{username.lower()}")


def naming(write: Transaction, competition: str, username: str, user: str) -> None:
    """Within a transaction: note whose a name is."""
    write.save(ParticipantName(*ParticipantName.at(competition, username), user=user))


def team_of(member: Participant | None) -> str | None:
    """The team for which somebody competes. None for who is in none, or was turned away."""
    return member.team if member is not None and member.status == APPROVED else None


def groups_of(member: Participant | None) -> set[str]:
    """The keys of the groups that somebody is in. None for who was turned away, or is yet to be let in."""
    return set(member.groups or ()) if member is not None and member.status == APPROVED else set()


def has_accepted(member: Participant | None, competition: Competition) -> bool:
    """True for who accepted the terms that hold, or where there are none."""
    if competition.terms is None or (member is not None and member.robot is not None):
        return True
    return member is not None and int(member.terms_version or 1) >= competition.version_of_terms


def sees_draft(member: Participant) -> bool:
    """True for who joined a competition while it was a draft, and was not turned away: it stays theirs to see."""
    return bool(member.joined_draft) and member.status != DENIED


def accept(participant: Participant, version: int) -> None:
    """Note which terms somebody accepted, unless they accepted later ones already."""
    earlier = Participant.terms_version.does_not_exist() | (Participant.terms_version < version)
    if writes.update_if(participant, [Participant.terms_version.set(version)], Participant.pk.exists() & earlier):
        participant.terms_version = version


def reason_of(member: Participant | None) -> str:
    """The reason that the organizers gave when they last decided about somebody; empty when they said nothing."""
    return str(member.reason or "") if member is not None else ""


def add(
    participant: Participant, events: Sequence[Event] = (), guest: Guest | None = None, besides: Composer | None = None
) -> None:
    """Store who joined, with the `events` of it, and by which invitation; count the approved ones.

    `besides` is as for `writes.transact`. Raises Conflict when they had joined before, or the invitation holds no more.
    """
    counted = 1 if participant.status == APPROVED else 0

    def compose(write: Transaction) -> None:
        write.save(participant, condition=Participant.pk.does_not_exist())
        naming(write, participant.competition, participant.username, participant.user)
        _counting(write, participant.competition, counted)
        if guest is not None:
            accepting(write, guest, participant.username, participant.joined_at)
        recording(write, events)

    writes.transact(compose, besides, Conflict(say("joined_already", "You take part in this competition already.")))


def bringing(write: Transaction, participant: Participant, is_new: bool) -> None:
    """Within a transaction: a submission came from another site for the place of somebody who took part there."""
    if is_new:
        participant.brought = 1
        write.save(participant, condition=Participant.pk.does_not_exist())
        naming(write, participant.competition, participant.username, participant.user)
        counted: list[Action] = [Competition.participants.add(1), Competition.brought.set(True)]
        write.update(Competition(*Competition.at(participant.competition)), actions=counted)
    else:
        write.update(participant, actions=[Participant.brought.add(1)], condition=Participant.pk.exists())


def come(participant: Participant, guest: Guest, is_draft: bool, events: Sequence[Event], now: datetime) -> None:
    """Approve somebody who waits, by an invitation; of a draft they see what they were invited to, as who joined it.

    Raises Conflict when that, or they, are not as they were.
    """

    def compose(write: Transaction) -> None:
        approved: list[Action] = [Participant.status.set(APPROVED), Participant.reason.remove()]
        approved += [Participant.joined_draft.set(True)] if is_draft else []
        write.update(participant, actions=approved, condition=Participant.status == PENDING)
        accepting(write, guest, participant.username, now)
        _counting(write, participant.competition, 1)
        recording(write, events)

    writes.transact(
        compose,
        otherwise=Conflict(say("you_were_decided", "Somebody has just decided about you. Look at the competition again.")),
    )
    participant.status, participant.reason = APPROVED, None


def decided_on(participant: Participant, now: datetime) -> int:
    """Number of decisions about somebody on this day."""
    return int(participant.decisions or 0) if participant.decisions_on == _day(now) else 0


def decide(participant: Participant, status: str, reason: str, entry: AuditEntry, also: Composer, now: datetime) -> None:
    """An organizer's decision, the record of it, and what is `also` written. Raises Conflict when another one came first."""
    change = (status == APPROVED) - (participant.status == APPROVED)
    said = Participant.reason.set(reason) if reason else Participant.reason.remove()
    same = Participant.status == participant.status
    number = decided_on(participant, now) + (status != participant.status)
    counted = Participant.decisions.set(number), Participant.decisions_on.set(_day(now))

    def compose(write: Transaction) -> None:
        write.update(participant, actions=[Participant.status.set(status), said, *counted], condition=same)
        _counting(write, participant.competition, change)
        audit.recording(write, entry)
        also(write)

    decided = Conflict(
        say("participant_decided", "Somebody else has just decided about this participant. Load the list again.")
    )
    writes.transact(compose, otherwise=decided)
    participant.status, participant.reason = status, reason or None


def regroup(participant: Participant, groups: Collection[str], entry: AuditEntry) -> None:
    """Put somebody in these groups and in no others, and record it. Raises Conflict when somebody else did meanwhile."""
    former = participant.groups
    same = Participant.pk.exists() & (Participant.groups == former if former else Participant.groups.does_not_exist())
    action = Participant.groups.set(set(groups)) if groups else Participant.groups.remove()

    def compose(write: Transaction) -> None:
        write.update(participant, actions=[action], condition=same)
        audit.recording(write, entry)

    writes.transact(
        compose,
        otherwise=Conflict(say("groups_moved", "Somebody else has just changed this participant's groups. Try again.")),
    )
    participant.groups = set(groups) or None


def admit(participant: Participant, robot: Robot, is_new: bool, entry: AuditEntry) -> None:
    """Have an account take part as a robot, whether it did before or not. Raises Conflict when that has just changed."""
    change = 1 if is_new else int(participant.status != APPROVED)
    actions: list[Action] = [Participant.robot.set(robot.to_dict()), Participant.status.set(APPROVED)]
    alone = Participant.status == participant.status, Participant.team.does_not_exist()

    def compose(write: Transaction) -> None:
        if is_new:
            write.save(participant, condition=Participant.pk.does_not_exist())
            naming(write, participant.competition, participant.username, participant.user)
        else:
            write.update(participant, actions=actions, condition=alone[0] & alone[1])
        _counting(write, participant.competition, change)
        audit.recording(write, entry)

    writes.transact(
        compose,
        otherwise=Conflict(say("account_decided", "Somebody has just decided about this account. Load the list again.")),
    )
    participant.status, participant.robot = APPROVED, robot.to_dict()


def unmake_robot(participant: Participant, entry: AuditEntry) -> None:
    """Have a robot take part as anybody does. Raises Conflict when it does already."""

    def compose(write: Transaction) -> None:
        write.update(participant, actions=[Participant.robot.remove()], condition=Participant.robot.exists())
        audit.recording(write, entry)

    writes.transact(compose, otherwise=Conflict(say("robot_no_more", "This is no robot any more. Load the list again.")))
    participant.robot = None


def strip(participant: Participant, name: str) -> None:
    """Leave of somebody who is gone the place, under another name: no address, no answers, no words about them."""
    kept = [one.remove() for one in (Participant.address, Participant.answers, Participant.reason)]
    actions: list[Action] = [*kept, Participant.username.set(name), Participant.admitted.set(True)]

    def compose(write: Transaction) -> None:
        write.update(participant, actions=actions, condition=Participant.pk.exists())
        write.delete(ParticipantName(*ParticipantName.at(participant.competition, participant.username)))

    writes.transact(compose, otherwise=Conflict(_MOVED))


def succeeding(write: Transaction, former: Participant, there: Participant | None, user: str, username: str) -> None:
    """Within a transaction: one's place becomes another account's, which may be `there`, and is approved if either was.

    The former address goes, and teams are left to `teams.succeeding`. On condition that neither was decided about meanwhile.
    """
    at = former.competition
    same_count = Participant.brought == former.brought if former.brought else Participant.brought.does_not_exist()
    write.delete(former, condition=(Participant.status == former.status) & _in_team(former.team) & same_count)
    write.delete(ParticipantName(*ParticipantName.at(at, former.username)))
    naming(write, at, username, user)
    if there is None:
        told = {name: value for name, value in former.attribute_values.items() if value is not None}
        place = Participant.at(at, user)
        new = {"pk": place[0], "sk": place[1], "user": user, "username": username, "owner_pk": owner_key(user)}
        write.save(Participant(**{**told, **new, "address": None}), condition=Participant.pk.does_not_exist())
        return
    actions: list[Action] = [Participant.groups.add(set(former.groups))] if former.groups else []
    actions += [Participant.status.set(APPROVED)] if APPROVED in (former.status, there.status) else []
    actions += [Participant.terms_version.set(there.terms_version or 1)]
    actions += _team_of(former) if former.team and not there.team else []
    same = (Participant.status == there.status) & _in_team(there.team)
    write.update(there, actions=actions, condition=same)
    both = former.status == there.status == APPROVED
    _counting(write, at, -1 if both else 0)


def of_competition(
    competition: str, after: str | None, limit: int, wanted: Wanted = EVERYBODY
) -> tuple[list[Participant], str | None]:
    """One page of those who are wanted, and the cursor of the next, by one query.

    No page looks through more than so many, so where few are wanted a page may have few or none, and others follow it.
    """
    looked_through = limit if wanted.everybody else max(limit, LOOKED_THROUGH)
    pk, start = Participant.at(competition, after or "")
    page = Participant.sk.between(f"{start}!" if after else start, f"{_PREFIX}~")
    there = patiently(lambda: list(Participant.query(pk, page, limit=looked_through)))
    found = [one for one in there if wanted.includes(one.status, one.username, one.team_name, one.groups)]
    if len(found) > limit:
        return found[:limit], found[limit - 1].user
    return found, there[-1].user if len(there) == looked_through else None


def of_account(account: str, before: str | None, limit: int) -> tuple[list[Participant], str | None]:
    """One page of an account's places in competitions, in the newest ones first."""
    return table.newest_owned(Participant, owner_key(account), before, limit)


def owner_key(account: str) -> str:
    """Under which an account's places in competitions are listed."""
    return f"{_PREFIX}{account}"


def newest_of(account: str, limit: int) -> list[Participant]:
    """An account's places in competitions, in the newest ones first, by one query."""
    found, _ = table.newest_owned(Participant, owner_key(account), None, limit)
    return found


def _day(now: datetime) -> str:
    return f"{now:%Y-%m-%d}"


def _counting(write: Transaction, competition: str, approved: int) -> None:
    if approved:
        write.update(Competition(*Competition.at(competition)), actions=[Competition.participants.add(approved)])


def _in_team(team: str | None) -> Condition:
    same: Condition = Participant.team == team if team else Participant.team.does_not_exist()
    return same


def _team_of(member: Participant) -> list[Action]:
    since = [Participant.team_since.set(member.team_since)] if member.team_since else []
    return [Participant.team.set(member.team), Participant.team_name.set(member.team_name), *since]
