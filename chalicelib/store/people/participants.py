"""Who takes part in which competition."""

from pynamodb.attributes import UnicodeAttribute, UTCDateTimeAttribute
from pynamodb.exceptions import TransactWriteError
from pynamodb.transactions import TransactWrite

from chalicelib.errors import Conflict
from chalicelib.store import table
from chalicelib.store.competitions import competitions
from chalicelib.store.table import Place

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

    @property
    def competitor(self) -> str:
        """Who competes: they themselves, or their team."""
        return str(self.team or self.user)

    @property
    def competitor_name(self) -> str:
        """What leaderboards call that."""
        return str(self.team_name or self.username)

    @classmethod
    def at(cls, competition: str, user: str) -> Place["Participant"]:
        """Where a participant of a competition is."""
        return Place(cls, *key(competition, user))


def key(competition: str, user: str) -> table.Key:
    return f"COMPETITION#{competition}", f"{_PREFIX}{user}"


def team_of(found: table.Item | None) -> str | None:
    """The team for which somebody competes. None for who is in none, or was turned away."""
    return found.team if isinstance(found, Participant) and found.status == APPROVED else None


def add(participant: Participant) -> None:
    """Store who joined, and count the approved ones. Raises Conflict when they had joined before."""
    competition = competitions.Competition(*competitions.key(participant.competition))
    counted = 1 if participant.status == APPROVED else 0

    def compose(write: TransactWrite) -> None:
        write.save(participant, condition=Participant.pk.does_not_exist())
        write.update(competition, actions=[competitions.Competition.participants.add(counted)])

    try:
        table.commit(compose)
    except TransactWriteError as error:
        raise Conflict("You take part in this competition already.") from error


def decide(participant: Participant, status: str) -> None:
    """An organizer's decision. Raises Conflict when somebody else decided meanwhile."""
    competition = competitions.Competition(*competitions.key(participant.competition))
    change = (status == APPROVED) - (participant.status == APPROVED)
    same = Participant.status == participant.status

    def compose(write: TransactWrite) -> None:
        write.update(participant, actions=[Participant.status.set(status)], condition=same)
        write.update(competition, actions=[competitions.Competition.participants.add(change)])

    try:
        table.commit(compose)
    except TransactWriteError as error:
        raise Conflict("Somebody else has just decided about this participant. Load the list again.") from error
    participant.status = status


def of_competition(competition: str, after: str | None, limit: int) -> tuple[list[Participant], str | None]:
    """One page of a competition's participants, and the cursor of the next."""
    pk, start = key(competition, after or "")
    found = list(Participant.query(pk, Participant.sk.between(f"{start}!" if after else start, f"{_PREFIX}~"), limit=limit))
    return found, found[-1].user if len(found) == limit else None
