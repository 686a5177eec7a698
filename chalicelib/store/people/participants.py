"""Who takes part in which competition."""

from pynamodb.attributes import UnicodeAttribute, UTCDateTimeAttribute

from chalicelib.errors import Conflict
from chalicelib.store import table, writes
from chalicelib.store.competitions.competitions import Competition
from chalicelib.store.patience import patiently
from chalicelib.store.table import Place
from chalicelib.store.writes import Transaction

APPROVED, PENDING, DENIED = "approved", "pending", "denied"
_PREFIX = "PARTICIPANT#"


class Participant(table.Item, discriminator="participant"):
    """One account in one competition. `status` is approved, pending or denied; `team` has the id of theirs, if any."""

    user = UnicodeAttribute()
    username = UnicodeAttribute()
    competition = UnicodeAttribute()
    status = UnicodeAttribute()
    joined_at = UTCDateTimeAttribute()
    team = UnicodeAttribute(null=True)
    team_name = UnicodeAttribute(null=True)

    @classmethod
    def at(cls, competition: str, user: str) -> Place["Participant"]:
        """Where it says what an account is in a competition."""
        return Place(cls, f"COMPETITION#{competition}", f"{_PREFIX}{user}")

    @property
    def competitor(self) -> str:
        """Who competes: they themselves, or their team."""
        return str(self.team or self.user)

    @property
    def competitor_name(self) -> str:
        """What leaderboards call that."""
        return str(self.team_name or self.username)


def key(competition: str, user: str) -> table.Key:
    return Participant.at(competition, user)


def team_of(member: Participant | None) -> str | None:
    """The team for which somebody competes. None for who is in none, or was turned away."""
    return member.team if member is not None and member.status == APPROVED else None


def add(participant: Participant) -> None:
    """Store who joined, and count the approved ones. Raises Conflict when they had joined before."""
    counted = 1 if participant.status == APPROVED else 0

    def compose(write: Transaction) -> None:
        write.save(participant, condition=Participant.pk.does_not_exist())
        _counting(write, participant.competition, counted)

    writes.transact(compose, otherwise=Conflict("You take part in this competition already."))


def decide(participant: Participant, status: str) -> None:
    """An organizer's decision. Raises Conflict when somebody else decided meanwhile."""
    change = (status == APPROVED) - (participant.status == APPROVED)
    same = Participant.status == participant.status

    def compose(write: Transaction) -> None:
        write.update(participant, actions=[Participant.status.set(status)], condition=same)
        _counting(write, participant.competition, change)

    decided = Conflict("Somebody else has just decided about this participant. Load the list again.")
    writes.transact(compose, otherwise=decided)
    participant.status = status


def of_competition(competition: str, after: str | None, limit: int) -> tuple[list[Participant], str | None]:
    """One page of a competition's participants, and the cursor of the next."""
    pk, start = Participant.at(competition, after or "")
    page = Participant.sk.between(f"{start}!" if after else start, f"{_PREFIX}~")
    found = patiently(lambda: list(Participant.query(pk, page, limit=limit)))
    return found, found[-1].user if len(found) == limit else None


def _counting(write: Transaction, competition: str, approved: int) -> None:
    write.update(Competition(*Competition.at(competition)), actions=[Competition.participants.add(approved)])
