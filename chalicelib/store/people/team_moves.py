"""Team moves: what a team has submitted becomes another team's, or is called by the team's new name, by a background job."""

from datetime import datetime

from pynamodb.attributes import UnicodeAttribute

from chalicelib.store import table
from chalicelib.store.background import jobs
from chalicelib.store.background.jobs import BackgroundJob
from chalicelib.store.table import Place


class TeamMove(BackgroundJob, discriminator="team_move"):
    """A job that gives the team `target` of a competition what `source` has submitted; a renamed team is both."""

    competition = UnicodeAttribute()
    source = UnicodeAttribute()
    target = UnicodeAttribute()

    @classmethod
    def at(cls, move: str) -> Place["TeamMove"]:
        """The place of a move."""
        return Place(cls, f"TEAM_MOVE#{move}", "TEAM_MOVE")


def new(id_: str, competition: str, source: str, target: str, now: datetime) -> TeamMove:
    """A move to be stored with what asks for it."""
    made = TeamMove(*TeamMove.at(id_), id=id_, competition=competition, source=source, target=target, created_at=now)
    jobs.waiting(made)
    return made


def find(move: str) -> TeamMove | None:
    """None for one that there is not."""
    (found,) = table.read(TeamMove.at(move))
    return found
