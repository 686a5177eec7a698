"""Joining a competition, and who may take part."""

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta

from chalicelib import requests, responses
from chalicelib.actions.competitions.permissions import check_organizer, check_there, check_visible
from chalicelib.actions.events import outbox
from chalicelib.actions.people import audit_log, notes
from chalicelib.aws import accounts
from chalicelib.deadlines import NO_TIME_LEFT
from chalicelib.domain.competitions import access
from chalicelib.domain.events.kinds import EventKind
from chalicelib.domain.people import admission, groups
from chalicelib.domain.people.accounts import Account
from chalicelib.domain.people.guests import id_of
from chalicelib.domain.submissions import fact_sheet, robots
from chalicelib.errors import AgonError, Conflict, Invalid, NotAllowed, NotFound, say
from chalicelib.store import table
from chalicelib.store.competitions.competitions import Competition
from chalicelib.store.events.events import Event, recording
from chalicelib.store.mail.outbox import queueing
from chalicelib.store.people import participants
from chalicelib.store.people.guests import Guest
from chalicelib.store.people.participants import NO_PARTICIPANT, Participant
from chalicelib.store.writes import Transaction

#: A call of the API lives for 29 seconds, and must answer what was done.
PATIENCE = timedelta(seconds=20)


def join(
    competition_id: str, body: requests.Join, account: Account, link: str | None, now: datetime
) -> responses.Participant:
    """Take part: three calls. Whose address is invited does at once, whatever its lists of addresses say.

    Raises NotFound, Conflict for who does already or has read other terms, NotAllowed for an address that may not.
    """
    address = accounts.address_of(account)
    invited_at, member_at = Guest.at(competition_id, id_of(address)), Participant.at(competition_id, account.id)
    found, invited, member = table.read(Competition.at(competition_id), invited_at, member_at)
    guest = invited if address and invited is not None and invited.status(now) == "waiting" else None
    competition = check_visible(found, account, link) if guest is None else check_there(found)
    if competition.settings.archived:
        raise NotAllowed(
            say(
                "join_archived",
                "“{title}” is archived: it is there to be read, and nobody joins it any more.",
                title=competition.title,
            )
        )
    _check_read(competition, body.terms_version)
    if member is not None and member.status == access.PENDING and guest is not None:
        return _let_in(competition, member, guest, now)
    _check_answers(competition, body.answers)
    if guest is None:
        lists = competition.settings
        admission.check_may_join(address, lists.allowed_addresses, lists.refused_addresses)
    participant = Participant(
        *Participant.at(competition.id, account.id),
        user=account.id,
        username=account.username,
        competition=competition.id,
        status=access.status_on_joining(bool(competition.registration_auto_approve) or guest is not None),
        joined_at=now,
        address=address or None,
        terms_version=competition.version_of_terms,
        answers=dict(body.answers) or None,
        joined_draft=None if competition.published else True,
        groups=groups.joined(competition.groups, address, body.answers) or None,
        owner_pk=f"PARTICIPANT#{account.id}",
        owner_sk=competition.id,
    )
    facts = {"status": participant.status}
    told = outbox.of(competition, EventKind.PARTICIPANT_JOINED, now, user=account.id, facts=facts)
    waits = notes.of_application(competition, participant, now)
    participants.add(participant, told, guest, waits)
    outbox.announce(told)
    return answer(participant)


def _let_in(competition: Competition, member: Participant, guest: Guest, now: datetime) -> responses.Participant:
    """Approve somebody who had asked to take part before they were invited."""
    told = _told(competition, member, access.APPROVED, now)
    participants.come(member, guest, not competition.published, told, now)
    outbox.announce(told)
    return answer(member)


def accept_terms(competition_id: str, version: int, account: Account) -> responses.Participant:
    """Accept terms that have changed: two calls. Raises NotFound, NotAllowed for strangers, Conflict for other terms."""
    found, participant = table.read(Competition.at(competition_id), Participant.at(competition_id, account.id))
    competition = check_visible(found, account)
    if participant is None:
        raise NotAllowed(
            say("terms_of_participants", "You do not take part in this competition. Who joins it accepts its terms.")
        )
    _check_read(competition, version)
    participants.accept(participant, version)
    return answer(participant)


