"""Collecting: what was brought from another site under one's address becomes one's own (ADR 58)."""

from datetime import datetime

from chalicelib import responses, telemetry
from chalicelib.actions.competitions.permissions import check_visible
from chalicelib.actions.submissions import successions
from chalicelib.aws import accounts
from chalicelib.domain.people.accounts import Account
from chalicelib.domain.people.departures import Successor
from chalicelib.domain.submissions import origin
from chalicelib.errors import Conflict, NotAllowed, say
from chalicelib.store import table, writes
from chalicelib.store.competitions import competitions
from chalicelib.store.competitions.competitions import Competition
from chalicelib.store.people import participants
from chalicelib.store.people.participants import Participant

_JOIN = say("collect_join_first", "Join the competition first: then what was brought under your address can be yours.")
_DENIED = say("collect_denied", "The organizers have denied whom this was brought for. Write to them if that is a mistake.")
_MOVED = say("collect_moved", "More was brought meanwhile, or is in progress. Collect it again in a moment.")


def collect(competition_id: str, account: Account, now: datetime) -> responses.Collected:
    """Have as one's own what was submitted elsewhere under one's confirmed address, with its rows on the leaderboards.

    What is run again at this moment is left for another time. Raises NotFound, NotAllowed for who does not take part,
    Conflict.
    """
    address = accounts.address_of(account)
    theirs = Participant.at(competition_id, origin.place_of(competition_id, address, "", ""))
    mine = Participant.at(competition_id, account.id)
    known, brought, member = table.read(Competition.at(competition_id), theirs, mine)
    check_visible(known, account)
    if member is None or member.status != participants.APPROVED:
        raise NotAllowed(_JOIN)
    if brought is None or not address:
        return responses.Collected(0, 0)
    if brought.status != participants.APPROVED:
        raise Conflict(_DENIED)
    competition, phases = competitions.find(competition_id)
    successor, user = Successor(account.id, account.username), {str(brought.user)}
    left = sum(successions.hand_over(brought, user, competition, phase, successor, now) for phase in phases)
    if not left:
        # Whatever came since it was read is counted on the place, which then stays.
        writes.transact(
            lambda write: participants.succeeding(write, brought, member, account.id, account.username),
            otherwise=Conflict(_MOVED),
        )
    telemetry.logger.info("submissions collected", competition=competition_id, user=account.id, left=left)
    return responses.Collected(int(brought.brought or 0) - left, left)
