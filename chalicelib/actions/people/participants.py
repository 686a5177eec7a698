"""Joining a competition, and who may take part."""

from datetime import datetime

from chalicelib import responses
from chalicelib.actions.competitions.permissions import check_organizer, check_visible
from chalicelib.domain.competitions import access
from chalicelib.domain.people.accounts import Account
from chalicelib.errors import NotFound
from chalicelib.store import table
from chalicelib.store.competitions.competitions import Competition
from chalicelib.store.people import participants
from chalicelib.store.people.participants import Participant

PAGE_SIZE = 100


def join(competition_id: str, account: Account, now: datetime) -> responses.Participant:
    """Take part. Raises Conflict for who does already."""
    (found,) = table.read(Competition.at(competition_id))
    competition = check_visible(found, account)
    participant = Participant(
        *Participant.at(competition.id, account.id),
        user=account.id,
        username=account.username,
        competition=competition.id,
        status=access.status_on_joining(bool(competition.registration_auto_approve)),
        joined_at=now,
        owner_pk=f"PARTICIPANT#{account.id}",
        owner_sk=competition.id,
    )
    participants.add(participant)
    return _answer(participant)


def list_all(competition_id: str, account: Account, after: str | None) -> responses.Participants:
    """One page of the participants, for organizers."""
    (competition,) = table.read(Competition.at(competition_id))
    check_organizer(competition, account)
    found, following = participants.of_competition(competition_id, after, PAGE_SIZE)
    return responses.Participants([_answer(participant) for participant in found], following)


def decide(competition_id: str, user: str, status: str, account: Account) -> responses.Participant:
    """Approve or deny somebody. Raises NotFound, NotAllowed, Conflict."""
    competition, participant = table.read(Competition.at(competition_id), Participant.at(competition_id, user))
    check_organizer(competition, account)
    if participant is None:
        raise NotFound("There is no such participant. Look at the list of participants.")
    participants.decide(participant, status)
    return _answer(participant)


def _answer(participant: Participant) -> responses.Participant:
    return responses.Participant(
        participant.user,
        participant.username,
        participant.status,  # type: ignore[arg-type]
        participant.joined_at,
        participant.team_name,
    )