def _check_answers(competition: Competition, answers: Mapping[str, fact_sheet.Answer]) -> None:
    """Raise Invalid with a complaint for each answer to a question at registration that is missing or does not fit."""
    if complaints := fact_sheet.judge(competition.settings.registration_questions, answers, "answers"):
        raise Invalid(
            say("answers_unfit", "The organizers ask those who join. Correct the answers that are named."), complaints
        )


def _check_read(competition: Competition, version: int | None) -> None:
    """Raise Conflict when somebody has read other terms than those that hold."""
    if version not in (None, competition.version_of_terms):
        raise Conflict(
            say(
                "terms_changed", "These are not the terms that hold. Load the competition, read its terms, and accept those."
            )
        )


def decide(competition_id: str, user: str, body: requests.Decide, account: Account, now: datetime) -> responses.Participant:
    """Approve somebody, or deny them, also after an approval. Raises NotFound, NotAllowed, Conflict."""
    competition, participant = table.read(Competition.at(competition_id), Participant.at(competition_id, user))
    competition = check_organizer(competition, account)
    return answer(_decide(competition, participant, body, account, now))


def decide_many(competition_id: str, body: requests.DecideMany, account: Account, now: datetime) -> responses.BulkResult:
    """Approve several, or deny them: one call to read, and a transaction each. Raises NotFound, NotAllowed."""
    places = {user: Participant.at(competition_id, user) for user in body.participants}
    # One hundred are read at a time, and the competition is not among those.
    (found,) = table.read(Competition.at(competition_id))
    competition = check_organizer(found, account)
    there, refused = table.read_all(places.values()), dict[str, str]()
    for user, place in places.items():
        try:
            if datetime.now(UTC) > now + PATIENCE:
                raise Conflict(NO_TIME_LEFT)
            _decide(competition, there.get(place), body, account, now)
        except AgonError as error:
            refused[user] = error.detail
    return responses.BulkResult([user for user in places if user not in refused], refused)


def _decide(
    competition: Competition, participant: Participant | None, body: requests.Decide, account: Account, now: datetime
) -> Participant:
    """Decide about one of a competition's. What has been decided so already is left as it is. Raises NotFound, Conflict."""
    if participant is None:
        raise NotFound(NO_PARTICIPANT)
    before = {"status": participant.status, "reason": participants.reason_of(participant)}
    after = {"status": body.status, "reason": body.reason}
    if after != before:
        of, name = participant.competition, participant.username
        entry = audit_log.entry_about(of, name, body.status, before["status"], body.status, body.reason, account, now)
        told = _told(competition, participant, body.status, now)
        letters = notes.of_decision(competition, participant, body.status, body.reason, now)

        def also(write: Transaction) -> None:
            recording(write, told)
            queueing(write, letters)

        participants.decide(participant, body.status, body.reason, entry, also, now)
        outbox.announce(told)
    return participant


def _told(competition: Competition, participant: Participant, status: str, now: datetime) -> list[Event]:
    """What is told of a decision: nothing when another reason is all that it gives."""
    if status == participant.status:
        return []
    return outbox.of(competition, EventKind(f"participant.{status}"), now, user=participant.user, facts={"status": status})


def answer(participant: Participant) -> responses.Participant:
    """A participant as they and their organizers are told of them."""
    return responses.Participant(
        participant.user,
        participant.username,
        participant.status,  # type: ignore[arg-type]
        participants.reason_of(participant),
        participant.joined_at,
        participant.team_name,
        sorted(participant.groups or ()),
        robot_of(participant),
    )


def robot_of(participant: Participant) -> responses.Robot | None:
    """The rules of a robot; None for a person."""
    robot = robots.read(participant.robot)
    return responses.Robot(robot.per_day, robot.in_all, robot.ranks) if robot else None
